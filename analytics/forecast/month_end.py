"""Forecast where the month ends: what is in, plus what the rest of it usually brings.

    >>> forecast = month_end(daily, calendar, date(2026, 3, 1), date(2026, 3, 18))
    >>> forecast.p10, forecast.p50, forecast.p90
    >>> probability(forecast, Decimal("1200000"))

`blend` foresees the rest of the month, `backtest` the band around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from analytics.forecast import backtest, blend
from analytics.forecast.accuracy import bias, wape
from analytics.forecast.backtest import Replay, Spread
from analytics.periods.calendar import Calendar
from analytics.periods.months import Month, as_date, days_with_data, months, values, whole_months

FEWEST_MONTHS = 3

_FEWEST_REPLAYS = 2
_TEN_THOUSANDTH = Decimal("0.0001")

# As multiples of the best month ever seen: what is left of a month is not believed to bring more.
_MOST_REST, _WIDEST_BAND = 3.0, 10.0


@dataclass(frozen=True)
class Forecast:
    """The month's end. p10 and p90 are None with thin data, p50 with none at all.

    `months` is how many whole months stood behind it; `wape` and `bias` are of
    `track`. `method` is "actual" (the month is over), "blend", "run_rate" (no
    past month), "refused" (far above any month so far) or "none". `curve` is the share
    of the rest that usually is in by the evening of each day still to come. `rests_on` are
    the past months that alone say what it brings while none of its own selling days is over.
    """

    month: date
    as_of: date
    actual: Decimal
    p10: Decimal | None
    p50: Decimal | None
    p90: Decimal | None
    method: str
    thin: bool
    months: int
    wape: float | None = None
    bias: float | None = None
    track: tuple[Replay, ...] = ()
    curve: tuple[tuple[date, float], ...] = ()
    spread: Spread | None = None
    rests_on: tuple[date, ...] = ()


def month_end(
    daily: pd.DataFrame,
    calendar: Calendar,
    month: date,
    as_of: date,
    begins: date | None = None,
) -> Forecast:
    """Return the forecast of `month` as seen on the evening of `as_of`.

    `daily` has date and value, one row a day: the past months and this one;
    what lies after `as_of` is not looked at. A month that has not begun is
    foreseen from the months that are over, its band from replays that look as
    far ahead. `calendar` covers the past months and the whole of this one. With
    fewer than three past months there is no band (`thin`). A rest of the month that is
    several times the best month so far is refused: then there is no figure at all, and
    `method` is "refused"; a band that wide is left out alone. `begins` is the first day that the
    data know anything of: a month before which there is none is foreseen from the days since.
    """
    # Seen from before the month, a month that still runs is not a whole one.
    past = [
        earlier for earlier in whole_months(daily, calendar, month) if earlier.days[-1] <= as_of
    ]
    # Looked back on, a month ends with its own last day, however late "today" is.
    until = min(as_of, max(day.day for day in calendar if _same_month(day.day, month)))
    inside = np.array([month <= as_date(day) <= until for day in daily["date"]], dtype=bool)
    seen = daily.loc[inside]
    this = _this(calendar, seen, month)
    actual = sum((Decimal(str(value)) for value in seen["value"]), Decimal(0))
    if as_of >= this.days[-1]:
        return _over(month, as_of, actual, len(past))
    gone, day_off = this.at(as_of)
    if not past:
        own = tuple(day for day in calendar if _same_month(day.day, month))
        counted = days_with_data(own, as_of, begins)
        return _run_rate(this, as_of, actual, counted, this.working_days - gone)
    rest = blend.rest(past, this, gone, day_off)
    replays, errors = backtest.replayed(past, this, gone, day_off)
    thin = len(past) < FEWEST_MONTHS or len(errors) < _FEWEST_REPLAYS
    spread = None if thin else backtest.spread(rest, errors, past, this, gone, day_off)
    best = max(float(actual), *(earlier.total for earlier in past), 0.0)
    if spread is not None and spread.quantile(0.9) > _WIDEST_BAND * best:
        thin, spread = True, None
    marks = [None if spread is None else spread.quantile(share) for share in (0.1, 0.5, 0.9)]
    middle = marks[1] if marks[1] is not None else rest
    if middle > _MOST_REST * best:
        return Forecast(month, as_of, actual, None, None, None, "refused", True, len(past))
    p10, p50, p90 = (_plus(actual, mark) for mark in (marks[0], middle, marks[2]))
    actuals = [replay.actual for replay in replays]
    forecasts = [replay.forecast for replay in replays]
    return Forecast(
        month=month,
        as_of=as_of,
        actual=actual,
        p10=p10,
        p50=p50,
        p90=p90,
        method="blend",
        thin=thin,
        months=len(past),
        wape=wape(actuals, forecasts),
        bias=bias(actuals, forecasts),
        track=replays,
        curve=blend.curve(past, this, as_of),
        spread=spread,
        rests_on=() if gone else tuple(known.start for known in blend.recent_of(past)),
    )


def probability(forecast: Forecast, target: Decimal) -> float | None:
    """Return the probability that the month ends at `target` or above; None where data are thin."""
    if forecast.method == "actual":
        return float(forecast.actual >= target)
    if forecast.spread is None:
        return None
    return 1.0 - forecast.spread.below(float(target - forecast.actual))


def band(forecast: Forecast) -> pd.DataFrame:
    """Return date, p10, p50, p90: the cumulative path from as-of to the month's end, as floats.

    Every path starts at the actual and ends at its figure; p10 and p90 are NaN
    where data are thin; no rows where there is no forecast.
    """
    start = float(forecast.actual)
    marks = {"p10": forecast.p10, "p50": forecast.p50, "p90": forecast.p90}
    days = [forecast.as_of, *(day for day, _ in forecast.curve)]
    shares = np.array([0.0, *(share for _, share in forecast.curve)])
    if forecast.p50 is None or forecast.method == "actual":
        days, shares = [], np.array([])
    paths = {
        name: start + shares * (np.nan if mark is None else float(mark) - start)
        for name, mark in marks.items()
    }
    return pd.DataFrame({"date": days, **paths})


def _this(calendar: Calendar, seen: pd.DataFrame, month: date) -> Month:
    days = tuple(day for day in calendar if _same_month(day.day, month))
    (this,) = months(days, values(seen, date.max))
    return this


def _same_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _over(month: date, as_of: date, actual: Decimal, known: int) -> Forecast:
    return Forecast(month, as_of, actual, actual, actual, actual, "actual", False, known)


def _run_rate(this: Month, as_of: date, actual: Decimal, counted: int, left: int) -> Forecast:
    """No past month: every working day left brings what one of those counted brought."""
    if not counted:
        return Forecast(this.start, as_of, actual, None, None, None, "none", True, 0)
    p50 = _plus(actual, float(actual) / counted * left)
    curve = blend.curve([], this, as_of)
    return Forecast(this.start, as_of, actual, None, p50, None, "run_rate", True, 0, curve=curve)


def _plus(actual: Decimal, rest: float | None) -> Decimal | None:
    return None if rest is None else actual + Decimal(rest).quantize(_TEN_THOUSANDTH)
