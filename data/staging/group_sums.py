"""Find rows that have the sums of the rows above or below them, group by group.

    >>> sum_rows([100, 250, 350, 310, 45, 355, 60, 65, 70, 195])
    (2, 5, 9)

A pivot table or a report with groups may repeat the names of a group in the row of its sum, so
that nothing but its figures tells it from a record. The whole list has to be made of such groups:
one figure may be the sum of others by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.staging.draft import Draft
from data.values.columns import as_coded, trimmed
from data.values.number_columns import number_column
from data.values.numbers import DECIMAL_MARKS

_MOST_ROWS, _TICKS = 200_000, 10_000
# Of so many groups of several records, with so many records, no one is a group by chance.
_LEAST_GROUPS, _LEAST_RECORDS = 2, 6

Rows = tuple[int, ...]


def of(draft: Draft) -> Rows:
    """Return the positions of the rows of a draft that have the sums of its groups."""
    assert draft.sheet
    at, rows = draft.mapping.get("amount"), draft.sheet.rows
    if at is None or not _LEAST_RECORDS < rows.num_rows <= _MOST_ROWS:
        return ()
    return sum_rows(figures_of(rows[str(at)]))


def figures_of(column: pa.ChunkedArray) -> list[int]:
    """Return the amounts of a column in ten-thousandths, 0 for any other text.

    Arrow reads plain ones at once; others are read with the decimal mark with which more of them
    are numbers.
    """
    try:
        plain = pc.utf8_trim_whitespace(column.cast(pa.string())).cast(pa.float64())
        return _ticks(pc.round(pc.multiply(plain, _TICKS)).cast(pa.int64()))
    except pa.ArrowInvalid:
        pass
    coded = as_coded(trimmed(column))
    texts = coded.dictionary.cast(pa.string())
    read = [number_column(texts, mark, Decimal(1))[0] for mark in DECIMAL_MARKS]
    numbers = min(read, key=lambda values: int(values.null_count))
    ticks = pc.multiply(numbers, pa.scalar(Decimal(_TICKS))).cast(pa.int64())
    return _ticks(ticks.take(coded.indices))


def _ticks(figures: pa.Array | pa.ChunkedArray) -> list[int]:
    ticks: list[int] = pc.fill_null(figures, 0).to_pylist()
    return ticks


def sum_rows(figures: Sequence[int]) -> Rows:
    """Return the places of the sums; none unless all figures are groups with their sums."""
    if len(figures) <= _LEAST_RECORDS:
        return ()
    if below := _sums(figures):
        return below
    last = len(figures) - 1
    return tuple(last - at for at in reversed(_sums(figures[::-1])))


def _sums(figures: Sequence[int]) -> Rows:
    """Return the places of figures that are the sums of those before them, since the last sum."""
    before, starts, begins = 0, dict[int, int](), dict[int, int]()
    begins[0] = -1
    for at, figure in enumerate(figures):
        # Groups may begin before this figure wherever one has ended there.
        begin = starts.get(before - figure) if figure else None
        if at in begins:
            starts[before] = at
        if begin is not None:
            begins[at + 1] = begin
        before += figure
    for end in (len(figures), len(figures) - 1):
        groups = _groups(begins, end)
        sums = tuple(end for _begin, end in groups)
        is_last = end < len(figures) and figures[-1] == sum(figures[at] for at in sums)
        if _tell(groups, figures) and (end == len(figures) or is_last):
            return (*sums, end) if is_last else sums
    return ()


def _groups(begins: dict[int, int], end: int) -> list[tuple[int, int]]:
    """Return the groups up to an end, each with its first place and that of its sum."""
    groups = []
    while end > 0 and end in begins:
        groups.append((begins[end], end - 1))
        end = begins[end]
    return groups[::-1] if end == 0 else []


def _tell(groups: Sequence[tuple[int, int]], figures: Sequence[int]) -> bool:
    several = [(begin, end) for begin, end in groups if end - begin > 1]
    records = sum(end - begin for begin, end in several)
    sums = {figures[end] for _begin, end in several}
    return (
        len(sums) >= _LEAST_GROUPS and records >= _LEAST_RECORDS and len(several) * 2 >= len(groups)
    )
