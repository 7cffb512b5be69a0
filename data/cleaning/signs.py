"""Give amounts the sign that stands in another column: a kind of document, or a quantity.

    >>> signed(columns, pa.array([False, True]))["status"]               # doctest: +SKIP
    [None, 'returned']

A credit note or a return that is written with a positive amount takes back what was sold.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.values.columns import plain

_RETURN = (
    r"(?i)销售退货|退货单|退货入库|红字|红冲|冲红|銷貨退回|销货退回"
    r"|^\W*(?:sales )?(?:credit (?:note|memo)|return order|refund|chargeback)s?\W*$"
    r"|^(?:gutschrift|stornorechnung|avoir|nota de crédito|nota di credito|creditnota)$"
)
_KIND = re.compile(
    r"(?i)类型|類型|类别|单据名称|业务种类|红蓝字|\btype\b|\bkind\b|belegart|\btipo\b|doctype"
)


def is_kind(header: str) -> bool:
    """Return whether a column may name the kind of document that a row is."""
    return bool(_KIND.search(header))


def returns(texts: pa.Array) -> pa.Array:
    """Return which rows are of a kind of document that takes back."""
    takes_back = pc.match_substring_regex(plain(texts), _RETURN)
    return pc.fill_null(takes_back, False)


def signed(columns: Columns, back: pa.Array) -> tuple[Columns, int]:
    """Return the columns with rows that take back made negative, and how many were turned.

    `back` are rows of such documents; a negative quantity beside a positive amount says the same.
    """
    amount = columns["amount"]
    nothing = pa.scalar(Decimal(0), amount.type)
    if "quantity" in columns:
        fewer = pc.less(columns["quantity"], pa.scalar(Decimal(0), columns["quantity"].type))
        back = pc.or_(back, pc.fill_null(fewer, False))
    turned = pc.and_(back, pc.fill_null(pc.greater(amount, nothing), False))
    count = pc.sum(turned).as_py() or 0
    if not count:
        return columns, 0
    blank = pa.nulls(len(amount), pa.string())
    status = plain(columns["status"]) if "status" in columns else blank
    void = pc.fill_null(pc.equal(status, "cancelled"), False)
    returned = pc.and_(turned, pc.invert(void))
    negative = pc.negate(amount).cast(amount.type)
    return {
        **columns,
        "amount": pc.if_else(turned, negative, amount),
        "status": pc.if_else(returned, pa.scalar("returned", pa.string()), status),
    }, count
