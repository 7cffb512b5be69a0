"""Bring the current state of touched keys up to what the standing imports say."""

from __future__ import annotations

from collections.abc import Iterable

from data.facts.ages import newer_came, newest_first
from data.facts.canonical_names import agreed, as_one_target
from data.facts.corrected_payments import is_corrected
from data.facts.gone_lines import is_gone
from data.facts.order_heads import as_their_heads
from data.facts.ranges import KEYLESS, dates_of
from data.facts.refunds_off import is_taken_off
from data.facts.sql import column_list, keep_alone, same_key
from data.facts.vanished import drop_vanished
from data.facts.withdrawn import any_of, is_withdrawn
from data.store.database import Cursor
from domain.tables import Table, table


def drop_credits_without_a_line(cursor: Cursor) -> None:
    cursor.execute(
        "DELETE FROM credits AS here WHERE "
        "here.import_id NOT IN (SELECT import_id FROM imports WHERE table_name = 'credits') "
        "AND NOT EXISTS (SELECT 1 FROM orders AS line WHERE line.order_id = here.order_id "
        "AND line.line_no IS NOT DISTINCT FROM here.line_no)"
    )


def touch(cursor: Cursor, table: Table, facts: str, params: list[object]) -> None:
    """Remember the keys of these facts, under the current names."""
    keys = column_list(table.key)
    types = dict(
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ?",
            [table.name],
        ).fetchall()
    )
    # Column by column: DuckDB 2.0 does not see a large insert into a table that
    # CREATE TABLE AS left empty in the same transaction, so that an undo did nothing.
    columns = ", ".join(f'"{key}" {types[key]}' for key in table.key)
    cursor.execute(f'CREATE TEMP TABLE IF NOT EXISTS "touched_{table.name}" ({columns})')
    cursor.execute(
        f'INSERT INTO "touched_{table.name}" SELECT {keys} '
        f"FROM ({agreed(table, table.key, facts)})",
        params,
    )


def derive_touched(cursor: Cursor, into: Table) -> None:
    """Bring the touched keys to the latest row of the imports that stand."""
    if into.name == "orders":
        # What one line says may be filled in on the others.
        cursor.execute(
            "INSERT INTO touched_orders SELECT order_id, line_no FROM orders WHERE NOT alone "
            "AND order_id IN (SELECT order_id FROM touched_orders)"
        )
    touched = f'(SELECT DISTINCT * FROM "touched_{into.name}") AS arrived'
    these = same_key(into, into.key)
    keep_alone(cursor, into, f"EXISTS (SELECT 1 FROM {touched} WHERE {these})")
    cursor.execute(f'DELETE FROM "{into.name}" AS here USING {touched} WHERE {these}')
    columns = column_list(into.names)
    newest = newest_first("fact.newer_came")
    if into.name == "deals":
        newest = f"fact.as_of DESC NULLS LAST, {newest}"
    apart, with_its_line = _list_of("fact", into.key), ""
    if into.name == "credits":
        apart += ", fact.written_rep"
        # A share of an order line stands only as long as the line it came with.
        with_its_line = (
            " AND (imports.table_name = 'credits' OR EXISTS (SELECT 1 FROM orders AS line "
            "WHERE line.import_id = fact.import_id AND line.order_id = fact.order_id "
            "AND line.line_no IS NOT DISTINCT FROM fact.line_no))"
        )
    # All the rows of these keys are in the past by now.
    if into.name in KEYLESS:
        day = f"coalesce({', '.join(f'fact.{each}' for each in dates_of(into.name))})"
        with_its_line += (
            " AND NOT EXISTS (SELECT 1 FROM import_ranges AS own "
            "JOIN import_ranges AS later ON later.source = own.source "
            "AND later.table_name = own.table_name AND later.import_id > own.import_id "
            "JOIN imports AS told ON told.import_id = later.import_id AND told.status = 'active' "
            "WHERE own.import_id = fact.import_id AND (later.first_day IS NULL OR "
            f"{day} IS NULL OR {day}::DATE BETWEEN later.first_day AND later.last_day))"
        )
    more = ("import_id", "row_no")
    facts = agreed(into, into.names, f'SELECT * FROM "past_{into.name}"', more)
    facts = as_one_target(into, into.names, facts, more)
    cursor.execute(
        f'INSERT INTO "{into.name}" ({columns}, import_id, row_no, alone) '
        f"SELECT {columns}, import_id, row_no, false FROM ("
        f"  SELECT {_merged(cursor, into, apart, newest)}, row_number() OVER "
        f"    (PARTITION BY {apart} ORDER BY {newest}) AS nth "
        "  FROM (SELECT fact.*, imports.exported, imports.made_on, imports.exported_at, "
        "    brought.columns AS brought, "
        f"    {newer_came(apart)} AS newer_came "
        f"    FROM ({facts}) AS fact JOIN imports USING (import_id) "
        "    LEFT JOIN import_columns AS brought ON brought.import_id = fact.import_id "
        f"      AND brought.table_name = '{into.name}' "
        f"    WHERE imports.status = 'active'{with_its_line} AND EXISTS ("
        f"      SELECT 1 FROM {touched} WHERE {same_key(into, into.key, 'fact')})"
        "  ) AS fact"
        ") WHERE nth = 1"
    )
    if into.name == "orders":
        which = is_gone("SELECT order_id FROM touched_orders")
        cursor.execute(f"DELETE FROM orders AS here WHERE {which}")
        as_their_heads(cursor, "SELECT order_id FROM touched_orders")
        drop_credits_without_a_line(cursor)
    if into.name == "payments":
        which = is_corrected("SELECT payment_id FROM touched_payments")
        cursor.execute(f"DELETE FROM payments AS here WHERE {which}")
    if into.name == "returns":
        which = is_taken_off("SELECT order_id FROM touched_returns")
        cursor.execute(f"DELETE FROM returns AS here WHERE {which}")
    if any_of(cursor, into.name):
        cursor.execute(f'DELETE FROM "{into.name}" AS here WHERE {is_withdrawn(into.name)}')
    cursor.execute(f'DROP TABLE "touched_{into.name}"')
    if into.name == "deals":
        drop_vanished(cursor)


