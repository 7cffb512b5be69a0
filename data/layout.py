"""Where a sheet's table begins: the header row, its names, and the columns worth keeping.

    >>> head = [["Sales 2026", None, None], ["Date", "Rep", "Amount"], ["2026-01-05", "Li", "9"]]
    >>> header_row(head)
    1
    >>> names(["Rep", None, "Rep"], [True, True, True])[0]
    ('Rep', 'column 2', 'Rep (2)')

This is the one place that decides what is table and what is decoration. It
knows title rows, blank rows and blank columns. Two header rows, merged cells,
total lines and months as columns belong here too and are not told apart yet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

Row = Sequence[str | None]

# Rows looked at: titles, filter lines and an empty row or two come before a header.
LOOK = 60

_NUMBER_LIKE = re.compile(r"[\s\d.,:/+\-–—()%¥$€£年月日万元T]+")


@dataclass(frozen=True)
class Note:
    """Something the reader did that the user should know of, as a code and parameters."""

    code: str
    params: tuple[tuple[str, object], ...] = ()


def header_row(head: Sequence[Row]) -> int | None:
    """The index of the header among the first rows of a sheet; None for a blank sheet.

    A row of one or two filled cells above a wider table is a title. Among the
    wide rows the first that is mostly words is the header; a table without any
    such row starts at its first wide row.
    """
    filled = [sum(1 for cell in row if not _blank(cell)) for row in head]
    counts = [count for count in filled if count]
    if not counts:
        return None
    # The median row is a table row however many titles there are above it, and
    # however long a single ragged row is.
    enough = 3 if median(counts) >= 3 else max(1, int(median(counts)))
    wide = [at for at, count in enumerate(filled) if count >= enough]
    wordy = (at for at in wide if _mostly_words(head[at]))
    return next(wordy, wide[0])


def names(header: Row, filled: Sequence[bool]) -> tuple[tuple[str, ...], list[int], list[Note]]:
    """The header's names, the positions of the columns that stay, and what was made up.

    `filled` says of each column whether a cell below the header holds anything.
    A blank header over a filled column becomes "column 5", one over a blank
    column goes away; a name that comes again gets " (2)".
    """
    kept: list[int] = []
    told: list[str] = []
    notes: list[Note] = []
    for at, full in enumerate(filled):
        cell = header[at] if at < len(header) else None
        if _blank(cell) and not full:
            continue
        name = _one_line(cell) if cell and not _blank(cell) else f"column {at + 1}"
        if _blank(cell):
            notes.append(Note("column_without_header", (("column", at + 1),)))
        elif name in told:
            notes.append(Note("duplicate_header", (("column", at + 1), ("header", name))))
        told.append(_distinct(name, told))
        kept.append(at)
    return tuple(told), kept, notes


def _blank(cell: str | None) -> bool:
    return cell is None or not cell.strip()


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def _distinct(name: str, taken: list[str]) -> str:
    made, count = name, 1
    while made in taken:
        count += 1
        made = f"{name} ({count})"
    return made


def _mostly_words(row: Row) -> bool:
    cells = [cell for cell in row if cell is not None and cell.strip()]
    words = sum(1 for cell in cells if not _NUMBER_LIKE.fullmatch(cell))
    return words * 2 >= len(cells)
