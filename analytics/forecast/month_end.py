"""Forecast where the month ends: what is in, plus what the rest of it usually brings.

    >>> forecast = month_end(daily, calendar, date(2026, 3, 1), date(2026, 3, 18))
    >>> forecast.p10, forecast.p50, forecast.p90
    >>> probability(forecast, Decimal("1200000"))

The rest of the month is a blend, weighed by the share c of a usual month that
is in by now: (1 − c) × (the recent months' money a working day, in season,
phased by the usual curve) + c × (this month's own pace carried on). The band
comes from the errors of the same method replayed on past months at the same
share of the month gone, each time knowing only the months before it: a
Student t around the rest, held at 0 or above unless returns have outweighed sales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import inf, sqrt

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from analytics.forecast.accuracy import bias, wape
from analytics.periods.calendar import Calendar
from analytics.periods.months import Month, as_date, months, values, whole_months
from analytics.periods.season import season_index

FEWEST_MONTHS = 3

# Recent months count more: half as much every three months, a year at most.
_HALF_LIFE = 3.0
_LOOK_BACK = 12
_FEWEST_REPLAYS, _MOST_REPLAYS = 2, 24
_TEN_THOUSANDTH = Decimal("0.0001")

# As multiples of the best month ever seen: what is left of a month is not believed to bring more.
_MOST_REST, _WIDEST_BAND = 3.0, 10.0
# A past error counts at most as double its money, however little was usual at the time.
_LEAST_SIZE = 0.5


@dataclass(frozen=True)
class Replay:
    """A past month as the method would have foreseen it at the same share of the month."""

    month: date
    actual: float
    forecast: float


@dataclass(frozen=True)
class Spread:
    """The calibrated distribution of what is still to come: Student t, nothing below `floor`.

    What the t would put below the floor sits on it: months whose last days brought nothing.
    """

    centre: float
    width: float
    freedom: int
    floor: float

    def below(self, value: float) -> float:
        """Return the probability that the rest stays below `value`."""
        if value <= self.floor:
            return 0.0
        if self.width <= 0:
            return float(value > max(self.centre, self.floor))
        return float(stdtr(self.freedom, (value - self.centre) / self.width))

    def quantile(self, share: float) -> float:
        """Return the value below which the rest stays with the probability `share`."""
        steps = float(stdtrit(self.freedom, share)) if self.width > 0 else 0.0
        return max(self.centre + self.width * steps, self.floor)


@dataclass(frozen=True)
class Forecast:
    """The month's end. p10 and p90 are None with thin data, p50 with none at all.

    `months` is how many whole months stood behind it; `wape` and `bias` are of
    `track`. `method` is "actual" (the month is over), "blend", "run_rate" (no
    past month), "refused" (far above any month so far) or "none". `curve` is the share
    of the rest that usually is in by the evening of each day still to come.
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


