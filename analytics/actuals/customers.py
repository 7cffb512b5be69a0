"""Count new, repeat and retained customers.

    >>> ibis.to_sql(count_buyers(scope, date(2026, 3, 1), date(2026, 3, 31)), dialect="duckdb")

    new customer           first purchase ever in the period, in any region, by any rep
    repeat-purchase rate   customers with two or more *orders* (not lines) ÷ customers
    retention              customers of the period before who bought again ÷ those customers

Where the first purchase of all is in the period, nobody knows who bought before: who was new
is not known. Rows without a customer are in none of them.
"""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir

from analytics.actuals import actual
from analytics.ratio import ratio
from domain.scope import Scope


def count_buyers(scope: Scope, start: date, end: date) -> ir.Table:
    """Return one row: customers, new_customers, new_value, repeat_customers, repeat_rate, begin.

    `begin` is the day of the first purchase of all; new_customers and new_value are null where
    it is not before `start`.
    """
    purchases = _purchases(scope).filter(lambda rows: rows.date.between(start, end))
    each = purchases.group_by("customer").aggregate(
        orders=purchases.id.nunique(), value=purchases.value.sum()
    )
    first = first_purchases(scope)
    each = each.left_join(first, "customer")
    new = each.first_date >= start
    per_customer = each.aggregate(
        customers=each.count(),
        new_customers=each.count(where=new),
        new_value=each.value.sum(where=new).fill_null(0),
        repeat_customers=each.count(where=each.orders >= 2),
    )
    per_customer = per_customer.cross_join(first.aggregate(begin=first.first_date.min()))
    known = per_customer.begin < start
    return per_customer.mutate(
        new_customers=known.ifelse(per_customer.new_customers, None),
        new_value=known.ifelse(per_customer.new_value, None),
        repeat_rate=ratio(per_customer.repeat_customers, per_customer.customers),
    )


def repeat_by(scope: Scope, dimension: str, start: date, end: date) -> ir.Table:
    """Return `dimension`, customers, repeat_customers, repeat_rate of a period; blank stays null.

    A customer that a dimension splits (by product, say) is one of each part.
    """
    rows = actual.lines(scope)
    purchases = rows.filter(
        rows.left_out.isnull(), rows.customer.notnull(), rows.value > 0,
        rows.date.between(start, end),
    )  # fmt: skip
    each = purchases.group_by(dimension, "customer").aggregate(orders=purchases.id.nunique())
    per_customer = each.group_by(dimension).aggregate(
        customers=each.count(), repeat_customers=each.count(where=each.orders >= 2)
    )
    rate = ratio(per_customer.repeat_customers, per_customer.customers)
    return per_customer.mutate(repeat_rate=rate).order_by(dimension)


def retention(scope: Scope, before: tuple[date, date], after: tuple[date, date]) -> ir.Table:
    """Return one row: customers_before, customers_kept, retention, from one period to another."""
    rows = _purchases(scope)
    then = rows.filter(rows.date.between(*before)).select("customer").distinct()
    now = rows.filter(rows.date.between(*after)).select(again="customer").distinct()
    both = then.left_join(now, then.customer == now.again)
    per_customer = both.aggregate(customers_before=both.count(), customers_kept=both.again.count())
    return per_customer.mutate(
        retention=ratio(per_customer.customers_kept, per_customer.customers_before)
    )


def first_purchases(scope: Scope) -> ir.Table:
    """Return customer, first_date: the first purchase ever, whatever the scope's filters."""
    rows = _purchases(scope.unfiltered())
    return rows.group_by("customer").aggregate(first_date=rows.date.min())


def _purchases(scope: Scope) -> ir.Table:
    """The counted rows that somebody bought: a reversal alone is no purchase."""
    rows = actual.lines(scope)
    return rows.filter(
        rows.left_out.isnull(), rows.customer.notnull(), rows.date.notnull(), rows.value > 0
    )
