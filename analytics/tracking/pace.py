"""Compute the pace of a month: attainment, gap, what each day must bring and what it brought.

    >>> from analytics.plan.phased_target import phase
    >>> pace(Decimal("480"), Decimal("1000"), phase(Decimal("1000"), march), march, as_of)

Money is Decimal, ratios are float. What is not known is None: no target, no
working day gone or left, nothing sold to compare with; never 0, never infinity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.periods.calendar import Calendar, gone_and_left
from analytics.periods.months import days_with_data
from analytics.plan.phased_target import target_to_date
from analytics.ratio import safe_ratio

_TEN_THOUSANDTH = Decimal("0.0001")


@dataclass(frozen=True)
class Pace:
    """The pace of a month; `gap` is actual − target, negative where money is missing.

    `required_daily` is what each working day left must bring, 0 once the
    target is reached; `difficulty` is that ÷ what a day brought so far.
    `days_ahead` is in working days, negative when behind; it stops at the
    month's end for those who have passed the whole target. `days_counted` are the days gone that
    `achieved_daily` divides by: all of them, or those since the data begin in the month's middle.
    """

    actual: Decimal
    target: Decimal | None
    target_to_date: Decimal | None
    attainment: float | None
    attainment_to_date: float | None
    gap: Decimal | None
    days_gone: int
    days_counted: int
    days_left: int
    required_daily: Decimal | None
    achieved_daily: Decimal | None
    difficulty: float | None
    days_ahead: float | None


def pace(
    actual: Decimal,
    target: Decimal | None,
    daily: Mapping[date, Decimal] | None,
    calendar: Calendar,
    as_of: date,
    begins: date | None = None,
) -> Pace:
    """Return the pace of the one month that `calendar` covers, seen on the evening of `as_of`.

    `daily` is the phased target of the same month (see `target.phase`), `begins` the first day
    that the data know anything of.
    """
    gone, left = gone_and_left(calendar, calendar[0].day, calendar[-1].day, as_of)
    to_date = target_to_date(daily, as_of) if daily and target is not None else None
    required = _a_day(max(target - actual, Decimal(0)), left) if target is not None else None
    counted = days_with_data(calendar, as_of, begins)
    achieved = _a_day(actual, counted)
    selling = [day.day for day in calendar if day.selling]
    return Pace(
        actual=actual,
        target=target,
        target_to_date=to_date,
        attainment=_share(actual, target),
        attainment_to_date=_share(actual, to_date),
        gap=None if target is None else actual - target,
        days_gone=gone,
        days_counted=counted,
        days_left=left,
        required_daily=required,
        achieved_daily=achieved,
        difficulty=_share(required, achieved),
        days_ahead=_ahead(actual, daily, selling, gone) if _positive(target) else None,
    )


def _positive(value: Decimal | None) -> bool:
    return value is not None and value > 0


def _share(part: Decimal | None, whole: Decimal | None) -> float | None:
    """A share of something there is; of nothing or less it would turn around."""
    return safe_ratio(part, whole) if _positive(whole) else None


def _a_day(money: Decimal, days: int) -> Decimal | None:
    return (money / days).quantize(_TEN_THOUSANDTH) if days else None


def _ahead(
    actual: Decimal, daily: Mapping[date, Decimal] | None, selling: list[date], gone: int
) -> float | None:
    """The working day at which the target curve equals the actual, minus the days gone."""
    if not daily or not selling:
        return None
    reached, curve = 0.0, Decimal(0)
    for number, day in enumerate(selling, start=1):
        step = daily.get(day, Decimal(0))
        if curve + step > actual:
            return number - 1 + max(float((actual - curve) / step), 0.0) - gone
        curve, reached = curve + step, float(number)
    return reached - gone
