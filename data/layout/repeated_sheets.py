"""Find sheets of a workbook whose rows stand in its other sheets once more.

A sheet 汇总 or "All regions" beside one sheet a region has the rows of all of them; stacked
with them, every row would count twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from data.layout import cells
from data.layout.header_periods import period_of
from data.layout.sheet import REPEATS, Note, Sheet

# Fewer rows, or rows of fewer cells, may be alike by chance: a price, a target of each month.
_LEAST_ROWS = 3
_LEAST_CELLS = 3
_MOST_ROWS = 200_000
_MOST_NAMED = 4

Rows = Counter[tuple[object, ...]]


def noted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, those with a note whose rows are all in sheets of the same header.

    That is a sheet that holds exactly the rows of at least two others, or of one before it;
    row counters aside, which start anew. Two sheets named by a period may well be alike, and so
    may rows without a day.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, sheet in enumerate(sheets):
        if not sheet.hidden and 0 < sheet.rows.num_rows <= _MOST_ROWS:
            groups.setdefault(sheet.header, []).append(at)
    found = list(sheets)
    for group in groups.values():
        for at, others in _repeats({at: sheets[at] for at in group}):
            named = ", ".join(sheets[other].name for other in others[:_MOST_NAMED])
            more = " …" if len(others) > _MOST_NAMED else ""
            note = Note.of(REPEATS, sheets=named + more)
            found[at] = replace(sheets[at], notes=(*sheets[at].notes, note))
    return found


def _repeats(group: dict[int, Sheet]) -> list[tuple[int, list[int]]]:
    """Return the sheets that repeat others, with the places of those."""
    sizes = {at: sheet.rows.num_rows for at, sheet in group.items()}
    longest = max(sizes, key=lambda at: sizes[at])
    rest = [at for at in group if at != longest]
    is_sum = len(rest) > 1 and _LEAST_ROWS <= sizes[longest] == sum(sizes[at] for at in rest)
    # Rows are compared only where their number alone makes a repetition possible.
    if not is_sum and len(set(sizes.values())) == len(sizes):
        return []
    columns = _told_by(group)
    rows = {at: _rows(sheet, columns) for at, sheet in group.items()}
    together = sum((rows[at] or Counter() for at in rest), Counter())
    if is_sum and None not in rows.values() and rows[longest] == together:
        return [(longest, rest)]
    repeats: list[tuple[int, list[int]]] = []
    alike = [at for at in group if sizes[at] >= _LEAST_ROWS and not period_of(group[at].name)]
    for at in alike:
        before = [other for other in alike if other < at and sizes[other] == sizes[at]]
        if rows[at] and (same := [other for other in before if rows[other] == rows[at]]):
            repeats.append((at, same[:1]))
    return repeats


def _told_by(group: dict[int, Sheet]) -> list[int]:
    """Return the columns that tell rows apart, without those that count them in every sheet."""
    width = len(next(iter(group.values())).header)
    return [at for at in range(width) if not all(_counts(sheet, at) for sheet in group.values())]


def _counts(sheet: Sheet, column: int) -> bool:
    """Return whether a column counts its rows from 1."""
    texts = sheet.rows[str(column)].slice(0, 50).to_pylist()
    return all(text in (str(at), f"{at}.0") for at, text in enumerate(texts, 1))


def _rows(sheet: Sheet, columns: Sequence[int]) -> Rows | None:
    """Return the rows of a sheet that may be compared, or None if it has none of weight."""
    rows = list(zip(*(sheet.rows[str(at)].to_pylist() for at in columns), strict=True))
    weighty = all(sum(cell is not None for cell in row) >= _LEAST_CELLS for row in rows)
    dated = weighty and all(any(cells.kind(cell) == "date" for cell in row) for row in rows)
    return Counter(rows) if dated else None
