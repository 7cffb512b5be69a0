"""Look up the orders of a list of returns: which are known, for how much, in which currency.

>>> looked_up(store, draft, today).sold.unknown                     # doctest: +SKIP
('A9',)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.returned import NOTHING, Sold
from data.staging import number_ways, readings, references
from data.staging.draft import Draft, id_of
from data.staging.row_currencies import currencies_of
from data.store.database import Store
from data.values.columns import plain, trimmed
from data.values.identifiers import identifiers

_SAMPLES = 3
_NONE = Decimal(0)


def looked_up(store: Store, draft: Draft, today: date, others: Sequence[Draft] = ()) -> Draft:
    """Return the draft with what is known of the orders that it has returns of.

    Whose orders its numbers mean is found out before, of any list that names records of another.
    `others` are the drafts of the same drop: their orders will be known.
    """
    draft = references.looked_up(store, draft, today, others)
    if draft.table != "returns" or draft.sheet is None or "order_id" not in draft.mapping:
        return replace(draft, sold=NOTHING)
    numbers = _numbers(draft)
    back: dict[str, Decimal] = {}
    for number, amount in zip(numbers.to_pylist(), _amounts(draft, today), strict=True):
        if number is not None:
            back[number] = back.get(number, _NONE) + abs(amount or _NONE)
    known = {
        number: (amount, currency, settled)
        for number, amount, currency, settled in store.rows(
            "SELECT order_id, sum(amount) FILTER (status IS DISTINCT FROM 'cancelled') + coalesce(("
            "  SELECT sum(gone.amount) FROM refunds_off AS gone "
            "  WHERE gone.order_id = orders.order_id "
            "  AND gone.import_id IN (SELECT import_id FROM orders AS own "
            "    WHERE own.order_id = gone.order_id)), 0), "
            "CASE WHEN min(currency) = max(currency) THEN min(currency) END, "
            "coalesce(bool_or(amount < 0) OR bool_and(status = 'cancelled'), false) "
            "FROM orders WHERE order_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY order_id",
            [[*back]],
        )
    }
    beside, currencies = _in_drop(store, draft, others, today)
    spelt = draft.twins.get("order_id", {})
    unknown = [n for n in back if n not in known and n not in beside and n not in spelt]
    larger = [
        (number, f"{number} · {back[number].normalize():f} > {amount.normalize():f}")
        for number, (amount, _, settled) in known.items()
        if amount is not None and back[number] > amount and not settled
    ]
    amounts = [(number, f"{back[number].normalize():f}") for number in unknown if back[number]]
    total = sum((back[number] for number in unknown), _NONE)
    currencies |= {number: code for number, (_, code, _) in known.items() if code}
    sold = Sold(
        unknown=tuple(unknown),
        larger=tuple(larger),
        settled=tuple(number for number, (*_, settled) in known.items() if settled),
        currencies=currencies,
        stakes=(("", f"{total.normalize():f}"), *amounts[:_SAMPLES]) if amounts else (),
    )
    return replace(draft, sold=sold)


def _numbers(draft: Draft) -> pa.Array:
    assert draft.sheet
    cells = trimmed(draft.sheet.rows[str(draft.mapping["order_id"])])
    texts = plain(identifiers(cells).values)
    if told := number_ways.meant(draft).get("order_id"):
        texts = pa.array([told.get(at, text) for at, text in enumerate(texts.to_pylist())])
    return texts


def _amounts(draft: Draft, today: date) -> list[Decimal | None]:
    assert draft.sheet
    if "amount" not in draft.mapping:
        return [None] * draft.sheet.rows.num_rows
    how = readings.first_readings(draft, today)["amount"]
    values: list[Decimal | None] = readings.read(draft, "amount", how).values.to_pylist()
    return values


def _in_drop(
    store: Store, draft: Draft, others: Sequence[Draft], today: date
) -> tuple[set[str], dict[str, str]]:
    """Return the orders that come in the same drop, and the codes of their currencies."""
    numbers: set[str] = set()
    currencies: dict[str, str] = {}
    for other in others:
        mine = id_of(other) == id_of(draft) or other.table != "orders" or not other.take
        if mine or "order_id" not in other.mapping:
            continue
        ids = _numbers(other)
        numbers |= set(pc.unique(ids.drop_null()).to_pylist())
        codes = currencies_of(other, pa.array(range(len(ids)), pa.int64()), today, store)
        currencies |= {n: c for n, c in zip(ids.to_pylist(), codes, strict=True) if n and c}
    return numbers, currencies
