"""Typed rows into the store, and out again: land, undo, and names that agree.

    >>> with store.writing("facts") as cursor:
    ...     landed = land(cursor, import_id, "orders", rows)

Facts are append-only: `fact_X` keeps every accepted row with its import's id.
`X` is the current state, one row a key, the latest of the imports that stand.
It is kept up in the same transaction, because deriving it at every read cost 38
times as much at a million rows.

Table and column names in the statements below come from `domain.tables` only;
values are always parameters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from domain.tables import Table, table

# Which columns hold the names of what; a name's alias applies in all of them.
NAMED: dict[str, tuple[tuple[str, str], ...]] = {
    "product": (("orders", "product"), ("contracts", "product"), ("deals", "product")),
    "customer": tuple(
        (name, "customer")
        for name in (
            "orders",
            "contracts",
            "receivables",
            "payments",
            "deals",
            "leads",
            "activities",
            "satisfaction",
        )
    ),
    "rep": tuple(
        (name, "rep")
        for name in (
            "orders",
            "credits",
            "contracts",
            "receivables",
            "payments",
            "deals",
            "leads",
            "activities",
            "satisfaction",
        )
    ),
}

# The table that says which names of a kind are right.
REGISTERS: dict[str, str] = {"product": "products", "customer": "customers", "rep": "reps"}


@dataclass(frozen=True)
class Landed:
    """What a landing did to the current state, in rows."""

    new: int
    changed: int
    same: int


def land(cursor: duckdb.DuckDBPyConnection, import_id: int, name: str, rows: pa.Table) -> Landed:
    """Add typed rows of one import to the facts and bring the current state up.

    `rows` has any of the table's columns plus `row`, its row number in the file,
    and no key twice. Runs inside the caller's transaction.
    """
    one = table(name)
    present = [column for column in one.names if column in rows.column_names]
    listed = _list(present)
    cursor.register("written", rows)
    cursor.execute(
        f'INSERT INTO "fact_{name}" ({listed}, import_id, row_no) '
        f'SELECT {listed}, ?, "row" FROM written',
        [import_id],
    )
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW arrived AS {_with_agreed_names(one, present)}")
    landed = _compare(cursor, one, present)
    if name == "orders":
        _drop_credits_of_arrived(cursor)
    # A deals export older than what we have is history, not news.
    newer = " AND arrived.as_of >= here.as_of" if name == "deals" else ""
    if landed.changed + landed.same:
        cursor.execute(
            f'DELETE FROM "{name}" AS here USING arrived WHERE {_same_key(one, present)}{newer}'
        )
        unless = (
            f' WHERE NOT EXISTS (SELECT 1 FROM "{name}" AS here WHERE {_same_key(one, present)})'
        )
    else:
        unless = ""
    cursor.execute(
        f'INSERT INTO "{name}" ({listed}, import_id, row_no) '
        f'SELECT {listed}, ?, "row" FROM arrived{unless}',
        [import_id],
    )
    cursor.execute("DROP VIEW arrived")
    cursor.unregister("written")
    return landed


def undo(cursor: duckdb.DuckDBPyConnection, import_id: int, names: Iterable[str]) -> None:
    """Take one import back: the keys it touched fall to the latest import that stands.

    The facts stay; the import is marked as undone. `names` are the tables that
    it filled, in the order they were landed.
    """
    cursor.execute(
        "UPDATE imports SET status = 'undone', undone_at = current_localtimestamp() "
        "WHERE import_id = ?",
        [import_id],
    )
    for name in names:
        _derive_again(
            cursor, table(name), f'SELECT * FROM "fact_{name}" WHERE import_id = ?', [import_id]
        )


def decide_name(
    cursor: duckdb.DuckDBPyConnection, kind: str, name: str, canonical: str, accepted: bool
) -> None:
    """Keep the user's answer to "is `name` the same as `canonical`?" and apply it.

    The facts keep the name as it was written; only the current state is renamed,
    so that an answer can be taken back.
    """
    if accepted:
        cursor.execute("DELETE FROM aliases WHERE kind = ? AND name = ? AND accepted", [kind, name])
    cursor.execute(
        "INSERT OR REPLACE INTO aliases VALUES (?, ?, ?, ?, current_localtimestamp())",
        [kind, name, canonical, accepted],
    )
    for table_name, column in NAMED[kind]:
        _derive_again(
            cursor,
            table(table_name),
            f'SELECT * FROM "fact_{table_name}" WHERE "{column}" = ?',
            [name],
        )


def _list(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _same_key(one: Table, present: Iterable[str], left: str = "here") -> str:
    """SQL: the same key on both sides; a blank part equals a blank part."""
    here = set(present)
    return " AND ".join(
        f'{left}."{key}" IS NOT DISTINCT FROM arrived."{key}"'
        if key in here
        else f'{left}."{key}" IS NULL'
        for key in one.key
    )


def _compare(cursor: duckdb.DuckDBPyConnection, one: Table, present: list[str]) -> Landed:
    """How many arrived rows are new, change something, or say what we knew."""
    (arrived,) = cursor.execute("SELECT count(*) FROM arrived").fetchall()[0]
    if not cursor.execute(f'SELECT 1 FROM "{one.name}" LIMIT 1').fetchall():
        return Landed(new=arrived, changed=0, same=0)
    alike = " AND ".join(
        f'here."{column}" IS NOT DISTINCT FROM arrived."{column}"' for column in present
    )
    ((matched, same),) = cursor.execute(
        f"SELECT count(*), count(*) FILTER (WHERE {alike}) "
        f'FROM arrived JOIN "{one.name}" AS here ON {_same_key(one, present)}'
    ).fetchall()
    return Landed(new=arrived - matched, changed=matched - same, same=same)


def _drop_credits_of_arrived(cursor: duckdb.DuckDBPyConnection) -> None:
    """An order line that comes again brings its shares again, or has none any more."""
    cursor.execute(
        "DELETE FROM credits AS here USING arrived "
        "WHERE here.order_id = arrived.order_id "
        "AND here.line_no IS NOT DISTINCT FROM arrived.line_no"
    )


def _derive_again(
    cursor: duckdb.DuckDBPyConnection, one: Table, touched: str, params: list[object]
) -> None:
    """Bring the keys found by `touched` to the latest row of the imports that stand."""
    keys = _list(one.key)
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE arrived AS SELECT DISTINCT {keys} FROM ({touched})",
        params,
    )
    cursor.execute(
        f'DELETE FROM "{one.name}" AS here USING arrived WHERE {_same_key(one, one.key)}'
    )
    latest = "fact.as_of DESC NULLS LAST, " if one.name == "deals" else ""
    columns = _list(one.names)
    # A share of an order line stands only as long as the line it came with.
    with_its_line = (
        " AND (imports.table_name = 'credits' OR EXISTS (SELECT 1 FROM orders AS line "
        "WHERE line.import_id = fact.import_id AND line.order_id = fact.order_id "
        "AND line.line_no IS NOT DISTINCT FROM fact.line_no))"
        if one.name == "credits"
        else ""
    )
    cursor.execute(
        f'INSERT INTO "{one.name}" ({columns}, import_id, row_no) '
        f"SELECT {columns}, import_id, row_no FROM ("
        f"  SELECT fact.*, row_number() OVER (PARTITION BY {_list_of('fact', one.key)} "
        f"    ORDER BY {latest}fact.import_id DESC, fact.row_no DESC) AS nth "
        f'  FROM "fact_{one.name}" AS fact JOIN imports USING (import_id) '
        f"  WHERE imports.status = 'active'{with_its_line} AND EXISTS ("
        f"    SELECT 1 FROM arrived WHERE {_same_key(one, one.key, 'fact')})"
        f") WHERE nth = 1"
    )
    cursor.execute("DROP TABLE arrived")
    _rename(cursor, one.name)


def _list_of(side: str, columns: Iterable[str]) -> str:
    return ", ".join(f'{side}."{column}"' for column in columns)


def _with_agreed_names(one: Table, present: list[str]) -> str:
    """SQL: the written rows with the names that the user has said are the same."""
    chosen, joins = [], []
    for column in present:
        kind = next((kind for kind, places in NAMED.items() if (one.name, column) in places), None)
        if kind is None:
            chosen.append(f'written."{column}"')
            continue
        chosen.append(f'coalesce("{kind}_alias".canonical, written."{column}") AS "{column}"')
        joins.append(
            f"LEFT JOIN (SELECT name, canonical FROM aliases WHERE kind = '{kind}' AND accepted) "
            f'AS "{kind}_alias" ON "{kind}_alias".name = written."{column}"'
        )
    return f'SELECT {", ".join(chosen)}, written."row" FROM written {" ".join(joins)}'


def _rename(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
    """Apply the accepted aliases to the current state of one table."""
    for kind, places in NAMED.items():
        for table_name, column in places:
            if table_name == name:
                cursor.execute(
                    f'UPDATE "{name}" AS here SET "{column}" = aliases.canonical FROM aliases '
                    f'WHERE aliases.kind = ? AND aliases.accepted AND here."{column}" = aliases.name',
                    [kind],
                )
