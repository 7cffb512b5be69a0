"""Load what the review page shows: two periods, and the bridge between them.

>>> between(scope, "products", "last_month").bars
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import ibis.expr.types as ir
import pandas as pd

from analytics.actuals import actual, customers, market, teams
from analytics.forecast.month_end import Forecast, month_end
from analytics.periods.compare import Against, compared
from analytics.periods.months import as_date, began_late, month_before
from analytics.pipeline import effort, win_rate
from analytics.plan import outlook, suggest
from analytics.review import (
    acquisition,
    attribution,
    bridge,
    funnel_bridge,
    ranking,
    roi,
    spend_span,
)  # fmt: skip
from analytics.review.acquisition import Acquisition
from analytics.review.bridge import Bridge
from analytics.review.causes import Causes, causes
from analytics.review.roi import Returns
from domain.scope import Scope
from domain.tables import ibis_table
from pages.kit.queries import cache, calendars, load, slices, targets

Kind = Literal["products", "customers", "funnel", "target"]

# Single months, or the three months that end with the scope's against the three before.
Versus = Literal["last_month", "last_year", "three_months"]
Days = tuple[date, date]

KINDS: tuple[Kind, ...] = ("products", "customers", "funnel", "target")
AGAINST: tuple[Against, ...] = ("last_month", "last_year")

_QUARTER = 3


def reviewable(scope: Scope) -> list[date]:
    """Return the months that can be reviewed: the last whole one first, then the running one."""
    past = outlook.history(slices.daily(scope), scope.as_of)
    whole = sorted(past.loc[past["whole"], "month"], reverse=True)
    rest = sorted(set(past["month"]) - set(whole), reverse=True)
    return [*whole, *rest] or [scope.month]


def other(scope: Scope, against: Against) -> Scope | None:
    """Return the scope to compare with, up to the same working day, or None before there is one.

    See `analytics.periods.compare`.
    """
    month = month_before(scope.month, 12 if against == "last_year" else 1)
    periods = compared(scope, calendars.calendar(scope, month), against)
    return replace(scope, month=month, as_of=periods.before[1]) if periods else None


def spans(scope: Scope, against: Versus) -> tuple[Days, Days] | None:
    """Return the dates of the earlier and the present period, or None if the data start later."""
    if against != "three_months":
        then = other(scope, against)
        if then is None or _began_within(scope, then.month):
            return None
        return (then.month, then.until), (scope.month, scope.until)
    now = month_before(scope.month, _QUARTER - 1)
    before = month_before(now, _QUARTER)
    # A part of a month does not compare with a whole one, nor do months before the first sale.
    if not targets.standing(scope).over or _began_within(scope, before):
        return None
    eve = date.fromordinal(now.toordinal() - 1)
    return (before, eve), (now, scope.until)


def _began_within(scope: Scope, start: date) -> bool:
    """Return whether the data lack a part of a period from `start`, or all of it."""
    first = calendars.begins(scope)
    return first is None or began_late(start, first)


def bridges(scope: Scope) -> list[Kind]:
    """Return the bridges that the data allow."""
    filled = load.filled()
    kinds: list[Kind] = ["products"] if scope.source in ("orders", "deals", "contracts") else []
    kinds.append("customers")
    if "deals" in filled:
        kinds.append("funnel")
    # A running month does not compare with a whole month's target.
    if targets.target(scope) is not None and targets.standing(scope).over:
        kinds.append("target")
    return kinds


def counted(scope: Scope, kind: Kind) -> Scope:
    """Return what a bridge counts: a funnel is made of deals, whatever the page's actual is."""
    return load.of(scope, "deals") if kind == "funnel" else scope


@load.cached("facts", "plan")
def between(scope: Scope, kind: Kind, against: Versus) -> Bridge | None:
    """Return the bridge from the earlier period (or the target) to the present one, or None."""
    if kind == "target":
        return _from_target(scope)
    scope = counted(scope, kind)
    periods = spans(scope, against)
    if periods is None:
        return None
    before, now = periods
    if kind == "products":
        return bridge.price_volume_mix(_by(scope, "product", before), _by(scope, "product", now))
    if kind == "customers":
        first = cache.frame(customers.first_purchases, scope)
        known = frozenset(first.loc[[day < now[0] for day in first["first_date"]], "customer"])
        return bridge.customers(_by(scope, "customer", before), _by(scope, "customer", now), known)
    return _funnel(scope, before, now)


def _by(scope: Scope, dimension: str, days: Days) -> pd.DataFrame:
    return cache.frame(actual.by, scope, dimension, *days)


def _funnel(scope: Scope, before: Days, after: Days) -> Bridge | None:
    # A list that begins within the earlier period has too little of it.
    begun = [load.first_dates()[name] for name in ("leads", "deals")]
    if any(first is not None and began_late(before[0], first) for first in begun):
        return None
    was, now = _throughput(scope, before), _throughput(scope, after)
    first, last = funnel_bridge.factors(was), funnel_bridge.factors(now)
    if first is None or last is None or list(first) != list(last):
        return None
    return funnel_bridge.funnel_bridge(
        first, last, Decimal(was["won_value"]), Decimal(now["won_value"])
    )


def _throughput(scope: Scope, days: Days) -> dict[str, object]:
    rates = cache.frame(funnel_bridge.throughput, scope, *days)
    return dict(rates.iloc[0])


def _from_target(scope: Scope) -> Bridge | None:
    """Return the bridge target → forecast on the day before the month → actual."""
    owned = targets.target(scope)
    eve = replace(scope, as_of=date.fromordinal(scope.month.toordinal() - 1))
    days = slices.daily(scope)
    expected = month_end(days, calendars.covering(scope, days), scope.month, eve.as_of).p50
    if owned is None or expected is None:
        return None
    return funnel_bridge.from_target(owned.target, expected, targets.standing(scope).pace.actual)


