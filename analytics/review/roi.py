"""Compute the return on spend: ROI, output per unit of input, ROAS, CAC, payback.

    >>> from analytics.review.attribution import attributed
    >>> returns(spent, attributed(touches, "first"))

    ROI     = (attributed margin − cost) ÷ cost
    output  = attributed revenue ÷ cost, the n of 1:n (投入产出比)
    ROAS    = attributed revenue ÷ spend: the same figure, by its other name
    CAC     = sales and marketing cost ÷ new customers, the cost a cycle earlier
    payback = CAC ÷ monthly margin of a new customer, in months

A channel without spend has no ratio; one without margin has an output and no ROI. Nor has
what names no channel: sales and spend that nothing connects are not a return of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.periods.months import month_before, month_start
from analytics.ratio import safe_ratio
from analytics.review.attribution import LEAST_COSTED, By, sales
from domain.scope import Scope
from domain.tables import ibis_table

COLUMNS = ("name", "spend", "budget", "revenue", "margin", "roi", "output", "share_of_spend",
           "costed")  # fmt: skip

EVER = (date(1990, 1, 1), date(2100, 12, 31))

_DAYS_A_MONTH = 30.4375

_UNKNOWN: dict[str, float | None] = {"roi": None, "output": None}


@dataclass(frozen=True)
class Returns:
    """One row a channel or campaign, the most spent first, and the total of sums."""

    rows: pd.DataFrame
    total: Mapping[str, Any]

    @property
    def unnamed(self) -> Decimal:
        """Return the revenue that nothing connects to a channel or campaign."""
        rows = self.rows.to_dict("records")
        return sum((row["revenue"] for row in rows if row["name"] is None), Decimal(0))

    @property
    def connected(self) -> bool:
        """Whether any sale names a channel or campaign; otherwise no return is known of any."""
        return _connected(self.rows.to_dict("records"))

    @property
    def unnamed_share(self) -> float | None:
        """Return its share of all revenue."""
        return safe_ratio(self.unnamed, self.total["revenue"])


def spent(scope: Scope, by: By, start: date, end: date) -> ir.Table:
    """Return name, spend, budget by channel or campaign; blank stays null.

    A row belongs to its date, else to the month of its period 'YYYY-MM'; rows
    of a quarter or year, and those in another currency, are not in it. The
    scope's filters are not asked: spend knows no rep, region or product.
    """
    dated = dated_spend(scope)
    dated = dated.filter(dated.day.between(start, end))
    return dated.group_by(name=dated[by]).aggregate(**_sums(dated)).order_by("name")


def spent_by_month(scope: Scope, by: By) -> ir.Table:
    """Return month, name, spend, budget: the same by month, for response curves and CAC."""
    dated = dated_spend(scope)
    dated = dated.mutate(month=dated.day.cast("timestamp").truncate("M").cast("date"))
    grouped = dated.filter(dated.month.notnull()).group_by("month", name=dated[by])
    return grouped.aggregate(**_sums(dated)).order_by("month", "name")


def sales_by_month(scope: Scope, by: By) -> ir.Table:
    """Return month, name, value: the sales by their own channel or campaign, over all time."""
    sold = sales(scope, by, *EVER)
    month = sold.day.cast("timestamp").truncate("M").cast("date")
    grouped = sold.group_by(month=month, name=sold.own)
    return grouped.aggregate(value=sold.value.sum()).order_by("month", "name")


def months_covered() -> ir.Table:
    """Return first, last: the months from which and to which the list of spend is known.

    Whatever the currency of the rows is; null where none names a month.
    """
    spend = ibis_table("spend")
    months = spend.select(month=spend_day(spend).cast("timestamp").truncate("M").cast("date"))
    return months.aggregate(first=months.month.min(), last=months.month.max())


def undated(scope: Scope) -> ir.Table:
    """Return currency, rows, spend of what belongs to no month or is in another currency."""
    spend = ibis_table("spend")
    foreign = (spend.currency != scope.currency).fill_null(False)
    left = spend.filter(foreign | spend_day(spend).isnull())
    by_currency = left.group_by(currency=left.currency.fill_null(scope.currency)).aggregate(
        rows=left.count(), spend=left.amount.sum().fill_null(0)
    )
    return by_currency.order_by("currency")


def not_counted(scope: Scope, start: date, end: date) -> ir.Table:
    """Return currency, rows, spend of the period's spend in other currencies than the scope's."""
    spend = ibis_table("spend")
    foreign = (spend.currency != scope.currency).fill_null(False)
    rows = spend.mutate(day=spend_day(spend))
    rows = rows.filter(foreign, rows.day.between(start, end))
    sums = rows.group_by("currency").aggregate(
        rows=rows.count(), spend=rows.amount.sum().fill_null(0)
    )
    return sums.order_by("currency")


def returns(spent: pd.DataFrame, credited: pd.DataFrame, *, known: bool = True) -> Returns:
    """Return the rows and the total of spend and what came back.

    Columns: name, spend, budget, revenue, margin, roi, output, share_of_spend, costed.

    `spent` has name, spend, budget; `credited` is `attribution.attributed`.
    Both are one row a name. The total divides sums, it averages nothing; where no sale
    names a channel at all, neither the total nor any name has a ratio. Where the list of spend
    does not reach the period (`known` is false), spend is None, which is not 0.
    """
    cost, back = _by_name(spent), _by_name(credited)
    whole = sum((_money(row["spend"]) for row in cost.values()), Decimal(0))
    rows = [
        _row(name, cost.get(name), back.get(name), whole) for name in dict.fromkeys([*cost, *back])
    ]
    rows.sort(key=lambda row: (-row["spend"], -row["revenue"]))
    revenue = sum((row["revenue"] for row in rows), Decimal(0))
    margin, costed = _whole_margin(rows)
    total = {
        "name": None,
        "spend": whole,
        "budget": _total(rows, "budget"),
        "revenue": revenue,
        "margin": margin,
        "costed": costed,
    }
    total |= _ratios(total, whole)
    if not _connected(rows):
        # What nobody wrote down is not known to be nothing: no name has lost its spend.
        total |= _UNKNOWN
        rows = [row | _UNKNOWN for row in rows]
    if not known:
        rows, total = [row | {"spend": None} for row in rows], total | {"spend": None}
    return Returns(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object), total)


def cac(
    spend: Mapping[date, Decimal], new: Mapping[date, int], month: date, cycle_days: float | None
) -> float | None:
    """Return cost ÷ new customers of the month, the cost taken `cycle_days` earlier.

    Both by month. Without a cycle the same month's cost; a lag of one month and
    a half takes half of each. None where nobody new came or the month that was
    paid for lies before the data.
    """
    parts = paid_months(month, cycle_days)
    if any(paid not in spend for paid in parts):
        return None
    cost = sum(part * float(spend[paid]) for paid, part in parts.items())
    return safe_ratio(cost, new.get(month))


def paid_months(month: date, cycle_days: float | None) -> dict[date, float]:
    """Return the months whose spend won the new customers of `month`, and the part of each."""
    lag = (cycle_days or 0.0) / _DAYS_A_MONTH
    whole, part = int(lag), lag - int(lag)
    near = {month_before(month, whole): 1 - part}
    return near | ({month_before(month, whole + 1): part} if part else {})


def payback(cost: float | None, monthly_margin: float | None) -> float | None:
    """Return the months until a new customer has earned their cost; None where they never do."""
    return safe_ratio(cost, monthly_margin) if monthly_margin and monthly_margin > 0 else None


def spend_day(spend: ir.Table) -> ir.DateValue:
    """Return the day of a row of spend, or the first of its month; null for a longer period."""
    return ibis.coalesce(spend.date, month_start(spend.period))


def dated_spend(scope: Scope) -> ir.Table:
    spend = ibis_table("spend")
    ours = (spend.currency == scope.currency).fill_null(True)
    return spend.mutate(day=spend_day(spend)).filter(ours)


def _sums(spend: ir.Table) -> dict[str, ir.Value]:
    return {"spend": spend.amount.sum().fill_null(0), "budget": spend.budget.sum()}


def _by_name(frame: pd.DataFrame) -> dict[str | None, dict[Any, Any]]:
    return {
        None if pd.isna(row["name"]) else str(row["name"]): row for row in frame.to_dict("records")
    }


def _row(
    name: str | None, cost: Mapping[Any, Any] | None, back: Mapping[Any, Any] | None, whole: Decimal
) -> dict[str, Any]:
    budget = cost["budget"] if cost else None
    row = {
        "name": name,
        "spend": _money(cost["spend"]) if cost else Decimal(0),
        "budget": None if budget is None or pd.isna(budget) else _money(budget),
        "revenue": _money(back["value"]) if back else Decimal(0),
        "margin": float(back["margin"]) if back else 0.0,
        "costed": float(back["costed"]) if back else None,
    }
    return row | _ratios(row, whole) | (_UNKNOWN if name is None else {})


def _connected(rows: Iterable[Mapping[Any, Any]]) -> bool:
    return any(row["revenue"] for row in rows if row["name"] is not None)


def _ratios(row: Mapping[str, Any], whole: Decimal) -> dict[str, float | None]:
    spend, margin = row["spend"], row["margin"]
    earned = None if margin is None or margin != margin else margin - float(spend)
    return {
        "roi": safe_ratio(earned, spend),
        "output": safe_ratio(row["revenue"], spend),
        "share_of_spend": safe_ratio(spend, whole),
    }


def _whole_margin(rows: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    """The margin of all, and the part of the money it is known of; None where too little is."""
    known = [row for row in rows if row["margin"] == row["margin"]]
    margin = sum(row["margin"] for row in known)
    if len(known) == len(rows):
        return margin, 1.0
    costed = safe_ratio(
        sum(float(row["revenue"]) for row in known), sum(float(row["revenue"]) for row in rows)
    )
    enough = costed is not None and LEAST_COSTED <= costed <= 1
    return margin / costed if enough and costed else None, costed


def _total(rows: list[dict[str, Any]], name: str) -> Decimal | None:
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known, Decimal(0)) if known else None


def _money(value: object) -> Decimal:
    return Decimal(0) if value is None or value != value else Decimal(str(value))
