"""Take the tax off amounts that have it, by the rate beside them.

>>> with_rate_off(evidence, 4)                                       # doctest: +SKIP
[Formula(kind='untaxed', parts=(4, 5))]

Where a row has no rate that can be read, only the user knows what its amount is.
"""

from __future__ import annotations

from decimal import Decimal

from data.matching.amount_evidence import Evidence
from data.matching.computed_columns import Formula
from data.matching.sample_numbers import HEAD, Column, equal
from data.values.columns import distinct, trimmed
from data.values.tax_rates import is_tax_rate, tax_rate

_OTHERS = ("id", "quantity", "price", "rate", "tax", "freight", "settled", "balance", "refund")


def with_rate_off(evidence: Evidence, at: int) -> list[int | Formula]:
    """Return what may be the amount without tax: one way if it is known, none if nothing tells.

    Several ways are to be asked about; `at` is the first of them.
    """
    if evidence.role(at) != "gross":
        return []
    sheet = evidence.sheet
    rates = [
        other for other, header in enumerate(sheet.header) if other != at and is_tax_rate(header)
    ]
    if len(rates) != 1 or any(evidence.role(other) == "tax" for other in evidence.numbers.columns):
        return []
    cells = trimmed(sheet.rows[str(rates[0])])
    read = {text: tax_rate(text) for text in distinct(cells).to_pylist()}
    if not any(read.values()):
        return []
    head = cells.slice(0, HEAD).to_pylist()
    shares = [None if text is None else read[text] for text in head]
    untaxed = _untaxed(evidence.numbers.columns[at], shares)
    for other, column in evidence.numbers.columns.items():
        known = evidence.role(other) not in _OTHERS and other != at
        if known and equal(column, untaxed):
            return [other]
    way = Formula("untaxed", (at, rates[0]))
    sure = cells.null_count == 0 and None not in read.values() and _of_one_kind(list(read))
    return [way] if sure else [at, way]


def _untaxed(amounts: Column, shares: list[Decimal | None]) -> Column:
    return tuple(
        None if amount is None or share is None else amount / (1 + share)
        for amount, share in zip(amounts, shares, strict=True)
    )


def _of_one_kind(texts: list[str]) -> bool:
    """Return whether the rates are all shares or all hundredths: beside 13, 0.5 may be either."""
    bare = [text for text in texts if not text.rstrip().endswith(("%", "％"))]
    shares = [text for text in bare if Decimal(0) < (tax_rate(text) or 0) and _is_small(text)]
    return not shares or len(shares) == sum(bool(tax_rate(text)) for text in bare)


def _is_small(text: str) -> bool:
    """Return whether a rate is written as a share of one."""
    return text.lstrip().startswith(("0", "."))
