"""Land typed rows: keep them as facts, and bring the current state up to date.

    >>> with store.writing("facts") as cursor:
    ...     landed = land(cursor, import_id, "orders", rows)

Facts are append-only: `fact_X` has every accepted row as it was written, with its
import's id. `X` is the current state, one row a key, the latest of the imports
that stand. It is kept up in the same transaction, because deriving it at every
read cost 38 times as much at a million rows.

A row that stands as it was written is stored once, in `X` with `alone` true;
`past_X` has all the others, and `fact_X` is a view of both. Writing every row
twice was half of the time of landing a million.

Table and column names in the statements below come from `domain.tables` only;
values are always parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pyarrow as pa

from data.facts.ages import came_late
from data.facts.canonical_names import PLACES, agreed, as_one_target, has_names
from data.facts.corrected_payments import is_corrected
from data.facts.gone_lines import is_gone
from data.facts.group_spellings import spelt_alike
from data.facts.late import derive_late, remember_known
from data.facts.order_heads import as_their_heads
from data.facts.ranges import KEYLESS, within
from data.facts.rederive import derive_touched, drop_credits_without_a_line, touch
from data.facts.sql import alike, column_list, keep_alone, same_key
from data.facts.vanished import back_again
from data.facts.withdrawn import any_of, is_withdrawn
from data.store.database import Cursor
from domain.tables import Table, table

_PORTION = 122_880


@dataclass(frozen=True)
class Landed:
    """What a landing did to the current state, in rows.

    `gone` are rows that stand no more: of a list without keys that the file replaces, lines that
    orders have no more, or open deals that the file should have had and has not; `lacking` of those
    deals are in the file, and a newer export has them no more. `withdrawn` are rows of records that
    a newer export says do not count. `late` is whether a newer export has rows of this one already;
    those count as `same`.
    """

    new: int
    changed: int
    same: int
    gone: int = 0
    late: bool = False
    lacking: int = 0
    withdrawn: int = 0


def land(cursor: Cursor, import_id: int, name: str, rows: pa.Table) -> Landed:
    """Add typed rows of one import to the facts and bring the current state up to date.

    `rows` has any of the columns of the table, and `row`, its row number in the file; a missing
    column keeps what it held. Runs inside the caller's transaction, which has recorded the
    import already.
    """
    target = table(name)
    rows = spelt_alike(cursor, target, rows)
    present = [column for column in target.names if column in rows.column_names]
    listed = column_list(present)
    # In the engine's own portions, which it reads side by side.
    portions = rows.combine_chunks().to_batches(max_chunksize=_PORTION)
    cursor.register("written", pa.Table.from_batches(portions, rows.schema))
    late = came_late(cursor, import_id, name, rows)
    as_written = not late and _as_written(cursor, target)
    if not as_written:
        _keep_as_past(cursor, target, present, import_id)
    arriving = "SELECT * FROM written"
    if not as_written:
        arriving = f"SELECT *, {int(import_id)} AS import_id FROM written"
        arriving = as_one_target(
            target, present, agreed(target, present, arriving, ("row", "import_id")), ("row",)
        )
        arriving += _one_a_key(target, present)
    cursor.execute(f"CREATE OR REPLACE TEMP VIEW arrived AS {arriving}")
    cursor.execute("INSERT INTO import_columns VALUES (?, ?, ?)", [import_id, name, list(present)])
    landed = _compare(cursor, target, present, rows.num_rows if as_written else None)
    back = back_again(cursor, import_id) if name == "deals" else []
    landed = replace(
        landed,
        new=landed.new - len(back),
        changed=landed.changed + sum(back),
        same=landed.same + len(back) - sum(back),
    )
    if late:
        remember_known(cursor, target, present)
        cursor.execute("DROP VIEW arrived")
        cursor.unregister("written")
        stood = derive_late(cursor, target, import_id)
        same = landed.changed + landed.same - stood.changed
        return Landed(stood.new, stood.changed, same, stood.gone, late=True)
    if name == "orders":
        _drop_credits_of_arrived(cursor)
    if back or (landed.changed + landed.same and _lacks_what_is_there(cursor, target, present)):
        if as_written:
            _keep_as_past(cursor, target, present, import_id)
        cursor.execute("DROP VIEW arrived")
        cursor.unregister("written")
        touch(cursor, target, f'SELECT * FROM "past_{name}" WHERE import_id = ?', [import_id])
        gone = _replace_range(cursor, target, import_id)
        derive_touched(cursor, target)
        gone += _drop_gone_lines(cursor, target, import_id, landed)
        return replace(landed, gone=gone, withdrawn=_drop_withdrawn(cursor, target))
    unless = ""
    if landed.changed + landed.same:
        replaced = f"{same_key(target, present)} AND {_news(target)}"
        keep_alone(cursor, target, f"EXISTS (SELECT 1 FROM arrived WHERE {replaced})")
        cursor.execute(f'DELETE FROM "{name}" AS here USING arrived WHERE {replaced}')
        unless = (
            f' WHERE NOT EXISTS (SELECT 1 FROM "{name}" AS here WHERE {same_key(target, present)})'
        )
    gone = _replace_range(cursor, target, import_id)
    cursor.execute(
        f'INSERT INTO "{name}" ({listed}, import_id, row_no, alone) '
        f'SELECT {listed}, ?, "row", ? FROM arrived{unless}',
        [import_id, as_written],
    )
    cursor.execute("DROP VIEW arrived")
    cursor.unregister("written")
    gone += _drop_gone_lines(cursor, target, import_id, landed)
    if name == "orders":
        as_their_heads(cursor, f"SELECT order_id FROM orders WHERE import_id = {int(import_id)}")
    return replace(landed, gone=gone, withdrawn=_drop_withdrawn(cursor, target))


def _keep_as_past(cursor: Cursor, into: Table, present: list[str], import_id: int) -> None:
    """Keep the rows as written, beside those that stand."""
    listed = column_list(present)
    cursor.execute(
        f'INSERT INTO "past_{into.name}" ({listed}, import_id, row_no) '
        f'SELECT {listed}, ?, "row" FROM written',
        [import_id],
    )


def _lacks_what_is_there(cursor: Cursor, table: Table, present: list[str]) -> bool:
    """Return whether a returning row holds something in a column that the file lacks."""
    absent = [column for column in table.names if column not in (*present, *table.key)]
    if not absent or table.name == "credits":
        return False
    held = " OR ".join(f'here."{column}" IS NOT NULL' for column in absent)
    filled = cursor.execute(
        f'SELECT 1 FROM arrived JOIN "{table.name}" AS here ON {same_key(table, present)} '
        f"WHERE {held} LIMIT 1"
    ).fetchall()
    return bool(filled)


def _replace_range(cursor: Cursor, table: Table, import_id: int) -> int:
    """Remove what a list without keys had in the days of this import; return how many rows."""
    if table.name not in KEYLESS:
        return 0
    ranges = cursor.execute(
        "SELECT source, first_day, last_day FROM import_ranges WHERE import_id = ?", [import_id]
    ).fetchall()
    if not ranges:
        return 0
    ((source, first, last),) = ranges
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE leaving AS "
        f'SELECT import_id, row_no FROM "{table.name}" AS here WHERE import_id IN ('
        "SELECT import_id FROM import_ranges WHERE table_name = ? AND source = ?) "
        f"AND import_id <> ? AND {within(table.name)}",
        [table.name, source, import_id, first, first, last],
    )
    these = "(here.import_id, here.row_no) IN (SELECT (import_id, row_no) FROM leaving)"
    keep_alone(cursor, table, these)
    cursor.execute(f'DELETE FROM "{table.name}" AS here WHERE {these}')
    ((gone,),) = cursor.execute("SELECT count(*) FROM leaving").fetchall()
    cursor.execute("DROP TABLE leaving")
    if gone and table.name == "orders":
        drop_credits_without_a_line(cursor)
    return int(gone)


def _drop_gone_lines(cursor: Cursor, into: Table, import_id: int, landed: Landed) -> int:
    """Remove the lines that orders of this import have no more, and orders that it took out.

    So are payments that it has otherwise under the same number.
    """
    if into.name == "payments":
        which = is_corrected(
            f"SELECT payment_id FROM fact_payments WHERE import_id = {int(import_id)}"
        )
        return _drop(cursor, into, which)
    if into.name != "orders":
        return 0
    deleted = "SELECT 1 FROM gone_orders WHERE import_id = ? LIMIT 1"
    # Where no line came again, none shares an order with what was here.
    if not landed.changed + landed.same and not cursor.execute(deleted, [import_id]).fetchall():
        return 0
    which = is_gone(
        f"SELECT order_id FROM fact_orders WHERE import_id = {int(import_id)} "
        f"UNION ALL SELECT order_id FROM gone_orders WHERE import_id = {int(import_id)}"
    )
    gone = _drop(cursor, into, which)
    if gone:
        drop_credits_without_a_line(cursor)
    return gone


def _drop_withdrawn(cursor: Cursor, into: Table) -> int:
    """Remove the rows of records that a newer import says do not count; return how many."""
    return _drop(cursor, into, is_withdrawn(into.name)) if any_of(cursor, into.name) else 0


def _drop(cursor: Cursor, into: Table, which: str) -> int:
    """Take rows out of the current state, keeping them in the past; return how many."""
    counted = f'SELECT count(*) FROM "{into.name}" AS here WHERE {which}'
    ((gone,),) = cursor.execute(counted).fetchall()
    if gone:
        keep_alone(cursor, into, f"({which})")
        cursor.execute(f'DELETE FROM "{into.name}" AS here WHERE {which}')
    return int(gone)


def _as_written(cursor: Cursor, table: Table) -> bool:
    """Return whether every row stands as written: no name is read differently.

    Deals do not, as an older export may arrive late; neither do credits, which come and go with
    their order line.
    """
    if table.name in ("deals", "credits"):
        return False
    kinds = [place.kind for place in PLACES if place.table == table.name]
    renamed = cursor.execute(
        "SELECT 1 FROM aliases WHERE accepted AND list_contains(?, kind) LIMIT 1", [kinds]
    ).fetchall()
    return not renamed


def _news(table: Table) -> str:
    """Return SQL: what arrived is not older than what is here; an export of deals may be."""
    if table.name != "deals":
        return "true"
    long_ago = "DATE '0001-01-01'"
    return f"coalesce(arrived.as_of, {long_ago}) >= coalesce(here.as_of, {long_ago})"


def _one_a_key(table: Table, present: list[str]) -> str:
    """Return SQL: the last of the rows with one key.

    A file has no key twice, but a deal may stand in it on several days, and two people may turn
    out to be one. Credits are kept apart: together they are the share of that person.
    """
    keys = [key for key in table.key if key in present]
    named = has_names(table, keys)
    if not keys or table.name == "credits" or not (named or table.name == "deals"):
        return ""
    newest = "as_of DESC NULLS LAST, " if table.name == "deals" and "as_of" in present else ""
    apart = column_list(keys)
    return f' QUALIFY row_number() OVER (PARTITION BY {apart} ORDER BY {newest}"row" DESC) = 1'


def _compare(cursor: Cursor, into: Table, present: list[str], arrived: int | None) -> Landed:
    """Count the arrived rows that are new, change something, or change nothing.

    `arrived` is their number, if known without counting.
    """
    if arrived is None:
        ((arrived,),) = cursor.execute("SELECT count(*) FROM arrived").fetchall()
    if not cursor.execute(f'SELECT 1 FROM "{into.name}" LIMIT 1').fetchall():
        return Landed(new=arrived, changed=0, same=0)
    ((matched, same),) = cursor.execute(
        f"SELECT count(*), count(*) FILTER (WHERE NOT ({_news(into)}) OR ({alike(into, present)})) "
        f'FROM arrived JOIN "{into.name}" AS here ON {same_key(into, present)}'
    ).fetchall()
    return Landed(new=arrived - matched, changed=matched - same, same=same)


def _drop_credits_of_arrived(cursor: Cursor) -> None:
    """Drop the credits of returning order lines: they bring them again, or have none any more."""
    if not cursor.execute("SELECT 1 FROM credits LIMIT 1").fetchall():
        return
    cursor.execute(
        "DELETE FROM credits AS here USING arrived "
        "WHERE here.order_id = arrived.order_id "
        "AND here.line_no IS NOT DISTINCT FROM arrived.line_no "
        # Shares from a sheet of their own do not come and go with the lines.
        "AND here.import_id NOT IN (SELECT import_id FROM imports WHERE table_name = 'credits')"
    )
