"""Take discounts off amounts that are before them.

>>> with_discount_off(evidence, 6)                                   # doctest: +SKIP
[Formula(kind='less', parts=(3, 4, 5))]

Pieces times price are before a discount where a product has one price whatever its discount;
where the price may be after it, or nothing is said of pieces and price, only the user knows.
"""

from __future__ import annotations

import re
from decimal import Decimal

from data.matching.amount_evidence import Evidence
from data.matching.computed_columns import Formula
from data.matching.sample_numbers import HEAD, combined, equal, product

_OF_MONEY = re.compile(
    r"amount|betrag|montant|importe|total|coupon|voucher|rebate|额|額|优惠|優惠|减|減|券|红包|让利",
    re.IGNORECASE,
)
# Said of an amount that a discount has left its mark on already.
_AFTER = re.compile(
    r"\bnet|paid|payable|\bdue\b|after|actual|final|netto|payé|pagado|实|實|应[付收]|應[付收]|后|後|净"
    r"|成交|付款|支付",
    re.IGNORECASE,
)
# What Amazon's price of an item is always before.
_ALWAYS_OFF = re.compile(r"^item[-_ ]promotion[-_ ]discount$", re.IGNORECASE)
_OF_THE_REST = re.compile("折(?!让)")
_HUNDRED = 100


def with_discount_off(evidence: Evidence, at: int) -> list[int | Formula]:
    """Return what may be the amount without discounts: one way if it is known, none if `at` is it.

    Several ways are to be asked about; `at` is the first of them.
    """
    columns = evidence.numbers.columns
    discounts = [
        other
        for other in columns
        if other != at
        and (evidence.role(other) == "discount" or other == evidence.match.mapping.get("discount"))
        and (evidence.level(other) == "line" or _is_always_off(evidence, other))
        and any(columns[other])
    ]
    if len(discounts) != 1 or evidence.without(at, discounts[0]):
        return []
    off = discounts[0]
    money = Formula("refunded", (at, off))
    if _is_always_off(evidence, off):
        return [money]
    pieces = evidence.product
    if pieces is None or off in pieces or not _is(evidence, at, pieces):
        asked_about = _of_money(evidence, off) and not _is_after(evidence, at, off)
        return [at, money] if asked_about else []
    ways = [money] if _of_money(evidence, off) else list(shares(evidence, pieces, off))
    if ways != [money] and not _shared(evidence, off):
        ways.append(money)
    if len(ways) == 1 and _listed(evidence, pieces[1], off):
        return list(ways)
    return [at, *ways]


def _is_always_off(evidence: Evidence, at: int) -> bool:
    return bool(_ALWAYS_OFF.search(evidence.sheet.header[at].strip()))


def shares(evidence: Evidence, pieces: tuple[int, int], off: int) -> tuple[Formula, ...]:
    """Return pieces times price less a discount; 折扣 may also say what is left of them."""
    less = Formula("less", (*pieces, off))
    named = _OF_THE_REST.search(evidence.sheet.header[off])
    return (Formula("left", less.parts), less) if named else (less,)


def _is(evidence: Evidence, at: int, pieces: tuple[int, int]) -> bool:
    """Return whether an amount is pieces times price."""
    columns = evidence.numbers.columns
    return equal(columns[at], product(columns[pieces[0]], columns[pieces[1]]))


def _is_after(evidence: Evidence, at: int, off: int) -> bool:
    """Return whether an amount says that it is after a discount, in words or in figures."""
    if evidence.role(at) == "net" or _AFTER.search(evidence.sheet.header[at]):
        return True
    if evidence.product is None:
        return False
    columns = evidence.numbers.columns
    worked_out = product(*(columns[part] for part in evidence.product))
    sizes = tuple(None if figure is None else abs(figure) for figure in columns[off])
    return equal(columns[at], combined([worked_out], [sizes]))


def _texts(evidence: Evidence, at: int) -> list[str]:
    head = evidence.sheet.rows.column(str(at)).slice(0, HEAD).to_pylist()
    return [text for text in head if text]


def _most(evidence: Evidence, at: int) -> Decimal:
    return max(abs(figure) for figure in evidence.numbers.columns[at] if figure is not None)


def _shared(evidence: Evidence, at: int) -> bool:
    """Return whether a discount is a share for sure: it has percent signs, or is at most 1."""
    return _most(evidence, at) <= 1 or any("%" in text for text in _texts(evidence, at))


def _of_money(evidence: Evidence, at: int) -> bool:
    """Return whether a discount is money for sure."""
    if _shared(evidence, at):
        return False
    named = _OF_MONEY.search(evidence.sheet.header[at])
    return bool(named) or _most(evidence, at) > _HUNDRED


def _listed(evidence: Evidence, price: int, off: int) -> bool:
    """Return whether each product has one price, though its discounts differ."""
    columns = evidence.numbers.columns
    at = evidence.match.mapping.get("product")
    head = evidence.sheet.rows.slice(0, HEAD)
    products = head.column(str(at)).to_pylist() if at is not None else [None] * head.num_rows
    seen: dict[str | None, set[tuple[Decimal, Decimal]]] = {}
    for name, cost, less in zip(products, columns[price], columns[off], strict=True):
        if cost is not None:
            seen.setdefault(name, set()).add((cost, less or Decimal(0)))
    differing = [pairs for pairs in seen.values() if len({less for _cost, less in pairs}) > 1]
    return bool(differing) and all(len({cost for cost, _less in pairs}) == 1 for pairs in differing)
