"""Import files with nobody watching: what is sure lands, the rest waits for a person.

    >>> job_id = start(store, [receive(store, "orders.csv", content)], today=today)
    >>> [(sheet.file, sheet.state) for sheet in jobs.outcome(job_id)]            # doctest: +SKIP
    [('orders.csv', 'imported')]

The same path as a drop on the page, with one difference: where the page would
show a guess or ask, nothing of the sheet is imported, and the account says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from data.cleaning.clean import Question
from data.ingest import load, pending, read_files
from data.ingest.pending import Arrival, Became
from data.jobs import background
from data.jobs.background import Progress
from data.layout.by_hand import Choices
from data.matching.aliases import SURE
from data.staging import doubled_totals, review, signs_beside
from data.staging.draft import Draft, Result, Upload
from data.store.database import Store
from domain.errors import ImportRefused, YuepanError

KIND = "http"
State = Literal[
    "imported", "already_imported", "needs_answer", "refused", "left_alone", "stopped_at_problems"
]

# What a code leads to; a code that is not here is a refusal.
_OPEN: State = "needs_answer"
_STATES: dict[str, State] = {
    **dict.fromkeys(("needs_answer", "needs_missing", "no_known_columns"), _OPEN),
    **dict.fromkeys(
        (
            "too_few_columns",
            "nearest_lacks",
            "account_entries",
            "payroll",
            "purchases",
            "exchange_rates",
            "columns_unsure",
            "coverage_unsure",
        ),
        _OPEN,
    ),
    **dict.fromkeys(("day_unsure", "source_unsure", "figures_unsure"), _OPEN),
    "already_imported": "already_imported",
    "counts_already": "already_imported",
    "data_dictionary": "left_alone",
    "stopped_at_problems": "stopped_at_problems",
}

# Notes that two cells of a file say different things of one amount. On the page, whoever confirms
# has read them.
_CONTRADICTIONS = frozenset(
    {signs_beside.AGAINST, doubled_totals.CODE, "sums_differ", "spend_overlaps"}
)


@dataclass(frozen=True)
class Arrived:
    """One sheet and what became of it; `error` says why it is not in the dashboard.

    "left_alone" is a hidden sheet, one that repeats others, a data dictionary, or a text file
    in a zip, which nobody would import.
    """

    file: str
    sheet: str
    table: str | None
    system: str | None
    state: State
    result: Result | None = None
    questions: tuple[Question, ...] = ()
    error: YuepanError | None = None

    @property
    def import_id(self) -> int | None:
        return self.result.import_id if self.result else None


def start(
    store: Store,
    uploads: Sequence[Upload],
    *,
    today: date,
    as_of: date | None = None,
    stop_at_problems: bool = False,
) -> str:
    """Read and land files in the background; the outcome is a list of `Arrived`.

    `as_of` is the day of exports of deals that do not say it themselves. With
    `stop_at_problems`, nothing lands unless every sheet is read, sure and clean.
    """

    def noted(progress: Progress) -> list[Arrived]:
        """Bring the files, recording it before and after, whatever happens meanwhile."""
        job_id = progress.job_id
        pending.expect(store, job_id, uploads, as_of)
        try:
            drafts = _read(store, uploads, as_of, today, progress)
            arrived = _bring(store, drafts, today, stop_at_problems, progress)
        except BaseException as wrong:
            known = isinstance(wrong, YuepanError)
            error = wrong if known else YuepanError("internal", reference=job_id[:8])
            pending.fail(store, job_id, cast(YuepanError, error))
            raise
        became = [
            Became(draft, sheet.state, sheet.system, sheet.import_id, sheet.questions, sheet.error)
            for draft, sheet in zip(drafts, arrived, strict=True)
        ]
        pending.settle(store, job_id, became)
        return arrived

    return background.start(store, KIND, noted)


def start_opening(
    store: Store,
    arrival: Arrival,
    *,
    today: date,
    choices: Mapping[str, Choices] | None = None,
) -> str:
    """Read again what waits; the outcome is a list of drafts, as for a drop on the page.

    `choices` are what was chosen for files, by the hash of their bytes.
    Raises FileError("no_longer_kept") if the file has to be dropped by hand.
    """
    upload = pending.opened(store, arrival)
    return background.start(
        store,
        "read",
        lambda progress: _read(store, [upload], arrival.as_of, today, progress, choices),
    )


def held(draft: Draft) -> YuepanError | None:
    """Return why a draft may not land unseen; None if it may."""
    if draft.sheet is None or draft.table is None or draft.match is None:
        return draft.error or ImportRefused("no_known_columns", file=draft.name)
    if draft.already:
        return ImportRefused("already_imported", file=draft.name, date=draft.already)
    unsure = [
        match.header
        for match in draft.match.columns
        if match.column in draft.mapping and match.confidence < SURE
    ]
    if unsure or draft.match.confidence < SURE:
        headers = unsure or [draft.sheet.header[at] for at in draft.mapping.values()]
        return ImportRefused("columns_unsure", file=draft.name, headers=", ".join(headers))
    if draft.coverage and draft.coverage.kind == "ask":
        missing, known = draft.coverage.missing, draft.coverage.open_deals
        return ImportRefused("coverage_unsure", file=draft.name, missing=missing, known=known)
    if draft.coverage and not (draft.as_of or draft.coverage.as_of):
        return ImportRefused("day_unsure", file=draft.name)
    if draft.placing and draft.placing.choice == "ask":
        return ImportRefused("source_unsure", file=draft.name, other=draft.placing.files[-1])
    if any(note.code in _CONTRADICTIONS for note in draft.sheet.notes):
        return ImportRefused("figures_unsure", file=draft.name)
    return None


def _read(
    store: Store,
    uploads: Sequence[Upload],
    as_of: date | None,
    today: date,
    progress: Progress,
    choices: Mapping[str, Choices] | None = None,
) -> list[Draft]:
    """Return the drafts; deals without a day are as of `as_of`."""
    drafts = read_files.read_all(store, uploads, today, progress, choices)
    if as_of is None:
        return drafts
    dated = [draft if draft.as_of else replace(draft, as_of=as_of) for draft in drafts]
    return [review.placed(store, draft, today, dated) for draft in dated]


def _bring(
    store: Store, drafts: list[Draft], today: date, stop_at_problems: bool, progress: Progress
) -> list[Arrived]:
    why_not = [held(draft) for draft in drafts]
    sure = [draft for draft, why in zip(drafts, why_not, strict=True) if why is None and draft.take]
    if stop_at_problems and any(map(_is_problem, drafts, why_not)):
        stopped = [ImportRefused("stopped_at_problems", file=draft.name) for draft in sure]
        landed = [
            Result(draft.name, draft.table or "", error=error)
            for draft, error in zip(sure, stopped, strict=True)
        ]
    else:
        landed = load.land_all(store, sure, today, stop_at_problems, progress)
    results = {id(draft): result for draft, result in zip(sure, landed, strict=True)}
    return [
        _arrived(store, draft, why, results.get(id(draft)), today)
        for draft, why in zip(drafts, why_not, strict=True)
    ]


def _is_problem(draft: Draft, why: YuepanError | None) -> bool:
    if why is None or draft.aside or draft.set_aside:
        return False
    return _STATES.get(why.code) not in ("already_imported", "left_alone")


def _arrived(
    store: Store, draft: Draft, why: YuepanError | None, result: Result | None, today: date
) -> Arrived:
    system = draft.match.system if draft.match and draft.table else None
    arrived = Arrived(draft.file, draft.sheet_name, draft.table, system, "left_alone")
    if draft.aside or draft.set_aside:
        return replace(arrived, error=draft.error if draft.aside else None)
    if result is not None and result.error is None:
        if result.landed is not None:
            return replace(arrived, state="imported", result=result)
        why = ImportRefused("stopped_at_problems", file=draft.name)
        return replace(arrived, state="stopped_at_problems", result=result, error=why)
    why = why or (result.error if result else None)
    if why is None:
        return arrived
    if why.code == "questions_open":
        error = ImportRefused("needs_answer", file=draft.name)
        questions = tuple(review.questions(draft, today, store))
        return replace(arrived, state="needs_answer", questions=questions, error=error)
    return replace(arrived, state=_STATES.get(why.code, "refused"), error=why)
