"""Suggest names that are probably the same, written in two ways; nothing is merged here.

    >>> suggest(["GTXPro", "GTX 700"], ["GTX Pro", "GTX 500"])
    [Suggestion(name='GTXPro', suggestion='GTX Pro', score=100.0)]

Wrongly merged customers cannot be told apart again, so whatever could be two
things (other digits, a short code, another part of the country) is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from data.facts.person_names import by_initial, has_left, present, spelt_plainly

_SURE, _SUFFIX, _TURNED = 100.0, 98.0, 95.0
# Of a person: without a mark of leaving, without accents, with an initial for one of the names.
_GONE, _PLAIN, _INITIAL = 97.0, 96.0, 90.0
# The least score of names that are the same but for width, order, form or a mark of leaving.
ALIKE = _TURNED
_LEAST, _MARGIN = 88.0, 5.0
_END = 3
_WORD_LEAST, _WORD_ALIKE = 4, 75
_SHORT, _CODE = 6, 10  # letters: too short to guess at; with digits, an article code
# 集团 is not among them: a group and its company are two customers.
_FORM = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|公司)$"
    r"|(?<![\s,.])[\s,.]++(?:co[.,\s]*+ltd|company limited|inc|incorporated|ltd|limited|llc|llp"
    r"|plc|corp|corporation|company|co|gmbh|ag|bv|sa|srl|pty ltd|pte ltd)[\s.]*+$"
)
# "+" and "#" belong to a product's name: C, C++ and C# are three.
_WORD = re.compile(r"[^\W_]+|[+#·]")
_TWO_NUMBERS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
# Characters that a name may have or lack and mean the same.
_EMPTY = frozenset("市省区县镇乡的之与和及")
# One such character between two Chinese names makes two places or two branches.
_APART = frozenset(
    "东南西北中上下前后左右大小新老总分一二三四五六七八九十甲乙丙丁河湖山陕江浙川云贵京津沪渝"
)


@dataclass(frozen=True)
class Suggestion:
    """`name` may be the known `suggestion`; a `score` of 100 means the same letters."""

    name: str
    suggestion: str
    score: float


def suggest(
    names: Collection[str],
    known: Collection[str],
    refused: Collection[tuple[str, str]] = (),
    people: bool = False,
) -> list[Suggestion]:
    """Suggest, for each unknown name, the one known name that it nearly matches.

    With `people`, marks of having left may be added. `refused` pairs (name, known name) are
    never suggested again, either way round. Best first, then by name.
    """
    never = {pair for name, other in refused for pair in ((name, other), (other, name))}
    strange = sorted(set(names) - set(known))
    usable = [name for name in known if _letters(name)]
    suggestions = _same(strange, usable, _ways(people))
    if people:
        suggestions |= _short_for([name for name in strange if name not in suggestions], usable)
    near = _Near(usable)
    for name in strange:
        if name not in suggestions and (guess := near.best(name)):
            suggestions[name] = guess
    kept = [
        guess
        for guess in suggestions.values()
        if guess and (guess.name, guess.suggestion) not in never
    ]
    return sorted(kept, key=lambda guess: (-guess.score, guess.name))


def twins(
    used: Mapping[str, int], refused: Collection[tuple[str, str]] = (), people: bool = False
) -> list[Suggestion]:
    """Suggest names that nearly match where no register tells the right one: rarer → commoner.

    `used` is how often each is written; ties go to the longer name. Of `people`, a name without
    a mark of having left goes first, and ties to the name as it is usually written.
    """

    def rank(name: str) -> tuple[object, ...]:
        if not people:
            return -used[name], -len(name), name
        return has_left(name), -used[name], _unusual(name), -len(name), name

    ranked = sorted(used, key=rank)
    place = {name: at for at, name in enumerate(ranked)}
    never = {pair for name, other in refused for pair in ((name, other), (other, name))}
    suggestions: dict[str, Suggestion] = {}
    for shorten, score in _ways(people):
        first: dict[str, str] = {}
        for name in ranked:
            short = shorten(name)
            if not short or name in suggestions:
                continue
            same = first.setdefault(short, name)
            if same != name:
                suggestions[name] = Suggestion(name, same, score)
    left = [name for name in ranked if name not in suggestions]
    if people:
        initials = {name: guess for name, guess in _short_for(left, left).items() if guess}
        suggestions |= initials
        left = [name for name in left if name not in initials]
    near = _Near(left)
    for name in left:
        guess = near.best(name, other_than=name)
        if guess and place[guess.suggestion] < place[name]:
            suggestions[name] = guess
    kept = [guess for guess in suggestions.values() if (guess.name, guess.suggestion) not in never]
    return sorted(kept, key=lambda guess: (-guess.score, guess.name))


def _same(strange: Iterable[str], known: Iterable[str], ways: Ways) -> dict[str, Suggestion | None]:
    """Match names equal but for spaces and case, legal form or word order.

    None if several known names are equal: then there is nothing to suggest.
    """
    known = list(known)
    suggestions: dict[str, Suggestion | None] = {}
    for shorten, score in ways:
        groups: dict[str, list[str]] = defaultdict(list)
        for registered in known:
            groups[shorten(registered)].append(registered)
        for name in strange:
            if name not in suggestions and (same := groups.get(shorten(name))) and shorten(name):
                suggestions[name] = Suggestion(name, same[0], score) if len(same) == 1 else None
    return suggestions


def _short_for(names: Iterable[str], known: Collection[str]) -> dict[str, Suggestion | None]:
    """Match names with an initial to the one person that they may be; None for several."""
    found = {name: by_initial(name, known) for name in names}
    return {
        name: Suggestion(name, others[0], _INITIAL) if len(others) == 1 else None
        for name, others in found.items()
        if others
    }


class _Near:
    """The known names by their beginning, end and digits.

    A typo leaves one end intact; other digits always mean another thing.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for name in known:
            core, digits = _core(name), _digits(name)
            for end in _ends(core):
                self._known[digits, end][name] = core

    def best(self, name: str, other_than: str = "") -> Suggestion | None:
        core, digits = _core(name), _digits(name)
        if len(core) < _SHORT or (digits and len(core) <= _CODE):
            return None
        scores: dict[str, float] = {}
        for end in _ends(core):
            # A fourth is of no use: two as near as each other are already too many.
            hits = process.extract(
                core,
                self._known.get((digits, end), {}),
                scorer=fuzz.ratio,
                limit=3,
                score_cutoff=_LEAST - _MARGIN,
            )
            scores |= {other: score for _, score, other in hits if other != other_than}
        if not scores:
            return None
        (other, score), *more = sorted(scores.items(), key=lambda hit: -hit[1])
        clear = not more or more[0][1] <= score - _MARGIN
        sure = score >= _LEAST and clear and _slip(name, other)
        return Suggestion(name, other, round(score, 1)) if sure else None


