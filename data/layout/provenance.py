"""Where the rows of a sheet stand in the file, when they are not read as they stand there.

    >>> origin = Origin((Part("Jan"), Part("Feb", before=40)))
    >>> origin.place(43)
    (Part(sheet='Feb', before=40, wide=None), 3, 0)

Cells are filled from the row above, months become rows, sheets are joined. What
the file itself says is looked up here for the few rows that have a problem, so
that no row carries it along.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

# Position of a column → numbers of the rows in which the file has no text there.
Blank = Mapping[int, pa.Array]


@dataclass(frozen=True)
class Wide:
    """Rows as they stood before their months became rows.

    `rows` has columns "0".."n-1" in the order of `header`, and "row", the number in the
    sheet. A row made of it has the columns at `keys` and then, for its period, those at
    `months[period]`: the period's own place, then its figures.
    """

    header: tuple[str, ...]
    rows: pa.Table
    keys: tuple[int, ...]
    months: tuple[tuple[int, ...], ...]

    def month_of(self, period: int, at: int | None) -> int | None:
        """The column of the file that a made row has at `at`, if it is a month's; None for a key.

        What stands in no column of the file is the period's.
        """
        if at is not None and at < len(self.keys):
            return None
        months, nth = self.months[period], (at or 0) - len(self.keys)
        return months[nth] if 0 <= nth < len(months) else months[0]


@dataclass(frozen=True)
class Part:
    """The rows numbered from `before` + 1 on; `sheet` is "" unless several were joined."""

    sheet: str = ""
    before: int = 0
    wide: Wide | None = None


@dataclass(frozen=True)
class Origin:
    """The sheets that rows come from, in the order of their numbers, and cells told again.

    By default rows are numbered and told as in the file.
    """

    parts: tuple[Part, ...] = (Part(),)
    blank: Blank = field(default_factory=dict)

    @property
    def as_it_stands(self) -> bool:
        """Whether a row's number is the one in the file."""
        return len(self.parts) == 1 and self.parts[0].wide is None

    def place(self, number: int) -> tuple[Part, int, int]:
        """The sheet, the row in it from 1, and the period from 0, of the row of that number."""
        part = self.parts[bisect_left(self.parts, number, key=lambda one: one.before) - 1]
        row, period = number - part.before, 0
        if part.wide:
            row, period = divmod(row - 1, len(part.wide.months))
            row += 1
        return part, row, period


def numbers(rows: pa.ChunkedArray, period: int, periods: int) -> pa.ChunkedArray:
    """The numbers of the rows that are made for one of so many periods; `place` undoes it."""
    return pc.add(pc.multiply(pc.subtract(rows, 1), periods), period + 1)


def both(one: Blank, other: Blank) -> Blank:
    """What is blank by one or the other."""
    again = {
        at: pa.concat_arrays([one[at], rows]) if at in one else rows for at, rows in other.items()
    }
    return {**one, **again}


def emptied(rows: pa.Table, blank: Blank) -> pa.Table:
    """The rows, with the cells blank that the file has blank."""
    for at, told in blank.items():
        name = str(at)
        if name in rows.column_names and rows.num_rows:
            there = pc.is_in(rows["row"], value_set=told)
            cells = pc.if_else(there, pa.scalar(None, pa.string()), rows[name].cast(pa.string()))
            rows = rows.set_column(rows.column_names.index(name), name, cells)
    return rows
