"""Find numbers that other records have too, of another shop or another year, and tell them apart.

    >>> looked_up(store, draft, today, others=[], own_import=None).reused        # doctest: +SKIP
    Question(column='order_id', kind='reused', options=('newer', 'name:shopb'), ...)

A number that comes again is the same record, newer; but two branches number from 1001, and some
systems begin again each year. Where the records under most numbers are other ones
(`data.staging.known_records`), whoever imports is asked. Kept apart, all numbers of the file get
what tells them from the others (`data.cleaning.apart`), and the import keeps how. So a newer
export finds its own records: by the numbers told apart that have the same records, else by the
name of its list or the shops in it. No answer is taken over for another list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.apart import BETWEEN, COLUMN, MONTH, NAME, YEAR, periods, spanning
from data.cleaning.summary import Question
from data.facts.canonical_names import Names, accepted
from data.staging import readings, shop_numbers
from data.staging.draft import Draft, of_its_kind
from data.staging.known_numbers import Kept, Others, kept_apart, others_in_store
from data.staging.known_records import (
    Comparison,
    Record,
    comparison,
    in_common,
    numbers,
    of_draft,
)
from data.staging.list_names import name_of, stem
from data.staging.number_ways import COMPARED, NEWER, key_of, way_of
from data.store.database import Store
from data.values.columns import distinct, trimmed

_SAMPLES = 3


def looked_up(
    store: Store,
    draft: Draft,
    today: date,
    others: Sequence[Draft],
    own_import: int | None,
    names: Names | None = None,
) -> Draft:
    """Return the draft with the question about its numbers, or told apart as its list was before.

    `others` are the drafts of the same drop, of which the earlier ones count; the import
    `own_import` is of this very file, about to be read again. `names` are the accepted ones, where
    they have been read.
    """
    draft = replace(draft, reused=None, own_numbers={})
    if not key_of(draft) or draft.already:
        return draft
    draft = shop_numbers.kept_apart(draft, today)
    there = others_in_store(store, draft.table or "", own_import)
    earlier = [other for other in of_its_kind(draft, others) if key_of(other)]
    if not len(there.ids) and not earlier:
        return draft
    kept = kept_apart(store, draft.table or "") if len(there.ids) else []
    bare = numbers(draft, "", today)
    if not kept and not any(len(in_common(bare, ids)) for ids in _bare_ids(there, earlier, today)):
        return draft
    names = accepted(store) if names is None else names
    mates = [in_drop(other, there, kept, names, today) for other in earlier]
    look = _Look(draft, today, names, there)
    if own_import is None:
        draft = _as_before(look, kept)
    for one in (there, *mates):
        found = look.compared("", one)
        if found.differs:
            way = way_of(draft) or next(_ways(look, one, found))
            draft = replace(draft, reused=_question(draft, found, way))
            break
    way = way_of(draft) or (draft.reused.options[1] if draft.reused else "")
    own = look.own(way, kept) if kept else {}
    standing = shop_numbers.standing(draft, there, names, today)
    return replace(draft, own_numbers={**standing, **own})


class _Look:
    """A draft that is compared with the store, in one way and another; each is worked out once."""

    def __init__(self, draft: Draft, today: date, names: Names, there: Others) -> None:
        self.draft, self.today, self.names, self.there = draft, today, names, there
        self._ids: dict[str, pa.Array] = {}
        self._compared: dict[str, Comparison] = {}

    def ids(self, way: str) -> pa.Array:
        if way not in self._ids:
            self._ids[way] = numbers(self.draft, way, self.today)
        return self._ids[way]

    def compared(self, way: str, others: Others | None = None) -> Comparison:
        """Return what the numbers told apart in a `way` share with the store, or others."""
        if others not in (None, self.there):
            assert others
            return self._with(way, others)
        if way not in self._compared:
            self._compared[way] = self._with(way, self.there)
        return self._compared[way]

    def _with(self, way: str, others: Others) -> Comparison:
        ids = self.ids(way)
        shared = in_common(ids, others.ids)
        return comparison(self.draft, ids, shared, others.records, self.names, self.today)

    def own(self, way: str, kept: Sequence[Kept]) -> dict[str, str]:
        """Return the numbers told apart whose very records stand under another one."""
        mine, own = self.ids(way), dict[str, str]()
        for other in dict.fromkeys(["", *(list_.way for list_ in kept)]):
            if other == way:
                continue
            theirs = self.ids(other)
            equal = pa.array(sorted(self.compared(other).equal), pa.string())
            found = pc.and_(
                pc.is_in(theirs, value_set=equal),
                pc.invert(pc.is_in(mine, value_set=self.there.ids)),
            )
            found = pc.and_(pc.fill_null(found, False), pc.is_valid(mine))
            pairs = zip(
                mine.filter(found).to_pylist(), theirs.filter(found).to_pylist(), strict=True
            )
            own = {**dict(pairs), **own}
        return {number: stands for number, stands in own.items() if number != stands}


def _as_before(look: _Look, kept: Sequence[Kept]) -> Draft:
    """Return the draft told apart as its list was, if it is one whose numbers were kept apart."""
    draft = look.draft
    if not kept or key_of(draft) in draft.answers:
        return draft
    bare, best = look.compared(""), ""
    for list_ in kept:
        if list_.way == best:
            continue
        found = look.compared(list_.way)
        most = look.compared(best).alike
        same = _is_same_list(look, list_) and found.alike >= bare.alike
        if not found.differs and (found.alike > most or (same and not best)):
            best = list_.way
    return replace(draft, answers={**draft.answers, key_of(draft): best}) if best else draft


def _is_same_list(look: _Look, list_: Kept) -> bool:
    """Return whether a draft goes by the name of a list, or has only shops that it had."""
    draft = look.draft
    kind, _, what = list_.way.partition(":")
    if kind == COLUMN:
        return what in shop_numbers.telling_columns(draft) and not _new_shops(look, what)
    if kind == NAME:
        return what in _names(draft.file, draft.sheet_name)
    return _names(draft.file, draft.sheet_name) == _names(list_.file, list_.sheet)


def _new_shops(look: _Look, header: str) -> list[str]:
    draft = look.draft
    assert draft.sheet
    shops = distinct(trimmed(draft.sheet.rows[str(draft.sheet.header.index(header))])).to_pylist()
    told = pc.unique(pc.list_element(pc.split_pattern(_told(look.there.ids), BETWEEN), 1))
    return sorted(set(shops) - set(told.to_pylist()))


def _told(ids: pa.Array) -> pa.Array:
    return ids.filter(pc.match_substring(ids, BETWEEN))


def _ways(look: _Look, others: Others, found: Comparison) -> Iterator[str]:
    """Yield ways to tell the numbers of a draft from those of others, in which none is another's.

    The shop in a column, else the year, the name of the list, the month, else the count of lists.
    """
    for way in _possible(look, others, found):
        told = look.compared(way)
        again = look.compared(way, others) if others is not look.there else told
        if not (told.differs or again.differs):
            yield way


def _possible(look: _Look, others: Others, found: Comparison) -> Iterator[str]:
    draft = look.draft
    yield from (f"{COLUMN}:{header}" for header in shop_numbers.shop_columns(draft))
    yield from _periodic(YEAR, others, found)
    mine = _names(draft.file, draft.sheet_name)
    theirs = [_names(*list_) for list_ in others.lists(list(found.other))]
    for at, name in enumerate(mine):
        if name and all(name != names[at] for names in theirs):
            yield f"{NAME}:{name}"
    yield from _periodic(MONTH, others, found)
    count = 2
    while True:
        if not len(in_common(look.ids(f"{NAME}:{count}"), look.there.ids)):
            yield f"{NAME}:{count}"
        count += 1


def _periodic(kind: str, others: Others, found: Comparison) -> Iterator[str]:
    """Yield the way by year or month, if the other records are of another one than the known."""
    first, last = others.days()
    mine = [record.first for _known, record in found.other.values() if record.first]
    if first is None or last is None or not mine:
        return
    days = pa.array([first, last, min(mine), max(mine)], pa.date32())
    begins, ends, *texts = periods(kind, days).to_pylist()
    if texts[1] < begins or texts[0] > ends:
        yield spanning(kind, begins, ends)


def _names(file: str, sheet: str) -> tuple[str, str]:
    return stem(file), name_of(sheet)


def _question(draft: Draft, found: Comparison, way: str) -> Question:
    assert draft.sheet and draft.table
    columns = COMPARED[draft.table]
    pairs = list(found.other.items())
    samples = [
        (number, (f"{known.shown} → {mine.shown}", f"{known.shown} + {mine.shown}"))
        for number, (known, mine) in pairs[:_SAMPLES]
    ]
    if columns.amount:
        sums = [_total(record[side] for record in found.other.values()) for side in (0, 1)]
        samples.insert(0, ("", (f"{sums[1]:f}", f"{sum(sums):f}")))
    header = draft.sheet.header[draft.mapping[columns.key]]
    return Question(
        columns.key, header, "reused", (NEWER, way), tuple(samples), str(len(found.other))
    )


def _total(records: Iterable[Record]) -> Decimal:
    return sum((record.amount or Decimal(0) for record in records), Decimal(0))


def in_drop(draft: Draft, there: Others, kept: Sequence[Kept], names: Names, today: date) -> Others:
    """Return the records of another draft of the drop, told apart as they will be."""
    look = _Look(draft, today, names, there)
    ids = look.ids(way_of(_as_before(look, kept)))

    def days() -> tuple[date | None, date | None]:
        column = COMPARED[draft.table or ""].day
        return readings.ends(draft, [column], today).get(column, (None, None))

    return Others(
        pc.unique(ids).drop_null(),
        lambda wanted: of_draft(draft, ids, wanted, names, today),
        lambda _wanted: [(draft.file, draft.sheet_name)],
        days,
    )


def _bare_ids(there: Others, earlier: Sequence[Draft], today: date) -> Iterator[pa.Array]:
    yield there.ids
    for draft in earlier:
        yield pc.unique(numbers(draft, "", today))
