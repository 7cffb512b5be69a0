"""What pages read: the only place that caches, and the only one that runs queries.

    >>> daily(scope)
    >>> frame(actual.by(scope, "rep", start, end))

A cached answer is keyed by its SQL, the file and the version of what it was
read from; a write raises the version, so nothing is ever cleared by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import streamlit as st

from analytics import actual, asof
from data import plans, settings
from data.store import Store, opened
from domain.scope import DIMENSIONS, SOURCES, Scope, Source
from domain.tables import TABLES, ibis_table

# Every date a business can have; a query needs ends, a history has none.
EVER = (date(1990, 1, 1), date(2100, 12, 31))


def store() -> Store:
    """The open database of this server."""
    return opened()


def frame(expression: ir.Table) -> pd.DataFrame:
    """The rows of a measure; the frame belongs to the caller."""
    return _frame(sql(expression), store().versions().facts, str(store().path))


def sql(expression: ir.Table) -> str:
    """The query of a measure, as the engine runs it and the passport shows it."""
    return str(ibis.to_sql(expression, dialect="duckdb"))


@st.cache_data(show_spinner=False, max_entries=500)
def _frame(query: str, facts: int, path: str) -> pd.DataFrame:
    return store().frame(query)


@st.cache_data(show_spinner=False, max_entries=100)
def _targets(plan: int, path: str) -> pd.DataFrame:
    return plans.target_rows(store())


def targets() -> pd.DataFrame:
    """Every target in force; see `data.plans.target_rows`."""
    return _targets(store().versions().plan, str(store().path))


def daily(scope: Scope) -> pd.DataFrame:
    """day, value, gross, rows of the scope's source and filters, over all time."""
    return frame(actual.by_day(scope, *EVER))


@st.cache_data(show_spinner=False, max_entries=50)
def _counts(facts: int, path: str) -> dict[str, int]:
    counted = [
        ibis_table(one.name)
        .aggregate(rows=lambda rows: rows.count())
        .mutate(name=ibis.literal(one.name))
        for one in TABLES
    ]
    found = store().frame(sql(ibis.union(*counted)))
    return dict(zip(found["name"], (int(rows) for rows in found["rows"]), strict=True))


def counts() -> dict[str, int]:
    """How many rows each canonical table has."""
    return _counts(store().versions().facts, str(store().path))


def last_dates() -> dict[str, date | None]:
    """The last actual date of each table; see `analytics.asof.last_dates`."""
    found = frame(asof.last_dates())
    return {
        name: None if pd.isna(last) else last
        for name, last in zip(found["table"], found["last"], strict=True)
    }


def source() -> Source | None:
    """What counts as the actual: the setting, else the first source with rows."""
    return asof.source_for(counts(), settings.setting(store(), "actual"))


def sources() -> list[Source]:
    """The sources that have rows."""
    return [name for name in SOURCES if counts()[name]]


def values(source: Source, dimension: str) -> list[str]:
    """The values that a filter of this dimension can have, in order; raises ValueError."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r}")
    # The widest scope there is: the month plays no part in a question about all time.
    everything = Scope(month=EVER[0], as_of=EVER[1], source=source)
    found = frame(actual.lines(everything).select(dimension).distinct())[dimension]
    return sorted(str(value) for value in found if value is not None and not pd.isna(value))


def setting(name: str) -> Any:
    """A setting in force; see `data.settings`."""
    return settings.setting(store(), name)
