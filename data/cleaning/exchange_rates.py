"""Type a table of exchange rates: a currency a row, or a currency a column.

    >>> columns = [["2026-03", "2026-04"], ["7.12", "7.05"]]
    >>> rates_of(("Month", "USD"), columns, (2, 3), "CNY").rates[0].rate
    Decimal('7.12')

Months are written as 2026-03, March 2026, 2026年3月, a quarter, a year, or a day:

    Month   | Currency | Rate          Month   | USD  | EUR
    2026-03 | USD      | 7.12          2026-03 | 7.12 | 7.71

A column of units (1, 100) is heeded, and so is a 100 in the header of the rates. Of two columns
of currencies one says into which the rate leads: rates into another than the reporting one are
not read, nor are those out of it, which are the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.values import currencies, dates, numbers, periods
from domain.errors import ImportRefused
from domain.exchange_rate import ExchangeRate

_UNITS = re.compile(
    r"单位|單位|数量|units?|per|quantity|einheit|quantit|unidad|cantidad", re.IGNORECASE
)
_RATES = re.compile(
    r"中间价|折算价|汇率|匯率|rate|kurs|taux|cours|tipo|cambio|tasa|mid", re.IGNORECASE
)
_FROM = re.compile(
    r"原币|原幣|外币|外幣|^de$|\b(?:from|foreign|source|von|aus|fremdwährung|quellwährung"
    r"|ausgangswährung|depuis|desde|origen|origine)\b",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"本位币|本位幣|本币|本幣|目标|目標|折算币|折算为|兑换成|^(?:a|in|para)$|\b(?:to|into|target|reporting"
    r"|nach|zielwährung|hauswährung|berichtswährung|vers|cible|hacia|destino)\b",
    re.IGNORECASE,
)
# Whoever writes these writes the day before the month.
_COMMAS = r"datum|monat|von|nach|kurs|wechselkurs|währung|taux|cours|devise|vers|mois"
_DAY_FIRST = re.compile(
    rf"\b(?:{_COMMAS}|fecha|moneda|divisa|tasa|cambio|desde|hacia|mes)\b", re.IGNORECASE
)
_COMMA = re.compile(rf"\b(?:{_COMMAS})\b", re.IGNORECASE)
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")
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
    dated = [_days(cells, header) for cells in columns]
    days = next(filter(None, dated), None)
    if days is None:
        return None
    marks = [
        None if days else _mark(cells, header) for cells, days in zip(columns, dated, strict=True)
    ]
    wide = {
        place: code
        for place, header in enumerate(header)
        if (code := _code(header, base)) and marks[place]
    }
    if wide:
        return _wide(columns, wide, marks, days, places, base, header)
    return _long(header, columns, marks, days, places, base)


def _wide(
    columns: Sequence[Cells],
    wide: dict[int, str],
    marks: list[numbers.DecimalMark | None],
    days: list[date | None],
    places: Sequence[int],
    base: str,
    header: Sequence[str],
) -> Rates:
    rates: dict[tuple[str, date], ExchangeRate] = {}
    read: set[int] = set()
    for place, code in wide.items():
        mark = marks[place] or "."
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
    marks: list[numbers.DecimalMark | None],
    days: list[date | None],
    places: Sequence[int],
    base: str,
) -> Rates | None:
    codes = _foreign(header, columns, base)
    if codes is None:
        return None
    number_places = [place for place, mark in enumerate(marks) if mark]
    units_at = next((place for place in number_places if _UNITS.search(header[place])), None)
    rates_at = [place for place in number_places if place != units_at]
    named = [place for place in rates_at if _RATES.search(header[place])]
    rates_at = named if len(rates_at) > 1 and named else rates_at
    if len(rates_at) > 1:
        headers = ", ".join(header[place] for place in rates_at)
        raise ImportRefused("several_rates", columns=headers)
    if not rates_at:
        return None
    cells, mark = columns[rates_at[0]], marks[rates_at[0]] or "."
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
    return Rates(tuple(rates.values()), tuple(unread)) if rates else None


def _foreign(header: Sequence[str], columns: Sequence[Cells], base: str) -> list[str | None] | None:
    """Return the currency that each row has a rate of; None for a row with none into `base`.

    None instead of a list where no column names currencies.
    """
    coded = {place: codes for place, cells in enumerate(columns) if (codes := _codes(cells))}
    if not coded:
        return None
    first, *others = coded
    # A column of the same currencies by their names says nothing more.
    second = next((place for place in others if _differ(coded[first], coded[place])), None)
    if second is None:
        return coded[first]
    turned = _INTO.search(header[first]) or _FROM.search(header[second])
    straight = _INTO.search(header[second]) or _FROM.search(header[first])
    if turned and not straight:
        first, second = second, first
    return [
        code if into == base else None
        for code, into in zip(coded[first], coded[second], strict=True)
    ]


def _differ(codes: list[str | None], others: list[str | None]) -> bool:
    return any(one and two and one != two for one, two in zip(codes, others, strict=True))


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


def _days(cells: Cells, header: Sequence[str]) -> list[date | None] | None:
    """Return the first day of each cell's month, or the day itself; None where most have none."""
    written = [cell for cell in cells if cell and not numbers.is_blank(cell)]
    readings = {
        order: [_day(cell, order) for cell in cells]
        for order in dates.date_orders(written, date.max.year)
    }
    if not written or not readings:
        return None
    read = next(iter(readings.values()))
    if any(days != read for days in readings.values()):
        # Day or month first: where that makes a difference, nothing is read unless the dots
        # between them or the language of the header tell.
        tells = all(map(_DOTTED.match, written)) or any(map(_DAY_FIRST.search, header))
        if not tells or "dmy" not in readings:
            return None
        read = readings["dmy"]
    return read if sum(map(bool, read)) * 2 > len(written) else None


def _day(cell: str | None, order: dates.DateOrder) -> date | None:
    named = periods.period(cell)
    if named is None:
        # A bare number is a rate, not a spreadsheet's serial.
        is_number = numbers.parse_number(cell or "", ".") is not None
        return None if is_number or not cell else dates.parse_date(cell, order)
    year, _, part = named.partition("-")
    month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part or 1)
    return date(int(year), month, 1)


def _mark(cells: Cells, header: Sequence[str]) -> numbers.DecimalMark | None:
    """Return how a column writes its decimals; None where it is no column of numbers."""
    written = [cell for cell in cells if cell and not numbers.is_blank(cell)]
    fitting = numbers.decimal_marks(written) or set(numbers.DECIMAL_MARKS)
    # 1,145 is a rate with three decimals where people write a comma before them.
    if len(fitting) > 1 and any("," in cell for cell in written):
        fitting = {","} if any(map(_COMMA.search, header)) else fitting
    for mark in numbers.DECIMAL_MARKS:
        read = sum(numbers.parse_number(cell, mark) is not None for cell in written)
        if mark in fitting and read * 2 > len(written):
            return mark
    return None
