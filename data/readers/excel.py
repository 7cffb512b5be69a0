"""Read workbooks (xlsx, xlsm, xls, xlsb, ods) into sheets of text with fastexcel."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from data.layout.by_hand import NONE, Choices, Top
from data.layout.fill_down import perhaps_merged
from data.layout.merged_cells import spread
from data.layout.sheet import Note, Sheet, listed
from data.layout.tables import extracted
from data.readers.bounds import cut, within
from data.readers.delimited import blanked, coded, numbered
from data.readers.file_types import (
    WORKBOOK_SUFFIXES,
    Package,
    inspect_package,
    merged_in_xls,
    refuse_far_cells,
)
from domain.errors import FileError


def workbook_sheets(
    book: fastexcel.ExcelReader,
    path: Path,
    name: str,
    is_package: bool,
    choices: Choices = NONE,
) -> Iterator[tuple[str, list[Sheet | Top]]]:
    """Yield the name and the tables of each sheet; its first rows for a sheet without one.

    Raises FileError: damaged_workbook where no sheet can be read; far_cell, too_many_columns.
    """
    if is_package:
        refuse_far_cells(path)
    broken = []
    # fastexcel releases the GIL, so that the package is inspected at the same time.
    with ThreadPoolExecutor(1) as beside:
        about = beside.submit(_inspected, path, is_package)
        for sheet_name in book.sheet_names:
            try:
                yield sheet_name, _excel_tables(book, name, sheet_name, about, choices)
            except fastexcel.FastExcelError as error:
                broken.append((sheet_name, error))
    if broken and len(broken) == len(book.sheet_names):
        raise FileError("damaged_workbook", sheet=broken[0][0]) from broken[0][1]


def _inspected(path: Path, is_package: bool) -> Package:
    return inspect_package(path) if is_package else Package(merged=merged_in_xls(path.read_bytes()))


def _notes(name: str, about: Package) -> list[Note]:
    notes = []
    if (suffix := Path(name).suffix.lower()) not in WORKBOOK_SUFFIXES:
        notes.append(Note.of("workbook_named_otherwise", suffix=suffix))
    if about.uncached:
        notes.append(Note.of("formulas_without_values", count=about.uncached))
    if about.links:
        notes.append(Note.of("links_not_followed", count=about.links))
    if about.macros:
        notes.append(Note("macros_ignored"))
    return notes


def open_workbook(raw: bytes) -> fastexcel.ExcelReader:
    """Open a workbook; raises FileError("damaged_workbook")."""
    try:
        return fastexcel.read_excel(raw)
    except fastexcel.FastExcelError as error:
        raise FileError("damaged_workbook") from error
    except BaseException as error:
        # A panic in Rust raises a BaseException without a public name.
        if type(error).__name__ != "PanicException":
            raise
        raise FileError("damaged_workbook") from error


def _excel_tables(
    book: fastexcel.ExcelReader, file: str, name: str, about: Future[Package], choices: Choices
) -> list[Sheet | Top]:
    # skip_rows=0 keeps leading blank rows, so that row numbers are those of the sheet.
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", eager=False)
    batch, errors = sheet.to_arrow_with_errors()
    is_hidden, width = sheet.visible != "visible", batch.num_columns
    within(batch.num_rows, width)
    # A large sheet exists in three forms on the way; each is freed as soon as possible.
    columns = list(batch.columns)
    # fastexcel starts at the first filled column; merged ranges and letters count from A.
    before = sheet.available_columns()[0].absolute_index if width else 0
    lean = [pa.nulls(batch.num_rows, pa.string()) for _ in range(before)]
    del sheet, batch
    while columns:
        lean.append(blanked(coded(pa.chunked_array([columns.pop(0).cast(pa.string())]))))
    table = pa.table(lean, [str(at) for at in range(len(lean))])
    table, cut_notes = cut(table.append_column("row", numbered(table.num_rows)))
    package = about.result()
    notes = [*_notes(file, package), *cut_notes]
    if errors and errors.errors:
        first = min(error.position[0] for error in errors.errors) + 1
        notes.append(Note.of("error_cells", count=len(errors.errors), row=first))
    if hidden := package.hidden.get(name):
        notes.append(Note.of("hidden_rows", count=len(hidden), rows=listed(hidden)))
    table, covered, merge_notes, blank = spread(table, package.merged.get(name, ()))
    numbers = partial(_numbers_in, book, name)
    found = extracted(
        file,
        name,
        is_hidden,
        table,
        [*notes, *merge_notes],
        covered,
        blank,
        numbers,
        choices,
        package.shown.get(name, {}),
    )
    return found if package.tells_merges else list(map(_with_hidden_merges, found))


def _with_hidden_merges(found: Sheet | Top) -> Sheet | Top:
    if isinstance(found, Top):
        return found
    return replace(found, notes=(*found.notes, *perhaps_merged(found.rows, found.header)))


def _numbers_in(book: fastexcel.ExcelReader, name: str, at: int) -> pa.Array:
    """Return for each row of a sheet whether its cell in a column is a number, not a text."""
    kinds: dict[str | int, Any] = {at: "boolean"}  # a number is read as true, a text as null
    sheet = book.load_sheet(
        name, header_row=None, skip_rows=0, use_columns=[at], dtypes=kinds, eager=False
    )
    return pc.is_valid(sheet.to_arrow_with_errors()[0].column(0))
