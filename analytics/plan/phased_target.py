"""Phase a month's target over its days.

    >>> daily = phase(Decimal("100"), days_of_march)   # sums to 100.00 exactly
    >>> target_to_date(daily, date(2026, 3, 18))

Day weight = selling day (0 or 1) × weekday index, where a make-up Saturday or
Sunday takes the mean index of working days; a day's target is the month's ×
its weight ÷ the sum of weights, rounded by largest remainder.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor, isfinite
from typing import TypeVar

import pandas as pd

from analytics.periods.calendar import Calendar
from analytics.ratio import Number

Key = TypeVar("Key", bound=Hashable)

_CENT = Decimal("0.01")

# Below this many days of a weekday its mean says more about chance than about the day.
_FEWEST_DAYS = 4


def split(total: Decimal, weights: Mapping[Key, Number]) -> dict[Key, Decimal]:
    """Split `total` by the weights into parts to the cent that add up to it exactly.

    >>> split(Decimal("100"), {"a": 1, "b": 1, "c": 1})
    {'a': Decimal('33.34'), 'b': Decimal('33.33'), 'c': Decimal('33.33')}

    Largest remainder; equal remainders go to the first. A total finer than a
    cent is split as fine as it is. Raises ValueError for a negative or not
    finite weight, and for weights that are all 0 or none at all.
    """
    shares = {key: Fraction(weight) for key, weight in weights.items() if _weighs(key, weight)}
    whole = sum(shares.values())
    if not whole:
        raise ValueError("nothing to split by: the weights are all 0")
    unit = _unit(total)
    units = int(abs(total) / unit)
    exact = {key: share * units / whole for key, share in shares.items()}
    parts = {key: floor(value) for key, value in exact.items()}
    most_left = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in most_left[: units - sum(parts.values())]:
        parts[key] += 1
    sign = -1 if total < 0 else 1
    return {key: sign * part * unit for key, part in parts.items()}


def weekday_index(daily: pd.DataFrame, calendar: Calendar) -> dict[int, float] | None:
    """Return how much each weekday (Monday 0) brings against the mean working day (1.0).

    `daily` has date and value; a selling day of the calendar without a row
    brought 0. Holidays and make-up days are left out. None where a weekday was
    seen fewer than four times or nothing was sold: then the days are even.
    """
    brought = {key: float(value) for key, value in zip(daily["date"], daily["value"], strict=True)}
    seen: dict[int, list[float]] = {}
    for day in calendar:
        if day.selling and not day.make_up:
            seen.setdefault(day.day.weekday(), []).append(brought.get(day.day, 0.0))
    means = {weekday: max(sum(days) / len(days), 0.0) for weekday, days in seen.items()}
    level = sum(means.values()) / len(means) if means else 0.0
    if level <= 0 or min(map(len, seen.values())) < _FEWEST_DAYS:
        return None
    return {weekday: mean / level for weekday, mean in sorted(means.items())}


def day_weights(calendar: Calendar, index: Mapping[int, float] | None = None) -> dict[date, float]:
    """Return the weight of every day.

    0 where nothing is sold, 1 or the weekday's index where it is.
    """
    if not index:
        return {day.day: float(day.selling) for day in calendar}
    mean = sum(index.values()) / len(index)
    return {
        day.day: (mean if day.make_up else index.get(day.day.weekday(), mean)) * day.selling
        for day in calendar
    }


def phase(
    target: Decimal, calendar: Calendar, index: Mapping[int, float] | None = None
) -> dict[date, Decimal]:
    """Return the target of each day of the calendar (one month's); the days sum to it exactly.

    A month without any selling day has its target on the last day.
    """
    weights: dict[date, float] = day_weights(calendar, index)
    if not any(weights.values()):
        weights = {day.day: float(day is calendar[-1]) for day in calendar}
    return split(target, weights)


def target_to_date(daily: Mapping[date, Decimal], as_of: date) -> Decimal:
    """Return the sum of the daily targets until the evening of `as_of`."""
    return sum((value for day, value in daily.items() if day <= as_of), Decimal(0))


def _weighs(key: object, weight: Number) -> bool:
    if not isfinite(weight) or weight < 0:
        raise ValueError(f"a weight is a number from 0 up, not {weight} for {key!r}")
    return True


def _unit(total: Decimal) -> Decimal:
    exponent = total.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"a total is a finite number, not {total}")
    return min(_CENT, Decimal(1).scaleb(exponent))
