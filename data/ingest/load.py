"""Take a file the whole way: received, read, reviewed, confirmed, landed.

    >>> from data.ingest.jobs import start_import, start_reading
    >>> from data.jobs.background import outcome
    >>> reading = start_reading(store, [receive(store, "deals.csv", content)], today=today)
    >>> drafts = outcome(reading)            # one per sheet, or what is wrong with the file
    >>> importing = start_import(store, drafts, today=today)
    >>> outcome(importing)                   # one `Result` per sheet

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
from data.cleaning.uncounted import uncounted
from data.facts.ages import Age
from data.facts.standing import before
from data.ingest import batch, history, source_rows
from data.ingest.sandboxed import CLEAN_SECONDS, completed_with, groups, in_child
from data.jobs.background import Progress
from data.matching.systems import REASONS
from data.staging.draft import Draft, Result
from data.staging.readings import about_rows, read_alike, task_of
from data.store.database import Store
from data.store.versions import raise_versions
from domain.errors import Code, ImportRefused, YuepanError
from domain.tables import table

# Reasons of rows that are read without a problem and are no part of any figure.
_UNCOUNTED = frozenset(("counts_elsewhere", *REASONS))


def land_all(
    store: Store, drafts: Sequence[Draft], today: date, stop_at_problems: bool, progress: Progress
) -> list[Result]:
    """Type and land drafts in one transaction, inside a job; see `start_import`."""
    drafts = batch.together(drafts)
    total, done = sum(draft.row_count for draft in drafts), 0
    cleaned: list[clean.Cleaned | YuepanError] = []
    for group in groups(drafts, lambda draft: draft.sheet.rows.nbytes if draft.sheet else 0):
        rows = sum(draft.row_count for draft in group)
        progress.report("typing", done, total)
        cleaned += _clean(store, group, today, progress, progress.part("typing", done, rows, total))
        done += rows
    results = [_result(draft, sheet) for draft, sheet in zip(drafts, cleaned, strict=True)]
    if stop_at_problems and any(
        isinstance(sheet, YuepanError) or sheet.problem_count for sheet in cleaned
    ):
        return results
    done = 0
    with store.writing() as cursor, progress.interruptible(cursor.interrupt):
        progress.check_restored()

        def rows_of(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
            return cursor.execute(sql, list(params)).fetchall()

        ages = [
            Age() if isinstance(sheet, YuepanError) else batch.age(draft, sheet.rows, today)
            for draft, sheet in zip(drafts, cleaned, strict=True)
        ]
        for at in batch.order(drafts, ages):
            draft, sheet = drafts[at], cleaned[at]
            progress.report("landing", done, total)
            done += draft.row_count
            if isinstance(sheet, YuepanError):
                continue
            seen = before(rows_of, draft.content, draft.sheet_name, draft.table)
            # All that this looks at was looked up before the lock.
            if seen and read_alike(store, draft, seen, today):
                error = ImportRefused("already_imported", file=draft.name, date=seen.day)
                results[at] = _result(draft, error)
            elif sheet.rows.num_rows:
                job = progress.job_id
                told = results[at], job, seen
                results[at] = history.record(cursor, draft, sheet, *told, ages[at])
        results = batch.reconciled(cursor, drafts, results, ages)
        raise_versions(
            cursor, *history.parts(result.table for result in results if result.import_id)
        )
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
    outcomes = iter(
        in_child("data.ingest.tasks:clean_all", calls, CLEAN_SECONDS, 3000, progress, shared)
        if calls
        else []
    )
    return [why or _kept(draft, next(outcomes)) for draft, why in zip(drafts, refused, strict=True)]


def _day(draft: Draft, today: date) -> date | None:
    """Return the day of a snapshot of deals: given, else shown by the file, else today.

    A deal without a day would be in no history.
    """
    if draft.table != "deals" or draft.coverage is None:
        return draft.as_of
    return draft.as_of or draft.coverage.as_of or today


def _not_ready(draft: Draft) -> YuepanError | None:
    """Return what the user still has to decide before this draft can be typed."""
    wanted = table(draft.table or "")
    if (
        (draft.placing and draft.placing.choice == "ask")
        or (draft.coverage and draft.coverage.kind == "ask")
        or about_rows(draft)
    ):
        return ImportRefused("questions_open", file=draft.name)
    missing = [group for group in wanted.needs if not any(c in draft.mapping for c in group)]
    if missing:
        return ImportRefused("needs_missing", file=draft.name, table=wanted.name, columns=missing)
    return None


def _kept(draft: Draft, cleaned: clean.Cleaned | YuepanError) -> clean.Cleaned | YuepanError:
    if isinstance(cleaned, YuepanError):
        # Whether a question is open is looked up where the rows are typed, once.
        if cleaned.code == "question_open":
            return ImportRefused("questions_open", file=draft.name)
        return completed_with(cleaned, file=draft.file, sheet=draft.sheet_name or None)
    draft.known.summaries.update(cleaned.summaries)
    return source_rows.placed(cleaned, draft)


def _result(draft: Draft, cleaned: clean.Cleaned | YuepanError) -> Result:
    if isinstance(cleaned, YuepanError):
        return Result(draft.name, draft.table or "", error=cleaned)
    return Result(
        name=draft.name,
        table=draft.table or "",
        rows_in=cleaned.rows_in,
        rows_kept=cleaned.rows_kept,
        parts=cleaned.rows.num_rows - cleaned.rows_kept,
        left_out=cleaned.left_out,
        money_in=cleaned.money_in,
        money_left_out=cleaned.money_left_out,
        currencies=cleaned.currencies,
        uncounted=uncounted(draft.table or "", cleaned.rows),
        problems=cleaned.problems,
        problem_count=cleaned.problem_count,
        # Its problems are reported all the same: they say what to correct.
        error=None if cleaned.rows.num_rows else ImportRefused(_why(cleaned), file=draft.name),
    )


def _why(cleaned: clean.Cleaned) -> Code:
    """Return why no row of a file is left, as far as the reasons of its rows say."""
    reasons = set(cleaned.left_out)
    if reasons == {"counts_elsewhere"}:
        return "counts_already"
    return "nothing_counts" if reasons and reasons <= _UNCOUNTED else "nothing_left"
