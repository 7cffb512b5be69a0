"""Count the steps of a backtracking search, and make the texts on which it takes the most.

`re` says nothing of the way it took, and a clock measures the machine. `Search` walks the parse
tree of a pattern the way `re` does (greedy first, one alternative after the other, possessive and
atomic groups without a way back) and counts: the same text gives the same number everywhere.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Node = tuple[Any, Any]
Test = Callable[[str], bool]
Next = Callable[[int], bool]
Step = Callable[[int, Next], bool]

_MOST = 150_000
LONG = 9  # from so many repeats on, a run of them is worth a try
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ORDINARY = "0a Z_-.,'\"\n\t万я(:/=é@\r;"


class TooManySteps(Exception):
    """A search took more steps than it was given."""


@dataclass
class Search:
    """A pattern taken to pieces; `steps` counts what a search of a text takes."""

    pattern: re.Pattern[Any]
    text: str = ""
    taken: int = 0
    most: int = 0
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bytes = isinstance(self.pattern.pattern, bytes)
        self.tree = parser.parse(self.pattern.pattern, self.pattern.flags & ~re.DEBUG)
        self.flags = self.pattern.flags
        self.start = self._sequence(list(self.tree), self.flags)
        self.first = self._first(list(self.tree), self.flags)

    def found(self, text: str, most: int, whole: bool = False) -> bool:
        """Return whether the pattern is found, or is the `whole` text; `taken` has the steps.

        Raises TooManySteps after `most` of them.
        """
        self.text, self.taken, self.most = text, 0, most
        end = len(text)
        if whole:
            self.groups = {}
            return self.start(0, lambda at: at == end)
        for at in range(end + 1):
            self._count()
            if self.first and not (at < end and self.first(text[at])):
                continue
            self.groups = {}
            if self.start(at, lambda _: True):
                return True
        return False

    def _count(self) -> None:
        self.taken += 1
        if self.taken > self.most:
            raise TooManySteps

    # From nodes to steps

    def _sequence(self, nodes: Sequence[Node], flags: int) -> Step:
        steps = [self._node(node, flags) for node in nodes]

        def from_(position: int, at: int, after: Next) -> bool:
            if position == len(steps):
                return after(at)
            return steps[position](at, lambda to: from_(position + 1, to, after))

        return steps[0] if len(steps) == 1 else lambda at, after: from_(0, at, after)

    def _node(self, node: Node, flags: int) -> Step:
        kind, value = node
        if (test := character(node, flags, self.bytes)) is not None:
            return self._character(test)
        if kind in _REPEATS:
            return self._repeat(kind, *value, flags)
        if kind is op.BRANCH:
            return self._branch(value[1], flags)
        if kind is op.SUBPATTERN:
            group, add, remove, inner = value
            step = self._sequence(list(inner), (flags | add) & ~remove)
            return step if group is None else self._group(group, step)
        if kind is op.ATOMIC_GROUP:
            return self._atomic(self._sequence(list(value), flags))
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(value, flags, kind is op.ASSERT)
        if kind is op.AT:
            return self._at(value, flags)
        if kind is op.GROUPREF:
            return self._again(value)
        raise NotImplementedError(kind)

    def _character(self, test: Test) -> Step:
        def step(at: int, after: Next) -> bool:
            self._count()
            return at < len(self.text) and test(self.text[at]) and after(at + 1)

        return step

    def _group(self, group: int, step: Step) -> Step:
        def whole(at: int, after: Next) -> bool:
            before = self.groups.get(group)

            def ended(to: int) -> bool:
                held = self.groups.get(group)
                self.groups[group] = (at, to)
                if after(to):
                    return True
                if held is None:
                    self.groups.pop(group, None)
                else:
                    self.groups[group] = held
                return False

            if step(at, ended):
                return True
            if before is not None:
                self.groups[group] = before
            return False

        return whole

    def _again(self, group: int) -> Step:
        def step(at: int, after: Next) -> bool:
            self._count()
            if group not in self.groups:
                return False
            start, end = self.groups[group]
            said = self.text[start:end]
            return self.text.startswith(said, at) and after(at + len(said))

        return step

    def _atomic(self, step: Step) -> Step:
        def whole(at: int, after: Next) -> bool:
            ends: list[int] = []
            return step(at, lambda to: not ends.append(to)) and after(ends[0])  # type: ignore

        return whole

    def _look(self, value: tuple[int, Any], flags: int, wanted: bool) -> Step:
        direction, inner = value
        step = self._sequence(list(inner), flags)
        back = inner.getwidth()[0] if direction < 0 else 0

        def look(at: int, after: Next) -> bool:
            self._count()
            found = at >= back and step(at - back, lambda _: True)
            return found is wanted and after(at)

        return look

    def _at(self, where: Any, flags: int) -> Step:
        lines = bool(flags & re.MULTILINE)

        def holds(at: int) -> bool:
            text, end = self.text, len(self.text)
            if where in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
                into = lines and where is op.AT_BEGINNING
                return at == 0 or (into and text[at - 1] == "\n")
            if where is op.AT_END:
                last = at == end or (at == end - 1 and text[at] == "\n")
                return last or (lines and text[at] == "\n")
            if where is op.AT_END_STRING:
                return at == end
            word = category(op.CATEGORY_WORD, self.bytes or bool(flags & re.ASCII))
            before, behind = at > 0 and word(text[at - 1]), at < end and word(text[at])
            return (before != behind) is (where is op.AT_BOUNDARY)

        def step(at: int, after: Next) -> bool:
            self._count()
            return holds(at) and after(at)

        return step

    def _branch(self, branches: Sequence[Any], flags: int) -> Step:
        steps = [
            (self._first(list(branch), flags), self._sequence(list(branch), flags))
            for branch in branches
        ]
        beginning: dict[str, list[Step]] = {}

        def step(at: int, after: Next) -> bool:
            self._count()
            letter = self.text[at : at + 1]
            if letter not in beginning:
                beginning[letter] = [
                    way for first, way in steps if first is None or (letter and first(letter))
                ]
            return any(way(at, after) for way in beginning[letter])

        return step

    def _repeat(self, kind: Any, low: int, high: Any, inner: Any, flags: int) -> Step:
        nodes = list(inner)
        high = 10**9 if high is op.MAXREPEAT else int(high)
        test = character(nodes[0], flags, self.bytes) if len(nodes) == 1 else None
        if test is not None:
            return self._run(kind, low, high, test)
        step = self._sequence(nodes, flags)

        def more(count: int, at: int, after: Next) -> bool:
            self._count()

            def again(to: int) -> bool:
                # A round of nothing ends the repeat.
                return (to > at or count < low) and more(count + 1, to, after)

            if count < low:
                return step(at, again)
            if kind is op.MIN_REPEAT:
                return after(at) or (count < high and step(at, again))
            return (count < high and step(at, again)) or after(at)

        if kind is op.POSSESSIVE_REPEAT:
            return self._atomic(lambda at, after: more(0, at, after))
        return lambda at, after: more(0, at, after)

    def _run(self, kind: Any, low: int, high: int, test: Test) -> Step:
        def run(at: int, after: Next) -> bool:
            text, to = self.text, at
            end = min(len(text), at + high)
            if kind is op.MIN_REPEAT:
                while to < at + low or not after(to):
                    self._count()
                    if to >= end or not test(text[to]):
                        return False
                    to += 1
                return True
            while to < end and test(text[to]):
                self._count()
                to += 1
            if kind is op.POSSESSIVE_REPEAT:
                return to >= at + low and after(to)
            while to >= at + low:
                self._count()
                if after(to):
                    return True
                to -= 1
            return False

        return run

    def _first(self, nodes: Sequence[Node], flags: int) -> Test | None:
        """Return a test of the first letter, None where nothing need come first."""
        for node in nodes:
            kind, value = node
            if (test := character(node, flags, self.bytes)) is not None:
                return test
            if kind in _REPEATS and value[0] > 0:
                return self._first(list(value[2]), flags)
            if kind is op.SUBPATTERN:
                inner = (flags | value[1]) & ~value[2]
                if (test := self._first(list(value[3]), inner)) is not None:
                    return test
                if value[3].getwidth()[0]:
                    return None
            if kind is op.BRANCH:
                tests = [self._first(list(branch), flags) for branch in value[1]]
                if any(test is None for test in tests):
                    return None
                return lambda letter: any(test(letter) for test in tests if test)
            if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
                continue
            return None
        return None


def character(node: Node, flags: int, of_bytes: bool) -> Test | None:
    """Return the test of a node that matches one letter, and None for another."""
    kind, value = node
    if kind is op.ANY:
        return (lambda _: True) if flags & re.DOTALL else (lambda letter: letter != "\n")
    if kind not in (op.LITERAL, op.NOT_LITERAL, op.IN):
        return None
    parts = tuple(value) if kind is op.IN else ((op.LITERAL, value),)
    return _set(parts, kind is op.NOT_LITERAL, flags & (re.IGNORECASE | re.ASCII), of_bytes)


@cache
def _set(parts: tuple[Node, ...], negated: bool, flags: int, of_bytes: bool) -> Test:
    ascii_only = of_bytes or bool(flags & re.ASCII)
    if parts[0][0] is op.NEGATE:
        parts, negated = parts[1:], True
    known: dict[str, bool] = {}

    def one(letter: str) -> bool:
        for kind, value in parts:
            if kind is op.LITERAL and ord(letter) == value:
                return True
            if kind is op.RANGE and value[0] <= ord(letter) <= value[1]:
                return True
            if kind is op.CATEGORY and category(value, ascii_only)(letter):
                return True
        return False

    def test(letter: str) -> bool:
        if letter not in known:
            ways = {letter}
            if flags & re.IGNORECASE:
                ways |= {way for way in (letter.lower(), letter.upper()) if len(way) == 1}
            known[letter] = any(map(one, ways)) is not negated
        return known[letter]

    return test


@cache
def category(value: Any, ascii_only: bool) -> Test:
    """Return the test of `\\d`, `\\s`, `\\w` and their opposites."""
    name = str(value).removeprefix("CATEGORY_")
    sign = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[name.removeprefix("NOT_")]
    sign = sign.upper() if name.startswith("NOT_") else sign
    match = re.compile(rf"\{sign}", re.ASCII if ascii_only else 0).match
    return lambda letter: match(letter) is not None


def growth(search: Search, whole: bool) -> tuple[float, str]:
    """Return by how much the steps grow when a text is twice as long, and that text in short.

    2 is linear, 4 quadratic; 99 is a search that did not end.
    """
    worst = (0.0, "")
    deep = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)  # an alternative within an alternative is a call within a call
    try:
        for text in texts_of(search):
            try:
                search.found(text(80), _MOST, whole)
                least = max(search.taken, 80)
                search.found(text(160), 6 * least, whole)
                worst = max(worst, (search.taken / least, text(4)))
            except TooManySteps:
                return 99.0, text(4)
    finally:
        sys.setrecursionlimit(deep)
    return worst


# Texts on which a pattern takes long


def texts_of(search: Search) -> Iterator[Callable[[int], str]]:
    """Return texts of any length: what leads to a repeat, a long run of it, and a bad end."""
    chance = random.Random(1)
    letters = _letters(search)
    strange = next(
        (c for c in "\x00\x7f\x01§" if not any(test(c) for test in _tests(search))), "\x00"
    )
    ends = [strange, "\n" + strange]
    for before, body in _long_repeats(search):
        runs = list(dict.fromkeys(_runs(search, body, letters, chance)))
        heads = dict.fromkeys(["", "".join(_sample(search, before, chance))])
        for head, run, end in product(heads, runs, ends):
            yield lambda n, head=head, run=run, end=end: head + run * n + end  # type: ignore
    for seed in (1, 2) if _long_repeats(search) else ():
        for end in ends:
            yield lambda n, seed=seed, end=end: (  # type: ignore
                "".join(_sample(search, list(search.tree), random.Random(seed), n)) + end
            )


def _tests(search: Search) -> list[Test]:
    return [test for test, _ in _characters(search, list(search.tree), search.flags)]


def _characters(
    search: Search, nodes: Sequence[Node], flags: int, often: bool = False
) -> Iterator[tuple[Test, bool]]:
    for node in nodes:
        if (test := character(node, flags, search.bytes)) is not None:
            yield test, often
        for inner, own, repeated in _inside(node, flags):
            yield from _characters(search, inner, own, often or repeated)


def _inside(node: Node, flags: int) -> Iterator[tuple[list[Node], int, bool]]:
    kind, value = node
    if kind in _REPEATS:
        yield list(value[2]), flags, value[1] is op.MAXREPEAT or int(value[1]) >= LONG
    elif kind is op.SUBPATTERN:
        yield list(value[3]), (flags | value[1]) & ~value[2], False
    elif kind is op.BRANCH:
        yield from ((list(branch), flags, False) for branch in value[1])
    elif kind is op.ATOMIC_GROUP:
        yield list(value), flags, False
    elif kind in (op.ASSERT, op.ASSERT_NOT):
        yield list(value[1]), flags, False


def _long_repeats(search: Search) -> list[tuple[list[Node], list[Node]]]:
    """Return what comes before each long repeat, and what is repeated."""

    def walk(before: list[Node], nodes: list[Node], flags: int) -> Iterator[Any]:
        for at, node in enumerate(nodes):
            for inner, own, repeated in _inside(node, flags):
                if repeated:
                    yield [*before, *nodes[:at]], inner
                yield from walk([*before, *nodes[:at]], inner, own)

    return list(walk([], list(search.tree), search.flags))


def _letters(search: Search) -> list[str]:
    """Return one letter of each kind that the pattern tells apart, the most welcome first."""
    tests = list(dict.fromkeys(_characters(search, list(search.tree), search.flags)))
    kinds: dict[tuple[bool, ...], str] = {}
    for letter in dict.fromkeys(_ORDINARY + "".join(_written(list(search.tree)))):
        if search.bytes and ord(letter) > 255:
            continue
        kinds.setdefault(tuple(test(letter) for test, _ in tests), letter)
    weight = [3 if often else 1 for _, often in tests]
    return [
        letter
        for kind, letter in sorted(
            kinds.items(),
            key=lambda found: -sum(w for w, hit in zip(weight, found[0], strict=True) if hit),
        )
        if any(hit and often for hit, (_, often) in zip(kind, tests, strict=True))
    ]


def _written(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        kind, value = node
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        if kind is op.IN:
            for part, of in value:
                if part is op.LITERAL:
                    yield chr(of)
                elif part is op.RANGE:
                    yield from (chr(of[0]), chr(of[1]))
        for inner, _, _ in _inside(node, 0):
            yield from _written(inner)


def _runs(
    search: Search, body: list[Node], letters: list[str], chance: random.Random
) -> Iterator[str]:
    if len(body) == 1 and (test := character(body[0], search.flags, search.bytes)) is not None:
        own = [letter for letter in letters if test(letter)]
        yield from own[:4]
        return
    for _ in range(4):
        if said := "".join(_sample(search, body, chance)):
            yield said
    yield from letters[:3]
    yield from (one + other for one, other in product(letters[:2], repeat=2) if one != other)


def _sample(
    search: Search, nodes: Sequence[Node], chance: random.Random, long: int = 1
) -> Iterator[str]:
    """Yield letters that the nodes match, as far as they can be had without looking around."""
    for node in nodes:
        kind, value = node
        if (test := character(node, search.flags, search.bytes)) is not None:
            ways = [c for c in [*_written([node]), *_ORDINARY] if test(c)]
            yield chance.choice(ways) if ways else "\x02"
        elif kind in _REPEATS:
            high = 10**9 if value[1] is op.MAXREPEAT else int(value[1])
            times = min(high, max(int(value[0]), long if high >= LONG else chance.randint(0, 1)))
            seed = chance.random()
            for _ in range(times):
                yield from _sample(search, list(value[2]), random.Random(seed))
        elif kind is op.SUBPATTERN:
            yield from _sample(search, list(value[3]), chance, long)
        elif kind is op.BRANCH:
            yield from _sample(search, list(chance.choice(value[1])), chance, long)
        elif kind is op.ATOMIC_GROUP:
            yield from _sample(search, list(value), chance, long)
