"""Turn uploads into drafts: unpack, read and recognise in the child, summarise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import cast

from data.facts.memory import Memory, recall
from data.ingest.chosen_before import chosen_before
from data.ingest.inbox import stem
from data.ingest.sandboxed import (
    READ_MEGABYTES,
    READ_SECONDS,
    SUMMARISING,
    UNDERSTANDING,
    UNPACKING,
    completed_with,
    groups,
    heavy,
    in_child,
)
from data.jobs import sandbox
from data.jobs.background import Progress
from data.layout.by_hand import NONE, Choices, Top
from data.matching import systems
from data.readers import archive
from data.staging.draft import Draft, Upload
from data.staging.readings import summary_task
from data.staging.review import placed
from data.store.database import Store
from domain.errors import FileError, YuepanError


def read_all(
    store: Store,
    uploads: Sequence[Upload],
    today: date,
    progress: Progress,
    choices: Mapping[str, Choices] | None = None,
) -> list[Draft]:
    """Return the drafts of files, inside a job; the files leave the inbox afterwards.

    `choices` are what was chosen for files, by the hash of their bytes; what was chosen for
    earlier ones is known from their imports.
    """
    try:
        return _read_all(store, uploads, today, progress, choices or {})
    finally:
        for upload in uploads:
            for left in store.inbox.glob(f"{stem(upload)}*"):
                left.unlink(missing_ok=True)


def _read_all(
    store: Store,
    uploads: Sequence[Upload],
    today: date,
    progress: Progress,
    choices: Mapping[str, Choices],
) -> list[Draft]:
    progress.report("reading", 0, len(uploads))
    arrived = [item for upload in uploads for item in _unpacked(store, upload, progress)]
    files = [item for item in arrived if isinstance(item, Upload)]
    memory = recall(store, [upload.content for upload in files])
    before = chosen_before(store)
    read_of: dict[Path, list[Draft]] = {}
    for group in groups(files, lambda upload: upload.path.stat().st_size):
        progress.report("reading", len(read_of), len(files))
        with ThreadPoolExecutor(1) as beside:
            # What is known of other systems is read, the first time, while the child reads.
            beside.submit(systems.systems)
            calls = [
                (
                    upload.path,
                    upload.name,
                    upload.content,
                    before.with_own(choices.get(upload.content, NONE)),
                    memory,
                )
                for upload in group
            ]
            # The user is about to confirm what was read.
            stays = not any(heavy(upload.path) for upload in group)
            read = in_child(
                UNDERSTANDING, calls, READ_SECONDS, READ_MEGABYTES, progress, again=stays
            )
        for upload, understood in zip(group, read, strict=True):
            read_of[upload.path] = (
                [_unread(upload.name, upload.content, understood)]
                if isinstance(understood, YuepanError)
                else [_with_people(draft, memory) for draft in understood]
            )
        if stays:
            drafts = [draft for upload in group for draft in read_of[upload.path]]
            _summarise(drafts, today, progress)
    progress.report("reading", len(files), len(files))
    drafts = [
        draft
        for item in arrived
        for draft in (read_of[item.path] if isinstance(item, Upload) else [item])
    ]
    return [placed(store, draft, today, drafts) for draft in drafts]


def _with_people(draft: Draft, memory: Memory) -> Draft:
    draft.known.people = memory.names.get("reps", frozenset())
    return draft


def _summarise(drafts: Sequence[Draft], today: date, progress: Progress) -> None:
    """Have the child that read the sheets summarise their columns, once for all that follows."""
    taken = [draft for draft in drafts if draft.take]
    calls = [summary_task(draft, today) for draft in taken]
    if not calls:
        return
    answers = in_child(SUMMARISING, calls, READ_SECONDS, READ_MEGABYTES, progress, again=True)
    for draft, summaries in zip(taken, answers, strict=True):
        if not isinstance(summaries, YuepanError):  # then they are made where somebody needs them
            draft.known.summaries.update(summaries)


def _unpacked(store: Store, upload: Upload, progress: Progress) -> list[Upload | Draft]:
    """Replace an archive by its files; what cannot be unpacked is a draft with its error."""
    if not archive.is_archive(upload.path):
        return [upload]
    try:
        members: list[archive.Member] = sandbox.run(
            UNPACKING,
            upload.path,
            upload.name,
            store.inbox,
            stem(upload),
            seconds=READ_SECONDS,
            cancelled=progress.cancelled,
            file=upload.name,
            again=True,
        )
    except FileError as error:
        return [_unread(upload.name, upload.content, error)]
    return [
        Upload(member.path, member.name, member.content)
        if member.path
        else _unread(member.name, member.content, member.error or FileError("archive_unreadable"))
        for member in members
    ]


def _unread(name: str, content: str, error: YuepanError) -> Draft:
    error = completed_with(error, file=name)
    tops = cast(Mapping[str, Top], error.params.pop("tops", {}))
    return Draft(name, content, None, None, None, {}, {}, False, error=error, unread=tops)
