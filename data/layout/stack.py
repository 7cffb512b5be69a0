"""Stack the sheets of a workbook that have the same header into one table.

    >>> joined([january, february])[0].notes[-1].code        # doctest: +SKIP
    'sheets_joined'

The rows of each sheet are numbered after those of the one before; `data.layout.provenance`
maps them back. The name of a sheet may be all that says whose or which month's its rows
are, so it becomes a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from data.layout import doubtful_sheets, repeated_sheets, sheet_names, summary_sheets
from data.layout.header_periods import Period, period_of
from data.layout.provenance import Blank, Origin, both
from data.layout.sections import is_plain, is_void
from data.layout.sheet import Note, Sheet
from data.layout.stated_totals import added
from data.layout.unpivot import year_of
from data.values.directions import OUT, TAKES, direction
from data.values.header_text import has_hanzi

_MOST_NAMED = 4


def joined(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Stack sheets of the same header; hidden ones and those that others stand for stay apart."""
    sheets = summary_sheets.noted(sheet_names.noted(repeated_sheets.noted(sheets)))
    sheets = doubtful_sheets.noted(sheets)
    groups: dict[tuple[object, ...], list[Sheet]] = {}
    stated: dict[tuple[str, ...], set[tuple[Note, ...]]] = {}
    for sheet in sheets:
        stated.setdefault(sheet.header, set()).add(_stated(sheet))
    for at, sheet in enumerate(sheets):
        apart = sheet.hidden or sheet.set_aside or len(sheet.header) < 2 or _made_up(sheet.header)
        # Amounts in different units or currencies are different columns; silence is none.
        several = len(stated[sheet.header] - {()}) > 1
        own = (at,) if apart else (_stated(sheet) if several else (), *sheet.header)
        groups.setdefault(own, []).append(sheet)
    return [group[0] if len(group) == 1 else _together(group) for group in groups.values()]


def _stated(sheet: Sheet) -> tuple[Note, ...]:
    """Return what the lines around a table say of the unit and the currency of its amounts."""
    return tuple(
        note for note in sheet.notes if note.code in ("unit_in_title", "currency_in_title")
    )


def _made_up(header: Sequence[str]) -> bool:
    return all(name.startswith("column ") for name in header)


def _together(group: Sequence[Sheet]) -> Sheet:
    named = [sheet.name for sheet in group]
    whole = stacked(group)
    note = Note.of("sheets_joined", count=len(group), sheets=", ".join(named))
    shown = " + ".join(named[:_MOST_NAMED]) + (" …" if len(named) > _MOST_NAMED else "")
    return replace(whole, name=shown, notes=(*whole.notes, note))


def stacked(group: Sequence[Sheet], told: bool = True) -> Sheet:
    """Return the rows of tables of the same header as one table.

    Where their names are `told`, they become a column, and the places of its rows.
    """
    first = group[0]
    hanzi = has_hanzi("".join(first.header))
    periods = [period_of(sheet.name) for sheet in group]
    year = year_of(first.file)
    voided = any(is_void(sheet.name) for sheet in group)
    apart = voided and not _shares_rows(group)
    rows, parts, before = [], [], 0
    blank: Blank = {}
    for sheet, period in zip(group, periods, strict=True):
        label = period.label(year, hanzi) if period and all(periods) else sheet.name
        # Beside "Cancelled", a sheet "Orders" says no more of its rows than one alone does.
        label = "" if apart and is_plain(sheet.name) else label
        rows.append(_numbered(sheet, label if told else None, before))
        parts += [
            replace(part, sheet=sheet.name if told else part.sheet, before=before + part.before)
            for part in sheet.origin.parts
        ]
        later = {at: pc.add(numbers, before) for at, numbers in sheet.origin.blank.items()}
        blank = both(blank, later)
        before += pc.max(sheet.rows["row"]).as_py()
    name = _column_name(periods, hanzi)
    if voided:
        name = "订单状态" if hanzi else "Status"
    elif any(direction(sheet.name) in (TAKES, OUT) for sheet in group):
        # Sales beside returns: the names say what the amounts do.
        name = "单据类型" if hanzi else "Document type"
    name = name if name not in first.header else f"{name} (2)"
    return replace(
        first,
        header=(*first.header, name) if told else first.header,
        rows=pa.concat_tables(rows, promote_options="permissive"),
        notes=tuple(dict.fromkeys(note for sheet in group for note in sheet.notes)),
        origin=Origin(tuple(parts), blank),
        tops={name: top for sheet in group for name, top in sheet.tops.items()},
        stated={
            name: added(sheet.stated[name] for sheet in group)
            for name in first.stated
            if all(name in sheet.stated for sheet in group)
        },
    )


def _shares_rows(group: Sequence[Sheet]) -> bool:
    """Return whether a row of a sheet of void records stands in another sheet too."""
    void: set[tuple[object, ...]] = set()
    others: set[tuple[object, ...]] = set()
    for sheet in group:
        cells = (column.to_pylist() for column in sheet.rows.columns[:-1])
        (void if is_void(sheet.name) else others).update(zip(*cells, strict=True))
    return not void.isdisjoint(others)


def _numbered(sheet: Sheet, label: str | None, before: int) -> pa.Table:
    """Return the rows as text, numbered after `before`; the last column is the label, if any."""
    rows = sheet.rows
    cells = [column.cast(pa.string()) for column in rows.columns[:-1]]
    if label is not None:
        cells.append(pa.chunked_array([pa.array([label or None] * rows.num_rows, pa.string())]))
    names = [str(at) for at in range(len(cells))]
    return pa.table([*cells, pc.add(rows["row"], before)], [*names, "row"])


def _column_name(periods: Sequence[Period | None], hanzi: bool) -> str:
    if all(periods):
        return "月份" if hanzi else "Month"
    return "工作表" if hanzi else "Sheet"
