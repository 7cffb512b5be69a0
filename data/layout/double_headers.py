"""Two rows of a header that name the same columns: in two languages, or for people and programs.

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
    """Whether two rows of labels name the same columns twice: in two languages, or for programs."""
    both = [pair for pair in pairs(upper, lower) if all(pair)]
    if _are_fields([other for _, other in both]):
        return len(both) > 2
    again = sum(can_be_one(one, other) for one, other in both)
    return again * 5 >= len(both) * 4 > 8


def is_whole(upper: Row, lower: Row) -> bool:
    """Whether the upper row has a name of its own for nearly all; a row of groups has blanks."""
    told = [pair for pair in pairs(upper, lower) if any(pair)]
    both = sum(map(all, told))
    return both * 5 >= len(told) * 4 and says_again(upper, lower)


def pairs(upper: Row, lower: Row) -> list[tuple[str, str]]:
    """What stands above what, "" for a blank."""
    return [
        ((one or "").strip(), (other or "").strip())
        for one, other in zip(upper, lower, strict=False)
    ]


def names_fields(upper: Row, lower: Row, below: Sequence[Row]) -> bool:
    """Whether the row below holds what a program calls the columns, also where all is words."""
    named = [(at, cell.strip()) for at, cell in enumerate(lower) if cell and cell.strip()]
    if not _are_fields([cell for _, cell in named]) or not is_whole(upper, lower):
        return False
    # Codes of a first row of values come again further down.
    return not any(cell in (row[at] for row in below if at < len(row)) for at, cell in named)


def _are_fields(cells: Sequence[str]) -> bool:
    """Whether all can be names of fields, each another, and half of them nothing else."""
    plain = all(cell.isascii() and cell.replace(".", "_").isidentifier() for cell in cells)
    mixed = sum(map(is_identifier, cells)) * 2
    return plain and mixed >= len(cells) == len(set(cells))
