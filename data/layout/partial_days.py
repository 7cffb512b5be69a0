"""Days without a year or a month, completed from the title, the sheet's or the file's name.

    >>> period_told("11月销售", "", "2026年报表")
    (2026, 11)
    >>> period_told("1-11月", "", "销售")
    (0, 0)

Where none of them tells the year it is asked for, by `data.cleaning.ambiguity`. And this
is the place that knows of a workbook's cell 11.1 whether it was typed as a text, which is the 1st,
or is a number, which may have been 11.10.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note
from data.values import months
from data.values.numbers import folded, is_blank
from data.values.partial_dates import bare, day_only, month_first, unclear, with_month, with_year
from data.values.patterns import is_date

_HEAD = 200
_SHARE = 0.8
_NAMES_DAYS = re.compile(r"日期|时间|日$|(?:^|[\s_])(?:date|day)s?(?:$|[\s_(])", re.IGNORECASE)
_WHOLE_DATE = re.compile(
    r"20\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|(?<!\d)20\d{6}(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?:(?:0[1-9]|1[0-2])(?!\d)|(?!\d))")
_SEVERAL = re.compile(
    r"(?:\d|月|[一二三四五六七八九十])\s*[-~—–至到、,&和]"
    r"\s*(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})\s*月"
)
_MONTH = re.compile(
    rf"(?<!\d)(1[0-2]|0?[1-9])\s*月|({months.HANZI})月"
    r"|(?<!\d)20\d{2}[-/.年_ ]?(0[1-9]|1[0-2])(?!\d)"
    rf"|(?<![a-z])({months.NAME})(?![a-z])",
    re.IGNORECASE,
)
# Of an 11.1: the rest of its column shows days written 11.01, or 11.10.
_PADDED, _TENTH = re.compile(r"\d{1,2}\.0[1-9]"), re.compile(r"\d{1,2}\.[123]0")

# The validity of a column of a workbook by its position: a number stands there.
Numbers = Callable[[int], pa.Array]


@dataclass(frozen=True)
class _Told:
    """What is known around a column: year and month, 0 where unknown."""

    year: int
    month: int


def period_told(sheet: str, title: str, file: str) -> tuple[int, int]:
    """The year and the month that are named around a table; 0 for what is not, or not clear.

    A whole date up there is the day of printing or of export, and tells nothing.
    """
    places = [_WHOLE_DATE.sub(" ", folded(one)) for one in (sheet, title, file)]
    years = {int(year) for place in places for year in _YEAR.findall(place)}
    return (years.pop() if len(years) == 1 else 0, _month(places))


def completed(
    rows: pa.Table,
    header: Sequence[str],
    places: Sequence[int],
    told: tuple[int, int],
    numbers: Numbers | None,
) -> tuple[pa.Table, list[Note]]:
    """The rows with the days of columns that are called dates as far as they can be told.

    `places` are the columns' positions in the sheet, for `numbers`, which is None for text.
    """
    notes: list[Note] = []
    for at, name in enumerate(header):
        head = rows.column(str(at)).slice(0, _HEAD)
        if _NAMES_DAYS.search(name) and _undated(head, told[1]):
            values, more = _column(rows, at, name, places[at], _Told(*told), numbers)
            rows = rows.set_column(at, str(at), values)
            notes += more
    return rows, notes


def _undated(head: pa.ChunkedArray, month: int) -> bool:
    """Whether a column has days without a year, and hardly anything but days."""
    texts = [text for cell in head.to_pylist() if not is_blank(text := folded(cell or ""))]
    short = sum(bare(text) or bool(month and day_only(text)) for text in texts)
    whole = sum(is_date(text) and not bare(text) for text in texts)
    return bool(short) and short + whole >= _SHARE * len(texts)


def _column(
    rows: pa.Table, at: int, name: str, place: int, told: _Told, numbers: Numbers | None
) -> tuple[pa.Array, list[Note]]:
    cells = rows.column(str(at)).cast(pa.string()).to_pylist()
    texts = [folded(cell) for cell in cells if cell]
    first = month_first(name, [one for one in texts if bare(one)]) or _all_in(texts, told.month)
    padded = any(_PADDED.fullmatch(one) for one in texts)
    tenths = any(_TENTH.fullmatch(one) for one in texts)
    doubted = any(unclear(one) for one in texts)
    is_number: list[bool | None] = [None] * len(cells)
    if doubted and numbers is not None:
        valid = numbers(place)
        is_number = valid.take(pc.subtract(rows["row"], 1).combine_chunks()).to_pylist()
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
            dated += bool(told.year)
            done.append(with_year(cell, told.year, first) if told.year else cell)
        else:
            placed += bool(told.month)
            done.append(with_month(cell, told.month, told.year) if told.month else cell)
    notes = []
    if dated:
        notes.append(Note("days_with_year", (("column", name), ("year", told.year))))
    if placed:
        notes.append(Note("days_with_month", (("column", name), ("month", told.month))))
    if lost:
        notes.append(Note("days_unclear", (("column", name), ("count", lost))))
    return pa.array(done, pa.string()), notes


def _cleared(text: str, is_number: bool | None, padded: bool, tenths: bool) -> str | None:
    """A day such as 11.1 with its zero or without; None where that cannot be known."""
    month, day = text.split(".")
    if padded != tenths and is_number is not False:
        # A number that stands beside 11.01 has lost its zero; a text beside 11.10 has not.
        if padded:
            return f"{month}/{day}0"
        return None if is_number else f"{month}/{day}"
    return f"{month}/{day}" if is_number is False and not padded else None


def _all_in(texts: Sequence[str], month: int) -> bool:
    """Whether all bare days begin with the month that the title names."""
    short = [one for one in texts if bare(one)]
    return bool(month and short) and all(
        (found := re.match(r"\d{1,2}", one)) and int(found[0]) == month for one in short
    )


def _month(places: Sequence[str]) -> int:
    """The month of the first place that names one; 0 where it names several."""
    for place in places:
        if _SEVERAL.search(place):
            return 0
        named = {months.number(match[match.lastindex or 0]) for match in _MONTH.finditer(place)}
        if named:
            return named.pop() if len(named) == 1 else 0
    return 0
