"""Take what a won deal really came to, where a list has it beside the estimate.

>>> sheet, mapping = with_actual_amounts(sheet, "deals", mapping)        # doctest: +SKIP
>>> sheet.header[mapping["amount"]]                                      # doctest: +SKIP
'Actual Revenue / Est. Revenue'

An open or a lost deal has no actual amount, or 0: it keeps its estimate.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.values.columns import trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank, number_of

_ACTUAL = re.compile(
    r"^(?:deal - |opportunity )?actual (?:revenue|value|amount)$|^actualvalue$"
    r"|^实际(?:收入|金额|销售额|成交金额|成交额|签约金额|签单金额)$|^實際(?:收入|金額)$"
    r"|^tatsächlicher (?:umsatz|wert|betrag)$|^(?:chiffre d'affaires|revenu|montant) réel$"
    r"|^(?:ingresos|importe|valor) real(?:es)?$|^(?:ricavi|importo|valore) effettiv[io]$"
    r"|^(?:receita|valor) (?:real|efetiv[ao])$|^werkelijke (?:omzet|waarde)$"
)


def with_actual_amounts(
    sheet: Sheet, name: str, mapping: Mapping[str, int]
) -> tuple[Sheet, dict[str, int]]:
    """Return the sheet and its mapping with actual amounts before estimated ones.

    `name` is that of the canonical table, `mapping` canonical column → position.
    """
    own = dict(mapping)
    if name != "deals" or "amount" not in own:
        return sheet, own
    estimate = own["amount"]
    actual = next((at for at, text in enumerate(sheet.header) if _is_actual(text)), estimate)
    if actual in own.values():
        return sheet, own
    cells = [trimmed(sheet.rows[str(at)]).to_pylist() for at in (actual, estimate)]
    said = [real if _is_some(real) else planned for real, planned in zip(*cells, strict=True)]
    if said == cells[1]:
        return sheet, own
    header = f"{sheet.header[actual]} / {sheet.header[estimate]}"
    note = Note.of("actual_amounts", header=sheet.header[actual], other=sheet.header[estimate])
    own["amount"] = len(sheet.header)
    return sheet.with_computed(header, pa.array(said, pa.string()), note), own


def _is_actual(header: str) -> bool:
    return bool(_ACTUAL.search(normalise(header)))


def _is_some(text: str | None) -> bool:
    """Return whether a cell has an amount other than 0."""
    return bool(text) and not is_blank(text or "") and bool(number_of(text or ""))
