"""Targets, and where the month and its parts stand against them."""

from __future__ import annotations

from decimal import Decimal

import ibis.expr.types as ir
import pandas as pd

from analytics.actuals import teams
from analytics.actuals.attainment import Attainment, attainment
from analytics.actuals.conversion import rates_into
from analytics.plan.targets import MonthTarget, in_currency
from analytics.plan.targets import month_targets as by_month
from analytics.tracking import standing as week
from analytics.tracking.standing import Standing
from data.store import plans
from domain.scope import Scope
from domain.tables import ibis_table
from pages.kit.queries.cache import cached, frame, store
from pages.kit.queries.calendars import begins, calendar, covering, fiscal_start
from pages.kit.queries.settings import converts, setting
from pages.kit.queries.slices import daily, sold


@cached("facts", "plan")
def targets() -> pd.DataFrame:
    """Return every target in force, in the reporting currency where there is a rate.

    See `data.store.plans.target_rows` and `analytics.plan.targets.in_currency`.
    """
    rows, currency = plans.target_rows(store()), setting("currency")
    if not converts():
        return rows
    return in_currency(rows, frame(rates_into, currency), currency, fiscal_start())


@cached("facts", "plan")
def target(scope: Scope) -> MonthTarget | None:
    """Return the target of the scope; see `analytics.tracking.standing.target_of`."""
    return _target_and_whose(scope)[0]


def whose_targets(scope: Scope) -> tuple[str, ...]:
    """Return the names whose targets add up to that of a filtered scope without its own."""
    return _target_and_whose(scope)[1]


def _target_and_whose(scope: Scope) -> tuple[MonthTarget | None, tuple[str, ...]]:
    year = calendar(scope, scope.month)
    return week.target_of(scope, targets(), year, stays(scope), first_month=fiscal_start())


@cached("facts", "plan")
def standing(scope: Scope) -> Standing:
    """Return the standing of the scope's month; see `analytics.tracking.standing.standing`."""
    days, own = daily(scope), target(scope)
    return week.standing(
        days,
        covering(scope, days),
        own.target if own else None,
        scope.month,
        scope.as_of,
        begins(scope),
    )


@cached("facts", "plan")
def attained(scope: Scope, dimension: str) -> Attainment:
    """Return the month's actual against target for every value of a dimension."""
    sales = sold(scope, dimension)
    year = calendar(scope, scope.month)
    month = tuple(entry for entry in year if scope.month <= entry.day <= scope.end)
    weights = standing(scope).weights
    own = target(scope)
    return attainment(
        sales,
        week.targets_of(
            scope, targets(), year, dimension, stays(scope), first_month=fiscal_start()
        ),
        to_date=lambda money: week.due_by_now(money, month, weights, scope.as_of),
        own=own.target if own else None,
    )


def gross(scope: Scope, dimension: str) -> dict[str | None, float]:
    """Return the month's money before returns of each value of the dimension."""
    sales = sold(scope, dimension)
    names = (None if pd.isna(name) else str(name) for name in sales[dimension])
    return dict(zip(names, sales["gross"].astype(float), strict=True))


def reps(scope: Scope) -> pd.DataFrame:
    """Return the register at the end of the scope's month: `people` without from_date."""
    return teams.on(frame(people), scope.end)


def stays(scope: Scope) -> pd.DataFrame:
    """Return a row for each place where a rep was within the scope's month, with its days."""
    year = calendar(scope, scope.month)
    return teams.during(
        frame(people), tuple(day for day in year if scope.month <= day.day <= scope.end)
    )


def people() -> ir.Table:
    """Return rep, team, manager, region, from_date, left_date: a row for each stay in a team."""
    return ibis_table("reps").select("rep", "team", "manager", "region", "from_date", "left_date")


def selling_reps(scope: Scope) -> list[str]:
    """Return the reps who may have a target: in the register, or with sales in the month.

    Who left before the month is in the list only with sales in it.
    """
    register = set(reps(scope)["rep"]) - gone(scope)
    names = [*register, *sold(scope, "rep")["rep"]]
    return sorted({str(name) for name in names if not pd.isna(name)})


def gone(scope: Scope) -> set[str]:
    """Return the reps of the register who left before the scope's month."""
    register = reps(scope)
    return set(
        register.loc[pd.to_datetime(register["left_date"]) < pd.Timestamp(scope.month), "rep"]
    )


def month_targets(scope: Scope, kind: str) -> dict[str, Decimal]:
    """Return the month's targets of a kind of scope ("company", "rep"), by scope value."""
    targets_by_name = by_month(
        targets(),
        scope.month,
        calendar(scope, scope.month),
        scope_kind=kind,
        metric=scope.metric,
        currency=scope.currency,
        first_month=fiscal_start(),
    )
    return {name: entry.target for name, entry in targets_by_name.items()}
