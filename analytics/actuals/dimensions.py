"""Fill in the dimensions of a row from the lookup tables: team, region, category …

    >>> rows = with_dimensions(rows, {"team", "category"})
    >>> rows = kept(rows, scope)

A row's own word comes first; `reps`, `products` and `customers` fill in what it
leaves blank. Each lookup is reduced to one row a key before it is joined, so a
join can never count a row twice, and a lookup nobody asked for is not joined.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from domain.scope import DIMENSIONS, Scope
from domain.tables import ibis_table

# A filter value that means "nothing written there".
BLANK = ""

# Whose answer depends on who gets the credit for a row.
BY_REP = frozenset({"rep", "team", "manager", "region"})


@dataclass(frozen=True)
class _Lookup:
    table: str
    key: str
    adds: tuple[tuple[str, str], ...]  # dimension, column of the lookup


_LOOKUPS = (
    _Lookup("reps", "rep", (("team", "team"), ("manager", "manager"), ("region", "region"))),
    _Lookup("products", "product", (("category", "category"),)),
    _Lookup("customers", "customer", (("customer_class", "class"),)),
)


def with_dimensions(rows: ir.Table, wanted: Collection[str]) -> ir.Table:
    """Return `rows` with every dimension as a column; the `wanted` ones filled from the lookups.

    A dimension that neither the row nor a lookup knows is null. Rows are never
    multiplied nor dropped.
    """
    blank = {name: ibis.null("string") for name in DIMENSIONS if name not in rows.columns}
    rows = rows.mutate(**blank) if blank else rows
    for lookup in _LOOKUPS:
        adds = [(name, column) for name, column in lookup.adds if name in wanted]
        if adds:
            rows = _joined(rows, lookup, adds)
    return rows


def kept(rows: ir.Table, scope: Scope) -> ir.Table:
    """Return `rows` that pass every filter of `scope`; the value `BLANK` lets nulls pass."""
    for name, values in scope.filters:
        passes = rows[name].isin([value for value in values if value != BLANK])
        rows = rows.filter(passes | rows[name].isnull() if BLANK in values else passes)
    return rows


def key_of(dimension: str) -> str | None:
    """Return the column by which a lookup fills in the dimension; None where no lookup knows it."""
    keys = (lookup.key for lookup in _LOOKUPS for name, _ in lookup.adds if name == dimension)
    return next(keys, None)


def wanted_by(scope: Scope, *dimensions: str | None) -> frozenset[str]:
    """Return the dimensions that a question needs: its filters and what it is cut by."""
    named = {name for name in dimensions if name is not None}
    if unknown := named - set(DIMENSIONS):
        raise ValueError(f"no dimension {sorted(unknown)}")
    return frozenset(named | {name for name, _ in scope.filters})


def _joined(rows: ir.Table, lookup: _Lookup, adds: list[tuple[str, str]]) -> ir.Table:
    table = ibis_table(lookup.table)
    one_a_key = (
        table.filter(table[lookup.key].notnull())
        .group_by(looked_up=table[lookup.key])
        .aggregate(**{f"{name}_looked_up": table[column].max() for name, column in adds})
    )
    joined = rows.left_join(one_a_key, rows[lookup.key] == one_a_key.looked_up)
    filled = {name: ibis.coalesce(joined[name], joined[f"{name}_looked_up"]) for name, _ in adds}
    return joined.mutate(**filled).select(*rows.columns)
