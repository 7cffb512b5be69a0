"""Recall how a header was read before.

>>> remembered(memory.readings, "date|amount").table         # doctest: +SKIP
'orders'
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.facts.memory import Saved
from data.facts.standing import STATED, split
from data.matching import similar_headers
from data.staging import moves, two_places, word_meanings
from data.values.header_text import parts, short_shape

# What answers say of one file alone.
_OF_ONE_FILE = (
    "/year",
    "/gone",
    "/reused",
    "/again",
    "/part",
    "/unknown_orders",
    "/kept",
    "/namesakes",
    # One answer about all the words, levels or people that were too many to ask about each.
    f"/word/{word_meanings.REST}",
    f"/level/{word_meanings.REST}",
    f"/place/{two_places.ALL}",
    moves.KEY,
)


@dataclass(frozen=True)
class Remembered:
    """A confirmed reading of one shape of header.

    `stated` is what the file stated of which the answers are; empty where nobody kept it. `added`
    are the headers, as shapes have them, that the file did not have.
    """

    table: str
    mapping: dict[str, int]
    answers: dict[str, str]
    stated: Mapping[str, str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()


def remembered(readings: Sequence[Saved], header_shape: str) -> Remembered | None:
    """Return how a header of this shape was read the last time, if ever.

    Otherwise, how the most similar one was: the same columns in another order, one more or one
    less. The positions are those of this header.
    """
    for shape in (header_shape, short_shape(header_shape)):
        for one in readings:
            if one.shape == shape:
                answers = json.loads(one.answers)
                said, _of_the_file = split(answers)
                return Remembered(one.table, json.loads(one.mapping), said, _stated(answers))
    return _nearly_the_same(readings, header_shape)


def recalled(before: Remembered | None, table_name: str | None) -> dict[str, str]:
    """Return the answers that hold for the next file of the shape, too."""
    if before is None or before.table != table_name:
        return {}
    # The year of "3月" is another one in the next file, and so are the orders that it lacks, the
    # people who moved, those who share a name and the shop that has its numbers.
    return {name: said for name, said in before.answers.items() if not name.endswith(_OF_ONE_FILE)}


def _nearly_the_same(readings: Sequence[Saved], header_shape: str) -> Remembered | None:
    """Return the most similar mapping; ties go to the newest."""
    by_likeness = [(similar_headers.likeness(one.shape, header_shape), one) for one in readings]
    for likeness, one in sorted(by_likeness, key=lambda candidate: -candidate[0]):
        if likeness < similar_headers.ENOUGH:
            break
        placed = similar_headers.moved(one.shape, header_shape, one.table, json.loads(one.mapping))
        if placed is not None:
            answers = json.loads(one.answers)
            kept = {
                column: said for column, said in answers.items() if column.split("/")[0] in placed
            }
            added = frozenset(parts(header_shape)) - set(parts(one.shape))
            return Remembered(one.table, placed, kept, _stated(answers), added)
    return None


def _stated(answers: Mapping[str, str]) -> dict[str, str]:
    return {name: said for name, said in answers.items() if name.startswith(STATED)}
