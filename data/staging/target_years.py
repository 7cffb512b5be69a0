"""Complete the periods of targets that lack a year, or stand in no column, from what is around.

    >>> sheet, match = with_period(sheet, match)                         # doctest: +SKIP
    >>> sheet.rows[str(match.mapping["period"])][0].as_py()              # doctest: +SKIP
    '2026-11'

11月 and Nov are of the year in a column beside, else of the only one that the title, the name of
the sheet or that of the file has; a note says so. A list without any periods is of the month that
these name. Where they name none, the user is asked, or the file refused, as ever.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from data.layout.partial_days import named_period
from data.layout.sheet import Note, Sheet
from data.layout.unpivot import year_column
from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values.periods import dated, undated

_FIGURES = frozenset(("target", "floor", "stretch"))
_SURE = 0.95
_OF_YEAR, _OF_MONTH = "year_from_title", "month_from_title"


def with_period(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Return the sheet of targets with whole periods, as far as something names what they lack."""
    if match.table != "targets" or not _FIGURES & match.mapping.keys():
        return sheet, match
    if "period" in match.mapping:
        return _with_years(sheet, match.mapping["period"]), match
    title, file = _title(sheet), Path(sheet.file).stem
    year, month = named_period(sheet.name, title, file)
    if not month:
        return sheet, match
    text = f"{year}-{month:02d}" if year else f"{month}月"
    place = len(sheet.header)
    column = pa.repeat(pa.scalar(text, pa.string()), sheet.rows.num_rows)
    sheet = sheet.with_computed(text, column, Note.of(_OF_MONTH, period=text))
    return sheet, matched(match, Grid(sheet.header, sheet.rows), "period", place, _SURE)


def _with_years(sheet: Sheet, at: int) -> Sheet:
    """Return the sheet with the year in each period of a column that lacks one."""
    cells = sheet.rows[str(at)].to_pylist()
    if not any(map(undated, cells)):
        return sheet
    keys = [place for place in range(len(sheet.written)) if place != at]
    years = year_column(sheet.header, keys, sheet.rows)
    year, _ = named_period(sheet.name, _title(sheet), Path(sheet.file).stem)
    if not years and not year:
        return sheet
    whole = [
        dated(cell, of_row) if undated(cell) else cell
        for cell, of_row in zip(cells, years or [year] * len(cells), strict=True)
    ]
    rows = sheet.rows.set_column(at, str(at), pa.array(whole, pa.string()))
    notes = sheet.notes if years else (*sheet.notes, Note.of(_OF_YEAR, year=year))
    return replace(sheet, rows=rows, notes=notes)


def _title(sheet: Sheet) -> str:
    """Return the text above the table."""
    return " ".join(
        cell
        for top in sheet.tops.values()
        if top.header is not None
        for number, cells in top.rows
        if number < top.header[0]
        for cell in cells
        if cell
    )
