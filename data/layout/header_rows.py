"""Find the header of a sheet's table: its rows, its names, and the columns to keep.

    >>> head = [["Sales 2026", None, None], ["Date", "Rep", "Amount"], ["2026-01-05", "Li", "9"]]
    >>> header_row(head)
    1
    >>> header(head).rows
    range(1, 2)
    >>> names(["Rep", None, "Rep"], [True, True, True])[0]
    ('Rep', 'column 2', 'Rep (2)')

This is the one module that tells a header from decoration. `data.layout.body` handles
totals and repeated headers further down, `data.layout.merged_cells` merged cells, and
`data.layout.unpivot` month columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from data.layout import double_headers
from data.layout.by_hand import MOST_HEADER_ROWS
from data.layout.cells import Row, filled, is_period, is_value, kind, value_columns
from data.layout.period_lines import tells_period
from data.layout.sheet import Note
from data.values.numbers import is_blank

# How many rows are searched: titles, filter lines and blank rows come before a header.
LOOK = 60
_LONGEST_GROUP = 24
# A line above the table: a name, a colon, and what it is.
_STATEMENT = re.compile(r"[^:：]{1,24}[:：]\s*[^\s:：][^:：]{0,60}", re.DOTALL)
# A second header row may have nothing but units.
_UNIT = re.compile(
    r"[(（]?\s*+(?:[十百千万亿]*元(?:/[^\s\d]{1,3})?|[十百千万亿]+|[%‰$€£¥]|[个件台套箱吨天人次份]"
    r"|(?:k|m|in )?\s*+(?:cny|rmb|usd|eur|gbp|€|\$|thousands?|millions?)"
    r"|k|pcs|units?|days|hours)\s*+[)）]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Header:
    """The rows of a header (an empty range without one) and one name a column.

    `rows.stop` is the index of the first row of the table.
    """

    rows: range
    cells: tuple[str | None, ...]


def header_row(head: Sequence[Row]) -> int | None:
    """Return the index of the first header row; None for a blank sheet.

    A row of one or two filled cells above a wider table is a title. The header is the first
    wide row that is mostly words; a table without one starts at its first wide row.
    """
    counts = [count for row in head if (count := filled(row))]
    if not counts:
        return None
    enough = _enough(counts)
    wide = [at for at, row in enumerate(head) if filled(row) >= enough]
    while len(wide) > 1 and _is_above(head[wide[0]], head[wide[1]]):
        del wide[0]
    if wide[0] and _names_columns(head[wide[0] - 1], head[wide[0]]):
        return wide[0] - 1
    for before, at in enumerate(wide):
        # Below rows of figures, only a row without any value can be a header.
        if _mostly_labels(head[at]) and not (before and any(map(is_value, head[at]))):
            return at
    return wide[0]


def says_of_itself(row: Row) -> bool:
    """Return whether each filled cell of a row is a statement: 期间：2026年9月 | 币别：人民币.

    A statement may also be a name with a colon and what it is in the next cell.
    """
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if len(cells) > 2 and all(cell.endswith((":", "：")) for cell in cells[::2]):
        return len(cells) % 2 == 0
    return len(cells) > 1 and all(_STATEMENT.fullmatch(cell) for cell in cells)


def _is_above(row: Row, below: Row) -> bool:
    """Return whether a row is no header, but a statement above one."""
    if says_of_itself(row):
        return _mostly_labels(below)
    return tells_period(row) and not any(map(is_value, below))


def _names_columns(row: Row, below: Row) -> bool:
    """Return whether a row names all columns but that of the periods, which begins below it."""
    if filled(row) < 2 or filled(row[:1]) or not is_period(below[0]):
        return False
    named = [kind(cell) == "words" for cell in row[1:] if filled([cell])]
    return all(named) and len(named) == filled(below[1:]) == sum(map(is_value, below[1:]))


def _enough(counts: Sequence[int]) -> int:
    """Return how many filled cells make a row of the table; titles and filters have fewer.

    The median row is a table row, whatever the number of titles and the length of a single
    ragged row; only a short table below long titles is recognised by its cells.
    """
    wide = [count for count in counts if count > 2]
    if median(counts) >= 3 or (len(wide) > 1 and sum(wide) * 2 > sum(counts)):
        return 3
    return max(1, int(median(counts)))


def header(head: Sequence[Row], merged: Sequence[frozenset[int]] = ()) -> Header | None:
    """Return the header of the table in the first rows of a sheet; None for a blank sheet.

    `merged` has the columns that are in merged cells, for each row. Their text has been
    repeated already, so that no group label reaches beyond its merged cell.
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
    while first and last - first + 1 < MOST_HEADER_ROWS:
        if not _is_group_row(head[first - 1], head[first]):
            break
        first -= 1
    return joined(head, range(first, last + 1), merged)


def joined(head: Sequence[Row], rows: range, merged: Sequence[frozenset[int]] = ()) -> Header:
    """Return the header that is made of these rows of a sheet."""
    width, last = max(map(len, head)), rows.stop - 1
    known = any(merged[row] for row in rows if row < len(merged))
    parts = [
        _reaching(
            head[row],
            width,
            row < last and not known and not double_headers.is_whole(head[row], head[row + 1]),
            head[row + 1 : last + 1],
        )
        for row in rows
    ]
    return Header(rows, tuple(_joined(column, known) for column in zip(*parts, strict=True)))


