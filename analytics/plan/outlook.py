"""Look back and ahead before a target is set: what months brought, and how likely a target is.

    >>> history(daily, date(2026, 3, 18))
           month       value  last_year  change  whole
    >>> from analytics.forecast.month_end import month_end, probability
    >>> ahead = month_end(daily, calendar, date(2026, 4, 1), date(2026, 3, 18))
    >>> probability(ahead, Decimal("1200000"))           # of reaching a target
    >>> target_at(ahead, 0.65)                           # the target of a probability

A month that has not begun is foreseen by the same `month_end` as a running one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd

from analytics.forecast.month_end import Forecast
from analytics.periods.months import as_date, began_late, month_before, months_between
from analytics.ratio import safe_ratio

COLUMNS = ("month", "value", "last_year", "change", "whole")

_CENT = Decimal("0.01")
# The probability at which the cautious end of a forecast is reached.
_CAUTIOUS = 0.9


def history(daily: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return month, value, last_year, change, whole.

    One row a month from the first day sold to `as_of`.

    `daily` has date and value. Money is Decimal; a month without sales has 0.
    `last_year` is the same month a year earlier, None where the data do not
    reach. `change` is null against a part month, and for one (trap 7): a month
    that still runs, or in whose middle the data begin, is not `whole`.
    """
    brought = _by_month(daily, as_of)
    if not brought:
        return pd.DataFrame(columns=list(COLUMNS))
    first = min(as_date(day) for day in daily["date"])
    months = _months(min(brought), as_of.replace(day=1))
    whole = {month: _whole(month, first, as_of) for month in months}
    rows = []
    for month in months:
        value = brought.get(month, Decimal(0))
        year_ago = month_before(month, 12)
        last_year = brought.get(year_ago, Decimal(0)) if year_ago in whole else None
        comparable = whole[month] and whole.get(year_ago, False)
        known = last_year if comparable and last_year and last_year > 0 else None
        change = safe_ratio(value - known, known) if known else None
        rows.append((month, value, last_year, change, whole[month]))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"value": object, "last_year": object, "change": "float64"}
    )


def target_at(forecast: Forecast, share: float) -> Decimal | None:
    """Return the target that is reached with the probability `share`, to the cent.

    The inverse of `forecast.probability`: a higher share is a lower target.
    None where data are too thin for a band. A month that is over has only its
    actual. Raises ValueError for a share that is not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"a probability lies between 0 and 1, not {share}")
    if forecast.method == "actual":
        return forecast.actual
    if forecast.spread is None:
        return None
    rest = Decimal(forecast.spread.quantile(1 - share))
    return (forecast.actual + rest).quantize(_CENT)


def proposed(forecast: Forecast, share: float) -> Decimal | None:
    """Return `target_at` where it is fit to be proposed, else None.

    Not of a month that is over, nor of months so different that one in ten would bring nothing.
    """
    least = target_at(forecast, _CAUTIOUS)
    if forecast.method == "actual" or least is None or least <= 0:
        return None
    return target_at(forecast, share)


def _by_month(daily: pd.DataFrame, as_of: date) -> dict[date, Decimal]:
    brought: dict[date, Decimal] = {}
    for day, value in zip(daily["date"], daily["value"], strict=True):
        day = as_date(day)
        if day <= as_of:
            month = day.replace(day=1)
            brought[month] = brought.get(month, Decimal(0)) + Decimal(str(value))
    return brought


def _months(first: date, last: date) -> list[date]:
    return [month_before(first, -step) for step in range(months_between(first, last) + 1)]


def _whole(month: date, first: date, as_of: date) -> bool:
    late = first.replace(day=1) == month and began_late(month, first)
    return not late and month_before(month, -1) <= as_of.fromordinal(as_of.toordinal() + 1)
