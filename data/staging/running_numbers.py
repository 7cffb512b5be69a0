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

import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet
from data.values.columns import plain, trimmed
from data.values.numbers import parse_number

# The first of a file begins the count; rows such as subtotals may have had numbers, too.
_FIRST, _GAPS = (0, 1), 1.2
_FEWEST = 2


def without_running_numbers(
    sheet: Sheet, into: str, mapping: Mapping[str, int]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet with a note, and the mapping without a line number that counts its rows."""
    own = dict(mapping)
    if into != "orders" or not {"line_no", "order_id"} <= own.keys():
        return sheet, own
    numbers = trimmed(sheet.rows[str(own["line_no"])])
    orders = plain(trimmed(sheet.rows[str(own["order_id"])]))
    if pc.count_distinct(orders).as_py() < _FEWEST or not _counts_on(numbers.to_pylist()):
        return sheet, own
    header = sheet.header[own.pop("line_no")]
    note = Note.of("running_numbers", header=header)
    return replace(sheet, notes=(*sheet.notes, note)), own


def _counts_on(cells: list[str | None]) -> bool:
    """Return whether the numbers begin at 1 and rise from row to row, with few gaps."""
    last, first, count = -1, None, 0
    for cell in cells:
        number = parse_number(cell, ".") if cell else None
        if number is None or number != int(number) or number <= last:
            return False
        last, count = int(number), count + 1
        first = last if first is None else first
    return first in _FIRST and last <= count * _GAPS + 1
