"""Do the work of an import in the child process, several files in one call.

    >>> child.run("data.ingest.tasks:read_all", [(path, "deals.csv", NONE)])

Starting a process costs more than reading a small file. An expected error of
one file is its answer, so that the others are read all the same. What a file from outside may
make slow happens here, recognition included: the parent keeps serving, and ends the child.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.cleaning.clean import CleanTask, clean, summaries
from data.cleaning.defaults import completed
from data.facts.memory import Memory
from data.jobs import sandbox_worker
from data.layout.by_hand import Choices
from data.readers.reader import read
from data.readers.template_rows import without_examples
from data.staging.understanding import understand
from domain.errors import YuepanError


def read_all(files: Sequence[tuple[Path, str, Choices]]) -> list[Any]:
    """Return the sheets of each (path, name, choices), or the error that stopped it; in order."""
    return [_or_error(_read, *file) for file in files]


def understand_all(files: Sequence[tuple[Path, str, str, Choices, Memory]]) -> list[Any]:
    """Return the drafts of each (path, name, hash, choices, memory), or the error that stopped it.

    `hash` is that of the file's bytes. A draft is that of a sheet, recognised; see `Draft`.
    """
    return [_or_error(_understood, *file) for file in files]


def summarise_all(tasks: Sequence[CleanTask]) -> list[Any]:
    """Return the summaries of each task's columns by key, or the error that stopped it."""
    return [_or_error(summaries, task) for task in tasks]


def clean_all(tasks: Sequence[CleanTask]) -> list[Any]:
    """Return each task cleaned and completed, or the error that stopped it."""
    total, done, answers = sum(len(task.rows) for task in tasks) or 1, 0, []
    for task in tasks:
        with sandbox_worker.stretch(done / total, (done + len(task.rows)) / total):
            answers.append(_or_error(_clean, task))
        done += len(task.rows)
        sandbox_worker.tell(done / total)
    return answers


def _read(path: Path, name: str, choices: Choices) -> Any:
    return without_examples(read(path, name, choices))


def _understood(path: Path, name: str, content: str, choices: Choices, memory: Memory) -> Any:
    sheets = _read(path, name, choices)
    return [understand(memory, name, content, sheet) for sheet in sheets]


def _clean(task: CleanTask) -> Any:
    header, mapping = task.header, task.mapping
    named = header[mapping["period"]] if "period" in mapping else ""
    whose = header[mapping["scope_value"]] if "scope_value" in mapping else ""
    return completed(task.table.name, clean(task), named, whose)


def _or_error(function: Any, *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except YuepanError as error:
        return error
