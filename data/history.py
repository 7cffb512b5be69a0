"""Every import that was made, and the way back.

>>> imports(store)[["import_id", "file", "rows_kept", "status"]]
>>> take_back(store, 3)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import landing, periods
from data.clean import Cleaned
from data.drafts import Draft, Result
from data.match import shape
from data.store import Store
from domain.errors import ImportRefused

if TYPE_CHECKING:
    import duckdb

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

# Tables that an import of one table also fills.
_ALSO_FILLS = {"orders": ("credits",)}


def imported_on(
    rows: Rows, content: str, sheet: str, table: str | None, mapping: Mapping[str, int]
) -> date | None:
    """The day on which this very sheet was imported in this very way, if that stands."""
    found = rows(
        "SELECT CAST(imported_at AS DATE) FROM imports WHERE content = ? AND sheet = ? "
        "AND table_name = ? AND mapping = ? AND status = 'active' "
        "ORDER BY import_id DESC LIMIT 1",
        [content, sheet, table or "", as_json(mapping)],
    )
    return found[0][0] if found else None


def record(
    cursor: duckdb.DuckDBPyConnection, draft: Draft, cleaned: Cleaned, told: Result, job_id: str
) -> Result:
    """Land a cleaned sheet with its derived tables, its problems and its entry in the history."""
    assert draft.sheet and draft.table and draft.found
    (import_id,) = cursor.execute("SELECT nextval('import_ids')").fetchall()[0]
    rows = _completed(draft.table, cleaned.rows)
    landed = landing.land(cursor, import_id, draft.table, rows)
    for name, derived in cleaned.derived.items():
        landing.land(cursor, import_id, name, derived)
    cursor.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "'active', current_localtimestamp(), NULL)",
        [
            import_id,
            job_id,
            draft.file,
            draft.sheet.name,
            draft.content,
            draft.table,
            draft.found.system,
            _as_of(draft.table, rows),
            _coverage(draft.table, rows),
            as_json(draft.mapping),
            as_json(draft.answers),
            cleaned.rows_in,
            cleaned.rows.num_rows,
            landed.new,
            landed.changed,
            landed.same,
            as_json(cleaned.left_out),
            as_json({"in": cleaned.money_in, "left_out": cleaned.money_left_out}),
            cleaned.problem_count,
        ],
    )
    _keep_problems(cursor, import_id, cleaned)
    cursor.execute(
        "INSERT OR REPLACE INTO mappings VALUES (?, ?, ?, ?, current_localtimestamp())",
        [
            shape(draft.sheet.header),
            draft.table,
            as_json(draft.mapping),
            as_json(draft.answers),
        ],
    )
    return replace(told, import_id=import_id, landed=landed)


def imports(store: Store) -> pd.DataFrame:
    """The history, the newest first; one row an imported sheet."""
    return store.frame(
        "SELECT import_id, file, sheet, table_name, system, as_of, coverage, rows_in, rows_kept, "
        "rows_new, rows_changed, rows_same, problem_count, status, imported_at, undone_at "
        "FROM imports ORDER BY import_id DESC"
    )


def problems(store: Store, import_id: int) -> pd.DataFrame:
    """The problems of one import: row, column, value, why, and what happened to the row."""
    return store.frame(
        "SELECT file, sheet, row_no, column_name, header, value, why, outcome "
        "FROM problems JOIN imports USING (import_id) WHERE import_id = ? ORDER BY row_no",
        [import_id],
    )


def take_back(store: Store, import_id: int) -> None:
    """Undo one import. Later imports keep what they brought.

    Raises ImportRefused("not_there") for an id that has no standing import.
    """
    with store.writing("facts", "plan") as cursor:
        found = cursor.execute(
            "SELECT table_name FROM imports WHERE import_id = ? AND status = 'active'",
            [import_id],
        ).fetchall()
        if not found:
            raise ImportRefused("not_there", import_id=import_id)
        ((name,),) = found
        landing.undo(cursor, import_id, (name, *_ALSO_FILLS.get(name, ())))


def as_json(value: object) -> str:
    """Stable JSON for what is compared and kept: sorted keys, decimals and dates as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _completed(table: str, rows: pa.Table) -> pa.Table:
    """What a target, spend or market sheet leaves to the reader: the metric, whose it is."""
    if "period" in rows.column_names:
        read = [periods.period(text) for text in rows.column("period").to_pylist()]
        rows = _set(rows, "period", pa.array(read, pa.string()))
    if table != "targets":
        return rows
    filled = {"metric": "sales", "version": "imported"}
    for name, default in filled.items():
        rows = _set(rows, name, _or(rows, name, default))
    if "scope_kind" not in rows.column_names:
        named = (
            pc.is_valid(rows.column("scope_value"))
            if "scope_value" in rows.column_names
            else pa.array([False] * rows.num_rows)
        )
        rows = _set(rows, "scope_kind", pc.if_else(named, "rep", "company"))
    return rows


def _or(rows: pa.Table, name: str, default: str) -> pa.ChunkedArray | pa.Array:
    if name in rows.column_names:
        return pc.fill_null(rows.column(name), default)
    return pa.array([default] * rows.num_rows)


def _set(rows: pa.Table, name: str, values: Any) -> pa.Table:
    if name in rows.column_names:
        return rows.set_column(rows.column_names.index(name), name, values)
    return rows.append_column(name, values)


def _as_of(table: str, rows: pa.Table) -> date | None:
    if table != "deals" or "as_of" not in rows.column_names:
        return None
    newest: date | None = pc.max(rows.column("as_of")).as_py()
    return newest


def _coverage(table: str, rows: pa.Table) -> str | None:
    """What the export of deals covers, as far as it shows: a list of open deals, or all."""
    if table != "deals":
        return None
    closed = pc.any(pc.is_in(rows.column("status"), pa.array(["won", "lost"]))).as_py()
    return "all" if closed else "open"


def _keep_problems(cursor: duckdb.DuckDBPyConnection, import_id: int, cleaned: Cleaned) -> None:
    if not cleaned.problems:
        return
    listed = pa.table(
        {
            name: [getattr(one, name) for one in cleaned.problems]
            for name in ("row", "column", "header", "value", "why", "outcome")
        }
    )
    cursor.register("listed", listed)
    cursor.execute(
        'INSERT INTO problems SELECT ?, "row", "column", header, value, why, outcome FROM listed',
        [import_id],
    )
    cursor.unregister("listed")
