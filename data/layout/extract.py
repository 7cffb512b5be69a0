"""Extract the largest table from a grid of text cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pyarrow as pa

from data.layout.blocks import Block, largest
from data.layout.body import body
from data.layout.by_hand import NONE, Choices, Top, numbers_of, top_rows
from data.layout.cells import Row, filled, kind, rows_of
from data.layout.crossed import crossed
from data.layout.cut_numbers import shown_cut
from data.layout.fill_down import filled_down
from data.layout.group_headings import grouped
from data.layout.header_rows import names
from data.layout.mixed_numbers import settled
from data.layout.owner_headings import owned
from data.layout.partial_days import Numbers, completed, named_period
from data.layout.printed_day import printed_day, printed_time
from data.layout.provenance import Blank, Origin, Part, both, emptied
from data.layout.sections import sectioned
from data.layout.sheet import Note, Sheet
from data.layout.shown_money import NOTHING, Shown, written_out
from data.layout.spans import spanned
from data.layout.stated_days import days_written, stated_days
from data.layout.unpivot import unpivoted
from data.values.title_currency import name_currency, title_currency
from data.values.units import title_unit

# Rows at the end in which a report may say when it was made, and the cells that these fill.
_FOOTER, _FEW = 15, 3


def extract(
    file: str,
    name: str,
    hidden: bool,
    table: pa.Table,
    notes: list[Note],
    covered: Sequence[frozenset[int]] = (),
    spread: Blank | None = None,
    numbers: Numbers | None = None,
    choices: Choices = NONE,
    shown: Shown = NOTHING,
    found: tuple[Block | None, list[Note]] | None = None,
) -> Sheet | Top:
    """Return the largest table of a sheet, month columns unpivoted; its first rows if it has none.

    `table` is the whole grid, `notes` are those of its reader. `covered` and `spread` come
    from `data.layout.merged_cells`; `numbers` tells numbers from texts in a workbook's column.
    `choices` are what people chose of the header; they count where a table is below it. `shown`
    is what a workbook shows beside its numbers. `found` is its table, with the notes on the others,
    where these are known.
    """
    spread = spread or {}
    top = Top(top_rows(table, spread))
    block, block_notes = found or largest(table, covered)
    chosen = choices.header(name, table)
    if chosen and block and block.header_rows == numbers_of(table, chosen):
        chosen = None  # it is found without them
    below_chosen = largest(table, covered, chosen) if chosen else (None, [])
    if below_chosen[0]:
        block, block_notes = below_chosen
    if block is None:
        return top
    own = body(block.below, block.header_cells)
    below = own.rows
    if not below.num_rows:
        return top
    has_header = bool(block.header_cells)
    full = [not has_header or column.null_count < below.num_rows for column in below.columns[:-1]]
    header, kept, name_notes = names(block.header.cells, full)
    columns = below.column_names
    places = [int(columns[at]) for at in kept]
    stated = {header[nth]: own.stated[at] for nth, at in enumerate(kept) if at in own.stated}
    rows = below.select([*map(str, places), "row"])
    rows = rows.rename_columns([*map(str, range(len(kept))), "row"])
    notes = [*notes, *_notes_above(block, below), *block_notes, *own.notes]
    blank: Blank = {at: spread[place] for at, place in enumerate(places) if place in spread}
    if has_header:
        top = replace(top, header=block.header_rows, chosen=below_chosen[0] is not None)
        titles = [cell for row in block.above for cell in row if cell]
        titles += [name, Path(file).stem]
        rows, header, owner_notes, owner_blank = owned(
            block.above, rows, header, block.header_cells, block.below
        )
        rows, header, section_notes, section_blank = sectioned(rows, header)
        rows, header, group_notes, group_blank = grouped(rows, header, own.totals, titles)
        rows, down_notes, down_blank = filled_down(rows, header)
        blank = reduce(both, (owner_blank, section_blank, group_blank, down_blank), blank)
        notes += [*name_notes, *owner_notes, *section_notes, *group_notes, *down_notes]
    if numbers is not None:
        rows = shown_cut(rows, places, numbers)
    rows, mark_notes = settled(rows, header, places, numbers)
    rows = written_out(rows, header, places, shown)
    notes += mark_notes
    last_rows = _last_rows(table)
    notes += _notes_around(block.above, last_rows, (name, Path(file).stem))
    if day := printed_day([*block.above, *last_rows]):
        at = printed_time([*block.above, *last_rows], day)
        said = {"time": at.isoformat()} if at else {}
        notes.append(Note.of("printed_on", date=day.isoformat(), **said))
    notes += _notes_on_days(block.above)
    title = " ".join(cell for row in block.above for cell in row if cell)
    around = " ".join(filter(None, (title, name, Path(file).stem)))
    if long := crossed(header, rows, around) or unpivoted(header, rows, around):
        origin = Origin((Part(wide=replace(long.wide, rows=emptied(rows, blank))),))
        notes += long.notes
        stated, header, rows = long.stated(stated), long.header, long.rows
        return Sheet(
            file, name, hidden, header, rows, tuple(notes), origin, tops={name: top}, stated=stated
        )
    if has_header:
        period = named_period(name, title, Path(file).stem)
        rows, day_notes = completed(rows, header, places, period, numbers)
        notes += day_notes
        rows, header, span_notes = spanned(rows, header, block.above)
        notes += span_notes
    origin = Origin(blank=blank)
    return Sheet(
        file, name, hidden, header, rows, tuple(notes), origin, tops={name: top}, stated=stated
    )


def _notes_on_days(above: Sequence[Row]) -> list[Note]:
    """Note the days that lines above the table say it has."""
    return [
        Note.of("covers_days", days=days_written(one.spans), label=one.label)
        for one in stated_days(above)
    ]


def _last_rows(table: pa.Table) -> list[Row]:
    """Return the rows at the end of a sheet that fill few cells: what stands below the table."""
    last = rows_of(table.drop_columns(["row"]).slice(max(0, table.num_rows - _FOOTER)))
    return [row for row in last if filled(row) <= _FEW]


def _notes_above(block: Block, below: pa.Table) -> list[Note]:
    """Note the rows above the table and the rows of its header."""
    notes = []
    if skipped := sum(1 for row in block.above if filled(row)):
        notes.append(Note.of("title_rows", count=skipped, header_row=block.header_row))
    figures = [row for row in block.above if filled(row) > 1 and "number" in map(kind, row)]
    if len(figures) > 1:
        place = f"1:{block.header_row - 1}"
        notes.append(Note.of("other_table", place=place, count=len(figures)))
    if not block.header_cells:
        notes.append(Note.of("no_header", row=below["row"][0].as_py()))
    if len(block.header_cells) > 1:
        count = len(block.header_cells)
        notes.append(Note.of("header_rows", count=count, row=block.header_row))
    return notes


def _notes_around(above: Sequence[Row], last: Sequence[Row], names: Sequence[str]) -> list[Note]:
    """Note unit and currency of amounts: in the lines above, in those below, in the names."""
    below = [row for row in last if filled(row) == 1]
    unit = title_unit(above) or title_unit(below) or title_unit([names])
    currency = title_currency(above) or title_currency(below)
    currency = currency or next(filter(None, map(name_currency, names)), None)
    notes = [Note.of("unit_in_title", unit=unit)] if unit else []
    return [*notes, Note.of("currency_in_title", currency=currency)] if currency else notes
