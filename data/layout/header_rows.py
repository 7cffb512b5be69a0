"""Where a sheet's table begins: the header's rows, its names, and the columns worth keeping.

    >>> head = [["Sales 2026", None, None], ["Date", "Rep", "Amount"], ["2026-01-05", "Li", "9"]]
    >>> header_row(head)
    1
    >>> header(head).rows
    range(1, 2)
    >>> names(["Rep", None, "Rep"], [True, True, True])[0]
    ('Rep', 'column 2', 'Rep (2)')

This is the one place that decides what is header and what is decoration. What
stands between the rows below (totals, headers again, other tables) is told by
`data.layout.body`, merged cells by `data.layout.merged_cells`, months as columns by
`data.layout.unpivot`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from data.layout import double_headers
from data.layout.cells import Row, filled, is_period, is_value, kind, value_columns
from data.layout.sheet import Note
from data.values.numbers import is_blank

# Rows looked at: titles, filter lines and an empty row or two come before a header.
LOOK = 60
_MOST_HEADER_ROWS = 3
_LONGEST_GROUP = 24
# A second header row may hold nothing but what the columns are counted in.
_UNIT = re.compile(
    r"[(（]?\s*(?:[十百千万亿]*元(?:/[^\s\d]{1,3})?|[十百千万亿]+|[%‰$€£¥]|[个件台套箱吨天人次份]"
    r"|(?:k|m|in )?\s*(?:cny|rmb|usd|eur|gbp|€|\$|thousands?|millions?)"
    r"|k|pcs|units?|days|hours)\s*[)）]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """The rows of a header (none where the table has none) and the names they give, one a column.

    `rows.stop` is the index of the first row of the table.
    """

    rows: range
    cells: tuple[str | None, ...]


def header_row(head: Sequence[Row]) -> int | None:
    """The index of the first header row among the first rows of a sheet; None for a blank sheet.

    A row of one or two filled cells above a wider table is a title. Among the
    wide rows the first that is mostly words is the header; a table without any
    such row starts at its first wide row.
    """
    counts = [count for row in head if (count := filled(row))]
    if not counts:
        return None
    enough = _enough(counts)
    wide = [at for at, row in enumerate(head) if filled(row) >= enough]
    for before, at in enumerate(wide):
        # Below rows of figures only a row of nothing but words can be a header.
        if _mostly_labels(head[at]) and not (before and any(map(is_value, head[at]))):
            return at
    return wide[0]


def _enough(counts: Sequence[int]) -> int:
    """From how many filled cells on a row is one of the table's: titles and filters have fewer.

    The median row is a table row however many titles there are above it, and
    however long a single ragged row is; a short table under long titles has more cells.
    """
    wide = [count for count in counts if count > 2]
    if median(counts) >= 3 or (len(wide) > 1 and sum(wide) * 2 > sum(counts)):
        return 3
    return max(1, int(median(counts)))


def header(head: Sequence[Row], merged: Sequence[frozenset[int]] = ()) -> Header | None:
    """The header of the table in the first rows of a sheet; None for a blank sheet.

    `merged` has, of each row, the columns that lie in merged cells, whose text is
    told in each of them: then no label reaches further than its merged cell.
    """
    at = header_row(head)
    if at is None:
        return None
    width = max(map(len, head))
    last = _last_header_row(head, at, width)
    values = value_columns(head[last + 1 : LOOK], width)
    if last == at and _is_data(head[at], values):
        return Header(range(at, at), (None,) * width)
    first = at
    while first and last - first + 1 < _MOST_HEADER_ROWS:
        if not _is_group_row(head[first - 1], head[first]):
            break
        first -= 1
    rows = range(first, last + 1)
    known = any(merged[one] for one in rows if one < len(merged))
    parts = [
        _reaching(
            head[one],
            width,
            one < last and not known and not double_headers.is_whole(head[one], head[one + 1]),
            head[one + 1 : last + 1],
        )
        for one in rows
    ]
    return Header(rows, tuple(_joined(column, known) for column in zip(*parts, strict=True)))


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


def _last_header_row(head: Sequence[Row], at: int, width: int) -> int:
    """The last of the rows of labels from `at` on: words above columns of numbers and dates."""
    last = at
    while last + 1 < len(head) and last + 1 - at < _MOST_HEADER_ROWS:
        row = head[last + 1]
        # Total lines and headers further down must not decide; most rows do.
        values = value_columns(head[last + 2 : LOOK], width, 0.7)
        # In a short table a further row of names outweighs the values below it.
        values = values or value_columns(head[last + 3 : LOOK], width, 0.7)
        if last == at and double_headers.names_fields(head[last], row, head[last + 2 :]):
            last += 1
            continue
        labels = [one for one in values if one < len(row) and kind(row[one])]
        if not labels or len(labels) * 2 < len(values) or any(is_value(cell) for cell in row):
            return last
        if not _all_labels(row, labels) or not _goes_on(head[last], row):
            return last
        last += 1
    return last


def _all_labels(row: Row, columns: Sequence[int]) -> bool:
    """Whether these cells are words or months' names; years alone may be figures."""
    cells = [(row[at] or "").strip() for at in columns]
    if any(is_blank(cell) or "\n" in cell for cell in cells):
        return False
    return all(kind(cell) in ("words", "period") for cell in cells) and not all(
        cell.isdigit() for cell in cells
    )


