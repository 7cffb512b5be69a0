"""Keep the rows of a file that have problems, as they stand in the file.

    >>> of(sheet, placed(cleaned, draft).problems)[0].rows            # doctest: +SKIP
    ((3, ('A2', None, 'Y', '40')),)
    >>> kept(store, 3)[0].header                                      # doctest: +SKIP
    ('Order ID', 'Order Date', 'Customer', 'Amount')

What was filled, turned or joined to be read is told as the file has it. An upload
is deleted once it is read; these rows stay with the import, so that its problems
can be downloaded, marked in their own rows, at any later time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.reconcile import PROBLEMS_LISTED, Cleaned, Problem
from data.facts.sql import insert_of_import
from data.layout.provenance import Part, emptied
from data.layout.sheet import Sheet
from data.staging.draft import Draft
from data.store.database import Cursor, Store

Cells = tuple[str | None, ...]


@dataclass(frozen=True)
class Originals:
    """The header of a sheet and some of its rows, each with its row number in the sheet.

    `sheet` is "" unless several sheets were read as one.
    """

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


def placed(cleaned: Cleaned, draft: Draft) -> Cleaned:
    """Move problems to their places in the file: sheet, row, header of the cell.

    If the months of a row became rows, the problem belongs to that month's cell: the value is
    left out, and the rest of the row is not.
    """
    sheet = draft.sheet
    if sheet is None or sheet.origin.as_it_stands:
        return cleaned
    told = tuple(_placed(one, sheet, draft.mapping) for one in cleaned.problems)
    return replace(cleaned, problems=told)


def _placed(one: Problem, sheet: Sheet, mapping: Mapping[str, int]) -> Problem:
    if not one.row:
        return one
    part, row, period = sheet.origin.place(one.row)
    one = replace(one, sheet=part.sheet, row=row)
    if part.wide is None:
        return one
    # Of the rows made of one row, it is the months that make one the same as another.
    at = None if one.why == "same_key_again" else mapping.get(one.column)
    month = part.wide.month_of(period, at)
    if month is None:
        return one
    outcome = "value_left_out" if one.outcome == "row_left_out" else one.outcome
    return replace(one, header=part.wide.header[month], outcome=outcome)


def of(sheet: Sheet, problems: Iterable[Problem]) -> tuple[Originals, ...]:
    """Return the rows of `sheet` that placed `problems` are about, at most 10,000.

    One entry for each sheet of the file that has any.
    """
    wanted: dict[str, set[int]] = {}
    for one in problems:
        if one.row:
            wanted.setdefault(one.sheet, set()).add(one.row)
    found, left = [], PROBLEMS_LISTED
    for part in sheet.origin.parts:
        numbers = sorted(wanted.get(part.sheet, ()))[:left]
        left -= len(numbers)
        if numbers:
            found.append(_of_part(sheet, part, numbers))
    return tuple(found)


def _of_part(sheet: Sheet, part: Part, numbers: list[int]) -> Originals:
    if part.wide:
        header, rows, before = part.wide.header, part.wide.rows, 0
    else:
        # The name of the sheet is a column of the joined ones and none of the file.
        width = len(sheet.header) - (len(sheet.origin.parts) > 1)
        header, rows, before = sheet.header[:width], sheet.rows, part.before
    wanted = pa.array([number + before for number in numbers], pa.int64())
    found = rows.filter(pc.is_in(rows["row"], wanted))
    if not part.wide:
        found = emptied(found, sheet.origin.blank)
    cells = [found[str(at)].to_pylist() for at in range(len(header))]
    told = [number - before for number in found["row"].to_pylist()]
    return Originals(part.sheet, header, tuple(zip(told, zip(*cells, strict=True), strict=True)))


def keep(cursor: Cursor, import_id: int, sheets: Iterable[Originals]) -> None:
    """Keep these rows with their import."""
    lines = [
        (number, json.dumps(cells, ensure_ascii=False), one.sheet)
        for one in sheets
        for number, cells in ((0, one.header), *one.rows)
    ]
    columns = zip(("row_no", "cells", "sheet"), zip(*lines, strict=True), strict=False)
    listed = {name: list(values) for name, values in columns}
    insert_of_import(cursor, "problem_rows", import_id, listed)


def kept(store: Store, import_id: int) -> tuple[Originals, ...]:
    """Return what was kept of an import; nothing if it had no problem in a row.

    Imports made before these rows were kept have none either.
    """
    lines = store.rows(
        "SELECT sheet, row_no, cells FROM problem_rows WHERE import_id = ? ORDER BY rowid",
        [import_id],
    )
    told = []
    for sheet, group in groupby(lines, key=lambda line: line[0]):
        (_, _, header), *rows = group
        cells = tuple((number, tuple(json.loads(one))) for _, number, one in rows)
        told.append(Originals(sheet, tuple(json.loads(header)), cells))
    return tuple(told)
