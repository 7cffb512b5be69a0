"""Count lost deals by competitor and reason, and compare two periods.

    >>> now = frame(lost, scope, "competitor", date(2026, 1, 1), date(2026, 3, 31))
    >>> compared(now, frame(lost, scope, "competitor", date(2025, 1, 1), date(2025, 12, 31)))

Shares are of all lost deals of the period: those that name nobody are a row of
their own, without a name, and in the whole.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from analytics.ratio import safe_ratio
from domain.scope import Scope
from domain.tables import ibis_table

By = Literal["competitor", "lost_reason"]

COLUMNS = ("name", "lost", "value", "share", "lost_before", "share_before", "change")

# With fewer lost deals than this a share says nothing.
_FEWEST = 10
_CLEARLY = 0.05


def lost(scope: Scope, by: By, start: date, end: date) -> ir.Table:
    """Return name, lost, value, foreign: deals lost in the period, by closing date.

    Blank stays null.

    `value` sums the amounts there are, in the scope's currency; `foreign` counts
    the deals in another one, which are in `lost` and not in `value`.
    """
    rows = _lost(scope, start, end)
    ours = (rows.currency == scope.currency).fill_null(True)
    sums = rows.group_by(name=rows[by]).aggregate(
        lost=rows.count(),
        value=rows.amount.sum(where=ours).fill_null(0),
        foreign=rows.count(where=~ours),
    )
    return sums.order_by(ibis.desc("lost"), "name")


def lost_deals(scope: Scope, start: date, end: date) -> ir.Table:
    """Return the deals themselves, the last lost first, to download."""
    return (
        _lost(scope, start, end)
        .select(
            "deal_id", "deal_name", "customer", "rep", "stage", "amount", "currency",
            "closed_date", "competitor", "lost_reason",
        )
        .order_by(ibis.desc("closed_date"), "deal_id")
    )  # fmt: skip


def compared(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return name, lost, value, share, lost_before, share_before, change (of the share).

    Most lost first.

    Both are `lost`. A share is None where nothing was lost in its period.
    """
    counts, earlier = _by_name(now, "lost"), _by_name(before, "lost")
    values = _by_name(now, "value")
    whole, whole_before = sum(counts.values()), sum(earlier.values())
    rows = []
    for name in dict.fromkeys([*counts, *earlier]):
        count, count_before = counts.get(name, 0), earlier.get(name, 0)
        share, was = safe_ratio(count, whole), safe_ratio(count_before, whole_before)
        change = None if share is None or was is None else share - was
        rows.append((name, count, values.get(name, 0), share, count_before, was, change))
    rows.sort(key=lambda row: (-row[1], -row[4], row[0] is None, str(row[0])))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def risen(rows: pd.DataFrame) -> str | None:
    """Return the name whose share of `compared` rose most, if it rose clearly.

    None where none did.
    """
    if rows["lost"].sum() < _FEWEST or rows["lost_before"].sum() < _FEWEST:
        return None
    up = [
        (row["change"], row["name"])
        for row in rows.to_dict("records")
        if row["name"] is not None and row["change"] is not None
    ]
    change, name = max(up, default=(0.0, None), key=lambda rise: rise[0])
    return str(name) if name is not None and change >= _CLEARLY else None


def _lost(scope: Scope, start: date, end: date) -> ir.Table:
    rows = kept(with_dimensions(ibis_table("deals"), wanted_by(scope), "closed_date"), scope)
    return rows.filter(rows.status == "lost", rows.closed_date.between(start, end))


def _by_name(frame: pd.DataFrame, column: str) -> dict[str | None, int]:
    return {
        None if pd.isna(name) else str(name): value
        for name, value in zip(frame["name"], frame[column], strict=True)
    }
