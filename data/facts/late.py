"""Land an export whose rows a newer one has already: only those stand that no newer one has."""

from __future__ import annotations

from dataclasses import dataclass

from data.facts.rederive import derive_touched, touch
from data.facts.sql import alike, column_list, same_key
from data.store.database import Cursor
from domain.tables import Table, table


@dataclass(frozen=True)
class Stood:
    """What stands of the keys that arrived, in rows: new keys, changed rows, and lines gone."""

    new: int
    changed: int
    gone: int


def remember_known(cursor: Cursor, into: Table, present: list[str]) -> None:
    """Remember the keys of what `arrived` that are here already, and which rows are alike."""
    keys = ", ".join(f'here."{key}"' for key in into.key)
    cursor.execute(
        # Names of our own.
        f"CREATE OR REPLACE TEMP TABLE known AS SELECT {keys}, {alike(into, present)} AS same "
        f'FROM arrived JOIN "{into.name}" AS here ON {same_key(into, present)}'
    )


def derive_late(cursor: Cursor, into: Table, import_id: int) -> Stood:
    """Bring the keys of an import, all of its rows in the past, to what the newest say of them.

    Lines of its orders may be gone by its word, or it may be the newest that has them; their
    shares come and go with them.
    """
    brought = f'SELECT * FROM "past_{into.name}" WHERE import_id = $1'
    lines = "import_id = $1"
    if into.name == "orders":
        lines = (
            "order_id IN (SELECT order_id FROM past_orders WHERE import_id = $1 "
            "UNION ALL SELECT order_id FROM gone_orders WHERE import_id = $1)"
        )
        brought = f"SELECT * FROM fact_orders WHERE {lines}"
    count = f'SELECT count(*) FROM "{into.name}" WHERE {lines}'
    ((before,),) = cursor.execute(count, [import_id]).fetchall()
    touch(cursor, into, brought, [import_id])
    derive_touched(cursor, into)
    ((after,),) = cursor.execute(count, [import_id]).fetchall()
    keys = column_list(into.key)
    ((new, changed),) = cursor.execute(
        "SELECT count(*) FILTER (arrived.same IS NULL), count(*) FILTER (NOT arrived.same) "
        f'FROM (SELECT {keys} FROM "{into.name}" WHERE import_id = ?) AS here '
        f"LEFT JOIN known AS arrived ON {same_key(into, into.key)}",
        [import_id],
    ).fetchall()
    cursor.execute("DROP TABLE known")
    if into.name != "orders":
        return Stood(new, changed, 0)
    touch(
        cursor,
        table("credits"),
        "SELECT share.* FROM fact_credits AS share WHERE EXISTS ("
        "SELECT 1 FROM past_orders AS line WHERE line.import_id = ? "
        "AND line.order_id = share.order_id AND line.line_no IS NOT DISTINCT FROM share.line_no)",
        [import_id],
    )
    derive_touched(cursor, table("credits"))
    return Stood(new, changed, before + new - after)
