"""Tell how much the amounts of orders are without, as their file says that it was given back.

    >>> looked_up(draft, today).refunds                          # doctest: +SKIP
    {2: Decimal('50')}

Amounts may be worked out less a column of refunds, or less pieces that came back, or be so in the
file already. A list of returns of the same orders takes off nothing more
(`data.facts.refunds_off`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa

from data.cleaning.reconcile import Problem
from data.facts.sql import insert_of_import
from data.matching.amount_evidence import Evidence
from data.matching.computed_columns import Grid
from data.matching.refunds import refunded
from data.matching.returned_pieces import pieces_back
from data.staging import readings
from data.staging.draft import Draft
from data.store.database import Cursor
from data.values.amount_words import role
from data.values.columns import plain, trimmed

_NOTHING = Decimal(0)
_LISTED = 20
# What stands between an amount and what is taken off it, in the header of the result.
_TAKEN_OFF = (" − ", " × (1 − ")


def looked_up(draft: Draft, today: date) -> Draft:
    """Return the draft with what its amounts are without, by the number of a row."""
    may_be = draft.table == "orders" and _may_be_without(draft)
    return replace(draft, refunds=_by_row(draft, today) if may_be else {})


def _may_be_without(draft: Draft) -> bool:
    written = draft.sheet.written if draft.sheet else ()
    if draft.mapping.get("amount", 0) >= len(written):
        return True
    mapped = set(draft.mapping.values())
    return any(role(text) == "refund" for at, text in enumerate(written) if at not in mapped)


def _by_row(draft: Draft, today: date) -> Mapping[int, Decimal]:
    if draft.sheet is None or draft.match is None:
        return {}
    sheet, at = draft.sheet, draft.mapping.get("amount")
    if at is None or "order_id" not in draft.mapping:
        return {}
    grid = Grid(sheet.header, sheet.rows)
    money = refunded(grid, set(draft.mapping.values()))
    back = [*([] if money is None else [money]), *pieces_back(grid)]
    if not back:
        return {}
    numbers = sheet.rows["row"].to_pylist()
    if at >= len(sheet.written):
        whole = _whole(sheet.header, at, back)
        if whole is None:
            return {}
        pairs = zip(_figures(draft, whole, today), _figures(draft, at, today), strict=True)
        gone = [before - after for before, after in pairs]
    elif money is not None and Evidence.of(grid, draft.match).without(at, money):
        gone = [*_once_an_order(draft, _figures(draft, money, today))]
    else:
        return {}
    return {row: amount for row, amount in zip(numbers, gone, strict=True) if amount > 0}


def keep(cursor: Cursor, import_id: int, refunds: Mapping[int, Decimal], rows: pa.Table) -> None:
    """Keep by order what the amounts of an import's typed `rows` are without."""
    gone: dict[str, Decimal] = {}
    pairs = zip(rows["row"].to_pylist(), rows["order_id"].to_pylist(), strict=True)
    for row, order in pairs:
        if amount := refunds.get(row):
            gone[order] = gone.get(order, _NOTHING) + amount
    columns: dict[str, list[object]] = {"order_id": [*gone], "amount": [*gone.values()]}
    insert_of_import(cursor, "refunds_off", import_id, columns)


def noted(draft: Draft, orders: Sequence[str]) -> list[Problem]:
    """Note the orders whose returns take off nothing, as the orders are without them already."""
    at = draft.mapping.get("order_id")
    header = draft.sheet.header[at] if draft.sheet and at is not None else ""
    return [
        Problem(0, "order_id", header, order, "refund_taken_off", "noted")
        for order in orders[:_LISTED]
    ]


def _whole(header: tuple[str, ...], at: int, back: list[int]) -> int | None:
    """Return the column that the amounts at a position are less of what was given back."""
    name = header[at]
    if not any(header[place].strip("* ") in name for place in back):
        return None
    begins = [
        place
        for place, text in enumerate(header)
        if any(name.startswith(text.strip("* ") + sign) for sign in _TAKEN_OFF)
    ]
    return max(begins, key=lambda place: len(header[place]), default=None)


def _figures(draft: Draft, at: int, today: date) -> list[Decimal]:
    """Return the numbers of a column, read as amounts are; nothing where there is none."""
    assert draft.sheet
    how = readings.first_readings(draft, today)["amount"]
    cells = trimmed(draft.sheet.rows[str(at)])
    values = plain(readings.read(draft, "amount", how, cells).values).to_pylist()
    return [value or _NOTHING for value in values]


def _once_an_order(draft: Draft, back: list[Decimal]) -> Iterator[Decimal]:
    """Yield what was given back; of an order whose lines all say the same, once."""
    assert draft.sheet
    orders = trimmed(draft.sheet.rows[str(draft.mapping["order_id"])]).to_pylist()
    said: set[tuple[str | None, Decimal]] = set()
    for order, amount in zip(orders, back, strict=True):
        amount = abs(amount)
        yield _NOTHING if (order, amount) in said else amount
        said.add((order, amount))
