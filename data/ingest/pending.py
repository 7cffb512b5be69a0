"""Keep what arrived unattended and waits for a person; it survives a restart.

    >>> expect(store, job_id, uploads, as_of=None)       # before the files are read
    >>> settle(store, job_id, [Became(draft, "needs_answer", error=wrong)])
    >>> [(one.file, one.error.code) for one in waiting(store)]             # doctest: +SKIP
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

# Copies beyond this, the oldest first, are let go: their files can still be dropped by hand.
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
        SELECT 1 FROM imports AS made
        WHERE made.content = arrivals.content AND made.sheet = arrivals.sheet
        AND (made.status = 'active' OR made.imported_at >= arrived_at))
"""


@dataclass(frozen=True)
class Became:
    """One sheet that arrived, and what became of it."""

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
    for position, one in enumerate(uploads):
        kept = f"{_KEPT}{uuid.uuid4().hex}"
        row = {"job_id": job_id, "position": position, "state": "arrived", "arrived_at": now}
        row |= {"upload": one.name, "kept": kept, "as_of": as_of}
        row |= {"file": one.name, "sheet": "", "content": one.content, "questions": "[]"}
        store.note(*insertion("arrivals", row))
        _copy(one.path, store.inbox / kept)


def settle(store: Store, job_id: str, sheets: Sequence[Became]) -> None:
    """Replace what was expected of a job by what became of each sheet."""
    with store.writing() as cursor:
        came = cursor.execute(
            "SELECT upload, content, kept, as_of, arrived_at FROM arrivals WHERE job_id = ? "
            "ORDER BY position",
            [job_id],
        ).fetchall()
        cursor.execute("DELETE FROM arrivals WHERE job_id = ?", [job_id])
        for position, one in enumerate(sheets):
            draft = one.draft
            upload, kept, as_of, at = _came_in(draft, came)
            row = {"job_id": job_id, "position": position, "state": one.state, "arrived_at": at}
            row |= {"upload": upload, "kept": kept if one.state in _OPEN else None, "as_of": as_of}
            row |= {"file": draft.file, "sheet": draft.sheet_name, "content": draft.content}
            row |= {"table_name": draft.table, "system": one.system, "import_id": one.import_id}
            row |= {"error": _error_text(one.error), "questions": _as_text(one.questions)}
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
    told: dict[tuple[str, str, str], Arrival] = {}
    for one in _arrivals(store, _WAITS, []):
        key = (one.file, one.sheet, one.content)
        times = told[key].times + 1 if key in told else 1
        told[key] = replace(one, times=times)
    return sorted(told.values(), key=lambda one: (one.at, -one.position), reverse=True)


def opened(store: Store, one: Arrival) -> Upload:
    """Return the kept copy as an upload, to be read like a dropped file.

    Raises FileError("no_longer_kept") if there is no copy any more.
    """
    path = store.inbox / uuid.uuid4().hex
    if one.kept is None or not _copy(one.kept, path):
        raise FileError("no_longer_kept", file=one.upload)
    # The hash of a zip is not that of a file in it, and matters to nobody.
    return Upload(path, one.upload, one.content)


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
    found = store.rows(
        "SELECT job_id, position, upload, kept, as_of, file, sheet, content, table_name, system, "  # noqa: S608 (conditions of our own)
        f"state, import_id, error, questions, arrived_at FROM arrivals WHERE {where} "
        "ORDER BY arrived_at, position",
        params,
    )
    return [_read_back(store, Arrival(*one)) for one in found]


def _read_back(store: Store, one: Any) -> Arrival:
    """Parse the texts of a recorded row."""
    path = store.inbox / one.kept if one.kept else None
    broken_off = ImportRefused("interrupted", file=one.upload) if one.state == "arrived" else None
    return replace(
        cast(Arrival, one),
        kept=path if path and path.exists() else None,
        error=broken_off or _error(one.error),
        questions=_questions(one.questions),
    )


def _error_text(wrong: YuepanError | None) -> str | None:
    if wrong is None:
        return None
    told = {"kind": type(wrong).__name__, "code": wrong.code, "params": wrong.params}
    return json.dumps(told, ensure_ascii=False, default=str)


def _error(kept: str | None) -> YuepanError | None:
    if kept is None:
        return None
    told = json.loads(kept)
    kind = {"FileError": FileError, "ImportRefused": ImportRefused}.get(told["kind"], YuepanError)
    return kind(told["code"], **told["params"])


def _as_text(questions: Sequence[Question]) -> str:
    return json.dumps([asdict(one) for one in questions], ensure_ascii=False)


def _questions(kept: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            **{
                **one,
                "options": tuple(one["options"]),
                "samples": tuple((value, tuple(read_as)) for value, read_as in one["samples"]),
            }
        )
        for one in json.loads(kept)
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
