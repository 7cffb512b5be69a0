"""Let orders without a number stand by themselves, where their row tells a customer and a day.

>>> from domain.tables import table
>>> columns = {"order_id": pa.array(["S1", None]), "customer": pa.array(["Acme", "Bolt"]),
...            "order_date": pa.array(["1 May", "1 May"]), "amount": pa.array([100, 20])}
>>> orders(table("orders"), columns).to_pylist()
[False, True]

A row without them is more likely a line that was torn off an order, or a sum: it is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.reconcile import Problem
from domain.tables import Table

_TOLD = ("customer", "order_date", "amount")


def orders(table: Table, columns: Columns) -> pa.Array | None:
    """Return which rows are orders without a number; None if there is none."""
    if table.name != "orders" or not {"order_id", *_TOLD} <= set(columns):
        return None
    told = reduce(pc.and_, (pc.is_valid(columns[name]) for name in _TOLD))
    without = pc.and_(pc.is_null(columns["order_id"]), told)
    return without if pc.any(without).as_py() else None


def noted(rows: pa.Array | None, headers: Mapping[str, str]) -> list[Problem]:
    """Return one problem that says how many orders count without a number."""
    if rows is None:
        return []
    count = str(pc.sum(rows).as_py())
    return [Problem(0, "order_id", headers["order_id"], count, "without_number", "noted")]
