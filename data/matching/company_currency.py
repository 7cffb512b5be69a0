"""Take amounts that the file itself has in one currency, where its rows are in several.

    >>> in_company_currency(amount).header                               # doctest: +SKIP
    'Amount in company currency'

Systems that sell in several currencies write each amount twice: in the deal's currency, and
converted into the company's at the rate of that day. Which currency that is, the header says,
or the rows do that have the same figure twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.matching.amount_evidence import Evidence
from data.matching.amounts import Amount, matched
from data.matching.collected import is_collected
from data.matching.computed_columns import Formula, Grid, with_column
from data.matching.recognise import Match
from data.values import currencies
from data.values.amount_words import role
from data.values.columns import distinct, trimmed
from data.values.numbers import parse_number

_CONVERTED = re.compile(
    r"(?:company|home|base|account|corporate|local|functional|books?) currency|\(?converted\)?"
    r"|(?:haus|lokal|firmen|unternehmens)währ(?:ung|\b)"
    r"|(?:local|base|company|home) amount|devise locale|monnaie locale|moneda (?:local|nacional)"
    r"|公司货币|公司币种|本位[币幣]|本[币幣]|折合|折算|换算后",
    re.IGNORECASE,
)
_OTHER = re.compile(r"rate|汇率|匯率|weighted|forecast|加权|predicted", re.IGNORECASE)
_CURRENCY = re.compile(r"currency|währung|devise|moneda|货币|币种", re.IGNORECASE)
# What is no amount of a deal, in whatever currency.
_BESIDE = ("id", "tax", "rate", "discount", "freight", "price", "quantity", "cost", "profit", "fee")
_LESS_REFUNDS = "net_of_refunds"
_CONFIDENCE = 0.95


def in_company_currency(amount: Amount) -> Amount:
    """Return the amount in the company's currency, in a sheet of several; else as it is."""
    match, at = amount.match, amount.match.mapping.get("amount")
    place = match.mapping.get("currency")
    if at is None or amount.positions or amount.note not in ("", _LESS_REFUNDS):
        return amount
    if says_converted(amount.sheet.header[at]):
        return amount
    other = converted(amount.sheet, {*match.mapping.values()})
    if other is None:
        return amount
    if place is None:
        return _without_codes(amount, at, other)
    codes = codes_of(amount.sheet, place)
    named = converted_into(amount.sheet)
    if {code for code in codes if code} <= {named} or (
        named is None and len({*codes} - {None}) < 2
    ):
        return amount
    company = (
        named
        or currencies.header_currency(amount.sheet.header[other])
        or same_twice(codes, figures_of(amount.sheet, at), figures_of(amount.sheet, other))
    )
    if company is None:
        # The one needs a rate for each currency, the other has them in it: only the user knows.
        return amount if amount.note else replace(amount, positions=(at, other))
    if amount.note == _LESS_REFUNDS:
        back = next(
            (i for i, h in enumerate(amount.sheet.header) if _is_converted(h, refund=True)), None
        )
        if back is None:
            return amount
        way = Formula("refunded", (other, back))
        marks = Evidence.of(amount.sheet, match).numbers.marks
        amount = replace(amount, sheet=with_column(amount.sheet, way, marks, None))
        other = len(amount.sheet.header) - 1
    return _taken(amount, at, other, company)


def _without_codes(amount: Amount, at: int, other: int) -> Amount:
    """Return the amount in the company's currency where no column says in which the deals are."""
    pairs = zip(figures_of(amount.sheet, at), figures_of(amount.sheet, other), strict=True)
    written = [(own, company) for own, company in pairs if own]
    all_there = all(company is not None for _own, company in written)
    if amount.note or not all_there or all(own == company for own, company in written):
        return amount
    named = converted_into(amount.sheet) or currencies.header_currency(amount.sheet.header[other])
    return _taken(amount, at, other, named)


