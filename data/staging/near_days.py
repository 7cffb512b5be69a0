"""Find collections that another list has a few days before or after: the same money, twice.

    >>> a_few_days_apart(look, rows, pairs=[])                   # doctest: +SKIP
    [(Group(day=date(2026, 2, 3), word='Alder', ...), Group(day=date(2026, 2, 2), ...))]

An ERP books a receipt on one day, the bank on the next; a weekend or a holiday lies between them.
The same money is of the same customer or order and of the same amount. Where names are missing,
or are written in another way, amounts tell that stand once in either list. A list of the same
series of numbers has other receipts: its system gave each a number of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa

from data.matching.recognise import shape
from data.staging import readings
from data.staging.draft import Draft
from data.staging.equal_records import Group, Look, Pair, read
from data.staging.row_currencies import currencies_of
from data.values.same_words import same_word

_DAYS = 5
# Of the receipts that two lists could have in common, at least this share, and this many, come
# again; more have to where nothing but amounts tells, and more still where the names differ.
_CLEAR, _FEWEST = 0.5, 2
_CLEAR_BARE, _FEWEST_BARE, _FEWEST_OTHERWISE = 0.8, 3, 5
_LONG = 12


class _Receipt(NamedTuple):
    group: Group
    order: str | None
    key: str | None


_Same = Callable[[_Receipt, _Receipt], bool]


def a_few_days_apart(look: Look, rows: Sequence[int], pairs: Sequence[Pair]) -> list[Pair]:
    """Return the receipts at `rows` that another list has within days, beside equal `pairs`."""
    if look.draft.table != "payments":
        return []
    paired = {row for mine, _known in pairs for row in mine.rows}
    gone: set[object] = {number for _mine, known in pairs for number in known.numbers or known.rows}
    every = _of_draft(look, look.draft, look.ids, rows)
    found: list[Pair] = []
    for theirs in _lists(look, every):
        left = [one for one in every if not paired & {*one.group.rows}]
        others = [one for one in theirs if not gone & {*(one.group.numbers or one.group.rows)}]
        more = _matched(left, others, len(every) - len(left))
        found += more
        paired |= {row for mine, _known in more for row in mine.rows}
    return found


def _matched(mine: Sequence[_Receipt], theirs: Sequence[_Receipt], before: int) -> list[Pair]:
    """Return the pairs of two lists that have most of their receipts in common.

    `before` receipts of the first are paired already.
    """
    if not mine or not theirs:
        return []
    both = _within_reach(mine, theirs)
    least = min(map(len, both)) + before
    named = _pairs(both[0], both[1], _are_named_alike)
    if named and len(named) + before >= max(_FEWEST, _CLEAR * least):
        return named
    # A price that many pay tells nothing.
    bare = _pairs(_alone(both[0]), _alone(both[1]), lambda _mine, _known: True)
    speaks = all(any(one.group.word for one in side) for side in both)
    fewest = _FEWEST_OTHERWISE if speaks else _FEWEST_BARE
    return bare if len(bare) >= max(fewest, _CLEAR_BARE * least) else []


def _within_reach(
    mine: Sequence[_Receipt], theirs: Sequence[_Receipt]
) -> tuple[list[_Receipt], list[_Receipt]]:
    """Return the receipts of each list in the days of the other, or a few days beside them.

    Of lists that only touch, all receipts are compared: one day's list may be the next day's.
    """
    days = [[one.group.day for one in side if one.group.day] for side in (mine, theirs)]
    first, last = max(map(min, days)), min(map(max, days))
    if first > last:
        return [*mine], [*theirs]
    inside = [
        [
            one
            for one in side
            if one.group.day and first - _apart(_DAYS) <= one.group.day <= last + _apart(_DAYS)
        ]
        for side in (mine, theirs)
    ]
    return inside[0], inside[1]


def _pairs(mine: Sequence[_Receipt], theirs: Sequence[_Receipt], same: _Same) -> list[Pair]:
    """Return the receipts of equal amount and currency, those of the nearest days first."""
    there: dict[tuple[date | None, Decimal], list[_Receipt]] = {}
    for one in theirs:
        there.setdefault((one.group.day, one.group.amount), []).append(one)
    pairs: list[Pair] = []
    left = [*mine]
    for gap in (step * sign for step in range(_DAYS + 1) for sign in (-1, 1)):
        still = []
        for one in left:
            assert one.group.day
            known = there.get((one.group.day + _apart(gap), one.group.amount), [])
            twin = next((other for other in known if _one_money(one, other, same)), None)
            if twin is None:
                still.append(one)
                continue
            known.remove(twin)
            pairs.append((one.group, twin.group))
        left = still
    return pairs


def _apart(days: int) -> timedelta:
    return timedelta(days=days)


def _one_money(mine: _Receipt, known: _Receipt, same: _Same) -> bool:
    codes = {mine.group.currency, known.group.currency} - {None}
    return len(codes) < 2 and same(mine, known)


def _are_named_alike(mine: _Receipt, known: _Receipt) -> bool:
    if mine.order and mine.order == known.order:
        return True
    first, second = mine.group.word, known.group.word
    return bool(first and second and same_word(first, second))


def _alone(side: Sequence[_Receipt]) -> list[_Receipt]:
    amounts = Counter(one.group.amount for one in side)
    return [one for one in side if amounts[one.group.amount] == 1]


def _lists(look: Look, mine: Sequence[_Receipt]) -> Iterator[list[_Receipt]]:
    """Yield the receipts of each other list: those of the store, then of the drop."""
    by_source: dict[object, list[_Receipt]] = {}
    for one in _in_store(look, mine):
        by_source.setdefault(one.group.source, []).append(one)
    lists = [*by_source.values()]
    own = {_series(one.key) for one in mine if one.key}
    taken = {one.key for one in mine if one.key}
    for other, ids in look.earlier:
        if look.ids is None and ids is None and _shape(other) == _shape(look.draft):
            continue  # two versions of a list without numbers are asked about as such
        theirs = _of_draft(look, other, ids, range(other.row_count))
        lists.append([one for one in theirs if one.key is None or one.key not in taken])
    for theirs in lists:
        if not own & {_series(one.key) for one in theirs if one.key}:
            yield theirs


def _series(number: str) -> tuple[str, bool]:
    """Return what the numbers that a system gives have in common: SK2026001 and SK2026002."""
    begins = re.match(r"\D*", number)
    text = begins[0].casefold() if begins else ""
    return text, len(number) - len(text) >= _LONG


def _of_draft(
    look: Look, draft: Draft, ids: pa.Array | None, rows: Sequence[int]
) -> list[_Receipt]:
    """Return the receipts of a draft one by one."""
    where = pa.array(rows, pa.int64())
    days = readings.days(draft, ["payment_date"], look.today).get("payment_date")
    if days is None or "amount" not in draft.mapping:
        return []

    def texts(name: str) -> list[object]:
        known = name in draft.mapping
        return read(draft, name, where, look.today) if known else [None] * len(where)

    receipts = []
    for at, day, amount, word, order, number, currency in zip(
        rows,
        days.take(where).to_pylist(),
        read(draft, "amount", where, look.today),
        texts("customer"),
        texts("order_id"),
        [None] * len(where) if ids is None else ids.take(where).to_pylist(),
        currencies_of(draft, where, look.today, look.store),
        strict=True,
    ):
        if day is None or not isinstance(amount, Decimal) or not amount:
            continue
        named = look.names.get(("customer", word), word) if isinstance(word, str) else None
        group = Group(day, named, amount, (at,), currency=currency)
        receipts.append(_Receipt(group, order if isinstance(order, str) else None, number))
    return receipts


def _in_store(look: Look, mine: Sequence[_Receipt]) -> Iterator[_Receipt]:
    """Yield the receipts that the store has within some days of those of a draft."""
    days = [one.group.day for one in mine if one.group.day]
    if not days:
        return
    # Another version of a list without numbers is asked about as such.
    own_shape = _shape(look.draft) if look.ids is None else ""
    rows = look.store.rows(
        "SELECT payment_date::DATE, customer, amount, order_id, payment_id, import_id, currency "
        "FROM payments WHERE payment_date::DATE BETWEEN ? AND ? AND amount <> 0 "
        "AND (payment_id IS NULL OR payment_id NOT IN (SELECT unnest(?::VARCHAR[]))) "
        "AND import_id IS DISTINCT FROM ? AND import_id NOT IN ("
        "SELECT import_id FROM import_ranges WHERE shape = ?) ORDER BY ALL",
        [
            min(days) - _apart(_DAYS),
            max(days) + _apart(_DAYS),
            [one.key for one in mine if one.key],
            look.own_import,
            own_shape,
        ],
    )
    for day, customer, amount, order, number, source, currency in rows:
        group = Group(day, customer, amount, (), (number,) if number else (), source, currency)
        written = number if number and not number.startswith("row:") else None
        yield _Receipt(group, order, written)


def _shape(draft: Draft) -> str:
    return shape(draft.sheet.written) if draft.sheet else ""
