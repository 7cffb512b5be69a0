"""Put sheets that were read again, as people chose, in the place of what they were before.

>>> drafts = reread(store, drafts, read, content, today)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from data.staging import review
from data.staging.draft import Draft
from data.store.database import Store


def reread(
    store: Store, drafts: Mapping[int, Draft], read: Sequence[Draft], content: str, today: date
) -> dict[int, Draft]:
    """Return `drafts` with those of one file, by the hash of its bytes, as they were `read` now.

    What the user has said of a sheet stays where it still is the same table with the same header.
    Sheets that are one table now take one place, those that are several the first free ones; a
    sheet that can no longer be read stays as it was, and one that was imported does not return.
    """
    anew = [draft for draft in read if draft.content == content]
    places: dict[int, Draft] = {}
    more: list[Draft] = []
    gone: set[str] = set()
    for place, draft in drafts.items():
        own = [one for one in anew if _of_one_file(draft, one)] if draft.content == content else []
        if not own:
            if not (draft.content == content and draft.tops.keys() & gone):
                places[place] = draft
            continue
        anew = [one for one in anew if one not in own]
        gone |= {sheet for one in own for sheet in one.tops}
        places[place] = _with_answers(own[0], draft)
        more += own[1:]
    first_free = max(drafts, default=-1) + 1
    places |= dict(enumerate(more, start=first_free))
    changed = list(places.values())
    return {
        place: draft if drafts.get(place) is draft else review.placed(store, draft, today, changed)
        for place, draft in places.items()
    }


def _of_one_file(before: Draft, now: Draft) -> bool:
    """Return whether a draft is of a sheet of an earlier one; one of no table has them all."""
    if before.sheet is None:
        return True
    return now.sheet is not None and bool(before.tops.keys() & now.tops.keys())


def _with_answers(draft: Draft, before: Draft) -> Draft:
    if not (draft.sheet and before.sheet) or draft.table != before.table:
        return draft
    if len(draft.sheet.header) != len(before.sheet.header):
        return draft
    if _headers(draft) != _headers(before):
        return draft
    return replace(
        draft,
        mapping=before.mapping,
        answers=before.answers,
        take=before.take,
        as_of=before.as_of,
        twice=before.twice,
    )


def _headers(draft: Draft) -> list[object]:
    return [top.header for top in draft.tops.values()]
