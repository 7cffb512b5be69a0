"""Headers that name one thing twice: 客户名称 account_name, Customer (客户), 金额/Amount.

    >>> list(halves("客户名称 account_name"))[0]
    ('客户名称', 'account_name')
    >>> bilingual(["客户名称 KUNNR", "金额 NETWR", "订单日期 AUDAT"])
    True

Two header rows of one table, or one cell with both names: an ERP writes its
users' language and its own. Which column the names mean is told by `data.matching.aliases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from data.values.header_text import key, plain

__all__ = ["bilingual", "can_be_one", "halves", "is_identifier"]

_LONGEST = 80
_FROM, _SHARE = 3, 0.8  # so many headers, and this share of them, make a sheet of two languages
_MARK = re.compile(r"\s*[/|\\;,、·•]\s*|\s+[-–—:]\s+")
_BRACKETED = re.compile(r"(?P<one>[^()\[\]【】]+?)\s*[(\[【](?P<other>.+)[)\]】]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_JOINED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.][A-Za-z0-9]+)+(?:__[cr])?|[A-Za-z]+[a-z][A-Z]\w*")


def is_identifier(text: str) -> bool:
    """Whether `text` is how a program calls a field: account_name, CloseDate, Amount__c."""
    return _JOINED.fullmatch(text.strip()) is not None


def can_be_one(one: str, other: str) -> bool:
    """Whether two cells, one above the other, can be two names of one thing."""
    return bool(_HAN.search(one)) != bool(_HAN.search(other)) or key(one) == key(other)


@lru_cache(maxsize=8192)
def halves(text: str) -> tuple[tuple[str, str], ...]:
    """Every way to part a header into two names, the plainest first; none for most headers.

    At a mark between them, at brackets, where Chinese meets Latin letters, and
    where one of two Latin names is a program's or the same again.
    """
    told = plain(text)
    if len(told) > _LONGEST or key(told).endswith(".id"):
        return ()
    found = dict.fromkeys(
        (one.strip(), other.strip())
        for one, other in (*_by_script(told), *_by_mark(told), *_by_words(told))
    )
    return tuple(pair for pair in found if all(map(key, pair)))


def bilingual(header: Sequence[str]) -> bool:
    """Whether nearly all headers have a name in Chinese, or a program's, beside another.

    The label of a group over several columns comes again in each of them.
    """
    told = [text for text in header if key(text)]
    ways = [next(iter((*_by_script(text), *_by_words(text))), None) for text in map(plain, told)]
    found = [way for way in ways if way]
    if len(found) < _FROM or len(found) < _SHARE * len(told):
        return False
    return all(len(set(map(key, side))) == len(found) for side in zip(*found, strict=True))


def _by_script(text: str) -> Iterator[tuple[str, str]]:
    """Cuts with all the Chinese on one side: beside it, and at each gap further on."""
    han = [found.start() for found in _HAN.finditer(text)]
    if not han:
        return
    first, after = han[0], han[-1] + 1
    # 客户ID customer_id: letters that cling to the Chinese belong to it, if that is known.
    gaps = [at for at in range(after + 1, len(text)) if text[at - 1] in " )]"]
    before = [at for at in range(first - 1, 0, -1) if text[at] in " (["]
    cuts = [*gaps[:1], after, *gaps[1:], *before[:1], first, *before[1:]]
    for at in cuts:
        one, other = text[:at], text[at:]
        if key(one) and key(other):
            yield one, other


def _by_mark(text: str) -> Iterator[tuple[str, str]]:
    for found in _MARK.finditer(text):
        yield text[: found.start()], text[found.end() :]
    if both := _BRACKETED.fullmatch(text):
        yield both["one"], both["other"]


def _by_words(text: str) -> Iterator[tuple[str, str]]:
    """Latin names alone: only where one is a program's own or says the other again."""
    if _HAN.search(text):
        return
    words = text.split()
    if len(words) == 1 and text == (half := text[: len(text) // 2]) * 2:
        yield half, half  # a header as `key` writes it
    for at in range(1, len(words)):
        one, other = " ".join(words[:at]), " ".join(words[at:])
        if is_identifier(one) or is_identifier(other) or key(one) == key(other):
            yield one, other
