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
    for sheet in sheets_of(language):
        files.setdefault(sheet.file, []).append(sheet)
    for name, sheets in files.items():
        if name.endswith(".csv"):
            _csv(folder / name, company, language, sheets[0])
        else:
            _workbook(folder / name, company, language, sheets)
    return [folder / name for name in files]


def sheets_of(language: Language) -> tuple[Sheet, ...]:
    """Return the sheets, with the meaning of each of their columns."""
    return chinese.sheets() if language == "zh" else english.sheets()


def _csv(path: Path, company: World, language: Language, sheet: Sheet) -> None:
    # Excel in China reads a text without the mark as GBK; Zoho writes none.
    encoding = "utf-8-sig" if language == "zh" else "utf-8"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(sheet.headers)
        writer.writerows([_text(value) for value in row] for row in _rows(company, language, sheet))


def _workbook(path: Path, company: World, language: Language, sheets: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name or "Sheet1")
        page.append(sheet.headers)
        for row in _rows(company, language, sheet):
            page.append([value.isoformat() if isinstance(value, date) else value for value in row])
    book.save(path)


def _rows(company: World, language: Language, sheet: Sheet) -> Iterator[list[Value]]:
    for row in sheet.rows(company, language):
        yield [row[key] for key in sheet.keys]


def _text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)
