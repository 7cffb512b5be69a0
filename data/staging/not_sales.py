"""Find lists of purchases, quotes and stock whose headers are otherwise those of sales.

    >>> of(draft)                                                        # doctest: +SKIP
    {-1: {'lieferant': Spoken(...)}}

They name a supplier and no customer, or what lies in stock and nothing that was sold; or the name
of the list says so. Whether such a list has sales by product after all, only the user can tell.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from data.cleaning.signs import WHOLE
from data.staging import word_meanings
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.staging.unsold_names import (
    named_quoted,
    named_unsold,
    of_buyer,
    of_order,
    of_purchases,
    of_quotes,
    of_sales,
    of_stock,
    of_supplier,
)
from data.values.columns import trimmed
from data.values.header_text import normalise


def of(draft: Draft) -> dict[int, dict[str, Spoken]]:
    """Return what is to be asked about a draft that may have nothing sold."""
    assert draft.sheet
    word = "" if draft.table == "spend" else _bought(draft) or _quoted(draft) or _in_stock(draft)
    if not word:
        return {}
    cells = trimmed(draft.sheet.rows[str(draft.mapping["amount"])])
    every = pa.array([word] * len(cells), pa.string())
    amount = word_meanings.amounts_beside(draft, every, {word}).get(word)
    spoken = normalise(word)
    return {WHOLE: {spoken: Spoken((word,), (spoken,), (None,), True, len(cells), amount)}}


def says_so(word: str) -> bool:
    """Return whether a header or the name of a list is one that this module asks about."""
    headed = of_purchases(word) or of_stock(word) or of_quotes(word) or bool(named_quoted(word))
    return headed or any(named_unsold(word, bought=bought) for bought in (True, False))


def _quoted(draft: Draft) -> str:
    """Return the header or name that says that a list is one of quotes; else nothing."""
    assert draft.sheet
    if draft.table not in ("orders", "contracts"):
        return ""
    own = ("order_id", "order_date", "contract_id", "signed_date")
    headers = [header for name in own if (header := _header(draft, name))]
    for header in headers:
        if of_quotes(header):
            return header
    if any(of_order(header) for header in headers):
        return ""
    names = (draft.sheet.name, Path(draft.file).stem)
    return next((said for name in names if (said := named_quoted(name))), "")


def _bought(draft: Draft) -> str:
    """Return the header or name that says who sold, or that something was bought; else nothing."""
    assert draft.sheet
    customer = _header(draft, "customer")
    if customer and not of_buyer(customer):
        return ""
    headers = draft.sheet.written
    suppliers = [text for text in headers if of_supplier(text)]
    purchases = [text for text in headers if of_purchases(text) and not of_supplier(text)]
    if not (suppliers and purchases) and any(map(of_sales, headers)):
        return ""
    return next(iter((*suppliers, *purchases)), "") or _named(draft, bought=True)


def _in_stock(draft: Draft) -> str:
    """Return the header or name that says that a list is one of stock; else nothing."""
    assert draft.sheet
    known = any(_header(draft, name) for name in ("customer", "rep", "order_id"))
    if draft.table != "orders" or known or any(map(of_sales, draft.sheet.written)):
        return ""
    quantity = _header(draft, "quantity")
    words = [text for text in draft.sheet.written if of_stock(text)]
    if words and quantity and not of_stock(quantity):
        return ""
    return next(iter(words), "") or _named(draft, bought=False)


def _header(draft: Draft, column: str) -> str:
    at = draft.mapping.get(column)
    return draft.sheet.header[at] if draft.sheet and at is not None else ""


def _named(draft: Draft, *, bought: bool) -> str:
    assert draft.sheet
    names = (draft.sheet.name, Path(draft.file).stem)
    return next((said for name in names if (said := named_unsold(name, bought=bought))), "")
