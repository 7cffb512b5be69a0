"""Say that nothing is owed of a document whose status is that it was paid.

    >>> says_paid("Paid in full"), says_paid("已结清"), says_paid("Partially paid")
    (True, True, False)

An amount that is what is still open says so itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.matching.invoices import is_open_amount
from data.values.columns import as_coded, trimmed
from data.values.header_text import normalise

_STATUS = re.compile(r"(?:状态|狀態|status|state)$|^statut|^estado|^stato|^situação")
_PAID = re.compile(
    r"^(?:(?:fully |invoice )?paid(?: in full)?|settled|cleared|collected|paid off"
    r"|已付款|已付|已付清|已支付|已收款|已收|已收讫|已回款|全部回款|已结清|结清|已核销|全部核销|完全核销"
    r"|(?:vollständig )?bezahlt|beglichen|ausgeglichen|payée?|réglée?|soldée?|encaissée?|acquittée?"
    r"|pagad[ao]|cobrad[ao]|saldad[ao]|liquidad[ao]|pagat[ao]|incassat[ao]|saldat[ao]|pag[ao]"
    r"|betaald|voldaan)$"
)


def says_paid(status: str | None) -> bool:
    """Return whether a status is that all of a document was paid."""
    return bool(_PAID.search(normalise(status or "")))


def with_paid(
    columns: Columns, rows: pa.Table, header: Sequence[str], amount: str
) -> tuple[Columns, int]:
    """Return the columns with nothing owed in rows that are paid, and in how many.

    `amount` is the header of the amounts.
    """
    if is_open_amount(amount):
        return columns, 0
    paid = pa.array([False] * rows.num_rows, pa.bool_())
    for at, text in enumerate(header):
        if _STATUS.search(normalise(text)):
            coded = as_coded(trimmed(rows[str(at)]))
            said = [says_paid(word) for word in coded.dictionary.to_pylist()]
            paid = pc.or_(paid, pc.fill_null(pa.array(said, pa.bool_()).take(coded.indices), False))
    owed = columns["amount"]
    nothing = pa.scalar(Decimal(0), owed.type)
    paid = pc.and_(paid, pc.fill_null(pc.not_equal(owed, nothing), False))
    count = pc.sum(paid).as_py() or 0
    return (columns | {"amount": pc.if_else(paid, nothing, owed)}, count) if count else (columns, 0)
