"""Take amounts of spend that are a budget by their kind as budget.

    >>> moved({"kind": kinds, "amount": amounts})[1]                     # doctest: +SKIP
    1

What was planned is not spent yet; a row of each would count the money twice.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.values.columns import as_coded, plain
from data.values.directions import of_budget


def moved(columns: Columns) -> tuple[Columns, int]:
    """Return the columns with amounts of budgets as budget, and how many were moved."""
    coded = as_coded(columns["kind"])
    said = [of_budget(text) for text in coded.dictionary.to_pylist()]
    if not any(said):
        return columns, 0
    amount = columns["amount"]
    planned = pc.fill_null(pa.array(said, pa.bool_()).take(coded.indices), False)
    planned = pc.and_(planned, pc.is_valid(amount))
    nothing = pa.nulls(len(amount), amount.type)
    there = plain(columns["budget"]) if "budget" in columns else nothing
    budget = pc.if_else(pc.and_(planned, pc.is_null(there)), amount, there)
    spent = pc.if_else(planned, nothing, amount)
    return {**columns, "amount": spent, "budget": budget}, pc.sum(planned).as_py() or 0
