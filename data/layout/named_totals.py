"""Find subtotals that name their group in another column, and a last row of all without a word.

    >>> cells = pa.table({"0": ["Acme", "Bolt", "Tom"], "1": ["Tom", "Tom", None],
    ...                   "2": ["100", "200", "300"]})
    >>> named_totals(Figures(cells, [2], []), [0, 1])
    {2}

The rep's name stands where the customers are, and the rep is blank or the same: the figures must
be the sums of the rep's rows. A last row that has nothing but a day and figures must sum up all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, rows_of
from data.layout.sums import Figures

_MOST = 20_000
_MOSTLY = 0.6
_WIDEST = 12
_RECORDS = 0.9


def named_totals(figures: Figures, words: Sequence[int]) -> set[int]:
    """Return the rows that name the group of which their figures are the sums."""
    cells = figures.cells
    found: set[int] = set()
    for name, group in permutations(words[:_WIDEST], 2):
        named = _named(cells, name, group)
        if not named or len(named) > min(_MOST, int(cells.num_rows * _MOSTLY)):
            continue
        own = figures.marking([*figures.marked, *named])
        rows = dict(zip(sorted(named), rows_of(cells.take(pa.array(sorted(named)))), strict=True))
        spans = {at: _spans(cells.column(group), row[name], at, named) for at, row in rows.items()}
        several = {
            at
            for at, row in rows.items()
            if any(own.are_sums_of(row, span, telling=True) for span in spans[at])
        }
        fits = {at for at, row in rows.items() if any(own.are_sums_of(row, s) for s in spans[at])}
        if several and len(fits) * 2 >= len(rows):
            found |= fits
    return found


def last_of_all(figures: Figures, words: Sequence[int], dated: Sequence[int]) -> set[int]:
    """Return the last row, or the first, if it has figures and a day alone and sums up the rest."""
    cells = figures.cells
    if cells.num_rows < 3:
        return set()
    for at in (cells.num_rows - 1, 0):
        (row,) = rows_of(cells.slice(at, 1))
        if at in figures.marked or any(row[name] for name in words):
            continue
        if not any(row[day] for day in dated) or not _are_named(cells, words):
            continue
        own = figures.marking([*figures.marked, at])
        if own.are_sums_of(_unnumbered(own, row, at), range(cells.num_rows), telling=True):
            return {at}
    return set()


def _are_named(cells: pa.Table, words: Sequence[int]) -> bool:
    """Return whether nearly every row has a word somewhere that no total has: a customer, a rep."""
    return any(
        cells.num_rows - cells.column(at).null_count >= _RECORDS * (cells.num_rows - 1)
        for at in words
    )


def _unnumbered(figures: Figures, row: Row, at: int) -> Row:
    """Return a row without the number that counts the rows of its table."""
    before = at - 1 if at else at + 1
    (other,) = rows_of(figures.cells.slice(before, 1))
    steps = {
        name: abs(figures.number(row[name]) - figures.number(other[name]))
        for name in figures.columns
        if row[name] and other[name]
    }
    return [None if steps.get(name) == 1 else cell for name, cell in enumerate(row)]


def _named(cells: pa.Table, name: int, group: int) -> set[int]:
    """Return the rows whose name is the group of the row above or below, and whose own is blank."""
    groups = cells.column(group)
    if not groups.null_count or groups.null_count > cells.num_rows * _MOSTLY:
        return set()
    blank = pc.indices_nonzero(pc.is_null(groups))
    if len(blank) > _MOST:
        return set()
    places = pc.if_else(pc.is_valid(groups), pa.array(range(len(groups))), None)
    places = places.combine_chunks()
    names = cells.column(name).take(blank).cast(pa.string())
    found: set[int] = set()
    for nearest in (pc.fill_null_forward(places), pc.fill_null_backward(places)):
        beside = groups.take(nearest.take(blank)).cast(pa.string())
        same = pc.fill_null(pc.equal(names, beside), False)
        found |= set(blank.filter(same).to_pylist())
    return found


def _spans(column: pa.ChunkedArray, name: str | None, at: int, named: set[int]) -> list[range]:
    """Return the rows of a group above and below a row that names it."""
    first, last = at, at + 1
    while first and (first - 1 not in named) and column[first - 1].as_py() == name:
        first -= 1
    while last < len(column) and last not in named and column[last].as_py() == name:
        last += 1
    return [rows for rows in (range(first, at), range(at + 1, last)) if len(rows)]
