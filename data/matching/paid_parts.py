"""Take off what a list of documents says was paid of each, where it has no column of what is open.

>>> less_paid(amount).header                                         # doctest: +SKIP
'Total − Amount Paid'

A planned payment or an amount due stays whole: what is paid of it comes in a list of collections.
"""

from __future__ import annotations

from data.matching.aliases import SURE, named
from data.matching.amount_evidence import Evidence
from data.matching.amounts import Amount, taken
from data.matching.computed_columns import Formula
from data.matching.invoices import OWED, SOLD, paid_of
from data.matching.systems import GENERIC
from domain.tables import table

_HEAD = 200


def less_paid(amount: Amount) -> Amount:
    """Return the amount less what was paid of it; of lists of sales, the amount as it is."""
    sheet, match = amount.sheet, amount.match
    at = match.mapping.get("amount")
    if match.table != OWED or match.system != GENERIC or at is None or amount.positions:
        return amount
    whole = named(table(SOLD), sheet.header[at], GENERIC)
    if not any(one.column == "amount" and one.confidence >= SURE for one in whole):
        return amount
    head = sheet.rows.slice(0, _HEAD)
    paid = paid_of(
        sheet.header, [head.column(str(i)).to_pylist() for i in range(len(sheet.header))]
    )
    if paid is None or paid == at:
        return amount
    return taken(Evidence.of(sheet, match), Formula("minus", (at, paid)), "net_of_paid", at)
