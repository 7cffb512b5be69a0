"""Give deals that are kept under their name the numbers that a newer export has for them.

    >>> numbered(cursor, {"Alder line": "OP-1"})                     # doctest: +SKIP

What is known of a deal stays with it: its facts, and what other lists say of it, go by the number
from then on, also after the export that brought it is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.store.database import Cursor
from domain.tables import TABLES

_NUMBER = "deal_id"
_KEPT = (
    *(
        name
        for into in TABLES
        if _NUMBER in into.names
        for name in (into.name, f"past_{into.name}")
    ),
    "gone_deals",
)


def numbered(cursor: Cursor, named: Mapping[str, str]) -> None:
    """Keep deals under numbers in place of names, inside the caller's transaction."""
    if not named:
        return
    pairs = [[*named], [*named.values()]]
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE numbered AS "
        "SELECT unnest(?::VARCHAR[]) AS name, unnest(?::VARCHAR[]) AS number",
        pairs,
    )
    for kept in _KEPT:
        # Names of our own.
        cursor.execute(
            f'UPDATE "{kept}" SET {_NUMBER} = numbered.number FROM numbered '
            f'WHERE "{kept}".{_NUMBER} = numbered.name'
        )
    cursor.execute("DROP TABLE numbered")
