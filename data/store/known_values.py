"""Names that are already in the data, to choose from in a template.

>>> names(store)["rep"]                    # doctest: +SKIP
['李雷', '王芳']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from data.store.database import Store

_MOST = 2000

# The tables that hold the names of each column.
_NAMED = {
    "rep": ("reps", "orders", "deals"),
    "team": ("people",),
    "product": ("products", "orders", "deals"),
    "category": ("products", "orders"),
    "customer": ("customers", "orders", "deals"),
    "region": ("people", "customers", "orders"),
    "channel": ("orders", "deals"),
}


def names(store: Store) -> dict[str, list[str]]:
    """Return the known names of each column, sorted, at most 2,000 a column."""
    return {column: sorted(used(store, column, at))[:_MOST] for column, at in _NAMED.items()}


def used(
    store: Store, column: str, tables: Iterable[str], most: int | None = None
) -> dict[str, int]:
    """The values of a column of these tables and how many rows each has, the commonest first."""
    # Names of our own; values are parameters.
    every = " UNION ALL ".join(f'SELECT "{column}" AS name FROM "{table}"' for table in tables)  # noqa: S608
    rows = store.rows(
        f"SELECT name, count(*) FROM ({every}) WHERE name IS NOT NULL "  # noqa: S608
        "GROUP BY name ORDER BY count(*) DESC, name LIMIT ?",
        [most],
    )
    return dict(rows)


def used_of(
    store: Store, wanted: Mapping[str, tuple[str, Sequence[str]]], most: int
) -> dict[str, frozenset[str]]:
    """Return the values of several columns, by a name for each, of one query.

    `wanted` maps each name to a column and the tables that hold it; at most `most` values each,
    the commonest.
    """
    # Names of our own; values are parameters.
    every = " UNION ALL ".join(
        f'SELECT {at} AS wanted, "{column}" AS value FROM "{table}"'  # noqa: S608
        for at, (column, tables) in enumerate(wanted.values())
        for table in tables
    )
    rows = store.rows(
        f"SELECT wanted, value FROM ({every}) WHERE value IS NOT NULL "  # noqa: S608
        "GROUP BY wanted, value "
        "QUALIFY row_number() OVER (PARTITION BY wanted ORDER BY count(*) DESC, value) <= ?",
        [most],
    )
    values: dict[int, set[str]] = defaultdict(set)
    for at, value in rows:
        values[at].add(value)
    return {name: frozenset(values[at]) for at, name in enumerate(wanted)}
