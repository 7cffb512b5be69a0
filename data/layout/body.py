"""Leave out what is no row of a table: repeated headers, totals, footnotes.

    >>> rows, notes = body(table, [["Rep", "Amount"]])        # doctest: +SKIP
    >>> notes
    [Note(code='total_rows', params=(('count', 1), ('rows', '9')))]

Each kind of row left out gets a note with its count and row numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import eq

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.balance_rows import balance_rows, period_rows
from data.layout.cells import Row, filled_counts, rows_of, usual_width, value_columns, words_in
from data.layout.footers import footer_from
from data.layout.header_rows import LOOK
from data.layout.repeated_headers import is_header_again
from data.layout.sheet import Note, listed
from data.layout.stated_totals import Stated, stated_totals
from data.layout.statistics import statistic_rows
from data.layout.total_words import is_total_label
from data.layout.totals import total_rows
from data.values.columns import as_decimals

_LARGE = 50_000
_MOST_HEADERS = 5000
_COPIED = 0.9
_HEAD = 5000


@dataclass(frozen=True)
class Body:
    """The rows of a table, notes on those left out, and the labels of its totals by row.

    `stated` is what the total of all says of each column.
    """

    rows: pa.Table
    notes: list[Note]
    totals: dict[int, str]
    stated: dict[int, Stated]


def body(table: pa.Table, header: Sequence[Row]) -> Body:
    """Return the table's own rows.

    `table` has columns of text and "row", below the header and without blank rows; `header`
    has the header's rows as they are in the file.
    """
    table, notes = _without_headers(table, header)
    table, balance_notes = _without_balances(table, balance_rows)
    table, statistic_notes = _without_statistics(table)
    table, totals, total_notes, stated = _without_totals(table)
    table, period_notes = _without_balances(table, period_rows)
    balance_notes += [*period_notes, *statistic_notes]
    table, footer_notes = _without_footer(table)
    return Body(table, [*notes, *balance_notes, *total_notes, *footer_notes], totals, stated)


def wordy_rows(table: pa.Table) -> list[tuple[int, Row]]:
    """Return rows with words where the table has numbers and dates: headers or sentences."""
    cells = table.drop_columns(["row"])
    values = value_columns(rows_of(table.slice(0, LOOK)), cells.num_columns, 0.6)
    worded = [words for at in _cheap(cells, values) if (words := _words(cells.column(at)))]
    if not worded:
        return []
    at = pc.indices_nonzero(reduce(pc.or_, worded))[:_MOST_HEADERS]
    return list(zip(at.to_pylist(), rows_of(cells.take(at)), strict=True))


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
    again = [at for at, row in wordy_rows(table) if is_header_again(row, header, table)]
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


def _without_balances(
    table: pa.Table, found: Callable[[pa.Table, Sequence[int]], list[int]]
) -> tuple[pa.Table, list[Note]]:
    """Drop the rows that state what was there before, or what has come so far."""
    positions = found(table.drop_columns(["row"]), _values(table))
    if not positions or len(positions) == table.num_rows:
        return table, []
    rows = listed(_places(table, positions))
    return _without(table, positions), [Note.of("balance_rows", count=len(positions), rows=rows)]


def _without_statistics(table: pa.Table) -> tuple[pa.Table, list[Note]]:
    """Drop the rows that state an average, a target, another period or a part of the sum."""
    positions = sorted(statistic_rows(table.drop_columns(["row"])))
    if not positions:
        return table, []
    rows = listed(_places(table, positions))
    return _without(table, positions), [Note.of("statistic_rows", count=len(positions), rows=rows)]


def _without_totals(
    table: pa.Table,
) -> tuple[pa.Table, dict[int, str], list[Note], dict[int, Stated]]:
    cells, values = table.drop_columns(["row"]), _values(table)
    positions = total_rows(cells, values)
    if not positions or len(positions) == table.num_rows:
        return table, {}, [], {}
    numbers = _places(table, positions)
    rows = rows_of(table.take(pa.array(positions, pa.int64())))
    labels = {
        number: next(filter(is_total_label, row), None) or next(filter(None, row), "")
        for number, row in zip(numbers, rows, strict=True)
    }
    note = Note.of("total_rows", count=len(positions), rows=listed(numbers))
    return _without(table, positions), labels, [note], stated_totals(cells, positions, values)


def _without_footer(table: pa.Table) -> tuple[pa.Table, list[Note]]:
    """Drop the lines below the table: its author, its source, what an asterisk means."""
    start = footer_from(table, _values(table))
    if start == table.num_rows:
        return table, []
    gone = range(start, table.num_rows)
    note = Note.of("footer_rows", count=len(gone), rows=listed(_places(table, gone)))
    return table.slice(0, start), [note]


def _values(table: pa.Table) -> list[int]:
    """Return the columns of numbers and dates, by the first records of a table."""
    head = table.slice(0, _HEAD)
    counts = filled_counts(head)
    records = head.filter(pc.greater(pc.multiply(counts, 2), usual_width(counts))).slice(0, LOOK)
    return value_columns(rows_of(records), table.num_columns - 1, 0.8)
