"""Several files in one child process: what `data.jobs.sandbox` runs for an import.

    >>> child.run("data.ingest.tasks:read_all", [(path, "deals.csv")])

Starting a process costs more than reading a small file. An expected error of
one file is its answer, so that the others are read all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data.jobs import sandbox_worker
from domain.errors import YuepanError


def read_all(files: Sequence[tuple[Path, str]]) -> list[Any]:
    """The sheets of each (path, name), or the error it ended in; in the order given."""
    return [_or_error(_read, path, name) for path, name in files]


def clean_all(calls: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Clean each tuple of arguments and complete it; in its place, the error it ended in."""
    total, done, answers = sum(len(rows) for rows, *_ in calls) or 1, 0, []
    for rows, *more in calls:
        with sandbox_worker.stretch(done / total, (done + len(rows)) / total):
            answers.append(_or_error(_clean, rows, *more))
        done += len(rows)
        sandbox_worker.tell(done / total)
    return answers


def _read(path: Path, name: str) -> Any:
    from data.readers.reader import read
    from data.readers.template_rows import without_examples

    return without_examples(read(path, name))


def _clean(rows: Any, header: Any, mapping: Any, table: Any, *more: Any) -> Any:
    from data.cleaning.clean import clean
    from data.cleaning.defaults import completed

    cleaned = clean(rows, header, mapping, table, *more)
    named = header[mapping["period"]] if "period" in mapping else ""
    whose = header[mapping["scope_value"]] if "scope_value" in mapping else ""
    return completed(table.name, cleaned, named, whose)


def _or_error(function: Any, *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except YuepanError as error:
        return error
