"""Put sheets that were read again, in another encoding, in the place of what they were before.

>>> drafts = reread(store, drafts, read, content, today)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from data.staging import review
from data.staging.draft import Draft
from data.store.database import Store


def reread(
    store: Store, drafts: Sequence[Draft], read: Sequence[Draft], content: str, today: date
) -> list[Draft]:
    """Return `drafts` with those of one file, by the hash of its bytes, as they were `read` now.

    What the user has said of a sheet stays where it still is the same table with as many columns.
    A sheet that can no longer be read stays as it was.
    """
    anew = {draft.sheet_name: draft for draft in read if draft.content == content and draft.sheet}
    changed = [
        _with_answers(anew[draft.sheet_name], draft)
        if draft.content == content and draft.sheet_name in anew
        else draft
        for draft in drafts
    ]
    return [
        review.placed(store, draft, today, changed) if draft is not before else draft
        for draft, before in zip(changed, drafts, strict=True)
    ]


def _with_answers(draft: Draft, before: Draft) -> Draft:
    if not (draft.sheet and before.sheet) or draft.table != before.table:
        return draft
    if len(draft.sheet.header) != len(before.sheet.header):
        return draft
    return replace(
        draft,
        mapping=before.mapping,
        answers=before.answers,
        take=before.take,
        as_of=before.as_of,
        twice=before.twice,
    )
