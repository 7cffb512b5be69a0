"""Find out whose record a list means by a number that records of two shops have.

    >>> looked_up(store, draft, today).references.questions              # doctest: +SKIP
    (Question(column='order_id', kind='reused', options=('first:a.csv', 'of:shopb'), ...),)

Once numbers are told apart (`data.staging.reused_numbers`), 1001 is the order of the first shop,
"1001 · shopb" that of the second; a list of returns, payments or activities says 1001 of either.
A column that names the shop tells whose it is, or the customer of the record; else whoever imports
is asked. The next file of the list may be of the other shop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from data.cleaning.apart import BETWEEN
from data.cleaning.summary import Question
from data.facts.canonical_names import accepted
from data.staging.draft import Draft, id_of
from data.staging.findings import NO_REFERENCES, References
from data.staging.known_numbers import kept_apart, others_in_store
from data.staging.known_records import Record, in_store
from data.staging.number_ways import COMPARED, FIRST, MEANT, OF, key_of, way_of
from data.staging.reused_numbers import in_drop
from data.store.database import Store
from data.values.columns import distinct, plain, trimmed
from data.values.identifiers import identifiers
from data.values.same_words import same_word

_TABLES = {"order_id": "orders", "contract_id": "contracts", "deal_id": "deals"}
# Which columns of a list name the records of another.
_NAMED = {
    **dict.fromkeys(("returns", "credits"), ("order_id",)),
    **dict.fromkeys(("receivables", "payments"), ("order_id", "contract_id")),
    **dict.fromkeys(("activities", "leads", "stage_history"), ("deal_id",)),
}
_SAMPLES, _MOST = 3, 12
_BARE = ""


class _There(NamedTuple):
    """The numbers of records that are told apart, by number and what tells; and the records."""

    ids: Mapping[str, Mapping[str, str]]
    records: Mapping[str, Record]
    files: tuple[str, ...]


def looked_up(store: Store, draft: Draft, today: date, others: Sequence[Draft] = ()) -> Draft:
    """Return the draft with whose records its numbers mean; `others` are those of the drop."""
    references = NO_REFERENCES
    if draft.take and draft.sheet is not None:
        for column in _NAMED.get(draft.table or "", ()):
            if column in draft.mapping:
                references = _with(references, store, draft, column, today, others)
    return replace(draft, references=references)


def _with(
    references: References,
    store: Store,
    draft: Draft,
    column: str,
    today: date,
    others: Sequence[Draft],
) -> References:
    """Return the references with those of one column."""
    assert draft.sheet
    cells = plain(identifiers(trimmed(draft.sheet.rows[str(draft.mapping[column])])).values)
    there = _there(store, draft, _TABLES[column], distinct(cells), today, others)
    if there is None:
        return references
    every = sorted({end for of_number in there.ids.values() for end in of_number})
    ends = [end for end in every if end != _BARE]
    shops, customers = _shops(draft, column, ends), _customers(store, draft)
    settled: dict[int, str] = {}
    left: dict[int, str] = {}
    for row, number in enumerate(cells.to_pylist()):
        if number not in there.ids:
            continue
        end = _end_of(there, number, shops[row], customers[row])
        if end is None:
            left[row] = number
        elif end in there.ids[number]:
            settled[row] = there.ids[number][end]
    questions, by_answer = references.questions, dict(references.by_answer)
    if left:
        question = _question(draft, column, there, every, [*dict.fromkeys(left.values())])
        by_end = zip(question.options, every, strict=False)
        by_answer[question.key] = {
            option: {row: there.ids[number].get(end, number) for row, number in left.items()}
            for option, end in by_end
        }
        questions = (*questions, question)
    return References(questions, {**references.settled, column: settled}, by_answer)


def _end_of(there: _There, number: str, shop: str | None, customer: str | None) -> str | None:
    """Return what tells the record that a row means; "" for the first, None if nothing says it."""
    if shop is not None:
        return shop
    if len(there.ids[number]) == 1:
        return next(iter(there.ids[number]))
    if customer is None:
        return None
    alike = [
        end
        for end, own in there.ids[number].items()
        if (known := there.records.get(own))
        and known.words[0]
        and same_word(known.words[0], customer)
    ]
    return alike[0] if len(alike) == 1 else None


def _shops(draft: Draft, column: str, ends: Sequence[str]) -> list[str | None]:
    """Return by row which shop a column names, "" for one whose numbers stand as they are."""
    assert draft.sheet
    by_name = {end.casefold(): end for end in ends}
    for at in range(len(draft.sheet.written)):
        if at == draft.mapping[column]:
            continue
        cells = trimmed(draft.sheet.rows[str(at)])
        if any(text.casefold() in by_name for text in distinct(cells).to_pylist() if text):
            return [
                None if text is None else by_name.get(text.casefold(), _BARE)
                for text in plain(cells).to_pylist()
            ]
    return [None] * draft.row_count


def _customers(store: Store, draft: Draft) -> list[str | None]:
    assert draft.sheet
    if "customer" not in draft.mapping:
        return [None] * draft.row_count
    names = accepted(store)
    cells = plain(trimmed(draft.sheet.rows[str(draft.mapping["customer"])])).to_pylist()
    return [None if text is None else names.get(("customer", text), text) for text in cells]


def _there(
    store: Store, draft: Draft, name: str, wanted: pa.Array, today: date, others: Sequence[Draft]
) -> _There | None:
    """Return the records of a table that have one of the `wanted` numbers, some told apart.

    None where none is.
    """
    key = COMPARED[name].key
    beside = [
        other
        for other in others
        if other.table == name and other.take and key_of(other) and id_of(other) != id_of(draft)
    ]
    kept = kept_apart(store, name)
    if not kept and not any(map(way_of, beside)):
        return None
    rows = store.table(
        # Names of our own; values are parameters.
        f'SELECT DISTINCT "{key}" AS id FROM "{name}" '  # noqa: S608
        f'WHERE contains("{key}", ?) OR "{key}" IN (SELECT unnest(?::VARCHAR[]))',
        [BETWEEN, wanted.drop_null().to_pylist()],
    )
    here = set(rows["id"].to_pylist())
    known = others_in_store(store, name, None)
    of_drop = [in_drop(other, known, kept, accepted(store), today) for other in beside]
    for listed in of_drop:
        here |= set(listed.ids.to_pylist())
    ids: dict[str, dict[str, str]] = {}
    asked = set(wanted.to_pylist())
    for own in sorted(here):
        number, between, end = own.partition(BETWEEN)
        if between and number in asked:
            ids.setdefault(number, {_BARE: number} if number in here else {})[end] = own
    if not ids:
        return None
    every = [own for of_number in ids.values() for own in of_number.values()]
    records = dict(in_store(store, name, every, None))
    for listed in of_drop:
        records |= listed.records(every)
    files = store.rows(
        f'SELECT DISTINCT file FROM imports JOIN "{name}" USING (import_id) '  # noqa: S608
        f'WHERE "{key}" IN (SELECT unnest(?::VARCHAR[])) ORDER BY file LIMIT 2',
        [[*ids]],
    )
    return _There(ids, records, tuple(file for (file,) in files))


def _question(
    draft: Draft, column: str, there: _There, ends: Sequence[str], left: Sequence[str]
) -> Question:
    assert draft.sheet
    first = f"{FIRST}:{', '.join(there.files)}"
    options = tuple(f"{OF}:{end}" if end != _BARE else first for end in ends[: _MOST + 1])

    def shown(number: str, end: str) -> str:
        record = there.records.get(there.ids[number].get(end, ""))
        return record.shown if record else "—"

    samples = tuple(
        (number, tuple(shown(number, end) for end in ends[: _MOST + 1]))
        for number in left[:_SAMPLES]
    )
    header = draft.sheet.header[draft.mapping[column]]
    return Question(column, header, "reused", options, samples, f"{MEANT}:{len(left)}")
