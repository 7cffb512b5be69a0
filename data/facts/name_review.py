"""Ask about names in the facts that are probably the same; keep answers and take them back.

    >>> for question in name_suggestions(store):
    ...     answer_name(store, question, accepted=True)
    >>> answered(store)[0].accepted
    True

Where a list of products, customers or reps is here, it says which name is right;
elsewhere the one written more often is. The facts keep what was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.facts import decisions, fuzzy_names
from data.facts.canonical_names import PLACES, REGISTERS
from data.store import known_values
from data.store.database import Store


@dataclass(frozen=True)
class NameQuestion:
    """Is `name`, written in `rows` rows, the same as `suggestion`?

    `listed` is whether a register has the suggestion.
    """

    kind: str
    name: str
    suggestion: str
    score: float
    rows: int
    listed: bool = True


@dataclass(frozen=True)
class NameAnswer:
    """An answer: `name` is read as `canonical`, or is something else."""

    kind: str
    name: str
    canonical: str
    accepted: bool


def name_suggestions(store: Store) -> list[NameQuestion]:
    """Return names that nearly match a registered or a more common one; best first."""
    questions = [question for kind in REGISTERS for question in _of_kind(store, kind)]
    return sorted(
        questions,
        key=lambda question: (-question.score, -question.rows, question.kind, question.name),
    )


def answer_name(store: Store, question: NameQuestion, *, accepted: bool) -> None:
    """Keep an answer; an accepted name is read as the suggestion from now on.

    Names that were read as `question.name` follow it.
    """
    answer_names(store, [question], accepted=accepted)


def answer_names(store: Store, questions: Sequence[NameQuestion], *, accepted: bool) -> None:
    """Give several questions the same answer at once."""
    canonical = {
        (answer.kind, answer.name): answer.canonical
        for answer in answered(store)
        if answer.accepted
    }
    with store.writing("facts") as cursor:
        for question in questions:
            kind, name, suggestion = question.kind, question.name, question.suggestion
            right = canonical.get((kind, suggestion), suggestion)
            if not accepted:
                decisions.decide_name(cursor, kind, name, suggestion, False)
            elif right != name:
                led = [
                    other
                    for (of_kind, other), to in canonical.items()
                    if (of_kind, to) == (kind, name)
                ]
                for renamed in (name, *led):
                    decisions.decide_name(cursor, kind, renamed, right, True)
                    canonical[kind, renamed] = right


def answered(store: Store) -> list[NameAnswer]:
    """Return every answer, the latest first."""
    return [
        NameAnswer(*row)
        for row in store.rows(
            "SELECT kind, name, canonical, accepted FROM aliases ORDER BY decided_at DESC, name"
        )
    ]


def take_back(store: Store, answer: NameAnswer) -> None:
    """Forget an answer: names stand as written again, and may be asked about again."""
    with store.writing("facts") as cursor:
        if answer.accepted:
            decisions.decide_name(cursor, answer.kind, answer.name, answer.canonical, False)
        cursor.execute(
            "DELETE FROM aliases WHERE kind = ? AND name = ? AND canonical = ?",
            [answer.kind, answer.name, answer.canonical],
        )


def _of_kind(store: Store, kind: str) -> list[NameQuestion]:
    used, register = _used(store, kind), set(known_values.used(store, kind, [REGISTERS[kind]]))
    refused = {
        (answer.name, answer.canonical)
        for answer in answered(store)
        if answer.kind == kind and not answer.accepted
    }
    people = kind == "rep"
    near = fuzzy_names.suggest(set(used) - register, register, refused, people) if register else []
    matched = {match.name for match in near}
    rest = {name: rows for name, rows in used.items() if name not in register | matched}
    groups = [(True, near), (False, fuzzy_names.twins(rest, refused, people))]
    if people:
        # Names of people are told apart by nothing else; two products may be as near.
        listed = {name: used.get(name, 0) for name in register}
        alike = fuzzy_names.twins(listed, refused, people)
        groups.append((True, [match for match in alike if match.score >= fuzzy_names.ALIKE]))
    return [
        NameQuestion(
            kind, match.name, match.suggestion, match.score, used.get(match.name, 0), is_listed
        )
        for is_listed, matches in groups
        for match in matches
    ]


def _used(store: Store, kind: str) -> dict[str, int]:
    """Return the names of a kind outside of their register, and how many rows have each."""
    every = " UNION ALL ".join(
        # Names of our own.
        f'SELECT here."{place.column}" AS name FROM "{place.table}" AS here '
        f"WHERE true{place.condition('here')}"
        for place in PLACES
        if place.kind == kind and (place.table, place.column) != (REGISTERS[kind], kind)
    )
    rows = store.rows(
        f"SELECT name, count(*) FROM ({every}) WHERE name IS NOT NULL "
        "GROUP BY name ORDER BY count(*) DESC, name"
    )
    return dict(rows)
