"""The calendar of the sample: months, selling days and how busy they are.

    >>> [str(day) for day in selling_days(date(2026, 2, 1))][9:12]
    ['2026-02-13', '2026-02-14', '2026-02-24']

Fixed, with no clock behind it: the company's eighteen months end in June 2026,
and "today" is a Tuesday in the middle of that month.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate

import numpy as np

FIRST, TODAY = date(2025, 1, 1), date(2026, 6, 16)
LAST_EXPORT = date(2026, 6, 9)
MONTHS: tuple[date, ...] = tuple(date(2025 + n // 12, n % 12 + 1, 1) for n in range(18))
# Deals that close in these are what is in the pipeline today.
AHEAD: tuple[date, ...] = tuple(date(2026, number, 1) for number in range(7, 12))

# Days off on weekdays and working days at weekends, by the State Council's notices.
_OFF = (
    ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)  # fmt: skip
_ON = frozenset(
    map(
        date.fromisoformat,
        (
            "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04",
            "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        ),
    )
)  # fmt: skip

# More is signed towards the end of a month, and in the middle of a week.
_THIRDS = (0.9, 0.95, 1.18)
_WEEKDAYS = (0.92, 1.04, 1.08, 1.02, 0.94, 0.97, 0.97)


@cache
def is_selling(day: date) -> bool:
    """Return whether the company works on `day`."""
    if day in _ON:
        return True
    off = any(date.fromisoformat(a) <= day <= date.fromisoformat(b) for a, b in _OFF)
    return day.weekday() < 5 and not off


@cache
def selling_days(month: date) -> tuple[date, ...]:
    """Return the selling days of a month."""
    days = monthrange(month.year, month.month)[1]
    return tuple(day for n in range(1, days + 1) if is_selling(day := month.replace(day=n)))


def some_day(rng: np.random.Generator, month: date, away: tuple[date, date] | None = None) -> date:
    """Draw a selling day of `month` outside `away`, busier ones more often."""
    days, weights = _busyness(month, away)
    return days[pick(rng, weights)]


@cache
def _busyness(
    month: date, away: tuple[date, date] | None
) -> tuple[tuple[date, ...], tuple[float, ...]]:
    """Return the days to draw from, and how busy each is."""
    days = [day for day in selling_days(month) if not (away and away[0] <= day <= away[1])]
    days = days or [selling_days(month)[-1]]
    weights = [_THIRDS[min(2, (day.day - 1) // 10)] * _WEEKDAYS[day.weekday()] for day in days]
    return tuple(days), tuple(weights)


def pick(rng: np.random.Generator, weights: Sequence[float]) -> int:
    """Draw a position by weight, a dozen times as fast as `rng.choice` for few."""
    steps = list(accumulate(weights))
    return min(bisect_right(steps, rng.random() * steps[-1]), len(steps) - 1)


@cache
def working(day: date) -> date:
    """Return `day`, or the next selling day after it."""
    while not is_selling(day):
        day += timedelta(days=1)
    return day


def at_work(day: date, number: int) -> datetime:
    """Return a moment of that day within working hours; `number` keeps moments distinct."""
    return datetime(day.year, day.month, day.day, 9 + number % 9, number * 7 % 60, number * 13 % 60)


def month_of(day: date) -> date:
    """Return the first day of the month of `day`."""
    return day.replace(day=1)


def stamp(month: date) -> str:
    """Write a month as '2026-03'."""
    return month.isoformat()[:7]
