"""Read the currency signs of amounts beside a column of currencies that is blank, or differs.

    >>> with_signs(sheet, match).notes[-1].code                          # doctest: +SKIP
    'currency_by_sign_beside'

A row of HK$500 without a currency is in Hong Kong dollars. Where a row has €500 and USD, nobody
knows which holds: the column counts, as it was filled in on purpose, and a note says so.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from data.layout.sheet import Note, Sheet, listed
from data.matching.recognise import Match
from data.values import currencies
from data.values.columns import plain, trimmed
from data.values.numbers import is_blank

BESIDE, AGAINST = "currency_by_sign_beside", "currency_against_sign"


def with_signs(sheet: Sheet, match: Match) -> Sheet:
    """Return the sheet with blank currencies filled from signs, and notes on both kinds of row."""
    place = match.mapping.get("currency")
    main = next((name for name in ("amount", "target") if name in match.mapping), None)
    if place is None or main is None:
        return sheet
    cells = plain(trimmed(sheet.rows[str(match.mapping[main])]))
    signs = currencies.signs_of(cells).to_pylist()
    if not any(signs):
        return sheet
    rows = sheet.rows["row"].to_pylist()
    named = plain(trimmed(sheet.rows[str(place)])).to_pylist()
    filled: list[str | None] = []
    blank, against = [], []
    for row, text, sign in zip(rows, named, signs, strict=True):
        nothing = is_blank(text)
        filled.append(sign if nothing and sign else text)
        if not sign:
            continue
        if nothing:
            blank.append(row)
        elif _differ(text, sign):
            against.append(row)
    notes = list(sheet.notes)
    header = sheet.header[place]
    if blank:
        column = pa.array(filled, pa.string())
        sheet = replace(sheet, rows=sheet.rows.set_column(place, str(place), column))
        notes.append(Note.of(BESIDE, count=len(blank), header=header, rows=listed(blank)))
    if against:
        notes.append(Note.of(AGAINST, count=len(against), header=header, rows=listed(against)))
    return replace(sheet, notes=tuple(dict.fromkeys(notes)))


def _differ(text: str, sign: str) -> bool:
    """Return whether a currency and a sign are certainly not the same; $ may be that of HKD."""
    meant, named = currencies.code(sign), currencies.code(text)
    if named is None:
        return False
    return named != meant if meant else named not in currencies.candidates(sign)
