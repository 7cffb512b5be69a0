"""Split the rest of the month by where it comes from.

Open deals by stage, and deals still to be created.

    >>> share = frame(new_share, scope, days_left)
    >>> places(by_stage, ("Lead", "Proposal", "Won"), {"Lead": 0.4, "Proposal": 0.5}, 0.2)

A place of the what-if is a part of what the rest of the month brings; a slider
moves only the parts that still have its stage before them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import inf

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.pipeline.funnel import deals
from analytics.ratio import ratio
from analytics.whatif.rest import Place
from domain.scope import Scope

_YEAR = 365

# A conversion nobody has measured: neither sure nor hopeless.
_UNKNOWN_RATE = 0.5


def new_share(scope: Scope, days_left: int) -> ir.Table:
    """Return one row, share.

    The part of won value whose deals are created and won within `days_left`.

    From deals won in the year before as-of: of those won on any one of d days,
    a deal with a cycle of c days was created within them with the chance
    1 − c ÷ d. Weighed by value. Null where nothing was won.
    """
    won = deals(scope)
    won = won.filter(
        won.status == "won",
        won.closed.between(scope.as_of - timedelta(days=_YEAR), scope.as_of),
        won.days >= 0,
        won.amount > 0,
    )
    amount = won.amount.cast("float64")
    chance = ibis.greatest(1 - (won.days + 1).cast("float64") / max(days_left, 1), 0.0)
    return won.aggregate(share=ratio((amount * chance).sum(), amount.sum()))


def places(
    by_stage: pd.DataFrame,
    order: Sequence[str],
    conversions: Mapping[str, float | None],
    new: float | None,
) -> tuple[Place, ...]:
    """Return the places of the rest; their shares sum to 1.

    `by_stage` is `funnel.by_stage` (its open rows count, at their amount or
    else their list price), `order` the stages with the winning one last,
    `conversions` the rate out of each stage. An open deal weighs its money ×
    the chance to come through; `new` (see `new_share`) goes to deals to come,
    all of it where nothing is open or nothing is known.
    """
    ahead = {stage: tuple(order[at:-1]) for at, stage in enumerate(order[:-1])}
    weights = _weights(by_stage, ahead, conversions)
    whole = sum(weights.values())
    if whole <= 0 or new is None or pd.isna(new):
        return (Place(None, 1.0, tuple(order[:-1])),)
    new = min(max(float(new), 0.0), 1.0)
    open_ = [
        Place(stage, (1 - new) * weight / whole, ahead[stage]) for stage, weight in weights.items()
    ]
    return (Place(None, new, tuple(order[:-1])), *open_)


def most_open(by_stage: pd.DataFrame, expected: float | None, new: float | None) -> float:
    """Return open money ÷ what the forecast expects of it.

    How often a shorter cycle can multiply it.

    `expected` is p50 − actual. Never below 1, infinite where nothing is known.
    """
    open_rows = by_stage[by_stage["status"] == "open"]
    money = float(open_rows["value"].sum()) + float(open_rows["list_price_value"].sum())
    part = (expected or 0.0) * (1 - (0.0 if new is None or pd.isna(new) else float(new)))
    return max(money / part, 1.0) if part > 0 and money > 0 else inf


def _weights(
    by_stage: pd.DataFrame,
    ahead: Mapping[str, tuple[str, ...]],
    conversions: Mapping[str, float | None],
) -> dict[str, float]:
    weights: dict[str, float] = {}
    for row in by_stage.to_dict("records"):
        stage = row["stage"]
        if row["status"] != "open" or stage not in ahead:
            continue
        chance = 1.0
        for next_stage in ahead[stage]:
            rate = conversions.get(next_stage)
            chance *= _UNKNOWN_RATE if rate is None or pd.isna(rate) else float(rate)
        money = max(float(row["value"]) + float(row["list_price_value"]), 0.0)
        weights[stage] = weights.get(stage, 0.0) + money * chance
    return {stage: weight for stage, weight in weights.items() if weight > 0}
