"""Note sheets of a workbook that may not count: by their name, or as another has their records.

>>> [_says_no(name) for name in ("Archive 2025", "重复订单", "North")]
[True, True, False]

The same orders stand in "Net" and "Gross", and some of them in "Top 10"; read as one table, they
would be added up. "Gross" gives way to "Net"; of all others the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from data.layout.cells import kind
from data.layout.header_periods import period_of
from data.layout.sections import is_void
from data.layout.sheet import DOUBTFUL, GROSS, OVERLAPS, Note, Sheet
from data.values.header_text import normalise
from data.values.numbers import parse_number

_NAMED = re.compile(
    r"\b(?:archiv(?:e[sd]?|iert|ad[oa]s?|ée?s?)?|removed|trash|recycle bin|papierkorb|corbeille"
    r"|papelera|cestino|excluded|ausgeschlossen|exclues?|excluid[oa]s|rejected|abgelehnt"
    r"|refus[ée]e?s|rechazad[oa]s?|doppelte?|dubletten|duplikate?|doublons?|duplicad[oa]s"
    r"|drafts?|entw[uü]rfe?|brouillons?|borrador(?:es)?|examples?|beispiele?|do not use"
    r"|nicht verwenden|ignore|obsolete|veraltet)\b"
    r"|^(?:old|alt|ancien|viejo|旧)(?: ?(?:data|orders|daten|数据|订单))?$"
    r"|归档|存档|回收站|已删|删除|重复|废弃|排除|剔除|驳回|拒绝|草稿|示例|样例|勿用|不计",
    re.IGNORECASE,
)
_NET = re.compile(r"\b(?:net|netto|nett|neto|netta|hors taxes?|ht)\b|不含税|未税|免税")
_GROSS = re.compile(r"\b(?:gross|brutto|bruto|brut|lordo|ttc|with (?:tax|vat))\b|含税|价税合计")
# Fewer rows may be alike by chance; more are seldom a list that somebody wrote twice.
_LEAST_ROWS, _MOST_ROWS = 3, 50_000
# Amounts with tax are those without it times one rate, or one of two.
_MOST_RATES = 2
_LEAST_KEY = 2
_DIGIT = re.compile(r"\d")

Column = list[str]


def noted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, with a note those that may not count beside the others."""
    counting = [sheet for sheet in sheets if not (sheet.hidden or sheet.set_aside)]
    headers = [sheet.header for sheet in counting]
    plain = [sheet for sheet in counting if not _says_no(sheet.name)]
    if not plain:
        return list(sheets)
    notes = _again(plain)
    for sheet in counting:
        # Of sheets that are joined with others, those that are void have a status.
        joined = headers.count(sheet.header) > 1
        if _says_no(sheet.name) and not (joined and is_void(sheet.name)):
            notes[sheet.name] = Note.of(DOUBTFUL, sheet=sheet.name)
    return [
        replace(sheet, notes=(*sheet.notes, notes[sheet.name])) if sheet.name in notes else sheet
        for sheet in sheets
    ]


def _says_no(name: str) -> bool:
    return is_void(name) or bool(_NAMED.search(normalise(name)))


def _again(sheets: Sequence[Sheet]) -> dict[str, Note]:
    """Return by name the notes on sheets whose records stand in another of the same header."""
    groups: dict[tuple[str, ...], list[Sheet]] = {}
    for sheet in sheets:
        if _LEAST_ROWS <= sheet.rows.num_rows <= _MOST_ROWS and not period_of(sheet.name):
            groups.setdefault(sheet.header, []).append(sheet)
    notes: dict[str, Note] = {}
    for group in groups.values():
        columns = {sheet.name: _columns(sheet) for sheet in group}
        for first, second in combinations(group, 2):
            mine, other = sorted((second, first), key=lambda sheet: sheet.rows.num_rows)
            sides = [_side(sheet.name) for sheet in (mine, other)]
            if sides == ["net", "gross"]:
                mine, other = other, mine
            if mine.name in notes or other.name in notes:
                continue
            if _stands_in(columns[mine.name], columns[other.name]):
                code = GROSS if set(sides) == {"net", "gross"} else OVERLAPS
                notes[mine.name] = Note.of(code, sheet=mine.name, other=other.name)
    return notes


def _columns(sheet: Sheet) -> list[Column]:
    columns = dict(zip(sheet.rows.column_names, sheet.rows.columns, strict=True))
    return [
        [text or "" for text in columns[str(at)].to_pylist()] for at in range(len(sheet.header))
    ]


def _side(name: str) -> str:
    text = normalise(name)
    if _NET.search(text):
        return "net"
    return "gross" if _GROSS.search(text) else ""


def _stands_in(mine: Sequence[Column], theirs: Sequence[Column]) -> bool:
    """Return whether another sheet has all records of a sheet, with the same amounts or others.

    Two shops may well sell the same on the same days: the records begin with their numbers, or are
    the same in every cell, or their amounts are those of the other sheet times one rate.
    """
    own = [set(column) for column in mine]
    key = [
        at
        for at, cells in enumerate(own)
        if cells != {""} and cells <= set(theirs[at]) and not _counts(mine[at])
    ]
    dated = any(set(map(kind, own[at] - {""})) == {"date"} for at in key)
    if len(key) < _LEAST_KEY or not dated:
        return False
    rows, others = (
        list(zip(*(columns[at] for at in key), strict=True)) for columns in (mine, theirs)
    )
    if len(set(rows)) < len(rows) or len(set(others)) < len(others) or not set(rows) <= set(others):
        return False
    told = [at for at, cells in enumerate(own) if cells != {""} and not _counts(mine[at])]
    if _are_numbers(mine[told[0]]):
        return told[0] in key
    rest = [at for at in told if at not in key]
    places = {row: place for place, row in enumerate(others)}
    return all(_at_a_rate(mine[at], [theirs[at][places[row]] for row in rows]) for at in rest)


def _counts(column: Column) -> bool:
    return all(text in (str(at), f"{at}.0") for at, text in enumerate(column, 1))


def _are_numbers(column: Column) -> bool:
    """Return whether each text is the number of a record: of digits, and not twice the same."""
    if len(set(column)) < len(column) or not all(map(_DIGIT.search, column)):
        return False
    return all(kind(text) == "words" or text.isdigit() for text in column)


def _at_a_rate(mine: Column, theirs: Column) -> bool:
    pairs = [
        (parse_number(a, "."), parse_number(b, ".")) for a, b in zip(mine, theirs, strict=True)
    ]
    rates = {round(b / a, 2) if a and b else None for a, b in pairs}
    return None not in rates and 1 not in rates and len(rates) <= _MOST_RATES
