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
    found = _closed(scope, by, start, end)
    won, lost = found.status == "won", found.status == "lost"
    figures = {
        "won_count": found.count(where=won),
        "lost_count": found.count(where=lost),
        "closed_count": found.count(),
        "won_value": found.amount.sum(where=won).fill_null(_ZERO),
        "lost_value": found.amount.sum(where=lost).fill_null(_ZERO),
        "without_amount": found.count(where=found.amount.isnull()),
    }
    told = _grouped(found, by, figures)
    return told.mutate(
        win_rate_of_closed=ratio(told.won_count, told.closed_count),
        win_rate_of_closed_by_value=ratio(told.won_value, told.won_value + told.lost_value),
    )


def win_rates(scope: Scope, by: str | None = None) -> ir.Table:
    """Return figures of every deal in the file.

    Deals, won_count, lost_count, open_count and the two rates.

    `win_rate_of_closed`, `win_rate_of_all`, and `win_rate_of_all_by_value`
    (won ÷ the amounts of all deals that have one). `by` is a dimension.
    """
    found = deals(scope, *([by] if by else []))
    won = found.status == "won"
    figures = {
        "deals": found.count(),
        "won_count": found.count(where=won),
        "lost_count": found.count(where=found.status == "lost"),
        "open_count": found.count(where=found.status == "open"),
        "won_value": found.amount.sum(where=won).fill_null(_ZERO),
        "value": found.amount.sum().fill_null(_ZERO),
    }
    told = _grouped(found, by, figures)
    return told.mutate(
        win_rate_of_closed=ratio(told.won_count, told.won_count + told.lost_count),
        win_rate_of_all=ratio(told.won_count, told.deals),
        win_rate_of_all_by_value=ratio(told.won_value, told.value),
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
    found = _closed(scope, by, start, end)
    timed = (found.days >= 0).fill_null(False)
    figures: dict[str, ir.Value] = {}
    for name, statuses in (("closed", ("won", "lost")), ("won", ("won",)), ("lost", ("lost",))):
        where = timed & found.status.isin(statuses)
        figures[f"{name}_deals"] = found.count(where=where)
        figures[f"{name}_mean_days"] = found.days.mean(where=where)
        figures[f"{name}_median_days"] = found.days.cast("float64").median(where=where)
    figures["negative"] = found.count(where=(found.days < 0).fill_null(False))
    figures["undated"] = found.count(where=found.days.isnull())
    return _grouped(found, by, figures)


def usual_cycle(scope: Scope) -> ir.Table:
    """Return one row, days: the age by which four of five deals that closed had closed."""
    found = _closed(scope, None, None, None)
    found = found.filter(found.days >= 0)
    return found.aggregate(days=found.days.cast("float64").quantile(_USUAL))


def cohorts(scope: Scope, age_days: int) -> ir.Table:
    """Return month (of creation), created, won_by_age, mature, win_rate_of_cohort.

    `age_days` is `usual_cycle` as a rule. A month is mature when its last deal
    is that old on the scope's as-of date; the rate of a younger one is null,
    for its deals have not had their time.
    """
    found = deals(scope)
    found = found.filter(found.created.notnull(), found.created <= scope.as_of)
    found = found.mutate(month=_first_day(found.created, "M"))
    in_time = (found.status == "won") & found.days.between(0, age_days)
    told = found.group_by("month").aggregate(
        created=found.count(), won_by_age=found.count(where=in_time.fill_null(False))
    )
    youngest = scope.as_of - timedelta(days=age_days)
    # The month's last day is that old when the next month began the day after it.
    told = told.mutate(mature=told.month + ibis.interval(months=1) <= youngest + timedelta(days=1))
    rate = ibis.ifelse(told.mature, ratio(told.won_by_age, told.created), ibis.null("float64"))
    return told.mutate(win_rate_of_cohort=rate).order_by("month")


def cohort_rate(months: pd.DataFrame) -> float | None:
    """Return won ÷ created over the last twelve mature months of `cohorts`: a ratio of sums.

    None where no month is mature.
    """
    mature = months[months["mature"].astype(bool)].sort_values("month").tail(_COHORTS)
    return safe_ratio(mature["won_by_age"].sum(), mature["created"].sum())


def _closed(scope: Scope, by: str | None, start: date | None, end: date | None) -> ir.Table:
    found = deals(scope, *([by] if by in DIMENSIONS else []))
    found = found.filter(found.status.isin(("won", "lost")))
    if start is not None:
        found = found.filter(found.closed >= start)
    if end is not None:
        found = found.filter(found.closed <= end)
    unit = _PERIODS.get(by or "")
    return found.mutate(**{str(by): _first_day(found.closed, unit)}) if unit else found


def _grouped(found: ir.Table, by: str | None, figures: dict[str, ir.Value]) -> ir.Table:
    if by is None:
        return found.aggregate(**figures)
    if by not in DIMENSIONS and by not in _PERIODS:
        raise ValueError(f"no dimension {by!r}")
    return found.group_by(by).aggregate(**figures).order_by(by)


def _first_day(day: ir.DateValue, unit: Literal["M", "Q"]) -> ir.DateValue:
    """The first day of the period, as a date: DuckDB 2.0 truncates a date to a timestamp."""
    return day.cast("timestamp").truncate(unit).cast("date")
