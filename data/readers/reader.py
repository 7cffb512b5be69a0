"""Read a file into sheets of text, whatever its name says.

    >>> read(Path("orders.csv"), "orders.csv")[0].header      # doctest: +SKIP
    ('Order ID', 'Order Date', 'Amount')

The first bytes decide what a file is. All cells are read as text: their column decides the
type later, never a look at the values. Run it through `data.jobs.sandbox`, as a hostile
workbook can crash the reader or fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from data.layout.extract import extract
from data.layout.sheet import Note, Sheet
from data.layout.stack import joined
from data.readers.delimited import grid
from data.readers.excel import open_workbook, workbook_sheets
from data.readers.file_types import (
    WORKBOOK_SUFFIXES,
    encrypted_biff,
    is_workbook,
    within,
)
from domain.errors import FileError

__all__ = ["Note", "Sheet", "read"]

LARGEST_FILE = 2 << 30

_HEAD = 1 << 16
_NOTHING = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_TEXTS = {"", ".csv", ".tsv", ".tab", ".txt", ".psv", ".ssv", ".dat"}


def read(path: Path, name: str, encoding: str = "") -> list[Sheet]:
    """Read every sheet of a file that has a header and a row; `name` is the user's name for it.

    A text file is read in `encoding` where one was chosen.

    Raises FileError: empty_file, too_large, not_a_spreadsheet (with `kind`),
    unknown_format, encrypted_workbook, damaged_workbook, no_workbook (with
    `suffix`), unreadable_text, no_table. `file` is always among the parameters.
    """
    try:
        return _read(Path(path), name, encoding)
    except FileError as error:
        error.params.setdefault("file", name)
        raise


def _read(path: Path, name: str, encoding: str) -> list[Sheet]:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise FileError("too_large", size=size, limit=LARGEST_FILE)
    raw = path.read_bytes()
    # Stripping copies, so the head comes first.
    if not raw[:_HEAD].strip(_NOTHING) and not raw.strip(_NOTHING):
        raise FileError("empty_file")
    if is_workbook(raw):
        if not raw.startswith(b"PK") and encrypted_biff(raw):
            raise FileError("encrypted_workbook")
        book, is_package = open_workbook(raw), raw.startswith(b"PK")
        del raw  # fastexcel has its own copy
        sheets = [sheet for sheet in workbook_sheets(book, path, name, is_package) if sheet]
    else:
        sheets = list(_text_sheet(raw, name, encoding))
    if not sheets:
        raise FileError("no_table")
    return joined(sheets)


def _text_sheet(raw: bytes, name: str, encoding: str) -> Iterator[Sheet]:
    """Yield the table of a text file, if it has one."""
    suffix = Path(name).suffix.lower()
    if suffix not in _TEXTS | WORKBOOK_SUFFIXES:
        raise FileError("unknown_format", suffix=suffix)
    try:
        table, notes = grid(raw, suffix, encoding)
    except FileError as error:
        # For what is neither a workbook nor text, the name decides the error.
        if suffix in WORKBOOK_SUFFIXES and error.code == "unreadable_text":
            raise FileError("no_workbook", suffix=suffix) from error
        raise
    within(table.num_rows, table.num_columns - 1)
    if suffix in WORKBOOK_SUFFIXES:
        notes = [Note.of("text_named_as_workbook", suffix=suffix), *notes]
    if (sheet := extract(name, "", False, table, notes)) is not None:
        yield sheet
