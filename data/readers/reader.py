"""A file's bytes to sheets of text, whatever the file calls itself.

    >>> read(Path("orders.csv"), "orders.csv")[0].header      # doctest: +SKIP
    ('Order ID', 'Order Date', 'Amount')

What a file is, is told by its first bytes and not by its name. Everything
arrives as text: the column it is matched to decides its type later, never a
look at the values. Run it through `data.jobs.sandbox`, as a hostile workbook can
crash the reader or eat the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from data.layout.blocks import Block, largest
from data.layout.body import body
from data.layout.cells import filled, kind
from data.layout.fill_down import filled_down, perhaps_merged
from data.layout.header_rows import Note, names
from data.layout.merged_cells import merged, spread
from data.layout.partial_days import Numbers, completed, period_told
from data.layout.provenance import Blank, Origin, Part, both, emptied
from data.layout.stack import joined
from data.layout.unpivot import unpivoted
from data.readers.delimited import blanked, coded, grid, numbered
from data.readers.file_types import (
    Package,
    encrypted_biff,
    is_workbook,
    merged_in_xls,
    package,
    within,
)
from data.values.units import unit_told
from domain.errors import FileError

__all__ = ["Note", "Sheet", "read"]

LARGEST_FILE = 2 << 30

_HEAD = 1 << 16
_NOTHING = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt"}
_TEXTS = {"", ".csv", ".tsv", ".tab", ".txt", ".psv", ".ssv", ".dat"}


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in a file.

    `name` is the sheet's, "" for a text file. `rows` has columns "0".."n-1" in
    the order of `header`, strings or a dictionary of strings (null is a blank
    cell), and "row", int64, a number of the row's own, ascending: the one in the file
    or sheet from 1, unless `origin` tells another.
    """

    file: str
    name: str
    hidden: bool
    header: tuple[str, ...]
    rows: pa.Table
    notes: tuple[Note, ...]
    origin: Origin = field(default_factory=Origin)


def read(path: Path, name: str) -> list[Sheet]:
    """Every sheet of the file at `path` that has a header and a row; `name` is its own name.

    Raises FileError: empty_file, too_large, not_a_spreadsheet (with `kind`),
    unknown_format, encrypted_workbook, damaged_workbook, no_workbook (with
    `suffix`), unreadable_text, no_table. `file` is always among the parameters.
    """
    try:
        return _read(Path(path), name)
    except FileError as error:
        error.params.setdefault("file", name)
        raise


def _read(path: Path, name: str) -> list[Sheet]:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileError("too_large", size=size, limit=LARGEST_FILE)
    raw = path.read_bytes()
    # The head alone first, as stripping copies.
    if not raw[:_HEAD].strip(_NOTHING) and not raw.strip(_NOTHING):
        raise FileError("empty_file")
    if is_workbook(raw):
        if not raw.startswith(b"PK") and encrypted_biff(raw):
            raise FileError("encrypted_workbook")
        book, is_package = _opened(raw), raw.startswith(b"PK")
        del raw  # the reader has a copy of its own
        found = list(_workbook(book, path, name, is_package))
    else:
        found = list(_text(raw, name))
    sheets = [sheet for sheet in found if sheet is not None]
    if not sheets:
        raise FileError("no_table")
    return joined(sheets)


def _text(raw: bytes, name: str) -> Iterator[Sheet | None]:
    suffix = Path(name).suffix.lower()
    if suffix not in _TEXTS | _WORKBOOKS:
        raise FileError("unknown_format", suffix=suffix)
    try:
        table, notes = grid(raw, suffix)
    except FileError as error:
        # What is neither a workbook nor text is told by what its name promises.
        if suffix in _WORKBOOKS and error.code == "unreadable_text":
            raise FileError("no_workbook", suffix=suffix) from error
        raise
    within(table.num_rows, table.num_columns - 1)
    if suffix in _WORKBOOKS:
        notes = [Note("text_named_as_workbook", (("suffix", suffix),)), *notes]
    yield _sheet(name, "", False, table, notes)


def _workbook(
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
    if (suffix := Path(name).suffix.lower()) not in _WORKBOOKS:
        notes.append(Note("workbook_named_otherwise", (("suffix", suffix),)))
    if found.uncached:
        notes.append(Note("formulas_without_values", (("count", found.uncached),)))
    if found.links:
        notes.append(Note("links_not_followed", (("count", found.links),)))
    if found.macros:
        notes.append(Note("macros_ignored"))
    return notes


def _opened(raw: bytes) -> fastexcel.ExcelReader:
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
    read_as = _sheet(file, name, is_hidden, table, [*told, *more], covered, blank, numbers)
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


def _sheet(
    file: str,
    name: str,
    hidden: bool,
    table: pa.Table,
    notes: list[Note],
    covered: Sequence[frozenset[int]] = (),
    told_again: Blank | None = None,
    numbers: Numbers | None = None,
) -> Sheet | None:
    """The largest table of a sheet, its months as rows; None where there is none."""
    block, told = largest(table, covered)
    if block is None:
        return None
    below, more = body(block.below, block.told)
    if not below.num_rows:
        return None
    full = [not block.told or column.null_count < below.num_rows for column in below.columns[:-1]]
    header, kept, named = names(block.header.cells, full)
    named = named if block.told else []
    places = [below.column_names[one] for one in kept]
    rows = below.select([*places, "row"])
    rows = rows.rename_columns([*(str(one) for one in range(len(kept))), "row"])
    again = told_again or {}
    blank: Blank = {at: again[int(one)] for at, one in enumerate(places) if int(one) in again}
    down: list[Note] = []
    if block.told:
        rows, down, more_blank = filled_down(rows, header)
        blank = both(blank, more_blank)
    notes = [*notes, *_above(block, below), *told, *more, *named, *down]
    title = " ".join(cell for row in block.above for cell in row if cell)
    around = " ".join([*([title] if title else []), name, Path(file).stem])
    if found := unpivoted(header, rows, around):
        origin = Origin((Part(wide=replace(found.wide, rows=emptied(rows, blank))),))
        return Sheet(file, name, hidden, found.header, found.rows, (*notes, *found.notes), origin)
    if block.told:
        when = period_told(name, title, Path(file).stem)
        rows, days = completed(rows, header, list(map(int, places)), when, numbers)
        notes += days
    return Sheet(file, name, hidden, header, rows, tuple(notes), Origin(blank=blank))


def _above(block: Block, below: pa.Table) -> list[Note]:
    """What stands above the table, and what it says."""
    notes = []
    first = below["row"][0].as_py()
    if skipped := sum(1 for row in block.above if filled(row)):
        notes.append(Note("title_rows", (("count", skipped), ("header_row", block.header_row))))
    figures = [row for row in block.above if filled(row) > 1 and "number" in map(kind, row)]
    if len(figures) > 1:
        notes.append(
            Note("other_table", (("place", f"1:{block.header_row - 1}"), ("count", len(figures))))
        )
    if not block.told:
        notes.append(Note("no_header", (("row", first),)))
    if len(block.told) > 1:
        notes.append(Note("header_rows", (("count", len(block.told)), ("row", block.header_row))))
    if unit := unit_told(block.above):
        notes.append(Note("unit_in_title", (("unit", unit),)))
    return notes
