"""What pages read; whatever runs a query or is cached between two clicks goes through here.

    >>> daily(scope)
    >>> frame(actual.by, scope, "rep", start, end)

How answers are cached is in `pages.kit.queries.cache`, how a measure becomes SQL in
`pages.kit.queries.compile`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import compress
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.actuals.attainment import Attainment, attainment
from analytics.periods import asof
from analytics.periods.calendar import Calendar, selling_days
from analytics.periods.fiscal import fiscal_year
from analytics.plan.targets import MonthTarget, target_for
from analytics.plan.targets import month_targets as by_month
from analytics.tracking import standing as week
from analytics.tracking.standing import Standing
from data.facts import stages
from data.store import plans
from data.store import settings as chosen
from domain.scope import SOURCES, Scope, Source
from domain.tables import TABLES, ibis_table
from pages.kit.queries.cache import cached, cached_chart, frame, store
from pages.kit.queries.compile import asked
from pages.kit.queries.compile import told as sql
from pages.kit.queries.slices import EVER, daily, sold, values

__all__ = [
    "EVER", "asked", "cached", "cached_chart", "daily", "frame", "sold", "sql", "store", "values",
]  # fmt: skip


@cached("facts", "plan")
def targets() -> pd.DataFrame:
    """Every target in force; see `data.store.plans.target_rows`."""
    return plans.target_rows(store())


@cached("facts")
def counts() -> dict[str, int]:
    """How many rows each canonical table has."""
    found = frame(row_counts)
    return dict(zip(found["name"], (int(rows) for rows in found["rows"]), strict=True))


def row_counts() -> ir.Table:
    """name, rows of every canonical table."""
    counted = [
        ibis_table(one.name)
        .aggregate(rows=lambda rows: rows.count())
        .mutate(name=ibis.literal(one.name))
        for one in TABLES
    ]
    return ibis.union(*counted)


def last_dates() -> dict[str, date | None]:
    """The last actual date of each table; see `analytics.periods.asof.last_dates`."""
    found = frame(asof.last_dates)
    return {
        name: None if pd.isna(last) else last
        for name, last in zip(found["table"], found["last"], strict=True)
    }


def source() -> Source | None:
    """What counts as the actual: the setting, else the first source with rows."""
    return asof.source_for(counts(), setting("actual"))


def present() -> Scope | None:
    """What a visitor sees who has chosen nothing: the running month; None without any sales."""
    first = source()
    if first is None:
        return None
    seen = asof.as_of(last_dates(), {first}, today()).date
    currency, days = setting("currency"), setting("selling_days")
    return Scope(seen.replace(day=1), seen, first, currency=currency, selling_days=days)


def sources() -> list[Source]:
    """The sources that have rows."""
    return [name for name in SOURCES if counts()[name]]


def setting(name: str) -> Any:
    """A setting in force; see `data.store.settings`."""
    return settings()[name]


def calendar(scope: Scope, first: date) -> Calendar:
    """Every day from the year before `first` to the end of the scope's year and fiscal year."""
    start = date(min(first.year, scope.month.year) - 1, 1, 1)
    last = fiscal_year(scope.month, fiscal_start()).months[-1]
    end = max(date(scope.month.year, 12, 31), scope.in_month(last).end)
    return _calendar(start, end, scope.selling_days, _changed_days())


def fiscal_start() -> int:
    """The month in which the fiscal year begins, by the settings."""
    return int(setting("fiscal_year"))


@cached("facts")
def _changed_days() -> tuple[tuple[date, bool], ...]:
    return tuple(chosen.changed_days(store()).items())


@lru_cache(maxsize=50)
def _calendar(
    start: date, end: date, country: str, changed: tuple[tuple[date, bool], ...]
) -> Calendar:
    return selling_days(start, end, country, dict(changed))


def covering(scope: Scope, days: pd.DataFrame) -> Calendar:
    """The calendar from before the first of `days` to the end of the scope's year."""
    return calendar(scope, min([*days["date"], scope.month]))


@cached("facts", "plan")
def target(scope: Scope) -> MonthTarget | None:
    """The target that belongs to the scope; see `analytics.plan.targets.target_for`."""
    year = calendar(scope, scope.month)
    return target_for(scope, targets(), year, first_month=fiscal_start())


