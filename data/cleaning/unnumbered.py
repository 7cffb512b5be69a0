"""Let orders without a number stand by themselves, where their row tells a customer and a day.

>>> from domain.tables import table
>>> columns = {"order_id": pa.array(["S1", "S2", None]), "amount": pa.array([100, 50, 20]),
...            "customer": pa.array(["Acme"] * 3), "order_date": pa.array(["1 May"] * 3)}
>>> orders(table("orders"), columns).to_pylist()
[False, False, True]

A row without them is more likely a line that was torn off an order, or a sum: it is left out, and
so is one of all customers, or of the sum of all orders that have a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.reconcile import Problem
from data.values.columns import Typed, plain
from data.values.group_words import is_all
from domain.tables import Table

_TOLD = ("customer", "order_date", "amount")
_SIDES = " ()[]<>（）【】《》*"
_NUMBERED = 2
_LEAST = 3  # amounts, of which a sum is hardly chance


def orders(table: Table, columns: Columns, number: Typed | None = None) -> pa.Array | None:
    """Return which rows are orders without a number; None if there is none.

    Those whose `number` could not be read are told already. Beside one number alone, it is more
    likely that those of the others were not read.
    """
    if table.name != "orders" or not {"order_id", *_TOLD} <= set(columns):
        return None
    told = reduce(pc.and_, (pc.is_valid(columns[name]) for name in _TOLD))
    without = pc.and_(pc.is_null(columns["order_id"]), told)
    if number is not None and number.why is not None:
        without = pc.and_(without, pc.is_null(number.why))
    if not 0 < pc.sum(without).as_py() <= len(without) - _NUMBERED:
        return None
    without = pc.and_not(without, _of_all(columns, without))
    return without if pc.any(without).as_py() else None


def _of_all(columns: Columns, without: pa.Array) -> pa.Array:
    """Return which rows name all customers, or have the sum of the amounts with a number."""
    names = pc.unique(plain(columns["customer"].filter(without))).to_pylist()
    spoken = pa.array([name for name in names if is_all(name.strip(_SIDES))], pa.string())
    every = pc.is_in(plain(columns["customer"]), value_set=spoken)
    amounts = columns["amount"]
    numbered = amounts.filter(pc.is_valid(columns["order_id"])).drop_null()
    if len(numbered) < _LEAST:
        return every
    return pc.or_(every, pc.fill_null(pc.equal(amounts, pc.sum(numbered)), False))


def noted(rows: pa.Array | None, headers: Mapping[str, str]) -> list[Problem]:
    """Return one problem that says how many orders count without a number."""
    if rows is None:
        return []
    count = str(pc.sum(rows).as_py())
    return [Problem(0, "order_id", headers["order_id"], count, "without_number", "noted")]
