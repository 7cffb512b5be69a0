"""Record every import, list them, and undo them.

>>> imports(store)[["import_id", "file", "rows_kept", "status"]]
>>> take_back(store, 3)
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.clean import Cleaned
from data.facts import (
    departments,
    gone_that_day,
    named_deals,
    standing,
    undo,
    upsert,
    vanished,
    withdrawn,
)
from data.facts.ages import Age
from data.facts.sql import insert, insert_of_import
from data.facts.standing import Before
from data.ingest import source_rows
from data.ingest.landing_notes import after_landing, departments_kept
from data.staging import net_of_refunds
from data.staging.draft import Draft, Result
from data.staging.findings import PART
from data.store.database import Cursor, Store
from data.store.versions import Part, raise_versions
from domain.errors import ImportRefused

# Tables that an import of one table also fills.
_ALSO_FILLS = {"orders": ("credits",)}
# The fields of a problem and their columns in the store.
_PROBLEM = {"row": "row_no", "column": "column_name"} | {
    name: name for name in ("header", "value", "why", "outcome", "sheet")
}


def record(
    cursor: Cursor,
    draft: Draft,
    cleaned: Cleaned,
    result: Result,
    job_id: str,
    seen: Before | None,
    age: Age,
) -> Result:
    """Land a cleaned sheet with its derived tables, its problems and its entry in the history.

    The import of the same sheet in another reading, `seen`, is undone with it.
    """
    assert draft.sheet and draft.table and draft.match
    earlier = _taken_back(cursor, draft.table, seen) if seen else 0
    (import_id,) = cursor.execute("SELECT nextval('import_ids')").fetchall()[0]
    derived = dict(cleaned.derived)
    rows = cleaned.rows
    if more := derived.pop(draft.table, None):
        rows = pa.concat_tables([rows, more])
    if draft.placing:
        where = draft.placing
        range_ = {"source": where.source, "first_day": where.first, "last_day": where.last}
        range_ |= {"import_id": import_id, "table_name": draft.table, "shape": where.shape}
        insert(cursor, "import_ranges", range_)
    if draft.coverage:
        vanished.keep(cursor, import_id, draft.coverage)
    ((now,),) = cursor.execute("SELECT current_localtimestamp()").fetchall()
    entry = {
        "import_id": import_id,
        "job_id": job_id,
        "file": draft.file,
        "sheet": draft.sheet.name,
        "content": draft.content,
        "table_name": draft.table,
        "system": draft.match.system,
        "as_of": _as_of(draft.table, rows),
        "coverage": _coverage(draft),
        "mapping": as_json(draft.mapping),
        "answers": as_json({**draft.answers, **draft.of_file, **_stated(draft)}),
        "rows_in": cleaned.rows_in,
        "rows_kept": cleaned.rows_kept,
        "left_out": as_json(cleaned.left_out),
        "money": as_json(_money(cleaned)),
        "problem_count": cleaned.problem_count,
        "status": "active",
        "imported_at": now,
        "exported": age.exported,
        "made_on": age.made_on,
        "exported_at": age.at,
    }
    insert(cursor, "imports", entry | dict.fromkeys(("rows_new", "rows_changed", "rows_same"), 0))
    gone, number = ("deals", "deal_id") if draft.table == "deals" else ("orders", "order_id")
    if draft.table == "targets":
        withdrawn.keep_targets(cursor, import_id, draft.deleted)
    else:
        insert_of_import(cursor, f"gone_{gone}", import_id, {number: [*draft.gone]})
    withdrawn.keep(cursor, import_id, draft.table, cleaned.withdrawn)
    given_up = draft.kept.given_up(draft.answers)
    withdrawn.keep_numbers(cursor, import_id, draft.table, given_up)
    if draft.table == "deals":
        named_deals.numbered(cursor, draft.by_name.settled(draft.answers).named)
        vanished.remember(cursor)
    if draft.refunds:
        net_of_refunds.keep(cursor, import_id, draft.refunds, rows)
    landed = upsert.land(cursor, import_id, draft.table, rows)
    for name, of_lines in derived.items():
        upsert.land(cursor, import_id, name, source_rows.with_row_of_line(of_lines, rows))
    notes = after_landing(cursor, draft, import_id, landed)
    notes += departments_kept(cursor, draft, import_id, rows)
    every, count = (*cleaned.problems, *notes), cleaned.problem_count + len(notes)
    cursor.execute(
        "UPDATE imports SET rows_new = ?, rows_changed = ?, rows_same = ?, problem_count = ? "
        "WHERE import_id = ?",
        [landed.new, landed.changed, landed.same, count, import_id],
    )
    if draft.table == "deals":
        gone_that_day.add(cursor, import_id)
        vanished.drop_vanished(cursor)
        gone_deals, lacking = vanished.gone_since(cursor, import_id)
        landed = replace(landed, gone=max(gone_deals - landed.withdrawn, 0), lacking=lacking)
    problems = {to: [getattr(problem, name) for problem in every] for name, to in _PROBLEM.items()}
    insert_of_import(cursor, "problems", import_id, problems)
    source_rows.keep(cursor, import_id, source_rows.of(draft.sheet, every))
    standing.remember(cursor, import_id, draft.sheet.written, draft.mapping_by_header)
    files = draft.placing.files if draft.placing and draft.placing.choice == "replace" else ()
    result = replace(result, problems=every, problem_count=count)
    return replace(result, import_id=import_id, landed=landed, replaced=files, reread=earlier)


def _stated(draft: Draft) -> dict[str, str]:
    """Return what the file states that answers about its units and currencies are of."""
    assert draft.sheet
    of_units = any(key.endswith("/unit") for key in draft.answers)
    stated = {standing.UNIT: draft.sheet.unit} if of_units else {}
    for summary in draft.known.summaries.values():
        if (key := f"{summary.column}/currencies") in draft.answers:
            stated[f"{standing.STATED}{key}"] = " ".join(sorted(summary.signs))
    return stated


def _coverage(draft: Draft) -> str | None:
    """Return what a file covers: of the deals, or only a part of its orders' lines."""
    if draft.selected:
        return PART
    return draft.coverage.kind if draft.coverage else None