def names(header: Row, filled: Sequence[bool]) -> tuple[tuple[str, ...], list[int], list[Note]]:
    """Return the header's names, the positions of the columns kept, and notes.

    `filled` says for each column whether it has a filled cell below the header. A blank
    header of a filled column becomes "column 5"; a blank column without a header is dropped;
    a repeated name gets " (2)".
    """
    kept: list[int] = []
    unique: list[str] = []
    notes: list[Note] = []
    for at, full in enumerate(filled):
        cell = header[at] if at < len(header) else None
        if _blank(cell) and not full:
            continue
        name = _one_line(cell) if cell and not _blank(cell) else f"column {at + 1}"
        if _blank(cell):
            notes.append(Note.of("column_without_header", column=at + 1))
        elif name in unique:
            notes.append(Note.of("duplicate_header", column=at + 1, header=name))
        unique.append(_distinct(name, unique))
        kept.append(at)
    return tuple(unique), kept, notes


def _last_header_row(head: Sequence[Row], at: int, width: int) -> int:
    """Return the last header row from `at` on: labels above columns of numbers and dates."""
    last = at
    while last + 1 < len(head) and last + 1 - at < MOST_HEADER_ROWS:
        row = head[last + 1]
        # Most rows decide, so that totals and repeated headers do not.
        values = value_columns(head[last + 2 : LOOK], width, 0.7)
        # In a short table, another header row would outweigh the values.
        values = values or value_columns(head[last + 3 : LOOK], width, 0.7)
        if last == at and double_headers.names_fields(head[last], row, head[last + 2 :]):
            last += 1
            continue
        labels = [column for column in values if column < len(row) and kind(row[column])]
        if not labels or len(labels) * 2 < len(values) or any(is_value(cell) for cell in row):
            return last
        if not _all_labels(row, labels) or not _goes_on(head[last], row):
            return last
        last += 1
    return last


def _all_labels(row: Row, columns: Sequence[int]) -> bool:
    """Return whether these cells are words or periods; years alone may be figures."""
    cells = [(row[at] or "").strip() for at in columns]
    if any(is_blank(cell) or "\n" in cell for cell in cells):
        return False
    return all(kind(cell) in ("words", "period") for cell in cells) and not all(
        cell.isdigit() for cell in cells
    )


def _goes_on(upper: Row, lower: Row) -> bool:
    """Return whether two rows of labels are one header: groups and names, or the same names."""
    pairs = double_headers.pairs(upper, lower)
    above = [label for label, _ in pairs if label]
    if any(not label and name for label, name in pairs) or len(set(above)) < len(above):
        return True
    both = [(label, name) for label, name in pairs if label and name]
    if both and all(_UNIT.fullmatch(name) for _, name in pairs if name):
        return True
    same = sum(1 for label, name in both if label == name)
    return bool(both) and (same == len(both) or double_headers.says_again(upper, lower))


def _is_data(row: Row, values: Sequence[int]) -> bool:
    """Return whether the presumed header is a row of the table, which then has no header."""
    cells = [row[at] for at in values if at < len(row)]
    if not cells or not all(is_value(cell) for cell in cells) or _counts_up(cells):
        return False
    return not all(is_period(cell) for cell in cells)


def _counts_up(cells: Sequence[str | None]) -> bool:
    """Return whether the cells are 1, 2, 3 …: the numbers of months or days."""
    numbers = [(cell or "").strip() for cell in cells]
    return len(numbers) > 2 and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def _is_group_row(row: Row, below: Row) -> bool:
    """Return whether a row above the header has labels for groups of its columns."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    if says_of_itself(row) or tells_period(row):
        return False
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
    """Return the row's labels, each repeated over the blank cells of its group to the right."""
    cells = [row[at] if at < len(row) and not _blank(row[at]) else None for at in range(width)]
    if not reaches:
        return cells
    label: str | None = None
    labels: list[str | None] = []
    for at, cell in enumerate(cells):
        label = cell or label
        named = any(at < len(row) and not _blank(row[at]) for row in below)
        labels.append(cell or (label if named else None))
    return labels


def _joined(parts: Sequence[str | None], merged: bool) -> str | None:
    """Join the labels of a column into one name, with a unit in brackets."""
    labels = [_one_line(part) for part in parts if part]
    if merged:
        # A cell merged over both rows of the header is one name.
        labels = list(dict.fromkeys(labels))
    if len(labels) > 1 and _UNIT.fullmatch(labels[-1]):
        return f"{' '.join(labels[:-1])} ({labels[-1].strip('()（）')})"
    return " ".join(labels) or None


def _blank(cell: str | None) -> bool:
    return cell is None or not cell.strip()


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def _distinct(name: str, taken: list[str]) -> str:
    candidates = (f"{name} ({count})" for count in range(2, len(taken) + 3))
    return (
        name
        if name not in taken
        else next(candidate for candidate in candidates if candidate not in taken)
    )


def _mostly_labels(row: Row) -> bool:
    cells = [cell for cell in row if not is_blank(cell)]
    return sum(not is_value(cell) or is_period(cell) for cell in cells) * 2 >= len(cells)
