"""Type a table of exchange rates: a currency a row, or a currency a column.

    >>> columns = [["2026-03", "2026-04"], ["7.12", "7.05"]]
    >>> rates_of(("Month", "USD"), columns, (2, 3), "CNY").rates[0].rate
    Decimal('7.12')

Months are written as 2026-03, March 2026, 2026年3月, a quarter, a year, or a day:

    Month   | Currency | Rate          Month   | USD  | EUR
    2026-03 | USD      | 7.12          2026-03 | 7.12 | 7.71

A column of units (1, 100) is heeded, and so is a 100 in the header of the rates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.values import currencies, dates, numbers, periods
from domain.errors import ImportRefused
from domain.exchange_rate import ExchangeRate

_UNITS = re.compile(r"单位|單位|数量|units?|per|quantity", re.IGNORECASE)
_RATES = re.compile(r"中间价|折算价|汇率|匯率|rate|kurs|taux|tipo|cambio|mid", re.IGNORECASE)
_HUNDRED = re.compile(r"(?<!\d)100(?!\d)")
Cells = list[str | None]


@dataclass(frozen=True)
class Rates:
    """The rates of a table, and the numbers of its rows of which none could be read."""

    rates: tuple[ExchangeRate, ...]
    unread: tuple[int, ...]


def rates_of(
    header: Sequence[str], columns: Sequence[Cells], places: Sequence[int], base: str
) -> Rates | None:
    """Return the rates of a table of text into `base`; None where it has no such columns.

    `columns` are its cells, `places` the numbers of its rows in the sheet. Raises
    ImportRefused("several_rates") where more than one column may be the rates.
    """
    days = next((dated for cells in columns if (dated := _days(cells))), None)
    if days is None:
        return None
    wide = {
        place: code
        for place, header in enumerate(header)
        if (code := _code(header, base)) and _mark(columns[place])
    }
    if wide:
        return _wide(columns, wide, days, places, base, header)
    return _long(header, columns, days, places, base)


def _wide(
    columns: Sequence[Cells],
    wide: dict[int, str],
    days: list[date | None],
    places: Sequence[int],
    base: str,
    header: Sequence[str],
) -> Rates:
    rates: dict[tuple[str, date], ExchangeRate] = {}
    read: set[int] = set()
    for place, code in wide.items():
        mark = _mark(columns[place]) or "."
        units = 100 if _HUNDRED.search(header[place]) else 1
        for nth, cell in enumerate(columns[place]):
            if (rate := _rate(code, days[nth], units, cell, mark)) and code != base:
                rates[code, rate.first_day] = rate
                read.add(nth)
    unread = [row for nth, row in enumerate(places) if nth not in read]
    return Rates(tuple(rates.values()), tuple(unread))


def _long(
    header: Sequence[str],
    columns: Sequence[Cells],
    days: list[date | None],
    places: Sequence[int],
    base: str,
) -> Rates | None:
    codes = next((coded for cells in columns if (coded := _codes(cells))), None)
    if codes is None:
        return None
    number_places = [
        place for place, cells in enumerate(columns) if _mark(cells) and not _days(cells)
    ]
    units_at = next((place for place in number_places if _UNITS.search(header[place])), None)
    rates_at = [place for place in number_places if place != units_at]
    named = [place for place in rates_at if _RATES.search(header[place])]
    rates_at = named if len(rates_at) > 1 and named else rates_at
    if len(rates_at) > 1:
        headers = ", ".join(header[place] for place in rates_at)
        raise ImportRefused("several_rates", columns=headers)
    if not rates_at:
        return None
    cells, mark = columns[rates_at[0]], _mark(columns[rates_at[0]]) or "."
    usual = 100 if _HUNDRED.search(header[rates_at[0]]) else 1
    rates: dict[tuple[str, date], ExchangeRate] = {}
    unread = []
    for nth, row in enumerate(places):
        code = codes[nth]
        units = _units(columns[units_at][nth]) if units_at is not None else usual
        rate = _rate(code, days[nth], units, cells[nth], mark) if code and units else None
        if rate and code != base:
            rates[rate.currency, rate.first_day] = rate
        elif code != base:
            unread.append(row)
    return Rates(tuple(rates.values()), tuple(unread))


def _rate(
    code: str, day: date | None, units: int, cell: str | None, mark: numbers.DecimalMark
) -> ExchangeRate | None:
    rate = numbers.parse_number(cell or "", mark)
    return ExchangeRate(code, day, units, rate) if day and rate and rate > 0 else None


def _units(cell: str | None) -> int:
    units = numbers.parse_number(cell or "", ".")
    return int(units) if units and units > 0 and units == int(units) else 0


def _code(header: str, base: str) -> str | None:
    """Return the currency of a column's header: USD, 美元, USD/CNY, 100 JPY."""
    text = re.sub(r"^100\s*+|(?:(?<!\s)\s++)?+[（(]?100[)）]?$", "", header.strip())
    parts = re.split(r"(?:(?<!\s)\s++)?+(?:[/→\-]|兑|对|to|in)\s*+", text)
    if len(parts) == 2 and currencies.code(parts[1]) == base:
        text = parts[0]
    return currencies.code(text)


def _codes(cells: Cells) -> list[str | None] | None:
    """Return the currency of each cell; None where most cells name none."""
    codes = [currencies.code(cell or "") for cell in cells]
    written = sum(not numbers.is_blank(cell) for cell in cells)
    return codes if written and sum(map(bool, codes)) * 2 > written else None


def _days(cells: Cells) -> list[date | None] | None:
    """Return the first day of each cell's month, or the day itself; None where most have none."""
    written = [cell for cell in cells if cell and not numbers.is_blank(cell)]
    # Day or month first: where that would make a difference, nothing is read.
    readings = [
        [_day(cell, order) for cell in cells] for order in dates.date_orders(written, date.max.year)
    ]
    if not written or not readings or any(days != readings[0] for days in readings):
        return None
    return readings[0] if sum(map(bool, readings[0])) * 2 > len(written) else None


def _day(cell: str | None, order: dates.DateOrder) -> date | None:
    named = periods.period(cell)
    if named is None:
        # A bare number is a rate, not a spreadsheet's serial.
        is_number = numbers.parse_number(cell or "", ".") is not None
        return None if is_number or not cell else dates.parse_date(cell, order)
    year, _, part = named.partition("-")
    month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part or 1)
    return date(int(year), month, 1)


def _mark(cells: Cells) -> numbers.DecimalMark | None:
    """Return how a column writes its decimals; None where it is no column of numbers."""
    written = [cell for cell in cells if cell and not numbers.is_blank(cell)]
    for mark in numbers.DECIMAL_MARKS:
        if sum(numbers.parse_number(cell, mark) is not None for cell in written) * 2 > len(written):
            return mark
    return None
