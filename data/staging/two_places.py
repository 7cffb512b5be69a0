"""Ask which row holds of people who stand in several rows of a list, with different teams.

    >>> questions(draft)                                # doctest: +SKIP
    [Question(column='rep', header='Sales Rep', kind='place', options=('North', 'South'), ...)]

A person is in one team at a time: all that was sold in it counts there. Rows that only say
more than others are no doubt: the fullest one holds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.people import TwoPlaces
from data.store.database import Store

FIRST, LAST = "first", "last"
# One question for all, where too many people stand in several rows to ask about each.
ALL = "*"
_MOST, _SAMPLES = 5, 10
_NOWHERE = "—"

Words = Mapping[str, str | None]
# Of each row with a name: its position, its person, the name as written, its day, its words.
Row = tuple[int, str, str, date | None, Words]


def found(store: Store, rows: Sequence[Row]) -> tuple[TwoPlaces, ...]:
    """Return the people who stand in several rows that say different things."""
    groups: dict[tuple[str, date | None], list[Row]] = {}
    for row in rows:
        groups.setdefault((row[1], row[3]), []).append(row)
    several = [group for group in groups.values() if len({_folded(row[4]) for row in group}) > 1]
    sold = _sold(store, [row[2] for group in several for row in group])
    return tuple(_two_places(group, sold) for group in several)


def _two_places(group: Sequence[Row], sold: Mapping[str, str]) -> TwoPlaces:
    names = list(dict.fromkeys(row[2] for row in group))
    return TwoPlaces(
        names[-1],
        tuple(row[0] for row in group),
        tuple(_place(row[4]) for row in group),
        _fullest(group),
        "; ".join(sold[name] for name in names if name in sold),
    )


def _fullest(group: Sequence[Row]) -> int | None:
    """Return the last row that says all that the others do; None if there is none."""
    said = [{(name, _fold(text)) for name, text in row[4].items() if text} for row in group]
    whole = set[tuple[str, str]]().union(*said)
    return next(
        (row[0] for row, own in zip(group[::-1], said[::-1], strict=True) if own == whole), None
    )


def _sold(store: Store, names: Sequence[str]) -> dict[str, str]:
    """Return what each of the people has sold, by currency, from which month to which."""
    if not names:
        return {}
    rows = store.rows(
        "SELECT rep, coalesce(currency, ''), sum(amount), min(order_date), max(order_date) "
        "FROM orders WHERE list_contains(?, rep) AND status IS DISTINCT FROM 'cancelled' "
        "AND order_date IS NOT NULL GROUP BY ALL HAVING sum(amount) <> 0 ORDER BY ALL",
        [list(names)],
    )
    sold: dict[str, list[str]] = {}
    for rep, currency, amount, first, last in rows:
        money = " ".join(filter(None, (f"{amount:,.2f}", currency)))
        sold.setdefault(rep, []).append(f"{money} ({first:%Y-%m} – {last:%Y-%m})")
    return {rep: ", ".join(parts) for rep, parts in sold.items()}


def questions(draft: Draft) -> list[Question]:
    """Ask about each person, or about all together; not where it was answered."""
    asked = [_about_all(draft)] if len(_doubtful(draft)) > _MOST else _about_each(draft)
    return [q for q in asked if draft.answers.get(q.key) not in q.options]


def _about_each(draft: Draft) -> list[Question]:
    return [
        Question("rep", _header(draft), "place", options, ((_stake(one), options),), one.rep)
        for one in _doubtful(draft)
        for options in [_options(one)]
    ]


def _options(one: TwoPlaces) -> tuple[str, ...]:
    """Return the places, each once in its first spelling."""
    spelt: dict[str, str] = {}
    for place in one.places:
        spelt.setdefault(_fold(place), place)
    return tuple(spelt.values())


def _about_all(draft: Draft) -> Question:
    samples = tuple(
        (_stake(one), (one.places[0], one.places[-1])) for one in _doubtful(draft)[:_SAMPLES]
    )
    return Question("rep", _header(draft), "place", (FIRST, LAST), samples, ALL)


def passed_over(draft: Draft) -> frozenset[int]:
    """Return the positions of rows that another row of their person overrules."""
    if draft.table != "reps":
        return frozenset()
    over: set[int] = set()
    together = draft.answers.get(f"rep/place/{ALL}") if len(_doubtful(draft)) > _MOST else None
    for one in draft.people.twice:
        kept = one.fullest if one.fullest is not None else _answered(draft, one, together)
        if kept is not None:
            over |= set(one.rows) - {kept}
    return frozenset(over)


def _answered(draft: Draft, one: TwoPlaces, together: str | None) -> int | None:
    """Return the row that the user has named, the last one of those with the same words."""
    if together in (FIRST, LAST):
        return one.rows[0] if together == FIRST else one.rows[-1]
    answer = draft.answers.get(f"rep/place/{one.rep}")
    places = list(zip(one.rows[::-1], one.places[::-1], strict=True))
    # Of one place in two spellings, that of the answer.
    places.sort(key=lambda row: row[1] != answer)
    return next((row for row, place in places if _fold(place) == _fold(answer or "")), None)


def _doubtful(draft: Draft) -> list[TwoPlaces]:
    if draft.table != "reps" or "rep" not in draft.mapping:
        return []
    return [one for one in draft.people.twice if one.fullest is None]


def _header(draft: Draft) -> str:
    assert draft.sheet
    return draft.sheet.header[draft.mapping["rep"]]


def _stake(one: TwoPlaces) -> str:
    return f"{one.rep}: {one.sold}" if one.sold else one.rep


def _place(words: Words) -> str:
    return " / ".join(text or _NOWHERE for text in words.values())


def _folded(words: Words) -> tuple[str, ...]:
    return tuple(_fold(text) for text in words.values())


def _fold(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold().strip()
