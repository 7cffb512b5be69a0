"""Remove from a filled-in template what we wrote into it: examples, guide, lists.

    >>> is_example(" 【示例】S-1001"), is_example("Example Ltd")
    (True, False)
    >>> without_examples(read(path, "template.xlsx"))      # doctest: +SKIP

A sheet with nothing but its example counts as blank. A template in which nothing was
filled in is refused with its own error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.sheet import Note, Sheet
from domain.errors import FileError

# Only this mark before one of its values makes a row an example, so that it may be moved,
# sorted or copied.
MARKS = ("【示例】", "[Example]")
OWN_SHEETS = frozenset({"说明（月盘模板）", "Guide (Yuepan template)", "_yuepan_lists"})

_FOLDED = tuple(mark.casefold() for mark in MARKS)
_FIRST = pa.array(sorted({mark[0] for mark in MARKS}))

# Examples come first; sorting moves them to one of the ends.
_ENDS = 2_000


def is_example(value: str | None) -> bool:
    """Return whether a cell has the mark of an example."""
    return value is not None and value.strip().casefold().startswith(_FOLDED)


def without_examples(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets that have rows of the user's, without ours.

    Raises FileError("template_unfilled") when none is left.
    """
    left = []
    for sheet in sheets:
        if sheet.name in OWN_SHEETS:
            continue
        own = _without(sheet)
        if own.rows.num_rows:
            left.append(own)
    if sheets and not left:
        raise FileError("template_unfilled", file=sheets[0].file)
    return left


def _without(sheet: Sheet) -> Sheet:
    ours = sorted(_examples(sheet))
    if not ours:
        return sheet
    mine = pc.is_in(sheet.rows["row"], pa.array(ours, pa.int64()))
    rows = {(part.sheet, row) for part, row, _ in map(sheet.origin.place, ours)}
    _, first, _ = sheet.origin.place(ours[0])
    note = Note.of("example_rows", count=len(rows), row=first)
    return replace(sheet, rows=sheet.rows.filter(pc.invert(mine)), notes=(*sheet.notes, note))


def _examples(sheet: Sheet) -> set[int]:
    rows = sheet.rows
    ends = (
        [rows]
        if rows.num_rows <= 2 * _ENDS
        else [rows.slice(0, _ENDS), rows.slice(rows.num_rows - _ENDS)]
    )
    return {number for part in ends for number in _marked(part, len(sheet.header))}


def _marked(part: pa.Table, width: int) -> set[int]:
    numbers = part["row"].to_pylist()
    marked: set[int] = set()
    for at in range(width):
        # Compare only cells that begin like a mark.
        cells = pc.utf8_ltrim_whitespace(part[str(at)].cast(pa.string()))
        near = pc.fill_null(pc.is_in(pc.utf8_slice_codeunits(cells, 0, 1), _FIRST), False)
        for index in pc.indices_nonzero(near).to_pylist():
            if is_example(cells[index].as_py()):
                marked.add(numbers[index])
    return marked
