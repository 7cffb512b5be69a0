"""Take off the amounts of a sheet the pieces that came back or were cancelled.

    >>> less_returned_pieces(amount).header                              # doctest: +SKIP
    'Amount × (1 − Return Qty ÷ Qty)'

Ten pieces for 1,000 of which three came back are worth 700. Where pieces times price is the
amount, that is sure; else the user says whether the amount is without them already.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from data.matching.amount_evidence import Evidence
from data.matching.amounts import Amount, matched, placed, taken, undecided
from data.matching.computed_columns import Formula, Grid, mark_of
from data.matching.sample_numbers import Column, combined, equal, product
from data.values.header_text import normalise

_AMOUNT, _QUANTITY = "amount", "quantity"
_NONE = Decimal(0)
_BACK = re.compile(
    r"^(?:line ?item |order |total )?(?:(?:refund|return|cancell?)(?:s|ed)? ?"
    r"(?:quantity|qty|units|pieces|pcs|count)"
    r"|(?:quantity|qty|units|pieces|pcs) (?:refunded|returned|cancell?ed))$"
    r"|^(?:商品|订单)?(?:已|实)?(?:退货|退款|退回|退|取消)(?:商品)?(?:数量|件数|数)$"
    r"|^(?:retouren|retour|storno|rückgabe)(?:menge|anzahl)$"
    r"|^quantité (?:retournée|annulée|remboursée)$|^cantidad (?:devuelta|cancelada|reembolsada)$"
)


def less_returned_pieces(amount: Amount) -> Amount:
    """Return the amount less the pieces that came back; a choice if it may be so already."""
    match, at = amount.match, amount.match.mapping.get(_AMOUNT)
    if match.table != "orders" or at is None or amount.note == "net_of_refunds":
        return amount
    back = [place for place in pieces_back(amount.sheet) if place != at]
    evidence = Evidence.of(amount.sheet, match)
    columns = evidence.numbers.columns
    back = [place for place in back if any(columns.get(place, ()))]
    sold = match.mapping.get(_QUANTITY)
    if not back or sold is None or sold in back or sold not in columns:
        return amount
    ways = [_kept(way, sold, back) for way in amount.positions or (at,)]
    if amount.positions:
        return _beside(amount, evidence, ways)
    gone = combined([tuple(abs(n) if n else n for n in columns[place]) for place in back])
    if _is_rest(evidence, at, sold, gone):
        return amount
    if not _is_whole(evidence, at, sold, gone):
        return undecided(evidence, [at, *ways])
    less = taken(evidence, ways[0], "net_of_refunds", at)
    pieces = Formula("refunded", (sold, *back))
    sheet, place = placed(replace(evidence, sheet=less.sheet), less.sheet, pieces)
    return replace(less, sheet=sheet, match=matched(less.match, sheet, _QUANTITY, place, 0.95))


def pieces_back(sheet: Grid) -> list[int]:
    """Return the columns of pieces that came back or were cancelled."""
    return [place for place, header in enumerate(sheet.header) if _BACK.search(normalise(header))]


def _kept(at: int, sold: int, back: list[int]) -> Formula:
    return Formula("kept", (at, sold, *back))


def _beside(amount: Amount, evidence: Evidence, ways: list[Formula]) -> Amount:
    """Return an open choice with each of its ways less the pieces as well."""
    sheet, positions, marks = amount.sheet, [*amount.positions], dict(amount.marks)
    for way in ways:
        sheet, new = placed(evidence, sheet, way)
        marks[new] = mark_of(way, marks)
        positions.append(new)
    return replace(amount, sheet=sheet, positions=tuple(positions), marks=marks)


def _is_whole(evidence: Evidence, at: int, sold: int, gone: Column) -> bool:
    """Return whether an amount is all its pieces times their price, of which some came back."""
    columns = evidence.numbers.columns
    pairs = zip(gone, columns[sold], strict=True)
    within = all(abs(n or _NONE) <= abs(s or _NONE) for n, s in pairs)
    price = evidence.product
    if not within or price is None or at not in columns:
        return False
    return equal(columns[at], product(columns[sold], columns[price[1]]))


def _is_rest(evidence: Evidence, at: int, sold: int, gone: Column) -> bool:
    """Return whether an amount is the price of those pieces alone that stayed."""
    columns, price = evidence.numbers.columns, evidence.product
    if price is None or at not in columns:
        return False
    stayed = tuple(
        None if s is None else abs(s) - (n or _NONE)
        for s, n in zip(columns[sold], gone, strict=True)
    )
    return equal(columns[at], product(stayed, columns[price[1]]))
