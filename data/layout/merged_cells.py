"""Repeat the text of a workbook's merged cells in every cell they cover.

    >>> spread(table, [Merged(2, 4, 0, 0)])[2]        # doctest: +SKIP
    [Note(code='merged_cells', params=(('count', 1), ('rows', '2')))]

Words, days and identifiers are repeated; an amount merged over three lines stays in the first,
since it would count three times.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa

from data.layout.cells import kind
from data.layout.countable import countable
from data.layout.header_rows import LOOK
from data.layout.provenance import Blank
from data.layout.sheet import Note, listed
from data.layout.totals import is_total_label

_REF = re.compile(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)")
_MOST = 200_000


@dataclass(frozen=True)
class Merged:
    """Locate a merged range: first and last row from 1, first and last column from 0."""

    top: int
    bottom: int
    left: int
    right: int


def merged_range(ref: str) -> Merged | None:
    """Parse a range such as "B2:B4"; None for any other text."""
    match = _REF.fullmatch(ref)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    return Merged(int(top), int(bottom), _column(left), _column(right))


def spread(
    table: pa.Table, ranges: Iterable[Merged]
) -> tuple[pa.Table, list[frozenset[int]], list[Note], Blank]:
    """Repeat merged texts in each of their cells.

    `table` is the whole sheet: columns "0".."n-1" and "row". Returns the sheet, the columns
    that are in merged cells for each of its first rows, notes, and the row numbers of the
    cells that were blank, by column.
    """
    count, width = table.num_rows, table.num_columns - 1
    inside = [merged for merged in ranges if merged.left < width and merged.top <= count][:_MOST]
    if not inside:
        return table, [], [], {}
    columns: dict[int, list[str | None]] = {}
    head: dict[int, set[int]] = defaultdict(set)
    blank: dict[int, list[int]] = defaultdict(list)
    filled: list[int] = []
    amounts: list[int] = []
    # A title spans the table but stays one cell.
    lone = _lone_rows(table, inside)

    def column(at: int) -> list[str | None]:
        if at not in columns:
            columns[at] = table.column(at).to_pylist()
        return columns[at]

    counts = _countable(column, inside)
    for merged in inside:
        text = column(merged.left)[merged.top - 1]
        if not text or (merged.top in lone and merged.right > merged.left):
            continue
        wide = (
            merged.right > merged.left and merged.top <= LOOK and kind(text) in ("words", "period")
        )
        down = merged.bottom > merged.top
        if wide and is_total_label(text):
            continue
        if down and kind(text) == "number" and counts[merged.left]:
            amounts.append(merged.top)
            continue
        right = min(merged.right, width - 1) if wide else merged.left
        for at in range(merged.left, right + 1):
            cells = column(at)
            for row in range(merged.top - 1, min(merged.bottom, count)):
                if not cells[row]:
                    cells[row] = text
                    blank[at].append(row + 1)
                if row < LOOK:
                    head[row].add(at)
        if down or wide:
            filled.append(merged.top)
    for at, cells in columns.items():
        table = table.set_column(at, str(at), pa.array(cells, pa.string()))
    notes = [
        Note.of(code, count=len(rows), rows=listed(sorted(set(rows))))
        for code, rows in (("merged_cells", filled), ("merged_amounts", amounts))
        if rows
    ]
    were_blank = {at: pa.array(rows, pa.int64()) for at, rows in blank.items()}
    return table, [frozenset(head[row]) for row in range(min(LOOK, count))], notes, were_blank


def _countable(
    column: Callable[[int], list[str | None]], ranges: Sequence[Merged]
) -> dict[int, bool]:
    """Return for each column with merged numbers whether these are amounts; the first never is."""
    numbers: dict[int, dict[str, None]] = defaultdict(dict)
    top: dict[int, int] = {}
    for merged in ranges:
        text = column(merged.left)[merged.top - 1]
        if merged.bottom > merged.top and text and kind(text) == "number":
            numbers[merged.left][text] = None
            top.setdefault(merged.left, merged.top)
    return {
        at: at > 0 and countable(_header(column(at)[: min(LOOK, top[at] - 1)]), texts)
        for at, texts in numbers.items()
    }


def _header(above: Sequence[str | None]) -> str:
    """Return the last words above a column's merged numbers."""
    return next((cell for cell in reversed(above) if cell and kind(cell) == "words"), "")


def _lone_rows(table: pa.Table, ranges: Sequence[Merged]) -> set[int]:
    """Return the rows whose only filled cell is a merged one, or that has a label before it."""
    rows = sorted({merged.top for merged in ranges if merged.right > merged.left})
    taken = table.drop_columns(["row"]).take(pa.array([row - 1 for row in rows], pa.int64()))
    cells = [column.to_pylist() for column in taken.columns]
    return {
        row
        for row, *values in zip(rows, *cells, strict=True)
        if len(texts := [value for value in values if value is not None]) < 2
        or (len(texts) == 2 and texts[0].rstrip().endswith((":", "：")))
    }


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1
