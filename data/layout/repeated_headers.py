"""Tell a header that is repeated further down from the header of another table.

>>> header = [["Rep", "Date", "Amount"]]
>>> is_header_again(["7", "Date", "Amount"], header)
True
>>> is_header_again(["Product", "Date", "Amount"], header)
False
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled, kind

_LEAST = 2


def is_header_again(row: Row, header: Sequence[Row], below: pa.Table | None = None) -> bool:
    """Return whether a row repeats a row of the header, and has nothing else.

    Its first cell may be a value: the row's number, a month, a name that the column has in
    `below` too, the rows under the header.
    """
    cells = [(cell or "").strip() for cell in row]
    return any(filled(names) > 0 and _repeats(cells, names, below) for names in header)


def _repeats(cells: Sequence[str], names: Row, below: pa.Table | None) -> bool:
    labels = [(names[at] or "").strip() if at < len(names) else "" for at in range(len(cells))]
    other = [
        at for at, (cell, label) in enumerate(zip(cells, labels, strict=True)) if cell != label
    ]
    if not other:
        return True
    same = sum(1 for at, cell in enumerate(cells) if cell and at not in other)
    first = next(at for at, cell in enumerate(cells) if cell or labels[at])
    return (
        other == [first] and same >= _LEAST and _is_value(cells[first], labels[first], first, below)
    )


def _is_value(cell: str, label: str, at: int, below: pa.Table | None) -> bool:
    """Return whether the first cell of a header further down is a value of its column."""
    if not cell or not label or kind(cell) != "words":
        return True
    if below is None or at >= below.num_columns - 1:
        return False
    column = below.column(at)
    return bool((pc.sum(pc.equal(column.cast(pa.string()), cell)).as_py() or 0) > 1)
