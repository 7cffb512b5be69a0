"""Find the open deals at risk: pushed, past due, idle, without a next step.

    >>> at_risk(scope)      # deal_id, deal_name, …, pushes, idle_days, pushed, past_due, idle, …

A push is a move of the expected closing date to a later one, seen in the deal's
stage history and in its current row. Days are counted to the scope's as-of date; the last
activity is the later of what the deal's row says and the last one done in the activities.
A further alert is a row of `ALERTS`; `pages.kit.week.at_risk` has its words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from analytics.pipeline.effort import happened
from domain.scope import Scope
from domain.tables import ibis_table

IDLE_DAYS = 30
MANY_PUSHES = 2


@dataclass(frozen=True)
class Alert:
    """One sign that a deal is at risk.

    `holds` takes the open deals with `pushes`, `last_activity`, `idle_days` and `day` (the
    as-of date) and returns a boolean column; null counts as false. `known` takes the open
    deals with `last_activity` and `traced` (the stage history has closing dates of it) and
    returns whether a deal says enough to be judged. `alone` says whether the sign puts a deal
    on the list by itself, or is only mentioned beside others.
    """

    id: str
    holds: Callable[[ir.Table], ir.BooleanValue]
    known: Callable[[ir.Table], ir.BooleanValue]
    alone: bool = True


ALERTS: tuple[Alert, ...] = (
    Alert("pushed", lambda deals: deals.pushes >= MANY_PUSHES, lambda deals: deals.traced),
    Alert(
        "past_due",
        lambda deals: deals.expected_close_date < deals.day,
        lambda deals: deals.expected_close_date.notnull(),
    ),
    Alert(
        "idle",
        lambda deals: deals.idle_days > IDLE_DAYS,
        lambda deals: deals.last_activity.notnull(),
    ),
    # A missing next step counts only where the file has next steps at all.
    Alert(
        "no_next_step",
        lambda deals: deals.next_step.isnull() & deals.next_step.notnull().any().over(),
        lambda deals: deals.next_step.notnull(),
        alone=False,
    ),
)


def pushes(scope: Scope) -> ir.Table:
    """Return deal_id, pushes, first_expected: how often each closing date was postponed."""
    history, deals = ibis_table("stage_history"), ibis_table("deals")
    moves = history.select(
        "deal_id", at=history.entered_at, expected=history.expected_close_date
    ).union(
        deals.filter(deals.status == "open").select(
            "deal_id",
            # The row as it stands comes after every move of the same day.
            at=ibis.coalesce(deals.as_of, ibis.literal(scope.as_of)).cast("timestamp")
            + ibis.interval(days=1),
            expected=deals.expected_close_date,
        )
    )
    moves = moves.filter(moves.expected.notnull())
    before = moves.expected.lag().over(group_by="deal_id", order_by="at")
    moves = moves.mutate(later=(moves.expected > before).fill_null(False))
    return moves.group_by("deal_id").aggregate(
        pushes=moves.later.sum().fill_null(0), first_expected=moves.expected.argmin(moves["at"])
    )


def at_risk(scope: Scope) -> ir.Table:
    """Return the open deals that raise an alert, the most pushed and the largest first.

    deal_id, deal_name, customer, rep, stage, amount, currency (the deal's own),
    expected_close_date, first_expected, pushes, idle_days (null without an activity),
    and a boolean column for each of `ALERTS`.
    """
    rows = _open(scope)
    moved = pushes(scope)
    rows = rows.left_join(moved, rows.deal_id == moved.deal_id)
    day = ibis.literal(scope.as_of)
    rows = rows.mutate(
        pushes=rows.pushes.fill_null(0),
        idle_days=day.delta(rows.last_activity, unit="day"),
        day=day,
    )
    raised = {alert.id: alert.holds(rows).fill_null(False) for alert in ALERTS}
    rows = rows.mutate(**raised)
    rows = rows.filter(ibis.or_(*(rows[alert.id] for alert in ALERTS if alert.alone)))
    return rows.select(
        "deal_id", "deal_name", "customer", "rep", "stage", "amount", "currency",
        "expected_close_date", "first_expected", "pushes", "idle_days", *raised,
    ).order_by(ibis.desc("pushes"), ibis.desc("amount"), "deal_id")  # fmt: skip


def judged(scope: Scope) -> ir.Table:
    """Return one row: open_deals, and for each of `ALERTS` how many of them it can be told of.

    0 where nobody filled the column that an alert needs: then no deal raises it, and that says
    nothing.
    """
    rows = _open(scope)
    history = ibis_table("stage_history")
    dated = history.filter(history.expected_close_date.notnull())
    rows = rows.mutate(traced=rows.deal_id.isin(dated.deal_id).fill_null(False))
    counts = {alert.id: rows.count(where=alert.known(rows)) for alert in ALERTS}
    return rows.aggregate(open_deals=rows.count(), **counts)


def _open(scope: Scope) -> ir.Table:
    """Return the open deals that pass the scope's filters."""
    rows = kept(with_dimensions(ibis_table("deals"), wanted_by(scope)), scope)
    rows = rows.filter(rows.status == "open")
    done = _last_done(scope)
    rows = rows.left_join(done, rows.deal_id == done.done_for).drop("done_for")
    latest = ibis.greatest(
        ibis.coalesce(rows.last_activity_date, rows.last_done),
        ibis.coalesce(rows.last_done, rows.last_activity_date),
    )
    return rows.mutate(last_activity=latest).drop("last_done")


def _last_done(scope: Scope) -> ir.Table:
    """Return done_for (a deal), last_done: the last day by as-of on which something was done."""
    activities = ibis_table("activities")
    activities = activities.filter(
        activities.deal_id.notnull(),
        happened(activities),
        activities.activity_date <= ibis.literal(scope.as_of),
    )
    return activities.group_by(done_for=activities.deal_id).aggregate(
        last_done=activities.activity_date.max()
    )
