"""Rows that have too many or too few cells, put right where only one way fits.

>>> how = Dialect(",")
>>> straight = Straight([["05/01/2026", "09:30", "7"]] * 9, how)
>>> straight(["05/01/202609:30", "8"], "05/01/202609:30,8")
['05/01/2026', '09:30', '8']

A lost or doubled separator, or a quote inside quotes that nobody escaped, moves
every cell after it into the wrong column. Columns whose cells all look alike
(dates, codes, prices) tell where it happened. A row that fits in two ways, or in
none, stays as it is and is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from data.readers.dialect import STAND_IN, Dialect

_LOOK_ALIKE = 0.95
_ENOUGH = 5
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
# In a text cell of more letters than this nothing is looked for.
_LONGEST = 200


class Straight:
    """What regular rows look like; called with an odd row, gives the row put right or None."""

    def __init__(self, regular: Sequence[Sequence[str]], how: Dialect) -> None:
        self.how = how
        self.separator = STAND_IN if len(how.separator) > 1 else how.separator
        self.width = len(regular[0]) if regular else 0
        self.shapes = [_usual([row[at] for row in regular]) for at in range(self.width)]

        cell = _cell(self.separator, how)
        self.regular = re.compile(rf"{cell}(?:{re.escape(self.separator)}{cell})*\r?\n?")

    def odd(self, cells: Sequence[str], raw: str) -> bool:
        """Whether a row has another width, or quotes that end where no cell does."""
        if len(cells) != self.width:
            return True
        return self.how.quote in raw and self.regular.fullmatch(raw) is None

    def __call__(self, cells: Sequence[str], raw: str) -> list[str] | None:
        plain = _unescaped(raw.rstrip("\r\n"), self.separator, self.how)
        if len(plain) == self.width:
            return [cell for cell, _ in plain]
        if sum(shape is not None for shape in self.shapes) < 2:
            return None
        quoted = self._quoted(raw, cells, [mark for _, mark in plain])
        ways = self._ways(list(cells), quoted)
        distinct = {tuple(row) for row in ways if self._fits(row)}
        return list(distinct.pop()) if len(distinct) == 1 else None

    def _quoted(self, raw: str, cells: Sequence[str], lenient: list[bool]) -> list[bool]:
        """Which of the cells stand in quotes, as far as that can be told."""
        if self.regular.fullmatch(raw):
            one = re.compile(
                rf"({_cell(self.separator, self.how)})(?:{re.escape(self.separator)}|$)"
            )
            lenient = [
                found[1].lstrip().startswith(self.how.quote)
                for found in one.finditer(raw.rstrip("\r\n"))
            ]
        return lenient if len(lenient) == len(cells) else [False] * len(cells)

    def _ways(self, cells: list[str], quoted: list[bool]) -> Iterator[list[str]]:
        """The rows of the right width that this one may have been; a quoted cell is whole."""
        surplus = len(cells) - self.width
        if surplus == -1:
            yield from _split(cells, quoted)
        if surplus == 1:
            yield from (cells[:at] + cells[at + 1 :] for at, cell in enumerate(cells) if not cell)
        if surplus > 0:
            for at in range(self.width):
                part = slice(at, at + surplus + 1)
                if any(cells[part]) and not any(quoted[part]):
                    whole = self.separator.join(cells[part])
                    yield [*cells[:at], whole, *cells[at + surplus + 1 :]]

    def _fits(self, row: list[str]) -> bool:
        return all(
            usual is None or _shape(cell) == usual
            for cell, usual in zip(row, self.shapes, strict=True)
        )


def _split(cells: list[str], quoted: list[bool]) -> Iterator[list[str]]:
    for at, cell in enumerate(cells):
        if not quoted[at]:
            for cut in range(1, min(len(cell), _LONGEST)):
                yield [*cells[:at], cell[:cut], cell[cut:], *cells[at + 1 :]]


def _usual(cells: Sequence[str]) -> str | None:
    """The shape that nearly all cells of a column have; None where they differ."""
    if len(cells) < _ENOUGH:
        return None
    (shape, count), *_ = Counter(map(_shape, cells)).most_common(1)
    return shape if count >= _LOOK_ALIKE * len(cells) else None


def _shape(cell: str) -> str:
    """Digits as 9 and words as a; a long run of digits keeps its length, as in a year."""
    return _LETTERS.sub("a", _DIGITS.sub(_nines, cell))


def _nines(run: re.Match[str]) -> str:
    return "9" if len(run[0]) < 3 or "." in run[0] else "9" * min(len(run[0]), 5)


def _cell(separator: str, how: Dialect) -> str:
    """A pattern for one cell that is quoted by the rules, or not at all."""
    mark, gap = re.escape(how.quote), " *" if how.spaced else ""
    first, more = re.escape(separator + how.quote), re.escape(separator)
    return rf"{gap}(?:{mark}(?:[^{mark}]|{mark}{mark})*{mark}|(?:[^{first}][^{more}\r\n]*)?)"


def _unescaped(line: str, separator: str, how: Dialect) -> list[tuple[str, bool]]:
    """The cells of a line in which a quote ends a cell only before a separator; and if quoted."""
    mark, cut = re.escape(how.quote), re.escape(separator)
    gap = " ?" if how.spaced else ""
    cell = re.compile(rf"{gap}(?:{mark}(.*?){mark}|([^{cut}]*))({cut}|$)", re.DOTALL)
    cells: list[tuple[str, bool]] = []
    at = 0
    while found := cell.match(line, at):
        quoted, bare, end = found.groups()
        told = bare if quoted is None else quoted.replace(how.quote * 2, how.quote)
        cells.append((told, quoted is not None))
        if not end:
            return cells
        at = found.end()
    return []
