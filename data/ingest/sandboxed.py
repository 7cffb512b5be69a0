"""Call the child process: small files together, a large one alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from data.jobs import sandbox
from data.jobs.background import Progress
from domain.errors import FileError, YuepanError

READING = "data.ingest.tasks:read_all"
UNDERSTANDING = "data.ingest.tasks:understand_all"
SUMMARISING = "data.ingest.tasks:summarise_all"
UNPACKING = "data.readers.archive:unpack"
READ_SECONDS = 120.0
# Of address space, of which a workbook of 60 MB touches about half.
READ_MEGABYTES = 2500
CLEAN_SECONDS = 600.0
_TOGETHER = 20_000_000  # bytes read or typed in one child process
T = TypeVar("T")


def groups(things: Sequence[T], size: Callable[[T], int]) -> list[list[T]]:
    """Group small things together and large ones alone: they may take long, or all the memory."""
    groups: list[list[T]] = []
    filled = 0
    for thing in things:
        if not groups or filled + size(thing) > _TOGETHER:
            groups.append([])
            filled = 0
        groups[-1].append(thing)
        filled += size(thing)
    return groups


def in_child(
    function: str,
    things: list[Any],
    seconds: float,
    megabytes: int,
    progress: Progress,
    shared: Callable[[float], None] | None = None,
    again: bool = False,
) -> list[Any]:
    """Run one child for all; if it dies, one child each, to find the one to blame.

    With `again`, the child waits for the next call.
    """
    try:
        answers: list[Any] = sandbox.run(
            function,
            things,
            seconds=seconds,
            megabytes=megabytes,
            cancelled=progress.cancelled,
            progress=shared,
            again=again,
        )
        return answers
    except FileError as error:
        if len(things) == 1:
            return [error]
        return [in_child(function, [thing], seconds, megabytes, progress)[0] for thing in things]


def heavy(path: Path) -> bool:
    """Return whether reading the file takes so much memory that nothing should run beside it."""
    with path.open("rb") as start:
        return path.stat().st_size > _TOGETHER and start.read(2) == b"PK"


def completed_with(error: YuepanError, **params: object) -> YuepanError:
    """Return the error with parameters that only the caller knows."""
    return type(error)(error.code, **{**error.params, **params})
