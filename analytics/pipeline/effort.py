"""Compare each team's activities with its results by month: the evidence behind a missed target.

    >>> team_months(frame(sold, scope), frame(activity, scope), frame(decided, scope))
           month   team     value  done  planned  won  lost

Filters that activities cannot be asked (product, category, channel) leave them
without rows: then effort is not known, which is not the same as none.
"""

from __future__ import annotations

from functools import reduce

import ibis.expr.types as ir
import pandas as pd

from analytics.actuals import actual
from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from analytics.pipeline.funnel import deals
from domain.scope import Scope
from domain.tables import ibis_table

COLUMNS = ("month", "team", "value", "done", "planned", "won", "lost")


def sold(scope: Scope) -> ir.Table:
    """Return month, team, value of what counts as the actual, over all time."""
    rows = actual.lines(scope)
    rows = rows.filter(rows.left_out.isnull(), rows.date.notnull())
    grouped = rows.group_by(month=_month(rows.date), team=rows.team)
    return grouped.aggregate(value=rows.value.sum()).order_by("month", "team")


def activity(scope: Scope) -> ir.Table:
    """Return month, team, done, planned.

    Done activities count by the day they happened, planned ones by the day planned.

    A cancelled one was neither; one without a status has happened when it has a date.
    """
    activities = ibis_table("activities")
    activities = kept(with_dimensions(activities, wanted_by(scope, "team"), "activity_date"), scope)
    done = activities.filter(activities.activity_date.notnull(), happened(activities)).select(
        month=_month(activities.activity_date), team=activities.team, done=1, planned=0
    )
    intended = activities.status.isnull() | (activities.status != "cancelled")
    planned = activities.filter(activities.planned_date.notnull(), intended).select(
        month=_month(activities.planned_date), team=activities.team, done=0, planned=1
    )
    both = done.union(planned)
    sums = {name: both[name].sum() for name in ("done", "planned")}
    return both.group_by("month", "team").aggregate(**sums).order_by("month", "team")


def happened(activities: ir.Table) -> ir.BooleanValue:
    """Return whether each activity with a date was done; without a status it was."""
    return activities.status.isnull() | (activities.status == "done")


def decided(scope: Scope) -> ir.Table:
    """Return month, team, won, lost: deals by their closing date."""
    closed = deals(scope, "team")
    closed = closed.filter(closed.status.isin(("won", "lost")), closed.closed.notnull())
    grouped = closed.group_by(month=_month(closed.closed), team=closed.team)
    counts = grouped.aggregate(
        won=closed.count(where=closed.status == "won"),
        lost=closed.count(where=closed.status == "lost"),
    )
    return counts.order_by("month", "team")


def team_months(*frames: pd.DataFrame) -> pd.DataFrame:
    """Merge the three frames into one row a month and team.

    Columns: month, team, value, done, planned, won, lost; figures are floats, 0 where none.

    A team without a name is the team "".
    """
    named = [frame.assign(team=frame["team"].fillna("").astype(str)) for frame in frames]
    whole = reduce(lambda left, right: left.merge(right, on=["month", "team"], how="outer"), named)
    for name in COLUMNS[2:]:
        whole[name] = whole[name].astype(float).fillna(0.0) if name in whole else 0.0
    return whole.sort_values(["month", "team"], ignore_index=True)[list(COLUMNS)]


def _month(day: ir.DateValue) -> ir.DateValue:
    return day.cast("timestamp").truncate("M").cast("date")
