"""What a report tells only once: the order's number on its first line, the region above its reps.

    >>> rows, notes, blank = filled_down(table, ["Order", "Item", "Amount"])    # doctest: +SKIP

Lines below the first leave these cells blank. Only columns at the left are filled,
only where their cells are blank together, and never with an amount.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.body import listed
from data.layout.cells import kind
from data.layout.provenance import Blank
from data.layout.sheet import Note

_SHARE = 0.2
_MOSTLY = 0.95
_SAMPLE = 500
_LEFT = 3


def filled_down(table: pa.Table, header: Sequence[str]) -> tuple[pa.Table, list[Note], Blank]:
    """The rows with the cells filled that stand on the first line of a group only.

    `table` has a column for each name of `header`, then "row". Also which cells were
    blank before.
    """
    width = table.num_columns - 1
    if width < 2 or table.num_rows < 3 or not table.column(0).null_count:
        return table, [], {}
    blank = pc.is_null(table.column(0))
    count = table.column(0).null_count
    if blank[0].as_py() or count == table.num_rows:
        return table, [], {}
    parents, children = _split(table, blank, count)
    told = [at for at in parents if not _amounts(table.column(at))]
    enough = count >= 2 or len(parents) > 1
    if not children or not told or not enough or count < _SHARE * table.num_rows:
        return table, [], {}
    if len(parents) == 1 and not _distinct(table.column(0)):
        return table, [], {}
    below = table["row"].filter(blank).combine_chunks()
    rows = below.to_pylist()
    for at in told:
        table = table.set_column(at, table.column_names[at], _forward(table.column(at)))
    names = ", ".join(header[at] for at in told)
    note = Note("filled_down", (("count", count), ("columns", names), ("rows", listed(rows))))
    return table, [note], dict.fromkeys(told, below)


def perhaps_merged(table: pa.Table, header: Sequence[str]) -> list[Note]:
    """A note where a format that drops merged cells has blanks below names, as merged cells leave.

    Looks at the columns of words at the left.
    """
    for at, name in enumerate(header[:_LEFT]):
        column = table.column(at)
        blanks = column.null_count
        if blanks < 2 or blanks < _SHARE * table.num_rows or column[0].as_py() is None:
            continue
        if not _amounts(column):
            return [Note("merges_unknown", (("count", blanks), ("columns", name)))]
    return []


def _split(table: pa.Table, blank: pa.ChunkedArray, count: int) -> tuple[list[int], list[int]]:
    """The columns that are blank wherever the first is, and those that go on below it."""
    parents, children = [0], []
    first = table.num_rows - count
    for at in range(1, table.num_columns - 1):
        valid = pc.is_valid(table.column(at))
        below = pc.sum(pc.and_(blank, valid)).as_py() or 0
        beside = pc.sum(pc.and_(pc.invert(blank), valid)).as_py() or 0
        if not below and beside >= _MOSTLY * first:
            parents.append(at)
        elif below >= _MOSTLY * count and beside >= _MOSTLY * first:
            children.append(at)
    return parents, children


def _amounts(column: pa.ChunkedArray) -> bool:
    """Whether a column holds amounts: what is told twice is counted twice.

    Whole numbers that are all different are numbers of orders.
    """
    cells = [cell for cell in column.slice(0, _SAMPLE).to_pylist() if cell]
    numbers = [cell for cell in cells if kind(cell) == "number"]
    codes = all(cell.isdigit() and len(cell) > 3 for cell in numbers)
    return len(numbers) * 2 > len(cells) and not (codes and len(set(numbers)) == len(numbers))


def _distinct(column: pa.ChunkedArray) -> bool:
    """Whether a value never comes again further down, as in a list in groups."""
    told = column.drop_null()
    return len(pc.unique(told)) >= _MOSTLY * len(told)


def _forward(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_dictionary(column.type):
        return pc.fill_null_forward(column)
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    codes = pc.fill_null_forward(whole.indices)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, whole.dictionary)])
