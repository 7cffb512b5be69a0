"""Tell which of two amounts was taken where the other includes tax.

>>> told_apart(amount).other                                         # doctest: +SKIP
'价税合计'
"""

from __future__ import annotations

from dataclasses import replace

from data.matching.amount_evidence import Evidence
from data.matching.amounts import Amount
from data.matching.tax_shares import untaxed_beside
from data.values.amount_words import role

_TABLES = ("orders", "contracts")


def told_apart(amount: Amount) -> Amount:
    """Return the amount with a note on that with tax beside it, unless there is another note."""
    match, header = amount.match, amount.sheet.header
    at = match.mapping.get("amount")
    if match.table not in _TABLES or at is None or amount.note or amount.positions:
        return amount
    taxed = [other for other, text in enumerate(header) if other != at and role(text) == "gross"]
    evidence = Evidence.of(amount.sheet, match) if taxed else None
    others = [
        other
        for other in taxed
        if evidence and other in evidence.numbers.columns and untaxed_beside(evidence, other) == at
    ]
    if len(others) != 1:
        return amount
    return replace(amount, note="net_amount", header=header[at], other=header[others[0]])
