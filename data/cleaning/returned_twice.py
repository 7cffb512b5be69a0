"""Take a return back once where a mark on the order and a negative line both say it.

    >>> once(columns)[1]                                             # doctest: +SKIP
    1

The negative line says how much came back and when, so the order stays sold.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.values.columns import plain

_NAMES = ("order_id", "customer", "currency", "order_date", "amount")
# What a return's number has beside that of its order: NS1R, NS1-R2, R-1001, 退1001.
_BEHIND = re.compile(r"[^0-9]{1,8}[0-9]{0,2}$")
_BEFORE = re.compile(r"^(?:R|RE|RET|RTN|RMA|CN|退|退货)[-_ ]?(?=.)", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    at: int
    order_id: str | None
    customer: str | None
    currency: str | None
    order_date: date | None
    amount: Decimal


def once(columns: Columns) -> tuple[Columns, int]:
    """Return orders with the mark "returned" taken off where negative lines take them back too.

    Also return how many lines it was taken off. A negative line belongs to an order by its number,
    or else by its customer and the same amount on a day not before.
    """
    if not {"status", "amount"} <= set(columns):
        return columns, 0
    status, amount = plain(columns["status"]), columns["amount"]
    nothing = pa.scalar(Decimal(0), amount.type)
    marked = pc.and_(pc.equal(status, "returned"), pc.greater(amount, nothing))
    negative = pc.and_not(
        pc.less(amount, nothing), pc.fill_null(pc.equal(status, "cancelled"), False)
    )
    marked, negative = pc.fill_null(marked, False), pc.fill_null(negative, False)
    if not pc.any(marked).as_py() or not pc.any(negative).as_py():
        return columns, 0
    sold, back = _lines(columns, marked), _lines(columns, negative)
    rest, left = _without_own(sold, back)
    rest = _without_same_amount(rest, left)
    twice = {line.at for line in sold} - {line.at for line in rest}
    if not twice:
        return columns, 0
    rows = pc.is_in(pa.array(range(len(status))), value_set=pa.array(sorted(twice), pa.int64()))
    valid = pa.scalar("valid", pa.string())
    return {**columns, "status": pc.if_else(rows, valid, status)}, len(twice)


def _lines(columns: Columns, rows: pa.Array) -> list[_Line]:
    blank = pa.nulls(len(rows))
    chosen = [plain(columns.get(name, blank)).filter(rows).to_pylist() for name in _NAMES]
    places = pc.indices_nonzero(rows).to_pylist()
    return [_Line(*line) for line in zip(places, *chosen, strict=True)]


def _without_own(sold: Sequence[_Line], back: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines whose orders have no negative lines, and the negative lines of none."""
    by_order: dict[str, list[_Line]] = defaultdict(list)
    for line in sold:
        if line.order_id:
            by_order[line.order_id].append(line)
    of_order: dict[str, list[_Line]] = defaultdict(list)
    left: list[_Line] = []
    for line in back:
        order = next((name for name in _orders_of(line.order_id) if name in by_order), None)
        (of_order[order] if order else left).append(line)
    settled: set[int] = set()
    for order, negative in of_order.items():
        lines = by_order[order]
        whole = sum(line.amount for line in lines) + sum(line.amount for line in negative)
        if whole == 0 or (len(lines) == 1 and whole > 0):
            settled.update(line.at for line in lines)
        else:
            rest = {line.at for line in _without_same_amount(lines, negative)}
            settled.update(line.at for line in lines if line.at not in rest)
    return [line for line in sold if line.at not in settled], left


def _orders_of(number: str | None) -> Iterable[str]:
    """Return the numbers that the order of a negative line may have."""
    if number:
        yield number
        yield _BEHIND.sub("", number)
        yield _BEFORE.sub("", number)


def _without_same_amount(sold: Sequence[_Line], back: Sequence[_Line]) -> list[_Line]:
    """Return the lines without a negative line of the same customer and amount, each used once."""
    by_amount: dict[tuple[object, ...], list[_Line]] = defaultdict(list)
    for line in back:
        if line.customer:
            by_amount[line.customer, line.currency, -line.amount].append(line)
    rest = []
    for line in sold:
        alike = by_amount.get((line.customer, line.currency, line.amount), [])
        later = next((other for other in alike if _not_before(other, line)), None)
        if later is None:
            rest.append(line)
        else:
            alike.remove(later)
    return rest


def _not_before(later: _Line, line: _Line) -> bool:
    return not (later.order_date and line.order_date) or later.order_date >= line.order_date
