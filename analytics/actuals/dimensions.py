"""Fill in the dimensions of a row from the lookup tables: team, region, category …

    >>> rows = with_dimensions(rows, {"team", "category"})
    >>> rows = kept(rows, scope)

A row's own word comes first; `reps`, `products` and `customers` fill in what it
leaves blank. Each lookup is reduced to one row a key before it is joined, so a
join can never count a row twice, and a lookup nobody asked for is not joined.
A rep who changed teams has a row in `reps` for each stay: a fact belongs to the
team of its own day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def with_dimensions(rows: ir.Table, wanted: Collection[str], day: str = "date") -> ir.Table:
    """Return `rows` with every dimension as a column; the `wanted` ones filled from the lookups.

    A dimension that neither the row nor a lookup knows is null. Rows are never
    multiplied nor dropped. `day` is their column of the day on which a rep's team counts; without
    it, or where it is blank, that is the team of today.
    """
    blank = {name: ibis.null("string") for name in DIMENSIONS if name not in rows.columns}
    rows = rows.mutate(**blank) if blank else rows
    for lookup in _LOOKUPS:
        adds = [(name, column) for name, column in lookup.adds if name in wanted]
        if adds:
            rows = _joined(rows, lookup, adds, day)
    return rows


def names_of(keys: ir.Table, dimension: str) -> ir.Table:
    """Return what a lookup says of `dimension` for each key, at any time; blank is null."""
    lookup, column = next(
        (lookup, column) for lookup in _LOOKUPS for name, column in lookup.adds if name == dimension
    )
    table = ibis_table(lookup.table)
    known = table.filter(table[lookup.key].notnull())
    known = known.select(looked_up=known[lookup.key], named=known[column]).distinct()
    joined = keys.left_join(known, keys[lookup.key] == known.looked_up)
    return joined.select(**{dimension: joined.named})


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


def _joined(rows: ir.Table, lookup: _Lookup, adds: list[tuple[str, str]], day: str) -> ir.Table:
    table = ibis_table(lookup.table)
    known = table.filter(table[lookup.key].notnull())
    columns = {f"{name}_looked_up": known[column].max() for name, column in adds}
    if lookup.table == "reps":
        by_key, same = _stays(rows, known, columns, day)
    else:
        by_key = known.group_by(looked_up=known[lookup.key]).aggregate(**columns)
        same = []
    joined = rows.left_join(by_key, [rows[lookup.key] == by_key.looked_up, *same])
    filled = {name: ibis.coalesce(joined[name], joined[f"{name}_looked_up"]) for name, _ in adds}
    return joined.mutate(**filled).select(*rows.columns)


def _stays(
    rows: ir.Table, reps: ir.Table, columns: Mapping[str, ir.Value], day: str
) -> tuple[ir.Table, list[ir.BooleanValue]]:
    """Return a row for each stay of a rep, and the conditions by which a row falls into one.

    The first stay has no beginning: what was sold before it belongs to its team.
    """
    stays = reps.group_by(looked_up=reps.rep, begins=reps.from_date).aggregate(**columns)
    of_rep = ibis.window(group_by=stays.looked_up, order_by=stays.begins.asc(nulls_first=True))
    stays = stays.mutate(
        ends=stays.begins.lead().over(of_rep), place=ibis.row_number().over(of_rep)
    )
    if day not in rows.columns:
        return stays.filter(stays.ends.isnull()), []
    on = rows[day].cast("date")
    begun = (stays.place == 0) | (on >= stays.begins) | on.isnull()
    return stays, [begun, stays.ends.isnull() | (on < stays.ends)]
