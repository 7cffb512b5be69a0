"""Find rows of orders that stand in a list twice, alike in every column.

    >>> again([["R1", "R1", "R2"], ["100", "100", "100"]])
    (1,)

Of a list without products and line numbers nothing says whether such a row is a second line of
its order or the same one again, as after two exports pasted below each other. Lines of products
may be alike; what gives money back, is cancelled or has no amount changes no figure twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.staging.document_lines import of_lines
from data.staging.draft import Draft
from data.staging.not_in_force import cells_of, rows_of
from data.values.numbers import parse_number

_LINES = ("line_no", "product")
# The amount of an order, once, where all of its lines have it: then that is asked.
_ONCE = "1 × "
_MOST_ROWS = 200_000

Rows = tuple[int, ...]


def of(draft: Draft) -> Rows:
    """Return the positions of the rows of a draft that are equal to an earlier one."""
    if draft.sheet is None or draft.table != "orders" or set(_LINES) & set(draft.mapping):
        return ()
    if not {"order_id", "amount"} <= set(draft.mapping) or draft.row_count > _MOST_ROWS:
        return ()
    computed = set(range(len(draft.sheet.written), len(draft.sheet.header)))
    computed.discard(draft.mapping.get("collected_so_far", -1))
    if any(draft.sheet.header[at].startswith(_ONCE) for at in computed):
        return ()
    if of_lines(draft.sheet.written, draft.table, draft.system):
        return ()
    numbers = cells_of(draft, draft.mapping["order_id"])
    if len(numbers.drop_null().unique()) == len(numbers):
        return ()
    cells = [cells_of(draft, at).to_pylist() for at in range(len(draft.sheet.written))]
    found = again(cells)
    if not found:
        return ()
    void = rows_of(draft)
    amounts = cells[draft.mapping["amount"]]
    return tuple(
        at for at in found if numbers[at].is_valid and not void[at].as_py() and _adds(amounts[at])
    )


def again(columns: Sequence[Sequence[str | None]]) -> Rows:
    """Return the places of the rows that an earlier row is equal to in all columns."""
    seen, found = set[tuple[str | None, ...]](), list[int]()
    for at, row in enumerate(zip(*columns, strict=True)):
        if row in seen:
            found.append(at)
        seen.add(row)
    return tuple(found)


def _adds(cell: str | None) -> bool:
    figure = (parse_number(cell, ".") or parse_number(cell, ",")) if cell else None
    return bool(figure and figure > 0)
