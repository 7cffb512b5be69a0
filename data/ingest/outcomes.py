"""Tell what became of an import over HTTP, after a restart too.

>>> job, sheets, error = ended(store, job)                          # doctest: +SKIP
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast, get_args

from data.cleaning.clean import Problem
from data.cleaning.reconcile import Sums
from data.facts.upsert import Landed
from data.ingest import pending
from data.ingest.unattended import Arrived, State
from data.jobs import background
from data.jobs.background import Job
from data.staging.draft import Result
from data.store.database import Store
from domain.errors import Code, ImportRefused, YuepanError


def ended(store: Store, job: Job) -> tuple[Job, list[Arrived], YuepanError | None]:
    """Return a finished job, its sheets, and the error that ended it as a whole.

    After a restart, the record holds the outcome of each sheet. A job stopped between its last
    note to the store and its own end is done.
    """
    outcome = background.outcome(job.job_id)
    if isinstance(outcome, YuepanError):
        return job, [], outcome
    if outcome is not None:
        return job, outcome, None
    landed = _recorded(store, job.job_id) or _landed_by(store, job.job_id)
    if job.state == "interrupted":
        if landed:
            return replace(job, state="done"), landed, None
        return job, [], ImportRefused("interrupted")
    if job.error is None:
        return job, landed, None
    if job.error in get_args(Code):
        return job, landed, ImportRefused(cast(Code, job.error))
    return job, landed, YuepanError("internal", reference=job.job_id[:8])


def _recorded(store: Store, job_id: str) -> list[Arrived]:
    landed = {sheet.import_id: sheet for sheet in _landed_by(store, job_id)}
    return [
        landed.get(sheet.import_id)
        or Arrived(
            *(sheet.file, sheet.sheet, sheet.table, sheet.system, cast(State, sheet.state)),
            questions=sheet.questions,
            error=sheet.error,
        )
        for sheet in pending.of_job(store, job_id)
    ]


def _landed_by(store: Store, job_id: str) -> list[Arrived]:
    rows = store.rows(
        "SELECT import_id, file, sheet, table_name, system, rows_in, rows_kept, rows_new, "
        "rows_changed, rows_same, left_out, money, problem_count FROM imports "
        "WHERE job_id = ? ORDER BY import_id",
        [job_id],
    )
    return [_from_history(store, *row) for row in rows]


def _from_history(
    store: Store, import_id: int, file: str, sheet: str, table: str, system: str, *counts: Any
) -> Arrived:
    rows_in, kept, new, changed, same, left_out, money, problem_count = counts
    sums = json.loads(money)
    whole = Sums.read(sums)
    problems = store.rows(
        "SELECT row_no, column_name, header, value, why, outcome, sheet FROM problems "
        "WHERE import_id = ? ORDER BY rowid",
        [import_id],
    )
    result = Result(
        f"{file} · {sheet}" if sheet else file,
        table,
        import_id,
        rows_in,
        kept,
        Landed(new, changed, same),
        json.loads(left_out),
        whole.money_in,
        whole.left_out,
        tuple(Problem(*row) for row in problems),
        problem_count,
        currencies={code: Sums.read(of) for code, of in sums.get("currencies", {}).items()},
    )
    return Arrived(file, sheet, table, system, "imported", result)
