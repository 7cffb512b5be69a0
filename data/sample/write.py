"""The sample company as files in a folder.

>>> write(Path("sample"), "zh")[0].name  # doctest: +SKIP
'商机_2026-06-09.csv'
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from openpyxl import Workbook  # type: ignore[import-untyped]

from data.sample import chinese, english
from data.sample.crm import Value
from data.sample.names import Language
from data.sample.sheet import Sheet
from data.sample.world import STANDARD, World, world


def write(folder: Path, language: Language, seed: int = STANDARD) -> list[Path]:
    """Write every file of the sample company into `folder` and say which they are.

    The same seed gives the same figures in both languages, and the same files
    every time. The folder is made where it is missing; files in it are replaced.
    """
    company = world(seed)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[Sheet]] = {}
    for one in sheets_of(language):
        files.setdefault(one.file, []).append(one)
    for name, found in files.items():
        if name.endswith(".csv"):
            _csv(folder / name, company, language, found[0])
        else:
            _workbook(folder / name, company, language, found)
    return [folder / name for name in files]


def sheets_of(language: Language) -> tuple[Sheet, ...]:
    """Which sheets there are, with what is meant by each of their columns."""
    return chinese.sheets() if language == "zh" else english.sheets()


def _csv(path: Path, company: World, language: Language, one: Sheet) -> None:
    # Excel in China reads a text without the mark as GBK; Zoho writes none.
    encoding = "utf-8-sig" if language == "zh" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(one.headers)
        writer.writerows([_text(value) for value in row] for row in _rows(company, language, one))


def _workbook(path: Path, company: World, language: Language, found: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    for one in found:
        sheet = book.create_sheet(one.name or "Sheet1")
        sheet.append(one.headers)
        for row in _rows(company, language, one):
            sheet.append([value.isoformat() if isinstance(value, date) else value for value in row])
    book.save(path)


def _rows(company: World, language: Language, one: Sheet) -> Iterator[list[Value]]:
    for row in one.rows(company, language):
        yield [row[key] for key in one.keys]


def _text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)