@cached("facts", "plan")
def standing(scope: Scope) -> Standing:
    """Where the scope's month stands; see `analytics.tracking.standing.standing`."""
    days, own = daily(scope), target(scope)
    return week.standing(
        days, covering(scope, days), own.target if own else None, scope.month, scope.as_of
    )


@cached("facts", "plan")
def attained(scope: Scope, dimension: str) -> Attainment:
    """The month's actual against target for every value of a dimension."""
    found = sold(scope, dimension)
    year = calendar(scope, scope.month)
    month = tuple(one for one in year if scope.month <= one.day <= scope.end)
    weights = standing(scope).weights
    own = target(scope)
    return attainment(
        found,
        week.targets_of(scope, targets(), year, dimension, reps(), first_month=fiscal_start()),
        to_date=lambda money: week.due_by_now(money, month, weights, scope.as_of),
        own=own.target if own and not own.summed else None,
    )


def gross(scope: Scope, dimension: str) -> dict[str | None, float]:
    """value of the dimension → the month's money before returns."""
    found = sold(scope, dimension)
    names = (None if pd.isna(name) else str(name) for name in found[dimension])
    return dict(zip(names, found["gross"].astype(float), strict=True))


def reps() -> pd.DataFrame:
    """rep, team, manager, region of the register of people."""
    return frame(people)


def people() -> ir.Table:
    """rep, team, manager, region."""
    return ibis_table("reps").select("rep", "team", "manager", "region")


def selling_reps(scope: Scope) -> list[str]:
    """Everybody who may have a target: in the register, or with sales in the month."""
    names = [*reps()["rep"], *sold(scope, "rep")["rep"]]
    return sorted({str(name) for name in names if not pd.isna(name)})


def month_targets(scope: Scope, kind: str) -> dict[str, Decimal]:
    """scope value → target of the month that was set for a kind of scope ("company", "rep")."""
    found = by_month(
        targets(),
        scope.month,
        calendar(scope, scope.month),
        scope_kind=kind,
        metric=scope.metric,
        currency=scope.currency,
        first_month=fiscal_start(),
    )
    return {name: one.target for name, one in found.items()}


def of(scope: Scope, source: Source) -> Scope:
    """The same question asked of another source."""
    return replace(scope, source=source)


def total(scope: Scope, source: Source) -> dict[str, Decimal | None]:
    """value, gross of a source in the month so far.

    None where the source has no column to filter by.
    """
    if is_blind(scope, source):
        return {"value": None, "gross": None}
    days = daily(of(scope, source))
    inside = [scope.month <= day <= scope.until for day in days["date"]]
    return {
        name: sum(compress(days[name], inside), Decimal("0.0000")) for name in ("value", "gross")
    }


def is_blind(scope: Scope, source: Source) -> bool:
    """Whether the source has no column for one of the filters."""
    return any(name in _BLIND.get(source, ()) for name, _ in scope.filters)


# What a source cannot be cut by: its rows do not say.
_BLIND: dict[Source, tuple[str, ...]] = {
    "contracts": ("channel",),
    "payments": ("product", "category", "channel"),
}


def in_order(found: pd.DataFrame) -> pd.DataFrame:
    """Rows with a `stage` from first to last; a blank stage stands at the end."""
    order = _stage_order()
    place = {name: position for position, name in enumerate(order)}
    return found.sort_values(
        "stage", key=lambda names: names.map(place).fillna(len(order)), kind="stable"
    )


def to_the_win(by_stage: pd.DataFrame) -> list[str]:
    """The open stages of `funnel.by_stage` in order, and the stage that wins at the end."""
    named = in_order(by_stage[by_stage["stage"].notna()])
    open_ones = list(dict.fromkeys(named.loc[named["status"] == "open", "stage"]))
    won = list(dict.fromkeys(named.loc[named["status"] == "won", "stage"]))
    return [*open_ones, *won[:1]]


@cached("facts")
def _stage_order() -> list[str]:
    return stages.order(store())


def filled() -> list[str]:
    """The tables that have rows."""
    return [name for name, rows in counts().items() if rows]


def today() -> date:
    """The day it is; measures get it from here, never by themselves."""
    return date.today()


@cached("facts")
def settings() -> dict[str, str | None]:
    """Every setting in force."""
    return chosen.in_force(store())


def country_days(start: date, end: date) -> Calendar:
    """The days as the country's calendar has them, before what the user has changed."""
    return selling_days(start, end, str(setting("selling_days")))
