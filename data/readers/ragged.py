"""Repair rows with too many or too few cells, where only one repair fits.

>>> how = Dialect(",")
>>> straight = Straight([["05/01/2026", "09:30", "7"]] * 9, how)
>>> straight(["05/01/202609:30", "8"], "05/01/202609:30,8")
['05/01/2026', '09:30', '8']

A lost or doubled separator, or an unescaped quote inside quotes, shifts every later cell into
the wrong column. Columns of uniform cells (dates, codes, prices) show where it happened. A row
that fits in two ways, or in none, stays as it is and is counted.
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
# Longer cells are not split beyond this length.
_LONGEST = 200


class Straight:
    """The form of regular rows; call it with an odd row to get the repaired row, or None."""

    def __init__(self, regular: Sequence[Sequence[str]], how: Dialect) -> None:
        self.how = how
        self.separator = STAND_IN if len(how.separator) > 1 else how.separator
        self.width = len(regular[0]) if regular else 0
        self.shapes = [_usual([row[at] for row in regular]) for at in range(self.width)]

        cell = _cell(self.separator, how)
        self.regular = re.compile(rf"{cell}(?:{re.escape(self.separator)}{cell})*\r?\n?")

    def odd(self, cells: Sequence[str], raw: str) -> bool:
        """Return whether a row has another width, or quotes that end inside a cell."""
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
        """Return which cells are quoted, as far as can be known."""
        if self.regular.fullmatch(raw):
            pattern = re.compile(
                rf"({_cell(self.separator, self.how)})(?:{re.escape(self.separator)}|$)"
            )
            lenient = [
                match[1].lstrip().startswith(self.how.quote)
                for match in pattern.finditer(raw.rstrip("\r\n"))
            ]
        return lenient if len(lenient) == len(cells) else [False] * len(cells)

    def _ways(self, cells: list[str], quoted: list[bool]) -> Iterator[list[str]]:
        """Yield rows of the right width that this may have been; quoted cells are not split."""
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
    """Return the shape of nearly all cells of a column; None where they differ."""
    if len(cells) < _ENOUGH:
        return None
    (shape, count), *_ = Counter(map(_shape, cells)).most_common(1)
    return shape if count >= _LOOK_ALIKE * len(cells) else None


def _shape(cell: str) -> str:
    """Write digits as 9 and words as a; a run of three digits or more keeps its length."""
    return _LETTERS.sub("a", _DIGITS.sub(_nines, cell))


def _nines(run: re.Match[str]) -> str:
    return "9" if len(run[0]) < 3 or "." in run[0] else "9" * min(len(run[0]), 5)


def _cell(separator: str, how: Dialect) -> str:
    """Return a pattern for a cell that is properly quoted, or not at all."""
    mark, gap = re.escape(how.quote), " *" if how.spaced else ""
    first, more = re.escape(separator + how.quote), re.escape(separator)
    return rf"{gap}(?:{mark}(?:[^{mark}]|{mark}{mark})*{mark}|(?:[^{first}][^{more}\r\n]*)?)"


def _unescaped(line: str, separator: str, how: Dialect) -> list[tuple[str, bool]]:
    """Split a line where only a quote before a separator ends a cell; tell which are quoted."""
    mark, cut = re.escape(how.quote), re.escape(separator)
    gap = " ?" if how.spaced else ""
    cell = re.compile(rf"{gap}(?:{mark}(.*?){mark}|([^{cut}]*))({cut}|$)", re.DOTALL)
    cells: list[tuple[str, bool]] = []
    at = 0
    while match := cell.match(line, at):
        quoted, bare, end = match.groups()
        text = bare if quoted is None else quoted.replace(how.quote * 2, how.quote)
        cells.append((text, quoted is not None))
        if not end:
            return cells
        at = match.end()
    return []
