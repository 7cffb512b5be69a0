"""Dates that people write without a year: 11.5, 11/5, 11月5日, 5-Nov; and of a month only the day.

    >>> bare("11月5日"), bare("11.31"), bare("3.17")
    (True, False, True)
    >>> with_year("11月5日", 2026, True), with_year("11/5", 2026, False)
    ('2026-11-05', '11/5/2026')
    >>> unclear("11.1"), unclear("11/1")
    (True, False)

Excel turns 11.10 into the number 11.1. Such a cell may be the 1st or the 10th, and
nothing here chooses between them; `data.layout.partial_days` tells where it was a text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Texts, Typed, first_of_month, plain
from data.values.dates import DateOrder, parse_date
from data.values.header_text import has_hanzi
from data.values.numbers import folded

_WEEKDAY = r"(?:\s*\(?(?:周|星期|礼拜)[一二三四五六日天]\)?)?"
_HANZI = re.compile(
    r"(?P<m>1[0-2]|0?[1-9])\s*月\s*(?P<d>[12]\d|3[01]|0?[1-9])\s*[日号]?" + _WEEKDAY
)
# Of months as columns, where the year is asked about.
_BARE_MONTH = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s*月份?")
_PAIR = re.compile(r"(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})" + _WEEKDAY)
_NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})[-\s](?P<n>[A-Za-z]{3,9})|(?P<n2>[A-Za-z]{3,9})[-\s](?P<d2>\d{1,2}))\.?"
)
_DAY = re.compile(r"(?P<d>[12]\d|3[01]|0?[1-9])\s*[日号]?" + _WEEKDAY)
# A number of Excel's in which a zero may be missing at the end; February has no 30th.
_UNCLEAR = r"^(?:1[0-2]|0?[1-9])\.[123]$"
_NO_THIRTIETH = r"^0?2\.3$"
# A leap year: whether there was a 29th of February is known once the year is.
_ANY_YEAR = 2000
# A day this many years ahead is a slip, where the column's other days are not.
_FAR_AHEAD = 2


def bare(text: str) -> bool:
    """Whether a text is a day and a month, in either order, and no year."""
    return bool(_readings(text))


def day_only(text: str) -> bool:
    """Whether a text is a day of a month that it does not name: 5, 5日, 5号."""
    return _DAY.fullmatch(folded(text)) is not None


def unclear(text: str) -> bool:
    """Whether a bare day may have lost the zero at its end."""
    told = folded(text)
    return bool(re.match(_UNCLEAR, told)) and not re.match(_NO_THIRTIETH, told)


def month_first(header: str, texts: list[str]) -> bool:
    """Whether a column's words are Chinese, in which nobody writes the day first."""
    return any(map(has_hanzi, (header, *texts)))


def with_year(text: str, year: int, is_month_first: bool) -> str:
    """A bare day as a date that `data.values.dates` reads; any other text as it is.

    It stays in the order in which it was written, unless that is known to be the month's.
    """
    readings = _readings(text)
    if not readings:
        return text
    told = folded(text)
    if _PAIR.fullmatch(told) and not is_month_first:
        found = _PAIR.fullmatch(told)
        assert found
        return f"{found['a']}{found['s']}{found['b']}{found['s']}{year}"
    month, day = readings[0]
    if not day:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def with_month(text: str, month: int, year: int = 0) -> str:
    """A day of `month`, with the year where it is known; as it is where the month has no such."""
    found = _DAY.fullmatch(folded(text))
    if found is None or int(found["d"]) > monthrange(year or _ANY_YEAR, month)[1]:
        return text
    if year:
        return f"{year}-{month:02d}-{int(found['d']):02d}"
    return f"{month}月{int(found['d'])}日"


def dated(
    cells: Texts, year: int, header: str, order: DateOrder = "ymd", until: date | None = None
) -> Texts:
    """A trimmed column with its bare days in `year`; those that are unclear stay as they are.

    With `until`, days that would come after it are of the year before.
    """
    coded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    texts = coded.dictionary.to_pylist()
    first = month_first(header, [one for one in texts if bare(one)])
    told = [
        one if unclear(one) else with_year(one, _by(one, year, order, header, until), first)
        for one in texts
    ]
    return pa.DictionaryArray.from_arrays(
        coded.indices, pa.array(told, pa.string())
    ).dictionary_decode()


def _by(text: str, year: int, order: DateOrder, header: str, until: date | None) -> int:
    ahead = until is not None and read(text, year, order, header) > until.isoformat()
    return year - 1 if ahead else year


def read(text: str, year: int, order: DateOrder, header: str) -> str:
    """One bare day as an ISO date, "" where the order cannot read it."""
    told = with_year(text, year, month_first(header, [text]))
    found = parse_date(told, order) or first_of_month(told)
    return found.isoformat() if found else ""


def explained(told: Typed, cells: Texts) -> Typed:
    """With the reason why a day that may have lost a zero was not read."""
    if told.why is None:
        return told
    texts = plain(cells)
    lost = pc.and_(
        pc.match_substring_regex(texts, _UNCLEAR),
        pc.invert(pc.match_substring_regex(texts, _NO_THIRTIETH)),
    )
    mask = pc.and_(pc.fill_null(lost, False), pc.is_valid(told.why))
    return Typed(told.values, pc.if_else(mask, pa.scalar("day_unclear", pa.string()), told.why))


def without_far_ahead(told: Typed, this_year: int) -> Typed:
    """Without days more than two years ahead, where most of the column's days are not.

    One order of 2062 would be the newest day of all, and the page would be seen from there.
    """
    last = pa.scalar(date(this_year + _FAR_AHEAD, 12, 31), pa.date32())
    days = told.values.cast(pa.date32())
    far = pc.fill_null(pc.greater(days, last), False)
    count = pc.sum(far).as_py() or 0
    if not count or count * 2 >= len(days) - days.null_count:
        return told
    why = pa.nulls(len(days), pa.string()) if told.why is None else told.why
    return Typed(
        pc.if_else(far, pa.scalar(None, told.values.type), told.values),
        pc.if_else(far, pa.scalar("date_far_ahead", pa.string()), why),
    )


def _readings(text: str) -> list[tuple[int, int]]:
    """Month and day, first as the month comes first; nothing where it is no bare day."""
    told = folded(text)
    if found := _HANZI.fullmatch(told):
        return _valid([(int(found["m"]), int(found["d"]))])
    if found := _BARE_MONTH.fullmatch(told):
        return [(int(found["m"]), 0)]
    if found := _PAIR.fullmatch(told):
        one, other = int(found["a"]), int(found["b"])
        return _valid([(one, other), (other, one)])
    if found := _NAMED.fullmatch(told):
        name, day = found["n"] or found["n2"], found["d"] or found["d2"]
        whole = parse_date(f"{day} {name} {_ANY_YEAR}", "ymd")
        return [(whole.month, whole.day)] if whole else []
    return []


def _valid(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [
        (month, day)
        for month, day in pairs
        if 1 <= month <= 12 and 1 <= day <= monthrange(_ANY_YEAR, month)[1]
    ]
