"""Map the rows of a sheet back to the file, where the reader rearranged them.

    >>> origin = Origin((Part("Jan"), Part("Feb", before=40)))
    >>> origin.place(43)
    (Part(sheet='Feb', before=40, wide=None), 3, 0)

Cells are filled down, month columns become rows, sheets are joined. The file's own place
and text are looked up here for the few rows that have a problem, so that no row carries
them along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

# Position of a column → numbers of the rows in which the file leaves it blank.
Blank = Mapping[int, pa.Array]


@dataclass(frozen=True)
class Wide:
    """Rows before their month columns became rows.

    `rows` has columns "0".."n-1" in the order of `header`, and "row", the number in the
    sheet. An unpivoted row has the columns at `keys`, then those at `months[period]`: the
    place of the period's name, then its figures.
    """

    header: tuple[str, ...]
    rows: pa.Table
    keys: tuple[int, ...]
    months: tuple[tuple[int, ...], ...]

    def month_of(self, period: int, at: int | None) -> int | None:
        """Return the file's column for column `at` of an unpivoted row; None for a key.

        A figure that the file has no column for belongs to the column of the period.
        """
        if at is not None and at < len(self.keys):
            return None
        months, nth = self.months[period], (at or 0) - len(self.keys)
        return months[nth] if 0 <= nth < len(months) else months[0]


@dataclass(frozen=True)
class Part:
    """Rows numbered from `before` + 1 on; `sheet` is "" unless several were joined."""

    sheet: str = ""
    before: int = 0
    wide: Wide | None = None


@dataclass(frozen=True)
class Origin:
    """The sheets that rows come from, in order, and the cells that were filled in.

    The default is a sheet read as it is in the file.
    """

    parts: tuple[Part, ...] = (Part(),)
    blank: Blank = field(default_factory=dict)

    @property
    def as_it_stands(self) -> bool:
        """Return whether a row's number is its number in the file."""
        return len(self.parts) == 1 and self.parts[0].wide is None

    def place(self, number: int) -> tuple[Part, int, int]:
        """Return the part, the row in it from 1, and the period from 0, of a row by its number."""
        part = self.parts[bisect_left(self.parts, number, key=lambda part: part.before) - 1]
        row, period = number - part.before, 0
        if part.wide:
            row, period = divmod(row - 1, len(part.wide.months))
            row += 1
        return part, row, period


def numbers(rows: pa.ChunkedArray, period: int, periods: int) -> pa.ChunkedArray:
    """Number the unpivoted rows of one of `periods` periods; `Origin.place` is the inverse."""
    return pc.add(pc.multiply(pc.subtract(rows, 1), periods), period + 1)


def both(first: Blank, second: Blank) -> Blank:
    """Return the union of two sets of blank cells."""
    extended = {
        at: pa.concat_arrays([first[at], rows]) if at in first else rows
        for at, rows in second.items()
    }
    return {**first, **extended}


def emptied(rows: pa.Table, blank: Blank) -> pa.Table:
    """Blank out the cells that are blank in the file."""
    for at, numbers_blank in blank.items():
        name = str(at)
        if name in rows.column_names and rows.num_rows:
            is_blank = pc.is_in(rows["row"], value_set=numbers_blank)
            cells = pc.if_else(is_blank, pa.scalar(None, pa.string()), rows[name].cast(pa.string()))
            rows = rows.set_column(rows.column_names.index(name), name, cells)
    return rows
