"""Take tax and freight off amounts where the file has no column without them.

>>> with_tax_off(evidence, 4)                                        # doctest: +SKIP
[Formula(kind='minus', parts=(4, 5))]

A tax is a whole percentage of what it is on: 10 of 110 are 10 % of 100, and 10 of 100 come on
top. So do sales taxes of the USA, in eighths of a percent: 8.25 of 100, which is nearly 9 % of
91.75. Where that does not tell, a total beside a tax has it or not, and only the user knows.
"""

from __future__ import annotations

import re

from data.matching.amount_evidence import Evidence
from data.matching.computed_columns import Formula
from data.matching.sample_numbers import Column, combined
from data.values.columns import distinct, trimmed

_TOTAL = re.compile(
    r"total|\bsum\b|gesamt|summe|totale|总|總|合计|合計|应付|應付|实付|實付", re.IGNORECASE
)
_RATES = range(2, 29)  # of VAT and sales taxes, in hundredths
# Sales taxes of the USA that are no whole percentage; one rate holds for all rows.
_EIGHTHS = tuple(eighths / 8 for eighths in range(16, 97) if eighths % 8)
_OF_USA = re.compile(r"\bsales tax\b", re.IGNORECASE)
_LEAST_BASE = 20  # below, one percentage is within a cent of the next
_CENT, _HALF_CENT = 0.011, 0.0051
_ROWS = 2
# Where Amazon's prices are without the tax: 8.25 % on top are within a cent of 9 % inside.
_CHANNEL, _OF_ITEM = "sales-channel", "item-tax"
_UNTAXED = frozenset(("amazon.com", "amazon.ca"))


def with_tax_off(evidence: Evidence, at: int) -> list[int | Formula]:
    """Return what may be the amount without tax: one way if it is known, none if `at` is it.

    Several ways are to be asked about; `at` is the first of them.
    """
    if _is_untaxed(evidence):
        return []
    columns = evidence.numbers.columns
    taxes, freights = (
        [
            other
            for other in columns
            if evidence.role(other) == of
            and evidence.level(other) == "line"
            and any(columns[other])
        ]
        for of in ("tax", "freight")
    )
    # Beside it stand the taxes of shipping and wrapping, which are in no price of an item.
    taxes = [at for at in taxes if evidence.sheet.header[at] == _OF_ITEM] or taxes
    if len(taxes) != 1 or len(freights) > 1 or at in (*taxes, *freights):
        return []
    off = [taxes, [*taxes, *freights]] if freights else [taxes]
    ways = [Formula("minus", (at, *parts)) for parts in off]
    tax = columns[taxes[0]]
    inside = [
        way
        for way, parts in zip(ways, off, strict=True)
        if _is_share(tax, combined([columns[at]], [columns[part] for part in parts]))
    ]
    if inside and _is_of_eighths(tax, columns[at]):
        exact = _is_share(tax, combined([columns[at]], [columns[p] for p in inside[0].parts[1:]]),
                          _HALF_CENT)  # fmt: skip
        unsure = exact and not _OF_USA.search(evidence.sheet.header[taxes[0]])
        unsure = unsure or bool(_TOTAL.search(evidence.sheet.header[at]))
        return [at, *ways] if unsure and not evidence.proved(at) else []
    on_top = _is_share(tax, columns[at])
    if len(inside) == 1 and not on_top:
        return [inside[0]]
    if (on_top and not inside) or evidence.proved(at):
        return []
    return [at, *ways] if _TOTAL.search(evidence.sheet.header[at]) else []


def untaxed_beside(evidence: Evidence, at: int) -> int | None:
    """Return the only column without tax beside amounts with it, a whole percentage less."""
    if evidence.role(at) != "gross":
        return None
    columns = evidence.numbers.columns
    found = [
        other
        for other, column in columns.items()
        if evidence.role(other) == "net"
        and evidence.level(other) == evidence.level(at)
        and not evidence.is_price(other)
        and _is_share(combined([columns[at]], [column]), column)
    ]
    return found[0] if len(found) == 1 else None


def _is_untaxed(evidence: Evidence) -> bool:
    """Return whether a report of Amazon's is of sales in countries whose prices have no tax in."""
    at = next((at for at, text in enumerate(evidence.sheet.header) if text == _CHANNEL), None)
    if at is None:
        return False
    texts = distinct(trimmed(evidence.sheet.rows[str(at)])).to_pylist()
    markets = {text.casefold() for text in texts if text}
    return bool(markets) and markets <= _UNTAXED


def _is_of_eighths(tax: Column, base: Column) -> bool:
    """Return whether a tax is one percentage of a base in every row, in eighths and not whole."""
    pairs = [(float(t), float(b)) for t, b in zip(tax, base, strict=True) if t and b is not None]
    return len(pairs) >= _ROWS and any(
        all(abs(t - b * rate / 100) <= _HALF_CENT for t, b in pairs) for rate in _EIGHTHS
    )


def _is_share(tax: Column, base: Column, within: float = _CENT) -> bool:
    """Return whether a tax is a whole percentage of a base in every row, of several bases."""
    pairs = [(float(t), float(b)) for t, b in zip(tax, base, strict=True) if t and b is not None]
    large = {b for _t, b in pairs if abs(b) >= _LEAST_BASE}
    return len(large) >= _ROWS and all(
        any(abs(t - b * rate / 100) <= within for rate in _RATES) for t, b in pairs
    )
