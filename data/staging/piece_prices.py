"""Turn prices of a hundred or a thousand pieces into those of one: Price per 100, 单价/百件.

    >>> per_piece(sheet, match.mapping).notes[-1].code                   # doctest: +SKIP
    'price_of_several'

SAP writes the number of pieces in a column of its own (Preiseinheit, Price unit). Prices that
give the amounts of the file as they stand are left alone, whatever their header says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.values import currencies
from data.values.amount_words import role
from data.values.columns import plain, trimmed
from data.values.numbers import folded, number_of

_PER = re.compile(
    r"(?:(?:\bper|\bpro|\bje|\bpar|\bpor|\bfor|/)\s{0,3}(?P<number>1[.,' ]?000|100|10[.,' ]?000)"
    r"(?:\s{0,3}(?:pcs|pieces|units|items|stk|stück|st|pièces|unités|uds|pz|[件个只支套]))?\.?"
    r"|[/每](?P<word>[百千万])[件个只支套片张]?(?:单价|价格)?)\s{0,3}[)\]）]?$",
    re.IGNORECASE,
)
_WORDS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
_BASIS = re.compile(
    r"price (?:unit|basis|per)|per|preiseinheit|价格单位|计价单位|计价数量|unité de prix",
    re.IGNORECASE,
)
_HEAD = 200
Figures = list[Decimal | None]


def per_piece(sheet: Sheet, mapping: Mapping[str, int]) -> Sheet:
    """Return the sheet with prices of one piece, where it has those of several."""
    names = [header.strip(" *:：") for header in sheet.header]
    named = [at for at, name in enumerate(names) if _BASIS.fullmatch(name.replace("_", " "))]
    if not named and not any(map(_PER.search, names)):
        return sheet
    prices = [at for at, header in enumerate(sheet.header) if role(header) == "price"]
    basis = named[0] if named else None
    for at in prices:
        note = Note.of("price_of_several", header=sheet.header[at])
        if note in sheet.notes:
            continue  # divided when the sheet was taken as another table
        said = _said(sheet.header[at])
        if said is None and (basis is None or at == basis):
            continue
        figures = _figures(sheet, at)
        pieces = [said] * len(figures) if said else _pieces(sheet, basis)
        if not any(count and count > 1 for count in pieces) or _gives(sheet, mapping, figures):
            continue
        cells = trimmed(sheet.rows[str(at)])
        signs = currencies.signs_of(plain(cells)).to_pylist()
        texts = [
            cell if price is None else f"{sign or ''} {price / (count or 1):.8f}".strip()
            for cell, sign, price, count in zip(
                cells.to_pylist(), signs, figures, pieces, strict=True
            )
        ]
        rows = sheet.rows.set_column(at, str(at), pa.array(texts, pa.string()))
        sheet = replace(sheet, rows=rows, notes=(*sheet.notes, note))
    return sheet


def _said(header: str) -> Decimal | None:
    """Return of how many pieces a header says that its price is."""
    match = _PER.search(folded(header))
    if match is None:
        return None
    if match["word"]:
        return _WORDS[match["word"]]
    return Decimal(re.sub(r"\D", "", match["number"]))


def _figures(sheet: Sheet, at: int) -> Figures:
    cells = trimmed(sheet.rows[str(at)]).to_pylist()
    return [number_of(cell) if cell else None for cell in cells]


def _pieces(sheet: Sheet, at: int | None) -> Figures:
    """Return the pieces that each price is of: powers of ten, or else nothing is known."""
    figures = _figures(sheet, at) if at is not None else []
    sure = all(count is None or count in (1, 10, 100, 1000, 10000) for count in figures)
    return figures if sure else [None] * sheet.rows.num_rows


def _gives(sheet: Sheet, mapping: Mapping[str, int], prices: Figures) -> bool:
    """Return whether pieces times prices are the amounts of the file as they stand."""
    if not {"quantity", "amount"} <= mapping.keys():
        return False
    pieces, amounts = (_figures(sheet, mapping[name])[:_HEAD] for name in ("quantity", "amount"))
    rows = [
        abs(count * price - amount) <= abs(amount) / 100
        for count, price, amount in zip(pieces, prices, amounts, strict=False)
        if count is not None and price and amount
    ]
    return bool(rows) and all(rows)