def month_end(daily: pd.DataFrame, calendar: Calendar, month: date, as_of: date) -> Forecast:
    """Return the forecast of `month` as seen on the evening of `as_of`.

    `daily` has date and value, one row a day: the past months and this one;
    what lies after `as_of` is not looked at. A month that has not begun is
    foreseen from the months that are over, its band from replays that look as
    far ahead. `calendar` covers the past months and the whole of this one. With
    fewer than three past months there is no band (`thin`). A rest of the month that is
    several times the best month so far is refused: then there is no figure at all, and
    `method` is "refused"; a band that wide is left out alone.
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
        return _run_rate(this, as_of, actual, gone)
    rest = _rest(past, this, gone, day_off)
    replays, errors = _replayed(past, this, gone, day_off)
    thin = len(past) < FEWEST_MONTHS or len(errors) < _FEWEST_REPLAYS
    spread = None if thin else _spread(rest, errors, past, this, gone, day_off)
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
        curve=_curve(past, this, as_of),
        spread=spread,
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


def _run_rate(this: Month, as_of: date, actual: Decimal, gone: int) -> Forecast:
    """No past month: every working day left brings what one brought so far."""
    if not gone:
        return Forecast(this.start, as_of, actual, None, None, None, "none", True, 0)
    p50 = _plus(actual, float(actual) / gone * (this.working_days - gone))
    curve = _curve([], this, as_of)
    return Forecast(this.start, as_of, actual, None, p50, None, "run_rate", True, 0, curve=curve)


def _plus(actual: Decimal, rest: float | None) -> Decimal | None:
    return None if rest is None else actual + Decimal(rest).quantize(_TEN_THOUSANDTH)


def _rest(past: Sequence[Month], this: Month, gone: float, day_off: bool) -> float:
    share = _share_in(past, this, gone, day_off)
    carried = this.into(gone, rest=day_off) * (1 - share) / share if share > 0 else 0.0
    return (1 - share) * _usual(past, this) * (1 - share) + share * carried


def _usual(past: Sequence[Month], this: Month) -> float:
    """What this month would bring as a whole by the recent months and the season."""
    index = season_index([(month.start, month.rate) for month in past])
    recent = past[-_LOOK_BACK:]
    weights = [0.5 ** (age / _HALF_LIFE) for age in range(len(recent) - 1, -1, -1)]
    rates = [month.rate / max(index[month.start.month], 0.05) for month in recent]
    level = float(np.average(rates, weights=weights))
    return level * index[this.start.month] * this.working_days


def _share_in(past: Sequence[Month], this: Month, gone: float, day_off: bool) -> float:
    """The share of a usual month that is in by now: a ratio of sums, pulled to the linear one."""
    recent = past[-_LOOK_BACK:]
    linear = gone / this.working_days
    whole = sum(month.total for month in recent)
    if whole <= 0:
        return linear
    came = sum(month.into(_same(month, this, gone), rest=day_off) for month in recent)
    share = (len(recent) * came / whole + linear) / (len(recent) + 1)
    return min(max(share, 0.0), 1.0)


def _same(other: Month, this: Month, gone: float) -> float:
    """The working days of `other` at the same share of the month, a fraction as a rule."""
    return gone / this.working_days * other.working_days


def _replayed(
    past: Sequence[Month], this: Month, gone: float, day_off: bool
) -> tuple[tuple[Replay, ...], list[float]]:
    """The method on past months, each with only the months before it.

    The errors are in parts of what the month would usually bring, so that they
    carry over to a month of another size. Where next to nothing was usual at the time,
    half of today's size stands in: money divided by nearly nothing says nothing.
    """
    replays, errors = [], []
    least = _LEAST_SIZE * _size(past, this)
    ahead = _between(past[-1].start, this.start)
    for place in range(max(1 + ahead, len(past) - _MOST_REPLAYS), len(past)):
        known, month = past[: place - ahead], past[place]
        then = _same(month, this, gone)
        came = month.into(then, rest=day_off)
        foretold = _rest(known, month, then, day_off)
        replays.append(Replay(month.start, month.total, came + foretold))
        errors.append((month.total - came - foretold) / max(_size(known, month), least))
    return tuple(replays), errors


def _between(last: date, month: date) -> int:
    """The months that lie between the last whole one and the month foreseen."""
    return (month.year - last.year) * 12 + month.month - last.month - 1


def _size(past: Sequence[Month], this: Month) -> float:
    return abs(_usual(past, this)) or 1.0


def _spread(
    rest: float,
    errors: Sequence[float],
    past: Sequence[Month],
    this: Month,
    gone: float,
    day_off: bool,
) -> Spread:
    count, mean = len(errors), float(np.mean(errors))
    # A mean error of few replays is mostly chance: believe a part of it.
    centre = mean * count / (count + 3)
    width = float(np.std(errors, ddof=1)) * sqrt(1 + 1 / count)
    left = [month.total - month.into(_same(month, this, gone), rest=day_off) for month in past]
    floor = 0.0 if min(left) >= -1e-9 else -inf
    size = _size(past, this)
    return Spread(rest + centre * size, width * size, max(count - 1, 2), floor)


def _curve(past: Sequence[Month], this: Month, as_of: date) -> tuple[tuple[date, float], ...]:
    """The share of the rest that is in by each evening: rising from 0 to 1."""
    now = _share_in(past, this, *this.at(as_of))
    shares, path = 0.0, []
    for day in this.days:
        if day > as_of:
            then = _share_in(past, this, *this.at(day))
            shares = max(shares, (then - now) / (1 - now) if now < 1 else 1.0)
            path.append((day, min(shares, 1.0)))
    return (*path[:-1], (path[-1][0], 1.0)) if path else ()
