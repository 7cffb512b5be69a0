"""Dates without a year, 11.5, 11/5, 11月5日, 5-Nov, and days without a month.

    >>> bare("11月5日"), bare("11.31"), bare("3.17")
    (True, False, True)
    >>> with_year("11月5日", 2026, True), with_year("11/5", 2026, False)
    ('2026-11-05', '11/5/2026')
    >>> unclear("11.1"), unclear("11/1")
    (True, False)

Excel turns 11.10 into the number 11.1, which may be the 1st or the 10th. Nothing here
chooses between them; `data.layout.partial_days` knows where the cell was a text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.values import months
from data.values.columns import Texts, Typed, as_coded, first_of_month, plain
from data.values.dates import DateOrder, parse_date
from data.values.header_text import has_hanzi
from data.values.numbers import folded

_WEEKDAY = r"(?:\s*+\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?"
_HANZI = re.compile(
    r"(?P<m>1[0-2]|0?[1-9])\s*+月\s*+(?P<d>[12]\d|3[01]|0?[1-9])\s*+[日号]?" + _WEEKDAY
)
# From month columns, where the user is asked for the year.
_BARE_MONTH = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月份?")
_PAIR = re.compile(r"(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})" + _WEEKDAY)
_NAMED = re.compile(
    rf"(?P<d>\d{{1,2}})\.?[-\s]{months.OF}(?P<n>{months.WORD})"
    rf"|(?P<n2>{months.WORD})[-\s](?P<d2>\d{{1,2}})\.?"
)
_DAY = re.compile(r"(?P<d>[12]\d|3[01]|0?[1-9])\s*+[日号]?" + _WEEKDAY)
# A number from Excel that may have lost a final zero; February has no 30th.
_UNCLEAR = r"^(?:1[0-2]|0?[1-9])\.[123]$"
_NO_THIRTIETH = r"^0?2\.3$"
# A leap year, so that 29 February is valid until the year is known.
_ANY_YEAR = 2000
# Clocks begin here, spreadsheets and databases at 1899 and 1900.
_LONG_AGO = date(1970, 1, 1)


def bare(text: str) -> bool:
    """Return whether a text is a day and a month, in either order, without a year."""
    return bool(_readings(text))


def day_only(text: str) -> bool:
    """Return whether a text is a day without its month: 5, 5日, 5号."""
    return _DAY.fullmatch(folded(text)) is not None


def unclear(text: str) -> bool:
    """Return whether a bare day may have lost a final zero."""
    text = folded(text)
    return bool(re.match(_UNCLEAR, text)) and not re.match(_NO_THIRTIETH, text)


def month_first(header: str, texts: list[str]) -> bool:
    """Return whether a column is in Chinese, which never puts the day first."""
    return any(map(has_hanzi, (header, *texts)))


def with_year(text: str, year: int, is_month_first: bool) -> str:
    """Add the year to a bare day, for `data.values.dates` to parse; other texts stay.

    The order of day and month stays too, unless the month is known to come first.
    """
    readings = _readings(text)
    if not readings:
        return text
    if not is_month_first and (pair := _PAIR.fullmatch(folded(text))):
        return f"{pair['a']}{pair['s']}{pair['b']}{pair['s']}{year}"
    month, day = readings[0]
    if not day:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def with_month(text: str, month: int, year: int = 0) -> str:
    """Add month and year (0 where unknown) to a day; a day that the month lacks stays as it is."""
    match = _DAY.fullmatch(folded(text))
    if match is None or (day := int(match["d"])) > monthrange(year or _ANY_YEAR, month)[1]:
        return text
    return f"{year}-{month:02d}-{day:02d}" if year else f"{month}月{day}日"


def dated(
    cells: Texts, year: int, header: str, order: DateOrder = "ymd", until: date | None = None
) -> Texts:
    """Add `year` to the bare days of a trimmed column; unclear days stay as they are.

    Days that would be after `until` get the year before.
    """
    coded = as_coded(cells)
    texts = coded.dictionary.to_pylist()
    first = month_first(header, list(filter(bare, texts)))
    days = [
        text if unclear(text) else with_year(text, _by(text, year, order, header, until), first)
        for text in texts
    ]
    return pa.array(days, pa.string()).take(coded.indices)


def _by(text: str, year: int, order: DateOrder, header: str, until: date | None) -> int:
    ahead = until is not None and read(text, year, order, header) > until.isoformat()
    return year - 1 if ahead else year


def read(text: str, year: int, order: DateOrder, header: str) -> str:
    """Parse a bare day into an ISO date; "" where it does not fit the order."""
    dated_text = with_year(text, year, month_first(header, [text]))
    day = parse_date(dated_text, order) or first_of_month(dated_text)
    return day.isoformat() if day else ""


def explained(typed: Typed, cells: Texts) -> Typed:
    """Give unread days that may have lost a zero the reason "day_unclear"."""
    if typed.why is None:
        return typed
    texts = plain(cells)
    lost = pc.and_(
        pc.match_substring_regex(texts, _UNCLEAR),
        pc.invert(pc.match_substring_regex(texts, _NO_THIRTIETH)),
    )
    mask = pc.and_(pc.fill_null(lost, False), pc.is_valid(typed.why))
    return Typed(typed.values, pc.if_else(mask, pa.scalar("day_unclear", pa.string()), typed.why))


def without_far_off(typed: Typed, last_year: int | None) -> Typed:
    """Leave out days of another age, where most days of the column are not.

    A single order in 2062, after the `last_year` that a day may be of, would otherwise be the
    newest day, and "today" on every page. One in 1926 is in no month that anybody looks at, and
    the zero of spreadsheets, databases and clocks (1899, 1900, 1970) is no day at all.
    """
    days = typed.values.cast(pa.date32())
    if last_year is not None:
        last = pa.scalar(date(last_year, 12, 31), pa.date32())
        typed = _without(typed, pc.greater(days, last), "date_far_ahead")
    return _without(typed, pc.less_equal(days, pa.scalar(_LONG_AGO, pa.date32())), "date_far_back")


def _without(typed: Typed, far: pa.Array, reason: str) -> Typed:
    days = typed.values
    far = pc.fill_null(far, False)
    count = pc.sum(far).as_py() or 0
    if not count or count * 2 >= len(days) - days.null_count:
        return typed
    why = pa.nulls(len(days), pa.string()) if typed.why is None else typed.why
    return Typed(
        pc.if_else(far, pa.scalar(None, typed.values.type), typed.values),
        pc.if_else(far, pa.scalar(reason, pa.string()), why),
    )


def _readings(text: str) -> list[tuple[int, int]]:
    """Return the possible pairs of month and day, month first before day first."""
    text = folded(text)
    if match := _HANZI.fullmatch(text):
        return _valid([(int(match["m"]), int(match["d"]))])
    if match := _BARE_MONTH.fullmatch(text):
        return [(int(match["m"]), 0)]
    if match := _PAIR.fullmatch(text):
        first, second = int(match["a"]), int(match["b"])
        return _valid([(first, second), (second, first)])
    if match := _NAMED.fullmatch(text):
        month = months.number(match["n"] or match["n2"])
        return _valid([(month, int(match["d"] or match["d2"]))])
    return []


def _valid(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (month, day)
        for month, day in pairs
        if 1 <= month <= 12 and 1 <= day <= monthrange(_ANY_YEAR, month)[1]
    ]
