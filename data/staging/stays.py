"""Find what is known of the people in a list without days: since when each is in which team.

    >>> looked_up(store, draft, today, others=[], seen=None).stays     # doctest: +SKIP
    (Stay(rep='Ann Vale', begins=None, moves_on=date(2026, 3, 1), changes=(('North', 'South'),)),)

Rows that have a day say themselves since when they hold. So do people of whom a list has
several days of beginning, which `data.cleaning.derive` reads as those of stays.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from data.cleaning.reading import Reading
from data.facts.canonical_names import Names, accepted, agreed
from data.facts.standing import Before
from data.staging import leavers, moves, namesakes, readings, two_places
from data.staging.draft import Draft, ahead_of
from data.staging.file_days import day_in_name
from data.staging.people import NOBODY, People, Stay
from data.store.database import Store
from data.values.columns import plain
from domain.tables import table

_PLACES = ("team", "manager", "region")
_COLUMNS = ("rep", "from_date", *_PLACES)
Words = Mapping[str, str | None]
# By person, from the day on which each stay begins, None for since ever: where the person is.
Known = dict[str, dict[date | None, Words]]
# A name, its day if it has one, and where it places the person.
Row = tuple[str, date | None, Words]


def looked_up(
    store: Store, draft: Draft, today: date, others: Sequence[Draft], seen: Before | None
) -> People:
    """Return the known stays to which the rows without days belong, with what they change.

    A stay is that of the file's day, or of the day on which the same file came first. `others`
    are the drafts of the same drop, of which the earlier ones count; `seen` is the import of
    this very file, about to be read again.
    """
    if draft.table != "reps" or "rep" not in draft.mapping or draft.sheet is None:
        return NOBODY
    known, listed_on = _known(store, seen.import_id if seen else None)
    names = accepted(store)
    for other in _earlier(draft, others):
        day = _day(other, today, None)
        stays = _stays(_rows(other, names, today), known, names, day)
        stood = replace(other, people=replace(other.people, stays=stays))
        listed_on |= dict.fromkeys(_add(known, stood, names, today), day)
    day = _day(draft, today, seen)
    every = _every_row(draft, names, today)
    people = [(at, _person(name, names), name) for at, name, _day, _words in every]
    twice = two_places.found(
        store,
        [(at, _person(name, names), name, begins, words) for at, name, begins, words in every],
    )
    draft = replace(draft, people=People(twice=twice))
    rows = _rows(draft, names, today)
    return People(
        _stays(rows, known, names, day),
        twice,
        leavers.found(store, draft, people, day, today),
        _first_stays(rows, known, names, listed_on),
    )


def _day(draft: Draft, today: date, seen: Before | None) -> date:
    return draft.as_of or (seen.day if seen else today)


def _earlier(draft: Draft, others: Sequence[Draft]) -> list[Draft]:
    return [
        other
        for other in ahead_of(draft, others)
        if other.take and other.table == "reps" and "rep" in other.mapping and not other.already
    ]


def _known(store: Store, own_import: int | None) -> tuple[Known, dict[str, date]]:
    """Return the stays of everybody, as if the import `own_import` had not been.

    And the day of the list that has each of those who are in one without a day.
    """
    columns = ", ".join(f"stay.{name}" for name in _COLUMNS)
    rows = store.rows(
        f"SELECT {columns}, file, CAST(imported_at AS DATE) FROM reps AS stay "  # noqa: S608
        "LEFT JOIN imports USING (import_id) WHERE rep IS NOT NULL"
    )
    if own_import is not None:
        facts = agreed(table("reps"), _COLUMNS, "SELECT * FROM fact_reps", ("import_id", "row_no"))
        rows = store.rows(
            # Names of our own; values are parameters.
            f"SELECT {columns}, file, CAST(imported_at AS DATE) FROM ({facts}) AS stay "  # noqa: S608
            "JOIN imports USING (import_id) "
            "WHERE imports.status = 'active' AND import_id <> ? AND rep IS NOT NULL "
            "QUALIFY row_number() OVER "
            "(PARTITION BY rep, from_date ORDER BY import_id DESC, row_no DESC) = 1",
            [own_import],
        )
    known: Known = {}
    listed_on: dict[str, date] = {}
    for rep, begins, *words, file, imported_on in rows:
        known.setdefault(rep, {})[begins] = dict(zip(_PLACES, words, strict=True))
        if begins is None and (day := day_in_name(file or "") or imported_on):
            listed_on[rep] = day
    return known, listed_on


def _stays(rows: Sequence[Row], known: Known, names: Names, day: date) -> tuple[Stay, ...]:
    undated = {name: words for name, begins, words in rows if begins is None}
    dated = {_person(name, names) for name, begins, _words in rows if begins is not None}
    # Of the rows of one person, under any of the names, the last one counts.
    last = {_person(name, names): words for name, words in undated.items()}
    stays = []
    for name in undated:
        person = _person(name, names)
        if person not in known or person in dated:
            continue
        begins, place = _held(known[person], day)
        changes = _changes(place, last[person])
        if changes or begins:
            moves_on = max(day.replace(day=1), begins or date.min)
            stays.append(Stay(name, begins, moves_on, changes))
    return tuple(stays)


def _changes(known: Words, words: Words) -> tuple[tuple[str, str | None], ...]:
    return tuple(
        (old, new)
        for column, new in words.items()
        if (old := known.get(column)) and _folded(old) != _folded(new)
    )


def _first_stays(
    rows: Sequence[Row], known: Known, names: Names, listed_on: Mapping[str, date]
) -> tuple[str, ...]:
    """Return those of whom a list without days knew one of the stays of this one, not the first.

    What that list said is said with its day here, so that it tells nothing of the time before.
    """
    stays_of: dict[str, dict[date | None, Words]] = {}
    name_of = {}
    for name, begins, words in rows:
        person = _person(name, names)
        stays_of.setdefault(person, {})[begins] = words
        name_of[person] = name
    first = []
    for person, stays in stays_of.items():
        before, day = known.get(person, {}).get(None), listed_on.get(person)
        if before is None or day is None or None in stays:
            continue
        begins, words = _held(stays, day)
        earliest = min(begun for begun in stays if begun)
        if begins and earliest < begins <= day and not _changes(before, words):
            first.append(name_of[person])
    return tuple(first)


def _held(stays: Mapping[date | None, Words], day: date) -> tuple[date | None, Words]:
    """Return the stay on a day with its beginning; before the first known one, that one."""
    in_order = sorted(stays.items(), key=lambda stay: stay[0] or date.min)
    begun = [stay for stay in in_order if stay[0] is None or stay[0] <= day]
    return begun[-1] if begun else in_order[0]


def _add(known: Known, draft: Draft, names: Names, today: date) -> list[str]:
    """Add what a draft says to what is known; not what it leaves open.

    Return the people whom it has without a day.
    """
    begins_of = moves.from_dates(draft)
    changed = {stay.rep for stay in draft.people.stays if stay.changes}
    is_open = bool(moves.questions(draft))
    undated = []
    for name, begins, words in _rows(draft, names, today):
        if not (is_open and name in changed):
            stays = known.setdefault(_person(name, names), {})
            day = begins or begins_of.get(name)
            stays[day] = {**dict.fromkeys(_PLACES), **stays.get(day, {}), **words}
            undated += [] if day else [_person(name, names)]
    return undated


def _rows(draft: Draft, names: Names, today: date) -> list[Row]:
    """Return each row's name, its day if it has one, and where it places the person.

    Not the rows that another one of the person overrules.
    """
    over = two_places.passed_over(draft)
    return [
        (name, begins, words)
        for at, name, begins, words in _every_row(draft, names, today)
        if at not in over
    ]


def _every_row(
    draft: Draft, names: Names, today: date
) -> list[tuple[int, str, date | None, dict[str, str | None]]]:
    """Return the rows with a name: position, name, day if it has one, place of the person."""
    columns = [name for name in _PLACES if name in draft.mapping]
    people, *places = (
        plain(readings.read(draft, name, Reading()).values).to_pylist()
        for name in ("rep", *columns)
    )
    day_column = next((name for name in ("from_date", "hire_date") if name in draft.mapping), "")
    days = readings.days(draft, [day_column], today).get(day_column) if day_column else None
    begins = days.to_pylist() if days is not None else [None] * len(people)
    if day_column == "hire_date":
        begins = _several_only(people, begins)
    rows = []
    told = namesakes.names(draft).get("rep", {})
    for at, (written, day, *words) in enumerate(zip(people, begins, *places, strict=True)):
        if (name := told.get(at, written)) is not None:
            by_column = dict(zip(columns, words, strict=True))
            if (manager := by_column.get("manager")) is not None:
                by_column["manager"] = _person(manager, names)
            rows.append((at, name, day, by_column))
    return rows


def _several_only(people: Sequence[str | None], days: Sequence[date | None]) -> list[date | None]:
    """Return the days of those who have several; one alone is that of the hiring."""
    days_of: dict[str | None, set[date]] = {}
    for name, day in zip(people, days, strict=True):
        if day is not None:
            days_of.setdefault(name, set()).add(day)
    return [
        day if len(days_of.get(name, ())) > 1 else None
        for name, day in zip(people, days, strict=True)
    ]


def _person(name: str, names: Names) -> str:
    return names.get(("rep", name), name)


def _folded(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold().strip()
