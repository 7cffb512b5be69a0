"""Workbooks (xlsx, xlsm, xls, xlsb, ods) to sheets of text, by fastexcel."""

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

from data.layout.extract import extract
from data.layout.fill_down import perhaps_merged
from data.layout.merged_cells import merged, spread
from data.layout.sheet import Note, Sheet
from data.readers.delimited import blanked, coded, numbered
from data.readers.file_types import (
    WORKBOOK_SUFFIXES,
    Package,
    merged_in_xls,
    package,
    within,
)
from domain.errors import FileError


def workbook_sheets(
    book: fastexcel.ExcelReader, path: Path, name: str, is_package: bool
) -> Iterator[Sheet | None]:
    broken = []
    # The package is looked through while the reader, which lets go of the interpreter, reads it.
    with ThreadPoolExecutor(1) as beside:
        about = beside.submit(_about_book, path, is_package)
        for sheet_name in book.sheet_names:
            try:
                yield _excel_sheet(book, name, sheet_name, about)
            except fastexcel.FastExcelError as error:
                broken.append((sheet_name, error))
    if broken and len(broken) == len(book.sheet_names):
        raise FileError("damaged_workbook", sheet=broken[0][0]) from broken[0][1]


def _about_book(path: Path, is_package: bool) -> Package:
    return package(path) if is_package else Package(merged=merged_in_xls(path.read_bytes()))


def _notes(name: str, found: Package) -> list[Note]:
    notes = []
    if (suffix := Path(name).suffix.lower()) not in WORKBOOK_SUFFIXES:
        notes.append(Note("workbook_named_otherwise", (("suffix", suffix),)))
    if found.uncached:
        notes.append(Note("formulas_without_values", (("count", found.uncached),)))
    if found.links:
        notes.append(Note("links_not_followed", (("count", found.links),)))
    if found.macros:
        notes.append(Note("macros_ignored"))
    return notes


def open_workbook(raw: bytes) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(raw)
    except fastexcel.FastExcelError as error:
        raise FileError("damaged_workbook") from error
    except BaseException as error:
        # A panic of the Rust library is a BaseException without a public name.
        if type(error).__name__ != "PanicException":
            raise
        raise FileError("damaged_workbook") from error


def _excel_sheet(
    book: fastexcel.ExcelReader, file: str, name: str, about: Future[Package]
) -> Sheet | None:
    # skip_rows=0 keeps blank rows on top, so that row numbers are the sheet's own.
    sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", eager=False)
    batch, errors = sheet.to_arrow_with_errors()
    is_hidden, width = sheet.visible != "visible", batch.num_columns
    within(batch.num_rows, width)
    # A large sheet exists three times on the way; each form is let go as soon as it can be.
    columns = list(batch.columns)
    del sheet, batch
    lean = []
    while columns:
        lean.append(blanked(coded(pa.chunked_array([columns.pop(0).cast(pa.string())]))))
    table = pa.table(lean, [str(at) for at in range(width)])
    table = table.append_column("row", numbered(table.num_rows))
    found = about.result()
    told = _notes(file, found)
    if errors and errors.errors:
        first = min(one.position[0] for one in errors.errors) + 1
        told.append(Note("error_cells", (("count", len(errors.errors)), ("row", first))))
    ranges = [one for ref in found.merged.get(name, ()) if (one := merged(ref))]
    table, covered, more, blank = spread(table, ranges)
    numbers = partial(_numbers_in, book, name)
    read_as = extract(file, name, is_hidden, table, [*told, *more], covered, blank, numbers)
    if read_as is None or found.tells_merges:
        return read_as
    hidden_merges = perhaps_merged(read_as.rows, read_as.header)
    return replace(read_as, notes=(*read_as.notes, *hidden_merges))


def _numbers_in(book: fastexcel.ExcelReader, name: str, at: int) -> pa.Array:
    """Of each row of a sheet, whether the cell in a column is a number and not a text."""
    kinds: dict[str | int, Any] = {at: "boolean"}  # a number is true; a text is none
    sheet = book.load_sheet(
        name, header_row=None, skip_rows=0, use_columns=[at], dtypes=kinds, eager=False
    )
    return pc.is_valid(sheet.to_arrow_with_errors()[0].column(0))
