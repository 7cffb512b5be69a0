"""What the review page reads: two periods side by side, and what lies between them.

>>> between(scope, "products", "last_month").bars
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import ibis.expr.types as ir
import pandas as pd

from analytics import (
    actual,
    attribution,
    best,
    bridge,
    customers,
    effort,
    funnel_bridge,
    market,
    plan,
    roi,
    suggest,
)
from analytics.bridge import Bridge
from analytics.causes import Causes, causes
from analytics.compare import Against, compared
from analytics.forecast import month_end
from analytics.roi import Returns
from domain.scope import Scope
from domain.tables import ibis_table
from pages.kit import load

Kind = Literal["products", "customers", "funnel", "target"]

KINDS: tuple[Kind, ...] = ("products", "customers", "funnel", "target")
AGAINST: tuple[Against, ...] = ("last_month", "last_year")


def reviewable(scope: Scope) -> list[date]:
    """The months that can be looked back on, the last whole one first, then the running one."""
    past = plan.history(load.daily(scope), scope.as_of)
    whole = sorted(past.loc[past["whole"], "month"], reverse=True)
    rest = sorted(set(past["month"]) - set(whole), reverse=True)
    return [*whole, *rest] or [scope.month]


def other(scope: Scope, against: Against) -> Scope | None:
    """The scope of the month compared with, until the same working day; None before there is one.

    See `analytics.compare`.
    """
    month = plan.month_before(scope.month, 12 if against == "last_year" else 1)
    found = compared(scope, load.calendar(scope, month), against)
    return replace(scope, month=month, as_of=found.before[1]) if found else None


def bridges(scope: Scope) -> list[Kind]:
    """The bridges that the data allow."""
    filled = load.filled()
    found: list[Kind] = ["products"] if scope.source in ("orders", "deals", "contracts") else []
    found.append("customers")
    if "deals" in filled:
        found.append("funnel")
    # Half a month against a whole target is no bridge.
    if load.target(scope) is not None and load.standing(scope).over:
        found.append("target")
    return found


@load.kept
def between(scope: Scope, kind: Kind, against: Against) -> Bridge | None:
    """The bridge from the other month (or the target) to this one; None where there is none."""
    if kind == "target":
        return _from_target(scope)
    before = other(scope, against)
    if before is None:
        return None
    if kind == "products":
        return bridge.price_volume_mix(_by(before, "product"), _by(scope, "product"))
    if kind == "customers":
        first = load.frame(customers.first_purchases, scope)
        known = frozenset(first.loc[[day < scope.month for day in first["first_date"]], "customer"])
        return bridge.customers(_by(before, "customer"), _by(scope, "customer"), known)
    return _funnel(before, scope)


def _by(scope: Scope, dimension: str) -> pd.DataFrame:
    return load.frame(actual.by, scope, dimension, scope.month, scope.until)


def _funnel(before: Scope, scope: Scope) -> Bridge | None:
    was, now = _throughput(before), _throughput(scope)
    first, last = funnel_bridge.factors(was), funnel_bridge.factors(now)
    if first is None or last is None or list(first) != list(last):
        return None
    return funnel_bridge.funnel_bridge(
        first, last, Decimal(was["won_value"]), Decimal(now["won_value"])
    )


def _throughput(scope: Scope) -> dict[str, object]:
    inside = load.of(scope, "deals")
    found = load.frame(funnel_bridge.throughput, inside, scope.month, scope.until)
    return dict(found.iloc[0])


def _from_target(scope: Scope) -> Bridge | None:
    """Target → what was to be expected on the eve of the month → actual."""
    owned = load.target(scope)
    eve = replace(scope, as_of=date.fromordinal(scope.month.toordinal() - 1))
    days = load.daily(scope)
    expected = month_end(days, load.covering(scope, days), scope.month, eve.as_of).p50
    if owned is None or expected is None:
        return None
    return funnel_bridge.from_target(owned.target, expected, load.standing(scope).pace.actual)


@load.kept
def why(scope: Scope) -> Causes:
    """The first verdict on the month, with its evidence; see `analytics.causes`."""
    days, owned = load.daily(scope), load.target(scope)
    year = load.covering(scope, days)
    eve = date.fromordinal(scope.month.toordinal() - 1)
    past = plan.history(days, eve)
    before = past.loc[past["month"] == plan.month_before(scope.month, 12), "value"]
    months = effort.team_months(
        load.frame(effort.sold, scope),
        load.frame(effort.activity, scope),
        load.frame(effort.decided, load.of(scope, "deals")),
    )
    return causes(
        owned.target if owned else None,
        load.standing(scope).pace.actual,
        month_end(days, year, scope.month, eve),
        months,
        scope.month,
        year,
        last_year=before.iloc[0] if len(before) else None,
        growth=suggest.usual_growth(past),
        market=market.market_of(load.frame(market.sizes, scope), scope.month),
    )


@load.kept
def returns(scope: Scope, by: attribution.By, model: attribution.Model) -> Returns:
    """What came back for what was spent in the month, by channel or campaign."""
    spent = load.frame(roi.spent, scope, by, scope.month, scope.until)
    touched = load.frame(attribution.touches, scope, by, scope.month, scope.until)
    return roi.returns(spent, attribution.attributed(touched, model))


@load.kept
def spread(scope: Scope, by: attribution.By) -> pd.DataFrame:
    """What each name is credited with under every model; see `attribution.model_range`."""
    touched = load.frame(attribution.touches, scope, by, scope.month, scope.until)
    return attribution.model_range(
        {model: attribution.attributed(touched, model) for model in attribution.MODELS}
    )


@load.kept
def best_of(scope: Scope) -> pd.DataFrame:
    """Everybody ranked, raw and fair; see `analytics.best`."""
    sold = load.frame(actual.by, scope, "rep", scope.month, scope.until)
    sold = sold[sold["rep"].notna()].rename(columns={"value": "amount"})
    people = sold[["rep", "amount"]].merge(load.frame(best_register), on="rep", how="left")
    if "satisfaction" in load.filled():
        told = load.frame(best.satisfaction, scope, scope.month, scope.until)
        people = people.merge(told[["rep", "satisfaction"]], on="rep", how="left")
    return best.ranking(people, scope.month)


def best_register() -> ir.Table:
    """rep, team, region, hire_date."""
    return ibis_table("reps").select("rep", "team", "region", "hire_date")


@load.kept
def suggestion(scope: Scope) -> suggest.Suggestion:
    """A target for the month after the scope's, as seen when the scope's month ended."""
    days = load.daily(scope)
    following = plan.month_before(scope.month, -1)
    ahead = scope.in_month(following)
    return suggest.suggest(days, load.covering(ahead, days), following, scope.until)


@load.kept
def customer_figures(scope: Scope) -> dict[str, object]:
    """New customers, repeat purchase, retention against the month before."""
    found = dict(load.frame(customers.bought, scope, scope.month, scope.until).iloc[0])
    before = plan.month_before(scope.month)
    kept = load.frame(
        customers.retention, scope, (before, scope.in_month(before).end), (scope.month, scope.until)
    )
    return {**found, **dict(kept.iloc[0])}
