"""Keep what arrived unattended and waits for a person; it survives a restart.

    >>> expect(store, job_id, uploads, as_of=None)       # before the files are read
    >>> settle(store, job_id, [Became(draft, "needs_answer", error=wrong)])
    >>> [(sheet.file, sheet.error.code) for sheet in waiting(store)]             # doctest: +SKIP
    [('orders.csv', 'needs_answer')]

A copy of each file that waits is kept beside the database, so that it can be
opened and answered on the page. A sheet waits no more once the same bytes were
imported, or somebody has dismissed it.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from data.cleaning.summary import Question
from data.facts.sql import insert, insertion
from data.staging.draft import Draft, Upload
from data.store.database import Store
from domain.errors import FileError, ImportRefused, YuepanError

# Copies beyond this, the oldest first, are deleted: their files can still be dropped by hand.
MOST_KEPT = 500_000_000

_KEPT = "kept-"  # not a name of the inbox, which is emptied at each start
_OPEN = ("needs_answer", "refused", "stopped_at_problems")
# Broken off: the program ended while its job ran, and nothing of it was imported.
_WAITS = """
    dismissed_at IS NULL AND (
        state IN ('needs_answer', 'refused', 'stopped_at_problems')
        OR (state = 'arrived'
            AND job_id IN (SELECT job_id FROM jobs WHERE state = 'interrupted')
            AND job_id NOT IN (SELECT job_id FROM imports)))
    AND NOT EXISTS (
        SELECT 1 FROM imports AS later
        WHERE later.content = arrivals.content AND later.sheet = arrivals.sheet
        AND (later.status = 'active' OR later.imported_at >= arrived_at))
"""


@dataclass(frozen=True)
class Became:
    """A sheet that arrived, and its outcome."""

    draft: Draft
    state: str
    system: str | None = None
    import_id: int | None = None
    questions: tuple[Question, ...] = ()
    error: YuepanError | None = None


@dataclass(frozen=True)
class Arrival:
    """A recorded sheet.

    `upload` is the file that was sent: for a file in a zip, the zip. `kept` is its copy, if
    there still is one. `times` is how often these bytes came.
    """

    job_id: str
    position: int
    upload: str
    kept: Path | None
    as_of: date | None
    file: str
    sheet: str
    content: str
    table: str | None
    system: str | None
    state: str
    import_id: int | None
    error: YuepanError | None
    questions: tuple[Question, ...]
    at: datetime
    times: int = 1


def expect(store: Store, job_id: str, uploads: Sequence[Upload], as_of: date | None) -> None:
    """Record what is about to be read, and keep a copy until it has landed."""
    now = datetime.now()
    for position, upload in enumerate(uploads):
        kept = f"{_KEPT}{uuid.uuid4().hex}"
        row = {"job_id": job_id, "position": position, "state": "arrived", "arrived_at": now}
        row |= {"upload": upload.name, "kept": kept, "as_of": as_of}
        row |= {"file": upload.name, "sheet": "", "content": upload.content, "questions": "[]"}
        store.note(*insertion("arrivals", row))
        _copy(upload.path, store.inbox / kept)


def settle(store: Store, job_id: str, sheets: Sequence[Became]) -> None:
    """Replace the expected files of a job with the outcome of each sheet."""
    with store.writing() as cursor:
        came = cursor.execute(
            "SELECT upload, content, kept, as_of, arrived_at FROM arrivals WHERE job_id = ? "
            "ORDER BY position",
            [job_id],
        ).fetchall()
        cursor.execute("DELETE FROM arrivals WHERE job_id = ?", [job_id])
        for position, sheet in enumerate(sheets):
            draft = sheet.draft
            upload, kept, as_of, at = _came_in(draft, came)
            row = {"job_id": job_id, "position": position, "state": sheet.state, "arrived_at": at}
            row |= {
                "upload": upload,
                "kept": kept if sheet.state in _OPEN else None,
                "as_of": as_of,
            }
            row |= {"file": draft.file, "sheet": draft.sheet_name, "content": draft.content}
            row |= {"table_name": draft.table, "system": sheet.system, "import_id": sheet.import_id}
            row |= {"error": _error_text(sheet.error), "questions": _as_text(sheet.questions)}
            insert(cursor, "arrivals", row)
    _tidy(store)


def fail(store: Store, job_id: str, wrong: YuepanError) -> None:
    """Record that a job ended before its files were understood; cancelled ones leave nothing."""
    if wrong.code == "cancelled":
        store.note("DELETE FROM arrivals WHERE job_id = ?", [job_id])
    else:
        store.note(
            "UPDATE arrivals SET state = 'refused', error = ? WHERE job_id = ?",
            [_error_text(wrong), job_id],
        )
    _tidy(store)


def of_job(store: Store, job_id: str) -> list[Arrival]:
    """Return every sheet of a job, in file order; none if they were never understood."""
    return _arrivals(store, "job_id = ? AND state <> 'arrived'", [job_id])


def waiting(store: Store) -> list[Arrival]:
    """Return what a person should deal with, newest first; repeats are listed once."""
    listed: dict[tuple[str, str, str], Arrival] = {}
    for sheet in _arrivals(store, _WAITS, []):
        key = (sheet.file, sheet.sheet, sheet.content)
        times = listed[key].times + 1 if key in listed else 1
        listed[key] = replace(sheet, times=times)
    return sorted(listed.values(), key=lambda sheet: (sheet.at, -sheet.position), reverse=True)


def opened(store: Store, arrival: Arrival) -> Upload:
    """Return the kept copy as an upload, to be read like a dropped file.

    Raises FileError("no_longer_kept") if there is no copy any more.
    """
    path = store.inbox / uuid.uuid4().hex
    if arrival.kept is None or not _copy(arrival.kept, path):
        raise FileError("no_longer_kept", file=arrival.upload)
    # The hash of a zip is not that of a file in it, and matters to nobody.
    return Upload(path, arrival.upload, arrival.content)


def dismiss(store: Store, arrival: Arrival) -> None:
    """Stop waiting for a sheet, and for the same bytes of earlier days."""
    store.note(
        "UPDATE arrivals SET dismissed_at = current_localtimestamp() WHERE dismissed_at IS NULL "
        "AND file = ? AND sheet = ? AND content = ? AND arrived_at <= ?",
        [arrival.file, arrival.sheet, arrival.content, arrival.at],
    )
    _tidy(store)


def _came_in(draft: Draft, came: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Return the upload (name, content, kept, as of, when) that a sheet was in."""
    for upload, content, *more in came:
        if content == draft.content or draft.file.startswith(f"{upload}/"):
            return upload, *more
    return draft.file, None, None, datetime.now()


