"""Count quarters and years as the company does: a fiscal year may begin in any month.

    >>> fiscal_year(date(2026, 2, 1), first_month=4)
    Period(year=2025, quarter=None, months=(datetime.date(2025, 4, 1), ...))

A fiscal year is named by the calendar year in which it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.periods.months import month_before
from analytics.ratio import safe_ratio


@dataclass(frozen=True)
class Period:
    """A fiscal year, or one of its quarters (1 to 4), with the first days of its months."""

    year: int
    quarter: int | None
    months: tuple[date, ...]


@dataclass(frozen=True)
class Sum:
    """The sums of the target and the actual over a period.

    `target` is the sum of the targets of its months, `with_target` how many have
    one; `actual` is what is in so far.
    """

    period: Period
    target: Decimal
    with_target: int
    actual: Decimal

    @property
    def attained(self) -> float | None:
        """Return actual ÷ target; None where a month has no target, for its actual would count."""
        return safe_ratio(self.actual, self.target) if self.whole else None

    @property
    def whole(self) -> bool:
        """Return whether every month has a target."""
        return self.with_target == len(self.period.months)

    @property
    def open(self) -> Decimal:
        """Return what is still missing from the target, never below 0."""
        return max(self.target - self.actual, Decimal(0))


def fiscal_year(month: date, first_month: int = 1) -> Period:
    """Return the fiscal year that holds a month; raises ValueError for no month of the year."""
    if not 1 <= first_month <= 12:
        raise ValueError(f"a fiscal year begins in a month from 1 to 12, not {first_month}")
    year = month.year if month.month >= first_month else month.year - 1
    first = date(year, first_month, 1)
    return Period(year, None, tuple(month_before(first, -step) for step in range(12)))


def fiscal_quarter(month: date, first_month: int = 1) -> Period:
    """Return the quarter of the fiscal year that holds a month."""
    year = fiscal_year(month, first_month)
    at = year.months.index(month.replace(day=1)) // 3
    return Period(year.year, at + 1, year.months[at * 3 : at * 3 + 3])


def add_up(
    period: Period, targets: Mapping[date, Decimal | None], actuals: Mapping[date, Decimal]
) -> Sum:
    """Return the sum of a period, from the target and the actual of each month."""
    known = [target for month in period.months if (target := targets.get(month)) is not None]
    actual = sum((actuals.get(month, Decimal(0)) for month in period.months), Decimal(0))
    return Sum(period, sum(known, Decimal(0)), len(known), actual)
