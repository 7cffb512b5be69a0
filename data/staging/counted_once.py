"""Have records that come in two forms count once, as the user says.

    >>> given_up(draft)                                          # doctest: +SKIP
    GivenUp(rows=frozenset(), known=('1001', '1002'))

Orders and their lines, the exports of an ERP and of a CRM: where both have the same records,
those of one count. Which records these are is found in `data.staging.order_shapes` and
`data.staging.other_numbers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.findings import BOTH, FILE, KNOWN, GivenUp
from data.staging.number_ways import COMPARED

SHAPE, NUMBERS, DAYS, PARTS, NAMES = "shape", "numbers", "days", "parts", "names"
_SAMPLES = 3


class Sums(NamedTuple):
    """What is at stake of a record: its amount in the file and that known before."""

    text: str
    mine: Decimal
    known: Decimal


def asking(draft: Draft, what: str, options: tuple[str, ...], sums: Sequence[Sums]) -> Question:
    """Ask which records count; `what` says what differs: shape, numbers, days or parts."""
    assert draft.sheet and draft.table
    columns = COMPARED[draft.table]
    column = next(name for name in (columns.key, columns.day) if name in draft.mapping)
    whole = Sums(
        "", sum((s.mine for s in sums), Decimal(0)), sum((s.known for s in sums), Decimal(0))
    )
    samples = tuple(
        (one.text, tuple(f"{_counted(one, option):f}" for option in options))
        for one in (whole, *sums[:_SAMPLES])
    )
    header = draft.sheet.header[draft.mapping[column]]
    return Question(column, header, "again", options, samples, f"{what}:{len(sums)}")


def _counted(sums: Sums, option: str) -> Decimal:
    return {FILE: sums.mine, KNOWN: sums.known, BOTH: sums.mine + sums.known}[option]


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about records in another form, and about lines that lack."""
    both = (draft.again.standing(draft.mapping), _of_selection(draft))
    return [
        question
        for question in both
        if question and draft.answers.get(question.key) not in question.options
    ]


def _of_selection(draft: Draft) -> Question | None:
    if draft.selection is None or "order_id" not in draft.mapping:
        return None
    return draft.selection.question


def given_up(draft: Draft) -> GivenUp:
    """Return what does not count, by the answer and by what is settled without one."""
    return draft.again.given_up(draft.answers, draft.mapping)
