"""Set a list of returns right by the orders that they are of.

    >>> Sold(unknown=("A9",), leave_out=True).leave_out
    True

An amount that came back is written with and without a minus; it is in the currency of its order,
unless the list says other. What is known of the orders is looked up in `data.staging`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.reconcile import Problem
from data.values.columns import plain

ORDER_UNKNOWN = "order_unknown"
_LISTED = 20


@dataclass(frozen=True)
class Sold:
    """What is known of the orders in a list of returns.

    `unknown` are numbers of no known order, whose rows are left out if `leave_out`; `larger` are
    orders of which more came back than was sold, with both amounts; `settled` those that have
    negative lines of their own or were cancelled; `currencies` those of orders by number.
    """

    unknown: tuple[str, ...] = ()
    leave_out: bool = False
    larger: tuple[tuple[str, str], ...] = ()
    settled: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)
    # The amounts of the unknown ones: all together, and of the first.
    stakes: tuple[tuple[str, str], ...] = ()


NOTHING = Sold()


def set_right(columns: Columns, sold: Sold, header: str) -> tuple[Columns, list[Problem]]:
    """Return the returns with positive amounts in their orders' currency, and what is noted."""
    amount, orders = columns.get("amount"), columns.get("order_id")
    if amount is not None:
        zero = pa.scalar(0, amount.type)
        if not pc.any(pc.greater(amount, zero)).as_py():
            columns = {**columns, "amount": pc.abs(amount)}
    if sold.currencies and orders is not None and amount is not None:
        names = pa.array([*sold.currencies], pa.string())
        codes = pa.array([*sold.currencies.values()], pa.string())
        own = codes.take(pc.index_in(plain(orders), value_set=names))
        said = columns.get("currency")
        columns = {**columns, "currency": own if said is None else pc.coalesce(plain(said), own)}
    return columns, list(_noted(sold, header))


def _noted(sold: Sold, header: str) -> list[Problem]:
    found = [
        *((text, "returned_more") for _, text in sold.larger[:_LISTED]),
        *((order, "returned_before") for order in sold.settled[:_LISTED]),
    ]
    if not sold.leave_out:
        found += [(order, ORDER_UNKNOWN) for order in sold.unknown[:_LISTED]]
    return [Problem(0, "order_id", header, text, why, "noted") for text, why in found]


def left_out(sold: Sold, columns: Columns) -> pa.Array | None:
    """Return why returns of unknown orders are left out; None where they are not."""
    if not sold.leave_out or "order_id" not in columns:
        return None
    unknown = pc.is_in(plain(columns["order_id"]), value_set=pa.array(sold.unknown, pa.string()))
    return pc.if_else(unknown, pa.scalar(ORDER_UNKNOWN, pa.string()), None)
