"""Find the deals of a draft that are here under their name, or that it names without a number.

    >>> looked_up(store, draft, today, [], None, names).by_name.named     # doctest: +SKIP
    {'Alder line': 'OP-1'}

A list without numbers is kept by the names of its deals, and the next export may have numbers, or
the other way round. Deals of one name are the same if they were created on one day, or, where one
list does not say when, if they are of one customer and nobody else's; each is one of the other list
at most. Where that does not tell, whoever imports is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa

from data.cleaning.summary import Question
from data.facts.canonical_names import Names
from data.staging import number_ways, readings
from data.staging.counted_once import NAMES
from data.staging.coverage import ids_by_row
from data.staging.draft import Draft, id_of
from data.staging.findings import BOTH, FILE, NOT_BY_NAME, ByName
from data.store.database import Store
from data.values.columns import normal, plain, trimmed
from data.values.same_words import same_word

_SAMPLES = 3
_WORDS = ("deal_name", "customer", "rep")
_BETWEEN = " · "


class _Deal(NamedTuple):
    """What tells a deal: what it is kept by, its words, the day it was created; and its amount."""

    key: str
    name: str
    customer: str | None
    rep: str | None
    created: date | None
    amount: Decimal | None

    @property
    def numbered(self) -> bool:
        return self.key != self.name and not self.key.startswith(self.name + _BETWEEN)

    def may_be(self, other: _Deal) -> bool:
        return _may_be(self.customer, other.customer)

    def surely_is(self, other: _Deal) -> bool:
        if self.created and other.created:
            return self.created == other.created
        return bool(self.customer and other.customer) and _may_be(self.rep, other.rep)


def _may_be(one: str | None, other: str | None) -> bool:
    return one is None or other is None or same_word(one, other)


_Deals = Mapping[str, list[_Deal]]


def looked_up(
    store: Store,
    draft: Draft,
    today: date,
    others: Sequence[Draft],
    own_import: int | None,
    names: Names,
) -> Draft:
    """Return the draft with its deals that are here by name, or with a number that it lacks.

    `others` are the drafts of the same drop: who has no numbers takes those of the others. The
    import `own_import` is of this very file.
    """
    draft = replace(draft, by_name=NOT_BY_NAME)
    settled = draft.already or number_ways.questions(draft) or number_ways.way_of(draft)
    if settled or "deal_name" not in draft.mapping:
        return draft
    known = _in_store(store, _all_numbered(draft), own_import)
    for other in others:
        if other.table == "deals" and other.take and id_of(other) != id_of(draft):
            known += [deal for deal, _at in _in_draft(other, names, today) if deal.numbered]
    if not known:
        return draft
    mine = _in_draft(draft, names, today)
    own, theirs = ({deal.key for deal in deals} for deals in ((one for one, _at in mine), known))
    by_key: dict[str, _Deal] = {}
    rows: dict[str, list[int]] = {}
    for deal, at in mine:
        by_key[deal.key] = deal
        rows.setdefault(deal.key, []).append(at)
    pairs = list(
        _pairs(
            [deal for deal in by_key.values() if deal.key not in theirs],
            [deal for deal in known if deal.key not in own],
        )
    )
    return replace(draft, by_name=_found(draft, pairs, rows))


def with_numbers(
    store: Store, draft: Draft, others: Sequence[Draft], today: date, names: Names
) -> Sequence[Draft]:
    """Return the other drafts of a drop, those without numbers with the numbers of the draft."""
    if not any(other.table == "deals" and id_of(other) != id_of(draft) for other in others):
        return others
    mine = _all_numbered(draft)
    return [
        looked_up(store, other, today, [draft], None, names)
        if other.table == "deals" and other.sheet and mine and not _all_numbered(other)
        else other
        for other in others
    ]


def _found(
    draft: Draft, pairs: Sequence[tuple[_Deal, _Deal, bool]], rows: Mapping[str, list[int]]
) -> ByName:
    numbers: dict[bool, dict[int, str]] = {True: {}, False: {}}
    named: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for mine, known, sure in pairs:
        if mine.numbered:
            named[sure][known.key] = mine.key
        else:
            numbers[sure] |= dict.fromkeys(rows[mine.key], known.key)
    doubtful = [(mine, known) for mine, known, sure in pairs if not sure]
    question = _question(draft, doubtful) if doubtful else None
    return ByName(numbers[True], named[True], numbers[False], named[False], question)


def _pairs(mine: Iterable[_Deal], known: Iterable[_Deal]) -> Iterator[tuple[_Deal, _Deal, bool]]:
    """Yield deals of both sides that are one, or may be, with whether it is sure."""
    there = _by_name(known)
    for name, here in _by_name(mine).items():
        near: dict[tuple[str, str], tuple[_Deal, _Deal]] = {}
        sure: dict[tuple[str, str], tuple[_Deal, _Deal]] = {}
        for one in here:
            for other in there.get(name, ()):
                if one.numbered != other.numbered and one.may_be(other):
                    into = sure if one.surely_is(other) else near
                    into[one.key, other.key] = one, other
        often = Counter(key for keys in sure for key in keys)
        taken = {key for keys in sure if often[keys[0]] == often[keys[1]] == 1 for key in keys}
        yield from ((*pair, True) for keys, pair in sure.items() if taken.issuperset(keys))
        for keys, pair in (sure | near).items():
            if taken.isdisjoint(keys):
                taken.update(keys)
                yield *pair, False


def _by_name(deals: Iterable[_Deal]) -> _Deals:
    by_name: dict[str, list[_Deal]] = {}
    for deal in deals:
        by_name.setdefault(normal(deal.name), []).append(deal)
    return by_name


def _all_numbered(draft: Draft) -> bool:
    assert draft.sheet
    at = draft.mapping.get("deal_id", len(draft.sheet.written))
    return at < len(draft.sheet.written) and not trimmed(draft.sheet.rows[str(at)]).null_count


def _in_store(store: Store, has_numbers: bool, own_import: int | None) -> list[_Deal]:
    """Return the deals kept by name; those with numbers too for a draft of which some lack one."""
    by_name = "(fact.deal_id = fact.deal_name OR starts_with(fact.deal_id, fact.deal_name || ?))"
    return [
        _Deal(*row)
        for row in store.rows(
            # Names of our own; values are parameters.
            "SELECT DISTINCT fact.deal_id, fact.deal_name, fact.customer, fact.rep, "  # noqa: S608
            "fact.created_date, here.amount FROM fact_deals AS fact JOIN imports USING (import_id) "
            "LEFT JOIN deals AS here ON here.deal_id = fact.deal_id "
            "WHERE imports.status = 'active' AND fact.deal_name IS NOT NULL "
            f"AND fact.deal_id IS NOT NULL AND fact.import_id IS DISTINCT FROM ? AND ({by_name} "
            "OR NOT ?) ORDER BY ALL",
            [own_import, _BETWEEN, has_numbers],
        )
    ]


def _in_draft(draft: Draft, names: Names, today: date) -> list[tuple[_Deal, int]]:
    """Return the deals of a draft with the positions of their rows, under the current names."""
    if draft.sheet is None or "deal_name" not in draft.mapping:
        return []
    blank = pa.nulls(draft.row_count, pa.string())
    cells = [
        plain(trimmed(draft.sheet.rows[str(draft.mapping[name])]))
        if name in draft.mapping
        else blank
        for name in _WORDS
    ]
    created = readings.days(draft, ["created_date"], today).get("created_date", blank)
    how = readings.first_readings(draft, today).get("amount")
    amounts = plain(readings.read(draft, "amount", how).values) if how else blank
    columns = [column.to_pylist() for column in (*cells, created, amounts)]
    deals = []
    for at, (key, name, customer, rep, day, amount) in enumerate(
        zip(ids_by_row(draft, today), *columns, strict=True)
    ):
        if key and name:
            who = names.get(("customer", customer), customer), names.get(("rep", rep), rep)
            deals.append((_Deal(key, name, *who, day, amount), at))
    return deals


def _question(draft: Draft, pairs: Sequence[tuple[_Deal, _Deal]]) -> Question:
    """Ask whether deals of one name are the same, with the amounts at stake."""
    assert draft.sheet
    column = "deal_id" if "deal_id" in draft.mapping else "deal_name"
    sums = [
        (mine.name, mine.amount or Decimal(0), known.amount or Decimal(0)) for mine, known in pairs
    ]
    whole = ("", sum(one for _name, one, _other in sums), sum(other for _n, _o, other in sums))
    samples = tuple(
        (name, (f"{mine:f}", f"{mine + known:f}"))
        for name, mine, known in (whole, *sums[:_SAMPLES])
    )
    header = draft.sheet.header[draft.mapping[column]]
    return Question(column, header, "again", (FILE, BOTH), samples, f"{NAMES}:{len(pairs)}")
