"""Compare the records of a draft with known ones of the same numbers: customer, day and amount.

    >>> comparison(draft, ids, shared, theirs, names, today).differs  # doctest: +SKIP
    True

A newer export of a record changes its amount, moves its day or corrects its customer, and leaves
the rest. Where most numbers have another customer, another day and another amount, these are
other records. What one side does not say is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.apart import BETWEEN, Apart, told_apart
from data.facts.canonical_names import Names
from data.staging import readings
from data.staging.draft import Draft
from data.staging.number_ways import COMPARED
from data.store.database import Store
from data.values.columns import plain, trimmed
from data.values.identifiers import identifiers
from data.values.same_words import same_word

# Records looked at on each side, from all over the file.
_MOST = 20_000
# Of the records compared, at least this share is another one, and more than are the same.
_CLEAR = 0.3


class Record(NamedTuple):
    """What is known of one number."""

    words: tuple[str | None, ...]
    first: date | None
    last: date | None
    amount: Decimal | None

    @property
    def shown(self) -> str:
        words = [word for word in self.words if word]
        days = [self.first.isoformat()] if self.first else []
        amounts = [] if self.amount is None else [f"{self.amount.normalize():f}"]
        return BETWEEN.join([*words, *days, *amounts])


Records = Mapping[str, Record]


@dataclass(frozen=True)
class Comparison:
    """Numbers in common that are `other` records (known, mine), how many are `alike`, and `equal`.

    `differs` is whether most numbers of any year are other records.
    """

    other: Mapping[str, tuple[Record, Record]]
    alike: int
    equal: frozenset[str]
    differs: bool


NOTHING = Comparison({}, 0, frozenset(), differs=False)


def numbers(draft: Draft, way: str, today: date, own: Mapping[str, str] | None = None) -> pa.Array:
    """Return the number of each row, told apart in a `way`, "" for none; null without one."""
    assert draft.sheet and draft.table
    columns = COMPARED[draft.table]
    cells = trimmed(draft.sheet.rows[str(draft.mapping[columns.key])])
    texts = plain(identifiers(cells).values)
    if not way and not own:
        return texts
    days = readings.days(draft, [columns.day], today) if columns.day in draft.mapping else {}
    apart = Apart(columns.key, columns.day, way, own or {})
    return told_apart(texts, apart, draft.sheet.rows, draft.sheet.header, days.get(columns.day))


def in_common(mine: pa.Array, theirs: pa.Array) -> pa.Array:
    """Return the distinct numbers of a file that are among others."""
    return pc.unique(mine.filter(pc.fill_null(pc.is_in(mine, value_set=theirs), False)))


def comparison(
    draft: Draft,
    ids: pa.Array,
    shared: pa.Array,
    theirs: Callable[[list[str]], Records],
    names: Names,
    today: date,
) -> Comparison:
    """Compare the `shared` numbers of a draft, whose rows have `ids`, with other records."""
    if not len(shared):
        return NOTHING
    wanted = shared[:: max(1, -(-len(shared) // _MOST))].to_pylist()
    known, mine = theirs(wanted), of_draft(draft, ids, wanted, names, today)
    other: dict[str, tuple[Record, Record]] = {}
    equal, alike = set(), 0
    years: dict[int, list[int]] = {}
    for number in wanted:
        if number not in known or number not in mine:
            continue
        there, here = known[number], mine[number]
        agreements = _agreements(there, here)
        agreeing = sum(agreements)
        year = years.setdefault(here.first.year if here.first else 0, [0, 0, 0, 0])
        year[0] += 1
        if _is_another(draft.table, there, here, agreements):
            other[number] = (there, here)
            year[1] += 1
            year[3] = max(year[3], len(agreements))
        elif agreeing > 1 or agreeing == len(agreements):
            alike += 1
            year[2] += 1
        if len(agreements) > 1 and agreeing == len(agreements):
            equal.add(number)
    # Two columns may both have changed in one record; in several ones they have not.
    differs = any(
        others > same and others >= _CLEAR * every and (said > 2 or others > 1)
        for every, others, same, said in years.values()
    )
    return Comparison(other, alike, frozenset(equal), differs)


def of_draft(
    draft: Draft, ids: pa.Array, wanted: Sequence[str], names: Names, today: date
) -> Records:
    """Return the records of a draft with `wanted` numbers, under the current names."""
    assert draft.sheet and draft.table
    columns = COMPARED[draft.table]
    where = pc.indices_nonzero(
        pc.fill_null(pc.is_in(ids, value_set=pa.array(wanted, pa.string())), False)
    )
    readings_by_name = readings.first_readings(draft, today)
    read: dict[str, list[object]] = {"number": ids.take(where).to_pylist()}
    for name in (*columns.words, columns.day, columns.amount):
        if name in draft.mapping and name in readings_by_name:
            cells = trimmed(draft.sheet.rows[str(draft.mapping[name])].take(where))
            read[name] = plain(
                readings.read(draft, name, readings_by_name[name], cells).values
            ).to_pylist()
    records: dict[str, Record] = {}
    blank: list[object] = [None] * len(where)
    of_rows = zip(
        read["number"],
        zip(*(read.get(name, blank) for name in columns.words), strict=True),
        read.get(columns.day, blank),
        read.get(columns.amount or "", blank),
        strict=True,
    )
    for number, words, day, amount in of_rows:
        named = tuple(
            names.get((kind, word), word) if isinstance(word, str) else None
            for kind, word in zip(columns.words, words, strict=True)
        )
        row = Record(named, _day(day), _day(day), amount if isinstance(amount, Decimal) else None)
        earlier = records.get(str(number))
        records[str(number)] = _together(earlier, row) if earlier else row
    return records


def in_store(store: Store, name: str, wanted: Iterable[str], own_import: int | None) -> Records:
    """Return the records that the store has under some numbers, but those of `own_import`."""
    columns = COMPARED[name]
    words = "".join(f', min("{word}")' for word in columns.words)
    amount = f'sum("{columns.amount}")' if columns.amount else "NULL"
    rows = store.rows(
        # Names of our own; values are parameters.
        f'SELECT "{columns.key}"{words}, min("{columns.day}"), max("{columns.day}"), {amount} '  # noqa: S608
        f'FROM "{name}" WHERE "{columns.key}" IN (SELECT unnest(?::VARCHAR[])) '
        f'AND import_id IS DISTINCT FROM ? GROUP BY "{columns.key}"',
        [list(wanted), own_import],
    )
    return {
        number: Record(tuple(values[:-3]), values[-3], values[-2], values[-1])
        for number, *values in rows
    }


def _day(value: object) -> date | None:
    # A moment is a date, too.
    return date(value.year, value.month, value.day) if isinstance(value, date) else None


def _together(first: Record, second: Record) -> Record:
    days = [day for day in (first.first, first.last, second.first) if day]
    amounts = [amount for amount in (first.amount, second.amount) if amount is not None]
    return Record(
        tuple(a or b for a, b in zip(first.words, second.words, strict=True)),
        min(days, default=None),
        max(days, default=None),
        sum(amounts, Decimal(0)) if amounts else None,
    )


def _is_another(name: str | None, known: Record, mine: Record, agreements: Sequence[bool]) -> bool:
    """Return whether a number seems to stand for two things.

    A payment of another day may be a further instalment, whatever else agrees.
    """
    if name == "payments" and _on_other_days(known, mine):
        return True
    return len(agreements) > 1 and not any(agreements)


def _on_other_days(known: Record, mine: Record) -> bool:
    if not (known.first and known.last and mine.first and mine.last):
        return False
    return known.first > mine.last or mine.first > known.last


def agree(known: Record, mine: Record) -> bool:
    """Return whether two records are one, of which little has changed."""
    said = _agreements(known, mine)
    return sum(said) > 1 or (bool(said) and all(said))


def _agreements(known: Record, mine: Record) -> list[bool]:
    """Return, for each thing that both records say, whether they agree in it."""
    said = [
        same_word(there, here)
        for there, here in zip(known.words, mine.words, strict=True)
        if there and here and "*" not in there + here
    ]
    if known.first and mine.first:
        said.append(not _on_other_days(known, mine))
    if known.amount is not None and mine.amount is not None:
        said.append(abs(known.amount) == abs(mine.amount))
    return said
