"""Find the tables of a sheet, side by side or one below the other.

    >>> block, notes = largest(table)
    >>> block.place
    'A1:D40'

A blank column or row alone separates nothing, since both occur inside a table. Two tables
have separate headers, or end in different rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.body import wordy_rows
from data.layout.cells import Row, filled, is_value, kind, rows_of, value_columns
from data.layout.header_rows import LOOK, Header, header, joined
from data.layout.repeated_headers import is_header_again
from data.layout.sheet import Note

_DENSE = 0.9
_MOST_BLOCKS = 20
# Columns that a list of records has at least: what, when, how much.
_RECORD = 3


@dataclass(frozen=True)
class Block:
    """A table of a sheet: its header, the rows above it, and the rows below.

    `header_cells` are the header's rows as they are in the file; `header_row` and `last` are
    row numbers from 1. `grid` is the part of the sheet that it stands in.
    """

    header: Header
    above: Sequence[Row]
    header_cells: Sequence[Row]
    below: pa.Table
    header_row: int
    last: int
    grid: pa.Table

    @property
    def cells(self) -> int:
        return int(self.below.num_rows * (self.below.num_columns - 1))

    @property
    def header_rows(self) -> tuple[int, int]:
        """The numbers of the first and the last row of the header."""
        return self.header_row, self.header_row + len(self.header_cells) - 1

    @property
    def place(self) -> str:
        """Return the range of the table in a spreadsheet's notation."""
        columns = [int(name) for name in self.below.column_names[:-1]]
        return f"{letters(columns[0])}{self.header_row}:{letters(columns[-1])}{self.last}"


def largest(
    table: pa.Table, merged: Sequence[frozenset[int]] = (), chosen: range | None = None
) -> tuple[Block | None, list[Note]]:
    """Return the largest table of a sheet, and notes on the others.

    `table` is the whole sheet with its blank rows: columns "0".."n-1" and "row". `merged`
    has the columns that are in merged cells, for each of the first rows. Where people have
    `chosen` the rows of the header, it is the table below them.
    """
    if chosen:
        blocks = [block for part in _sides(table) for block in _below(part, merged, chosen)]
    else:
        blocks = blocks_of(table, merged)
    if not blocks:
        return None, []
    best = max(blocks, key=lambda block: block.cells)
    return best, left_out([block for block in blocks if block is not best])


def blocks_of(table: pa.Table, merged: Sequence[frozenset[int]] = ()) -> list[Block]:
    """Return all tables of a sheet, from left to right and from top to bottom."""
    return [block for part in _sides(table) for block in _stacked(part, merged)]


def left_out(blocks: Sequence[Block]) -> list[Note]:
    """Return the notes on tables that are not read; a single column is none."""
    return [
        Note.of("other_table", place=block.place, count=block.below.num_rows)
        for block in blocks
        if block.below.num_columns > 2
    ]


def _stacked(table: pa.Table, merged: Sequence[frozenset[int]]) -> list[Block]:
    """Split a part of the sheet into the tables that are one below the other."""
    blocks: list[Block] = []
    rest: pa.Table | None = table
    while rest is not None and rest.num_rows and len(blocks) < _MOST_BLOCKS:
        head = rows_of(rest.slice(0, LOOK))
        top = header(head, merged)
        if top is None:
            break
        block, rest = _block(rest, head, top)
        merged = ()
        if block.below.num_rows:
            blocks.append(block)
    return blocks


def _below(table: pa.Table, merged: Sequence[frozenset[int]], chosen: range) -> list[Block]:
    """Return the table below the chosen rows in a part of the sheet; none without its names."""
    head = rows_of(table.slice(0, chosen.stop))
    if not any(filled(row) for row in head[chosen.start :]):
        return []
    block, _rest = _block(table, head, joined(head, chosen, merged))
    return [block] if block.below.num_rows else []


def _block(table: pa.Table, head: Sequence[Row], top: Header) -> tuple[Block, pa.Table | None]:
    """Return the table below a header, and the rest of the sheet below it, if there is more."""
    cells = head[top.rows.start : top.rows.stop]
    first = table["row"][top.rows.start].as_py()
    below = without_blank_rows(table.slice(top.rows.stop))
    cut = _next_table(below, cells)
    rest = below.slice(cut) if cut is not None else None
    below = below.slice(0, cut) if cut is not None else below
    last = below["row"][-1].as_py() if below.num_rows else first
    grid = table if rest is None else table.slice(0, pc.index(table["row"], rest["row"][0]).as_py())
    return Block(top, head[: top.rows.start], cells, below, first, last, grid), rest


def _next_table(below: pa.Table, header_cells: Sequence[Row]) -> int | None:
    """Return the first row of the next table further down: its header, or the title above it."""
    if not header_cells:
        return None
    for at, row in wordy_rows(below):
        if at == 0 or not _is_other_header(row, header_cells, below, at):
            continue
        gap = _gap(below, at)
        (title,) = rows_of(below.slice(at - 1, 1))
        if not gap and filled(title) == 1 and at > 1 and _gap(below, at - 1):
            return at - 1
        return at
    return None


