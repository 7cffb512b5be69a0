"""Leave out what is no row of a table: repeated headers, totals, footnotes.

    >>> rows, notes = body(table, [["Rep", "Amount"]])        # doctest: +SKIP
    >>> notes
    [Note(code='total_rows', params=(('count', 1), ('rows', '9')))]

Each kind of row left out gets a note with its count and row numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import eq

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled, is_value, rows_of, value_columns, words_in
from data.layout.header_rows import LOOK
from data.layout.sheet import Note, listed
from data.layout.totals import total_rows
from data.values.columns import as_decimals

_LARGE = 50_000
_MOST_HEADERS = 5000
_FOOTER_ROWS = 20
_COPIED = 0.9
_FOOTER = re.compile(
    r"\s*(?:[*※#]|注[:：\d]|备注[:：]|说明[:：]|制表|审核|打印|导出|数据来源|来源[:：]|更新时间"
    r"|(?:source|notes?|generated|exported|printed|confidential|copyright|as of)\b)",
    re.IGNORECASE,
)


def body(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    """Return the table's own rows, and notes on the others.

    `table` has columns of text and "row", below the header and without blank rows; `header`
    has the header's rows as they are in the file.
    """
    notes: list[Note] = []
    for step in (_without_headers, _without_totals, _without_footer):
        table, more = step(table, header)
        notes += more
    return table, notes


def wordy_rows(table: pa.Table) -> list[tuple[int, Row]]:
    """Return rows with words where the table has numbers and dates: headers or sentences."""
    cells = table.drop_columns(["row"])
    values = value_columns(rows_of(table.slice(0, LOOK)), cells.num_columns, 0.6)
    worded = [words for at in _cheap(cells, values) if (words := _words(cells.column(at)))]
    if not worded:
        return []
    at = pc.indices_nonzero(reduce(pc.or_, worded))[:_MOST_HEADERS]
    return list(zip(at.to_pylist(), rows_of(cells.take(at)), strict=True))


def is_header_again(row: Row, header: Sequence[Row]) -> bool:
    """Return whether a row repeats a row of the header, and has nothing else."""
    cells = [(cell or "").strip() for cell in row]
    return any(
        filled(names) > 0
        and all(
            cell == (names[at] or "").strip() if at < len(names) else not cell
            for at, cell in enumerate(cells)
        )
        for names in header
    )


def _cheap(cells: pa.Table, values: Sequence[int]) -> Sequence[int]:
    """Return those columns of a large table whose values repeat, which are quick to search."""
    if cells.num_rows < _LARGE:
        return values
    coded = [at for at in values if pa.types.is_dictionary(cells.column(at).type)]
    return coded or values[:2]


def _words(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not pa.types.is_dictionary(column.type) and all(
        as_decimals(chunk) is not None for chunk in column.chunks
    ):
        return None
    words = words_in(column)
    return words if pc.any(words).as_py() else None


def _without(table: pa.Table, gone: Sequence[int]) -> pa.Table:
    positions = pa.array(range(table.num_rows), pa.int64())
    return table.filter(pc.invert(pc.is_in(positions, value_set=pa.array(gone, pa.int64()))))


def _places(table: pa.Table, at: Sequence[int]) -> list[int]:
    numbers: list[int] = table["row"].take(pa.array(at, pa.int64())).to_pylist()
    return numbers


def _without_headers(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    """Drop repeated headers, and a second copy of the whole table."""
    again = [at for at, row in wordy_rows(table) if is_header_again(row, header)] if header else []
    if not again:
        return table, []
    rows = _places(table, again)
    notes = [Note.of("header_again", count=len(again), rows=listed(rows))]
    copies = _copies(table, again)
    if copies:
        first, last = _places(table, [copies[0], copies[-1]])
        notes.append(Note.of("table_twice", count=len(copies), row=first, last=last))
    return _without(table, [*again, *copies]), notes


def _copies(table: pa.Table, again: Sequence[int]) -> list[int]:
    """Return the rows below a repeated header that copy the rows above it."""
    second = table.num_rows - again[0] - 1
    if len(again) != 1 or again[0] < 2 or not second or abs(second - again[0]) * 10 > again[0]:
        return []
    above = rows_of(table.slice(0, again[0]))
    below = rows_of(table.slice(again[0] + 1))
    same = sum(map(eq, above, below))
    return list(range(again[0] + 1, table.num_rows)) if same >= _COPIED * len(below) else []


def _without_totals(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    values = value_columns(rows_of(table.slice(0, LOOK)), table.num_columns - 1, 0.8)
    totals = total_rows(table.drop_columns(["row"]), values)
    if not totals or len(totals) == table.num_rows:
        return table, []
    note = Note.of("total_rows", count=len(totals), rows=listed(_places(table, totals)))
    return _without(table, totals), [note]


def _without_footer(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    """Drop the sentences below the table: its author, its source, what an asterisk means."""
    count = min(_FOOTER_ROWS, table.num_rows - 1)
    tail = table.slice(table.num_rows - count)
    rows = rows_of(tail)
    above = rows_of(table.slice(0, LOOK))
    usual = sorted(filled(row) for row in above)[len(above) // 2] if above else 0
    keep = count
    numbers = _places(table, range(table.num_rows - count - 1, table.num_rows)) if count else []
    for at in range(count - 1, -1, -1):
        words = [cell for cell in rows[at] if cell]
        gap = any(later - row > 1 for row, later in pairwise(numbers[at:]))
        few = len(words) * 3 <= usual and not any(is_value(cell) for cell in words)
        if not few or not (gap or _FOOTER.match(words[0])):
            break
        keep = at
    gone = list(range(table.num_rows - count + keep, table.num_rows))
    if not gone:
        return table, []
    note = Note.of("footer_rows", count=len(gone), rows=listed(_places(table, gone)))
    return table.slice(0, gone[0]), [note]
