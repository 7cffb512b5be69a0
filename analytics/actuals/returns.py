"""Take back what the list of returns says: whole orders, products of them, and amounts.

    >>> amounts_back(ibis_table("orders")).columns[-4:]
    ('line', 'refused', 'returned', 'reversal')

A return without an amount or pieces is of the whole order, or of the product it names. One of an
amount is a negative line on its own day; what it does not say itself, such as the rep, is that
of its order where all lines agree. Negative lines of an order say what came back already, and so
does a whole return: then the list takes off no amount besides.
"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from domain.tables import DECIMAL, ibis_table

_OWN = ("customer", "rep", "product")
_OF_ORDER = ("customer_class", "category", "region", "channel")
_PART = ("order_id", "return_id", "return_date", *_OWN, "quantity", "amount", "currency")


def by_order() -> ir.Table:
    """Return returned_order, whole, products, in_part: what the list says of each order."""
    returns = ibis_table("returns")
    returns = returns.filter(returns.order_id.notnull())
    full, named = ~_in_part(returns), returns["product"].notnull()
    return returns.group_by(returned_order="order_id").aggregate(
        whole=(full & ~named).any(),
        products=returns["product"].collect(where=full & named),
        in_part=(~full).any(),
    )


def came_back(joined: ir.Table) -> ir.BooleanValue:
    """Return whether lines of orders, joined with `by_order`, came back with or as a whole."""
    named = joined.products.contains(joined["product"]).fill_null(False)
    return joined.whole.fill_null(False) | named


def marked_back(joined: ir.Table) -> ir.BooleanValue:
    """Return whether a mark on the lines of `by_order` says that they came back.

    Where the list says how much of an order came back, a mark on it says nothing more.
    """
    return (joined.status == "returned").fill_null(False) & ~joined.in_part.fill_null(False)


def taken_back(column: ir.NumericValue, amount: ir.NumericValue) -> ir.NumericValue:
    """Return pieces or costs of lines, negative where the amount is.

    A credit note lists −200 for 10 pieces that came back, which many systems write as 10.
    """
    return ibis.ifelse((amount < 0) & (column > 0), -column, column)


def amounts_back(orders: ir.Table) -> ir.Table:
    """Return the returns of an amount or of pieces as negative lines of their orders."""
    returns = ibis_table("returns")
    whole = (~_in_part(returns) & returns["product"].isnull()).any()
    listed = whole.over(ibis.window(group_by=returns.order_id)) & returns.order_id.notnull()
    parts = returns.mutate(listed=listed)
    parts = parts.filter(_in_part(parts), ~parts.listed).select(*_PART)
    lines = orders.filter(orders.order_id.isin(parts.order_id)).select(
        line_of=orders.order_id, line=orders.line_no, sold_on=orders.order_date,
        sold=orders.amount, pieces=orders.quantity, code=orders.currency,
        counts=(orders.status != "cancelled").fill_null(True),
        **{f"of_{name}": orders[name] for name in (*_OWN, *_OF_ORDER)},
    )  # fmt: skip
    joined = parts.left_join(lines, parts.order_id == lines.line_of)
    mine = joined["product"].isnull() | (joined["product"] == joined.of_product)
    mine = mine.fill_null(False) & joined.counts
    back = joined.group_by(*_PART).aggregate(
        known=joined.line_of.count(),
        valid=joined.line_of.count(where=joined.counts),
        reversed=(joined.sold < 0).any().fill_null(False),
        first_day=joined.sold_on.min(),
        of_code=_agreed(joined.code),
        line=_agreed(joined.line, mine),
        sold=joined.sold.sum(where=mine),
        pieces=joined.pieces.sum(where=mine),
        **{f"of_{name}": _agreed(joined[f"of_{name}"], mine) for name in (*_OWN, *_OF_ORDER)},
        **{f"all_{name}": _agreed(joined[f"of_{name}"]) for name in ("customer", "rep")},
    )
    # What was never sold, or is taken back by lines of its own, is not taken off again.
    back = back.filter((back.known == 0) | ((back.valid > 0) & ~back.reversed))
    share = ibis.least(back.quantity, back.pieces).cast("float64") / _none_if_zero(back.pieces)
    by_pieces = (share * back.sold.cast("float64")).round(4).cast(DECIMAL)
    own: dict[str, Any] = {
        "customer": ibis.coalesce(back.customer, back.of_customer, back.all_customer),
        "rep": ibis.coalesce(back.rep, back.of_rep, back.all_rep),
        "product": ibis.coalesce(back["product"], back.of_product),
        **{name: back[f"of_{name}"] for name in _OF_ORDER},
    }
    return back.select(
        amount=-ibis.coalesce(back.amount, by_pieces),
        currency=ibis.coalesce(back.currency, back.of_code),
        customer=own["customer"], rep=own["rep"], customer_class=own["customer_class"],
        product=own["product"], category=own["category"], region=own["region"],
        channel=own["channel"],
        quantity=-back.quantity,
        date=ibis.coalesce(back.return_date, back.first_day),
        id=ibis.coalesce(back.order_id, back.return_id),
        line=back.line,
        refused=ibis.null("string"), returned=ibis.literal(False), reversal=ibis.literal(True),
    )  # fmt: skip


def _in_part(returns: ir.Table) -> ir.BooleanValue:
    return returns.amount.notnull() | returns.quantity.notnull()


def _agreed(column: ir.Value, where: ir.BooleanValue | None = None) -> ir.Scalar:
    """Return the one value of all lines; null where they differ."""
    low = column.min(where=where)
    return ibis.ifelse(low == column.max(where=where), low, ibis.null(column.type()))


def _none_if_zero(pieces: ir.Value) -> ir.Value:
    return pieces.cast("float64").nullif(0.0)
