"""Fill the columns of a document down its lines, where only the first line has them.

    >>> (sheet,) = read(Path("orders.csv"), "orders.csv")            # doctest: +SKIP
    >>> carried_down(sheet, "orders", "odoo").rows["1"].to_pylist()    # doctest: +SKIP
    ['Ann', 'Ann']

Odoo and ERPNext write a document with its lines so. `lines` in the system's
file lists the headers that belong to the lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.provenance import both
from data.layout.sheet import Note
from data.matching.systems import systems

if TYPE_CHECKING:
    from data.layout.sheet import Sheet

__all__ = ["carried_down", "first_lines_filled", "of_lines"]

_FIGURES = r"^\s*[-+(]?\s*[^\d\s]{0,4}\s*\d[\d.,' ]*\)?$"
_DAY = r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:\D|$)"
_COLUMNS, _DOCUMENTS = 2, 3  # that have to agree before anything is filled
_HEAD = 2000


def of_lines(header: Sequence[str], into: str, system: str) -> tuple[int, ...]:
    """Return the positions of a document's line columns; none if all columns are alike."""
    known = systems()[system].tables.get(into) if system in systems() else None
    positions = tuple(
        position
        for position, text in enumerate(header)
        if known and any(pattern.search(text.strip()) for pattern in known.lines)
    )
    return positions if len(positions) < len(header) else ()


def carried_down(sheet: Sheet, into: str, system: str) -> Sheet:
    """Fill the document's columns on the lines below its first.

    A line is a row in which all columns of the document are blank and one of its lines is not:
    a blank cell in a row with others stays blank. A day that none of the lines has is the
    document's, even where its column may stand on lines, too.
    """
    rows, width = sheet.rows, len(sheet.header)
    below = of_lines(sheet.header, into, system)
    above = [position for position in range(width) if position not in below]
    if not below or not above:
        return sheet
    line = pc.and_(_all_blank(rows, above), pc.invert(_all_blank(rows, below)))
    if not pc.any(line).as_py():
        return sheet
    lines = rows.filter(line)
    above += [at for at in below if _is_days(rows, at) and pc.all(_all_blank(lines, [at])).as_py()]
    filled = dict.fromkeys(above, lines["row"].combine_chunks())
    for position in above:
        name = str(position)
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, name, _filled(rows.column(name), line))
    origin = replace(sheet.origin, blank=both(sheet.origin.blank, filled))
    return replace(sheet, rows=rows, origin=origin)


def first_lines_filled(sheet: Sheet, order_id: int | None, order_date: int | None = None) -> Sheet:
    """Fill words that only the first line of each document has on its other lines.

    `order_id` is the position of the documents' numbers, which all lines have, `order_date` that
    of their days, which are filled where they alone stand on first lines. A figure is left as it
    is: a total of a document is no amount of a line.
    """
    if order_id is None or sheet.rows.num_rows < 2:
        return sheet
    columns = [at for at in range(len(sheet.header)) if at != order_id]
    head = sheet.rows.slice(0, _HEAD)
    # Nearly every sheet shows in its first rows that its lines are filled.
    _, later = _lines(head, order_id)
    columns = [at for at in columns if not _filled_on(head, at, later)]
    if not columns:
        return sheet
    rows = sheet.rows
    first, later = _lines(rows, order_id)
    if not pc.any(later).as_py():
        return sheet
    above = [
        at for at in columns if not _filled_on(rows, at, later) and _filled_on(rows, at, first)
    ]
    documents = pc.sum(first).as_py()
    if len(above) < _COLUMNS and not (above and documents >= _DOCUMENTS):
        above = [at for at in above if at == order_date]
    words = [at for at in above if not _is_figures(rows, at)]
    if not words:
        return sheet
    filled = dict.fromkeys(words, rows["row"].filter(later).combine_chunks())
    for at in words:
        place = rows.schema.get_field_index(str(at))
        rows = rows.set_column(place, str(at), _filled(rows[str(at)], pa.chunked_array([later])))
    origin = replace(sheet.origin, blank=both(sheet.origin.blank, filled))
    notes = (*sheet.notes, Note.of("document_filled"))
    return replace(sheet, rows=rows, origin=origin, notes=notes)


def _lines(rows: pa.Table, order_id: int) -> tuple[pa.Array, pa.Array]:
    """Return which rows are the first of several of one document, and which the others."""
    ids = pa.chunked_array(rows[str(order_id)].cast(pa.string())).combine_chunks()
    again = pc.fill_null(pc.equal(ids[1:], ids[:-1]), False)
    no = pa.array([False])
    first = pc.and_not(pa.concat_arrays([again, no]), pa.concat_arrays([no, again]))
    return first, pa.concat_arrays([no, again])


def _filled_on(rows: pa.Table, at: int, which: pa.Array) -> bool:
    """Return whether a column is filled on any of some rows."""
    return bool(pc.any(pc.and_(pc.invert(_all_blank(rows, [at])), which)).as_py())


def _is_figures(rows: pa.Table, at: int) -> bool:
    texts = rows[str(at)].cast(pa.string()).drop_null()
    return bool(pc.all(pc.match_substring_regex(texts, _FIGURES)).as_py())


def _is_days(rows: pa.Table, at: int) -> bool:
    texts = rows[str(at)].cast(pa.string()).drop_null()
    return bool(len(texts) and pc.all(pc.match_substring_regex(texts, _DAY)).as_py())


def _filled(column: pa.ChunkedArray, line: pa.ChunkedArray) -> pa.ChunkedArray:
    """Fill down, keeping blanks of a document's first line open with "" so that they stay blank."""
    cells = pc.cast(column, pa.string())
    held = pc.if_else(line, pa.scalar(None, pa.string()), pc.coalesce(cells, ""))
    down = pc.fill_null_forward(pa.chunked_array(held).combine_chunks())
    return pa.chunked_array([pc.if_else(pc.equal(down, ""), pa.scalar(None, pa.string()), down)])


def _all_blank(rows: pa.Table, positions: Sequence[int]) -> pa.ChunkedArray:
    blank = None
    for position in positions:
        cells = pc.cast(rows.column(str(position)), pa.string())
        empty = pc.equal(pc.utf8_trim_whitespace(pc.coalesce(cells, "")), "")
        blank = empty if blank is None else pc.and_(blank, empty)
    return blank
