"""What a child of the tally test does with one messy file: read, recognise, type."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from data.cleaning.clean import CleanTask
from data.ingest import tasks
from data.layout.by_hand import NONE
from data.matching import recognise, systems
from domain.errors import ImportRefused, YuepanError
from domain.tables import table


def look(path: Path, name: str) -> dict[str, object]:
    """How it ended: "imported", "asked", "read" (no table of ours) or the error's code."""
    start = time.perf_counter()
    try:
        (sheets,) = tasks.read_all([(path, name, NONE)])
        ended = _ended(sheets, name)
    except YuepanError as error:
        ended = [error.code]
    return {
        "name": name,
        "ended": ended,
        "seconds": time.perf_counter() - start,
        "megabytes": peak_megabytes(),
    }


def peak_megabytes() -> float:
    """The most memory this process has held; 0 where the system does not say.

    Not `ru_maxrss`: a child begins with that of the process which started it.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0)


def look_all(files: list[tuple[Path, str]]) -> list[dict[str, object]]:
    return [look(path, name) for path, name in files]


def _ended(sheets: object, name: str) -> list[str]:
    if isinstance(sheets, YuepanError):
        return [sheets.code]
    assert isinstance(sheets, list)
    return [_one(sheet, name) for sheet in sheets]


def _one(sheet, name) -> str:
    samples = [
        sheet.rows.column(str(at)).slice(0, 200).to_pylist() for at in range(len(sheet.header))
    ]
    found = recognise.recognise(sheet.header, samples, name, sheet.name)
    if found.table is None:
        return "read"
    one = table(found.table)
    if not all(any(column in found.mapping for column in group) for group in one.needs):
        return "columns are asked"
    words = systems.words(found.table, found.system)
    call = (sheet.rows, sheet.header, found.mapping, one, {}, words, date(2026, 3, 20), 2026)
    (cleaned,) = tasks.clean_all([CleanTask(*call)])
    if isinstance(cleaned, ImportRefused):
        return cleaned.code
    assert cleaned.rows_in == cleaned.rows.num_rows + sum(cleaned.left_out.values())
    return "imported" if cleaned.rows.num_rows else "nothing left"
