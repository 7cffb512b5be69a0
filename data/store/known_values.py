"""The names already there, for whoever has to type them once more.

>>> names(store)["rep"]                    # doctest: +SKIP
['李雷', '王芳']
"""

from __future__ import annotations

from data.store.database import Store

# Where the names of a column stand.
_NAMED = {
    "rep": ("reps", "orders", "deals"),
    "team": ("reps",),
    "product": ("products", "orders", "deals"),
    "category": ("products", "orders"),
    "customer": ("customers", "orders", "deals"),
    "region": ("reps", "customers", "orders"),
    "channel": ("orders", "deals"),
}


def names(store: Store) -> dict[str, list[str]]:
    """The names already there, by column, to choose from in a template; in their order."""
    return {column: _known(store, column, tables) for column, tables in _NAMED.items()}


def _known(store: Store, column: str, tables: tuple[str, ...]) -> list[str]:
    every = " UNION ".join(
        f'SELECT "{column}" AS name FROM "{table}"'  # noqa: S608 (names of our own)
        for table in tables
    )
    found = store.rows(
        f"SELECT name FROM ({every}) WHERE name IS NOT NULL "  # noqa: S608
        "ORDER BY name LIMIT 2000"
    )
    return [name for (name,) in found]
