"""Find totals that no word names: nothing but figures, or a group's name beside its sums.

    >>> cells = pa.table({"0": ["a", "b", None], "1": ["100", "20", "120"]})
    >>> unlabelled_totals(Figures(cells, [1], []), [0], {2: [None, "120"]})
    {2}

The figures must be the sums of the rows around them, and the row must lack most of what records
have: the amount of a record may be such a sum by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row
from data.layout.sums import Figures

_MOST = 20_000
_MOSTLY = 0.8


def bare_rows(cells: pa.Table, keys: Sequence[int]) -> list[int]:
    """Return the rows that lack at least half of the keys; none if most rows do."""
    partly = [at for at in keys if cells.column(at).null_count]
    if len(partly) * 2 < len(keys) or not partly:
        return []
    blank = reduce(pc.add, (pc.is_null(cells.column(at)).cast(pa.int32()) for at in partly))
    bare = pc.indices_nonzero(pc.greater_equal(pc.multiply(blank, 2), len(keys)))
    if len(bare) > min(_MOST, int(cells.num_rows * _MOSTLY)):
        return []
    positions: list[int] = bare.to_pylist()
    return positions


def unlabelled_totals(figures: Figures, keys: Sequence[int], bare: Mapping[int, Row]) -> set[int]:
    """Return those of the `bare` rows that are totals."""
    plain = [at for at, row in bare.items() if not any(row[key] for key in keys)]
    plain = [at for at in plain if figures.only_figures(bare[at])]
    own = figures.marking([*figures.marked, *plain])
    totals = _plain(own, {at: bare[at] for at in plain})
    named = {at: _group(own.cells, keys, row, at) for at, row in bare.items() if at not in plain}
    own = own.marking([*own.marked, *(at for at, rows in named.items() if rows)])
    several = {at: rows for at, rows in named.items() if len(rows) > 1}
    if several and all(
        own.are_sums_of(bare[at], rows, telling=True) for at, rows in several.items()
    ):
        totals |= {at for at, rows in named.items() if rows and own.are_sums_of(bare[at], rows)}
    return totals


def _plain(figures: Figures, plain: Mapping[int, Row]) -> set[int]:
    """Return the totals among rows of nothing but figures.

    Where some of them are no sums, records are written like that: then only the sum of
    everything is a total.
    """
    telling = {at for at, row in plain.items() if figures.are_sums(row, at, telling=True)}
    if telling and all(figures.are_sums(row, at) for at, row in plain.items()):
        return set(plain)
    whole = range(figures.cells.num_rows)
    return {at for at in telling if _all(figures, plain, at).are_sums_of(plain[at], whole, True)}


def _all(figures: Figures, plain: Mapping[int, Row], at: int) -> Figures:
    """Return the figures with the other rows of figures added up too."""
    return figures.marking([row for row in figures.marked if row == at or row not in plain])


def _group(cells: pa.Table, keys: Sequence[int], row: Row, at: int) -> range:
    """Return the rows directly above, or else below, that share all keys of a row that has some."""
    shared = [key for key in keys if row[key]]
    if not shared:
        return range(0)

    def same(other: int) -> bool:
        return all(cells.column(key)[other].as_py() == row[key] for key in shared)

    first = at
    while first and same(first - 1):
        first -= 1
    if first < at:
        return range(first, at)
    last = at + 1
    while last < cells.num_rows and same(last):
        last += 1
    return range(at + 1, last)
