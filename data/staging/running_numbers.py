"""Tell the numbers of a sheet's rows from those of an order's lines.

    >>> sheet, mapping = without_running_numbers(sheet, "orders", mapping)   # doctest: +SKIP
    >>> "line_no" in mapping                                              # doctest: +SKIP
    False

A column that counts 1, 2, 3 … through all orders numbers the rows of this very file. In the next
one every row has another number, and the same line would stand twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet

# The first of a file begins the count; rows such as subtotals may have had numbers, too.
_FIRST, _GAPS = (0, 1), 1.2
_FEWEST = 2
_HEAD = 50


def without_running_numbers(
    sheet: Sheet, into: str, mapping: Mapping[str, int]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet with a note, and the mapping without a line number that counts its rows."""
    own = dict(mapping)
    if into != "orders" or not {"line_no", "order_id"} <= own.keys():
        return sheet, own
    column, orders = (sheet.rows[str(own[name])] for name in ("line_no", "order_id"))
    # The first rows settle nearly every file.
    if not _counts_on(column.slice(0, _HEAD)) or not _counts_on(column):
        return sheet, own
    if pc.count_distinct(orders.cast(pa.string())).as_py() < _FEWEST:
        return sheet, own
    header = sheet.header[own.pop("line_no")]
    note = Note.of("running_numbers", header=header)
    return replace(sheet, notes=(*sheet.notes, note)), own


def _counts_on(column: pa.ChunkedArray) -> bool:
    """Return whether the numbers begin at 1 and rise from row to row, with few gaps."""
    words = pc.utf8_trim_whitespace(column.cast(pa.string()).combine_chunks())
    if words.null_count or not pc.all(pc.match_substring_regex(words, r"^\d{1,9}(\.0+)?$")).as_py():
        return False
    numbers = words.cast(pa.float64())
    rises = pc.all(pc.greater(numbers[1:], numbers[:-1])).as_py()
    first, last = numbers[0].as_py(), numbers[-1].as_py()
    return bool(rises) and first in _FIRST and last <= len(numbers) * _GAPS + 1