def _goes_on(upper: Row, lower: Row) -> bool:
    """Whether two rows of labels are one header: the upper names groups, or one says the other."""
    pairs = double_headers.pairs(upper, lower)
    above = [one for one, _ in pairs if one]
    if any(not one and other for one, other in pairs) or len(set(above)) < len(above):
        return True
    both = [(one, other) for one, other in pairs if one and other]
    if both and all(_UNIT.fullmatch(other) for _, other in pairs if other):
        return True
    same = sum(1 for one, other in both if one == other)
    return bool(both) and (same == len(both) or double_headers.says_again(upper, lower))


def _is_data(row: Row, values: Sequence[int]) -> bool:
    """Whether the row that would be the header is a row of the table: there is no header."""
    cells = [row[at] for at in values if at < len(row)]
    if not cells or not all(is_value(cell) for cell in cells) or _counts_up(cells):
        return False
    return not all(is_period(cell) for cell in cells)


def _counts_up(cells: Sequence[str | None]) -> bool:
    """Whether the cells are 1, 2, 3 …: months or days by number."""
    numbers = [(cell or "").strip() for cell in cells]
    return len(numbers) > 2 and numbers == [str(one + 1) for one in range(len(numbers))]


def _is_group_row(row: Row, below: Row) -> bool:
    """Whether a row above the header holds the labels of groups of its columns."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if len(cells) < 2 or any(is_value(cell) or len(cell) > _LONGEST_GROUP for cell in cells):
        return False
    if any(mark in cell for cell in cells for mark in (":", "：")):
        return False
    under = [(cell or "").strip() for cell in below]
    names = [cell for cell in under if cell]
    alone = any(cell and not under[at] for at, cell in enumerate(row))
    heads = any(cell and under[at] for at, cell in enumerate(row))
    return heads and len(names) > 1 and (alone or len(set(names)) < len(names))


def _reaching(row: Row, width: int, reaches: bool, below: Sequence[Row]) -> list[str | None]:
    """The row's labels, each told again over the blank cells to its right that it groups."""
    cells = [row[at] if at < len(row) and not _blank(row[at]) else None for at in range(width)]
    if not reaches:
        return cells
    label: str | None = None
    told: list[str | None] = []
    for at, cell in enumerate(cells):
        label = cell or label
        named = any(at < len(one) and not _blank(one[at]) for one in below)
        told.append(cell or (label if named else None))
    return told


def _joined(parts: Sequence[str | None], merged: bool) -> str | None:
    told = [_one_line(part) for part in parts if part]
    if merged:
        # A cell merged over both rows of the header is one name.
        told = [part for at, part in enumerate(told) if part not in told[:at]]
    if len(told) > 1 and _UNIT.fullmatch(told[-1]):
        return f"{' '.join(told[:-1])} ({told[-1].strip('()（）')})"
    return " ".join(told) or None


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


def _mostly_labels(row: Row) -> bool:
    cells = [cell for cell in row if not is_blank(cell)]
    labels = sum(1 for cell in cells if not is_value(cell) or is_period(cell))
    return labels * 2 >= len(cells)
