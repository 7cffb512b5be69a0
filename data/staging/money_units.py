"""Write the unit of amounts beside them, where a column of its own has it: 12 and 万元 are 12万.

    >>> in_their_units(sheet, "orders", match.mapping).notes[-1].code    # doctest: +SKIP
    'unit_by_row'

A unit of goods (台, kg, pcs) says nothing of the amounts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.values import currencies, header_currency, unit_words
from data.values.columns import distinct, plain, trimmed
from data.values.currency_words import LOWER_CASE
from data.values.numbers import folded, has_unit, number_of
from domain.tables import table

_HEADER = re.compile(
    r"(?P<money>金额|货币|目标|价格)?单位"
    r"|(?P<amount>(?:amount|currency|money|value|target) )?units?"
    r"|(?P<betrag>betrags|währungs)?einheit|unité|unidad|unità"
)
_SCALED = re.compile(
    r"(?:人民币)?(?P<scale>千万|百万|十万|百|千|万|亿)(?P<money>[美欧港日]?元|人民币|RMB|CNY)?"
)
# How each multiplier is written behind a number.
_WRITTEN = {2: "百", 3: "千", 4: "万", 5: "十万", 6: "百万", 7: "千万", 8: "亿", 9: "b"}
_BEHIND = {Decimal(10) ** power: text for power, text in _WRITTEN.items()}


def in_their_units(sheet: Sheet, into: str, mapping: Mapping[str, int]) -> Sheet:
    """Return the sheet with the units of a column of money units written beside its amounts."""
    own = {mapping[name] for name in table(into).money if name in mapping}
    for at, header in enumerate(sheet.header):
        found = _HEADER.fullmatch(header.strip(" *:：").replace("單", "单").casefold())
        if found is None or at in mapping.values() or not own:
            continue
        units = trimmed(sheet.rows[str(at)])
        bare = any(found.groupdict().values())
        beside = {text: unit for text in distinct(units).to_pylist() if (unit := _unit(text, bare))}
        if beside:
            rows = sheet.rows
            for place in sorted(own):
                rows = rows.set_column(place, str(place), _written(rows, place, units, beside))
            note = Note.of("unit_by_row", header=header)
            return replace(sheet, rows=rows, notes=tuple(dict.fromkeys((*sheet.notes, note))))
    return sheet


def _written(
    rows: pa.Table, place: int, units: pa.Array, beside: Mapping[str, tuple[str, str]]
) -> pa.Array:
    cells = plain(trimmed(rows[str(place)]))
    signs = currencies.signs_of(cells).to_pylist()
    texts = [
        _beside(cell, sign, beside[unit]) if cell and unit in beside else cell
        for cell, sign, unit in zip(cells.to_pylist(), signs, units.to_pylist(), strict=True)
    ]
    return pa.array(texts, pa.string())


def _beside(cell: str, sign: str | None, unit: tuple[str, str]) -> str:
    """Return an amount with what its unit says, but for a sign or a unit of its own."""
    before, behind = unit
    if number_of(cell) is None or has_unit(cell):
        return cell
    return f"{'' if sign else before} {cell}{behind}".strip()


def _unit(text: str, bare: bool) -> tuple[str, str] | None:
    """Return what stands before and behind an amount in a unit of money; None for other units.

    `bare` is whether the header says that the unit is that of money: 万 alone is enough then.
    """
    word = folded(text)
    if match := _SCALED.fullmatch(word):
        named = header_currency.named(word)
        sure = bare or match["money"] or word.startswith("人民币")
        return ("" if named == "元" else named, match["scale"]) if sure else None
    if (found := unit_words.unit_and_currency(f"x {word}")) is not None:
        unit, money = found
        behind = _BEHIND.get(unit_words.multiplier(unit))
        return (money, behind) if behind and (money or bare or len(unit) > len("mio")) else None
    return (word.upper(), "") if word.upper() in LOWER_CASE - {"TRY"} else None
