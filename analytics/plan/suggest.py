"""Suggest a target for the month ahead, with its reasons.

    >>> suggestion = suggest(daily, calendar, date(2026, 4, 1), date(2026, 3, 31))
    >>> suggestion.floor, suggestion.target, suggestion.stretch
    >>> suggestion.reasons["last_year"], suggestion.reasons["growth"], suggestion.probability

The trend (the same month last year × the growth of the last months on theirs)
where it is reached with a probability of 60 to 70 %; where the trend asks for
less or for more, the nearer end of that range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

import pandas as pd

from analytics.forecast.month_end import Forecast, month_end, probability
from analytics.periods.calendar import Calendar
from analytics.periods.months import month_before
from analytics.plan.outlook import history, proposed

# As probabilities of being reached.
_EASIEST, _HARDEST = 0.7, 0.6
_FLOOR, _STRETCH = 0.9, 0.25

_GROWTH_MONTHS = 12
_FEWEST_GROWTH_MONTHS = 3
_DIGITS = 3
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Suggestion:
    """Three levels rounded to three digits, None where data are too thin for a probability.

    `reasons` by id, None where not known: forecast_p50, last_year, growth,
    trend, easiest (70 %), hardest (60 %).
    """

    floor: Decimal | None
    target: Decimal | None
    stretch: Decimal | None
    probability: float | None
    forecast: Forecast
    reasons: Mapping[str, Decimal | float | None]


def suggest(daily: pd.DataFrame, calendar: Calendar, month: date, as_of: date) -> Suggestion:
    """Suggest the levels of `month`, as seen on `as_of`; `daily` has date and value.

    With less history than a band needs there is a P50 and no target, nor where the months differ
    so much that a floor would be nothing, or where the month is over. No level is below what
    the month has brought already.
    """
    forecast = month_end(daily, calendar, month, as_of)
    past = history(daily, min(as_of, date.fromordinal(month.toordinal() - 1)))
    last_year, growth = _last_year(past, month), usual_growth(past)
    trend = (
        None
        if last_year is None or growth is None
        else (last_year * Decimal(1 + growth)).quantize(_CENT)
    )
    easiest, hardest = proposed(forecast, _EASIEST), proposed(forecast, _HARDEST)
    target = None
    if easiest is not None and hardest is not None:
        wanted = trend if trend is not None else (easiest + hardest) / 2
        target = _round(min(max(wanted, easiest), hardest), forecast.actual)
    return Suggestion(
        floor=_round(proposed(forecast, _FLOOR), forecast.actual),
        target=target,
        stretch=_round(proposed(forecast, _STRETCH), forecast.actual),
        probability=None if target is None else probability(forecast, target),
        forecast=forecast,
        reasons={
            "forecast_p50": forecast.p50,
            "last_year": last_year,
            "growth": growth,
            "trend": trend,
            "easiest": easiest,
            "hardest": hardest,
        },
    )


def usual_growth(past: pd.DataFrame) -> float | None:
    """Return the last twelve whole months ÷ the same months a year before, − 1: a ratio of sums.

    `past` is `plan.history`. None with less than three months that can be compared.
    """
    comparable = past[past["change"].notna()].tail(_GROWTH_MONTHS)
    if len(comparable) < _FEWEST_GROWTH_MONTHS:
        return None
    now, then = sum(comparable["value"], Decimal(0)), sum(comparable["last_year"], Decimal(0))
    return float(now / then) - 1


def _last_year(past: pd.DataFrame, month: date) -> Decimal | None:
    same_month = past[(past["month"] == month_before(month, 12)) & past["whole"].astype(bool)]
    value = same_month["value"].iloc[0] if len(same_month) else None
    return value if value is not None and value > 0 else None


def _round(value: Decimal | None, brought: Decimal) -> Decimal | None:
    """To three digits, as a target is said aloud, upwards where it would be below `brought`."""
    if value is None or not value:
        return value
    step = Decimal(1).scaleb(max(value.adjusted() - _DIGITS + 1, -2))
    nearest = (value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
    if nearest < brought <= value:
        nearest = (value / step).quantize(Decimal(1), ROUND_CEILING) * step
    return nearest.quantize(_CENT)
