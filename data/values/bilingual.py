"""Headers with two names for one column: 客户名称 account_name, Customer (客户), 金额/Amount.

    >>> list(halves("客户名称 account_name"))[0]
    ('客户名称', 'account_name')
    >>> bilingual(["客户名称 KUNNR", "金额 NETWR", "订单日期 AUDAT"])
    True

An ERP writes its users' language and its own, in two header rows or in one cell.
`data.matching.aliases` decides which column the names mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from data.values.header_text import key, plain

__all__ = ["bilingual", "can_be_one", "halves", "is_identifier"]

_LONGEST = 80
_FROM, _SHARE = 3, 0.8  # the fewest headers, and share of them, of a sheet in two languages
_MARK = re.compile(r"(?:(?<!\s)\s++)?+[/|\\;,、·•]\s*+|(?<!\s)\s++[-–—:]\s++")
_BRACKETED = re.compile(r"(?P<one>[^()\[\]【】]++)[(\[【](?P<other>.+)[)\]】]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_JOINED = re.compile(
    r"[A-Za-z][A-Za-z0-9]*+(?:[_.][A-Za-z0-9]++)++(?:__[cr])?"
    r"|[A-Za-z](?:[A-Z]|[a-z](?![A-Z]))*+[a-z][A-Z]\w*+"
)


def is_identifier(text: str) -> bool:
    """Return whether `text` is a field name of a program: account_name, CloseDate, Amount__c."""
    return _JOINED.fullmatch(text.strip()) is not None


def can_be_one(upper: str, lower: str) -> bool:
    """Return whether a cell and the one below it can be two names of one column."""
    return bool(_HAN.search(upper)) != bool(_HAN.search(lower)) or key(upper) == key(lower)


@lru_cache(maxsize=8192)
def halves(text: str) -> tuple[tuple[str, str], ...]:
    """Return every way to split a header into two names, the likeliest first.

    Splits at a mark between the names, at brackets, where Chinese meets Latin letters,
    and where one of two Latin names is a field name or repeats the other. Most headers
    have no split.
    """
    header = plain(text)
    if len(header) > _LONGEST or key(header).endswith(".id"):
        return ()
    pairs = dict.fromkeys(
        (first.strip(), second.strip())
        for first, second in (*_by_script(header), *_by_mark(header), *_by_words(header))
    )
    return tuple(pair for pair in pairs if all(map(key, pair)))


def bilingual(header: Sequence[str]) -> bool:
    """Return whether nearly all headers have a Chinese name or a field name beside another.

    A group label repeats in each of its columns, so repeated names are no second language.
    """
    texts = [plain(text) for text in header if key(text)]
    splits = [next(iter((*_by_script(text), *_by_words(text))), None) for text in texts]
    pairs = [split for split in splits if split]
    if len(pairs) < _FROM or len(pairs) < _SHARE * len(texts):
        return False
    return all(len(set(map(key, side))) == len(pairs) for side in zip(*pairs, strict=True))


def _by_script(text: str) -> Iterator[tuple[str, str]]:
    """Cut with all the Chinese on one side: right beside it, then at each further gap."""
    han = [match.start() for match in _HAN.finditer(text)]
    if not han:
        return
    first, after = han[0], han[-1] + 1
    # 客户ID customer_id: the letters right after the Chinese may belong to it.
    gaps = [at for at in range(after + 1, len(text)) if text[at - 1] in " )]"]
    before = [at for at in range(first - 1, 0, -1) if text[at] in " (["]
    cuts = [*gaps[:1], after, *gaps[1:], *before[:1], first, *before[1:]]
    for at in cuts:
        left, right = text[:at], text[at:]
        if key(left) and key(right):
            yield left, right


def _by_mark(text: str) -> Iterator[tuple[str, str]]:
    for mark in _MARK.finditer(text):
        yield text[: mark.start()], text[mark.end() :]
    if both := _BRACKETED.fullmatch(text):
        yield both["one"].rstrip(), both["other"]


def _by_words(text: str) -> Iterator[tuple[str, str]]:
    """Split Latin names, only where one is a field name or repeats the other."""
    if _HAN.search(text):
        return
    words = text.split()
    if len(words) == 1 and text == (half := text[: len(text) // 2]) * 2:
        yield half, half  # a header as `key` writes it
    for at in range(1, len(words)):
        left, right = " ".join(words[:at]), " ".join(words[at:])
        if is_identifier(left) or is_identifier(right) or key(left) == key(right):
            yield left, right
