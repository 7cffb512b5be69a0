"""Read a file into sheets of text, whatever its name says.

    >>> read(Path("orders.csv"), "orders.csv")[0].header      # doctest: +SKIP
    ('Order ID', 'Order Date', 'Amount')

The first bytes decide what a file is. All cells are read as text: their column decides the
type later, never a look at the values. Run it through `data.jobs.sandbox`, as a hostile
workbook can crash the reader or fill the memory.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data.layout.by_hand import NONE, Choices, Top
from data.layout.sheet import Note, Sheet
from data.layout.stack import joined
from data.layout.tables import extracted
from data.readers.bounds import within
from data.readers.delimited import grid
from data.readers.excel import open_workbook, workbook_sheets
from data.readers.file_types import (
    WORKBOOK_SUFFIXES,
    encrypted_biff,
    is_workbook,
)
from data.readers.other_readings import known_reading
from domain.errors import FileError

__all__ = ["Note", "Sheet", "read"]

LARGEST_FILE = 2 << 30

_HEAD = 1 << 16
_NOTHING = b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
_TEXTS = {"", ".csv", ".tsv", ".tab", ".txt", ".psv", ".ssv", ".dat"}


def read(path: Path, name: str, choices: Choices = NONE) -> list[Sheet]:
    """Read every sheet of a file that has a header and a row; `name` is the user's name for it.

    `choices` are what people chose: the encoding of a text file, the headers of sheets.

    Raises FileError: empty_file, too_large, far_cell, not_a_spreadsheet (with `kind`),
    unknown_format, encrypted_workbook, damaged_workbook, no_workbook (with
    `suffix`), unreadable_text, no_table (with `tops`, the first rows by sheet). `file` is always
    among the parameters.
    """
    try:
        return _read(Path(path), name, choices)
    except FileError as error:
        error.params.setdefault("file", name)
        raise


def _read(path: Path, name: str, choices: Choices) -> list[Sheet]:
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
        found = dict(workbook_sheets(book, path, name, is_package, choices))
    else:
        found = {"": _text_tables(raw, name, choices)}
    sheets = [table for tables in found.values() for table in tables if isinstance(table, Sheet)]
    if not sheets:
        tops = {
            sheet: top for sheet, tables in found.items() for top in tables if isinstance(top, Top)
        }
        raise FileError("no_table", tops=tops)
    return joined(sheets)


def _text_tables(raw: bytes, name: str, choices: Choices) -> list[Sheet | Top]:
    """Return the tables of a text file; its first rows if it has none."""
    suffix = Path(name).suffix.lower()
    if suffix not in _TEXTS | WORKBOOK_SUFFIXES:
        raise FileError("unknown_format", suffix=suffix)
    try:
        table, notes = grid(raw, suffix, choices.encoding)
        encoding = choices.encoding or known_reading(table, notes, choices.known_encodings)
        if encoding and not choices.encoding:
            table, notes = grid(raw, suffix, encoding)
    except FileError as error:
        # For what is neither a workbook nor text, the name decides the error.
        if suffix in WORKBOOK_SUFFIXES and error.code == "unreadable_text":
            raise FileError("no_workbook", suffix=suffix) from error
        raise
    within(table.num_rows, table.num_columns - 1)
    if suffix in WORKBOOK_SUFFIXES:
        notes = [Note.of("text_named_as_workbook", suffix=suffix), *notes]
    return [
        replace(found, encoding=encoding) if isinstance(found, Sheet) else found
        for found in extracted(name, "", False, table, notes, choices=choices)
    ]
