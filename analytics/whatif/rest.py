"""Compute the factor by which drivers change the rest of the month.

    >>> rest_factor(base, Drivers())
    (1.0, ())

    price × deal size × win rate × head count
         × Σ over the pipeline's places of share × the conversions still ahead
           ÷ the cycle (for deals still to come also × leads × budgets)

A cycle a tenth shorter brings 11.1 % more (velocity), but an open deal cannot
be won twice: at most what is open (`Baseline.most_open`). A higher price is
taken to lose no customer; who thinks it does moves the win rate too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import inf

from analytics.forecast.month_end import Forecast
from analytics.review.response import Curve, lift
from analytics.whatif.drivers import BUDGET, STAGE, UNCHANGED, Drivers, value_of

_RAMP_DAYS = 90.0


@dataclass(frozen=True)
class Place:
    """A part of the rest by its stage: `stage` is None for deals still to be created.

    `share` is its part of the rest, all places sum to 1; `ahead` are the stages
    whose conversion it still has before it.
    """

    stage: str | None
    share: float
    ahead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Baseline:
    """The figures that the sliders move: the week page's forecast and what is known of the rest.

    `places`: see `Place`; with nothing known of the pipeline everything is
    still to be created. `curves`: (part of the leads, curve) by channel.
    `days_left` are calendar days; `most_open` is the most that a shorter cycle
    can multiply the open deals by. `rates` are today's win rate and
    conversions, so that none is moved above 1.
    """

    forecast: Forecast
    target: Decimal | None
    days_left: int
    places: tuple[Place, ...] = (Place(None, 1.0),)
    curves: tuple[tuple[float, Curve], ...] = ()
    most_open: float = inf
    rates: tuple[tuple[str, float], ...] = ()


def rest_factor(base: Baseline, drivers: Drivers) -> tuple[float, tuple[str, ...]]:
    """Return the factor on what the rest brings, and the drivers that were held back.

    1.0 exactly where nothing is moved.
    """
    held: list[str] = []
    rates = dict(base.rates)
    stages = {
        stage: _up_to_one(STAGE + stage, value_of(drivers, STAGE + stage), rates, held)
        for stage in dict.fromkeys(stage for place in base.places for stage in place.ahead)
    }
    coming = drivers.leads * _budgets(base, drivers, held)
    faster = UNCHANGED / drivers.cycle
    if faster > base.most_open:
        held.append("cycle")
    moved = 0.0
    for place in base.places:
        to_come = place.stage is None
        factor = coming * faster if to_come else min(faster, max(base.most_open, UNCHANGED))
        for stage in place.ahead:
            factor *= stages[stage]
        # Added up as changes: without any the sum is 0.0, and the factor 1.0, exactly.
        moved += place.share * (factor - UNCHANGED)
    won = _up_to_one("win_rate", drivers.win_rate, rates, held)
    factor = (UNCHANGED + moved) * won * drivers.deal_size * drivers.price * _heads(base, drivers)
    return factor, tuple(held)


def _up_to_one(driver: str, value: float, rates: dict[str, float], held: list[str]) -> float:
    """A rate of 60 % cannot be doubled."""
    rate = rates.get(driver)
    if rate and value * rate > 1 and value > UNCHANGED:
        held.append(driver)
        return max(1 / rate, UNCHANGED)
    return value


def _budgets(base: Baseline, drivers: Drivers, held: list[str]) -> float:
    change = 0.0
    for share, curve in base.curves:
        factor = value_of(drivers, BUDGET + curve.channel)
        if factor != UNCHANGED:
            lifted = lift(curve, factor)
            change += share * (lifted.factor - UNCHANGED)
            held += [BUDGET + curve.channel] if lifted.held else []
    return UNCHANGED + change


def _heads(base: Baseline, drivers: Drivers) -> float:
    """Those who leave are missed at once; those who come learn for three months first."""
    more = drivers.heads - UNCHANGED
    ready = min(base.days_left / 2 / _RAMP_DAYS, 1.0) if more > 0 else 1.0
    return UNCHANGED + more * ready
