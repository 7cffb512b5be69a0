"""The import's background jobs: read, import, sample company."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from data.ingest.inbox import receive
from data.ingest.load import land_all
from data.ingest.read_files import read_all
from data.ingest.sandboxed import READ_SECONDS
from data.jobs import background, sandbox
from data.jobs.background import Progress
from data.layout.by_hand import Choices
from data.staging.draft import Draft, Result, Upload
from data.store.database import Store


def start_reading(
    store: Store,
    uploads: Sequence[Upload],
    *,
    today: date,
    choices: Mapping[str, Choices] | None = None,
) -> str:
    """Read and recognise files in the background; the outcome is a list of drafts.

    `choices` are what was chosen for files, by the hash of their bytes.
    """
    return background.start(
        store, "read", lambda progress: read_all(store, uploads, today, progress, choices)
    )


def start_import(
    store: Store, drafts: Sequence[Draft], *, today: date, stop_at_problems: bool = False
) -> str:
    """Type and land the drafts to be taken; the outcome is a list of results.

    With `stop_at_problems`, nothing lands if any row has a problem.
    """
    taken = [draft for draft in drafts if draft.take and draft.sheet and draft.table]
    return background.start(
        store, "import", lambda progress: land_all(store, taken, today, stop_at_problems, progress)
    )


def start_sample(store: Store, language: Literal["zh", "en"], *, today: date) -> str:
    """Write the files of the sample company and import them; the outcome is a list of results.

    They take the same path as any file, with nothing to confirm: a test ensures that every one
    is recognised.
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
            seconds=READ_SECONDS,
            cancelled=progress.cancelled,
        )
        uploads = [receive(store, path.name, path.read_bytes()) for path in paths]
    drafts = read_all(store, uploads, today, progress)
    taken = [draft for draft in drafts if draft.take]
    return land_all(store, taken, today, False, progress)
