"""What pages read: the only place that caches, and the only one that runs queries.

    >>> daily(scope)
    >>> frame(actual.by, scope, "rep", start, end)

A cached answer is keyed by its SQL, the file and the version of what it was
read from; a write raises the version, so nothing is ever cleared by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

import ibis
import ibis.expr.types as ir
import pandas as pd
import streamlit as st

from analytics import actual, asof, week
from analytics.attainment import Attainment, attainment
from analytics.calendar import Calendar, selling_days
from analytics.dimensions import BLANK
from analytics.targets import MonthTarget, target_for
from analytics.targets import month_targets as by_month
from analytics.week import Standing
from data import plans, stages
from data import settings as chosen
from data.store import Store, Versions, opened
from domain.scope import DIMENSIONS, SOURCES, Scope, Source
from domain.tables import TABLES, ibis_table

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

# Every date a business can have; a query needs ends, a history has none.
EVER = (date(1990, 1, 1), date(2100, 12, 31))


def store() -> Store:
    """The open database of this server."""
    return opened()


def frame(function: Callable[..., ir.Table], *arguments: Hashable) -> pd.DataFrame:
    """The rows of a measure: `frame(actual.by, scope, "rep", start, end)`.

    The frame belongs to the caller.
    """
    query, values = asked(function, *arguments)
    return _frame(query, tuple(values.items()), store().versions().facts, str(store().path))


def sql(function: Callable[..., ir.Table], *arguments: Hashable) -> str:
    """The query of a measure with its values written out, for reading: what the passport shows."""
    query, values = asked(function, *arguments)
    return re.sub(
        r"\$(\w+)",
        lambda found: (
            "'" + values[found[1]].replace("'", "''") + "'" if found[1] in values else found[0]
        ),
        query,
    )


def asked(function: Callable[..., ir.Table], *arguments: Hashable) -> tuple[str, dict[str, str]]:
    """The query with a parameter for every filter value, and the values.

    Writing a query takes ibis a tenth of a second, so it is kept; and as the
    values are parameters, one query serves every region and rep.
    """
    values: dict[str, str] = {}
    hollow = tuple(_hollowed(one, values) if isinstance(one, Scope) else one for one in arguments)
    query = _compiled(function, *hollow)
    # A measure may have no use for a filter: what is not asked for must not be handed over.
    values = {name: value for name, value in values.items() if f"'{_mark(name)}'" in query}
    for name in values:
        query = query.replace(f"'{_mark(name)}'", f"${name}")
    return query, values


def _hollowed(scope: Scope, values: dict[str, str]) -> Scope:
    """The scope with a mark in the place of each filter value; blanks mean "blank" and stay."""
    for dimension, wanted in scope.filters:
        marks = []
        for number, value in enumerate(wanted):
            name = f"{dimension}_{number}"
            marks.append(value if value == BLANK else _mark(name))
            if value != BLANK:
                values[name] = value
        scope = scope.narrowed(dimension, *marks)
    return scope


def _mark(name: str) -> str:
    return f"\x01{name}\x01"


@lru_cache(maxsize=2000)
def _compiled(function: Callable[..., ir.Table], *arguments: Hashable) -> str:
    return str(ibis.to_sql(function(*arguments), dialect="duckdb"))


@st.cache_data(show_spinner=False, max_entries=500)
def _frame(query: str, values: tuple[tuple[str, str], ...], facts: int, path: str) -> pd.DataFrame:
    return store().frame(query, dict(values))


_QUESTIONS: dict[str, Callable[..., Any]] = {}


def kept(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answers of a loader by its arguments, until the facts or the plan change.

    >>> @kept
    ... def standing(scope: Scope) -> Standing: ...
    """
    name = f"{question.__module__}.{question.__qualname__}"
    _QUESTIONS[name] = question

    @wraps(question)
    def ask(*arguments: Asked.args, **_: Asked.kwargs) -> Answer:
        answer: Answer = _answer(name, store().versions(), str(store().path), arguments)
        return answer

    return ask


@st.cache_data(show_spinner=False, max_entries=1000)
def _answer(name: str, versions: Versions, path: str, arguments: tuple[Any, ...]) -> Any:
    return _QUESTIONS[name](*arguments)


def drawing(draw: Callable[[], Answer], *key: Hashable) -> Answer:
    """A chart, drawn once for its key and shared by all sessions until the data change.

    `key` names everything that `draw` depends on beside the data. Drawing a chart
    takes longer than everything else on a page that is warm.
    """
    drawn: Answer = _drawing(key, store().versions(), str(store().path), draw)
    return drawn


@st.cache_resource(show_spinner=False, max_entries=300)
def _drawing(
    key: tuple[Hashable, ...], versions: Versions, path: str, _draw: Callable[[], Any]
) -> Any:
    return _draw()


@kept
def targets() -> pd.DataFrame:
    """Every target in force; see `data.plans.target_rows`."""
    return plans.target_rows(store())