def _ends(core: str) -> tuple[str, str]:
    return f"^{core[:_END]}", f"{core[-_END:]}$"


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _letters(name: str) -> str:
    """Join letters and digits, but never two numbers: "1 2" and "1.2" are not "12"."""
    text = "".join(_WORD.findall(_TWO_NUMBERS.sub("·", _plain(name))))
    return text.strip("·")


def _stripped(name: str) -> str:
    """Drop "Ltd.", "有限公司" and the like, unless nothing would be left."""
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


def _slip(name: str, other: str) -> bool:
    """Return whether only a typo lies between: no other word, colour, place or model."""
    if not _plain(name + other).isascii():
        return _slip_in_chinese(_core(name), _core(other))
    words, others = _WORD.findall(_stripped(name)), _WORD.findall(_stripped(other))
    if len(words) != len(others):
        return False
    pairs = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return all(_slip_in_word(a, b) for a, b in pairs)


def _slip_in_word(word: str, other: str) -> bool:
    """Return whether the words are letters only: GX420t and GK420t are two printers."""
    return (
        min(len(word), len(other)) >= _WORD_LEAST
        and word.isalpha()
        and other.isalpha()
        and fuzz.ratio(word, other) >= _WORD_ALIKE
    )


def _slip_in_chinese(name: str, other: str) -> bool:
    """Return whether an empty character was added, one doubled, or two swapped.

    Any other character makes another thing: 红色 and 银色, 装订机 and 装订机盖, 宏远 and 宏达.
    """
    changes = [step for step in Levenshtein.opcodes(name, other) if step.tag != "equal"]
    gone = "".join(name[step.src_start : step.src_end] for step in changes)
    come = "".join(other[step.dest_start : step.dest_end] for step in changes)
    if len(gone) == len(come):
        turned = len(gone) == 2 and gone[::-1] == come
        return (turned and not set(gone) & _APART) or (gone + come).isascii()
    for step in changes:
        text, start, end = (
            (name, step.src_start, step.src_end)
            if step.tag == "delete"
            else (other, step.dest_start, step.dest_end)
        )
        part = text[start:end]
        twice = len(part) == 1 and part in (text[start - 1 : start], text[end : end + 1])
        if step.tag == "replace" or not (set(part) <= _EMPTY or twice or part.isascii()):
            return False
    return True


def _person(name: str) -> str:
    """Return the words of a person's name in one order, without marks of having left."""
    text = present(name)
    return " ".join(sorted(_WORD.findall(_letters(text) if _in_han(text) else text)))


def _in_han(name: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in name)


def _unusual(name: str) -> bool:
    """Return whether a person's name has a comma, capitals alone, wide letters or odd blanks."""
    blanks = " " in name and _in_han(name)
    return blanks or "," in name or name.isupper() or name != " ".join(_plain_width(name).split())


def _plain_width(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


Ways: TypeAlias = tuple[tuple[Callable[[str], str], float], ...]
_SHORTENED: Ways = ((_letters, _SURE), (_core, _SUFFIX), (_turned, _TURNED))


def _ways(people: bool) -> Ways:
    """Return how names are shortened to compare them, each with its score."""
    return (*_SHORTENED, (_person, _GONE), (spelt_plainly, _PLAIN)) if people else _SHORTENED
