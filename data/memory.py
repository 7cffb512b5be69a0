"""What the user has taught: how a shape of header is read, which names are the same.

>>> for one in name_suggestions(store):
...     answer_name(store, one, accepted=True)
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from data import landing, names
from data.agreed import NAMED, REGISTERS
from data.store import Store


@dataclass(frozen=True)
class NameQuestion:
    """Is `name`, written in `rows` rows, the same as `suggestion`?"""

    kind: str
    name: str
    suggestion: str
    score: float
    rows: int


@dataclass(frozen=True)
class Remembered:
    """A confirmed reading of one shape of header."""

    table: str
    mapping: dict[str, int]
    answers: dict[str, str]


def remembered(store: Store, header_shape: str) -> Remembered | None:
    """How a header of this shape was read the last time, if ever."""
    found = store.rows(
        "SELECT table_name, mapping, answers FROM mappings WHERE shape = ?", [header_shape]
    )
    if not found:
        return None
    table_name, mapping, answers = found[0]
    return Remembered(table_name, json.loads(mapping), json.loads(answers))


def known_names(store: Store) -> dict[str, set[str]]:
    """The names in the registers of products, customers and reps, by table."""
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


def name_suggestions(store: Store) -> list[NameQuestion]:
    """Names in the facts that are in no register and nearly match one that is."""
    known = known_names(store)
    return [
        question
        for kind, register in REGISTERS.items()
        if known[register]
        for question in _nearly(store, kind, known[register])
    ]


def answer_name(store: Store, question: NameQuestion, *, accepted: bool) -> None:
    """Keep the answer; an accepted name is read as the suggestion from now on."""
    with store.writing("facts") as cursor:
        landing.decide_name(cursor, question.kind, question.name, question.suggestion, accepted)


def _nearly(store: Store, kind: str, known: set[str]) -> list[NameQuestion]:
    places = " UNION ALL ".join(
        f'SELECT "{column}" AS name FROM "{table}"'  # noqa: S608 (names of our own)
        for table, column in NAMED[kind]
    )
    used = dict(
        store.rows(
            f"SELECT name, count(*) FROM ({places}) "  # noqa: S608
            "WHERE name IS NOT NULL GROUP BY name"
        )
    )
    refused = {
        (name, canonical)
        for name, canonical in store.rows(
            "SELECT name, canonical FROM aliases WHERE kind = ? AND NOT accepted", [kind]
        )
    }
    return [
        NameQuestion(kind, one.name, one.suggestion, one.score, used[one.name])
        for one in names.suggest(set(used) - known, known, refused)
    ]
