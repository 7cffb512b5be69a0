"""A month that has not begun is foreseen whole, whatever days off other months begin with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.forecast.month_end import month_end
from analytics.periods.calendar import Day
from analytics.periods.months import months

YEAR = [day.date() for day in pd.date_range(date(2026, 1, 1), date(2026, 12, 31))]


def calendar(off: int) -> tuple[Day, ...]:
    """A year whose months begin with so many days off; all others are selling days."""
    return tuple(Day(day, day.day > off, False, None, True) for day in YEAR)


@pytest.mark.parametrize(
    ("off", "first", "later"),
    [
        (0, 0, 100), (1, 40, 60), (2, 10, 90), (3, 50, 50), (5, 100, 0), (8, 99, 1),
    ],
)  # fmt: skip
def test_what_days_off_brought_is_not_taken_from_a_month_that_has_not_begun(
    off: int, first: int, later: int
) -> None:
    """Six months of 100 each, a part of it on the 1st: the seventh brings 100 a usual month."""
    sold = [
        (date(2026, month, day), Decimal(money))
        for month in range(1, 7)
        for day, money in ((1, first), (20, later))
    ]
    daily = pd.DataFrame(sold, columns=["date", "value"])
    year = calendar(off)
    expected = month_end(daily, year, date(2026, 7, 1), date(2026, 6, 30))
    selling = {month: sum(day.selling for day in year if day.day.month == month)
               for month in range(1, 8)}  # fmt: skip
    rates = [100 / selling[month] for month in range(1, 7)]
    assert min(rates) * selling[7] <= float(expected.p50 or 0) <= max(rates) * selling[7]


@pytest.mark.parametrize("off", [0, 1, 3])
def test_nothing_is_in_before_a_month_begins(off: int) -> None:
    (july,) = [
        month
        for month in months(calendar(off), {date(2026, 7, 1): 5.0, date(2026, 7, 9): 7.0})
        if month.start == date(2026, 7, 1)
    ]
    assert july.into(0, rest=False) == 0
    assert july.into(*july.at(date(2026, 6, 30))[:1], rest=False) == 0
    assert july.into(july.at(date(2026, 7, 31))[0], rest=True) == 12