def daily(scope: Scope) -> pd.DataFrame:
    """day, value, gross, rows of the scope's source and filters, over all time."""
    return frame(actual.by_day, scope, *EVER)


@kept
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
    """The last actual date of each table; see `analytics.asof.last_dates`."""
    found = frame(asof.last_dates)
    return {
        name: None if pd.isna(last) else last
        for name, last in zip(found["table"], found["last"], strict=True)
    }


def source() -> Source | None:
    """What counts as the actual: the setting, else the first source with rows."""
    return asof.source_for(counts(), setting("actual"))


def sources() -> list[Source]:
    """The sources that have rows."""
    return [name for name in SOURCES if counts()[name]]


def values(source: Source, dimension: str) -> list[str]:
    """The values that a filter of this dimension can have, in order; raises ValueError."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r}")
    found = frame(actual.values, source, dimension)[dimension]
    return sorted(str(value) for value in found if value is not None and not pd.isna(value))


def setting(name: str) -> Any:
    """A setting in force; see `data.settings`."""
    return settings()[name]


def calendar(scope: Scope, first: date) -> Calendar:
    """Every day from the year before `first` to the end of the scope's year."""
    start = date(min(first.year, scope.month.year) - 1, 1, 1)
    return _calendar(start, date(scope.month.year, 12, 31), scope.selling_days, _changed_days())


@kept
def _changed_days() -> tuple[tuple[date, bool], ...]:
    return tuple(chosen.changed_days(store()).items())


@st.cache_resource(show_spinner=False, max_entries=50)
def _calendar(
    start: date, end: date, country: str, changed: tuple[tuple[date, bool], ...]
) -> Calendar:
    return selling_days(start, end, country, dict(changed))


def covering(scope: Scope, days: pd.DataFrame) -> Calendar:
    """The calendar from before the first of `days` to the end of the scope's year."""
    return calendar(scope, min([*days["date"], scope.month]))


def target(scope: Scope) -> MonthTarget | None:
    """The target that belongs to the scope; see `analytics.targets.target_for`."""
    return target_for(scope, targets(), calendar(scope, scope.month))


@kept
def standing(scope: Scope) -> Standing:
    """Where the scope's month stands; see `analytics.week.standing`."""
    days, own = daily(scope), target(scope)
    return week.standing(
        days, covering(scope, days), own.target if own else None, scope.month, scope.as_of
    )


@kept
def attained(scope: Scope, dimension: str) -> Attainment:
    """The month's actual against target for every value of a dimension."""
    found = frame(actual.by, scope, dimension, scope.month, scope.until)
    year = calendar(scope, scope.month)
    month = tuple(one for one in year if scope.month <= one.day <= scope.end)
    weights = standing(scope).weights
    own = target(scope)
    return attainment(
        found,
        week.targets_of(scope, targets(), year, dimension, reps()),
        to_date=lambda money: week.due_by_now(money, month, weights, scope.as_of),
        own=own.target if own and not own.summed else None,
    )


def gross(scope: Scope, dimension: str) -> dict[str | None, float]:
    """value of the dimension → the month's money before returns."""
    found = frame(actual.by, scope, dimension, scope.month, scope.until)
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
    sold = frame(actual.by, scope, "rep", scope.month, scope.until)["rep"]
    return sorted({str(name) for name in [*reps()["rep"], *sold] if not pd.isna(name)})


def month_targets(scope: Scope, kind: str) -> dict[str, Decimal]:
    """scope value → target of the month that was set for a kind of scope ("company", "rep")."""
    found = by_month(
        targets(),
        scope.month,
        calendar(scope, scope.month),
        scope_kind=kind,
        metric=scope.metric,
        currency=scope.currency,
    )
    return {name: one.target for name, one in found.items()}


def of(scope: Scope, source: Source) -> Scope:
    """The same question asked of another source."""
    return replace(scope, source=source)


def total(scope: Scope, source: Source) -> pd.Series:
    """value, gross, rows, customers, quantity of a source in the month so far.

    None in the figures where the source has no column to filter by.
    """
    found = frame(actual.total, of(scope, source), scope.month, scope.until).iloc[0]
    blind = [name for name, _ in scope.filters if name in _BLIND.get(source, ())]
    return pd.Series(dict.fromkeys(found.index)) if blind else found


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


@kept
def _stage_order() -> list[str]:
    return stages.order(store())


def filled() -> list[str]:
    """The tables that have rows."""
    return [name for name, rows in counts().items() if rows]


def today() -> date:
    """The day it is; measures get it from here, never by themselves."""
    return date.today()


@kept
def settings() -> dict[str, str | None]:
    """Every setting in force."""
    return chosen.in_force(store())


def country_days(start: date, end: date) -> Calendar:
    """The days as the country's calendar has them, before what the user has changed."""
    return selling_days(start, end, str(setting("selling_days")))
