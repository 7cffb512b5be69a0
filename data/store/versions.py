"""How often the facts and the plan have changed.

>>> store.versions()
Versions(facts=12, plan=3)

The counts are kept in the database and raised in the transaction of every write.
Whoever keeps an answer keeps it under the versions that it depends on, so
nothing is ever cleared by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import duckdb

Part = Literal["facts", "plan"]


@dataclass(frozen=True)
class Versions:
    """The number of changes of each part; part of every cache key."""

    facts: int
    plan: int


def read_versions(cursor: duckdb.DuckDBPyConnection) -> Versions:
    """Read the versions that the cursor's transaction sees."""
    return Versions(**dict(cursor.execute("SELECT name, value FROM versions").fetchall()))


def raise_versions(cursor: duckdb.DuckDBPyConnection, *parts: Part) -> None:
    """Raise the version of each part by one, inside the transaction that changes it.

    `Store.writing` does so for the parts it is given; this is for a transaction
    that learns on the way what it changes.
    """
    for part in parts:
        cursor.execute("UPDATE versions SET value = value + 1 WHERE name = ?", [part])


def raise_above(cursor: duckdb.DuckDBPyConnection, versions: Versions) -> None:
    """Raise both versions above those of another file, and above the file's own."""
    for part, value in (("facts", versions.facts), ("plan", versions.plan)):
        cursor.execute(
            "UPDATE versions SET value = greatest(value, ?) + 1 WHERE name = ?", [value, part]
        )
