"""Split a month's target by weeks, by ten days, by days: the parts add up to the month to the cent.

    >>> from analytics.plan.phased_target import phase
    >>> daily = phase(Decimal("1000"), march)
    >>> phased(daily, "third")
         part      start        end   target
    0   first 2026-03-01 2026-03-10   312.50

Every part is the sum of its days, and the days are the month's: nothing is
rounded twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Literal, get_args

import pandas as pd

By = Literal["day", "week", "iso_week", "third"]

COLUMNS = ("part", "start", "end", "target")

_TEN = 10


def phased(daily: Mapping[date, Decimal], by: By, *, week_start: int = 0) -> pd.DataFrame:
    """Return part, start, end, target: one row a part, in order; the targets sum to the month's.

    `daily` is `target.phase` of one month. `by` and its parts:

    - "day": the day, as YYYY-MM-DD
    - "iso_week": the ISO week, as YYYY-Www; one that begins in the month before
      or goes on in the next has only the days of this month here
    - "week": the week of the month from "1" on, weeks beginning on `week_start`
      (Monday 0)
    - "third": "first" (days 1 to 10), "middle" (11 to 20), "last" (21 on)
    """
    if by not in get_args(By):
        raise ValueError(f"no part of a month is called {by!r}")
    days = sorted(daily)
    part = _PARTS[by](week_start)
    rows = []
    for name, group in groupby(days, key=part):
        inside = list(group)
        money = sum((daily[day] for day in inside), Decimal(0))
        rows.append((name, inside[0], inside[-1], money))
    return pd.DataFrame(rows, columns=list(COLUMNS))


_Part = Callable[[date], str]


def _day(_: int) -> _Part:
    return lambda day: day.isoformat()


def _iso_week(_: int) -> _Part:
    def name(day: date) -> str:
        year, week, _day = day.isocalendar()
        return f"{year}-W{week:02}"

    return name


def _week(week_start: int) -> _Part:
    def begins(day: date) -> date:
        return day - timedelta(days=(day.weekday() - week_start) % 7)

    return lambda day: str((begins(day) - begins(day.replace(day=1))).days // 7 + 1)


def _third(_: int) -> _Part:
    return lambda day: ("first", "middle", "last")[min((day.day - 1) // _TEN, 2)]


_PARTS: dict[str, Callable[[int], _Part]] = {
    "day": _day,
    "week": _week,
    "iso_week": _iso_week,
    "third": _third,
}
