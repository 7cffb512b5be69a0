"""Sales by day and by a dimension, cut out of a question that serves every value of a filter.

    >>> daily(scope)
    >>> sold(scope, "rep")

Twenty sessions ask for every region within a minute. Reading a million rows for each
takes longer than reading them once, cut by region. Where that would have too many
pieces, the question itself is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.actuals import actual
from analytics.actuals.dimensions import BLANK
from domain.scope import DIMENSIONS, Scope, Source
from pages.kit.queries.cache import cached, frame

# Every date a business can have; a query needs ends, a history has none.
EVER = (date(1990, 1, 1), date(2100, 12, 31))

_MOST_VALUES, _MOST_PAIRS = 30, 800


def daily(scope: Scope) -> pd.DataFrame:
    """Return date, value, gross, rows of the scope's source and filters, over all time."""
    return _daily(replace(scope, month=EVER[0], as_of=EVER[1]))


def sold(scope: Scope, dimension: str) -> pd.DataFrame:
    """Return `dimension`, value, gross of the month so far, largest first; blank is None."""
    return _sold(replace(scope, as_of=scope.until), dimension)


def values(source: Source, dimension: str) -> list[str]:
    """Return the sorted values of a dimension; raise ValueError if it is unknown."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"no dimension {dimension!r}")
    return _values(source, dimension)


@cached("facts")
def _values(source: Source, dimension: str) -> list[str]:
    column = frame(actual.values, source, dimension)[dimension]
    return sorted(str(value) for value in column if value is not None and not pd.isna(value))


@cached("facts")
def _daily(scope: Scope) -> pd.DataFrame:
    filter_by = _sliced(scope)
    if filter_by is None:
        return frame(actual.by_day, scope, *EVER)
    rows = frame(actual.by_day_of, scope.narrowed(filter_by), filter_by, *EVER)
    return _summed(_chosen(rows, scope, filter_by), "date", ["value", "gross", "rows"])


@cached("facts")
def _sold(scope: Scope, dimension: str) -> pd.DataFrame:
    filter_by, period = _sliced(scope, dimension), (scope.month, scope.until)
    whole = scope.narrowed(filter_by) if filter_by else scope
    if filter_by in (None, dimension):
        rows = frame(actual.by, whole, dimension, *period)
    else:
        rows = frame(actual.by_both, whole, filter_by, dimension, *period)
    if filter_by:
        rows = _chosen(rows, scope, filter_by)
    rows = _summed(rows, dimension, ["value", "gross"])
    return rows.sort_values(["value", dimension], ascending=[False, True], ignore_index=True)


def _summed(rows: pd.DataFrame, name: str, figures: list[str]) -> pd.DataFrame:
    """Return one row per name; the rows of a single value are unique already."""
    if rows[name].is_unique:
        return rows[[name, *figures]].reset_index(drop=True)
    return rows.groupby(name, as_index=False, dropna=False)[figures].sum()


def _sliced(scope: Scope, dimension: str | None = None) -> str | None:
    """Return the filter to apply to an answer about all its values; None where none is small.

    `dimension` is what the question is grouped by already.
    """
    named = (name for name, _ in scope.filters)
    others = len(values(scope.source, dimension)) if dimension else 1
    for candidate in named:
        pieces = len(values(scope.source, candidate))
        if candidate == dimension or (pieces <= _MOST_VALUES and pieces * others <= _MOST_PAIRS):
            return candidate
    return None


def _chosen(rows: pd.DataFrame, scope: Scope, dimension: str) -> pd.DataFrame:
    """Return the rows that pass the filter, by the rule of `analytics.actuals.dimensions.kept`."""
    wanted: Collection[str] = getattr(scope, dimension)
    named = [value for value in wanted if value != BLANK]
    passes = rows[dimension].isin(named)
    return rows[passes | rows[dimension].isna() if BLANK in wanted else passes]
