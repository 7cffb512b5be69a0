"""Write problems to a workbook: the list, and the rows of the file with their cells marked.

>>> as_marked(Listing("Problems", ("Row", "Why"), [(3, "not a date")]), [Marked(...)], words)

The workbook is written row by row, so that ten thousand rows take seconds.
Texts keep what they say: nothing becomes a formula, a number or an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from reports.printed import set_up

BAD = "F8CBAD"  # a cell that could not be taken
NOTED = "FFE699"  # a cell read in an unusual way
GONE = "EDEDED"  # the other cells of a row that was left out

_HEAD = PatternFill("solid", start_color="D9E2EC")
_FILLS = {colour: PatternFill("solid", start_color=colour) for colour in (BAD, NOTED, GONE)}
_BOLD = Font(bold=True)
_LONGEST = 32_767
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Mark:
    """A note on one cell, or of a whole column where `row` is 0.

    `column` is the position in the header, None where no cell is to blame.
    """

    row: int
    column: int | None
    why: str
    outcome: str
    colour: str = BAD
    left_out: bool = False


@dataclass(frozen=True)
class Marked:
    """The rows of one sheet of a file: (number in the file, its cells), in order."""

    title: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str | None]]]
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Listing:
    """The first sheet: every problem, one a line, under sentences that explain."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    about: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Heads:
    """What our own columns before those of the file are called, and who comments."""

    row: str
    outcome: str
    why: str
    author: str


def as_marked(listing: Listing, sheets: Sequence[Marked], heads: Heads) -> bytes:
    """Return the workbook: the list first, then a sheet for each of `sheets`."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    _list(book.create_sheet(_title(listing.title, taken)), listing)
    for marked in sheets:
        _rows(book.create_sheet(_title(marked.title, taken)), marked, heads)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _list(sheet: WriteOnlyWorksheet, listing: Listing) -> None:
    top = len(listing.about) + 1
    _widths(sheet, [28, 16, 8, 20, 28, 40, 24][: len(listing.header)])
    sheet.freeze_panes = f"A{top + 1}"
    set_up(sheet, header=top)
    rows = [list(row) for row in listing.rows]
    last = get_column_letter(len(listing.header))
    sheet.auto_filter.ref = f"A{top}:{last}{top + len(rows)}"
    for sentence in listing.about:
        sheet.append([_text(sheet, sentence)])
    sheet.append([_head(sheet, name) for name in listing.header])
    for row in rows:
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])


def _rows(sheet: WriteOnlyWorksheet, marked: Marked, heads: Heads) -> None:
    by_row: dict[int, list[Mark]] = {}
    for mark in marked.marks:
        by_row.setdefault(mark.row, []).append(mark)
    _widths(sheet, [8, 22, 36, *_fitting(marked)])
    sheet.freeze_panes = "D2"
    set_up(sheet, header=1)
    last = get_column_letter(3 + len(marked.header))
    sheet.auto_filter.ref = f"A1:{last}{1 + len(marked.rows)}"
    ours = [_head(sheet, name) for name in (heads.row, heads.outcome, heads.why)]
    theirs = [_head(sheet, name) for name in marked.header]
    _mark(theirs, by_row.get(0, []), heads.author)
    sheet.append([*ours, *theirs])
    for number, cells in marked.rows:
        marks = by_row.get(number, [])
        about = _outcome_and_why(sheet, marks)
        sheet.append([number, *about, *_cells(sheet, cells, marks, heads.author)])


def _outcome_and_why(sheet: WriteOnlyWorksheet, marks: Sequence[Mark]) -> Iterator[Any]:
    """Yield what happened to the row and why; a row that was left out says it in bold."""
    outcomes = _text(sheet, "; ".join(dict.fromkeys(mark.outcome for mark in marks)))
    if any(mark.left_out for mark in marks):
        outcomes = _cell(sheet, outcomes)
        outcomes.font, outcomes.fill = _BOLD, _FILLS[GONE]
    yield outcomes
    yield _text(sheet, "; ".join(dict.fromkeys(mark.why for mark in marks)))


def _cells(
    sheet: WriteOnlyWorksheet, cells: Sequence[str | None], marks: Sequence[Mark], author: str
) -> list[Any]:
    styled = [_text(sheet, cell) for cell in cells]
    gone = _model(sheet, GONE)
    if any(mark.left_out for mark in marks):
        for at, cell in enumerate(styled):
            styled[at] = _filled(_cell(sheet, cell), gone)
    for mark in marks:
        if mark.column is not None:
            styled[mark.column] = _cell(sheet, styled[mark.column])
    _mark(styled, marks, author)
    return styled


def _mark(cells: Sequence[Any], marks: Sequence[Mark], author: str) -> None:
    """Fill and comment the cells that the marks are about; several marks, one comment."""
    by_column: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.column is not None:
            by_column.setdefault(mark.column, []).append(mark)
    for column, about in by_column.items():
        text = "\n".join(dict.fromkeys(f"{mark.why}\n→ {mark.outcome}" for mark in about))
        colour = BAD if any(mark.colour == BAD for mark in about) else about[0].colour
        _filled(cells[column], _model(cells[column].parent, colour))
        lines = sum(1 + len(line) // 24 for line in text.splitlines())
        cells[column].comment = Comment(text, author, height=24 + 18 * lines, width=240)


def _model(sheet: WriteOnlyWorksheet, colour: str) -> Cell:
    """A cell of that colour, made once a sheet: styling each cell takes as long as writing it."""
    models: dict[str, Cell] = sheet.__dict__.setdefault("models", {})
    if colour not in models:
        models[colour] = WriteOnlyCell(sheet)
        models[colour].fill = _FILLS[colour]
    return models[colour]


def _filled(cell: Cell, model: Cell) -> Cell:
    cell._style = model._style
    return cell


def _fitting(marked: Marked) -> list[float]:
    """Widths by the header and the first rows, Chinese characters counting for two."""
    looked = [marked.header, *(cells for _, cells in marked.rows[:50])]
    return [
        min(max(_wide(row[at]) for row in looked if at < len(row)) + 2, 40)
        for at in range(len(marked.header))
    ]


def _wide(text: str | None) -> int:
    return sum(1 if c.isascii() else 2 for c in text or "")


def _widths(sheet: WriteOnlyWorksheet, widths: Sequence[float]) -> None:
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = max(width, 6)


def _head(sheet: WriteOnlyWorksheet, name: str) -> Any:
    cell = _cell(sheet, _text(sheet, name))
    cell.font, cell.fill = _BOLD, _HEAD
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str | None) -> Any:
    """Plain where Excel takes it for text anyway; else a cell that says it is one."""
    if text is None:
        return None
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
    return _cell(sheet, clean) if clean[:1] in ("=", "#") else clean


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    if isinstance(value, Cell):
        return value
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Keep the text of the file as text, even where it looks like a formula.
        cell.data_type = "s"
    return cell


def _title(name: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet: 31 characters, none of its signs, not there yet."""
    clean = _NO_TITLE.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", name)).strip(" '") or "Sheet"
    title, count = clean[:31], 1
    while title.casefold() in taken:
        count += 1
        title = f"{clean[: 27 - len(str(count))]} ({count})"
    taken.add(title.casefold())
    return title
