"""Find sheets of a workbook that sum up the rows of another one: by day, by rep, by month.

A sheet "By day" beside the orders has the same sales once more, a row a day; read as a table of
its own, they would count twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.layout.cells import kind
from data.layout.header_periods import period_of
from data.layout.sheet import SUMS, Note, Sheet
from data.layout.sums import TELLING, TICKS, Figures, near, viewed
from data.values.header_text import normalise

_LEAST_ROWS = 2
_MOST_ROWS = 5000
_MOST_SUMMED = 200_000
_MOST_COLUMNS = 12
_SHOWN = 200
_DAY, _MONTH = 10, 7  # characters of 2026-03-02 without its time, and without its day
# What a column of days is called that are those of the rows summed up.
_DAYS = ("date", "day", "日期", "日", "datum", "tag", "fecha", "día", "jour", "data", "dia", "天")

Column = list[str]


def noted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets, those with a note that have the sums of another, group by group."""
    found = list(sheets)
    for at, sheet in enumerate(sheets):
        if sheet.hidden or sheet.set_aside or not _may_sum(sheet):
            continue
        for other in sheets:
            longer = sheet.rows.num_rows < other.rows.num_rows <= _MOST_SUMMED
            if longer and not (other.hidden or other.set_aside) and _sums_up(sheet, other):
                note = Note.of(SUMS, sheet=other.name)
                found[at] = replace(sheet, notes=(*sheet.notes, note))
                break
    return found


def _may_sum(sheet: Sheet) -> bool:
    return _LEAST_ROWS <= sheet.rows.num_rows <= _MOST_ROWS and len(sheet.header) <= _MOST_COLUMNS


def _sums_up(sheet: Sheet, other: Sheet) -> bool:
    """Return whether each row of a sheet has the sums of those rows of another that it names."""
    figures = [at for at in range(len(sheet.header)) if _are_figures(sheet, at)]
    keys = [at for at in range(len(sheet.header)) if at not in figures]
    summed = [at for at in range(len(other.header)) if _are_figures(other, at)]
    if not (figures and keys and summed):
        return False
    ours = [viewed(_read(sheet, figures).ticks(at)) for at in figures]
    theirs = [viewed(_read(other, summed).ticks(at)) for at in summed]
    same = [(mine, of_all) for mine in ours for of_all in theirs if near(sum(mine), sum(of_all))]
    if not same:
        return False
    columns = [_texts(other, place) for place in range(len(other.header))]
    pairs = [_paired(sheet, at, other.header, columns) for at in keys]
    if any(pair is None for pair in pairs):
        return False
    own = list(zip(*(pair[0] for pair in pairs if pair), strict=True))
    if len(set(own)) < len(own):
        return False
    rows: dict[tuple[str, ...], list[int]] = {}
    for row, key in enumerate(zip(*(pair[1] for pair in pairs if pair), strict=True)):
        rows.setdefault(key, []).append(row)
    groups = [rows.get(key, []) for key in own]
    if not all(groups) or sum(map(len, groups)) == len(groups):
        return False
    return any(_fit(mine, of_all, groups) for mine, of_all in same)


def _read(sheet: Sheet, figures: Sequence[int]) -> Figures:
    return Figures(sheet.rows.drop_columns(["row"]), figures, ())


def _fit(sums: memoryview[int], figures: memoryview[int], groups: Sequence[Sequence[int]]) -> bool:
    """Return whether these are the sums of the groups, and no small numbers."""
    if not any(abs(figure) >= TELLING * TICKS for figure in sums):
        return False
    return all(
        near(total, sum(figures[row] for row in group))
        for total, group in zip(sums, groups, strict=True)
    )


def _are_figures(sheet: Sheet, at: int) -> bool:
    cells = [cell for cell in sheet.rows[str(at)].slice(0, _SHOWN).to_pylist() if cell]
    return bool(cells) and all(kind(cell) == "number" for cell in cells)


def _paired(
    sheet: Sheet, at: int, header: Sequence[str], columns: Sequence[Column]
) -> tuple[Column, Column] | None:
    """Return a column and that of another sheet by which it sums up; None without one.

    That is a column of the same name, one of the days or the months of its rows, or one that has
    all its words.
    """
    own = _texts(sheet, at)
    name = normalise(sheet.header[at])
    having = [texts for texts in columns if set(own) <= set(texts)]
    for title, texts in zip(header, columns, strict=True):
        if normalise(title) == name and set(own) <= set(texts):
            return own, texts
    dated = [texts for texts in columns if all(kind(text) == "date" for text in texts[:_SHOWN])]
    if all(kind(text) == "date" for text in own):
        of_day = [texts for texts in dated if texts in having and name in _DAYS]
        return (own, of_day[0]) if of_day else None
    months = [month for text in own if (month := period_of(text)) and month.kind == "month"]
    if len(months) < len(own):
        return (own, having[0]) if having else None
    for texts in dated:
        of_rows = [text[:_MONTH] for text in texts]
        years = {text[:4] for text in texts}
        year = int(min(years)) if len(years) == 1 and min(years).isdigit() else 0
        wanted = [f"{month.year or year}-{month.number:02d}" for month in months]
        if set(wanted) <= set(of_rows):
            return wanted, of_rows
    return None


def _texts(sheet: Sheet, at: int) -> Column:
    cells = [(cell or "").strip() for cell in sheet.rows[str(at)].to_pylist()]
    return [cell[:_DAY] if kind(cell) == "date" else cell for cell in cells]