def _arrivals(store: Store, where: str, params: Sequence[object]) -> list[Arrival]:
    rows = store.rows(
        "SELECT job_id, position, upload, kept, as_of, file, sheet, content, table_name, system, "  # noqa: S608 (conditions of our own)
        f"state, import_id, error, questions, arrived_at FROM arrivals WHERE {where} "
        "ORDER BY arrived_at, position",
        params,
    )
    return [_read_back(store, Arrival(*row)) for row in rows]


def _read_back(store: Store, row: Any) -> Arrival:
    """Parse the texts of a recorded row."""
    path = store.inbox / row.kept if row.kept else None
    broken_off = ImportRefused("interrupted", file=row.upload) if row.state == "arrived" else None
    return replace(
        cast(Arrival, row),
        kept=path if path and path.exists() else None,
        error=broken_off or _error(row.error),
        questions=_questions(row.questions),
    )


def _error_text(wrong: YuepanError | None) -> str | None:
    if wrong is None:
        return None
    parts = {"kind": type(wrong).__name__, "code": wrong.code, "params": wrong.params}
    return json.dumps(parts, ensure_ascii=False, default=str)


def _error(kept: str | None) -> YuepanError | None:
    if kept is None:
        return None
    parts = json.loads(kept)
    kind = {"FileError": FileError, "ImportRefused": ImportRefused}.get(parts["kind"], YuepanError)
    return kind(parts["code"], **parts["params"])


def _as_text(questions: Sequence[Question]) -> str:
    return json.dumps([asdict(question) for question in questions], ensure_ascii=False)


def _questions(kept: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            **{
                **question,
                "options": tuple(question["options"]),
                "samples": tuple((value, tuple(read_as)) for value, read_as in question["samples"]),
            }
        )
        for question in json.loads(kept)
    )


def _copy(file: Path, to: Path) -> bool:
    """Hard-link a file, or copy it if the disk cannot link."""
    with suppress(FileNotFoundError):
        try:
            os.link(file, to)
        except FileNotFoundError:
            raise
        except OSError:
            shutil.copyfile(file, to)
        return True
    return False


def _tidy(store: Store) -> None:
    """Delete copies that nothing waits for, and the oldest when there are too many."""
    needed = store.rows(
        "SELECT kept, max(arrived_at) FROM arrivals WHERE kept IS NOT NULL "  # noqa: S608
        f"AND (state = 'arrived' OR {_WAITS}) GROUP BY kept ORDER BY 2 DESC, 1"
    )
    left = MOST_KEPT
    wanted = set()
    for name, _at in needed:
        with suppress(FileNotFoundError):
            left -= (store.inbox / name).stat().st_size
            if left >= 0:
                wanted.add(name)
    for path in store.inbox.glob(f"{_KEPT}*"):
        if path.name not in wanted:
            path.unlink(missing_ok=True)
