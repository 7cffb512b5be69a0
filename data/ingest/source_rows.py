"""Keep the rows of a file that have problems, as they stand in the file.

    >>> of(sheet, placed(cleaned, draft).problems)[0].rows            # doctest: +SKIP
    ((3, ('A2', None, 'Y', '40')),)
    >>> kept(store, 3)[0].header                                      # doctest: +SKIP
    ('Order ID', 'Order Date', 'Customer', 'Amount')

What was filled, turned or joined to be read is reported as the file has it. An upload
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
    problems = tuple(_placed(problem, sheet, draft.mapping) for problem in cleaned.problems)
    return replace(cleaned, problems=problems)


def _placed(problem: Problem, sheet: Sheet, mapping: Mapping[str, int]) -> Problem:
    if not problem.row:
        return problem
    part, row, period = sheet.origin.place(problem.row)
    problem = replace(problem, sheet=part.sheet, row=row)
    if part.wide is None:
        return problem
    # Of the rows made of one row, it is the months that make one the same as another.
    at = None if problem.why == "same_key_again" else mapping.get(problem.column)
    month = part.wide.month_of(period, at)
    if month is None:
        return problem
    outcome = "value_left_out" if problem.outcome == "row_left_out" else problem.outcome
    return replace(problem, header=part.wide.header[month], outcome=outcome)


def of(sheet: Sheet, problems: Iterable[Problem]) -> tuple[Originals, ...]:
    """Return the rows of `sheet` that placed `problems` are about, at most 10,000.

    One entry for each sheet of the file that has any.
    """
    wanted: dict[str, set[int]] = {}
    for problem in problems:
        if problem.row:
            wanted.setdefault(problem.sheet, set()).add(problem.row)
    originals, left = [], PROBLEMS_LISTED
    for part in sheet.origin.parts:
        numbers = sorted(wanted.get(part.sheet, ()))[:left]
        left -= len(numbers)
        if numbers:
            originals.append(_of_part(sheet, part, numbers))
    return tuple(originals)


def _of_part(sheet: Sheet, part: Part, numbers: list[int]) -> Originals:
    if part.wide:
        header, rows, before = part.wide.header, part.wide.rows, 0
    else:
        # The name of the sheet is a column of the joined ones and none of the file.
        width = len(sheet.written) - (len(sheet.origin.parts) > 1)
        header, rows, before = sheet.header[:width], sheet.rows, part.before
    wanted = pa.array([number + before for number in numbers], pa.int64())
    chosen = rows.filter(pc.is_in(rows["row"], wanted))
    if not part.wide:
        chosen = emptied(chosen, sheet.origin.blank)
    cells = [chosen[str(at)].to_pylist() for at in range(len(header))]
    row_nos = [number - before for number in chosen["row"].to_pylist()]
    return Originals(part.sheet, header, tuple(zip(row_nos, zip(*cells, strict=True), strict=True)))


def keep(cursor: Cursor, import_id: int, sheets: Iterable[Originals]) -> None:
    """Keep these rows with their import."""
    lines = [
        (number, json.dumps(cells, ensure_ascii=False), part.sheet)
        for part in sheets
        for number, cells in ((0, part.header), *part.rows)
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
    originals = []
    for sheet, group in groupby(lines, key=lambda line: line[0]):
        (_, _, header), *rows = group
        cells = tuple((number, tuple(json.loads(row))) for _, number, row in rows)
        originals.append(Originals(sheet, tuple(json.loads(header)), cells))
    return tuple(originals)


def with_row_of_line(derived: pa.Table, lines: pa.Table) -> pa.Table:
    """Give each share the row number of the order line that it was written in."""
    if "row" in derived.column_names:
        return derived
    keys = pa.schema([(name, pa.string()) for name in ("order_id", "line_no")])
    places = lines.select(["order_id", "line_no", "row"]).cast(keys.append(lines.field("row")))
    return derived.join(places, keys.names)
