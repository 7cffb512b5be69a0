"""The rows of a file in which something could not be taken as it stood, as they stood there.

    >>> of(sheet, cleaned.problems).rows            # doctest: +SKIP
    ((3, ('A2', None, 'Y', '40')),)
    >>> kept(store, 3).header                       # doctest: +SKIP
    ('Order ID', 'Order Date', 'Customer', 'Amount')

An upload is deleted once it is read; these rows stay with the import, so that
its problems can be downloaded, marked in their own rows, at any later time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from data.account import PROBLEMS_LISTED, Problem
from data.read import Sheet
from data.store import Store

if TYPE_CHECKING:
    import duckdb

Cells = tuple[str | None, ...]


@dataclass(frozen=True)
class Originals:
    """The header of a sheet and some of its rows, each with its number in the sheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]


def of(sheet: Sheet, problems: Iterable[Problem]) -> Originals:
    """The rows of `sheet` that `problems` are about, the first 10,000 of them."""
    wanted = sorted({one.row for one in problems if one.row})[:PROBLEMS_LISTED]
    if not wanted:
        return Originals(sheet.header, ())
    found = sheet.rows.filter(pc.is_in(sheet.rows["row"], pa.array(wanted, pa.int64())))
    cells = [found[str(at)].to_pylist() for at in range(len(sheet.header))]
    numbers = found["row"].to_pylist()
    return Originals(sheet.header, tuple(zip(numbers, zip(*cells, strict=True), strict=True)))


def keep(cursor: duckdb.DuckDBPyConnection, import_id: int, found: Originals) -> None:
    """Keep these rows with their import; nothing where there are none."""
    if not found.rows:
        return
    lines = [(0, found.header), *found.rows]
    listed = pa.table(
        {
            "row_no": pa.array([number for number, _ in lines], pa.int64()),
            "cells": [json.dumps(cells, ensure_ascii=False) for _, cells in lines],
        }
    )
    cursor.register("originals", listed)
    cursor.execute("INSERT INTO problem_rows SELECT ?, row_no, cells FROM originals", [import_id])
    cursor.unregister("originals")


def kept(store: Store, import_id: int) -> Originals:
    """What was kept of an import; without header and rows where it had no problem in a row.

    Imports made before these rows were kept have none either.
    """
    lines = store.rows(
        "SELECT row_no, cells FROM problem_rows WHERE import_id = ? ORDER BY row_no", [import_id]
    )
    if not lines:
        return Originals((), ())
    (_, header), *rows = lines
    return Originals(
        tuple(json.loads(header)), tuple((number, tuple(json.loads(one))) for number, one in rows)
    )
