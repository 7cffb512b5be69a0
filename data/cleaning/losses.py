"""Find the rows of a table that cannot stand, and why: no key, no date, a target below zero.

>>> [loss.column for loss in row_losses(table("orders"), columns, read, 3)]    # doctest: +SKIP
['order_date']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.keys import last_of_each
from data.cleaning.summary import DATES, NUMBERS
from data.values.columns import Typed
from domain.tables import Table

Outcome = Literal["row_left_out", "value_left_out", "noted"]

_TARGETS = ("target", "floor", "stretch")


@dataclass(frozen=True)
class Loss:
    """Rows or values lost for one column: `why` is null where nothing is."""

    column: str
    why: pa.Array
    outcome: Outcome


def row_losses(
    table: Table, columns: Columns, read: Mapping[str, Typed], length: int
) -> Iterator[Loss]:
    """Yield rows without a key, without a date or number that the table needs, or to be refused."""
    keys = {group[0] for group in table.needs if len(group) == 1 and group[0] in table.key}
    keys |= set(table.key) if len(table.key) == 1 else set()
    keys |= {"order_id"} if table.name == "orders" else set()
    groups: list[tuple[str, ...]] = [(name,) for name in table.key if name in keys]
    groups += [group for group in table.needs if group not in groups and _essential(table, group)]
    for group in groups:
        there = [name for name in group if name in columns]
        if not there:
            continue
        if any(not columns[name].null_count for name in there):
            continue
        missing = reduce(pc.and_, (pc.is_null(columns[name]) for name in there))
        if not pc.any(missing).as_py():
            continue
        unread = [read[name].why for name in there if name in read and read[name].why is not None]
        blank = pa.scalar(_missing(table, there[0]), pa.string())
        why = pc.coalesce(*unread, blank) if unread else blank
        none = pa.nulls(length, pa.string())
        yield Loss(there[0], pc.if_else(missing, why, none), "row_left_out")
    yield from _negative_targets(table, columns)
    yield from _returns_of_nothing(table, columns, read, length)


def why_unread(table: Table, name: str, why: pa.Array) -> pa.Array:
    """Return why values of a column were not taken; that a row names no other record is no loss."""
    if name == table.key[0]:
        return why
    return pc.if_else(pc.equal(why, "no_number"), None, why)


def _negative_targets(table: Table, columns: Columns) -> Iterator[Loss]:
    """Yield rows whose target is below zero: nobody means to sell less than nothing."""
    for name in _TARGETS if table.name == "targets" else ():
        if name in columns:
            negative = pc.less(columns[name], pa.scalar(Decimal(0), columns[name].type))
            why = pc.if_else(negative, pa.scalar("negative_target", pa.string()), None)
            yield Loss(name, why, "row_left_out")


def _returns_of_nothing(
    table: Table, columns: Columns, read: Mapping[str, Typed], length: int
) -> Iterator[Loss]:
    """Yield returns whose amount is blank in a list of amounts: they are not of whole orders."""
    if table.name != "returns" or "amount" not in columns:
        return
    blank = pc.is_null(columns["amount"])
    if "quantity" in columns:
        blank = pc.and_(blank, pc.is_null(columns["quantity"]))
    if not pc.any(blank).as_py() or pc.all(blank).as_py():
        return
    missing = pa.scalar("missing_amount", pa.string())
    why = read["amount"].why if "amount" in read else None
    unread = missing if why is None else pc.coalesce(why, missing)
    yield Loss("amount", pc.if_else(blank, unread, pa.nulls(length, pa.string())), "row_left_out")


def _essential(table: Table, group: tuple[str, ...]) -> bool:
    """Return whether a row needs one of `group`: dates, numbers, or a single column.

    Alternatives that are words, such as a channel or a campaign, may all be blank.
    """
    kinds = {table.column(name).kind for name in group}
    if len(group) == 1:
        return True
    others = {name for name in group if table.column(name).kind not in (*DATES, *NUMBERS)}
    return bool(kinds & {*DATES, *NUMBERS}) and others <= set(table.key)


def _missing(table: Table, name: str) -> str:
    kind = table.column(name).kind
    if kind in DATES:
        return "missing_date"
    if kind in NUMBERS:
        return "missing_amount"
    return "missing_key"


def repeated(table: Table, columns: Columns, losses: Sequence[Loss], length: int) -> Loss:
    """Return rows whose key comes again below; the snapshot day is part of a deal's key."""
    key = [*table.key, "as_of"] if table.name == "deals" else list(table.key)
    there = [name for name in key if name in columns]
    among = pc.is_null(first_reasons(losses, length))
    last = last_of_each([columns[name] for name in there], among) if there and length else among
    if last is among:
        return Loss(key[0], pa.nulls(length, pa.string()), "row_left_out")
    again = pc.and_(among, pc.invert(last))
    why = pc.if_else(again, pa.scalar("same_key_again", pa.string()), None)
    return Loss(there[0], why, "row_left_out")


def first_reasons(losses: Sequence[Loss], length: int) -> pa.Array:
    none = pa.nulls(length, pa.string())
    return pc.coalesce(*(loss.why for loss in losses), none) if losses else none
