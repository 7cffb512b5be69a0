"""Ask whether people whose team differs from the known one have moved, or were listed wrongly.

>>> questions(draft)                                # doctest: +SKIP
[Question(column='rep', header='Sales Rep', kind='moved', options=('moved', 'corrected'), ...)]

A list without days says who is where, and not since when. Taken as since ever, it would give
the sales of all past months to the new team. `data.staging.stays` finds the people.
"""

from __future__ import annotations

from datetime import date

from data.cleaning.people import NOBODY, Register
from data.cleaning.summary import Question
from data.staging import two_places
from data.staging.draft import Draft
from data.staging.people import Stay

KEY = "rep/moved"
MOVED, CORRECTED = "moved", "corrected"
_NOBODY = "—"


def questions(draft: Draft) -> list[Question]:
    """Ask about all people whose team, manager or region differs, unless it was answered."""
    changed = [stay for stay in _stays(draft) if stay.changes]
    if not changed or draft.sheet is None or is_answered(draft):
        return []
    samples = []
    for stay in changed:
        new = " / ".join(after or _NOBODY for _before, after in stay.changes)
        pairs = "; ".join(f"{before} → {after or _NOBODY}" for before, after in stay.changes)
        since = f" ({stay.begins.isoformat()} →)" if stay.begins else ""
        samples.append(
            (f"{stay.rep} · {new}", (f"{pairs} ({stay.moves_on.isoformat()} →)", f"{new}{since}"))
        )
    # Somebody who came later in that month has moved on that later day.
    first = min(stay.moves_on for stay in changed)
    header = draft.sheet.header[draft.mapping["rep"]]
    return [Question("rep", header, "moved", (MOVED, CORRECTED), tuple(samples), first.isoformat())]


def is_answered(draft: Draft) -> bool:
    return draft.answers.get(KEY) in (MOVED, CORRECTED)


def from_dates(draft: Draft) -> dict[str, date]:
    """Return the day from which the row of a person holds, where it holds not since ever.

    A row that says nothing new belongs to the stay that is known, and so does a correction.
    """
    moved = draft.answers.get(KEY) == MOVED
    days = {
        stay.rep: stay.moves_on if stay.changes and moved else stay.begins for stay in _stays(draft)
    }
    return {rep: day for rep, day in days.items() if day}


def register_of(draft: Draft) -> Register:
    """Return what becomes of the people in a list of them; nothing for another table."""
    if draft.table != "reps":
        return NOBODY
    leavers = draft.people.leavers
    return Register(
        from_dates(draft),
        two_places.passed_over(draft),
        leavers.days,
        leavers.header,
        leavers.unknown,
        draft.people.first_stays,
    )


def _stays(draft: Draft) -> tuple[Stay, ...]:
    """Return the stays, while the draft is still a list of people."""
    return draft.people.stays if draft.table == "reps" and "rep" in draft.mapping else ()
