"""Fill cells that a report writes only once: the order number on the first line of an order.

    >>> rows, notes, blank = filled_down(table, ["Order", "Item", "Amount"])    # doctest: +SKIP

Columns are filled only where their cells are blank together, and never with an amount. The number
of a document fills its further lines, not records that have a customer or a day of their own. The
rep and the team above an order are not its own where both come back further down: in a report in
groups, each group stands once.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import kind
from data.layout.countable import countable
from data.layout.own_records import has_own_numbers, numbers_records, own_records
from data.layout.provenance import Blank
from data.layout.sheet import Note, listed

_SHARE = 0.2
_MOSTLY = 0.95
_SAMPLE = 500
_LEFT = 3


def filled_down(table: pa.Table, header: Sequence[str]) -> tuple[pa.Table, list[Note], Blank]:
    """Fill down cells that only the first line of a group has.

    `table` has a column for each name of `header`, then "row". Returns the rows, notes, and
    the row numbers of the cells that were blank, by column.
    """
    width = table.num_columns - 1
    if width < 2 or table.num_rows < 3 or not table.column(0).null_count:
        return table, [], {}
    blank = pc.is_null(table.column(0))
    count = table.column(0).null_count
    if blank[0].as_py() or count == table.num_rows:
        return table, [], {}
    parents, children = _split(table, blank, count)
    to_fill = [at for at in parents if not _amounts(table.column(at), header[at])]
    enough = count >= 2 or len(parents) > 1
    if not children or not to_fill or not enough or count < _SHARE * table.num_rows:
        return table, [], {}
    if len(parents) == 1 and not _distinct(table.column(0)):
        return table, [], {}
    if _come_back(table, parents) and has_own_numbers(table, header, parents):
        names = ", ".join(header[at] for at in parents)
        rows = listed(table["row"].filter(blank).combine_chunks().to_pylist())
        return table, [Note.of("left_blank", count=count, columns=names, rows=rows)], {}
    alone = _alone(table, header, blank, parents)
    further = pc.and_not(blank, alone)
    count = pc.sum(further).as_py() or 0
    if not count:
        return table, [], {}
    below = table["row"].filter(further).combine_chunks()
    for at in to_fill:
        filled = _forward(table.column(at), alone)
        table = table.set_column(at, table.column_names[at], filled)
    names = ", ".join(header[at] for at in to_fill)
    note = Note.of("filled_down", count=count, columns=names, rows=listed(below.to_pylist()))
    return table, [note], dict.fromkeys(to_fill, below)


def perhaps_merged(table: pa.Table, header: Sequence[str]) -> list[Note]:
    """Note blanks below names at the left, in a format that does not tell merged cells."""
    for at, name in enumerate(header[:_LEFT]):
        column = table.column(at)
        blanks = column.null_count
        if blanks < 2 or blanks < _SHARE * table.num_rows or column[0].as_py() is None:
            continue
        if not _amounts(column, name):
            return [Note.of("merges_unknown", count=blanks, columns=name)]
    return []


def _split(table: pa.Table, blank: pa.ChunkedArray, count: int) -> tuple[list[int], list[int]]:
    """Return the columns that are blank wherever the first is, and those filled everywhere."""
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


def _amounts(column: pa.ChunkedArray, header: str) -> bool:
    """Return whether a column has amounts, which would count twice when filled down.

    Whole numbers that are all distinct are order numbers.
    """
    cells = [cell for cell in column.slice(0, _SAMPLE).to_pylist() if cell]
    numbers = [cell for cell in cells if kind(cell) == "number"]
    codes = all(cell.isdigit() and len(cell) > 3 for cell in numbers)
    if len(numbers) * 2 <= len(cells) or (codes and len(set(numbers)) == len(numbers)):
        return False
    return countable(header, dict.fromkeys(numbers))


def _distinct(column: pa.ChunkedArray) -> bool:
    """Return whether values hardly ever repeat, as in a list in groups."""
    values = column.drop_null()
    return len(pc.unique(values)) >= _MOSTLY * len(values)


def _come_back(table: pa.Table, columns: Sequence[int]) -> bool:
    """Return whether what the columns say together stands in several groups of rows."""
    first = table.filter(pc.is_valid(table.column(0)))
    texts = [pc.fill_null(first.column(at).cast(pa.string()), "") for at in columns]
    return not _distinct(pc.binary_join_element_wise(*texts, "\x1f"))


def _alone(
    table: pa.Table, header: Sequence[str], blank: pa.ChunkedArray, parents: Sequence[int]
) -> pa.Array:
    """Return which rows without a number are records of their own, or continue such a one."""
    rows = table.num_rows
    if not any(numbers_records(table, header, at) for at in parents):
        return pa.array([False] * rows)
    own = pc.and_(blank, own_records(table, header, parents))
    # Each row is of the last one above it that has a number, or is a record of its own.
    starts = pc.if_else(pc.or_(pc.invert(blank), own), pa.array(range(rows)), None)
    return own.combine_chunks().take(pc.fill_null_forward(starts.combine_chunks()))


def _forward(column: pa.ChunkedArray, alone: pa.Array) -> pa.ChunkedArray:
    """Fill the blanks of a column from above, but in rows that stand `alone`."""
    if not pa.types.is_dictionary(column.type):
        return pc.if_else(pc.and_(alone, pc.is_null(column)), None, pc.fill_null_forward(column))
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    codes = pc.if_else(pc.and_(alone, pc.is_null(whole)), None, pc.fill_null_forward(whole.indices))
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, whole.dictionary)])
