"""Read what was collected: from payments, or where none is imported, from what orders say of it.

    >>> collections(by_rep=False).columns[:4]
    ('amount', 'currency', 'customer', 'rep')

A list of orders may say how much of each was collected so far, and on which day last: all of it
counts on that day, else on the day of the order. What was collected of orders that were cancelled,
or came back, is left out as they are. A single payment imported is enough for none of it to count.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analytics.actuals import returns
from analytics.actuals.credit import shared
from domain.tables import DECIMAL, ibis_table


def collections(by_rep: bool) -> ir.Table:
    """Return what was collected, in the shape of the lines of a source.

    With `by_rep`, what was collected of a shared order is a row of each rep who shares it.
    """
    payments = ibis_table("payments")
    own = payments.select(
        "amount", "currency", "customer", "rep",
        region=ibis.null("string"),
        quantity=ibis.null(DECIMAL),
        id=payments.payment_id,
        line=ibis.null("string"),
        date=payments.payment_date,
        refused=ibis.null("string"),
        returned=ibis.literal(False),
        reversal=(payments.amount < 0).fill_null(False),
    )  # fmt: skip
    of_orders = _of_orders(payments)
    return own.union(shared(of_orders).select(*own.columns) if by_rep else of_orders)


def _of_orders(payments: ir.Table) -> ir.Table:
    orders, listed = ibis_table("orders"), returns.by_order()
    told = orders.filter(orders.collected_so_far != 0, payments.count().as_scalar() == 0)
    joined = told.left_join(listed, told.order_id == listed.returned_order)
    return joined.select(
        "currency", "customer", "rep", "region",
        amount=joined.collected_so_far,
        quantity=ibis.null(DECIMAL),
        id=joined.order_id,
        line=joined.line_no,
        date=ibis.coalesce(joined.last_collected, joined.order_date),
        refused=ibis.ifelse(joined.status == "cancelled", "cancelled", ibis.null("string")),
        # A product of an order says nothing of what was paid for the others.
        returned=joined.whole.fill_null(False) | returns.marked_back(joined),
        reversal=(joined.collected_so_far < 0).fill_null(False),
    ).select(
        "amount", "currency", "customer", "rep", "region", "quantity", "id", "line", "date",
        "refused", "returned", "reversal",
    )  # fmt: skip
