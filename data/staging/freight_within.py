"""Say that what buyers paid may have the freight in it that a column of its own names.

>>> with_freight_said(sheet, match).notes[-1].code                    # doctest: +SKIP
'freight_within'

Freight is no sale of a product; but what was paid can not be split into goods and freight where
coupons are on both, so the amounts count as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from data.layout.sheet import Note, Sheet
from data.matching.recognise import Match
from data.values.amount_words import role
from data.values.columns import trimmed
from data.values.numbers import parse_number

_PAID = re.compile(
    r"\bpaid\b|^(?:order |grand )?total$|实付|實付|实收|實收|应付|應付|应收|總金額|总金额|订单金额"
    r"|bezahlt|gesamtbetrag|montant (?:payé|total)|importe total|total (?:pagado|commande)",
    re.IGNORECASE,
)


def with_freight_said(sheet: Sheet, match: Match) -> Sheet:
    """Return a sheet of orders with a note on the freight in its amounts, if there may be any."""
    at = match.mapping.get("amount")
    if match.table != "orders" or at is None or not _PAID.search(sheet.header[at]):
        return sheet
    places = [
        place
        for place, header in enumerate(sheet.written)
        if role(header) == "freight" and place not in match.mapping.values()
    ]
    if len(places) != 1 or sheet.written[places[0]] in sheet.header[at]:
        return sheet
    cells = trimmed(sheet.rows[str(places[0])]).to_pylist()
    numbers = (parse_number(cell, ".") for cell in cells if cell)
    freight = sum((number for number in numbers if number), Decimal(0))
    if freight <= 0:
        return sheet
    note = Note.of(
        "freight_within",
        header=sheet.header[at],
        other=sheet.written[places[0]],
        figure=f"{freight.normalize():f}",
    )
    return replace(sheet, notes=tuple(dict.fromkeys((*sheet.notes, note))))
