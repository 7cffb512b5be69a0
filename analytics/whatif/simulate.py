"""Simulate the month's end with drivers moved, in closed form.

    >>> base = baseline(standing, target=Decimal("1200000"))
    >>> outcome(base, Drivers()).p50 == standing.forecast.p50
    True
    >>> tornado(base)                            # which driver matters most
    >>> goal_seek(base, "win_rate").value        # what it would take
    1.18

What is in stays in. What the rest of the month still brings is multiplied (see
`analytics.whatif.rest`), and the forecast's own calibrated distribution with it, so
that nothing moved is exactly the week page's forecast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf, isfinite
from typing import Literal

import pandas as pd

from analytics.forecast.backtest import Spread
from analytics.forecast.month_end import Forecast, probability
from analytics.review.response import Curve
from analytics.tracking.standing import Standing
from analytics.whatif.drivers import (
    BUDGET,
    HIGHEST,
    PLAIN,
    STAGE,
    UNCHANGED,
    Drivers,
    moved_to,
    value_of,
)
from analytics.whatif.rest import Baseline, Place, rest_factor

COLUMNS = ("driver", "low", "high", "swing")

Reason = Literal["over", "no_forecast", "no_target", "no_effect", "out_of_reach", "reached"]

_TEN_THOUSANDTH = Decimal("0.0001")
_HIGHEST_SOUGHT = 3.0
_LOWEST_CYCLE = 0.1
_STEPS = 25  # halvings: closer than any slider can be set


@dataclass(frozen=True)
class Outcome:
    """The month's end under a scenario; `gap` is target − p50, `rest` the factor on the rest.

    `held` names the drivers that were held back: a rate at 1, a budget at what
    was ever spent, a cycle at what is open.
    """

    p10: Decimal | None
    p50: Decimal | None
    p90: Decimal | None
    probability: float | None
    gap: Decimal | None
    rest: float
    held: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sought:
    """The factor a driver would need, or None and why."""

    value: float | None
    reason: Reason | None = None


def baseline(
    standing: Standing,
    target: Decimal | None = None,
    *,
    places: tuple[Place, ...] = (),
    stages: tuple[str, ...] = (),
    curves: tuple[tuple[float, Curve], ...] = (),
    most_open: float = inf,
    rates: dict[str, float] | None = None,
) -> Baseline:
    """Return the baseline of a month as the week page shows it.

    `target` is the standing's own if None.

    `places` see `analytics.whatif.pipeline_left.places`; without them every one of
    `stages` lies ahead of everything.
    """
    forecast = standing.forecast
    last = max(standing.curve["day"])
    return Baseline(
        forecast=forecast,
        target=target if target is not None else standing.pace.target,
        days_left=max((last - forecast.as_of).days, 0),
        places=places or (Place(None, 1.0, stages),),
        curves=curves,
        most_open=most_open,
        rates=tuple(sorted((rates or {}).items())),
    )


def drivers_of(base: Baseline) -> tuple[str, ...]:
    """Return the ids of every driver that this baseline has a slider for."""
    stages = dict.fromkeys(stage for place in base.places for stage in place.ahead)
    budgets = (BUDGET + curve.channel for _, curve in base.curves)
    return (*PLAIN, *(STAGE + stage for stage in stages), *budgets)


def outcome(base: Baseline, drivers: Drivers) -> Outcome:
    """Return the month's end with the drivers moved.

    At `Drivers()` the forecast itself, exactly.
    """
    factor, held = rest_factor(base, drivers)
    seen = base.forecast
    moved = replace(
        seen,
        p10=_end(seen, seen.p10, 0.1, factor),
        p50=_end(seen, seen.p50, 0.5, factor),
        p90=_end(seen, seen.p90, 0.9, factor),
        spread=_scaled(seen.spread, factor),
    )
    return Outcome(
        p10=moved.p10,
        p50=moved.p50,
        p90=moved.p90,
        probability=probability(moved, base.target) if base.target is not None else None,
        gap=None if base.target is None or moved.p50 is None else base.target - moved.p50,
        rest=factor,
        held=held,
    )


def tornado(base: Baseline, step: float = 0.1, drivers: Drivers | None = None) -> pd.DataFrame:
    """Return driver, low, high, swing: p50 with each driver alone at 1 − step and 1 + step.

    The widest swing first. Around `drivers`, where a scenario is on.
    """
    around = drivers or Drivers()
    rows: list[tuple[str, Decimal, Decimal, Decimal]] = []
    for driver in drivers_of(base):
        at = value_of(around, driver)
        less, more = (
            outcome(base, moved_to(around, driver, min(at * factor, HIGHEST))).p50
            for factor in (UNCHANGED - step, UNCHANGED + step)
        )
        if less is not None and more is not None:
            rows.append((driver, less, more, abs(more - less)))
    rows.sort(key=lambda row: (-row[3], row[0]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def goal_seek(
    base: Baseline, driver: str, target: Decimal | None = None, drivers: Drivers | None = None
) -> Sought:
    """Return the factor of `driver` at which p50 reaches the target, the others as in `drivers`.

    None with a reason: the month is "over", there is "no_forecast" or
    "no_target", the driver has "no_effect" here, the target is "out_of_reach"
    even at the end of what is believable, or "reached" without it.
    """
    around, goal = drivers or Drivers(), target if target is not None else base.target
    if base.forecast.method == "actual":
        return Sought(None, "over")
    if base.forecast.p50 is None:
        return Sought(None, "no_forecast")
    if goal is None:
        return Sought(None, "no_target")

    def at(value: float) -> Decimal:
        return outcome(base, moved_to(around, driver, value)).p50 or Decimal(0)

    worst, best = (_HIGHEST_SOUGHT, _LOWEST_CYCLE) if driver == "cycle" else (0.0, _HIGHEST_SOUGHT)
    if at(worst) >= goal:
        return Sought(None, "reached")
    if at(best) < goal:
        return Sought(None, "no_effect" if at(best) == at(worst) else "out_of_reach")
    for _ in range(_STEPS):
        middle = (worst + best) / 2
        worst, best = (worst, middle) if at(middle) >= goal else (middle, best)
    return Sought(best)


def _end(seen: Forecast, mark: Decimal | None, share: float, factor: float) -> Decimal | None:
    if mark is None or seen.method == "actual":
        return mark
    # From the distribution where there is one: the very figures that the forecast rounded.
    rest = seen.spread.quantile(share) if seen.spread else float(mark - seen.actual)
    return seen.actual + Decimal(rest * factor).quantize(_TEN_THOUSANDTH)


def _scaled(spread: Spread | None, factor: float) -> Spread | None:
    if spread is None:
        return None
    floor = spread.floor * factor if isfinite(spread.floor) else spread.floor
    return replace(spread, centre=spread.centre * factor, width=spread.width * factor, floor=floor)
