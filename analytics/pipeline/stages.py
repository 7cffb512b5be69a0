"""Compute stage conversion.

Of the deals that entered a stage, the share that went on in usual time.

    >>> conversion(scope, ("Qualified", "Proposal", "Won"), date(2026, 1, 1), date(2026, 3, 31))

From the moves in `stage_history`. A deal goes on when it enters any later
stage of `stages`, so one that skips a stage has gone on too. The usual time of
a stage is that within which four of five deals that ever went on did. Entries
too young to tell on the as-of date are counted apart and are in no rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from analytics.pipeline.funnel import deals
from analytics.ratio import ratio
from domain.scope import Scope
from domain.tables import ibis_table

_USUAL = 0.8


def conversion(scope: Scope, stages: Sequence[str], start: date, end: date) -> ir.Table:
    """Return stage, place, entered, mature, went_on, too_young, usual_days, conversion.

    `stages` in their order, the winning one last; `start` and `end` are the
    window of entering, both in. `conversion` = went_on ÷ mature, null where no
    entry is old enough or nobody ever went on.
    """
    if len(set(stages)) < len(stages) or len(stages) < 2:
        raise ValueError("stages are two or more different names in their order")
    moves = _moves(scope, stages)
    usual = moves.group_by(of="place").aggregate(
        usual_days=moves.days.cast("float64").quantile(_USUAL)
    )
    rows = moves.filter(moves.entered.between(start, end), moves.place < len(stages) - 1)
    rows = rows.left_join(usual, rows.place == usual.of)
    age = ibis.literal(scope.as_of).delta(rows.entered, unit="day")
    rows = rows.mutate(old=(age >= rows.usual_days).fill_null(False))
    on_time = rows.old & (rows.days <= rows.usual_days).fill_null(False)
    counts = rows.group_by("stage", "place").aggregate(
        entered=rows.count(),
        mature=rows.count(where=rows.old),
        went_on=rows.count(where=on_time),
        too_young=rows.count(where=~rows.old),
        usual_days=rows.usual_days.max(),
    )
    return counts.mutate(conversion=ratio(counts.went_on, counts.mature)).order_by("place")


def _moves(scope: Scope, stages: Sequence[str]) -> ir.Table:
    """deal_id, stage, place, entered, days: a deal's first entry, and days until it went on."""
    history, ours = ibis_table("stage_history"), deals(scope)
    history = history.filter(
        history.stage.isin(list(stages)), history.entered_at.cast("date") <= scope.as_of
    )
    if scope.filters:
        history = history.semi_join(ours, history.deal_id == ours.deal_id)
    place = ibis.cases(*((history.stage == name, at) for at, name in enumerate(stages)))
    first = history.group_by("deal_id", "stage", place=place).aggregate(
        entered=history.entered_at.cast("date").min()
    )
    later = first.view()
    pairs = first.left_join(
        later,
        [
            first.deal_id == later.deal_id,
            later.place > first.place,
            later.entered >= first.entered,
        ],
    )
    pairs = pairs.select(first.deal_id, first.stage, first.place, first.entered, next=later.entered)
    gone = pairs.group_by("deal_id", "stage", "place", "entered").aggregate(next=pairs.next.min())
    return gone.mutate(days=gone.next.delta(gone.entered, unit="day"))
