"""The largest table on a grid of text cells, as a `Sheet`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from data.layout.blocks import Block, largest
from data.layout.body import body
from data.layout.cells import filled, kind
from data.layout.fill_down import filled_down
from data.layout.header_rows import names
from data.layout.partial_days import Numbers, completed, period_told
from data.layout.provenance import Blank, Origin, Part, both, emptied
from data.layout.sheet import Note, Sheet
from data.layout.unpivot import unpivoted
from data.values.units import title_unit


def extract(
    file: str,
    name: str,
    hidden: bool,
    table: pa.Table,
    notes: list[Note],
    covered: Sequence[frozenset[int]] = (),
    told_again: Blank | None = None,
    numbers: Numbers | None = None,
) -> Sheet | None:
    """The largest table of a sheet, its months as rows; None where there is none."""
    block, told = largest(table, covered)
    if block is None:
        return None
    below, more = body(block.below, block.told)
    if not below.num_rows:
        return None
    full = [not block.told or column.null_count < below.num_rows for column in below.columns[:-1]]
    header, kept, named = names(block.header.cells, full)
    named = named if block.told else []
    places = [below.column_names[one] for one in kept]
    rows = below.select([*places, "row"])
    rows = rows.rename_columns([*(str(one) for one in range(len(kept))), "row"])
    again = told_again or {}
    blank: Blank = {at: again[int(one)] for at, one in enumerate(places) if int(one) in again}
    down: list[Note] = []
    if block.told:
        rows, down, more_blank = filled_down(rows, header)
        blank = both(blank, more_blank)
    notes = [*notes, *_above(block, below), *told, *more, *named, *down]
    title = " ".join(cell for row in block.above for cell in row if cell)
    around = " ".join([*([title] if title else []), name, Path(file).stem])
    if found := unpivoted(header, rows, around):
        origin = Origin((Part(wide=replace(found.wide, rows=emptied(rows, blank))),))
        return Sheet(file, name, hidden, found.header, found.rows, (*notes, *found.notes), origin)
    if block.told:
        when = period_told(name, title, Path(file).stem)
        rows, days = completed(rows, header, list(map(int, places)), when, numbers)
        notes += days
    return Sheet(file, name, hidden, header, rows, tuple(notes), Origin(blank=blank))


def _above(block: Block, below: pa.Table) -> list[Note]:
    """What stands above the table, and what it says."""
    notes = []
    first = below["row"][0].as_py()
    if skipped := sum(1 for row in block.above if filled(row)):
        notes.append(Note("title_rows", (("count", skipped), ("header_row", block.header_row))))
    figures = [row for row in block.above if filled(row) > 1 and "number" in map(kind, row)]
    if len(figures) > 1:
        notes.append(
            Note("other_table", (("place", f"1:{block.header_row - 1}"), ("count", len(figures))))
        )
    if not block.told:
        notes.append(Note("no_header", (("row", first),)))
    if len(block.told) > 1:
        notes.append(Note("header_rows", (("count", len(block.told)), ("row", block.header_row))))
    if unit := title_unit(block.above):
        notes.append(Note("unit_in_title", (("unit", unit),)))
    return notes
