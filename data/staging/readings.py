"""How a draft is read and what it leaves open, cheap enough to look up on every rerun.

    >>> settled(draft, today, store, known={}).questions       # doctest: +SKIP
    []

Looking through a column of a million rows takes a second; what it says does not
depend on answers or on other columns, so that `known` keeps it.
"""

from __future__ import annotations

from collections.abc import Hashable, MutableMapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from data.cleaning.ambiguity import Look, Question
from data.cleaning.clean import mostly_unread, needed, seen
from data.cleaning.context import NOWHERE, Around
from data.cleaning.read_column import read_as
from data.cleaning.resolve import Reading, Settled, settle
from data.matching import systems
from data.staging.sheet_context import around
from data.store.database import Store
from data.values.columns import distinct, trimmed
from domain.errors import ImportRefused
from domain.tables import table

if TYPE_CHECKING:
    from data.staging.draft import Draft

_HEAD = 200

Known = MutableMapping[Hashable, object]


def settled(
    draft: Draft, today: date, store: Store | None = None, known: Known | None = None
) -> Settled:
    """The readings and questions of a draft; none while it is no table of ours.

    Without a `store` nothing is asked that only what is already here can make doubtful.
    """
    if draft.sheet is None or draft.table is None:
        return Settled({}, [])
    kept = {} if known is None else known
    looks = [_look(draft, name, at, today.year, kept) for name, at in draft.mapping.items()]
    return settle(looks, draft.answers, _around(draft, today, store, kept), today.year)


def answered(
    draft: Draft, today: date, store: Store | None = None, known: Known | None = None
) -> list[Question]:
    """The questions that answers of now or of before have closed, so that they can be changed."""
    kept = {} if known is None else known
    found = []
    for key in draft.answers:
        without = {other: told for other, told in draft.answers.items() if other != key}
        again = settled(replace(draft, answers=without), today, store, kept)
        found += [one for one in again.questions if one.key == key]
    return found


def unread(
    draft: Draft, told: Settled, this_year: int, known: Known | None = None
) -> list[tuple[str, ImportRefused]]:
    """Columns that would be refused, as most of their cells are something else, and why."""
    if draft.sheet is None or draft.table is None:
        return []
    kept = {} if known is None else known
    open_ = {one.column for one in told.questions}
    found = [
        (name, _unread(draft, name, told.readings[name], kept, this_year))
        for name in needed(table(draft.table), draft.mapping)
        if name not in open_ and name in told.readings
    ]
    return [(name, wrong) for name, wrong in found if wrong]


def _unread(
    draft: Draft, name: str, how: Reading, known: Known, this_year: int
) -> ImportRefused | None:
    assert draft.sheet and draft.table
    at = draft.mapping[name]
    said = (how.answer, how.pivot, how.unit, how.year, how.until)
    key = (draft.content, draft.sheet_name, draft.table, name, at, said)
    if key not in known:
        into, header = table(draft.table), draft.sheet.header[at]
        cells = trimmed(draft.sheet.rows[str(at)])
        look = _look(draft, name, at, this_year, known)
        read = read_as(cells, into.column(name), how, header, None, look, this_year)
        known[key] = mostly_unread(into, name, read, cells, header)
    wrong = known[key]
    return wrong if isinstance(wrong, ImportRefused) else None


def first_values(draft: Draft, told: Settled, most: int = 3) -> dict[int, list[tuple[str, object]]]:
    """Different values of each column, by position, as they stand and as they are read.

    A value that cannot be read is None; in a column that is not matched it is its text.
    """
    assert draft.sheet
    by_position = {at: name for name, at in draft.mapping.items()}
    found: dict[int, list[tuple[str, object]]] = {}
    for at in range(len(draft.sheet.header)):
        head = draft.sheet.rows[str(at)].slice(0, _HEAD)
        texts = distinct(trimmed(head)).slice(0, most)
        name = by_position.get(at)
        values = texts if name is None or draft.table is None else _read(draft, told, name, texts)
        found[at] = list(zip(texts.to_pylist(), values.to_pylist(), strict=True))
    return found


def dates(draft: Draft, name: str, today: date) -> pa.Array:
    """A column of dates as the import will read them, the first reading where that is open."""
    assert draft.sheet and draft.table
    into = table(draft.table)
    told = {
        one: at for one, at in draft.mapping.items() if into.column(one).kind in ("date", "moment")
    }
    found = settled(replace(draft, mapping=told), today)
    how, header = found.readings[name], draft.sheet.header[draft.mapping[name]]
    first = {one.column: one.options[0] for one in found.questions if one.kind == "date_order"}
    cells = trimmed(draft.sheet.rows[str(draft.mapping[name])])
    order = how.answer or first.get(name, "")
    asked = next((one.options for one in found.questions if one.key == f"{name}/year"), ())
    year = how.year or next((int(one) for one in asked if one.isdigit()), 0)
    first_of = replace(how, answer=order, year=year)
    return read_as(cells, into.column(name), first_of, header).values.cast(pa.date32())


def _read(draft: Draft, told: Settled, name: str, texts: pa.Array) -> pa.Array:
    assert draft.sheet and draft.table
    column, how = table(draft.table).column(name), told.readings.get(name, Reading())
    words = systems.words(draft.table, draft.found.system if draft.found else systems.GENERIC)
    header = draft.sheet.header[draft.mapping[name]]
    plain = texts.dictionary_decode() if pa.types.is_dictionary(texts.type) else texts
    return read_as(plain, column, how, header, words.get(name)).values


def _look(draft: Draft, name: str, at: int, this_year: int, known: Known) -> Look:
    assert draft.sheet and draft.table
    key = (draft.content, draft.sheet_name, draft.table, name, at)
    found = known.get(key)
    if not isinstance(found, Look):
        into = table(draft.table)
        found = seen(draft.sheet.rows, draft.sheet.header, name, at, into, this_year)
        known[key] = found
    return found


def _around(draft: Draft, today: date, store: Store | None, known: Known) -> Around:
    assert draft.sheet and draft.table
    if store is None:
        return NOWHERE
    key = (draft.content, draft.sheet_name, draft.table, today, store.versions().facts)
    found = known.get(key)
    if not isinstance(found, Around):
        found = around(store, draft.sheet, draft.table, today)
        known[key] = found
    return found
