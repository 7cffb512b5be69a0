"""Take an import back, or let it stand again."""

from __future__ import annotations

from collections.abc import Iterable

from data.facts.rederive import derive_touched, returns_taken_off, touch
from data.facts.withdrawn import brought_by_others
from data.store.database import Cursor
from domain.tables import table


def undo(cursor: Cursor, import_id: int, names: Iterable[str]) -> None:
    """Undo one import: the keys it touched fall back to the latest import that stands.

    The facts stay; the import is marked as undone. `names` are the tables that it filled, in
    the order they were landed.
    """
    cursor.execute(
        "UPDATE imports SET status = 'undone', undone_at = current_localtimestamp() "
        "WHERE import_id = ?",
        [import_id],
    )
    _derive_brought(cursor, import_id, names)


def bring_back(cursor: Cursor, import_id: int, names: Iterable[str]) -> None:
    """Let an undone import stand again; `names` as for `undo`."""
    cursor.execute(
        "UPDATE imports SET status = 'active', undone_at = NULL WHERE import_id = ?", [import_id]
    )
    _derive_brought(cursor, import_id, names)


def _derive_brought(cursor: Cursor, import_id: int, names: Iterable[str]) -> None:
    """Derive anew all that an import may have changed."""
    for name in names:
        if others := brought_by_others(name):
            # Records that it had withdrawn come back.
            touch(cursor, table(name), others, [import_id])
        source = cursor.execute(
            "SELECT source FROM import_ranges WHERE import_id = ? AND table_name = ?",
            [import_id, name],
        ).fetchall()
        if source:
            # Rows that it had replaced come back: all that the list ever brought is looked at.
            brought = (
                f'SELECT * FROM "fact_{name}" WHERE import_id IN ('
                "SELECT import_id FROM import_ranges WHERE table_name = ? AND source = ?)"
            )
            touched: list[object] = [name, source[0][0]]
            if name == "orders":
                brought += " OR order_id IN (SELECT order_id FROM gone_orders WHERE import_id = ?)"
                touched.append(import_id)
            touch(cursor, table(name), brought, touched)
            derive_touched(cursor, table(name))
            returns_taken_off(cursor, name, import_id)
            continue
        if name == "deals":
            # Deals that had vanished by its word come back.
            left = (
                "SELECT * FROM fact_deals WHERE status = 'open' "
                "OR deal_id IN (SELECT deal_id FROM gone_deals WHERE import_id = ?)"
            )
            touch(cursor, table(name), left, [import_id])
        brought = f'SELECT * FROM "fact_{name}" WHERE import_id = ?'
        if name == "orders":
            # Lines that its orders had no more come back.
            brought = (
                "SELECT * FROM fact_orders WHERE order_id IN ("
                "SELECT order_id FROM fact_orders WHERE import_id = $1 "
                "UNION ALL SELECT order_id FROM gone_orders WHERE import_id = $1)"
            )
        if name == "payments":
            # Payments that it had corrected come back.
            brought = (
                "SELECT * FROM fact_payments WHERE import_id = $1 OR payment_id IN ("
                "SELECT payment_id FROM fact_payments WHERE import_id = $1)"
            )
        if name == "credits":
            # Its order lines also took away the shares that they had come with before.
            brought = (
                "SELECT share.* FROM fact_credits AS share WHERE EXISTS ("
                "SELECT 1 FROM fact_orders AS line WHERE line.import_id = ? "
                "AND line.order_id = share.order_id "
                "AND line.line_no IS NOT DISTINCT FROM share.line_no)"
            )
        touch(cursor, table(name), brought, [import_id])
        derive_touched(cursor, table(name))
        returns_taken_off(cursor, name, import_id)
