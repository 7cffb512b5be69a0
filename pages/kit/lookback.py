"""What the review page reads: two periods side by side, and what lies between them.

>>> between(scope, "products", "last_month").bars
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from analytics import actual, bridge, customers, funnel_bridge, plan
from analytics.bridge import Bridge
from analytics.calendar import same_working_day
from analytics.forecast import month_end
from domain.scope import Scope
from pages.kit import load

Kind = Literal["products", "customers", "funnel", "target"]
Against = Literal["last_month", "last_year"]

KINDS: tuple[Kind, ...] = ("products", "customers", "funnel", "target")
AGAINST: tuple[Against, ...] = ("last_month", "last_year")


def reviewable(scope: Scope) -> list[date]:
    """The months that can be looked back on, the last whole one first, then the running one."""
    past = plan.history(load.daily(scope), scope.as_of)
    whole = sorted(past.loc[past["whole"], "month"], reverse=True)
    rest = sorted(set(past["month"]) - set(whole), reverse=True)
    return [*whole, *rest] or [scope.month]


def other(scope: Scope, against: Against) -> Scope:
    """The scope of the month compared with, seen from the same working day."""
    month = plan.month_before(scope.month, 1 if against == "last_month" else 12)
    days = load.calendar(scope, month)
    until = same_working_day(scope.until, scope.month, month, days)
    return replace(scope, month=month, as_of=until)


def bridges(scope: Scope) -> list[Kind]:
    """The bridges that the data allow."""
    filled = load.filled()
    found: list[Kind] = ["products"] if scope.source in ("orders", "deals", "contracts") else []
    found.append("customers")
    if "deals" in filled:
        found.append("funnel")
    if load.target(scope) is not None:
        found.append("target")
    return found


@load.kept
def between(scope: Scope, kind: Kind, against: Against) -> Bridge | None:
    """The bridge from the other month (or the target) to this one; None where there is none."""
    if kind == "target":
        return _from_target(scope)
    before = other(scope, against)
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
