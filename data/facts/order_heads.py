"""Let all lines of an order have what a list of whole orders says: its rep, customer, region.

    >>> as_their_heads(cursor, "SELECT order_id FROM touched_orders")    # doctest: +SKIP

A list of orders has one row an order with its rep, a later list of their lines has no such column.
Each line then has what the newest list with the column says of the order, where that is one value.
A line that a list has left blank stays blank.
"""

from __future__ import annotations

from data.facts.canonical_names import agreed
from data.facts.sql import keep_alone
from data.store.database import Cursor
from domain.tables import table

_OF_WHOLE = (
    "customer", "customer_class", "rep", "region", "channel", "partner", "campaign", "status",
)  # fmt: skip


def as_their_heads(cursor: Cursor, which: str) -> None:
    """Fill what lines of orders lack; `which` is a query for the numbers of the orders."""
    kinds = cursor.execute(
        "SELECT DISTINCT columns FROM import_columns JOIN imports USING (import_id) "
        "WHERE import_columns.table_name = 'orders' AND imports.status = 'active'"
    ).fetchall()
    here_or_not = [name for name in _OF_WHOLE if len({name in columns for (columns,) in kinds}) > 1]
    for name in here_or_not:
        _fill(cursor, name, which)


def _fill(cursor: Cursor, name: str, which: str) -> None:
    """Fill one column, named by us."""
    into = table("orders")
    more = ("import_id", "row_no")
    facts = agreed(
        into,
        ("order_id", "line_no", name),
        f"SELECT * FROM fact_orders WHERE order_id IN ({which})",
        more,
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE told_of_lines AS "
        f'SELECT fact.order_id, fact.line_no, fact."{name}" AS said, imports.import_id, '
        "coalesce(imports.made_on, imports.exported) AS made "
        f"FROM ({facts}) AS fact JOIN imports USING (import_id) "
        "JOIN import_columns AS brought ON brought.import_id = fact.import_id "
        "AND brought.table_name = 'orders' "
        f"AND list_contains(brought.columns, '{name}') WHERE imports.status = 'active'"
    )
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE filled AS "
        "SELECT here.import_id, here.row_no, head.said FROM orders AS here JOIN ("
        "  SELECT order_id, min(said) AS said FROM ("
        "    SELECT order_id, said, rank() OVER (PARTITION BY order_id "
        "      ORDER BY made DESC NULLS LAST, import_id DESC) AS nth "
        "    FROM told_of_lines WHERE said IS NOT NULL"
        "  ) WHERE nth = 1 GROUP BY order_id HAVING count(DISTINCT said) = 1"
        f') AS head USING (order_id) WHERE here."{name}" IS NULL AND NOT EXISTS ('
        "  SELECT 1 FROM told_of_lines AS own WHERE own.order_id = here.order_id "
        "  AND own.line_no IS NOT DISTINCT FROM here.line_no)"
    )
    these = "(here.import_id, here.row_no) IN (SELECT (import_id, row_no) FROM filled)"
    if cursor.execute("SELECT 1 FROM filled LIMIT 1").fetchall():
        keep_alone(cursor, into, these)
        cursor.execute(
            f'UPDATE orders AS here SET "{name}" = filled.said, alone = false FROM filled '
            "WHERE here.import_id = filled.import_id AND here.row_no = filled.row_no"
        )
    cursor.execute("DROP TABLE filled")
    cursor.execute("DROP TABLE told_of_lines")