def _is_other_header(row: Row, header_cells: Sequence[Row], below: pa.Table, at: int) -> bool:
    names = [cell.strip() for cell in row if cell and cell.strip()]
    if (
        len(names) < 2
        or any(is_value(cell) for cell in names)
        or is_header_again(row, header_cells, below)
    ):
        return False
    known = {cell.strip() for cells in header_cells for cell in cells if cell}
    shared = sum(1 for name in names if name in known)
    after = rows_of(below.slice(at + 1, 20))
    if not after or not value_columns(after, len(row)):
        return False
    if shared * 2 > len(names) and len(names) > 2:
        return True
    title = filled(rows_of(below.slice(at - 1, 1))[0]) == 1
    apart = _gap(below, at) or (title and at > 1 and _gap(below, at - 1))
    return apart and len(set(names)) == len(names) and not _is_record(row, below.slice(0, at))


def _is_record(row: Row, above: pa.Table) -> bool:
    """Return whether a cell of a row is like those above it: the same text, or a period too."""
    for at, cell in enumerate(row):
        if not cell:
            continue
        column = above.column(at)
        if kind(cell) == "period" and "period" in map(kind, column.slice(0, LOOK).to_pylist()):
            return True
        if pc.any(pc.equal(column.cast(pa.string()), cell)).as_py():
            return True
    return False


def _gap(table: pa.Table, at: int) -> bool:
    """Return whether there are blank rows before this row."""
    before, here = table["row"].slice(at - 1, 2).to_pylist()
    return bool(here - before > 1)


def _sides(table: pa.Table) -> list[pa.Table]:
    """Split the sheet at blank columns that separate two tables."""
    cells = table.drop_columns(["row"])
    blank = [column.null_count == cells.num_rows for column in cells.columns]
    if not any(blank):
        return [table]
    groups: list[list[int]] = [[]]
    for at, is_blank in enumerate(blank):
        if not is_blank:
            groups[-1].append(at)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    parts: list[list[int]] = []
    for group in groups:
        if parts and not _are_two(cells, parts[-1], group):
            parts[-1] = list(range(parts[-1][0], group[-1] + 1))
        else:
            parts.append(group)
    if len(parts) < 2:
        return [table]
    names = table.column_names
    return [table.select([*(names[at] for at in part), "row"]) for part in parts]


def _are_two(cells: pa.Table, left: Sequence[int], right: Sequence[int]) -> bool:
    if len(left) < 2 or len(right) < 2:
        return False
    left_extent, right_extent = _extent(cells, left), _extent(cells, right)
    if left_extent is None or right_extent is None:
        return False
    names, more = _names(cells, left, left_extent), _names(cells, right, right_extent)
    if len(more) > 1 and len(set(more) & set(names)) * 2 > len(more):
        return True
    if len(more) >= _RECORD and set(more) & set(names):
        # A name that stands on both sides is seldom meant twice in one table.
        return _are_dated(cells, left, left_extent) and _are_dated(cells, right, right_extent)
    both_dense = left_extent[2] >= _DENSE and right_extent[2] >= _DENSE
    return both_dense and left_extent[:2] != right_extent[:2] and len(more) == len(right)


def _are_dated(cells: pa.Table, group: Sequence[int], extent: tuple[int, int, float]) -> bool:
    """Return whether some columns have a day and a number in the first row below their names."""
    kinds = {kind(cells.column(at)[extent[0] + 1].as_py()) for at in group}
    return {"date", "number"} <= kinds


def _extent(cells: pa.Table, group: Sequence[int]) -> tuple[int, int, float] | None:
    """Return the first and last filled row of some columns, and the share filled in between.

    Rows with a single cell are titles and do not count.
    """
    valid = (pc.is_valid(cells.column(at)).cast(pa.int32()) for at in group)
    count = reduce(pc.add, valid)
    rows = pc.indices_nonzero(pc.greater(count, 1))
    if len(rows) < 2:
        return None
    first, last = rows[0].as_py(), rows[-1].as_py()
    return first, last, len(rows) / (last - first + 1)


def _names(cells: pa.Table, group: Sequence[int], extent: tuple[int, int, float]) -> list[str]:
    row = (cells.column(at)[extent[0]].as_py() for at in group)
    return [cell.strip() for cell in row if cell and not is_value(cell)]


def without_blank_rows(table: pa.Table) -> pa.Table:
    """Drop the rows without a filled cell."""
    if any(not column.null_count for column in table.columns[:-1]):
        return table
    if table.num_columns < 2:
        return table
    blank = reduce(pc.and_, map(pc.is_null, table.columns[:-1]))
    return table.filter(pc.invert(blank)) if pc.any(blank).as_py() else table


def letters(at: int) -> str:
    """Return a spreadsheet's letters for a column, from 0."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
