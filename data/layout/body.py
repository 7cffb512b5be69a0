"""What stands between a table's rows and is none of them: headers again, sums, footnotes.

    >>> rows, notes = body(table, [["Rep", "Amount"]])        # doctest: +SKIP
    >>> notes
    [Note(code='total_rows', params=(('count', 1), ('rows', '9')))]

Nothing goes silently: each kind of row that is put aside is a note with its
count and the places where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled, is_value, value_columns, words_in
from data.layout.header_rows import LOOK
from data.layout.sheet import Note
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
    """The rows that are the table's own, and notes on the others.

    `table` has columns of text and "row", all below the header and with no blank
    row; `header` are the header's rows as they stand in the file.
    """
    notes: list[Note] = []
    for step in (_without_headers, _without_totals, _without_footer):
        table, more = step(table, header)
        notes += more
    return table, notes


def wordy_rows(table: pa.Table) -> list[tuple[int, Row]]:
    """Rows with words where the table has numbers and dates: headers, perhaps, or sentences."""
    cells = table.drop_columns(["row"])
    values = value_columns(rows_of(cells.slice(0, LOOK)), cells.num_columns, 0.6)
    worded = [words for at in _cheap(cells, values) if (words := _words(cells.column(at)))]
    if not worded:
        return []
    found = worded[0]
    for one in worded[1:]:
        found = pc.or_(found, one)
    at = pc.indices_nonzero(found)[:_MOST_HEADERS]
    return list(zip(at.to_pylist(), rows_of(cells.take(at)), strict=True))


def listed(rows: Sequence[int], most: int = 6) -> str:
    """The first few row numbers, as one text."""
    return ", ".join(map(str, rows[:most])) + (" …" if len(rows) > most else "")


def rows_of(cells: pa.Table) -> list[list[str | None]]:
    """A small table as lists of cells."""
    return [list(row) for row in zip(*(one.to_pylist() for one in cells.columns), strict=True)]


def is_header_again(row: Row, header: Sequence[Row]) -> bool:
    """Whether a row tells the names of the header once more, and nothing else."""
    told = [(cell or "").strip() for cell in row]
    return any(
        filled(one) > 0
        and all(
            cell == (one[at] or "").strip() if at < len(one) else not cell
            for at, cell in enumerate(told)
        )
        for one in header
    )


def _cheap(cells: pa.Table, values: Sequence[int]) -> Sequence[int]:
    """Of a large table, the columns that repeat themselves: they are looked through at once."""
    if cells.num_rows < _LARGE:
        return values
    coded = [at for at in values if pa.types.is_dictionary(cells.column(at).type)]
    return coded or values[:2]


def _words(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    if not pa.types.is_dictionary(column.type) and all(
        as_decimals(chunk) is not None for chunk in column.chunks
    ):
        return None
    found = words_in(column)
    return found if pc.any(found).as_py() else None


def _without(table: pa.Table, gone: Sequence[int]) -> pa.Table:
    mask = pc.is_in(
        pa.array(range(table.num_rows), pa.int64()), value_set=pa.array(gone, pa.int64())
    )
    return table.filter(pc.invert(mask))


def _places(table: pa.Table, at: Sequence[int]) -> list[int]:
    numbers: list[int] = table["row"].take(pa.array(at, pa.int64())).to_pylist()
    return numbers


def _without_headers(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    """Without the header where it comes again, and without a second copy of the whole table."""
    again = [at for at, row in wordy_rows(table) if is_header_again(row, header)] if header else []
    if not again:
        return table, []
    rows = _places(table, again)
    notes = [Note("header_again", (("count", len(again)), ("rows", listed(rows))))]
    copies = _copies(table, again)
    if copies:
        first, last = _places(table, [copies[0], copies[-1]])
        params = (("count", len(copies)), ("row", first), ("last", last))
        notes.append(Note("table_twice", params))
    return _without(table, [*again, *copies]), notes


def _copies(table: pa.Table, again: Sequence[int]) -> list[int]:
    """The rows under a repeated header that are the rows above it once more."""
    cells = table.drop_columns(["row"])
    second = cells.num_rows - again[0] - 1
    if len(again) != 1 or again[0] < 2 or not second or abs(second - again[0]) * 10 > again[0]:
        return []
    above = rows_of(cells.slice(0, again[0]))
    below = rows_of(cells.slice(again[0] + 1))
    same = sum(1 for one, other in zip(above, below, strict=False) if one == other)
    whole = same >= _COPIED * len(below)
    return list(range(again[0] + 1, cells.num_rows)) if whole else []


def _without_totals(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    cells = table.drop_columns(["row"])
    values = value_columns(rows_of(cells.slice(0, LOOK)), cells.num_columns, 0.8)
    found = total_rows(cells, values)
    if not found or len(found) == table.num_rows:
        return table, []
    note = Note("total_rows", (("count", len(found)), ("rows", listed(_places(table, found)))))
    return _without(table, found), [note]


def _without_footer(table: pa.Table, header: Sequence[Row]) -> tuple[pa.Table, list[Note]]:
    """Without the sentences below the table: who made it, where it is from, what a star means."""
    count = min(_FOOTER_ROWS, table.num_rows - 1)
    tail = table.slice(table.num_rows - count)
    rows = rows_of(tail.drop_columns(["row"]))
    above = rows_of(table.slice(0, LOOK).drop_columns(["row"]))
    usual = sorted(filled(row) for row in above)[len(above) // 2] if above else 0
    keep = count
    numbers = _places(table, range(table.num_rows - count - 1, table.num_rows)) if count else []
    for at in range(count - 1, -1, -1):
        words = [cell for cell in rows[at] if cell]
        gap = any(
            later - one > 1 for one, later in zip(numbers[at:], numbers[at + 1 :], strict=False)
        )
        few = len(words) * 3 <= usual and not any(is_value(cell) for cell in words)
        if not few or not (gap or _FOOTER.match(words[0])):
            break
        keep = at
    gone = list(range(table.num_rows - count + keep, table.num_rows))
    if not gone:
        return table, []
    params = (("count", len(gone)), ("rows", listed(_places(table, gone))))
    return table.slice(0, table.num_rows - len(gone)), [Note("footer_rows", params)]
