"""Take a sheet for another table than it was recognised as: its columns are matched again.

>>> taken_as(draft, "payments").table                                # doctest: +SKIP
'payments'
"""

from __future__ import annotations

from dataclasses import replace

from data.facts.memory import Memory, recall
from data.staging import understanding
from data.staging.draft import Draft
from data.store.database import Store


def as_answered(draft: Draft, store: Store) -> Draft:
    """Return the draft as the table that the user said it is, with all other answers kept."""
    chosen = said_to_be(draft)
    if chosen in (None, draft.table):
        return draft
    again = taken_as(draft, chosen, store)
    of_tables = tuple(one for one in draft.choices if one.kind == "table")
    return replace(again, answers=draft.answers, choices=(*of_tables, *again.choices))


def said_to_be(draft: Draft) -> str | None:
    """Return the table that the user said a draft is, where that was asked."""
    for one in draft.choices:
        answer = draft.answers.get(one.key)
        if one.kind == "table" and answer in one.options:
            return answer
    return None


def taken_as(draft: Draft, name: str | None, store: Store | None = None) -> Draft:
    """Return the draft as another table: columns are matched again, old answers are dropped.

    With a `store`, names known there help to match, as when the file was read.
    """
    if name is None or draft.sheet is None:
        return replace(draft, table=None, mapping={}, answers={}, take=False)
    memory = recall(store, [draft.content]) if store else Memory()
    return understanding.taken_as(memory, draft, name)
