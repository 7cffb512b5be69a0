"""Two header rows that name the same columns, in two languages or for people and programs.

>>> says_again(["客户名称", "日期", "金额"], ["Customer", "Date", "Amount"])
True
>>> is_whole(["产品", None, None, None], ["名称", "规格", "数量", "金额"])
False
"""

from __future__ import annotations

from collections.abc import Sequence

from data.layout.cells import Row
from data.values.bilingual import can_be_one, is_identifier

__all__ = ["is_whole", "names_fields", "pairs", "says_again"]


def says_again(upper: Row, lower: Row) -> bool:
    """Return whether two rows of labels name the same columns."""
    both = [pair for pair in pairs(upper, lower) if all(pair)]
    if _are_fields([below for _, below in both]):
        return len(both) > 2
    again = sum(can_be_one(above, below) for above, below in both)
    return again * 5 >= len(both) * 4 > 8


def is_whole(upper: Row, lower: Row) -> bool:
    """Return whether the upper row names nearly all columns; a row of group labels has blanks."""
    named = [pair for pair in pairs(upper, lower) if any(pair)]
    both = sum(map(all, named))
    return both * 5 >= len(named) * 4 and says_again(upper, lower)


def pairs(upper: Row, lower: Row) -> list[tuple[str, str]]:
    """Pair the cells of two rows, "" for a blank."""
    return [
        ((above or "").strip(), (below or "").strip())
        for above, below in zip(upper, lower, strict=False)
    ]


def names_fields(upper: Row, lower: Row, below: Sequence[Row]) -> bool:
    """Return whether the lower row has field names, also in a table of words only."""
    named = [(at, cell.strip()) for at, cell in enumerate(lower) if cell and cell.strip()]
    if not _are_fields([cell for _, cell in named]) or not is_whole(upper, lower):
        return False
    # Codes in a first row of values would repeat further down.
    return not any(cell in (row[at] for row in below if at < len(row)) for at, cell in named)


def _are_fields(cells: Sequence[str]) -> bool:
    """Return whether all cells are distinct identifiers, and half of them clearly field names."""
    plain = all(cell.isascii() and cell.replace(".", "_").isidentifier() for cell in cells)
    mixed = sum(map(is_identifier, cells)) * 2
    return plain and mixed >= len(cells) == len(set(cells))
