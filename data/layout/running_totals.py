"""Find subtotals that look like records: with a day, a number of their own, the group's name.

    >>> cells = pa.table({"0": ["3 May", "3 May", "3 May"], "1": ["A", "B", None],
    ...                   "2": ["100", "20", "120"]})
    >>> running_totals(Figures(cells, [2], []), [])      # one is chance, two are none
    set()

Such a row fills fewer cells than records do, and its figures are the exact sums of the rows since
the last such row, or up to the next one; what sums up subtotals is the total of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import filled_counts, usual_width
from data.layout.sums import TELLING, TICKS, Figures, viewed

_LEAST = 2  # subtotals, and rows of each
_FIRST = 200  # of the rows that might be subtotals: one of these is, or none at all
_MOSTLY = 0.5

Numbers = dict[int, int]


@dataclass
class _Found:
    """Rows that sum up several above them, those that repeat one or are small, known totals."""

    strong: set[int] = field(default_factory=set)
    weak: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)


def running_totals(figures: Figures, totals: Collection[int]) -> set[int]:
    """Return the rows that are the sums of those above them, beside the `totals` known already."""
    cells = figures.cells
    sparse = _sparse(cells) - set(totals)
    if len(sparse) > cells.num_rows * _MOSTLY or not sparse:
        return set()
    shapes = _by_shape(cells, sparse)
    for upwards in (False, True):
        walk = _Walk(figures.marking(()), set(totals), upwards)
        if alike := _alike(walk.found(sparse), shapes):
            return alike
    return set()


def _alike(found: _Found, shapes: Iterable[set[int]]) -> set[int]:
    """Return what was found among rows that fill the same cells; nothing where it is chance."""
    fits = found.strong | found.weak
    alike = {
        row
        for rows in shapes
        if len(found.strong & rows) >= _LEAST and len(fits & rows) >= _MOSTLY * len(rows)
        for row in fits & rows
    }
    if not alike and len(found.known) < _LEAST:
        return set()
    whole = {row for rows in shapes if found.strong & rows and rows <= fits for row in rows}
    # What sums up subtotals is the total of them.
    return alike | whole | (found.strong if alike else set())


def _by_shape(cells: pa.Table, rows: Collection[int]) -> list[set[int]]:
    """Group rows by the cells that they fill."""
    taken = pa.array(sorted(rows), pa.int64())
    shapes = zip(
        *(column.take(taken).is_valid().to_pylist() for column in cells.columns), strict=True
    )
    by_shape: dict[tuple[bool, ...], set[int]] = {}
    for row, shape in zip(taken.to_pylist(), shapes, strict=True):
        by_shape.setdefault(shape, set()).add(row)
    return list(by_shape.values())


class _Walk:
    """A walk through the figures of a table, downwards or upwards, from subtotal to subtotal."""

    def __init__(self, figures: Figures, totals: set[int], upwards: bool) -> None:
        self.rows = figures.cells.num_rows
        self.totals = totals
        self.upwards = upwards
        self.columns = {at: viewed(figures.ticks(at)) for at in figures.columns}
        self.sums = figures.sums

    def found(self, maybe: Collection[int]) -> _Found:
        """Return which rows are sums, of those that may be and of the known totals."""
        found = _Found()
        since = 0
        # The sums of subtotals that no other has summed up yet, and how many there are.
        levels: list[tuple[int, Numbers]] = []
        places = [(self._turned(row), row) for row in {*maybe, *self.totals}]
        for seen, (row, place) in enumerate(sorted(places)):
            is_known = place in self.totals
            numbers = {at: ticks[place] for at, ticks in self.columns.items() if ticks[place]}
            before = self._turned(row - 1) if row else place
            repeats = {at for at in numbers if row and self.columns[at][before] == numbers[at]}
            level, several = -1, 0
            telling: bool | None = None
            if row > since:
                sums = self._between(since, row)
                several = row - since
                if (telling := _is_sum(numbers, sums, several, repeats)) is not None:
                    level = 0
            else:
                for at, (count, sums) in enumerate(levels, 1):
                    if count and (telling := _is_sum(numbers, sums, count, repeats)) is not None:
                        level, several = at, count
                        break
            if level >= 0:
                levels = [(0, {}) for _ in levels[:level]] + levels[level:]
                levels += [(0, {})] * (level + 1 - len(levels))
                levels[level] = _added(levels[level], numbers)
                kind = found.strong if telling and several >= _LEAST else found.weak
                (found.known if is_known else kind).add(place)
            if level >= 0 or is_known:
                since = row + 1
            if seen == _FIRST and not found.strong | found.known:
                break
        return found

    def _between(self, since: int, row: int) -> Numbers:
        first, last = (self.rows - row, self.rows - since) if self.upwards else (since, row)
        return {at: up_to[last] - up_to[first] for at, up_to in self.sums.items()}

    def _turned(self, row: int) -> int:
        return self.rows - 1 - row if self.upwards else row


def _added(level: tuple[int, Numbers], numbers: Numbers) -> tuple[int, Numbers]:
    count, sums = level
    return count + 1, {at: sums.get(at, 0) + numbers.get(at, 0) for at in {*sums, *numbers}}


def _is_sum(numbers: Numbers, sums: Numbers, rows: int, repeats: Collection[int]) -> bool | None:
    """Return whether the figures of a row tell that they are the sums of others; None if not.

    Whole numbers below the sum that are no sums are numbers of lines or documents; `repeats` are
    the columns that repeat the row before.
    """
    fits = {at for at, number in numbers.items() if number == sums.get(at)}
    rest = {at for at in numbers if at not in fits}
    if not fits or (rows == 1 and rest - set(repeats)):
        return None
    if any(abs(numbers[at]) >= TELLING * TICKS for at in fits):
        coded = all(at in repeats or _is_code(numbers[at], sums.get(at)) for at in rest)
        return True if coded else None
    return False if not rest else None


def _is_code(number: int, total: int | None) -> bool:
    return total is not None and not number % TICKS and 0 < number < total


def _sparse(cells: pa.Table) -> set[int]:
    """Return the rows that fill fewer cells than is usual."""
    counts = filled_counts(cells)
    return set(pc.indices_nonzero(pc.less(counts, usual_width(counts))).to_pylist())
