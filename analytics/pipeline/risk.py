"""Open deals that need a word in the meeting: pushed, past due, idle, without a next step.

    >>> at_risk(scope)      # deal_id, deal_name, …, pushes, idle_days, past_due, no_next_step

A push is a move of the expected closing date to a later one, seen in the deal's
stage history and in its row as it stands now. Days are counted to the scope's
as-of date.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from domain.scope import Scope
from domain.tables import ibis_table

IDLE_DAYS = 30
MANY_PUSHES = 2


def pushes(scope: Scope) -> ir.Table:
    """deal_id, pushes, first_expected: how often each deal's closing date was put off."""
    history, deals = ibis_table("stage_history"), ibis_table("deals")
    told = history.select(
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
    told = told.filter(told.expected.notnull())
    before = told.expected.lag().over(group_by="deal_id", order_by="at")
    told = told.mutate(later=(told.expected > before).fill_null(False))
    return told.group_by("deal_id").aggregate(
        pushes=told.later.sum().fill_null(0), first_expected=told.expected.argmin(told["at"])
    )


def at_risk(scope: Scope) -> ir.Table:
    """The open deals that show a sign of trouble, the most pushed and the largest first.

    deal_id, deal_name, customer, rep, stage, amount, currency (the deal's own),
    expected_close_date, first_expected, pushes, idle_days (null without an activity),
    past_due, idle, no_next_step. Whether a next step is missing counts only where the file has
    next steps at all.
    """
    deals = ibis_table("deals")
    found = kept(with_dimensions(deals, wanted_by(scope)), scope)
    found = found.filter(found.status == "open")
    moved = pushes(scope)
    found = found.left_join(moved, found.deal_id == moved.deal_id)
    day = ibis.literal(scope.as_of)
    found = found.mutate(
        pushes=found.pushes.fill_null(0),
        idle_days=day.delta(found.last_activity_date, unit="day"),
        past_due=(found.expected_close_date < day).fill_null(False),
    )
    found = found.mutate(
        idle=(found.idle_days > IDLE_DAYS).fill_null(False),
        no_next_step=found.next_step.isnull() & found.next_step.notnull().any().over(),
    )
    found = found.filter((found.pushes >= MANY_PUSHES) | found.past_due | found.idle)
    return found.select(
        "deal_id", "deal_name", "customer", "rep", "stage", "amount", "currency",
        "expected_close_date", "first_expected", "pushes", "idle_days", "past_due", "idle",
        "no_next_step",
    ).order_by(ibis.desc("pushes"), ibis.desc("amount"), "deal_id")  # fmt: skip