@load.cached("facts")
def opening(scope: Scope) -> Forecast:
    """Return the month's forecast as of the day before it began."""
    days = slices.daily(scope)
    return month_end(days, calendars.covering(scope, days), scope.month, _eve(scope))


def _eve(scope: Scope) -> date:
    return date.fromordinal(scope.month.toordinal() - 1)


@load.cached("facts", "plan")
def why(scope: Scope) -> Causes:
    """Return the first verdict with its evidence; see `analytics.review.causes`."""
    days, owned = slices.daily(scope), targets.target(scope)
    year = calendars.covering(scope, days)
    past = outlook.history(days, _eve(scope))
    before = past.loc[past["month"] == month_before(scope.month, 12), "value"]
    months = effort.team_months(
        cache.frame(effort.sold, scope),
        cache.frame(effort.activity, scope),
        cache.frame(effort.decided, load.of(scope, "deals")),
    )
    return causes(
        owned.target if owned else None,
        targets.standing(scope).pace.actual,
        opening(scope),
        months,
        scope.month,
        year,
        last_year=before.iloc[0] if len(before) else None,
        growth=suggest.usual_growth(past),
        market=market.market_of(cache.frame(market.sizes, scope), scope.month),
        activities_since=load.first_dates()["activities"],
    )


@load.cached("facts")
def returns(scope: Scope, by: attribution.By, model: attribution.Model) -> Returns:
    """Return the return on the month's spend, by channel or campaign."""
    spent = cache.frame(roi.spent, scope, by, scope.month, scope.until)
    touched = cache.frame(attribution.touches, scope, by, scope.month, scope.until)
    return roi.returns(spent, attribution.attributed(touched, model), known=not beyond_spend(scope))


@load.cached("facts")
def beyond_spend(scope: Scope) -> Days | None:
    """Return the first and last month of the list of spend where the scope's is not between."""
    covered = cache.frame(roi.months_covered).iloc[0]
    if pd.isna(covered["last"]):
        return None
    first, last = as_date(covered["first"]), as_date(covered["last"])
    return None if first <= scope.month <= last else (first, last)


@load.cached("facts")
def spend_stops(scope: Scope, *months: date) -> date | None:
    """Return the last day of the list of spend where it ends within one of the months.

    The scope's own month unless others are given.
    """
    listed = cache.frame(spend_span.days_by_month)
    each = (
        spend_span.stops(listed, month, scope.in_month(month).until)
        for month in months or (scope.month,)
    )
    return next((day for day in each if day), None)


@load.cached("facts")
def spread(scope: Scope, by: attribution.By) -> pd.DataFrame:
    """Return the credit of each name under every model; see `attribution.model_range`."""
    touched = cache.frame(attribution.touches, scope, by, scope.month, scope.until)
    return attribution.model_range(
        {model: attribution.attributed(touched, model) for model in attribution.MODELS}
    )


@dataclass(frozen=True)
class Acquired:
    """What the new customers of a month cost, and what that was computed from."""

    figures: Acquisition
    cycle_days: float | None
    begin: date | None


@load.cached("facts")
def acquired(scope: Scope) -> Acquired:
    """Return the whole company's cost of a new customer, whatever the scope's filters."""
    whole = scope.unfiltered()
    begin = customer_figures(whole)["begin"]
    begin = None if pd.isna(begin) else as_date(begin)
    span = acquisition.window(scope.month, begin) if begin else None
    new = cache.frame(acquisition.new_customers, whole, span[0], scope.end) if span else None
    days = None
    if "deals" in load.sources():
        closed = cache.frame(win_rate.days_to_close, load.of(whole, "deals"))
        days = float(closed["won_median_days"].iloc[0]) if closed["won_deals"].iloc[0] else None
    spent = cache.frame(roi.spent_by_month, whole, "channel")
    return Acquired(acquisition.acquisition(spent, new, scope.month, days), days, begin)


@load.cached("facts")
def best_of(scope: Scope) -> pd.DataFrame:
    """Return the reps ranked by raw and by adjusted results; see `analytics.review.ranking`."""
    sold = cache.frame(actual.by, scope, "rep", scope.month, scope.until)
    sold = sold[sold["rep"].notna()].rename(columns={"value": "amount"})
    register = teams.on(cache.frame(best_register), scope.until)
    people = sold[["rep", "amount"]].merge(register, on="rep", how="left")
    if "satisfaction" in load.filled():
        scores = cache.frame(ranking.satisfaction, scope, scope.month, scope.until)
        people = people.merge(scores[["rep", "satisfaction"]], on="rep", how="left")
    return ranking.ranking(people, scope.month)


def best_register() -> ir.Table:
    """Return rep, team, region, hire_date and from_date of the register."""
    return ibis_table("reps").select("rep", "team", "region", "hire_date", "from_date")


@load.cached("facts")
def suggestion(scope: Scope) -> suggest.Suggestion:
    """Suggest a target for the month after the scope's, by all that is known of it by now."""
    days = slices.daily(scope)
    following = month_before(scope.month, -1)
    ahead = scope.in_month(following)
    return suggest.suggest(days, calendars.covering(ahead, days), following, scope.as_of)


@load.cached("facts")
def customer_figures(scope: Scope) -> dict[str, object]:
    """Return new customers, repeat purchase and retention against the month before."""
    buyers = dict(cache.frame(customers.count_buyers, scope, scope.month, scope.until).iloc[0])
    before = month_before(scope.month)
    kept = cache.frame(
        customers.retention, scope, (before, scope.in_month(before).end), (scope.month, scope.until)
    )
    return {**buyers, **dict(kept.iloc[0])}
