"""Group daily figures into whole months that can be compared at the same share of the month gone.

>>> months = whole_months(daily, calendar, until=date(2026, 3, 1))
>>> months[-1].into(10, rest=False)   # what was in after ten working days
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import floor

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.periods.calendar import Calendar, Day, gone_and_left

# A history that begins later than this working day began in the middle of a month.
_LATEST_BEGIN = 3
# The same in days, where no calendar is at hand.
_LATEST_FIRST_DAY = 7


@dataclass(frozen=True)
class Month:
    """One month: its days, what came in until each evening, working days until then."""

    start: date
    days: tuple[date, ...]
    upto: npt.NDArray[np.float64]
    gone: npt.NDArray[np.int64]

    @property
    def total(self) -> float:
        """Return what the whole month brought."""
        return float(self.upto[-1])

    @property
    def working_days(self) -> int:
        """Return the working days, at least 1, so that a month of holidays has a rate."""
        return max(int(self.gone[-1]), 1)

    @property
    def rate(self) -> float:
        """Return money per working day."""
        return self.total / self.working_days

    def into(self, gone: float, *, rest: bool) -> float:
        """Return what was in when `gone` working days were over.

        With `rest`, the days off after too.

        Between two working days in proportion, so that months of different
        lengths can be compared at the same share.
        """
        if not gone and not rest:
            return 0.0  # before the month begins, though it may begin with days off
        full = floor(gone)
        part = gone - full
        before = self._into(full, rest=rest)
        return before + part * (self._into(full + 1, rest=rest) - before) if part else before

    def _into(self, gone: int, *, rest: bool) -> float:
        if rest or not gone:
            last = int(np.searchsorted(self.gone, gone, side="right")) - 1
        else:
            last = int(np.searchsorted(self.gone, gone, side="left"))
        return float(self.upto[min(last, len(self.days) - 1)]) if last >= 0 else 0.0

    def at(self, day: date) -> tuple[int, bool]:
        """Return the working days gone on the evening of `day`, and whether it is a day off."""
        if day < self.start:
            return 0, False
        place = min((day - self.start).days, len(self.days) - 1)
        before = int(self.gone[place - 1]) if place else 0
        gone = int(self.gone[place])
        return gone, gone == before


def whole_months(daily: pd.DataFrame, calendar: Calendar, until: date) -> list[Month]:
    """Return the months before `until` (a first of a month) since the data begin, oldest first.

    `daily` has date and value, a missing day brought 0. A first month whose
    data begin in its middle is left out. Raises ValueError where the calendar
    does not cover the data.
    """
    brought = values(daily, until)
    if not brought:
        return []
    first = min(brought)
    if not calendar or calendar[0].day > first.replace(day=1) or calendar[-1].day < max(brought):
        raise ValueError("the calendar must cover the months of the data")
    whole = months(calendar, brought)
    whole = [month for month in whole if first.replace(day=1) <= month.start < until]
    late = whole and whole[0].at(first)[0] > _LATEST_BEGIN
    return whole[1:] if late else whole


def months(calendar: Calendar, brought: Mapping[date, float]) -> list[Month]:
    """Return every month of the calendar with what each day brought."""
    grouped = groupby(calendar, key=lambda day: day.day.replace(day=1))
    return [_month(start, tuple(days), brought) for start, days in grouped]


def values(daily: pd.DataFrame, until: date) -> dict[date, float]:
    """Return date → value of the days before `until`.

    Raises ValueError for a day that comes twice.
    """
    if daily["date"].duplicated().any():
        raise ValueError("daily figures have one row a day")
    days = (as_date(day) for day in daily["date"])
    pairs = zip(days, daily["value"], strict=True)
    return {day: float(value) for day, value in pairs if day < until}


def months_between(first: date, last: date) -> int:
    """Return how many months after `first` the month `last` comes; negative for before."""
    return (last.year - first.year) * 12 + last.month - first.month


def as_date(day: date | pd.Timestamp) -> date:
    """Return the day itself where a frame holds its dates as timestamps."""
    return day.date() if isinstance(day, pd.Timestamp) else day


def _month(start: date, days: tuple[Day, ...], brought: Mapping[date, float]) -> Month:
    return Month(
        start,
        tuple(day.day for day in days),
        np.cumsum([brought.get(day.day, 0.0) for day in days]),
        np.cumsum([int(day.selling) for day in days]),
    )


def began_late(start: date, first: date) -> bool:
    """Return whether data whose first day is `first` lack a part of a period from `start`."""
    return (first - start).days >= _LATEST_FIRST_DAY


def whole_from(first: date, own: Calendar) -> date:
    """Return the day from which data that begin on `first` are whole, by a calendar of its month.

    >>> whole_from(date(2026, 10, 8), october)                      # doctest: +SKIP
    datetime.date(2026, 10, 1)

    Days without selling before the first sale of its month belong to it: data that begin on the
    first working day after a holiday have the whole month.
    """
    start = first.replace(day=1)
    before = [day for day in own if start <= day.day < first]
    return first if any(day.selling for day in before) else start


def days_with_data(own: Calendar, as_of: date, begins: date | None) -> int:
    """Count the selling days of a month, `own`, through `as_of` that the data know of.

    >>> days_with_data(march, date(2026, 3, 20), begins=date(2026, 3, 16))
    5

    All of them unless the data begin in the middle of the month.
    """
    start, end = own[0].day, own[-1].day
    late = begins is not None and start <= begins <= end and began_late(start, begins)
    return gone_and_left(own, begins if late and begins else start, end, as_of)[0]


def month_before(month: date, count: int = 1) -> date:
    """Return the first day of the month `count` months before; negative for after."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def month_start(period: ir.StringValue) -> ir.DateValue:
    """Return the first day of a period 'YYYY-MM'; null for any other, such as a quarter."""
    text = period.strip()
    is_month = text.re_search(r"^\d{4}-(0[1-9]|1[0-2])$")
    return ibis.ifelse(is_month, text + "-01", ibis.null("string")).cast("date")
