"""Complete days that lack a year or a month from the title, the sheet's and the file's name.

    >>> named_period("11月销售", "", "2026年报表")
    (2026, 11)
    >>> named_period("1-11月", "", "销售")
    (0, 0)

Where none of them has the year, `data.cleaning.ambiguity` asks the user. This module also
knows whether a workbook's 11.1 was typed as text, which is the 1st, or is a number, which
may have been 11.10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note
from data.values import months
from data.values.hanzi import simplified
from data.values.numbers import folded, is_blank
from data.values.partial_dates import bare, day_only, month_first, unclear, with_month, with_year
from data.values.patterns import is_date

_HEAD = 200
_SHARE = 0.8
_NAMES_DAYS = re.compile(r"日期|时间|日$|(?:^|[\s_])(?:date|day)s?(?:$|[\s_(])", re.IGNORECASE)
WHOLE_DATE = re.compile(
    r"20\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|(?<!\d)20\d{6}(?!\d)"
    r"|(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]20\d{2}(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:(?:0[1-9]|1[0-2])(?!\d)|(?!\d))")
_SEVERAL = re.compile(
    r"(?:\d|月|[一二三四五六七八九十])\s*[-~—–至到、,&和]"
    r"\s*(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})\s*月"
)
_MONTH = re.compile(
    rf"(?<!\d)(1[0-2]|0?[1-9])\s*月|({months.HANZI})月"
    r"|(?<!\d)20\d{2}[-/.年_ ]?(0[1-9]|1[0-2])(?!\d)"
    rf"|(?<![a-z])({months.ENGLISH})(?![a-z])",
    re.IGNORECASE,
)
# How the rest of the column writes such days decides what 11.1 is.
_PADDED, _TENTH = re.compile(r"\d{1,2}\.0[1-9]"), re.compile(r"\d{1,2}\.[123]0")

# For the position of a workbook's column: which of its cells are numbers.
Numbers = Callable[[int], pa.Array]


def named_period(sheet: str, title: str, file: str) -> tuple[int, int]:
    """Return the year and the month named around a table, 0 where unclear.

    A whole date there is the day of printing or of export, and is ignored.
    """
    places = [WHOLE_DATE.sub(" ", folded(text)) for text in (sheet, title, file)]
    years = {int(year) for place in places for year in _YEAR.findall(place)}
    return (years.pop() if len(years) == 1 else 0, _month(places))


def completed(
    rows: pa.Table,
    header: Sequence[str],
    places: Sequence[int],
    period: tuple[int, int],
    numbers: Numbers | None,
) -> tuple[pa.Table, list[Note]]:
    """Complete the days in columns that are called dates, as far as the period is known.

    `period` is the year and the month, 0 where unknown. `places` are the columns' positions
    in the sheet, for `numbers`, which is None for a text file.
    """
    notes: list[Note] = []
    for at, name in enumerate(header):
        head = rows.column(str(at)).slice(0, _HEAD)
        if _NAMES_DAYS.search(simplified(name)) and _undated(head, period[1]):
            is_number = partial(_are_numbers, rows, places[at], numbers)
            values, column_notes = _column(rows.column(str(at)), name, *period, is_number)
            rows = rows.set_column(at, str(at), values)
            notes += column_notes
    return rows, notes


def _undated(head: pa.ChunkedArray, month: int) -> bool:
    """Return whether a column has days without a year, and hardly anything but days."""
    texts = [text for cell in head.to_pylist() if not is_blank(text := folded(cell or ""))]
    short = sum(bare(text) or bool(month and day_only(text)) for text in texts)
    whole = sum(is_date(text) and not bare(text) for text in texts)
    return bool(short) and short + whole >= _SHARE * len(texts)


def _are_numbers(rows: pa.Table, place: int, numbers: Numbers | None) -> list[bool | None]:
    """Return for each row whether its cell is a number; None in a text file."""
    if numbers is None:
        return [None] * rows.num_rows
    valid: list[bool | None] = (
        numbers(place).take(pc.subtract(rows["row"], 1).combine_chunks()).to_pylist()
    )
    return valid


def _column(
    column: pa.ChunkedArray,
    name: str,
    year: int,
    month: int,
    are_numbers: Callable[[], list[bool | None]],
) -> tuple[pa.Array, list[Note]]:
    cells = column.cast(pa.string()).to_pylist()
    texts = [folded(cell) for cell in cells if cell]
    short = list(filter(bare, texts))
    first = month_first(name, short) or _all_in(short, month)
    padded = any(map(_PADDED.fullmatch, texts))
    tenths = any(map(_TENTH.fullmatch, texts))
    is_number = are_numbers() if any(map(unclear, texts)) else [None] * len(cells)
    done, lost, dated, placed = [], 0, 0, 0
    for cell, number in zip(cells, is_number, strict=True):
        if cell is None or not (bare(cell) or day_only(cell)):
            done.append(cell)
            continue
        if unclear(cell):
            whole = _cleared(folded(cell), number, padded, tenths)
            lost += whole is None
            if whole is None:
                done.append(cell)
                continue
            cell = whole
        if bare(cell):
            dated += bool(year)
            done.append(with_year(cell, year, first) if year else cell)
        else:
            placed += bool(month)
            done.append(with_month(cell, month, year) if month else cell)
    notes = []
    if dated:
        notes.append(Note.of("days_with_year", column=name, year=year))
    if placed:
        notes.append(Note.of("days_with_month", column=name, month=month))
    if lost:
        notes.append(Note.of("days_unclear", column=name, count=lost))
    return pa.array(done, pa.string()), notes


def _cleared(text: str, is_number: bool | None, padded: bool, tenths: bool) -> str | None:
    """Return a day such as 11.1 with or without a final zero; None where that is unknown."""
    month, day = text.split(".")
    if padded != tenths and is_number is not False:
        # A number in a column with 11.01 has lost its zero; a text beside 11.10 has not.
        if padded:
            return f"{month}/{day}0"
        return None if is_number else f"{month}/{day}"
    return f"{month}/{day}" if is_number is False and not padded else None


def _all_in(days: Sequence[str], month: int) -> bool:
    """Return whether all bare days begin with the month that the title names."""
    return bool(month and days) and all(
        (digits := re.match(r"\d{1,2}", day)) and int(digits[0]) == month for day in days
    )


def _month(places: Sequence[str]) -> int:
    """Return the month of the first text that names one; 0 where it names several."""
    for place in places:
        if _SEVERAL.search(place):
            return 0
        named = {months.number(match[match.lastindex or 0]) for match in _MONTH.finditer(place)}
        if named:
            return named.pop() if len(named) == 1 else 0
    return 0
