"""Take a file the whole way: received, read, reviewed, confirmed, landed.

    >>> from data.ingest.jobs import start_import, start_reading
    >>> from data.jobs.background import outcome
    >>> reading = start_reading(store, [receive(store, "deals.csv", content)], today=today)
    >>> drafts = outcome(reading)            # one a sheet, or what is wrong with the file
    >>> importing = start_import(store, drafts, today=today)
    >>> outcome(importing)                   # one `Result` a sheet

Between the two jobs the user sees each draft and may change it: which table it
is, which column is which, the answers to questions. Everything that was
confirmed together lands in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from data.cleaning import clean
from data.facts.standing import before
from data.ingest import batch, history, source_rows
from data.ingest.sandboxed import CLEAN_SECONDS, completed_with, groups, in_child
from data.jobs.background import Progress
from data.staging.draft import Draft, Result
from data.staging.readings import read_alike, task_of
from data.store.database import Store
from data.store.versions import raise_versions
from domain.errors import ImportRefused, YuepanError
from domain.tables import table


def land_all(
    store: Store, drafts: Sequence[Draft], today: date, stop_at_problems: bool, progress: Progress
) -> list[Result]:
    """Type and land drafts in one transaction, inside a job; see `start_import`."""
    drafts = batch.together(drafts)
    order = batch.order(drafts)
    total, done = sum(draft.row_count for draft in drafts), 0
    cleaned: list[clean.Cleaned | YuepanError] = []
    for group in groups(drafts, lambda draft: draft.sheet.rows.nbytes if draft.sheet else 0):
        rows = sum(draft.row_count for draft in group)
        progress.report("typing", done, total)
        cleaned += _clean(store, group, today, progress, progress.part("typing", done, rows, total))
        done += rows
    results = [_told(draft, one) for draft, one in zip(drafts, cleaned, strict=True)]
    if stop_at_problems and any(
        isinstance(one, YuepanError) or one.problem_count for one in cleaned
    ):
        return results
    done = 0
    with store.writing() as cursor, progress.interruptible(cursor.interrupt):

        def rows_of(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
            return cursor.execute(sql, list(params)).fetchall()

        for at in order:
            draft, one = drafts[at], cleaned[at]
            progress.report("landing", done, total)
            done += draft.row_count
            if isinstance(one, YuepanError):
                continue
            seen = before(rows_of, draft.content, draft.sheet_name, draft.table)
            # All that this looks at was looked up before the lock.
            if seen and read_alike(store, draft, seen, today):
                error = ImportRefused("already_imported", file=draft.name, date=seen.day)
                results[at] = _told(draft, error)
            elif one.rows.num_rows:
                job = progress.job_id
                results[at] = history.record(cursor, draft, one, results[at], job, seen)
        results = batch.reconciled(cursor, drafts, results)
        raise_versions(cursor, *history.parts(one.table for one in results if one.import_id))
        # The last moment to change one's mind; after this everything stays.
        progress.report("landing", total, total)
    return results


def _clean(
    store: Store,
    drafts: Sequence[Draft],
    today: date,
    progress: Progress,
    shared: Callable[[float], None],
) -> list[clean.Cleaned | YuepanError]:
    refused = [_not_ready(draft) for draft in drafts]
    calls = [
        replace(task_of(draft, today, store), as_of=_day(draft, today))
        for draft, why in zip(drafts, refused, strict=True)
        if why is None
    ]
    found = iter(
        in_child("data.ingest.tasks:clean_all", calls, CLEAN_SECONDS, 3000, progress, shared)
        if calls
        else []
    )
    return [why or _kept(draft, next(found)) for draft, why in zip(drafts, refused, strict=True)]


def _day(draft: Draft, today: date) -> date | None:
    """Return the day of a snapshot of deals: given, else shown by the file, else today.

    A deal without a day would be in no history.
    """
    if draft.table != "deals" or draft.coverage is None:
        return draft.as_of
    return draft.as_of or draft.coverage.as_of or today


def _not_ready(draft: Draft) -> YuepanError | None:
    """Return what the user still has to decide before this draft can be typed."""
    one = table(draft.table or "")
    if (draft.placing and draft.placing.choice == "ask") or (
        draft.coverage and draft.coverage.kind == "ask"
    ):
        return ImportRefused("questions_open", file=draft.name)
    missing = [group for group in one.needs if not any(c in draft.mapping for c in group)]
    if missing:
        return ImportRefused("needs_missing", file=draft.name, table=one.name, columns=missing)
    return None


def _kept(draft: Draft, one: clean.Cleaned | YuepanError) -> clean.Cleaned | YuepanError:
    if isinstance(one, YuepanError):
        # Whether a question is open is looked up where the rows are typed, once.
        if one.code == "question_open":
            return ImportRefused("questions_open", file=draft.name)
        return completed_with(one, file=draft.file, sheet=draft.sheet_name or None)
    draft.known.summaries.update(one.summaries)
    return source_rows.placed(one, draft)


def _told(draft: Draft, one: clean.Cleaned | YuepanError) -> Result:
    if isinstance(one, YuepanError):
        return Result(draft.name, draft.table or "", error=one)
    return Result(
        name=draft.name,
        table=draft.table or "",
        rows_in=one.rows_in,
        rows_kept=one.rows.num_rows,
        left_out=one.left_out,
        money_in=one.money_in,
        money_left_out=one.money_left_out,
        currencies=one.currencies,
        problems=one.problems,
        problem_count=one.problem_count,
        # Its problems are told all the same: they say what to correct.
        error=None if one.rows.num_rows else ImportRefused("nothing_left", file=draft.name),
    )
