"""Find records that are here under other numbers, or were there with numbers and have none now.

    >>> under_other_numbers(look)                                # doctest: +SKIP
    Again(question=Question(column='order_id', kind='again', ...), ...)

An ERP and a CRM number the same sales each in its way; a person keeps a list of them without
numbers. One export may name the number of the other in a column of its own (平台单号, Customer
PO). Else, most of a list has customer, day and amount of records that are here: of a customer
on a day all together, as one list may have orders and the other lines. What came in may lie a
few days apart (`data.staging.near_days`). Records whose numbers are known are compared elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.staging.counted_once import DAYS, NUMBERS, Sums, asking
from data.staging.equal_records import Group, Look, Pair, alike, read
from data.staging.findings import BOTH, FILE, KNOWN, NOT_AGAIN, Again
from data.staging.near_days import a_few_days_apart
from data.values.columns import distinct, plain, trimmed
from data.values.identifiers import identifiers

# Of the records that name a known number, at least this share has its amount.
_CLEAR = 0.5
_HEAD, _MOST = 200, 50_000
# Such a column names the order that a return or a credit note is about.
_TAKEN_BACK = re.compile(r"原|退|original|return|credit|refund|stor[nr]|avoir|devol", re.IGNORECASE)


def under_other_numbers(look: Look) -> Again:
    """Return the records of a draft that the store or an earlier draft has otherwise."""
    columns, mapping = look.columns, look.draft.mapping
    if columns.day not in mapping or columns.amount not in mapping:
        return NOT_AGAIN
    rows = _new_rows(look.ids, look.known, look.draft.row_count)
    if not rows or len(rows) > _MOST:
        return NOT_AGAIN
    pairs = _by_reference(look, rows) or alike(look, rows)
    near = a_few_days_apart(look, rows, pairs)
    pairs = [*pairs, *near]
    if not pairs:
        return NOT_AGAIN
    here = {number for _mine, known in pairs for number in known.numbers}
    mine = frozenset(row for group, _known in pairs for row in group.rows)
    sums = [Sums(_text(*pair), pair[0].amount, pair[1].amount) for pair in pairs]
    # Only of orders does the store keep which ones a later file takes out.
    may_leave = look.draft.table == "orders" and all(known.numbers for _mine, known in pairs)
    options = (FILE, KNOWN, BOTH) if may_leave else (KNOWN, BOTH)
    question = asking(look.draft, DAYS if near else NUMBERS, options, sums)
    return Again(question, mine, tuple(sorted(here)) if may_leave else ())


def _text(mine: Group, known: Group) -> str:
    days = dict.fromkeys(group.day.isoformat() for group in (known, mine) if group.day)
    return " · ".join(filter(None, (mine.word, " → ".join(days))))


def _new_rows(ids: pa.Array | None, known: pa.Array, length: int) -> list[int]:
    """Return the positions of rows with a number that nobody knows yet; of a list without, all."""
    if ids is None:
        return list(range(length))
    there = pc.or_(pc.is_in(ids, value_set=known), pc.is_null(ids))
    return list(pc.indices_nonzero(pc.invert(there)).to_pylist())


def _by_reference(look: Look, rows: Sequence[int]) -> list[Pair]:
    """Return the records of which a column names the number they have here, with equal amounts."""
    draft = look.draft
    if draft.table != "orders" or draft.sheet is None or not len(look.known):
        return []
    for at, header in enumerate(draft.sheet.written):
        if at in draft.mapping.values() or _TAKEN_BACK.search(header):
            continue
        cells = trimmed(draft.sheet.rows[str(at)])
        if not _any_known(distinct(cells).slice(0, _HEAD), look.known):
            continue
        pairs = _named(look, rows, plain(identifiers(cells).values))
        if pairs:
            return pairs
    return []


def _any_known(texts: pa.Array, known: pa.Array) -> bool:
    read = identifiers(texts).values
    return bool(pc.any(pc.is_in(read, value_set=known)).as_py())


def _named(look: Look, rows: Sequence[int], references: pa.Array) -> list[Pair]:
    """Return the groups of rows by the known number that they name, if most amounts are equal."""
    where = pa.array(rows, pa.int64())
    there = pc.fill_null(pc.is_in(references.take(where), value_set=look.known), False)
    where = where.filter(there)
    mine: dict[str, list[tuple[int, Decimal]]] = {}
    for at, number, amount in zip(
        where.to_pylist(),
        references.take(where).to_pylist(),
        read(look.draft, "amount", where, look.today),
        strict=True,
    ):
        if isinstance(amount, Decimal):
            mine.setdefault(number, []).append((at, amount))
    known = look.store.rows(
        "SELECT order_id, min(order_date), min(customer), sum(amount) FROM orders "
        "WHERE order_id IN (SELECT unnest(?::VARCHAR[])) AND import_id IS DISTINCT FROM ? "
        "GROUP BY order_id ORDER BY ALL",
        [list(mine), look.own_import],
    )
    pairs = [
        (
            Group(
                day,
                number,
                sum((amount for _at, amount in mine[number]), Decimal(0)),
                tuple(at for at, _amount in mine[number]),
            ),
            Group(day, customer, amount or Decimal(0), (), (number,)),
        )
        for number, day, customer, amount in known
    ]
    equal = [pair for pair in pairs if pair[0].amount and pair[0].amount == pair[1].amount]
    return pairs if equal and len(equal) >= _CLEAR * len(pairs) else []
