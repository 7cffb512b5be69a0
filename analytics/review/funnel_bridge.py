"""Explain a change of sales by its funnel, and a missed target by what happened.

    >>> factors = {"leads": 200, "deals": 0.30, "won": 0.25, "deal_size": 1000}
    >>> funnel_bridge(factors, {"leads": 220, "deals": 0.27, "won": 0.28, "deal_size": 950}).bars
           label       value
    0      leads   1467.4654
    1      deals  -1622.2077
    2        won   1744.8914
    3  deal_size   -789.7491

R = leads × rate₁ × … × deal size, the rates being the period's *throughput
ratios* (this month's won ÷ this month's new deals: not cohort conversions).
Each factor's part is L(R₁, R₀) · ln(x₁ ÷ x₀), L(a, b) = (a − b) ÷ ln(a ÷ b),
L(a, a) = a: exact, in any order, without a residual (log-mean decomposition,
Ang 2015). Where a factor is not positive, Shapley's mean over all orders.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial, isclose, log, prod
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from analytics.pipeline.funnel import deals
from analytics.pipeline.lead_sources import OF_LEADS
from analytics.ratio import safe_ratio
from analytics.review.bridge import BARS, PARTS, Bridge, exactly
from domain.scope import Scope
from domain.tables import ibis_table

_TEN_THOUSANDTH = Decimal("0.0001")


def throughput(scope: Scope, start: date, end: date) -> ir.Table:
    """Return one row: leads and deals created, deals won (closed) and won_value, from start to end.

    `leads` is null where a filter of the scope cannot be asked of a lead.
    """
    rows = deals(scope)
    won = (rows.status == "won") & rows.closed.between(start, end)
    counts = rows.aggregate(
        deals=rows.count(where=rows.created.between(start, end).fill_null(False)),
        won=rows.count(where=won.fill_null(False)),
        won_value=rows.amount.sum(where=won.fill_null(False)).fill_null(0),
    )
    if {name for name, _ in scope.filters} - OF_LEADS:
        return counts.mutate(leads=ibis.null("int64"))
    leads = kept(with_dimensions(ibis_table("leads"), wanted_by(scope), "created_date"), scope)
    counted = leads.aggregate(
        leads=leads.count(where=leads.created_date.between(start, end).fill_null(False))
    )
    return counts.cross_join(counted)


def factors(row: Mapping[str, Any]) -> dict[str, float] | None:
    """Return leads, deals (÷ leads), won (÷ deals), deal_size: a row of `throughput` as factors.

    Their product is the won value. Where there are no leads the chain begins
    with `new_deals`, where there are no new deals either with `new_won`. None
    where nothing was won: there is no deal size to speak of.
    """
    leads, opened, won = (_count(row, name) for name in ("leads", "deals", "won"))
    size = safe_ratio(float(str(row["won_value"])), won)
    if size is None:
        return None
    if leads and opened:
        return {"leads": leads, "deals": opened / leads, "won": won / opened, "deal_size": size}
    if opened:
        return {"new_deals": opened, "won": won / opened, "deal_size": size}
    return {"new_won": won, "deal_size": size}


def funnel_bridge(
    before: Mapping[str, float],
    after: Mapping[str, float],
    start: Decimal | None = None,
    end: Decimal | None = None,
) -> Bridge:
    """Return one bar a factor, by the factors' own names; they sum to end − start exactly.

    `start` and `end` are the two products as money, where the exact figures are
    known. Raises ValueError where the two chains have different factors.
    """
    if list(before) != list(after):
        raise ValueError(f"two different chains: {list(before)} and {list(after)}")
    first = start if start is not None else _money(prod(before.values()))
    last = end if end is not None else _money(prod(after.values()))
    positive = all(value > 0 for value in (*before.values(), *after.values()))
    parts = (_log_mean if positive else _shapley)(before, after)
    bars = exactly({name: Fraction(part) for name, part in parts.items()}, last - first)
    return _of(first, last, bars)


def from_target(
    target: Decimal, expected: Decimal, actual: Decimal, happened: Bridge | None = None
) -> Bridge:
    """Explain target → actual: `ambition`, then what happened.

    `expected` is the P50 forecast of the day the plan was frozen: ambition is
    target − expected (its bar has the other sign, it leads down from the
    target), `happened` expected − actual. With the funnel bridge of `happened`
    its bars stand in its place, and `other` is what they do not explain.
    """
    bars = {"ambition": expected - target}
    change = actual - expected
    if happened is None:
        return _of(target, actual, {**bars, "happened": change})
    explained = dict(zip(happened.bars["label"], happened.bars["value"], strict=True))
    return _of(
        target, actual, {**bars, **explained, "other": change - sum(explained.values(), Decimal(0))}
    )


def _log_mean(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    was, now = prod(before.values()), prod(after.values())
    same = isclose(was, now, rel_tol=1e-12)
    mean = now if same else (now - was) / log(now / was)
    return {name: mean * log(after[name] / before[name]) for name in before}


def _shapley(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """A factor's mean effect over every order in which the factors may change."""
    count = len(before)
    parts = {}
    for name in before:
        others = [other for other in before if other != name]
        part = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for changed in combinations(others, size):
                rest = prod(
                    after[factor] if factor in changed else before[factor] for factor in others
                )
                part += weight * rest * (after[name] - before[name])
        parts[name] = part
    return parts


def _money(value: float) -> Decimal:
    return Decimal(value).quantize(_TEN_THOUSANDTH)


def _count(row: Mapping[str, Any], name: str) -> float:
    value = row.get(name)
    return 0.0 if value is None or pd.isna(value) else float(str(value))


def _of(start: Decimal, end: Decimal, bars: Mapping[str, Decimal]) -> Bridge:
    frame = pd.DataFrame(list(bars.items()), columns=list(BARS), dtype=object)
    return Bridge(start, end, frame, pd.DataFrame(columns=list(PARTS), dtype=object))
