"""Set aside a column of identifiers whose digits a spreadsheet has cut off.

1.23E+15 stands for many orders. A list with such numbers is a list without numbers: its
rows are told apart by their days and contents, and no other row is overwritten by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from data.facts.ranges import KEYLESS
from data.layout.sheet import Note, Sheet
from data.staging.draft import IDS_LOST
from data.values.columns import trimmed
from data.values.identifiers import share_lost
from domain.tables import table

_MOST = 0.5
_HEAD, _LONG = 200, 15


def without_lost_ids(
    sheet: Sheet, name: str, mapping: Mapping[str, int]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet and the mapping without a key that has lost its digits; add a note on it.

    `name` is that of the canonical table. Only a key that a row can do without is set aside.
    """
    key = table(name).key[0]
    spare = name in KEYLESS or (name == "deals" and "deal_name" in mapping)
    if key not in mapping or not spare:
        return sheet, dict(mapping)
    at = mapping[key]
    if not any(_long(cell) for cell in sheet.rows[str(at)].slice(0, _HEAD).to_pylist()):
        return sheet, dict(mapping)
    if share_lost(trimmed(sheet.rows[str(at)])) <= _MOST:
        return sheet, dict(mapping)
    note = Note.of(IDS_LOST, header=sheet.header[at], position=at)
    left = {column: place for column, place in mapping.items() if column != key}
    return replace(sheet, notes=(*sheet.notes, note)), left


def _long(cell: str | None) -> bool:
    """Return whether a cell has the length or the letter of a number that may be cut."""
    return cell is not None and (len(cell) > _LONG or "E" in cell.upper())
