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
from itertools import compress

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.periods import asof
from analytics.periods.asof import AsOf
from domain.scope import SOURCES, Scope, Source
from domain.tables import TABLES, ibis_table
from pages.kit.queries.cache import cached, cached_chart, frame, store
from pages.kit.queries.own_days import own_days
from pages.kit.queries.settings import converts, setting
from pages.kit.queries.slices import EVER, daily, sold, values

__all__ = [
    "EVER", "cached", "cached_chart", "daily", "frame", "sold", "store", "values",
]  # fmt: skip


@cached("facts")
def counts() -> dict[str, int]:
    """Return the number of rows of each canonical table."""
    counted = frame(row_counts)
    return dict(zip(counted["name"], (int(rows) for rows in counted["rows"]), strict=True))


def row_counts() -> ir.Table:
    """Return name, rows of every canonical table."""
    counted = [
        ibis_table(table.name)
        .aggregate(rows=lambda rows: rows.count())
        .mutate(name=ibis.literal(table.name))
        for table in TABLES
    ]
    return ibis.union(*counted)


def last_dates() -> dict[str, date | None]:
    """Return the last actual date of each table; see `analytics.periods.asof.date_ranges`."""
    return _dates("last")


def first_dates() -> dict[str, date | None]:
    """Return the first actual date of each table, whatever the currency of its rows is."""
    return _dates("first")


def _dates(end: str) -> dict[str, date | None]:
    rows = frame(asof.date_ranges)
    return {
        name: None if pd.isna(day) else day
        for name, day in zip(rows["table"], rows[end], strict=True)
    }


def source() -> Source | None:
    """Return the source of the actuals: the setting, else the first source with rows."""
    return asof.source_for(counts(), setting("actual"))


def reach(source: Source) -> AsOf:
    """Return the day that the source's own rows have seen, or the month's end after free days."""
    seen = asof.as_of(last_dates(), {source}, today())
    end = Scope(seen.date.replace(day=1), seen.date).end
    days = own_days(seen.date, end, setting("selling_days"))
    return asof.to_month_end(seen, days, end, today())


def present() -> Scope | None:
    """Return the default scope, which is the current month; None without any sales."""
    first = source()
    if first is None:
        return None
    seen = reach(first).date
    return Scope(
        seen.replace(day=1), seen, first,
        currency=setting("currency"), converts=converts(), selling_days=setting("selling_days"),
    )  # fmt: skip


def metric_of(actual: Source) -> str:
    """Return the metric of targets that a source is measured against.

    A target for sales is one for what counts as the actual unless the reader looks at
    something else: collections are not behind a target that was set for orders.
    """
    return "sales" if actual == source() else _METRICS[actual]


def sources() -> list[Source]:
    """Return the sources that have rows, among them collections that only orders tell of."""
    return [name for name in SOURCES if counts()[name] or (name == "payments" and collected())]


def collected() -> bool:
    """Return whether what was collected is known from orders alone."""
    return not counts()["payments"] and last_dates()["payments"] is not None


def of(scope: Scope, source: Source) -> Scope:
    """Return the scope with another source, seen from the day that one's own rows reach.

    A day that the reader chose, or one of the past, holds for every source.
    """
    own = scope.as_of if scope.as_of != reach(scope.source).date else reach(source).date
    return replace(scope, source=source, as_of=own)


def total(scope: Scope, source: Source) -> dict[str, Decimal | None]:
    """Return value, gross of a source in the month as far as its own rows reach.

    None where the source has no column to filter by, and where its rows end before a month
    that has begun.
    """
    own = of(scope, source)
    if is_blind(scope, source) or own.as_of < scope.month <= scope.as_of:
        return {"value": None, "gross": None}
    days = daily(own)
    inside = [own.month <= day <= own.until for day in days["date"]]
    return {
        name: sum(compress(days[name], inside), Decimal("0.0000")) for name in ("value", "gross")
    }


def is_blind(scope: Scope, source: Source) -> bool:
    """Return whether the source has no column for one of the filters."""
    return any(name in _BLIND.get(source, ()) for name, _ in scope.filters)


# Beside "sales"; those of collections may come with a file of targets.
_METRICS: dict[Source, str] = {
    "orders": "order_value",
    "deals": "won_value",
    "contracts": "signed",
    "payments": "collections",
}

# What a source cannot be cut by: its rows do not say.
_BLIND: dict[Source, tuple[str, ...]] = {
    "contracts": ("channel",),
    "payments": ("product", "category", "channel"),
}


def filled() -> list[str]:
    """Return the tables that have rows."""
    return [name for name, rows in counts().items() if rows]


def today() -> date:
    """Return today's date; measures take it from here, never from the clock."""
    return date.today()
