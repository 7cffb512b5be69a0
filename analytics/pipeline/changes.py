"""Explain the change of the open pipeline between two days, deal by deal, as it was known on each.

    >>> moving = frame(snapshots.moving, scope, date(2026, 6, 9), date(2026, 6, 16))
    >>> june = (date(2026, 6, 1), date(2026, 6, 30))
    >>> changed = changes(moving, date(2026, 6, 9), date(2026, 6, 16), june)
    >>> waterfall(changed).bars              # label, value, deals

    open₀ + new + first seen + reopened + moved in + bigger − smaller − moved out
          − won − lost − vanished ± reassigned = open₁

The pipeline is what is open and expected to close in a window of days, or all
that is open; a deal without an amount weighs nothing. A deal may stand behind
two bars (moved in and bigger). One that came and was won between the two days is
new and won; one won ahead of its window has moved in first. A lost deal leaves
with what it was worth before: many systems set it to nothing. Vanished is a deal
of the earlier day that a later file should have and has not; where nobody says
what a file covers it should have them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from analytics.periods.months import as_date

Flow = Literal["new", "first_seen", "reopened", "moved_in", "bigger", "smaller", "moved_out",
               "won", "lost", "vanished", "reassigned"]  # fmt: skip

# The days in which a deal is expected to close, both in; None for the whole open pipeline.
Window = tuple[date, date] | None

Row = Mapping[Any, Any]

FLOWS: tuple[Flow, ...] = (
    "new", "first_seen", "reopened", "moved_in", "bigger", "smaller", "moved_out", "won", "lost",
    "vanished", "reassigned",
)  # fmt: skip

_NAMED = ("deal_id", "deal_name", "customer", "rep", "stage", "status", "rep_before",
          "expected_before", "expected", "amount_before", "amount")  # fmt: skip
_NOTHING = Decimal(0)
_MISSING: Mapping[Any, Any] = dict.fromkeys(
    ("status", "amount", "created", "expected", "closed", "rep", "inside")
)


@dataclass(frozen=True)
class Waterfall:
    """From one standing to another: `bars` has label, value, deals; only what moved."""

    start: Decimal
    bars: pd.DataFrame
    end: Decimal


def earlier(days: Iterable[date], day: date, least: int = 5) -> date | None:
    """Return the newest of `days` at least `least` days before `day`, else the newest before it."""
    before = sorted((snapshot for snapshot in days if snapshot < day), reverse=True)
    return next(
        (snapshot for snapshot in before if (day - snapshot).days >= least),
        next(iter(before), None),
    )


def changes(moving: pd.DataFrame, before: date, after: date, window: Window) -> pd.DataFrame:
    """Return one row a deal in the pipeline on either day or on its way through, a column a flow.

    `moving` is `snapshots.moving` of these two days. Columns: deal_id,
    deal_name, customer, rep, rep_before, stage, status, expected_before, expected,
    amount_before, amount, `before` and `after` (what the deal adds to the pipeline
    of each day, counted by itself) and FLOWS, None where it has no part in one. A deal
    that stays and changes hands is reassigned by nothing: 0.
    """
    sides: dict[str, list[Row | None]] = {}
    for row in moving.to_dict("records"):
        pair = sides.setdefault(row["deal_id"], [None, None])
        pair[as_date(row["day"]) == after] = row
    rows = []
    for then, now in sides.values():
        deal = _read(then, now, window, before)
        moved = _moved(deal)
        if deal.was or deal.stands or moved:
            rows.append(_named(then, now) | _ends(deal) | {flow: moved.get(flow) for flow in FLOWS})
    return pd.DataFrame(rows, columns=[*_NAMED, "before", "after", *FLOWS], dtype=object)


def waterfall(changed: pd.DataFrame) -> Waterfall:
    """Sum `changes` to bars between two standings; raises ValueError if it does not add up."""
    start, end = _sum(changed["before"]), _sum(changed["after"])
    parts = [(flow, changed[flow].dropna()) for flow in FLOWS]
    # Deals that stay and change hands move no money: a list, and no bar.
    parts = [(flow, part) for flow, part in parts if flow != "reassigned" or any(part)]
    bars = pd.DataFrame(
        [(flow, _sum(part), len(part)) for flow, part in parts if len(part)],
        columns=["label", "value", "deals"],
    )
    if start + _sum(bars["value"]) != end:
        raise ValueError(f"{start} and {bars['value'].tolist()} do not make {end}")
    return Waterfall(start, bars, end)


@dataclass(frozen=True)
class _Pair:
    """A deal on both days; `due`: it is expected in the window, `ours`: it passes the filters.

    `was`, `stands`: it is in the pipeline of the earlier, the later day.
    """

    status0: str | None
    status1: str | None
    amount0: Decimal
    amount1: Decimal
    due0: bool
    due1: bool
    ours0: bool
    ours1: bool
    old: bool
    handed: bool

    @property
    def was(self) -> bool:
        return self.status0 == "open" and self.due0 and self.ours0

    @property
    def stands(self) -> bool:
        return self.status1 == "open" and self.due1 and self.ours1


def _read(then: Row | None, now: Row | None, window: Window, day: date) -> _Pair:
    before, after = then or _MISSING, now or _MISSING
    status0, status1 = _known(before["status"]), _known(after["status"])
    due0, closes = _due(before["expected"], window), _due(after["closed"], window)
    was_open = status0 == "open"
    if status1 == "won":
        # It closed when it closed, whatever was expected; and its pipeline has lost it.
        due1 = closes or (was_open and due0)
    elif status1 == "lost":
        due1 = due0 if was_open else closes
    else:
        due1 = _due(after["expected"], window)
    amount0, amount1 = _money(before["amount"]), _money(after["amount"])
    if was_open and (status1 == "lost" or (status1 == "won" and pd.isna(after["amount"]))):
        amount1 = amount0
    created = _known(after["created"])
    return _Pair(
        status0, status1, amount0, amount1, due0, due1,
        bool(_known(before["inside"])), bool(_known(after["inside"])),
        old=created is not None and as_date(created) < day,
        handed=None not in (then, now) and _known(before["rep"]) != _known(after["rep"]),
    )  # fmt: skip


def _moved(pair: _Pair) -> dict[Flow, Decimal]:
    """What the deal brings to each bar; in full: after − before."""
    flows: dict[Flow, Decimal] = {}
    if pair.status1 in (None, "vanished"):
        return {"vanished": -pair.amount0} if pair.was else {}
    if pair.status1 == pair.status0 != "open":
        return {}  # closed before, whatever day it says
    if not (pair.due1 and pair.ours1):
        if pair.was:
            flows["moved_out" if pair.ours1 else "reassigned"] = -pair.amount0
        return flows
    if pair.status0 is None:
        flows["first_seen" if pair.old else "new"] = pair.amount1
    elif pair.status0 != "open":
        flows["reopened"] = pair.amount1
    else:
        if not pair.ours0:
            flows["reassigned"] = pair.amount0
        elif not pair.due0:
            flows["moved_in"] = pair.amount0
        if pair.ours0 and pair.handed:
            flows["reassigned"] = _NOTHING
        if change := pair.amount1 - pair.amount0:
            flows["bigger" if change > 0 else "smaller"] = change
    if pair.status1 == "won":
        flows["won"] = -pair.amount1
    elif pair.status1 == "lost":
        flows["lost"] = -pair.amount1
    return flows


def _named(then: Row | None, now: Row | None) -> dict[str, Any]:
    """The deal in the words of the later day, else of the earlier one."""
    before, after = then or _MISSING, now or _MISSING
    names = {name: (now or before)[name] for name in _NAMED[:6]}
    return names | {
        "rep_before": before["rep"],
        "expected_before": before["expected"],
        "expected": after["expected"],
        "amount_before": before["amount"],
        "amount": after["amount"],
    }


def _ends(pair: _Pair) -> dict[str, Decimal]:
    return {
        "before": pair.amount0 if pair.was else _NOTHING,
        "after": pair.amount1 if pair.stands else _NOTHING,
    }


def _due(day: Any, window: Window) -> bool:
    if window is None:
        return True
    return not pd.isna(day) and window[0] <= as_date(day) <= window[1]


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _money(value: Any) -> Decimal:
    return _NOTHING if pd.isna(value) else Decimal(str(value))


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, _NOTHING)
