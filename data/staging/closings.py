"""Give a deal one closing date, whichever of its columns has it: Won time or Lost time.

A file may have a date of winning and one of losing, of which each deal fills one. What is
mapped as the closing date is filled from the others, so that lost deals have a day too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.provenance import both
from data.layout.sheet import Note, Sheet
from data.matching.columns import named
from data.values.columns import trimmed
from data.values.header_text import key
from domain.tables import table

_CLOSED = "closed_date"
_LOST = frozenset(
    map(
        key,
        (
            "lost time", "lost date", "date lost", "lost on", "lost at", "closed lost date",
            "deal lost date", "loss date", "输单时间", "输单日期", "丢单时间", "丢单日期",
            "失单时间", "失单日期", "输单结单日期", "战败日期", "战败时间", "輸單日期", "輸單時間",
        ),
    )
)  # fmt: skip


def with_one_closing(sheet: Sheet, name: str, mapping: Mapping[str, int], system: str) -> Sheet:
    """Return the sheet with blank closing dates filled from its other columns of closings.

    `name` is that of the canonical table, `mapping` canonical column → position.
    """
    if name != "deals" or _CLOSED not in mapping:
        return sheet
    at = mapping[_CLOSED]
    others = [
        position
        for position, header in enumerate(sheet.header)
        if position not in mapping.values() and _is_closing(header, system)
    ]
    cells = trimmed(sheet.rows[str(at)]).cast(pa.string())
    whole = cells
    for position in others:
        whole = pc.coalesce(whole, trimmed(sheet.rows[str(position)]).cast(pa.string()))
    filled = pc.and_(pc.is_null(cells), pc.is_valid(whole))
    if not others or not pc.any(filled).as_py():
        return sheet
    place = sheet.rows.schema.get_field_index(str(at))
    rows = sheet.rows.set_column(place, str(at), whole)
    blank = {at: sheet.rows["row"].combine_chunks().filter(filled)}
    origin = replace(sheet.origin, blank=both(sheet.origin.blank, blank))
    note = Note.of(
        "closings_joined",
        header=sheet.header[at],
        others=", ".join(sheet.header[position] for position in others),
    )
    return replace(sheet, rows=rows, notes=(*sheet.notes, note), origin=origin)


def _is_closing(header: str, system: str) -> bool:
    last = header.rsplit(" - ", 1)[-1]
    return key(last) in _LOST or any(
        guess.column == _CLOSED for guess in named(table("deals"), header, system)
    )
