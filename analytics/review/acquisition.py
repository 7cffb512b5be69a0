"""Compute what a new customer costs, and when they have earned it back.

>>> acquisition(spent, new, date(2026, 3, 1), cycle_days=47.0).payback

CAC            = all spend of the month, taken a median sales cycle earlier ÷ new customers
monthly margin = what the new customers of twelve months have earned ÷ the months that each
                 of them has been one, their first and the month itself included
payback        = CAC ÷ monthly margin, in months
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis.expr.types as ir
import pandas as pd

from analytics.actuals import customers
from analytics.periods.months import as_date, month_before, months_between
from analytics.ratio import safe_ratio
from analytics.review import roi
from analytics.review.attribution import LEAST_COSTED, sales
from domain.scope import Scope

_WINDOW = 12


@dataclass(frozen=True)
class Acquisition:
    """New customers of a month, their cost and payback; None for what is not known.

    `customers` is None where the data begin in the month, for everybody is new then;
    `monthly_margin` where the costs of too many sales are not known.
    """

    customers: int | None
    cac: float | None
    monthly_margin: float | None
    payback: float | None


def window(month: date, begin: date) -> tuple[date, date] | None:
    """Return the first and last month of purchases that make a new customer in the margin.

    A year at most. Of the month in which the data `begin` nobody knows who is new; None if it is
    the month itself.
    """
    first = max(month_before(month, _WINDOW - 1), month_before(begin, -1))
    return (first, month) if first <= month else None


def new_customers(scope: Scope, start: date, end: date) -> ir.Table:
    """Return month, customers, value, margin, costed, by the month of the first purchase ever.

    The customers are those whose first purchase lies from `start` to `end`; value and margin are
    what they have brought until `end`, `costed` is the part of the value with a margin.
    """
    first = customers.first_purchases(scope)
    first = first.filter(first.first_date.between(start, end))
    sold = sales(scope, "channel", start, end)
    each = sold.group_by("customer").aggregate(
        value=sold.value.sum(),
        margin=sold.margin.sum().fill_null(0),
        costed=sold.value.sum(where=sold.margin.notnull()).fill_null(0),
    )
    each = first.inner_join(each, "customer")
    month = each.first_date.cast("timestamp").truncate("M").cast("date")
    by_month = each.group_by(month=month).aggregate(
        customers=each.count(),
        value=each.value.sum(),
        margin=each.margin.sum(),
        costed=each.costed.sum(),
    )
    return by_month.order_by("month")


def acquisition(
    spent: pd.DataFrame, new: pd.DataFrame | None, month: date, cycle_days: float | None
) -> Acquisition:
    """Return the figures of `month`.

    `spent` is `roi.spent_by_month`, `new` is `new_customers` over `window`, None without one.
    """
    if new is None:
        return Acquisition(None, None, None, None)
    costs: dict[date, Decimal] = {}
    for row in spent.to_dict("records"):
        paid = as_date(row["month"])
        costs[paid] = costs.get(paid, Decimal(0)) + Decimal(str(row["spend"]))
    counts = {as_date(row["month"]): int(row["customers"]) for row in new.to_dict("records")}
    cost = roi.cac(costs, counts, month, cycle_days)
    margin = _monthly_margin(new, month)
    return Acquisition(counts.get(month, 0), cost, margin, roi.payback(cost, margin))


def _monthly_margin(new: pd.DataFrame, month: date) -> float | None:
    value = sum(float(amount) for amount in new["value"])
    costed = safe_ratio(sum(float(amount) for amount in new["costed"]), value)
    if costed is None or not LEAST_COSTED <= costed <= 1:
        return None
    been = sum(
        int(row["customers"]) * (months_between(as_date(row["month"]), month) + 1)
        for row in new.to_dict("records")
    )
    return safe_ratio(sum(float(amount) for amount in new["margin"]) / costed, been)
