"""Find spend that another list has by other parts: the same money by ad, and by campaign.

    >>> spent_already(look)                                      # doctest: +SKIP
    Again(question=Question(column='date', ...), rows=frozenset({0, 1, 2}), ...)

An advertising system exports one spend by day and ad, by campaign, or by channel. Rows under one
key replace each other when they land; those of other parts would be added up. What both lists
name tells the same money: campaign and day, channel and day, or the days alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pyarrow as pa

from data.staging import readings
from data.staging.counted_once import PARTS, Sums, asking
from data.staging.draft import Draft
from data.staging.equal_records import Group, Look, Pair, matched, read
from data.staging.findings import BOTH, KNOWN, NOT_AGAIN, Again
from data.staging.row_currencies import currencies_of

# By which of these two lists may both tell their spend, the narrowest first; then by day alone.
_NAMES = ("campaign", "channel")
# What tells the rows of a day apart.
_PARTS = ("channel", "campaign", "kind")
_MOST = 100_000


def spent_already(look: Look) -> Again:
    """Return the rows of a list of spend that another one has by other parts, and the question."""
    if look.draft.row_count > _MOST or not {"date", "amount"} <= look.draft.mapping.keys():
        return NOT_AGAIN
    for name in (*(name for name in _NAMES if name in look.draft.mapping), ""):
        mine = _of_draft(look, look.draft, name)
        for theirs in _lists(look, name, mine):
            pairs = [pair for pair in matched(mine, theirs, bare=not name) if _by_other_parts(pair)]
            if pairs:
                return _asked(look, pairs)
    return NOT_AGAIN


def _asked(look: Look, pairs: Sequence[Pair]) -> Again:
    sums = [
        Sums(_text(group), group.amount, known.amount) for group, known in sorted(pairs, key=_first)
    ]
    rows = frozenset(row for group, _known in pairs for row in group.rows)
    return Again(asking(look.draft, PARTS, (KNOWN, BOTH), sums), rows)


def _first(pair: Pair) -> int:
    return min(pair[0].rows)


def _text(group: Group) -> str:
    day = group.day.isoformat() if group.day else ""
    return " · ".join(filter(None, (group.word, day)))


def _by_other_parts(pair: Pair) -> bool:
    """Return whether no row of one group would replace one of the other: `numbers` are the keys."""
    return not set(pair[0].numbers) & set(pair[1].numbers)


def _lists(look: Look, name: str, mine: Sequence[Group]) -> Iterator[list[Group]]:
    """Yield the spend of each other list on the days of `mine`: of the store, then of the drop."""
    by_source: dict[object, list[Group]] = {}
    for group in _in_store(look, name, mine):
        by_source.setdefault(group.source, []).append(group)
    yield from by_source.values()
    for other, _ids in look.earlier:
        if not name or name in other.mapping:
            yield _of_draft(look, other, name)


def _of_draft(look: Look, draft: Draft, name: str) -> list[Group]:
    """Return the spend of a draft by day and what it is named after, or by day."""
    where = pa.array(range(draft.row_count), pa.int64())
    days = readings.days(draft, ["date"], look.today).get("date")
    if days is None or "amount" not in draft.mapping:
        return []
    texts = {
        part: _named(look, draft, part, where)
        if part in draft.mapping
        else [None] * draft.row_count
        for part in _PARTS
    }
    words = texts[name] if name else [None] * draft.row_count
    parts: dict[tuple[date, str | None], list[tuple[int, Decimal, str, str | None]]] = {}
    for at, day, word, amount, key, currency in zip(
        range(draft.row_count),
        days.to_pylist(),
        words,
        read(draft, "amount", where, look.today),
        map(_key, *texts.values()),
        currencies_of(draft, where, look.today, look.store),
        strict=True,
    ):
        if day is not None and isinstance(amount, Decimal) and (word or not name):
            parts.setdefault((day, word), []).append((at, amount, key, currency))
    return [
        Group(
            day,
            word,
            sum((amount for _at, amount, _key, _currency in rows), Decimal(0)),
            tuple(at for at, _amount, _key, _currency in rows),
            tuple({key for _at, _amount, key, _currency in rows}),
            currency=rows[0][3] if len({currency for *_rest, currency in rows}) == 1 else None,
        )
        for (day, word), rows in parts.items()
    ]


def _named(look: Look, draft: Draft, part: str, where: pa.Array) -> list[str | None]:
    return [
        look.names.get((part, word), word) if isinstance(word, str) else None
        for word in read(draft, part, where, look.today)
    ]


def _key(*parts: str | None) -> str:
    """Write what tells the rows of a day apart, as one text."""
    return "\x1f".join(part or "" for part in parts)


def _in_store(look: Look, name: str, mine: Sequence[Group]) -> Iterator[Group]:
    """Yield the spend that the store has from other imports on the days of some groups."""
    by = f'"{name}"' if name else "NULL"
    rows = look.store.rows(
        # Names of our own; values are parameters.
        f'SELECT "date"::DATE AS day, {by} AS word, sum(amount), '  # noqa: S608
        "list(DISTINCT concat_ws(chr(31), coalesce(channel, ''), coalesce(campaign, ''), "
        "coalesce(kind, ''))), import_id, "
        "CASE WHEN count(DISTINCT coalesce(currency, '')) = 1 THEN min(currency) END "
        'FROM spend WHERE "date"::DATE IN (SELECT unnest(?::DATE[])) AND amount <> 0 '
        "AND import_id IS DISTINCT FROM ? GROUP BY day, word, import_id ORDER BY ALL",
        [sorted({group.day for group in mine if group.day}), look.own_import],
    )
    for day, word, amount, keys, source, currency in rows:
        if word or not name:
            yield Group(day, word, amount, (), tuple(keys), source, currency)
