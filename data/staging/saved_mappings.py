"""What the user has taught: how a shape of header is read, and the names seen before.

>>> remembered(store, "date|amount").table         # doctest: +SKIP
'orders'
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from data.facts.canonical_names import NAMED, REGISTERS
from data.matching import similar_headers
from data.store.database import Store
from data.values.header_text import short_shape

_MOST = 20_000  # names of a kind: enough to know a column by, and quickly looked up
_WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "stage": (("deals", "stage"),),
    "source": (("deals", "source"), ("leads", "source")),
    "region": (("orders", "region"), ("customers", "region"), ("reps", "region")),
    "channel": (("orders", "channel"), ("deals", "channel")),
    "campaign": (("orders", "campaign"), ("deals", "campaign"), ("leads", "campaign")),
    "category": (("orders", "category"), ("products", "category")),
    "industry": (("customers", "industry"),),
    "partner": (("orders", "partner"),),
    "team": (("reps", "team"),),
    "lost_reason": (("deals", "lost_reason"),),
    "competitor": (("deals", "competitor"),),
}


@dataclass(frozen=True)
class Remembered:
    """A confirmed reading of one shape of header."""

    table: str
    mapping: dict[str, int]
    answers: dict[str, str]


def remembered(store: Store, header_shape: str) -> Remembered | None:
    """How a header of this shape was read the last time, if ever.

    Failing that, how the one most like it was: the same columns in another
    order, one more or one less. The positions are those of this header.
    """
    found = store.rows(
        "SELECT table_name, mapping, answers FROM mappings WHERE shape IN (?, ?)",
        [header_shape, short_shape(header_shape)],
    )
    if found:
        table_name, mapping, answers = found[0]
        return Remembered(table_name, json.loads(mapping), json.loads(answers))
    return _nearly_the_same(store, header_shape)


def _nearly_the_same(store: Store, header_shape: str) -> Remembered | None:
    """Of several as alike the newest."""
    kept = [
        (similar_headers.likeness(shape, header_shape), shape, table_name, mapping, answers)
        for shape, table_name, mapping, answers in store.rows(
            "SELECT shape, table_name, mapping, answers FROM mappings ORDER BY saved_at DESC"
        )
    ]
    for likeness, shape, table_name, mapping, answers in sorted(kept, key=lambda one: -one[0]):
        if likeness < similar_headers.ENOUGH:
            break
        placed = similar_headers.moved(shape, header_shape, table_name, json.loads(mapping))
        if placed is not None:
            told = json.loads(answers)
            return Remembered(
                table_name, placed, {c: a for c, a in told.items() if c.split("/")[0] in placed}
            )
    return None


def known_names(store: Store) -> dict[str, set[str]]:
    """Names seen before, by which a column is told: the registers "products", "customers"
    and "reps", with the names the facts use where a register is empty; and the words of
    the columns "stage", "source", "region" and the like."""
    found = _registers(store)
    for kind, register in REGISTERS.items():
        found[register] |= set() if found[register] else _used(store, NAMED[kind])
    return found | {column: _used(store, places) for column, places in _WORDS.items()}


def _used(store: Store, places: Sequence[tuple[str, str]]) -> set[str]:
    """The names in some columns of the facts, the commonest if there are very many."""
    all_of_them = " UNION ALL ".join(
        f'SELECT "{column}" AS name FROM "{table}"'  # noqa: S608 (names of our own)
        for table, column in places
    )
    rows = store.rows(
        f"SELECT name FROM ({all_of_them}) WHERE name IS NOT NULL "  # noqa: S608
        f"GROUP BY name ORDER BY count(*) DESC LIMIT {_MOST}"
    )
    return {name for (name,) in rows}


def _registers(store: Store) -> dict[str, set[str]]:
    return {
        register: {
            name
            for (name,) in store.rows(
                f'SELECT DISTINCT "{kind}" FROM "{register}"'  # noqa: S608 (names of our own)
            )
            if name is not None
        }
        for kind, register in REGISTERS.items()
    }
