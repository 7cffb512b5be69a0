"""Say how the numbers of a draft are told from the same numbers of other records.

    >>> way_of(draft)                                            # doctest: +SKIP
    'name:shopb'

Whether they are is found in `data.staging.reused_numbers`, and asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from data.cleaning.apart import Apart
from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.findings import BOTH, ByName

# The answer that the file has newer versions of the known records; any other is a way to tell.
NEWER = "newer"
_KEY = "reused"
# What a question about the numbers of other lists is about, and its options.
MEANT, FIRST, OF = "meant", "first", "of"


class Compared(NamedTuple):
    """The columns that say what a record is: its number, its words, its day, its amount."""

    key: str
    words: tuple[str, ...]
    day: str
    amount: str | None


# The tables whose records have a number that a system or people give them, and that are kept one
# by one.
COMPARED: Mapping[str, Compared] = {
    "orders": Compared("order_id", ("customer",), "order_date", "amount"),
    "contracts": Compared("contract_id", ("customer",), "signed_date", "amount"),
    "payments": Compared("payment_id", ("customer",), "payment_date", "amount"),
    "deals": Compared("deal_id", ("customer", "deal_name"), "created_date", "amount"),
    "leads": Compared("lead_id", ("customer",), "created_date", None),
    # Spend has no numbers: what both lists call it tells.
    "spend": Compared("", ("campaign",), "date", "amount"),
    "activities": Compared("activity_id", ("customer", "rep"), "activity_date", None),
}


def key_of(draft: Draft) -> str:
    """Return under which name the answer about a draft's numbers is kept; "" if it has none."""
    columns = COMPARED.get(draft.table or "")
    return f"{columns.key}/{_KEY}" if columns and columns.key in draft.mapping else ""


def way_of(draft: Draft) -> str:
    """Return how the numbers of a draft are told apart; "" where they stand as they are."""
    answer = draft.answers.get(key_of(draft), NEWER)
    return "" if answer == NEWER else answer


def apart(draft: Draft) -> Apart | None:
    """Return what typing needs to tell the numbers of a draft apart; None where it need not."""
    if not key_of(draft) or not (way_of(draft) or draft.own_numbers):
        return None
    columns = COMPARED[draft.table or ""]
    return Apart(columns.key, columns.day, way_of(draft), draft.own_numbers)


def by_name(draft: Draft, unless: str = BOTH) -> ByName:
    """Return which deals of a draft are here by name; without an answer, as by `unless`."""
    return draft.by_name.settled(draft.answers, unless)


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about numbers that other records have too."""
    asked = [
        question
        for question in draft.references.questions
        if question.column in draft.mapping
        and draft.answers.get(question.key) not in question.options
    ]
    named = draft.by_name.question
    if named and named.column in draft.mapping and named.key not in draft.answers:
        asked.append(named)
    question = draft.reused
    if question is None or question.key != key_of(draft) or question.key in draft.answers:
        return asked
    return [question, *asked]


def meant(draft: Draft) -> dict[str, dict[int, str]]:
    """Return by column and position of a row the number of the record that the row means."""
    by_column = draft.references.meant(draft.answers)
    meant = {name: by_row for name, by_row in by_column.items() if name in draft.mapping and by_row}
    # A list of deals without numbers gets those of the deals that it names.
    numbers = dict(by_name(draft).numbers)
    return {**meant, "deal_id": numbers} if numbers else meant


def decided(draft: Draft) -> tuple[str, dict[str, dict[int, str]], ByName]:
    """Return what the answers about numbers decide."""
    return way_of(draft), meant(draft), by_name(draft)
