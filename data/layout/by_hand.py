"""What people chose about how a file is read, and the first rows they chose from.

    >>> Choices(headers={"March": (2, 2)}).with_own(NONE) == NONE
    True

A sheet carries its first rows as they stand in the file, so that its header can be chosen after
the file has gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa

from data.layout.cells import Row, filled, rows_of
from data.layout.provenance import Blank, emptied
from data.values.header_text import shape

# The first and the last row of a header, by their numbers in the sheet.
HeaderRows = tuple[int, int]

# What is carried of a sheet: rows, columns, letters of a cell.
SHOWN, _WIDEST, _LONGEST = 30, 60, 80
MOST_HEADER_ROWS = 3


@dataclass(frozen=True)
class Choices:
    """What people chose: for this very file, and for earlier ones that looked the same.

    `encoding` and `headers`, by sheet, are those of this file. `known_encodings` and the numbers
    of rows in `known_headers` are by the `row_shape` of a header's first row.
    """

    encoding: str = ""
    headers: Mapping[str, HeaderRows] = field(default_factory=dict)
    known_encodings: Mapping[str, str] = field(default_factory=dict)
    known_headers: Mapping[str, int] = field(default_factory=dict)

    def with_own(self, own: Choices) -> Choices:
        """Return what is known with what was chosen for one file."""
        return replace(self, encoding=own.encoding, headers=own.headers)

    def header(self, sheet: str, table: pa.Table) -> range | None:
        """Return the rows of a sheet's header, counted from 0; None where nobody chose them."""
        head = table.slice(0, SHOWN)
        if sheet in self.headers:
            first, last = self.headers[sheet]
            numbers = head["row"].to_pylist()
            at = [index for index, number in enumerate(numbers) if first <= number <= last]
            return range(at[0], at[-1] + 1) if at else None
        for index, row in enumerate(rows_of(head) if self.known_headers else ()):
            if filled(row) > 1 and (count := self.known_headers.get(row_shape(row))):
                return range(index, min(index + count, head.num_rows))
        return None


NONE = Choices()


@dataclass(frozen=True)
class Top:
    """The first rows of a sheet by their numbers, and the rows of its header, if it has one.

    `chosen` is whether people said so, for this file or for one like it.
    """

    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    header: HeaderRows | None = None
    chosen: bool = False

    def shape_of(self, number: int) -> str:
        """Return the shape of a row, under which a choice is kept; "" for a row not carried."""
        return next((row_shape(row) for at, row in self.rows if at == number), "")


def numbers_of(table: pa.Table, rows: range) -> HeaderRows:
    """Return the numbers that the first and the last of these rows have in the sheet."""
    return table["row"][rows.start].as_py(), table["row"][rows.stop - 1].as_py()


def top_rows(table: pa.Table, blank: Blank) -> tuple[tuple[int, tuple[str | None, ...]], ...]:
    """Return the first rows of a whole sheet; cells at `blank` were filled in and are not shown."""
    head = emptied(table.slice(0, SHOWN), blank)
    head = head.select([*head.column_names[:-1][:_WIDEST], "row"])
    cells = [tuple(cell and cell[:_LONGEST] for cell in row) for row in rows_of(head)]
    return tuple(zip(head["row"].to_pylist(), cells, strict=True))


def row_shape(row: Row) -> str:
    """Return the shape of a row as carried: blank cells at its end do not count."""
    cells = [(cell or "").strip()[:_LONGEST] for cell in row[:_WIDEST]]
    while cells and not cells[-1]:
        cells.pop()
    return shape(cells)
