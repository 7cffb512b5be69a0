"""Summarise the deals as they stand: how many and how much in each stage, and what has no amount.

    >>> ibis.to_sql(by_stage(scope), dialect="duckdb")

These are counts of where deals stand today, not of what passed through: the
count of a stage ÷ the count of the stage before is not a rate (see
`analytics.pipeline.stages` for conversion). Money is decimal(18, 4) in the scope's
currency; the scope's filters hold, its month does not.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from analytics.actuals.dimensions import kept, wanted_by, with_dimensions
from domain.scope import DIMENSIONS, Scope
from domain.tables import DECIMAL, ibis_table

_ZERO = ibis.literal(0, type=DECIMAL)


def deals(scope: Scope, *dimensions: str) -> ir.Table:
    """Return one row a deal that passes the scope's filters.

    Columns: deal_id, stage, status, amount (null in another currency), foreign
    (it is in another currency), list_price (its product's, null where not
    known), known (the product is in `products`), created, closed, days
    (closed − created) and every dimension; those in `dimensions` are filled in
    from the lookup tables.
    """
    rows = ibis_table("deals")
    # Whether a product is known is asked of the deal's own word.
    rows = kept(with_dimensions(rows, wanted_by(scope, *dimensions), "closed_date"), scope)
    prices = _prices(scope)
    rows = rows.left_join(prices, rows["product"] == prices.priced)
    foreign = (rows.currency != scope.currency).fill_null(False)
    rows = rows.mutate(
        foreign=foreign,
        amount=ibis.ifelse(foreign, ibis.null(DECIMAL), rows.amount),
        known=rows.priced.notnull(),
        created=rows.created_date,
        closed=rows.closed_date,
        days=rows.closed_date.delta(rows.created_date, unit="day"),
    )
    return rows.select(
        "deal_id", "stage", "status", "amount", "foreign", "list_price", "known", "created",
        "closed", "days", *DIMENSIONS,
    )  # fmt: skip


def by_stage(scope: Scope) -> ir.Table:
    """Return status, stage, deals, value, without_amount, list_price_value, unpriced, foreign.

    `value` sums the amounts there are. `list_price_value` is what the open
    deals without an amount are worth at their product's list price, apart from
    `value`; `unpriced` counts those whose product has no list price.
    """
    rows = deals(scope)
    figures = _standing(rows)
    return rows.group_by("status", "stage").aggregate(**figures).order_by("status", "stage")


def open_pipeline(scope: Scope, by: str | None = None) -> ir.Table:
    """Return the columns of `by_stage` over all open deals: one row, or one for each `by`."""
    rows = deals(scope, *([by] if by else []))
    rows = rows.filter(rows.status == "open")
    if by is None:
        return rows.aggregate(**_standing(rows))
    return rows.group_by(by).aggregate(**_standing(rows)).order_by(by)


def unmatched_products(scope: Scope) -> ir.Table:
    """Return product, deals, open_deals: the products of deals that are not in `products`.

    Open deals of these have no list price; a name that does not join is listed
    here and dropped nowhere.
    """
    rows = deals(scope)
    rows = rows.filter(~rows.known, rows["product"].notnull())
    by_product = rows.group_by("product").aggregate(
        deals=rows.count(), open_deals=rows.count(where=rows.status == "open")
    )
    return by_product.order_by(ibis.desc("deals"), "product")


def _standing(rows: ir.Table) -> dict[str, ir.Value]:
    bare = (rows.status == "open") & rows.amount.isnull() & ~rows.foreign
    return {
        "deals": rows.count(),
        "value": rows.amount.sum().fill_null(_ZERO),
        "without_amount": rows.count(where=rows.amount.isnull() & ~rows.foreign),
        "list_price_value": rows.list_price.sum(where=bare).fill_null(_ZERO),
        "unpriced": rows.count(where=bare & rows.list_price.isnull()),
        "foreign": rows.count(where=rows.foreign),
    }


def _prices(scope: Scope) -> ir.Table:
    """priced, list_price: one row a product; a price in another currency is none."""
    products = ibis_table("products")
    ours = products.currency.isnull() | (products.currency == scope.currency)
    products = products.filter(products["product"].notnull())
    return products.group_by(priced=products["product"]).aggregate(
        list_price=products.list_price.max(where=ours)
    )
