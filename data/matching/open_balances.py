"""Tell what is still owed of an invoice from what it came to.

    >>> is_open("Open balance"), is_open("应收余额"), is_open("Offener Betrag"), is_open("Amount")
    (True, True, True, False)

Words of English, Chinese, German, French, Spanish, Italian, Dutch and Portuguese.
"""

from __future__ import annotations

import re
from functools import lru_cache

from data.matching.amount_evidence import Evidence
from data.values.header_text import normalise

_OPEN = re.compile(
    r"未收|待收|未回款|待回款|未结|未核销|未付|未清|欠款|尚欠|剩余|余额|餘額"
    r"|(?<![^\W_])(?:open|outstanding|balance|residual|remaining|unpaid|owed|owing"
    r"|offen(?:e[rs]?)?|restbetrag|restforderung|saldo|ausstehend(?:e[rs]?)?"
    r"|reste|restant|solde|impayé|pendiente|adeudad[oa]|residuo|aperto|da pagare"
    r"|openstaand|em aberto|pendente)(?![^\W_])"
)


@lru_cache(maxsize=4096)
def is_open(header: str) -> bool:
    """Return whether a header says that its amounts are what is left to pay."""
    return bool(_OPEN.search(normalise(header)))


def instead_of_invoiced(evidence: Evidence, at: int | None) -> int | None:
    """Return the column of what is still owed where `at` has what was invoiced.

    A balance that runs on from row to row is larger than its rows' amounts; none owes more than
    its invoice.
    """
    columns, header = evidence.numbers.columns, evidence.sheet.header
    if at not in columns or is_open(header[at]):
        return None
    if any(one.column == "amount" and one.why == "remembered" for one in evidence.match.columns):
        return None
    taken = evidence.match.mapping.values()
    for other, owed in columns.items():
        if other in taken or not is_open(header[other]):
            continue
        pairs = [(a, b) for a, b in zip(columns[at], owed, strict=True) if a is not None and b]
        parts = all(abs(owes) <= abs(whole) and owes * whole > 0 for whole, owes in pairs)
        if pairs and parts:
            return other
    return None
