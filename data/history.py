"""Every import that was made, and the way back.

>>> imports(store)[["import_id", "file", "rows_kept", "status"]]
>>> take_back(store, 3)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data import coverage, landing, originals
from data.clean import Cleaned
from data.drafts import Draft, Result
from data.keyless import Placing
from data.match import shape
from data.store import Part, Store, raise_versions
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
    rows = cleaned.rows
    if draft.placing:
        _keep_range(cursor, import_id, draft.table, draft.placing)
    if draft.coverage:
        coverage.keep(cursor, import_id, draft.coverage)
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
            draft.coverage.kind if draft.coverage else None,
            as_json(draft.mapping),
            as_json(draft.answers),
            cleaned.rows_in,
            cleaned.rows.num_rows,
            0,
            0,
            0,
            as_json(cleaned.left_out),
            as_json({"in": cleaned.money_in, "left_out": cleaned.money_left_out}),
            cleaned.problem_count,
        ],
    )
    landed = landing.land(cursor, import_id, draft.table, rows)
    for name, derived in cleaned.derived.items():
        landing.land(cursor, import_id, name, _with_row_of_line(derived, rows))
    cursor.execute(
        "UPDATE imports SET rows_new = ?, rows_changed = ?, rows_same = ? WHERE import_id = ?",
        [landed.new, landed.changed, landed.same, import_id],
    )
    if draft.table == "deals":
        landed = replace(landed, gone=coverage.drop_vanished(cursor))
    _keep_problems(cursor, import_id, cleaned)
    originals.keep(cursor, import_id, originals.of(draft.sheet, cleaned.problems))
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


def _keep_range(
    cursor: duckdb.DuckDBPyConnection, import_id: int, name: str, placing: Placing
) -> None:
    cursor.execute(
        "INSERT INTO import_ranges VALUES (?, ?, ?, ?, ?, ?)",
        [import_id, name, placing.source, placing.shape, placing.first, placing.last],
    )


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
    with store.writing() as cursor:
        found = cursor.execute(
            "SELECT table_name FROM imports WHERE import_id = ? AND status = 'active'",
            [import_id],
        ).fetchall()
        if not found:
            raise ImportRefused("not_there", import_id=import_id)
        ((name,),) = found
        landing.undo(cursor, import_id, (name, *_ALSO_FILLS.get(name, ())))
        raise_versions(cursor, *parts([name]))


def parts(names: Iterable[str]) -> tuple[Part, ...]:
    """The versions that a change to these tables raises; targets are facts that plans use."""
    changed = set(names)
    return (*(("facts",) if changed else ()), *(("plan",) if "targets" in changed else ()))


def as_json(value: object) -> str:
    """Stable JSON for what is compared and kept: sorted keys, decimals and dates as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _with_row_of_line(derived: pa.Table, lines: pa.Table) -> pa.Table:
    """A share's row in the file is the row of the order line that it was written in."""
    if "row" in derived.column_names:
        return derived
    keys = pa.schema([(name, pa.string()) for name in ("order_id", "line_no")])
    places = lines.select(["order_id", "line_no", "row"]).cast(keys.append(lines.field("row")))
    return derived.join(places, keys.names)


def _as_of(table: str, rows: pa.Table) -> date | None:
    if table != "deals" or "as_of" not in rows.column_names:
        return None
    newest: date | None = pc.max(rows.column("as_of")).as_py()
    return newest


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
