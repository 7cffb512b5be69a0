"""Refuse files that are far larger than they look, and cut cells that are longer than Excel's.

>>> within(rows=1000, columns=12)

A few kilobytes can hold a table of a million columns, a cell at the far corner of a sheet, or a
cell of a hundred million characters; what they hold is found before memory is taken for it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note
from domain.errors import Code, FileError

MOST_ROWS = 5_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 100_000_000
# The most characters that Excel keeps in a cell.
LONGEST_CELL = 32_767
# Of the sheets of a larger workbook, this much is looked at before it is read.
_LOOKED_AT = 1 << 26
_CHUNK = 1 << 22
# The reference of a cell that has content; cells that are only formatted end with "/>".
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}(?<!/)><')
# One beyond column ZZ; by their numbers, it is known which of them are too far.
_FAR = re.compile(rb'\br="([A-Z]{3})(\d{1,7})"[^<>]{0,200}(?<!/)><')
_TAIL = 1 << 16


def within(rows: int, columns: int) -> None:
    """Check the size of a table.

    Raises FileError: too_many_rows, too_many_columns, too_many_cells.
    """
    bounds: tuple[tuple[Code, int, int], ...] = (
        ("too_many_columns", columns, MOST_COLUMNS),
        ("too_many_rows", rows, MOST_ROWS),
        ("too_many_cells", rows * columns, MOST_CELLS),
    )
    for code, count, limit in bounds:
        if count > limit:
            raise FileError(code, count=count, limit=limit)


def cut(table: pa.Table) -> tuple[pa.Table, list[Note]]:
    """Cut the texts of a table that are longer than a cell of Excel, with a note on them.

    `table` has its rows' numbers in a column "row".
    """
    count, rows, longest = 0, [], 0
    for at, name in enumerate(table.column_names):
        column = table.column(at)
        words = _words(column)
        # No text has more characters than bytes, and bytes need no counting.
        if not words or max(map(_most_bytes, words)) <= LONGEST_CELL:
            continue
        texts = column.cast(pa.string())
        lengths = pc.utf8_length(texts)
        long = pc.fill_null(pc.greater(lengths, LONGEST_CELL), False)
        if not (here := pc.sum(long).as_py()):
            continue
        count += here
        rows.append(table["row"][pc.index(long, pa.scalar(True)).as_py()].as_py())
        longest = max(longest, pc.max(lengths).as_py())
        table = table.set_column(at, name, pc.utf8_slice_codeunits(texts, 0, LONGEST_CELL))
    if not count:
        return table, []
    note = Note.of("cells_cut", count=count, row=min(rows), length=longest, limit=LONGEST_CELL)
    return table, [note]


def _words(column: pa.ChunkedArray) -> list[pa.Array]:
    """Return the distinct texts of a column of codes, or the texts of a plain one."""
    if pa.types.is_dictionary(column.type):
        return [chunk.dictionary for chunk in column.chunks]
    return list(column.chunks) if pa.types.is_string(column.type) else []


def _most_bytes(texts: pa.Array) -> int:
    return pc.max(pc.binary_length(texts)).as_py() or 0


def refuse_far(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> None:
    """Look through the sheets of a workbook before it is read; `parts` is sheet → part of it.

    Raises FileError: too_many_columns for a row with too many cells; far_cell, naming the
    `sheet` and the `cell`, where a single cell makes a small table too large.
    """
    left = _LOOKED_AT
    for sheet, name in parts.items():
        with archive.open(name) as part:
            left -= _look_through(sheet, part, left)
        if left <= 0:
            return


def _look_through(sheet: str, part: IO[bytes], most: int) -> int:
    """Look through a sheet; return how many bytes of it were read."""
    done, cells, widest, tail = 0, 0, 0, b""
    while done < most and (chunk := part.read(_CHUNK)):
        done += len(chunk)
        # A row may go on in the next chunk.
        for at, row in enumerate(chunk.split(b"<row")):
            cells = (0 if at else cells) + row.count(b"</c>")
            widest = max(widest, cells)
        if widest > MOST_COLUMNS:
            raise FileError("too_many_columns", count=widest, limit=MOST_COLUMNS)
        chunk = tail + chunk
        for match in _FAR.finditer(chunk):
            _refuse(sheet, match, widest)
        tail = chunk[-_TAIL:]
    for match in _CELL.finditer(tail):
        _refuse(sheet, match, widest)
    return done


def _refuse(sheet: str, cell: re.Match[bytes], widest: int) -> None:
    """Refuse a sheet for a cell so far from the others that the whole could not be read."""
    column, row = _column(cell[1]), int(cell[2])
    if column > MOST_COLUMNS or (column > 2 * widest and row * column > MOST_CELLS):
        raise FileError("far_cell", sheet=sheet, cell=(cell[1] + cell[2]).decode())


def _column(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
