"""Tell which days are selling days: public holidays, make-up days, and what the user has changed.

    >>> days = selling_days(date(2026, 2, 1), date(2026, 2, 28), "CN")
    >>> working_days(days, date(2026, 2, 1), date(2026, 2, 28))
    16

China moves working days to weekends around its holidays (调休). The decree for
a year comes out the autumn before; until then the year is "not announced" and
its days are the plain ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

from domain.errors import FilterError

EVERY_DAY = "ALL"


@dataclass(frozen=True)
class Day:
    """One day: whether it is a selling day, and why.

    `make_up`: a working day at a weekend. `announced`: false where the
    country moves working days and those of this year are not known.
    """

    day: date
    selling: bool
    make_up: bool
    holiday: str | None
    announced: bool


Calendar = tuple[Day, ...]


def selling_days(
    start: date, end: date, country: str, overrides: Mapping[date, bool] | None = None
) -> Calendar:
    """Return every day from `start` to `end`, both included.

    `country` is an ISO code such as "CN", or "ALL" for those who sell seven
    days a week. `overrides` decide single days. Raises
    FilterError("unknown_country") for a code the holidays are not known of.
    """
    changed = overrides or {}
    count = (end - start).days + 1
    days = (start + timedelta(days=step) for step in range(count))
    return tuple(_day(day, country, changed.get(day)) for day in days)


def working_days(calendar: Calendar, start: date, end: date) -> int:
    """Count the selling days from `start` to `end`, both included."""
    return sum(day.selling for day in calendar if start <= day.day <= end)


def gone_and_left(calendar: Calendar, start: date, end: date, as_of: date) -> tuple[int, int]:
    """Count the selling days of start … end through `as_of`, and those after it."""
    gone = working_days(calendar, start, min(as_of, end))
    return gone, working_days(calendar, start, end) - gone


def same_working_day(as_of: date, month: date, other_month: date, calendar: Calendar) -> date:
    """Return the day of `other_month` that is as far into it as `as_of` is into `month`.

    >>> march, february = date(2026, 3, 1), date(2026, 2, 1)
    >>> same_working_day(date(2026, 3, 6), march, february, calendar)  # the fifth working day
    datetime.date(2026, 2, 6)

    A whole month answers with the whole of the other; a month with fewer days
    with its end. After a weekend the other month's days off are in as well.
    Before the first working day it may be the last day of the month before.
    `calendar` covers both months.
    """
    if as_of >= _end(month):
        return _end(other_month)
    gone = working_days(calendar, month, as_of)
    on_a_selling_day = any(day.selling for day in calendar if day.day == as_of)
    return day_after(gone, other_month, calendar, rest=not on_a_selling_day)


def day_after(count: int, month: date, calendar: Calendar, *, rest: bool = False) -> date:
    """Return the day of `month` on which `count` selling days are gone.

    With `rest`, the last such day: the days off that follow are in. With more
    than the month has, its end; with 0, the day before the first selling day.
    """
    end = _end(month)
    selling = [day.day for day in calendar if day.selling and month <= day.day <= end]
    if count > len(selling) or (rest and count == len(selling)):
        return end
    if rest or count == 0:
        return selling[count] - timedelta(days=1) if selling else end
    return selling[count - 1]


def changed_days(
    calendar: Calendar, overrides: Mapping[date, bool], wanted: Mapping[date, bool]
) -> dict[date, bool | None]:
    """Return the days of `wanted` that differ from what holds, and what to keep of them.

    `calendar` has the country's own days, `overrides` the company's changes so far. None for a day
    that is again what the country says.
    """
    own = {day.day: day.selling for day in calendar}
    return {
        day: None if selling == own[day] else bool(selling)
        for day, selling in wanted.items()
        if selling != overrides.get(day, own[day])
    }


@cache
def holiday_name(day: date, country: str, language: str) -> str | None:
    """Return the name of a public holiday in "zh" or "en"; None where it is not known.

    >>> holiday_name(date(2026, 10, 1), "CN", "zh")
    '国庆节'
    """
    if country == EVERY_DAY:
        return None
    wanted = {"zh": "zh_CN"}.get(language, "en_US")
    known = holidays.country_holidays(country, years=day.year, language=wanted)
    return known.get(day) if wanted in known.supported_languages else None


def _end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _day(day: date, country: str, override: bool | None) -> Day:
    known = _known(country, day.year)
    plain = known.plain(day)
    selling = plain if override is None else override
    make_up = selling and known.weekend(day) and country != EVERY_DAY
    return Day(day, selling, make_up, known.names.get(day), known.announced)


@dataclass(frozen=True)
class _Year:
    names: Mapping[date, str]
    make_up: frozenset[date]
    weekends: frozenset[int]
    announced: bool

    def weekend(self, day: date) -> bool:
        return day.weekday() in self.weekends

    def plain(self, day: date) -> bool:
        if day in self.make_up or not self.weekends:
            return True
        return day not in self.names and not self.weekend(day)


@cache
def _known(country: str, year: int) -> _Year:
    if country == EVERY_DAY:
        return _Year({}, frozenset(), frozenset(), True)
    try:
        known = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError as error:
        raise FilterError("unknown_country", country=country) from error
    make_up = frozenset(day for day in known.weekend_workdays if day.year == year)
    announced = country != "CN" or len(make_up) >= _MAKE_UP_DAYS_OF_A_DECREE
    return _Year(dict(known), make_up, frozenset(known.weekend), announced)


# A decree moves five to eight days a year; the package has a day or two of some
# years long past, which is not the whole of their decree.
_MAKE_UP_DAYS_OF_A_DECREE = 4
