"""Parse a cell into a date or a moment, and find which day orders a column allows.

    >>> parse_date("2024年3月5日", "ymd"), parse_date("03/04/2026", "dmy")
    (datetime.date(2024, 3, 5), datetime.date(2026, 4, 3))
    >>> sorted(date_orders(["03/04/2026", "13/04/2026"], this_year=2026))
    ['dmy']

Nothing here guesses: an ambiguous text is read in the order that the caller names, and
`date_orders` returns the orders that fit a whole column, so that the user can be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

from data.values import months
from data.values.numbers import folded

DateOrder = Literal["ymd", "dmy", "mdy"]

DATE_ORDERS: tuple[DateOrder, ...] = ("ymd", "dmy", "mdy")
# The first two-digit year read as 19.. by default.
PIVOT = 70


_TIME = (
    r"(?:[T ,]*+(?:at\s++)?(?P<half1>上午|下午|中午|晚上)?\s*+"
    r"(?P<hour>\d{1,2})[:点时](?P<minute>\d{2})分?"
    r"(?::?(?P<second>\d{2})秒?(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*+(?P<half2>[AaPp]\.?[Mm]\.?)?\s*+(?P<zone>Z|UTC|[A-Z]{1,4}T|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})\s*(?P<s>[-/.])\s*(?P<m>\d{1,2})\s*(?P=s)\s*(?P<d>\d{1,2})" + _TIME
)
_HANZI = re.compile(
    r"(?P<y>\d{4}|\d{2})\s*+年\s*+(?P<m>\d{1,2})\s*+月\s*+(?P<d>\d{1,2})\s*+[日号]?" + _TIME
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})" + _TIME)
_COMPACT_14 = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})"
)
_THREE = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/. ])(?P<b>\d{1,2})(?P=s)(?P<c>\d{4}|\d{2})" + _TIME)
_DAY_NAME = rf"(?:{months.WEEKDAY}\.?,?\s++)?"
_DAY_MONTH = re.compile(
    _DAY_NAME
    + rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.?o)?[-/ .,]++{months.OF}(?P<name>{months.WORD})"
    + rf"[-/ .,]++{months.OF}(?P<y>\d{{4}}|\d{{2}}){months.YEAR_WORD}"
    + _TIME,
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    _DAY_NAME
    + rf"(?P<name>{months.WORD})[-/ .]++(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[-/ .]++(?P<y>\d{{4}})"
    + _TIME,
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_EPOCH = re.compile(r"(1\d{9}|[2-9]\d{8}|1\d{12}|[2-9]\d{11})")
_FIRST_SERIAL, _LAST_SERIAL = 20000, 80000
_EXCEL_DAY_0 = datetime(1899, 12, 30)
# Epoch values come from systems in China. At UTC+8, midnight in any zone from UTC-8 to
# UTC+8 falls on the right date; at UTC it would not.
_EPOCH_ZONE = timezone(timedelta(hours=8))


def parse_date(text: str, order: DateOrder, pivot: int = PIVOT) -> date | None:
    """Parse the date in `text`, ignoring a time of day; None where there is none.

    `order` matters only for three short numbers such as 03/04/2026 or 20-10-16. Two-digit
    years from `pivot` on are 19.., those before it 20..; see `data.values.centuries`.
    """
    moment = parse_moment(text, order, pivot)
    return moment.date() if moment else None


def parse_moment(text: str, order: DateOrder, pivot: int = PIVOT) -> datetime | None:
    """Parse the date and time in `text`, midnight without a time; the zone is dropped."""
    text = folded(text)
    if not any(letter.isdigit() for letter in text):
        return None
    try:
        return _numeric(text) or _written(text, order, pivot)
    except (ValueError, OverflowError):
        return None


def date_orders(texts: Iterable[str], this_year: int) -> set[DateOrder]:
    """Return the orders in which every date of a column can be read.

    ISO dates, serials and the like fit every order. A two-digit year in front must be in
    2000 to `this_year` + 2, unless no other order is possible. The empty set means that the
    column mixes orders.
    """
    possible = set(DATE_ORDERS)
    believable = True
    for text in texts:
        readings = {order: parse_date(text, order) for order in DATE_ORDERS}
        fits = {order for order, reading in readings.items() if reading}
        if not fits:
            continue
        possible &= fits
        first = readings["ymd"]
        if first and len(fits) > 1 and first not in (readings["dmy"], readings["mdy"]):
            believable &= 2000 <= first.year <= this_year + 2
    return possible - {"ymd"} if not believable and len(possible) > 1 else possible


def _numeric(text: str) -> datetime | None:
    """Parse an Excel serial or an epoch: a bare number of the right length."""
    if match := _SERIAL.fullmatch(text):
        days = float(text)
        if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return None
        # Excel stores a time as a fraction of a day, meant to the second.
        return _EXCEL_DAY_0 + timedelta(days=int(match[1]), seconds=round(days % 1 * 86400))
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) > 10 else 1)
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(_EPOCH_ZONE)
        return moment.replace(tzinfo=None)
    return None


def _written(text: str, order: DateOrder, pivot: int) -> datetime | None:
    for pattern in (_YEAR_FIRST, _HANZI, _COMPACT, _COMPACT_14):
        if match := pattern.fullmatch(text):
            return _moment(_year(match["y"], pivot), int(match["m"]), int(match["d"]), match)
    if match := _THREE.fullmatch(text):
        return _ordered(match, order, pivot)
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        if match := pattern.fullmatch(text):
            month = months.number(match["name"])
            year = _year(match["y"], pivot)
            return _moment(year, month, int(match["d"]), match) if month else None
    return None


def _ordered(match: re.Match[str], order: DateOrder, pivot: int) -> datetime | None:
    first, second, third = match["a"], match["b"], match["c"]
    if order == "ymd":
        if len(third) == 4 or len(first) != 2:
            return None
        return _moment(_year(first, pivot), int(second), int(third), match)
    day, month = (first, second) if order == "dmy" else (second, first)
    return _moment(_year(third, pivot), int(month), int(day), match)


def _year(digits: str, pivot: int) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < pivot else 1900 + year


def _moment(year: int, month: int, day: int, match: re.Match[str]) -> datetime | None:
    if not 1900 <= year <= 2199:
        return None
    parts = match.groupdict()
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half1") or parts.get("half2") or "").lower().replace(".", "")
    if half in ("pm", "下午", "晚上") and hour < 12:
        hour += 12
    if half in ("am", "上午") and hour == 12:
        hour = 0
    micro = int((parts.get("fraction") or "0").ljust(6, "0")[:6])
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    return datetime(year, month, day, hour, minute, second, micro)
