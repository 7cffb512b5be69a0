"""Give amounts the sign that stands in another column: a kind of document, or a quantity.

    >>> signed(columns, pa.array(["adds", "takes"]))[0]["status"]        # doctest: +SKIP
    [None, 'returned']

A credit note or a return that is written with a positive amount takes back what was sold; a
payout or a purchase is no sale at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.values.amount_words import of_movements
from data.values.columns import as_coded, plain, trimmed
from data.values.directions import OUT, TAKES, VOID, paid_in, paid_out
from data.values.header_text import normalise

TABLES = ("orders", "contracts", "receivables", "payments", "spend")
NOT_SOLD = "not_a_sale"
# In place of the position of a column: the name of the list, which speaks for every row.
WHOLE = -1
# Beside money that went out, these words say that it was given back.
_GIVEN_BACK = (
    r"(?i)^\W*(?:(?:payment|partial|full)\s)?(?:退款|refund|退货|chargeback|reversal|erstattung|rückzahlung"
    r"|r(?:ü|ue)cklastschrift|remboursement|reembolso|devolución)"
)
_REFUNDED = r"(?i)refunded|退款|charged? ?back|reversed|erstattet|remboursé|reembolsad|rimborsat"

Words = Mapping[int, Mapping[str, str]]


def directions(rows: pa.Table, words: Words, status: pa.Array | None) -> pa.Array | None:
    """Return what each row does with its amount; None if no column tells.

    `words` has, by position of a column or for the whole list, normalised word → direction. Where
    columns differ,
    void goes first, then taking back, then what is no sale. Money that went out was given back
    where the `status` or another text of the row says so, unless something was bought with it.
    """
    by_row, went = None, {}
    bought = pa.array([False] * rows.num_rows, pa.bool_())
    for at, by_word in words.items():
        if at == WHOLE:
            said = next(iter(by_word.values()), None)
            by_row = pa.array([said] * rows.num_rows, pa.string())
            continue
        coded = as_coded(trimmed(rows[str(at)]))
        texts = coded.dictionary.to_pylist()
        read = [by_word.get(normalise(text)) for text in texts]
        here = pa.array(read, pa.string()).take(coded.indices)
        out = pa.array([paid_out(text) for text in texts], pa.bool_()).take(coded.indices)
        went[at] = pc.and_(pc.fill_null(out, False), _is(here, OUT))
        bought = pc.or_(bought, pc.and_not(_is(here, OUT), went[at]))
        by_row = here if by_row is None else _stronger(by_row, here)
    for at, out in went.items():
        out = pc.and_not(out, bought)
        if pc.any(out).as_py():
            back = pc.and_(out, _given_back(rows, at, out, status))
            by_row = _stronger(by_row, pc.if_else(back, pa.scalar(TAKES, pa.string()), None))
    return by_row


def left_account(
    rows: pa.Table, header: Sequence[str], amount: pa.Array, by_row: pa.Array | None
) -> pa.Array | None:
    """Return `by_row` with what left an account as no collection, unless it was given back.

    In a list of the movements of an account, the sign of an amount says which way it went.
    """
    negative = pc.fill_null(pc.less(amount, pa.scalar(Decimal(0), amount.type)), False)
    if not of_movements(header) or not pc.any(negative).as_py():
        return by_row
    kinds = pa.nulls(len(amount), pa.string()) if by_row is None else by_row
    gone = pc.and_(negative, pc.invert(_is(kinds, TAKES)))
    gone = pc.and_(gone, pc.invert(_given_back(rows, -1, gone, None)))
    return pc.if_else(gone, pa.scalar(OUT, pa.string()), kinds)


def came_back(rows: pa.Table, words: Words, amount: pa.Array, by_row: pa.Array) -> pa.Array:
    """Return `by_row` with refunds of what was bought, which came in, as no sale."""
    inward = pa.array([False] * len(amount), pa.bool_())
    for at in words:
        if at != WHOLE:
            coded = as_coded(trimmed(rows[str(at)]))
            said = [paid_in(text) for text in coded.dictionary.to_pylist()]
            here = pa.array(said, pa.bool_()).take(coded.indices)
            inward = pc.or_(inward, pc.fill_null(here, False))
    positive = pc.fill_null(pc.greater(amount, pa.scalar(Decimal(0), amount.type)), False)
    bought = pc.and_(pc.and_(inward, positive), _is(by_row, TAKES))
    return pc.if_else(bought, pa.scalar(OUT, pa.string()), by_row)


def refunds_listed(status: pa.Array, amount: pa.Array, by_row: pa.Array | None) -> pa.Array:
    """Return which rows said to be refunded count, as the list has the refund as a row too.

    A refund is negative, or of a kind that takes back, and as much as the payment.
    """
    nothing = pa.scalar(Decimal(0), amount.type)
    negative = pc.fill_null(pc.less(amount, nothing), False)
    back = negative if by_row is None else pc.or_(negative, _is(by_row, TAKES))
    sums = pc.abs(amount).cast(amount.type)
    there = pc.is_in(sums, value_set=pc.unique(sums.filter(back)).drop_null())
    refunded = pc.fill_null(pc.match_substring_regex(status, _REFUNDED), False)
    return pc.and_(refunded, pc.or_(back, there))


def _stronger(first: pa.Array, second: pa.Array) -> pa.Array:
    every = pc.coalesce(first, second)
    for word in (OUT, TAKES, VOID):
        either = pc.or_(_is(first, word), _is(second, word))
        every = pc.if_else(either, pa.scalar(word, pa.string()), every)
    return every


def _is(by_row: pa.Array, word: str) -> pa.Array:
    return pc.fill_null(pc.equal(by_row, word), False)


def _given_back(rows: pa.Table, at: int, out: pa.Array, status: pa.Array | None) -> pa.Array:
    """Return which of the rows with money that went `out` say elsewhere that it was given back."""
    if status is None:
        back = pa.array([False] * len(out), pa.bool_())
    else:
        back = _is(plain(status), "returned")
    where = pc.indices_nonzero(out)
    few = rows.take(where)
    said = pa.array([False] * len(where), pa.bool_())
    for name in rows.column_names:
        if name not in ("row", str(at)):
            says_so = pc.match_substring_regex(plain(trimmed(few[name])), _GIVEN_BACK)
            said = pc.or_(said, pc.fill_null(says_so, False))
    return pc.or_(back, pc.is_in(pa.array(range(len(out)), pa.uint64()), where.filter(said)))


def not_sold(by_row: pa.Array) -> pa.Array:
    """Return why rows that are no sale are left out, null for the others."""
    nothing = pa.scalar(None, pa.string())
    void = pc.if_else(_is(by_row, VOID), pa.scalar("record_void", pa.string()), nothing)
    return pc.if_else(_is(by_row, OUT), pa.scalar(NOT_SOLD, pa.string()), void)


def signed(columns: Columns, by_row: pa.Array | None, orders: bool = True) -> tuple[Columns, int]:
    """Return the columns with rows that take back made negative, and how many were turned.

    In `orders`, a negative quantity beside a positive amount says the same, and what was
    turned has the status "returned".
    """
    amount = columns["amount"]
    nothing = pa.scalar(Decimal(0), amount.type)
    back = pa.array([False] * len(amount), pa.bool_()) if by_row is None else _is(by_row, TAKES)
    pieces = columns.get("quantity")
    if pieces is not None and orders:
        fewer = pc.less(pieces, pa.scalar(Decimal(0), pieces.type))
        back = pc.or_(back, pc.fill_null(fewer, False))
    turned = pc.and_(back, pc.fill_null(pc.greater(amount, nothing), False))
    count = pc.sum(turned).as_py() or 0
    if not count:
        return columns, 0
    columns = {**columns, "amount": _negative(turned, amount)}
    if orders:
        blank = pa.nulls(len(amount), pa.string())
        status = plain(columns["status"]) if "status" in columns else blank
        void = pc.fill_null(pc.equal(status, "cancelled"), False)
        returned = pc.and_(turned, pc.invert(void))
        columns["status"] = pc.if_else(returned, pa.scalar("returned", pa.string()), status)
    if pieces is not None and orders:
        many = pc.fill_null(pc.greater(pieces, pa.scalar(Decimal(0), pieces.type)), False)
        columns["quantity"] = _negative(pc.and_(turned, many), pieces)
    return columns, count


def _negative(rows: pa.Array, figures: pa.Array) -> pa.Array:
    return pc.if_else(rows, pc.negate(figures).cast(figures.type), figures)
