"""Load what the what-if page starts from: the month's forecast and its drivers.

>>> baseline(scope).forecast.p50
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.periods import months
from analytics.pipeline import funnel, stages, win_rate
from analytics.review import roi, spend_span
from analytics.review.response import Curve, channel_curves
from analytics.whatif import simulate
from analytics.whatif.pipeline_left import most_open, new_share, places
from analytics.whatif.simulate import Baseline
from domain.scope import Scope
from pages.kit.queries import cache, load, targets
from pages.kit.queries.stages import to_the_win


@load.cached("facts", "plan")
def baseline(scope: Scope) -> Baseline:
    """Return the baseline of the scope's month; at its defaults it is the week page's forecast."""
    stand = targets.standing(scope)
    curves = _curves(scope)
    if "deals" not in load.sources():
        return simulate.baseline(stand, curves=curves)
    inside = load.of(scope, "deals")
    by_stage = cache.frame(funnel.by_stage, inside)
    order = to_the_win(by_stage)
    rates = _conversions(inside, order)
    left = max((scope.end - scope.until).days, 0)
    share = cache.frame(new_share, inside, left)["share"].iloc[0] if left else None
    new = None if pd.isna(share) else float(share)
    forecast = stand.forecast
    expected = None if forecast.p50 is None else float(forecast.p50 - forecast.actual)
    won = cache.frame(win_rate.win_rates, inside)["win_rate_of_closed"].iloc[0]
    known = {f"stage:{stage}": rate for stage, rate in rates.items() if rate}
    if not pd.isna(won):
        known["win_rate"] = float(won)
    return simulate.baseline(
        stand,
        places=places(by_stage, order, rates, new) if len(order) > 1 else (),
        curves=curves,
        most_open=most_open(by_stage, expected, new),
        rates=known,
    )


@load.cached("facts")
def spend_until(scope: Scope) -> date | None:
    """Return the last month of the list of spend where it ends before the month before the scope's.

    The budgets then start from what was spent up to it.
    """
    last = cache.frame(roi.months_covered)["last"].iloc[0]
    before = months.month_before(scope.month)
    return None if pd.isna(last) or months.as_date(last) >= before else months.as_date(last)


def _conversions(scope: Scope, order: list[str]) -> dict[str, float | None]:
    """Return the conversion out of each stage over twelve months, None where unknown."""
    if len(order) < 2 or "stage_history" not in load.filled():
        return {}
    start = months.month_before(scope.month, 12)
    rates = cache.frame(stages.conversion, scope, tuple(order), start, scope.as_of)
    return {
        row["stage"]: None if pd.isna(row["conversion"]) else float(row["conversion"])
        for row in rates.to_dict("records")
    }


def _curves(scope: Scope) -> tuple[tuple[float, Curve], ...]:
    """Return (share of sales, response to spend) of every channel with spend."""
    if "spend" not in load.filled():
        return ()
    spent = cache.frame(roi.spent_by_month, scope, "channel")
    listed = cache.frame(spend_span.days_by_month)
    whole = [
        spend_span.stops(listed, months.as_date(month), scope.in_month(month).until) is None
        for month in spent["month"]
    ]
    spent = spent.loc[np.array(whole, dtype=bool)]
    brought = cache.frame(roi.sales_by_month, scope, "channel")
    return channel_curves(spent, brought, scope.month)
