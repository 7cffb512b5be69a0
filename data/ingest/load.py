"""The whole path of a file: received, read, understood, confirmed, landed.

    >>> reading = start_reading(store, [receive(store, "deals.csv", content)])
    >>> drafts = outcome(reading)            # one a sheet, or what is wrong with the file
    >>> importing = start_import(store, drafts, today=date.today())
    >>> outcome(importing)                   # one `Result` a sheet

Between the two jobs the user sees each draft and may change it: which table it
is, which column is which, the answers to questions. Everything that was
confirmed together lands in one transaction.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Literal, TypeVar

import pyarrow as pa

from data.cleaning import clean
from data.cleaning.context import around
from data.ingest import history
from data.jobs import background, sandbox
from data.jobs.background import Progress
from data.matching import columns, recognise, systems
from data.readers import archive, reader
from data.staging import (
    batch,
    coverage,
    document_lines,
    readings,
    reimport,
    replacement,
    saved_mappings,
    source_rows,
)
from data.staging.draft import Draft, Result, Upload
from data.store.database import Store, raise_versions
from domain.errors import FileError, ImportRefused, YuepanError
from domain.tables import table

MAX_BYTES = 500_000_000
_READING = "data.ingest.tasks:read_all"
_UNPACKING = "data.readers.archive:unpack"
_READ_SECONDS = 120.0
# Of address space, of which a workbook of 60 MB touches about half.
_READ_MEGABYTES = 2500
_CLEAN_SECONDS = 600.0
_SAMPLE_ROWS = 200
_PIECE = 1 << 20
_TOGETHER = 20_000_000  # bytes read or typed in one child process

T = TypeVar("T")

_DATE_IN_NAME = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def receive(store: Store, name: str, content: bytes | IO[bytes]) -> Upload:
    """Put an uploaded file beside the database, where a child process can read it.

    A stream is copied piece by piece. Raises FileError("too_large") above 500 MB.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    if stream.seek(0, 2) > MAX_BYTES:
        raise FileError("too_large", file=name, limit=MAX_BYTES // 1_000_000)
    stream.seek(0)
    sandbox.prepare()
    digest = hashlib.sha256()
    # The name given by the sender never becomes part of a path.
    path = store.inbox / uuid.uuid4().hex
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as kept:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                kept.write(piece)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Upload(path, name, digest.hexdigest())


def start_reading(store: Store, uploads: Sequence[Upload]) -> str:
    """Read and recognise files in the background; the outcome is a list of drafts."""
    return background.start(store, "read", lambda progress: read_all(store, uploads, progress))


def questions(draft: Draft, today: date, store: Store | None = None) -> list[clean.Question]:
    """What only the user can know about this draft; nothing while it is not to be taken."""
    return readings.settled(draft, today.year, store).questions if draft.take else []


def suspects(draft: Draft) -> list[tuple[str, str, str]]:
    """Columns that are named like one that is needed, and hold something else.

    Each is (column of ours, header, one of its values): why a match was not made.
    """
    if draft.sheet is None or draft.table is None:
        return []
    one = table(draft.table)
    system = draft.found.system if draft.found else systems.GENERIC
    needed = {
        column
        for group in one.needs
        if not any(name in draft.mapping for name in group)
        for column in group
    }
    found = []
    for position, header in enumerate(draft.sheet.header):
        named = {guess.column for guess in columns.named(one, header, system)} & needed
        values = draft.sheet.rows.column(str(position)).drop_null()
        if named and len(values) and position not in draft.mapping.values():
            found.append((sorted(named)[0], header, str(values[0].as_py())))
    return found


def start_import(
    store: Store, drafts: Sequence[Draft], *, today: date, stop_at_problems: bool = False
) -> str:
    """Type and land the drafts that are to be taken; the outcome is a list of results.

    With `stop_at_problems` nothing lands when any row has a problem.
    """
    taken = [draft for draft in drafts if draft.take and draft.sheet and draft.table]
    return background.start(
        store,
        "import",
        lambda progress: land_all(store, taken, today, stop_at_problems, progress),
    )


def start_sample(store: Store, language: Literal["zh", "en"], *, today: date) -> str:
    """Write the sample company's files and import them like any others; the outcome is results.

    Its files are read and landed through the same path, with nothing to confirm:
    every one of them is recognised, and a test sees to it.
    """
    return background.start(
        store, "sample", lambda progress: _import_sample(store, language, today, progress)
    )


def _import_sample(
    store: Store, language: Literal["zh", "en"], today: date, progress: Progress
) -> list[Result]:
    progress.report("preparing")
    with tempfile.TemporaryDirectory() as folder:
        paths: list[Path] = sandbox.run(
            "data.sample:write",
            Path(folder),
            language,
            seconds=_READ_SECONDS,
            cancelled=progress.cancelled,
        )
        uploads = [receive(store, path.name, path.read_bytes()) for path in paths]
    drafts = read_all(store, uploads, progress)
    taken = [draft for draft in drafts if draft.take]
    return land_all(store, taken, today, False, progress)


def read_all(store: Store, uploads: Sequence[Upload], progress: Progress) -> list[Draft]:
    """The drafts of files, inside a job; the files are gone from the inbox afterwards."""
    try:
        return _read_all(store, uploads, progress)
    finally:
        for upload in uploads:
            for left in store.inbox.glob(f"{_stem(upload)}*"):
                left.unlink(missing_ok=True)


def _read_all(store: Store, uploads: Sequence[Upload], progress: Progress) -> list[Draft]:
    progress.report("reading", 0, len(uploads))
    arrived = [one for upload in uploads for one in _unpacked(store, upload, progress)]
    files = [one for one in arrived if isinstance(one, Upload)]
    known = saved_mappings.known_names(store)
    read_of: dict[Path, list[Draft]] = {}
    for group in _groups(files, lambda upload: upload.path.stat().st_size):
        progress.report("reading", len(read_of), len(files))
        with ThreadPoolExecutor(1) as beside:
            # What is known of other systems is read, the first time, while the child reads.
            beside.submit(systems.systems)
            found = _in_child(
                _READING,
                [(upload.path, upload.name) for upload in group],
                _READ_SECONDS,
                _READ_MEGABYTES,
                progress,
            )
        for upload, sheets in zip(group, found, strict=True):
            read_of[upload.path] = (
                [_unread(upload.name, upload.content, sheets)]
                if isinstance(sheets, YuepanError)
                else [_understand(store, upload, sheet, known) for sheet in sheets]
            )
    progress.report("reading", len(files), len(files))
    drafts = [
        draft
        for one in arrived
        for draft in (read_of[one.path] if isinstance(one, Upload) else [one])
    ]
    # The year decides only which two-digit years can be believed.
    return [placed(store, draft, date.today().year, drafts) for draft in drafts]


def _unpacked(store: Store, upload: Upload, progress: Progress) -> list[Upload | Draft]:
    """The files of an archive in its place; what cannot be unpacked is a draft with its error."""
    if not archive.is_archive(upload.path):
        return [upload]
    try:
        members: list[archive.Member] = sandbox.run(
            _UNPACKING,
            upload.path,
            upload.name,
            store.inbox,
            _stem(upload),
            seconds=_READ_SECONDS,
            cancelled=progress.cancelled,
            file=upload.name,
            again=True,
        )
    except FileError as error:
        return [_unread(upload.name, upload.content, error)]
    return [
        Upload(one.path, one.name, one.content)
        if one.path
        else _unread(one.name, one.content, one.error or FileError("archive_unreadable"))
        for one in members
    ]


def _stem(upload: Upload) -> str:
    """How the names in the inbox begin that belong to an upload; with eight digits, like any."""
    return upload.path.name[:24]


def _unread(name: str, content: str, error: YuepanError) -> Draft:
    told = _completed_with(error, file=name)
    return Draft(name, content, None, None, None, {}, {}, False, error=told)


def _groups(things: Sequence[T], size: Callable[[T], int]) -> list[list[T]]:
    """Small ones together, a large one alone: it may take long, or need all the memory."""
    groups: list[list[T]] = []
    filled = 0
    for thing in things:
        if not groups or filled + size(thing) > _TOGETHER:
            groups.append([])
            filled = 0
        groups[-1].append(thing)
        filled += size(thing)
    return groups


def _in_child(
    function: str,
    things: list[Any],
    seconds: float,
    megabytes: int,
    progress: Progress,
    shared: Callable[[float], None] | None = None,
) -> list[Any]:
    """One child for all; when it dies, one child each, to learn which of them it was."""
    try:
        answers: list[Any] = sandbox.run(
            function,
            things,
            seconds=seconds,
            megabytes=megabytes,
            cancelled=progress.cancelled,
            progress=shared,
            # The user is about to confirm what was read.
            again=function == _READING and not any(_heavy(path) for path, _ in things),
        )
        return answers
    except FileError as error:
        if len(things) == 1:
            return [error]
        return [_in_child(function, [thing], seconds, megabytes, progress)[0] for thing in things]


def _heavy(path: Path) -> bool:
    """Whether reading the file takes so much memory that nothing else should run beside it."""
    with path.open("rb") as start:
        return path.stat().st_size > _TOGETHER and start.read(2) == b"PK"


def _completed_with(error: YuepanError, **params: object) -> YuepanError:
    """The same error with parameters that only the caller knows."""
    return type(error)(error.code, **{**error.params, **params})


def _understand(
    store: Store, upload: Upload, sheet: reader.Sheet, known: dict[str, set[str]]
) -> Draft:
    samples = _samples(sheet.rows, len(sheet.header))
    remembered = saved_mappings.remembered(store, recognise.shape(sheet.header))
    found = recognise.recognise(
        sheet.header,
        samples,
        upload.name,
        sheet.name,
        known=known,
        remembered={recognise.shape(sheet.header): (remembered.table, remembered.mapping)}
        if remembered
        else None,
    )
    if found.table:
        sheet = document_lines.carried_down(sheet, found.table, found.system)
    seen = reimport.before(store.rows, upload.content, sheet.name, found.table)
    mapping = dict(seen.mapping if seen else found.mapping)
    same = remembered is not None and found.table == remembered.table
    # The year of "3月" is another one in the next file; in this very file nothing is another.
    answers = {
        name: answer
        for name, answer in (remembered.answers.items() if remembered and same else ())
        if not name.endswith("/year")
    }
    if seen:
        answers = seen.answers
    # The name of a file in an archive says more than the archive's own.
    named = _DATE_IN_NAME.search(Path(upload.name).name) or _DATE_IN_NAME.search(upload.name)
    return Draft(
        file=upload.name,
        content=upload.content,
        sheet=sheet,
        found=found,
        table=found.table,
        mapping=mapping,
        answers=answers,
        take=found.table is not None and not sheet.hidden,
        as_of=_date_of(named) if named else None,
        error=None
        if found.table
        else ImportRefused(
            found.why_not or "no_known_columns", file=upload.name, sheet=sheet.name or None
        ),
    )


def placed(store: Store, draft: Draft, this_year: int, others: Sequence[Draft] = ()) -> Draft:
    """The draft with what it replaces and covers; anew whenever its columns or its day change.

    `others` are the drafts that came with it.
    """
    seen = reimport.before(store.rows, draft.content, draft.sheet_name, draft.table)
    alike = seen is not None and reimport.read_alike(store, draft, seen, this_year)
    draft = replace(
        draft,
        already=seen.day if seen and alike else None,
        otherwise=seen.day if seen and not alike else None,
    )
    if not draft.take:
        return replace(draft, placing=None, coverage=None)
    besides = seen.import_id if seen else None
    return replace(
        draft,
        placing=replacement.placing(store, draft, this_year, others, besides),
        coverage=coverage.covered(store, draft, this_year, others),
    )


def _date_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _samples(rows: pa.Table, width: int) -> list[list[str | None]]:
    head = rows.slice(0, _SAMPLE_ROWS)
    return [head.column(str(position)).to_pylist() for position in range(width)]


def land_all(
    store: Store,
    drafts: Sequence[Draft],
    today: date,
    stop_at_problems: bool,
    progress: Progress,
) -> list[Result]:
    """Type and land drafts in one transaction, inside a job; see `start_import`."""
    drafts = batch.together(drafts)
    total = sum(draft.sheet.rows.num_rows for draft in drafts if draft.sheet)
    done = 0
    cleaned: list[clean.Cleaned | YuepanError] = []
    for group in _groups(drafts, lambda draft: draft.sheet.rows.nbytes if draft.sheet else 0):
        rows = sum(draft.sheet.rows.num_rows for draft in group if draft.sheet)
        progress.report("typing", done, total)
        cleaned += _clean(store, group, today, progress, progress.part("typing", done, rows, total))
        done += rows
    if stop_at_problems and any(
        isinstance(one, YuepanError) or one.problem_count for one in cleaned
    ):
        return [_told(draft, one) for draft, one in zip(drafts, cleaned, strict=True)]
    done = 0
    landed: dict[int, Result] = {}
    with store.writing() as cursor, progress.interruptible(cursor.interrupt):
        for at in batch.order(drafts):
            draft, one = drafts[at], cleaned[at]
            progress.report("landing", done, total)
            done += draft.sheet.rows.num_rows if draft.sheet else 0
            seen = reimport.before(
                lambda sql, params: cursor.execute(sql, list(params)).fetchall(),
                draft.content,
                draft.sheet_name,
                draft.table,
            )
            if (
                seen
                and not isinstance(one, YuepanError)
                and reimport.read_alike(store, draft, seen, today.year)
            ):
                one = ImportRefused("already_imported", file=draft.name, date=seen.day)
            result = _told(draft, one)
            if not isinstance(one, YuepanError) and one.rows.num_rows:
                result = history.record(cursor, draft, one, result, progress.job_id)
            landed[at] = result
        results = [landed[at] for at in range(len(drafts))]
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
    open_ones = [draft for draft, why in zip(drafts, refused, strict=True) if why is None]
    calls = [
        (
            draft.sheet.rows,
            draft.sheet.header,
            draft.mapping,
            table(draft.table),
            draft.answers,
            systems.words(draft.table, draft.found.system),
            _day(draft, today),
            today.year,
            draft.placing.source if draft.placing else "",
            around(store, draft.sheet, draft.table),
            systems.counted(draft.table, draft.found.system),
        )
        for draft in open_ones
        if draft.sheet and draft.table and draft.found
    ]
    found = iter(
        _in_child("data.ingest.tasks:clean_all", calls, _CLEAN_SECONDS, 3000, progress, shared)
        if calls
        else []
    )
    return [why or _kept(draft, next(found)) for draft, why in zip(drafts, refused, strict=True)]


def _day(draft: Draft, today: date) -> date | None:
    """The day that deals are seen from: said, else shown by the file, else that of arrival.

    A deal without a day would be in no history.
    """
    if draft.table != "deals" or draft.coverage is None:
        return draft.as_of
    return draft.as_of or draft.coverage.as_of or today


def _not_ready(draft: Draft) -> YuepanError | None:
    """What the user still has to say before this draft can be typed."""
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
        return _completed_with(one, file=draft.file, sheet=draft.sheet_name or None)
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


def taken_as(draft: Draft, name: str | None, store: Store | None = None) -> Draft:
    """The draft as another table: its columns are matched anew, old answers do not apply.

    With a `store` the names known there tell columns too, as when the file was read.
    """
    if name is None or draft.sheet is None:
        return replace(draft, table=None, mapping={}, answers={}, take=False)
    found = recognise.recognise(
        draft.sheet.header,
        _samples(draft.sheet.rows, len(draft.sheet.header)),
        draft.file,
        draft.sheet.name,
        known=saved_mappings.known_names(store) if store else {},
        into=name,
    )
    return replace(
        draft,
        found=found,
        table=name,
        mapping=dict(found.mapping),
        answers={},
        take=True,
        error=None,
    )
