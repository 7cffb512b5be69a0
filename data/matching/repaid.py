"""Take what was given back off the lines of the documents it was given back for.

    >>> left = less_repaid([Decimal(60), Decimal(40)], [Decimal(55), None], ["A", "A"],
    ...                    [Decimal(110), None], [Decimal(10), None])
    >>> [str(amount) for amount in left]
    ['30.00', '20.00']

What went back has the tax in it that amounts may be without; no more goes off than there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_CENT = Decimal("0.01")
_ZERO = Decimal(0)
Figures = list[Decimal | None]


def less_repaid(
    amounts: Figures,
    back: Figures,
    keys: Sequence[str | None],
    totals: Figures | None = None,
    taxes: Figures | None = None,
) -> Figures:
    """Return the amounts of lines less what was given back of their document, each its share.

    `totals` with their `taxes` are there where amounts are without the tax.
    """
    left = list(amounts)
    for rows in documents_of(keys, len(amounts)):
        whole = sum((amounts[row] or _ZERO for row in rows), _ZERO)
        repaid = _first(back, rows)
        if not repaid or whole <= 0:
            continue
        if totals is not None and taxes is not None:
            repaid = _untaxed(repaid, _first(totals, rows), _first(taxes, rows))
        rest = max(whole - repaid, _ZERO)
        kept = rest
        for row in rows[:-1]:
            share = (rest * (amounts[row] or _ZERO) / whole).quantize(_CENT)
            left[row] = share
            kept -= share
        left[rows[-1]] = kept
    return left


def documents_of(keys: Sequence[str | None], length: int) -> list[list[int]]:
    """Return the rows of each document; a row without a number is one of its own."""
    grouped: dict[object, list[int]] = {}
    for row in range(length):
        key = keys[row] if keys else None
        grouped.setdefault(key.strip() if key else row, []).append(row)
    return list(grouped.values())


def _first(figures: Figures, rows: Sequence[int]) -> Decimal:
    """Return the size of a document's figure, which stands on its first line or on all."""
    return next((abs(figure) for row in rows if (figure := figures[row])), _ZERO)


def _untaxed(repaid: Decimal, total: Decimal, tax: Decimal) -> Decimal:
    """Return what was given back without the share of tax that the whole document has."""
    if not total:
        return repaid
    return (repaid * (total - tax) / total).quantize(_CENT)
