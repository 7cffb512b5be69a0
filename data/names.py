"""Names that are probably one written in two ways; it only lists them, nothing is merged.

    >>> suggest(["GTXPro", "GTX 700"], ["GTX Pro", "GTX 500"])
    [Suggestion(name='GTXPro', suggestion='GTX Pro', score=100.0)]

Wrongly merged customers cannot be told apart again, so whatever could be two
things (other digits, a short code, another part of the country) is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

_SURE, _SUFFIX, _TURNED = 100.0, 98.0, 95.0
_LEAST, _MARGIN = 88.0, 5.0
_SHORT, _CODE = 6, 10  # letters: too short to guess at; with digits, an article code
# 集团 is not among them: a group and its company are two customers.
_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|公司)$"
    r"|[\s,.]+(?:co[.,\s]*ltd|company limited|inc|incorporated|ltd|limited|llc|llp|plc|corp"
    r"|corporation|company|co|gmbh|ag|bv|sa|srl|pty ltd|pte ltd)[\s.]*$"
)
# "+" and "#" belong to a product's name: C, C++ and C# are three.
_WORD = re.compile(r"[^\W_]+|[+#·]")
_TWO_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
# One such character between two Chinese names makes two places or two branches.
_APART = frozenset(
    "东南西北中上下前后左右大小新老总分一二三四五六七八九十甲乙丙丁河湖山陕江浙川云贵京津沪渝"
)


@dataclass(frozen=True)
class Suggestion:
    """`name` may be the known `suggestion`; `score` goes to 100, which is the same letters."""

    name: str
    suggestion: str
    score: float


def suggest(
    names: Collection[str],
    known: Collection[str],
    refused: Collection[tuple[str, str]] = (),
) -> list[Suggestion]:
    """For each of `names` that is not known and nearly matches exactly one known name.

    `refused` pairs (name, known name) are never listed again, either way round.
    Best first, then by name.
    """
    never = {pair for one, other in refused for pair in ((one, other), (other, one))}
    strange = sorted(set(names) - set(known))
    told = [name for name in known if _letters(name)]
    found = _same(strange, told)
    near = _Near(told)
    for name in strange:
        if name not in found and (guess := near.best(name)):
            found[name] = guess
    kept = [one for one in found.values() if one and (one.name, one.suggestion) not in never]
    return sorted(kept, key=lambda one: (-one.score, one.name))


def _same(strange: Iterable[str], known: Iterable[str]) -> dict[str, Suggestion | None]:
    """Equal but for spaces and case, for the company's form, or for the order of words.

    None where more than one known name is equal: then there is nothing to suggest.
    """
    known = list(known)
    found: dict[str, Suggestion | None] = {}
    for shorten, score in ((_letters, _SURE), (_core, _SUFFIX), (_turned, _TURNED)):
        groups: dict[str, list[str]] = defaultdict(list)
        for one in known:
            groups[shorten(one)].append(one)
        for name in strange:
            if name not in found and (same := groups.get(shorten(name))) and shorten(name):
                found[name] = Suggestion(name, same[0], score) if len(same) == 1 else None
    return found


class _Near:
    """The known names by their digits, since other digits are never the same thing."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known: dict[str, dict[str, str]] = defaultdict(dict)
        for one in known:
            self._known[_digits(one)][one] = _core(one)

    def best(self, name: str) -> Suggestion | None:
        core, digits = _core(name), _digits(name)
        if len(core) < _SHORT or (digits and len(core) <= _CODE):
            return None
        # A third is of no use: two as near as each other are already too many.
        hits = process.extract(
            core, self._known[digits], scorer=fuzz.ratio, limit=2, score_cutoff=_LEAST - _MARGIN
        )
        if not hits or hits[0][1] < _LEAST:
            return None
        _, score, other = hits[0]
        clear = len(hits) == 1 or hits[1][1] <= score - _MARGIN
        return Suggestion(name, other, round(score, 1)) if clear and _slip(name, other) else None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _letters(name: str) -> str:
    """Letters and digits run together, but never two numbers: "1 2" and "1.2" are not "12"."""
    text = "".join(_WORD.findall(_TWO_NUMBERS.sub("·", _plain(name))))
    return text.strip("·")


def _stripped(name: str) -> str:
    """Without "Ltd.", "有限公司" and the like; whole if nothing would be left."""
    text = _plain(name)
    while (shorter := _FORM.sub("", text).strip(" ,.")) != text:
        if not _letters(shorter):
            break
        text = shorter
    return text


def _core(name: str) -> str:
    return _letters(_stripped(name))


def _turned(name: str) -> str:
    words = _WORD.findall(_plain(name))
    return " ".join(sorted(words)) if len(words) > 1 else ""


def _digits(name: str) -> str:
    return " ".join(re.findall(r"\d+", _plain(name)))


def _slip(one: str, other: str) -> bool:
    """Whether a slip of the pen can lie between: word by word, and no other place."""
    if not _plain(one + other).isascii():
        differing = set(_core(one)) ^ set(_core(other))
        return len(differing) <= 2 and not differing & _APART
    words, others = _WORD.findall(_stripped(one)), _WORD.findall(_stripped(other))
    if len(words) != len(others):
        return False
    pairs = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return all(min(len(a), len(b)) >= 4 and fuzz.ratio(a, b) >= 75 for a, b in pairs)