def returns_taken_off(cursor: Cursor, name: str, import_id: int) -> list[str]:
    """Look again at the returns that an import's orders are without, or have among their rows.

    Return those of the orders whose returns are taken off by that alone; `name` is the table of
    the import.
    """
    if name not in ("orders", "returns"):
        return []
    orders = (
        f"SELECT order_id FROM fact_{name} WHERE import_id = {int(import_id)} "
        "INTERSECT SELECT order_id FROM refunds_off INTERSECT SELECT order_id FROM fact_returns "
        # Returns that a list of orders has under their own numbers.
        "UNION SELECT back.order_id FROM fact_returns AS back JOIN fact_orders AS line "
        "ON line.order_id = back.return_id AND line.amount < 0 "
        f"WHERE {'back' if name == 'returns' else 'line'}.import_id = {int(import_id)}"
    )
    if not cursor.execute(f"{orders} LIMIT 1").fetchall():
        return []
    into = table("returns")
    touch(cursor, into, f"SELECT * FROM fact_returns WHERE order_id IN ({orders})", [])
    derive_touched(cursor, into)
    left = cursor.execute(
        "SELECT DISTINCT order_id FROM (SELECT order_id, return_id FROM fact_returns "
        f"JOIN imports USING (import_id) WHERE status = 'active' AND order_id IN ({orders}) "
        "EXCEPT SELECT order_id, return_id FROM returns) ORDER BY order_id"
    ).fetchall()
    return [order for (order,) in left]


def _merged(cursor: Cursor, table: Table, apart: str, newest: str) -> str:
    """Return SQL: the columns of the latest row; if it lacks one, the latest that has it.

    A blank cell is a value; a column that a file does not have is none.
    """
    kinds = cursor.execute(
        "SELECT DISTINCT columns FROM import_columns JOIN imports USING (import_id) "
        "WHERE import_columns.table_name = ? AND imports.status = 'active' LIMIT 2",
        [table.name],
    ).fetchall()
    if len(kinds) < 2 or table.name == "credits":
        return "fact.*"
    chosen = [
        f'fact."{column}"'
        if column in table.key
        else f'first_value(fact."{column}") OVER (PARTITION BY {apart} ORDER BY '
        f"(fact.brought IS NULL OR list_contains(fact.brought, '{column}')) DESC, "
        f'{newest}) AS "{column}"'
        for column in table.names
    ]
    return ", ".join([*chosen, "fact.import_id", "fact.row_no"])


def _list_of(side: str, columns: Iterable[str]) -> str:
    return ", ".join(f'{side}."{column}"' for column in columns)
