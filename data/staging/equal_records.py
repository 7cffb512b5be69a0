"""Find the records of a list that are most of another list's, by customer, day and amount.

    >>> alike(look, rows)                                        # doctest: +SKIP
    [(Group(day=date(2026, 3, 2), word='Alder', ...), Group(...))]

Of a customer on a day all records are taken together: one list may have orders, the other their
lines. Where a list names no customers, each record is taken by itself. An amount in another
currency is another sale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.facts.canonical_names import Names
from data.matching.recognise import shape
from data.staging import readings
from data.staging.draft import Draft
from data.staging.number_ways import COMPARED, Compared
from data.staging.row_currencies import currencies_of
from data.store.database import Store
from data.values.columns import plain, trimmed
from data.values.same_words import same_word

# Of the records that two lists could have in common, at least this share, and this many, come
# again; without customers more have to, and their amounts differ.
_CLEAR, _FEWEST = 0.5, 2
_CLEAR_BARE, _FEWEST_BARE = 0.8, 3


class Group(NamedTuple):
    """Records of one customer and day, or one record: the rows or numbers, and their amount.

    `currency` is the one that all of them name; None if they name several or none.
    """

    day: date | None
    word: str | None
    amount: Decimal
    rows: tuple[int, ...]
    numbers: tuple[str, ...] = ()
    source: object = None
    currency: str | None = None


class _Part(NamedTuple):
    at: int
    day: date
    word: str | None
    amount: Decimal
    currency: str | None


Pair = tuple[Group, Group]


class Look(NamedTuple):
    """A draft with the numbers of its rows, and what it is compared with."""

    store: Store
    draft: Draft
    ids: pa.Array | None
    known: pa.Array
    earlier: Sequence[tuple[Draft, pa.Array | None]]
    own_import: int | None
    names: Names
    today: date

    @property
    def columns(self) -> Compared:
        return COMPARED[self.draft.table or ""]


def alike(look: Look, rows: Sequence[int]) -> list[Pair]:
    """Return the groups of a draft with those of one other list that most are equal to."""
    word = look.columns.words[0]
    for name in (word, "") if word in look.draft.mapping else ("",):
        mine = _of_draft(look, look.draft, look.ids, rows, name)
        pairs = []
        for theirs in _lists(look, mine, name):
            pairs += matched(mine, theirs, bare=not name)
        if pairs:
            return pairs
    return []


def _lists(look: Look, mine: Sequence[Group], name: str) -> Iterator[list[Group]]:
    """Yield the records of each other list that could be those of the draft."""
    by_source: dict[object, list[Group]] = {}
    for group in _in_store(look, mine, name):
        by_source.setdefault(group.source, []).append(group)
    yield from by_source.values()
    taken = None if look.ids is None else set(look.ids.to_pylist())
    for other, ids in look.earlier:
        # Records of which both lists name the customer are compared by it.
        word = look.columns.words[0]
        if word in look.draft.mapping and bool(name) != (word in other.mapping):
            continue
        if look.ids is None and ids is None and _shape(other) == _shape(look.draft):
            continue  # two versions of a list without numbers are asked about as such
        rows = [
            at
            for at, number in enumerate(
                [None] * other.row_count if ids is None else ids.to_pylist()
            )
            if number is None or taken is None or number not in taken
        ]
        yield _of_draft(look, other, ids, rows, name)


def matched(mine: Sequence[Group], theirs: Sequence[Group], bare: bool) -> list[Pair]:
    """Return the equal groups of two lists, if these are most of what both could have."""
    days = [[group.day for group in side if group.day] for side in (mine, theirs)]
    if not all(days):
        return []
    first, last = max(map(min, days)), min(map(max, days))
    inside = [
        [group for group in side if group.day and first <= group.day <= last]
        for side in (mine, theirs)
    ]
    open_: dict[tuple[date | None, Decimal], list[Group]] = {}
    for group in inside[1]:
        open_.setdefault((group.day, group.amount), []).append(group)
    pairs = []
    for group in inside[0]:
        left = open_.get((group.day, group.amount), [])
        twin = next(
            (
                known
                for known in left
                if (bare or _same(group.word, known.word)) and not _in_others(group, known)
            ),
            None,
        )
        if twin:
            left.remove(twin)
            pairs.append((group, twin))
    least = min(map(len, inside))
    if len(pairs) < max(
        _FEWEST_BARE if bare else _FEWEST, least * (_CLEAR_BARE if bare else _CLEAR)
    ):
        return []
    if bare and len({group.amount for group, _known in pairs}) < _FEWEST_BARE:
        return []
    return pairs


def _same(first: str | None, second: str | None) -> bool:
    return bool(first and second and same_word(first, second))


def _in_others(first: Group, second: Group) -> bool:
    """Return whether two groups name different currencies."""
    return bool(first.currency and second.currency and first.currency != second.currency)


def _of_draft(
    look: Look, draft: Draft, ids: pa.Array | None, rows: Sequence[int], name: str
) -> list[Group]:
    """Return some rows of a draft, by customer and day, or each record where `name` is blank."""
    columns, today = look.columns, look.today
    where = pa.array(rows, pa.int64())
    days = readings.days(draft, [columns.day], today).get(columns.day)
    if days is None or columns.amount not in draft.mapping:
        return []
    assert columns.amount
    written = read(draft, name, where, today) if name else [None] * len(rows)
    words = [
        look.names.get((name, word), word) if isinstance(word, str) else None for word in written
    ]
    numbers = [None] * len(rows) if ids is None else ids.take(where).to_pylist()
    gathered: dict[object, list[_Part]] = {}
    for at, number, word, day, amount, currency in zip(
        rows,
        numbers,
        words,
        days.take(where).to_pylist(),
        read(draft, columns.amount, where, today),
        currencies_of(draft, where, look.today, look.store),
        strict=True,
    ):
        if day is None or not isinstance(amount, Decimal) or (name and not word):
            continue
        key = (day, word) if name else number or at
        gathered.setdefault(key, []).append(_Part(at, day, word, amount, currency))
    return [
        Group(
            min(part.day for part in parts),
            parts[0].word,
            total,
            tuple(part.at for part in parts),
            currency=_the_one([part.currency for part in parts]),
        )
        for parts in gathered.values()
        if (total := sum((part.amount for part in parts), Decimal(0)))
    ]


def _the_one(currencies: Sequence[str | None]) -> str | None:
    return currencies[0] if len(set(currencies)) == 1 else None


def read(draft: Draft, name: str, where: pa.Array, today: date) -> list[object]:
    assert draft.sheet
    how = readings.first_readings(draft, today)[name]
    cells = trimmed(draft.sheet.rows[str(draft.mapping[name])].take(where))
    return list(plain(readings.read(draft, name, how, cells).values).to_pylist())


def _in_store(look: Look, mine: Sequence[Group], name: str) -> Iterable[Group]:
    """Return the records that the store has on the days of some groups under other numbers."""
    columns, table = look.columns, look.draft.table
    taken = [] if look.ids is None else pc.unique(look.ids).drop_null().to_pylist()
    counts = "status IS DISTINCT FROM 'cancelled'" if table != "payments" else "true"
    customers = look.columns.words[0]
    nameless = not name and customers in look.draft.mapping
    unnamed = f'"{customers}" IS NULL' if nameless else "true"
    # Another version of a list without numbers is asked about as such.
    own_shape = _shape(look.draft) if look.ids is None else ""
    by = f'"{name}"' if name else f'coalesce("{columns.key}", row_no::VARCHAR)'
    word = f'any_value("{name}")' if name else "NULL"
    rows = look.store.rows(
        # Names of our own; values are parameters.
        f'SELECT "{columns.day}"::DATE, {word}, sum("{columns.amount}"), '  # noqa: S608
        f'list(DISTINCT "{columns.key}"), import_id, '
        "CASE WHEN count(DISTINCT coalesce(currency, '')) = 1 THEN min(currency) END "
        f'FROM "{table}" '
        f'WHERE "{columns.day}"::DATE IN (SELECT unnest(?::DATE[])) AND {counts} '
        f"AND {unnamed} "
        f'AND ("{columns.key}" IS NULL OR "{columns.key}" NOT IN (SELECT unnest(?::VARCHAR[]))) '
        "AND import_id IS DISTINCT FROM ? AND import_id NOT IN ("
        "SELECT import_id FROM import_ranges WHERE shape = ?) "
        f'GROUP BY "{columns.day}"::DATE, {by}, import_id ORDER BY ALL',
        [sorted({group.day for group in mine if group.day}), taken, look.own_import, own_shape],
    )
    for day, named, amount, numbers, source, currency in rows:
        if amount:
            yield Group(day, named, amount, (), tuple(filter(None, numbers)), source, currency)


def _shape(draft: Draft) -> str:
    return shape(draft.sheet.written) if draft.sheet else ""
