"""Sum the rows of an import that are kept and count in no figure: cancelled and returned ones.

>>> rows = pa.table({"status": ["valid", "cancelled"], "amount": [Decimal(5), Decimal(7)]})
>>> uncounted("orders", rows)["cancelled"].rows
1

They are in the store, and pages list them as left out; an import that adds them to what it
"has in the dashboard" would say more than any page does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from domain.tables import table

# The tables whose status takes a row out of the actual for good; an open deal may yet be won.
_STATUSES = {"orders": ("cancelled", "returned"), "contracts": ("cancelled",)}


@dataclass(frozen=True)
class Uncounted:
    """Rows with one status, and their money by currency ("" where none is named) and column."""

    rows: int
    money: Mapping[str, Mapping[str, Decimal]]


def uncounted(name: str, rows: pa.Table) -> dict[str, Uncounted]:
    """Return what does not count of a table's kept rows, by status.

    A returned line with a negative amount counts: it takes back an earlier line.
    """
    if "status" not in rows.column_names:
        return {}
    sums = {}
    for status in _STATUSES.get(name, ()):
        chosen = pc.equal(rows["status"], status)
        if status == "returned" and "amount" in rows.column_names:
            forth = pc.fill_null(pc.greater_equal(rows["amount"], pa.scalar(0)), True)
            chosen = pc.and_(chosen, forth)
        lost = rows.filter(pc.fill_null(chosen, False))
        if lost.num_rows:
            sums[status] = Uncounted(lost.num_rows, _by_currency(name, lost))
    return sums


def _by_currency(name: str, rows: pa.Table) -> dict[str, dict[str, Decimal]]:
    columns = [column for column in table(name).summed if column in rows.column_names]
    if "currency" not in rows.column_names:
        return {"": {column: _sum(rows[column]) for column in columns}}
    codes = pc.fill_null(rows["currency"], "")
    return {
        code: {column: _sum(rows[column].filter(pc.equal(codes, code))) for column in columns}
        for code in sorted(pc.unique(codes).to_pylist())
    }


def _sum(values: pa.ChunkedArray) -> Decimal:
    return cast("Decimal | None", pc.sum(values).as_py()) or Decimal("0.0000")
