"""Recall how a header was read before, and the names that were seen.

>>> remembered(store, "date|amount").table         # doctest: +SKIP
'orders'
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from data.facts.canonical_names import NAMED, REGISTERS
from data.facts.standing import split
from data.matching import similar_headers
from data.staging import moves
from data.store import known_values
from data.store.database import Store
from data.values.header_text import short_shape

# What answers say of one file alone.
_OF_ONE_FILE = ("/year", "/gone", "/reused", "/again", "/part", "/unknown_orders", moves.KEY)
_MOST = 20_000  # names of a kind: enough to know a column by, and quickly looked up
# Columns of words, and the tables that they are known from.
_WORDS = {
    "stage": ("deals",),
    "source": ("deals", "leads"),
    "region": ("orders", "customers", "reps"),
    "channel": ("orders", "deals"),
    "campaign": ("orders", "deals", "leads"),
    "category": ("orders", "products"),
    "industry": ("customers",),
    "partner": ("orders",),
    "team": ("reps",),
    "lost_reason": ("deals",),
    "competitor": ("deals",),
}


@dataclass(frozen=True)
class Remembered:
    """A confirmed reading of one shape of header."""

    table: str
    mapping: dict[str, int]
    answers: dict[str, str]


def remembered(store: Store, header_shape: str) -> Remembered | None:
    """Return how a header of this shape was read the last time, if ever.

    Otherwise, how the most similar one was: the same columns in another order, one more or one
    less. The positions are those of this header.
    """
    rows = store.rows(
        "SELECT table_name, mapping, answers FROM mappings WHERE shape IN (?, ?)",
        [header_shape, short_shape(header_shape)],
    )
    if rows:
        table_name, mapping, answers = rows[0]
        said, _of_the_file = split(json.loads(answers))
        return Remembered(table_name, json.loads(mapping), said)
    return _nearly_the_same(store, header_shape)


def recalled(before: Remembered | None, table_name: str | None) -> dict[str, str]:
    """Return the answers that hold for the next file of the shape, too."""
    if before is None or before.table != table_name:
        return {}
    # The year of "3月" is another one in the next file, and so are the orders that it lacks, the
    # people who moved and the shop that has its numbers.
    return {name: said for name, said in before.answers.items() if not name.endswith(_OF_ONE_FILE)}


def _nearly_the_same(store: Store, header_shape: str) -> Remembered | None:
    """Return the most similar mapping; ties go to the newest."""
    candidates = [
        (similar_headers.likeness(shape, header_shape), shape, table_name, mapping, answers)
        for shape, table_name, mapping, answers in store.rows(
            "SELECT shape, table_name, mapping, answers FROM mappings ORDER BY saved_at DESC"
        )
    ]
    for likeness, shape, table_name, mapping, answers in sorted(
        candidates, key=lambda candidate: -candidate[0]
    ):
        if likeness < similar_headers.ENOUGH:
            break
        placed = similar_headers.moved(shape, header_shape, table_name, json.loads(mapping))
        if placed is not None:
            saved_answers = json.loads(answers)
            return Remembered(
                table_name,
                placed,
                {c: a for c, a in saved_answers.items() if c.split("/")[0] in placed},
            )
    return None


def known_names(store: Store) -> dict[str, set[str]]:
    """Return names seen before, which help to recognise columns.

    Under "products", "customers" and "reps": the registers, or the names in the facts if a
    register is empty; and the words of columns such as "stage" and "region".
    """

    def names(column: str, tables: Iterable[str]) -> set[str]:
        return set(known_values.used(store, column, tables, _MOST))

    known = {column: names(column, tables) for column, tables in _WORDS.items()}
    for kind, register in REGISTERS.items():
        known[register] = names(kind, [register]) or names(kind, NAMED[kind])
    return known
