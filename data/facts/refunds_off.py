"""Find returns whose amount the orders are without already, as their own file said so.

A shop's export of orders has what was given back beside their amounts, and is imported without it.
A list of returns has the same once more. Of an order's returns, the first ones count no more,
until they make up what was taken off; those after the day of the orders' export are others. A
return without an amount is the one that the orders tell the amount of. Where a list of orders has
returns among its rows, under the returns' own numbers and with negative amounts, these count.
"""

from __future__ import annotations

_ROUNDED = "0.005"
# The numbers of returns that stand among the orders: nothing under them was sold, and they count.
_AMONG_ORDERS = (
    "SELECT order_id FROM orders WHERE status IS DISTINCT FROM 'cancelled' "
    "GROUP BY order_id HAVING max(amount) < 0"
)


def is_taken_off(orders: str) -> str:
    """Return SQL: the return `here` of `returns` is taken off its order's amount already.

    Only those of `orders`, a query of order ids, are.
    """
    # The import that says how much an order is worth now: that of its lines, if it has amounts.
    newest = (
        "SELECT line.order_id, line.import_id, bringer.exported FROM fact_orders AS line "
        "JOIN imports AS bringer ON bringer.import_id = line.import_id "
        "  AND bringer.status = 'active' "
        "JOIN import_columns AS had ON had.import_id = line.import_id "
        "  AND had.table_name = 'orders' AND list_contains(had.columns, 'amount') "
        f"WHERE line.order_id IN ({orders}) "
        "QUALIFY row_number() OVER (PARTITION BY line.order_id ORDER BY (line.import_id IN ("
        "  SELECT stands.import_id FROM orders AS stands WHERE stands.order_id = line.order_id"
        ")) DESC, line.import_id DESC) = 1"
    )
    return (
        f"here.return_id IN ({_AMONG_ORDERS}) OR "
        "(here.import_id, here.row_no) IN (SELECT import_id, row_no FROM ("
        "  SELECT back.import_id, back.row_no, back.return_date, told.exported, told.amount, "
        "    coalesce(sum(abs(back.amount)) OVER (PARTITION BY back.order_id "
        "      ORDER BY back.return_date NULLS FIRST, back.import_id, back.row_no "
        "      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before "
        "  FROM returns AS back JOIN ("
        "    SELECT newest.order_id, any_value(newest.exported) AS exported, "
        f"      sum(gone.amount) AS amount FROM ({newest}) AS newest "
        "    JOIN refunds_off AS gone USING (order_id, import_id) GROUP BY newest.order_id"
        "  ) AS told ON told.order_id = back.order_id"
        f") WHERE before < amount - {_ROUNDED} "
        "AND (return_date IS NULL OR exported IS NULL OR return_date <= exported))"
    )