def _taken_back(cursor: Cursor, name: str, seen: Before) -> int:
    """Undo an import of table `name`; return how many of its rows stood."""
    ((standing,),) = cursor.execute(
        # Names of our own; values are parameters.
        f'SELECT count(*) FROM "{name}" WHERE import_id = ?',  # noqa: S608
        [seen.import_id],
    ).fetchall()
    undo.undo(cursor, seen.import_id, (name, *_ALSO_FILLS.get(name, ())))
    return int(standing)


def _money(cleaned: Cleaned) -> dict[str, object]:
    return {
        "in": cleaned.money_in,
        "left_out": cleaned.money_left_out,
        "currencies": {
            code: {"in": sums.money_in, "left_out": sums.left_out}
            for code, sums in cleaned.currencies.items()
        },
    }


def imports(store: Store) -> pd.DataFrame:
    """Return the history, newest first; one row per imported sheet, `kind` is that of its job."""
    return store.frame(
        "SELECT import_id, job_id, file, sheet, table_name, system, as_of, coverage, rows_in, "
        "rows_kept, rows_new, rows_changed, rows_same, problem_count, status, imported_at, "
        "undone_at, coalesce(kind, '') AS kind FROM imports LEFT JOIN jobs USING (job_id) "
        "ORDER BY import_id DESC"
    )


def problems(store: Store, import_id: int) -> pd.DataFrame:
    """Return the problems of one import: row, column, value, why, and the outcome.

    `sheet` is set if several were read as one, else "".
    """
    return store.frame(
        "SELECT sheet, row_no, column_name, header, value, why, outcome "
        "FROM problems WHERE import_id = ? ORDER BY rowid",
        [import_id],
    )


def taken_out(store: Store, start: date, end: date) -> list[tuple[str, int, Decimal]]:
    """Return currency, rows, amount of the orders of some days that were deleted in the source.

    So said whoever imported a newer export without them; the currency is "" where none is named.
    """
    return store.rows(
        "SELECT coalesce(currency, ''), count(*), coalesce(sum(amount), 0) FROM ("
        "  SELECT line.order_id, line.order_date, line.currency, line.amount "
        "  FROM fact_orders AS line JOIN gone_orders USING (order_id) "
        "  JOIN imports AS newer ON newer.import_id = gone_orders.import_id "
        "    AND newer.status = 'active' AND newer.import_id > line.import_id "
        "  WHERE line.order_id NOT IN (SELECT order_id FROM orders) "
        "    AND coalesce(line.status, '') <> 'cancelled' "
        "  QUALIFY row_number() OVER (PARTITION BY line.order_id, line.line_no "
        "    ORDER BY line.import_id DESC) = 1"
        ") WHERE order_date BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
        [start, end],
    )


def take_back(store: Store, import_id: int, job_id: str | None = None) -> None:
    """Undo one import. Later imports keep what they brought.

    An earlier import of the same sheet in another reading stands again. Numbers begin again
    in a backup: `job_id`, that of the import which is meant, belongs to no other one.

    Raises ImportRefused("not_there") for an id without a standing import.
    """
    with store.writing() as cursor:
        undone = cursor.execute(
            "SELECT table_name FROM imports WHERE import_id = ? AND status = 'active' "
            "AND job_id = coalesce(?, job_id)",
            [import_id, job_id],
        ).fetchall()
        if not undone:
            raise ImportRefused("not_there", import_id=import_id)
        ((name,),) = undone
        names = (name, *_ALSO_FILLS.get(name, ()))
        undo.undo(cursor, import_id, names)
        for (earlier,) in _other_readings(cursor, import_id):
            undo.bring_back(cursor, earlier, names)
        departments.derive(cursor)
        raise_versions(cursor, *parts([name]))


def _other_readings(cursor: Cursor, import_id: int) -> list[tuple[int]]:
    """Return the import of the same sheet that this one replaced in its transaction."""
    return cursor.execute(
        "SELECT was.import_id FROM imports AS was JOIN imports AS one "
        "ON was.content = one.content AND was.sheet = one.sheet "
        "AND was.table_name = one.table_name AND was.undone_at = one.imported_at "
        "AND was.import_id < one.import_id WHERE one.import_id = ? AND was.status = 'undone' "
        "ORDER BY was.import_id DESC LIMIT 1",
        [import_id],
    ).fetchall()


def parts(names: Iterable[str]) -> tuple[Part, ...]:
    """Return the versions that a change to these tables raises; plans use targets too."""
    changed = set(names)
    return (*(("facts",) if changed else ()), *(("plan",) if "targets" in changed else ()))


def as_json(value: object) -> str:
    """Return stable JSON: sorted keys, decimals and dates as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _as_of(name: str, rows: pa.Table) -> date | None:
    if name != "deals" or "as_of" not in rows.column_names:
        return None
    newest: date | None = pc.max(rows.column("as_of")).as_py()
    return newest
