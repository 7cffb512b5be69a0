"""Add up rows of one key, where they are parts of one thing.

    >>> columns, why = added_up(table("spend"), columns, none)           # doctest: +SKIP
    >>> why.to_pylist()                                                  # doctest: +SKIP
    ['added_up', None]

The last row of each key has the sums of all; the others are left out, with nothing left in
them, so that rows and money stay those of the file.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.keys import last_of_each, occurrences
from data.values.columns import plain
from domain.tables import Table

# What the user says of rows that share a key.
ADD, APART, LAST = WAYS = ("add", "apart", "last")
ADDED_UP = "added_up"
# What adds up beside money, in the one table that has it.
_COUNTS = ("impressions", "clicks", "conversions")


def added_up(
    table: Table, columns: Columns, uncounted: pa.Array | None
) -> tuple[Columns, pa.Array | None]:
    """Return the columns with sums in the last row of each key, and why rows are left out.

    Rows that are `uncounted` for another reason, that lack the number which identifies them, or
    that have no amount are added to nothing. Only amounts of one currency are added.
    """
    names = [name for name in (*table.key, "currency") if name in columns]
    if table.name == "deals" and "as_of" in columns:
        names.append("as_of")
    length = len(columns[names[0]])
    among = pa.array([True] * length) if uncounted is None else pc.is_null(uncounted)
    if len(table.key) == 1:
        among = pc.and_(among, pc.is_valid(columns[table.key[0]]))
    money = [name for name in (*table.summed, *_COUNTS) if name in columns]
    among = pc.and_(among, reduce(pc.or_, (pc.is_valid(columns[name]) for name in money)))
    last = last_of_each([columns[name] for name in names], among)
    if last is among:
        return columns, uncounted
    rows = pa.array(range(length), pa.int64())
    keys = {name: plain(columns[name]) for name in names}
    amounts = {f"_{name}": columns[name] for name in money}
    parts = pa.table({**keys, **amounts, "at": rows}).filter(among)
    whole = parts.group_by(names).aggregate(
        [("at", "max"), *((f"_{name}", "sum") for name in money)]
    )
    places = pc.index_in(rows, value_set=whole["at_max"].combine_chunks())
    added = pc.and_(among, pc.invert(last))
    summed = dict(columns)
    for name in money:
        kind = columns[name].type
        sums = whole[f"_{name}_sum"].combine_chunks().cast(kind).take(places)
        kept = pc.if_else(last, sums, columns[name])
        summed[name] = pc.if_else(added, pa.scalar(Decimal(0), kind), kept)
    why = pc.if_else(added, pa.scalar(ADDED_UP, pa.string()), pa.scalar(None, pa.string()))
    return summed, why if uncounted is None else pc.coalesce(uncounted, why)


def numbered_apart(columns: Columns) -> Columns:
    """Return deals whose number repeats on a day with a number of their own: D-1, D-1 #2."""
    day = columns["as_of"].cast(pa.string())
    keys = pc.binary_join_element_wise(
        columns["deal_id"], day, "\x1f", null_handling="replace", null_replacement=""
    )
    ids = [
        f"{number} #{count}" if number and count > 1 else number
        for number, count in zip(
            columns["deal_id"].to_pylist(), occurrences(keys.to_pylist()), strict=True
        )
    ]
    return {**columns, "deal_id": pa.array(ids, pa.string())}


def shared(table: Table, columns: Columns) -> pa.Array:
    """Return which rows have a number that another row has too."""
    numbers = plain(columns[table.key[0]])
    counted = pc.value_counts(numbers)
    often = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    return pc.and_(pc.is_in(numbers, value_set=often), pc.is_valid(numbers))
