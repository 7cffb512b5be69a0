"""Take amounts that name no currency in the only one that their system bills in.

    >>> with_system_currency(sheet, match).notes[-1].code                # doctest: +SKIP
    'currency_of_system'

A list of a Chinese platform is in yuan whatever currency the company reports in.
"""

from __future__ import annotations

from dataclasses import replace

from data.layout.sheet import Note, Sheet
from data.matching.recognise import Match
from data.matching.systems import GENERIC, systems
from data.values.currencies import header_sign, is_yuan
from domain.tables import table

OF_SYSTEM = "currency_of_system"


def with_system_currency(sheet: Sheet, match: Match) -> Sheet:
    """Return the sheet with a note on the currency of its system, where nothing in it names one."""
    sheet = replace(sheet, notes=tuple(note for note in sheet.notes if note.code != OF_SYSTEM))
    system = systems().get(match.system, systems()[GENERIC])
    into = table(match.table or "")
    money = [sheet.header[at] for name, at in match.mapping.items() if name in into.money]
    if not (system.currency and money) or "currency" in match.mapping:
        return sheet
    if any(note.code == "currency_in_title" for note in sheet.notes) or any(map(_says, money)):
        return sheet
    note = Note.of(OF_SYSTEM, system=system.label, currency=system.currency)
    return replace(sheet, notes=(*sheet.notes, note))


def _says(header: str) -> bool:
    """Return whether a header names a currency; 元 is that of several."""
    sign = header_sign(header)
    return bool(sign) and not is_yuan(sign)