def converted_into(sheet: Grid) -> str | None:
    """Return the currency of converted amounts that a column of its own names in every row."""
    for at, header in enumerate(sheet.header):
        if _CURRENCY.search(header) and says_converted(header):
            codes = {code for code in codes_of(sheet, at) if code}
            return codes.pop() if len(codes) == 1 else None
    return None


def _is_converted(header: str, *, refund: bool) -> bool:
    if is_collected(header):
        return False
    of = role(header)
    return says_converted(header) and (of == "refund") is refund and of not in _BESIDE


def other_currencies(sheet: Grid, at: int, place: int) -> tuple[str, tuple[str, ...]] | None:
    """Return the currency that the header of amounts names, and others that their rows name.

    None if they agree, or if only the header or the rows name one. 元 is any currency's unit.
    """
    header = sheet.header[at]
    said = currencies.header_currency(header)
    if said is None or ("元" in header and not currencies.names_country(header)):
        return None
    texts = distinct(trimmed(sheet.rows[str(place)])).to_pylist()
    others = tuple(text for text in texts if text and currencies.code(text) not in (None, said))
    return (said, others) if others else None


def _taken(amount: Amount, at: int, other: int, company: str | None) -> Amount:
    """Map the converted amounts, and a column that names their currency if it is known."""
    header = amount.sheet.header
    match = matched(amount.match, amount.sheet, "amount", other, _CONFIDENCE)
    sheet, match = with_currency(amount.sheet, match, other, company)
    return replace(
        amount,
        sheet=sheet,
        match=match,
        note="company_currency",
        header=header[other],
        other=header[at],
    )


def with_currency(sheet: Grid, match: Match, at: int, company: str | None) -> tuple[Grid, Match]:
    """Map a column that names the currency of the amounts at a position, if it is known."""
    if not company:
        return sheet, match
    header, rows = sheet.header, sheet.rows
    column = pa.array([company] * len(rows), pa.string())
    sheet = Grid(
        (*header, f"{header[at]}: {company}"), rows.append_column(str(len(header)), column)
    )
    return sheet, matched(match, sheet, "currency", len(header), _CONFIDENCE)


def says_converted(header: str) -> bool:
    """Return whether a header speaks of amounts in the company's own currency."""
    return bool(_CONVERTED.search(header)) and not _OTHER.search(header)


def converted(sheet: Grid, mapped: set[int]) -> int | None:
    """Return the only column of numbers whose header speaks of converted amounts."""
    places = [
        at
        for at, header in enumerate(sheet.header)
        if at not in mapped and _is_converted(header, refund=False)
    ]
    places = [at for at in places if any(number is not None for number in figures_of(sheet, at))]
    return places[0] if len(places) == 1 else None


def codes_of(sheet: Grid, place: int) -> list[str | None]:
    """Return the currency that each row names."""
    texts = trimmed(sheet.rows[str(place)])
    known = {text: currencies.code(text) for text in distinct(texts).to_pylist() if text}
    return [known.get(text) if text else None for text in texts.to_pylist()]


def figures_of(sheet: Grid, at: int) -> list[Decimal | None]:
    """Return the numbers of a column."""
    texts = trimmed(sheet.rows[str(at)])
    numbers = {
        text: parse_number(text, ".") or parse_number(text, ",")
        for text in distinct(texts).to_pylist()
        if text
    }
    return [numbers.get(text) if text else None for text in texts.to_pylist()]


def same_twice(
    codes: list[str | None], amounts: list[Decimal | None], converted: list[Decimal | None]
) -> str | None:
    """Return the one currency all of whose rows have the same figure twice, unlike all others."""
    same: dict[str, set[bool]] = {}
    for code, amount, other in zip(codes, amounts, converted, strict=True):
        if code and amount and other:
            same.setdefault(code, set()).add(amount == other)
    companies = [code for code, alike in same.items() if alike == {True}]
    unlike = [code for code, alike in same.items() if alike == {False}]
    return companies[0] if len(companies) == 1 and unlike else None
