"""Find who has left in a list of people that says so in a word, and not when.

    >>> found(store, draft, people, day, today)                              # doctest: +SKIP
    Leavers(header='Status', days={'Bo Reed': date(2026, 3, 30)})

Nobody knows the day: the person was no longer there on that of the list. So the day before is
taken, unless an earlier list has said that the person had left; the result says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from data.facts import person_names
from data.staging import readings
from data.staging.draft import Draft
from data.staging.people import Leavers
from data.store.database import Store
from data.values import employment
from data.values.columns import distinct, plain, trimmed
from data.values.numbers import is_blank

# Texts of a column that may be one of states; a list of names has more.
_MOST_WORDS = 20
_KNOWN = 0.5  # of the rows


def found(
    store: Store,
    draft: Draft,
    people: Sequence[tuple[int, str, str]],
    day: date,
    today: date,
) -> Leavers:
    """Return who has left, by the first column that says it or by their names.

    `people` are the position, the person and the name of each row; `day` is that of the list.
    """
    at = _column(draft)
    assert draft.sheet
    header = draft.sheet.header[draft.mapping["rep"] if at is None else at]
    cells = [] if at is None else plain(trimmed(draft.sheet.rows[str(at)])).to_pylist()
    # A day that the list has itself needs no other.
    days_here = readings.days(draft, ["left_date"], today).get("left_date")
    written = [] if days_here is None else days_here.to_pylist()
    dated = {person for position, person, _name in people if written and written[position]}
    gone: dict[str, set[str]] = {}
    here: set[str] = set()
    unknown: dict[str, None] = {}
    for position, person, name in people:
        text = cells[position] if cells else None
        said = None if text is None or is_blank(text) else employment.said(header, text)
        if said == "left" or (said is None and person_names.has_left(name)):
            gone.setdefault(person, set()).add(name)
        else:
            here.add(person)
        if text and not is_blank(text) and said is None:
            unknown[text] = None
    left = {person: names for person, names in gone.items() if person not in here | dated}
    days = _known_days(store, [*left], day) if left else {}
    return Leavers(
        header,
        {name: days[person] for person, names in left.items() for name in sorted(names)},
        tuple(unknown),
    )


def _column(draft: Draft) -> int | None:
    """Return the position of the column that says who has left; None without one.

    Most of its words have to be known, and one has to say that somebody has left: a column in
    which all are active tells nothing.
    """
    assert draft.sheet
    for at, header in enumerate(draft.sheet.header):
        if at in draft.mapping.values() or not employment.about_people(header):
            continue
        cells = trimmed(draft.sheet.rows[str(at)])
        words = [text for text in distinct(cells).to_pylist() if not is_blank(text)]
        said = [employment.said(header, word) for word in words[: _MOST_WORDS + 1]]
        if "left" not in said or len(words) > _MOST_WORDS:
            continue
        if sum(one is not None for one in said) >= _KNOWN * len(words):
            return at
    return None


def _known_days(store: Store, people: Sequence[str], day: date) -> Mapping[str, date]:
    """Return the last day of each: one that is known already, else the day before the list's."""
    before = day - timedelta(days=1)
    known = dict(
        store.rows(
            "SELECT rep, min(left_date) FROM reps "
            "WHERE list_contains(?, rep) AND left_date < ? GROUP BY rep",
            [list(people), before],
        )
    )
    return {person: known.get(person, before) for person in people}
