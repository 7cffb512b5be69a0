"""Compute three win rates that are never mixed, and the sales cycle.

    of closed   won ÷ (won + lost), by closing date
    of all      won ÷ every deal in the file, open ones included
    of cohort   won by a given age ÷ created, only for months old enough to tell

The same file has been published with 63.15 % and with 48.16 % as "the" win
rate, with 47.99 and 51.78 days as "the" cycle: every column here says which.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.pipeline.funnel import deals
from analytics.ratio import ratio, safe_ratio
from domain.scope import DIMENSIONS, Scope
from domain.tables import DECIMAL

_ZERO = ibis.literal(0, type=DECIMAL)
_PERIODS: dict[str, Literal["M", "Q"]] = {"month": "M", "quarter": "Q"}
_USUAL = 0.8
_COHORTS = 12


def closed(
    scope: Scope,
    by: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> ir.Table:
    """Return won and lost deals by closing date: one row, or one for each `by`.

    `by` is "month", "quarter" (the first day of it) or a dimension. Columns:
    won_count, lost_count, closed_count, won_value, lost_value,
    win_rate_of_closed, win_rate_of_closed_by_value, without_amount (closed
    deals that weigh nothing in the values). Without `start` and `end` deals
    without a closing date are in as well.
    """
    rows = _closed(scope, by, start, end)
    won, lost = rows.status == "won", rows.status == "lost"
    figures = {
        "won_count": rows.count(where=won),
        "lost_count": rows.count(where=lost),
        "closed_count": rows.count(),
        "won_value": rows.amount.sum(where=won).fill_null(_ZERO),
        "lost_value": rows.amount.sum(where=lost).fill_null(_ZERO),
        "without_amount": rows.count(where=rows.amount.isnull()),
    }
    grouped = _grouped(rows, by, figures)
    return grouped.mutate(
        win_rate_of_closed=ratio(grouped.won_count, grouped.closed_count),
        win_rate_of_closed_by_value=ratio(
            grouped.won_value, grouped.won_value + grouped.lost_value
        ),
    )


def win_rates(scope: Scope, by: str | None = None) -> ir.Table:
    """Return figures of every deal in the file.

    Deals, won_count, lost_count, open_count and the two rates.

    `win_rate_of_closed`, `win_rate_of_all`, and `win_rate_of_all_by_value`
    (won ÷ the amounts of all deals that have one). `by` is a dimension.
    """
    rows = deals(scope, *([by] if by else []))
    won = rows.status == "won"
    figures = {
        "deals": rows.count(),
        "won_count": rows.count(where=won),
        "lost_count": rows.count(where=rows.status == "lost"),
        "open_count": rows.count(where=rows.status == "open"),
        "won_value": rows.amount.sum(where=won).fill_null(_ZERO),
        "value": rows.amount.sum().fill_null(_ZERO),
    }
    counts = _grouped(rows, by, figures)
    return counts.mutate(
        win_rate_of_closed=ratio(counts.won_count, counts.won_count + counts.lost_count),
        win_rate_of_all=ratio(counts.won_count, counts.deals),
        win_rate_of_all_by_value=ratio(counts.won_value, counts.value),
    )


def days_to_close(
    scope: Scope,
    by: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> ir.Table:
    """Return calendar days from creation to closing, of closed, won and lost deals apart.

    For each of the three: `<of>_deals`, `<of>_mean_days`, `<of>_median_days`.
    Deals that close before they were created are not in them: `negative`
    counts those, `undated` the deals without one of the two dates.
    """
    rows = _closed(scope, by, start, end)
    timed = (rows.days >= 0).fill_null(False)
    figures: dict[str, ir.Value] = {}
    for name, statuses in (("closed", ("won", "lost")), ("won", ("won",)), ("lost", ("lost",))):
        where = timed & rows.status.isin(statuses)
        figures[f"{name}_deals"] = rows.count(where=where)
        figures[f"{name}_mean_days"] = rows.days.mean(where=where)
        figures[f"{name}_median_days"] = rows.days.cast("float64").median(where=where)
    figures["negative"] = rows.count(where=(rows.days < 0).fill_null(False))
    figures["undated"] = rows.count(where=rows.days.isnull())
    return _grouped(rows, by, figures)


def usual_cycle(scope: Scope) -> ir.Table:
    """Return one row, days: the age by which four of five deals that closed had closed."""
    rows = _closed(scope, None, None, None)
    rows = rows.filter(rows.days >= 0)
    return rows.aggregate(days=rows.days.cast("float64").quantile(_USUAL))


def cohorts(scope: Scope, age_days: int) -> ir.Table:
    """Return month (of creation), created, won_by_age, mature, win_rate_of_cohort.

    `age_days` is `usual_cycle` as a rule. A month is mature when its last deal
    is that old on the scope's as-of date; the rate of a younger one is null,
    for its deals have not had their time.
    """
    rows = deals(scope)
    rows = rows.filter(rows.created.notnull(), rows.created <= scope.as_of)
    rows = rows.mutate(month=_first_day(rows.created, "M"))
    in_time = (rows.status == "won") & rows.days.between(0, age_days)
    by_month = rows.group_by("month").aggregate(
        created=rows.count(), won_by_age=rows.count(where=in_time.fill_null(False))
    )
    youngest = scope.as_of - timedelta(days=age_days)
    # The month's last day is that old when the next month began the day after it.
    by_month = by_month.mutate(
        mature=by_month.month + ibis.interval(months=1) <= youngest + timedelta(days=1)
    )
    rate = ibis.ifelse(
        by_month.mature, ratio(by_month.won_by_age, by_month.created), ibis.null("float64")
    )
    return by_month.mutate(win_rate_of_cohort=rate).order_by("month")


def cohort_rate(months: pd.DataFrame) -> float | None:
    """Return won ÷ created over the last twelve mature months of `cohorts`: a ratio of sums.

    None where no month is mature.
    """
    mature = months[months["mature"].astype(bool)].sort_values("month").tail(_COHORTS)
    return safe_ratio(mature["won_by_age"].sum(), mature["created"].sum())


def _closed(scope: Scope, by: str | None, start: date | None, end: date | None) -> ir.Table:
    rows = deals(scope, *([by] if by in DIMENSIONS else []))
    rows = rows.filter(rows.status.isin(("won", "lost")))
    if start is not None:
        rows = rows.filter(rows.closed >= start)
    if end is not None:
        rows = rows.filter(rows.closed <= end)
    unit = _PERIODS.get(by or "")
    return rows.mutate(**{str(by): _first_day(rows.closed, unit)}) if unit else rows


def _grouped(rows: ir.Table, by: str | None, figures: dict[str, ir.Value]) -> ir.Table:
    if by is None:
        return rows.aggregate(**figures)
    if by not in DIMENSIONS and by not in _PERIODS:
        raise ValueError(f"no dimension {by!r}")
    return rows.group_by(by).aggregate(**figures).order_by(by)


def _first_day(day: ir.DateValue, unit: Literal["M", "Q"]) -> ir.DateValue:
    """The first day of the period, as a date: DuckDB 2.0 truncates a date to a timestamp."""
    return day.cast("timestamp").truncate(unit).cast("date")
