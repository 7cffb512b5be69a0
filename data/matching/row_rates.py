"""Offer the amounts converted at the rates of their rows, where a file has such rates.

    >>> with_rates(amount).sheet.header[-1]                              # doctest: +SKIP
    '金额 × 汇率 (CNY)'

A column of the amounts in the company's currency is offered where the rates lead to it. Else a
rate of 1 tells which currency they lead to; where no row has it, they are not used, and a note
says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from data.matching.amounts import Amount
from data.matching.company_currency import codes_of, converted, figures_of, says_converted
from data.matching.computed_columns import Formula, Grid, mark_of, with_column
from data.matching.sample_numbers import Numbers

_RATE = re.compile(
    r"汇率|匯率|(?:exchange|conversion|fx|currency)[\s_]rate|wechselkurs|umrechnungskurs"
    r"|taux de change|tipo de cambio|tasa de cambio|tasso di cambio|^(?:rate|kurs)$",
    re.IGNORECASE,
)
UNUSED = "row_rates_unused"


def with_rates(amount: Amount) -> Amount:
    """Return the amount with that at the rates of the rows beside it, as a choice."""
    mapping, header = amount.match.mapping, amount.sheet.header
    at, place = mapping.get("amount"), mapping.get("currency")
    if at is None or amount.note or amount.positions or says_converted(header[at]):
        return amount
    own = {*mapping.values()}
    rates = [i for i, text in enumerate(header) if _RATE.search(text) and i not in own]
    figures = figures_of(amount.sheet, rates[0]) if len(rates) == 1 else []
    if not any(rate and rate != 1 for rate in figures):
        return amount
    other = converted(amount.sheet, own)
    if other is not None and _leads_to(amount.sheet, at, figures, other):
        marks = Numbers.of(amount.sheet, None).marks
        return replace(amount, positions=(at, other), marks=marks)
    said = replace(amount, note=UNUSED, header=header[rates[0]])
    if place is None:
        return said
    company = _company(codes_of(amount.sheet, place), figures)
    if company is None:
        return said
    numbers = Numbers.of(amount.sheet, None)
    formula = Formula("product", (at, rates[0]))
    grid = with_column(amount.sheet, formula, numbers.marks, None)
    new = len(grid.header) - 1
    grid = Grid((*header, f"{grid.header[new]} ({company})"), grid.rows)
    marks = {**numbers.marks, new: mark_of(formula, numbers.marks)}
    return replace(amount, sheet=grid, positions=(at, new), marks=marks)


def _leads_to(sheet: Grid, at: int, rates: list[Decimal | None], other: int) -> bool:
    """Return whether amounts at the rates of their rows are those of another column."""
    rows = zip(figures_of(sheet, at), rates, figures_of(sheet, other), strict=True)
    known = [(a, b, c) for a, b, c in rows if a is not None and b and c is not None]
    return bool(known) and all(abs(a * b - c) <= abs(c) / 100 for a, b, c in known)


def _company(codes: list[str | None], rates: list[Decimal | None]) -> str | None:
    """Return the one currency that has a rate of 1 in all its rows, and no other has."""
    ones: dict[str, set[bool]] = {}
    for code, rate in zip(codes, rates, strict=True):
        if code and rate:
            ones.setdefault(code, set()).add(rate == 1)
    own = [code for code, alike in ones.items() if alike == {True}]
    return own[0] if len(own) == 1 and all(len(alike) == 1 for alike in ones.values()) else None
