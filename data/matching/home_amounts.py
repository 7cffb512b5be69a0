"""Take amounts in the company's own currency for what they are, whatever their deals are in.

    >>> in_home_currency(sheet, match)[2]                                # doctest: +SKIP
    ('home_currency', '本币金额', '币种')

Beside amounts of a document (原币金额) stand those in the company's books (本币金额). The column of
currencies tells that of the documents, and never that of the books.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from data.matching.amounts import matched, unmatched
from data.matching.collected import is_collected
from data.matching.columns import named
from data.matching.company_currency import (
    codes_of,
    converted_into,
    figures_of,
    same_twice,
    says_converted,
    with_currency,
)
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values import currencies
from data.values.amount_words import role
from data.values.header_text import normalise
from domain.tables import table

_OF_DEALS = re.compile(
    r"原币|原幣|外币|外幣"
    r"|(?:document|transaction|original|foreign|deal|order|invoice)[\s_](?:currency|curr\.|amount)"
    r"|(?:fremd|beleg|transaktions|original|auftrags)währung|devise d.origine|devise étrangère"
    r"|moneda original|moneda extranjera|divisa|valuta estera",
    re.IGNORECASE,
)
# What is local may be the currency of the customer's country, and every account has its own.
_LOCAL = re.compile(r"local|lokal|account", re.IGNORECASE)
_MARK = re.compile(
    r"原币|原幣|外币|外幣|本位币|本位幣|本币|本幣|公司(?:货币|币种)|折合|折算|换算后|[\s()\[\]（）:：_-]+"
)
_AMOUNTS = ("amount", "net", "gross", "balance", "settled", "refund")
_CONFIDENCE = 0.95


def in_home_currency(sheet: Grid, match: Match) -> tuple[Grid, Match, tuple[str, str, str] | None]:
    """Return a sheet and its match with the amounts of the company's books in their currency.

    The third is a note on it: code, header and the other header. Amounts of documents in several
    currencies give way to those of the books beside them.
    """
    at = match.mapping.get("amount")
    place = None if at is None else _place(sheet, match, at)
    if at is None or place is None or says_converted(sheet.header[place]):
        return sheet, match, None
    home = at if says_converted(sheet.header[at]) else _of_books(sheet, at)
    codes = {code for code in codes_of(sheet, place) if code}
    if home is None or not codes:
        return sheet, match, None
    company, apart = _company(sheet, home, place)
    unsure = _LOCAL.search(sheet.header[home]) or not (apart or len(codes) > 1)
    if codes == {company} or (company is None and unsure):
        return sheet, match, None
    header = sheet.header
    said = ("company_currency", header[home], header[at])
    if home == at:
        said = ("home_currency", header[home], header[place])
    match = matched(match, sheet, "amount", home, _CONFIDENCE)
    match = _with_prices(sheet, unmatched(match, (place,)))
    return *with_currency(sheet, match, home, company), said


def _place(sheet: Grid, match: Match, at: int) -> int | None:
    """Return the column of the documents' currencies, of which a remembered match has none."""
    if "currency" in match.mapping or not says_converted(sheet.header[at]):
        return match.mapping.get("currency")
    if all(one.why != "remembered" for one in match.columns):
        return None
    into, taken = table(match.table or ""), {*match.mapping.values()}
    return next(
        (
            other
            for other, header in enumerate(sheet.header)
            if other not in taken
            and any(guess.column == "currency" for guess in named(into, header, match.system))
        ),
        None,
    )


def _of_books(sheet: Grid, at: int) -> int | None:
    """Return the column of the books that has the amounts of documents at a position."""
    if not _OF_DEALS.search(sheet.header[at]):
        return None
    books = [
        other
        for other, header in enumerate(sheet.header)
        if says_converted(header) and not is_collected(header)
    ]
    return _alike(sheet, at, books)


def _alike(sheet: Grid, at: int, others: Sequence[int]) -> int | None:
    """Return the column of the same amounts by its name, or the only one of the same role."""
    header = sheet.header
    of = role(header[at])
    same = [other for other in others if role(header[other]) == of]
    called = [other for other in same if _base(header[other]) == _base(header[at])]
    found = called or same
    return found[0] if len(found) == 1 else None


def _base(header: str) -> str:
    return _MARK.sub("", normalise(header))


def _company(sheet: Grid, home: int, place: int) -> tuple[str | None, bool]:
    """Return the currency of the books, and whether the amounts of documents differ from them."""
    header = sheet.header
    said = converted_into(sheet) or currencies.header_currency(header[home])
    codes = codes_of(sheet, place)
    amounts = [at for at, text in enumerate(header) if role(text) in _AMOUNTS]
    books = [at for at in amounts if says_converted(header[at])]
    deals = [at for at in amounts if at not in books]
    apart = False
    for book, deal in product(books, deals):
        if role(header[book]) != role(header[deal]):
            continue
        figures = figures_of(sheet, deal), figures_of(sheet, book)
        if company := said or same_twice(codes, *figures):
            return company, True
        apart = apart or any(a != b for a, b in zip(*figures, strict=True) if a and b)
    return said, apart


def _with_prices(sheet: Grid, match: Match) -> Match:
    """Return the match in which prices and costs too are those of the books, or none."""
    for name in table(match.table or "").money:
        at = match.mapping.get(name)
        if at is None or not _OF_DEALS.search(sheet.header[at]):
            continue
        other = _of_books(sheet, at)
        if other is None or other in match.mapping.values():
            match = unmatched(match, (at,))
        else:
            match = matched(match, sheet, name, other, _CONFIDENCE)
    return match
