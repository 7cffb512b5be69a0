"""Find order lines that a newer export of their order no longer has.

An order that was edited in the source comes again with fewer lines. What it no longer has
would count for ever, as no row of the newer export overwrites it. A line is gone when all hold:

1. a newer import, of another upload, has the order and lacks the line;
2. the line's day lies within the days of that import;
3. that import shares a line of the order with the one that brought this line. Two lists that
   share an order but no line of it, each of another group of products, add up;
4. it has at least the columns of that one: a list with fewer is a correction of some lines;
5. nobody has said that it is a selection of the lines of its orders.

Orders that the user said were deleted in the source are gone with all their lines. The
facts keep everything: undoing the later import brings the lines back.
"""

from __future__ import annotations

from data.facts.ages import is_newer


def is_gone(orders: str) -> str:
    """Return SQL: the line `here` of `orders` is gone; only lines of the orders named are.

    `orders` is a query of order ids. Every row of `here` must be that of the newest import which
    has its key.
    """
    return (
        "(here.order_id, here.line_no) IN ("
        "  SELECT line.order_id, line.line_no FROM orders AS line "
        f"  JOIN (SELECT DISTINCT own.import_id AS own, later.import_id AS later, own.order_id "
        "    FROM fact_orders AS own JOIN fact_orders AS later "
        "    ON later.order_id = own.order_id AND later.line_no = own.line_no "
        "    JOIN imports AS old ON old.import_id = own.import_id "
        "    JOIN imports AS new ON new.import_id = later.import_id "
        f"    AND {is_newer('new', 'old')} WHERE own.order_id IN ({orders})"
        "  ) AS shared ON shared.own = line.import_id AND shared.order_id = line.order_id "
        "  JOIN imports AS bringer ON bringer.import_id = line.import_id "
        "  JOIN imports AS newer ON newer.import_id = shared.later AND newer.status = 'active' "
        "    AND newer.coverage IS DISTINCT FROM 'part' "
        "    AND newer.job_id IS DISTINCT FROM bringer.job_id "
        "  JOIN (SELECT import_id, min(order_date) AS first_day, max(order_date) AS last_day "
        "    FROM fact_orders GROUP BY import_id) AS days ON days.import_id = shared.later "
        "  JOIN import_columns AS had ON had.import_id = line.import_id "
        "    AND had.table_name = 'orders' "
        "  JOIN import_columns AS has ON has.import_id = shared.later "
        "    AND has.table_name = 'orders' "
        "    AND list_has_all(has.columns, had.columns) "
        "  WHERE line.order_date BETWEEN days.first_day AND days.last_day "
        # Newer than the bringer, it may be older than one before that: then it has the line.
        "  AND NOT EXISTS (SELECT 1 FROM fact_orders AS own WHERE own.import_id = shared.later "
        "    AND own.order_id = line.order_id AND own.line_no IS NOT DISTINCT FROM line.line_no)"
        ") OR (here.order_id, here.line_no) IN ("
        "  SELECT line.order_id, line.line_no FROM orders AS line "
        "  JOIN gone_orders USING (order_id) "
        "  JOIN imports AS newer ON newer.import_id = gone_orders.import_id "
        "    AND newer.status = 'active' "
        "  JOIN imports AS bringer ON bringer.import_id = line.import_id "
        f"  WHERE {is_newer('newer', 'bringer')} AND line.order_id IN ({orders})"
        ")"
    )
