"""The same file once more: whether it would be read as it was, or otherwise.

    >>> seen = before(store.rows, draft.upload.content, draft.sheet.name, draft.table)
    >>> read_alike(store, draft, seen, today=date(2026, 5, 28))
    True

The same file in the same reading changes nothing. In another reading, as when an
answer was wrong, it takes the place of what it was read as.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data.staging.readings import settled

if TYPE_CHECKING:
    from data.staging.draft import Draft
    from data.store.database import Store

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Before:
    """The import of the same sheet that stands: its number and day, and how it was read."""

    import_id: int
    day: date
    mapping: dict[str, int]
    answers: dict[str, str]


def before(rows: Rows, content: str, sheet: str, table: str | None) -> Before | None:
    """The last import of this very sheet as this table, if one stands; `rows` asks the store."""
    found = rows(
        "SELECT import_id, CAST(imported_at AS DATE), mapping, answers FROM imports "
        "WHERE content = ? AND sheet = ? AND table_name = ? AND status = 'active' "
        "ORDER BY import_id DESC LIMIT 1",
        [content, sheet, table or ""],
    )
    if not found:
        return None
    import_id, day, mapping, answers = found[0]
    return Before(import_id, day, json.loads(mapping), json.loads(answers))


def read_alike(store: Store, draft: Draft, seen: Before, today: date) -> bool:
    """Whether the draft would give the rows that it gave before.

    An answer counts as far as it decides something: one that was given to another
    file of the same columns may say nothing of this one.
    """
    if draft.mapping != seen.mapping:
        return False
    if draft.answers == seen.answers:
        return True
    then = replace(draft, answers=seen.answers)
    both = [settled(one, today, store).readings for one in (draft, then)]
    # Which neighbour an answer was taken from does not matter.
    first, second = ({n: replace(r, follows="") for n, r in one.items()} for one in both)
    return first == second
