"""Read all the lists of one sheet: beside each other, or one below the other.

    >>> tables = extracted("march.xlsx", "Sheet1", False, table, [])     # doctest: +SKIP
    >>> [sheet.name for sheet in tables]                               # doctest: +SKIP
    ['Sheet1', 'Sheet1 G1:J40']

Lists of the same columns are one list, as a page set in two columns of the same table is. One of
other columns is read beside them if its rows are records: numbered, dated, with an amount; without
numbers, its note says so, and the user is asked. A legend, a price list or the sums beside a list
are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout import repeated_sheets
from data.layout.blocks import Block, blocks_of, left_out
from data.layout.by_hand import NONE, Choices, Top, numbers_of, top_rows
from data.layout.cells import filled, kind, rows_of
from data.layout.extract import extract
from data.layout.partial_days import Numbers
from data.layout.provenance import Blank
from data.layout.sheet import BESIDE, Note, Sheet
from data.layout.shown_money import NOTHING, Shown
from data.layout.stack import stacked
from data.values.header_text import normalise

_LEAST_COLUMNS = 3
_LEAST_ROWS = 2
_LOOKED_AT = 200
_LONGEST_TITLE = 40
_MOST_COMPARED = 5000


def extracted(
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
) -> list[Sheet | Top]:
    """Return the lists of a sheet, the largest under the sheet's name; see `extract`.

    Where people chose the header of another table, that one alone is read.
    """
    blocks = blocks_of(table, covered)
    best = max(blocks, key=lambda block: block.cells, default=None)
    read = [
        block
        for block in blocks
        if block is best or (best and (_is_list(block, best) or _is_doubtful(block, best)))
    ]
    left = left_out([block for block in blocks if not any(block is other for other in read)])
    chosen = choices.header(name, table)
    headers = [block.header_rows for block in read]
    if best is None or len(read) < 2 or (chosen and numbers_of(table, chosen) not in headers):
        found = (best, left_out([block for block in blocks if block is not best]))
        return [
            extract(
                file, name, hidden, table, notes, covered, spread, numbers, choices, shown, found
            )
        ]
    of_block = [
        (
            block,
            extract(
                file,
                name,
                hidden,
                block.grid,
                notes if block is best else _doubts(block, best),
                covered if block.grid["row"][0].as_py() == 1 else (),
                spread,
                numbers,
                NONE,
                shown,
                (block, left if block is best else []),
            ),
        )
        for block in read
    ]
    sheets = [(block, sheet) for block, sheet in of_block if isinstance(sheet, Sheet)]
    if not sheets:
        return [next(found for block, found in of_block if block is best)]
    top = Top(top_rows(table, spread or {}), best.header_rows, chosen is not None)
    whole = [replace(sheet, tops={name: top}) for sheet in _joined(name, sheets, best)]
    return list(whole)


def _joined(name: str, found: Sequence[tuple[Block, Sheet]], best: Block) -> list[Sheet]:
    """Return the lists of the same columns as one; each of the others has its place in its name."""
    placed = repeated_sheets.noted(
        [replace(sheet, name=f"{name} {block.place}".strip()) for block, sheet in found]
    )
    groups: dict[object, list[tuple[Block, Sheet]]] = {}
    for at, ((block, _sheet), sheet) in enumerate(zip(found, placed, strict=True)):
        key = at if sheet.set_aside else _key(sheet.header)
        groups.setdefault(key, []).append((block, sheet))
    sheets = []
    for group in groups.values():
        whole = _one(group)
        is_best = any(block is best for block, _sheet in group)
        sheets.append(replace(whole, name=name) if is_best else whole)
    return sheets


def _one(group: Sequence[tuple[Block, Sheet]]) -> Sheet:
    if len(group) == 1:
        return group[0][1]
    titles = [_title(block) for block, _sheet in group]
    told = all(titles) and len(set(titles)) == len(titles)
    sheets = [
        replace(sheet, name=title if told else sheet.name)
        for title, (_block, sheet) in zip(titles, group, strict=True)
    ]
    places = ", ".join(block.place for block, _sheet in group)
    note = Note.of("tables_joined", count=len(group), places=places)
    whole = stacked(sheets, told)
    return replace(whole, name=group[0][1].name, notes=(*whole.notes, note))


def _title(block: Block) -> str:
    """Return the line right above a table, which names it; "" without one."""
    above = [row for row in block.above if filled(row)]
    if not above or filled(above[-1]) > 1:
        return ""
    title = next(cell for cell in above[-1] if cell and cell.strip()).strip()
    return title if len(title) <= _LONGEST_TITLE else ""


def _key(header: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(normalise, header))


def _is_list(block: Block, best: Block) -> bool:
    """Return whether a table has the columns of the largest one, or is a list of records."""
    if not (block.header_cells and best.header_cells):
        return False
    names, of_best = (
        [normalise(cell) for cell in header.header.cells if cell] for header in (block, best)
    )
    if len(names) > 1 and names == of_best:
        return True
    return _has_records(block) and not _stand_in(block, best)


def _doubts(block: Block, best: Block) -> list[Note]:
    return [] if _is_list(block, best) else [Note.of(BESIDE, place=block.place)]


def _is_doubtful(block: Block, best: Block) -> bool:
    """Return whether a table whose rows have no numbers may be a list: of texts, days, amounts."""
    rows = rows_of(block.below.slice(0, _LOOKED_AT))
    if not (block.header_cells and best.header_cells) or len(rows) < _LEAST_ROWS:
        return False
    columns = [[cell.strip() for cell in column if cell] for column in zip(*rows, strict=True)]
    kinds = [set(map(kind, column)) for column in columns if len(column) * 2 > len(rows)]
    if len(kinds) < _LEAST_COLUMNS or not ({"date"} in kinds and {"number"} in kinds):
        return False
    if all({"date"} == found or {"number"} == found for found in kinds):
        return False
    return not _stand_in(block, best)


def _stand_in(block: Block, best: Block) -> bool:
    """Return whether rows of a table are rows of the largest one again: the ten best of all."""
    rows = rows_of(block.below.slice(0, _LOOKED_AT))
    counted = [row[0] for row in rows] == [str(at + 1) for at in range(len(rows))]
    told = [{cell for cell in row[counted:] if cell} for row in rows]
    wanted = pa.array(sorted(set[str]().union(*told)), pa.string())
    columns = [
        column
        for column in (column.cast(pa.string()) for column in best.below.columns[:-1])
        if pc.any(pc.is_in(column, value_set=wanted)).as_py()
    ]
    if not columns:
        return False
    having = reduce(pc.or_, (pc.is_in(column, value_set=wanted) for column in columns))
    names = [str(at) for at in range(len(columns))]
    candidates = pa.table(columns, names).filter(having).slice(0, _MOST_COMPARED)
    known = [set(row) for row in rows_of(candidates)]
    return all(any(cells <= others for others in known) for cells in told)


def _has_records(block: Block) -> bool:
    """Return whether the rows are numbered, each with a number of its own, and have day and sum."""
    rows = rows_of(block.below.slice(0, _LOOKED_AT))
    if len(rows) < _LEAST_ROWS or block.below.num_columns - 1 < _LEAST_COLUMNS:
        return False
    columns = [[cell.strip() for cell in column if cell] for column in zip(*rows, strict=True)]
    columns = [column for column in columns if column]
    kinds = [set(map(kind, column)) for column in columns]
    ids = columns[0] if columns else []
    numbered = (
        len(set(ids)) == len(ids) > len(rows) / 2
        and "date" not in kinds[0]
        and all(any(letter.isdigit() for letter in cell) for cell in ids)
    )
    return numbered and {"date"} in kinds and {"number"} in kinds[1:]
