"""Take off the amounts of a sheet what a column of its own says was given back.

    >>> less_refunds(amount).header                                      # doctest: +SKIP
    'Amount − Refunded Amount'

An order of 100 of which 30 were refunded is worth 70, unless its amount is 70 already. What was
given back of a whole order goes off all its lines; where amounts are without a tax that is in the
order's total, off goes what was given back without its share of that tax.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from data.matching.amount_evidence import Evidence
from data.matching.amounts import Amount, matched, placed, taken
from data.matching.computed_columns import Formula, Grid, mark_of
from data.matching.tax_in_totals import taxed_total
from data.values.amount_words import role
from data.values.columns import distinct, trimmed
from data.values.numbers import number_of
from data.values.row_marks import marked, of_nothing, said

_TABLES = ("orders", "contracts", "payments")
_AMOUNT = "amount"
_OTHER = re.compile(
    r"date|time|status|reason|converted|tax|shipping|fee|quantity|qty|pieces|units|menge|anzahl"
    r"|quantité|cantidad|日期|时间|状态|原因|方式|手续费|运费|数量|件数|数$|數$|率$",
    re.IGNORECASE,
)
# What a buyer paid is what it was before anything was given back.
_PAID = re.compile(r"(?:买家|用户|订单)实(?:际支)?付")


def less_refunds(amount: Amount) -> Amount:
    """Return the amount less what was given back; of a choice among columns, each of them."""
    match, at = amount.match, amount.match.mapping.get(_AMOUNT)
    if match.table not in _TABLES or at is None:
        return amount
    back = refunded(amount.sheet, set(match.mapping.values()))
    if back is None:
        return amount
    evidence, some = Evidence.of(amount.sheet, match), any(_numbers(amount.sheet, back))
    if amount.positions:
        # Also where nothing was given back: the next file has the same choice.
        return _each(amount, evidence, back)
    if not some or _is_without(evidence, at, back):
        return amount
    return taken(evidence, _way(evidence, at, back), "net_of_refunds", at)


def _way(evidence: Evidence, at: int, back: int) -> Formula:
    """Return how amounts are worked out less what was given back of their line or document."""
    with_tax = taxed_total(evidence, at) or ()
    columns = evidence.numbers.columns
    if back in columns and evidence.level(back) != "line":
        return Formula("repaid", (at, back, *with_tax))
    return Formula("repaid_line" if with_tax else "refunded", (at, back, *with_tax))


def _is_without(evidence: Evidence, at: int, back: int) -> bool:
    """Return whether amounts are already without what was given back."""
    paid = _PAID.search(evidence.sheet.header[at])
    return not paid and evidence.without(at, back)


def refunded(sheet: Grid, mapped: set[int]) -> int | None:
    """Return the column of money given back, the first of several."""
    for at, header in enumerate(sheet.header):
        named = at not in mapped and role(header) == "refund" and not _OTHER.search(header)
        if named and _is_money(sheet, at):
            return at
    return None


def _is_money(sheet: Grid, at: int) -> bool:
    """Return whether a column has amounts; an order that all was given back of may say "yes"."""
    texts = [text for text in _texts(sheet, at) if not of_nothing(text)]
    numbers = {text: number_of(text) for text in texts}
    if (mark := marked(sheet.header[at])) is None or mark.form != "flag":
        return None not in numbers.values()
    words = [text for text, number in numbers.items() if number is None]
    if all(said(text) is not None for text in words) and len(words) < len(texts):
        figures = {number for number in numbers.values() if number is not None}
        return 1 not in figures or not figures <= {0, 1}
    return not texts


def _numbers(sheet: Grid, at: int) -> list[Decimal | None]:
    """Return the different numbers of a column, None for what is none."""
    return [number_of(text) for text in _texts(sheet, at)]


def _texts(sheet: Grid, at: int) -> list[str]:
    return [text for text in distinct(trimmed(sheet.rows[str(at)])).to_pylist() if text]


def _each(amount: Amount, evidence: Evidence, back: int) -> Amount:
    sheet, positions, marks = evidence.sheet, [], dict(amount.marks)
    for at in amount.positions:
        if _is_without(evidence, at, back):
            positions.append(at)
            continue
        way = _way(evidence, at, back)
        sheet, new = placed(evidence, sheet, way)
        marks[new] = mark_of(way, marks)
        positions.append(new)
    match = matched(amount.match, sheet, _AMOUNT, positions[0], 0.95)
    return replace(amount, sheet=sheet, match=match, positions=tuple(positions), marks=marks)
