"""Read each of several columns of targets as the targets of its own metric.

    Month    Rep   Revenue target   Visits target      100 of sales, and 20 of visits
    2026-03  Ann   100              20

>>> metric_of("回款目标(万元)"), metric_of("Visits goal"), metric_of("Stretch target")
('collections', 'visits', None)

A list has one column of targets as a rule; of two metrics, the other would be left without a word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa

from data.layout.sheet import Note, Sheet
from data.matching.amounts import matched
from data.matching.computed_columns import Grid
from data.matching.recognise import Match
from data.values.columns import plain, trimmed
from data.values.hanzi import simplified
from data.values.numbers import header_unit, is_blank, number_of
from data.values.target_metrics import metrics
from data.values.units import UNITS

_SURE = 0.95
_CODE, _OF_MONEY = "targets_by_metric", "unit_of_money_only"
_MONEY = frozenset({"sales", "margin", "collections"})
_TARGET = re.compile(
    r"目标|任务|指标|计划|定额|\b(?:targets?|quotas?|goals?|plan|budget|objectifs?|objetivos?|metas?"
    r"|obiettiv[oi])\b|ziele?\b|soll\b",
    re.IGNORECASE,
)
# Beside a metric these are other figures of it, or its targets of another kind.
_OTHER = re.compile(
    r"实际|完成|达成|保底|冲刺|挑战|底线|累计|\b(?:actual|stretch|floor|minimum|base|commit|ytd|gap"
    r"|attainment|achieved|last year|prior)\b|%|率",
    re.IGNORECASE,
)


def metric_of(header: str) -> str | None:
    """Return the only metric that the header of a column of targets names; None for any other."""
    name = simplified(header).replace("_", " ")
    found = list(metrics(name))
    if len(found) != 1 or not _TARGET.search(name) or _OTHER.search(name):
        return None
    return found[0]


def by_metric(sheet: Sheet, match: Match) -> tuple[Sheet, Match]:
    """Return the sheet with a row for each target of a row, where its columns are of several.

    The text of the first column of targets becomes that of each; amounts in other units are those
    of its unit. The sheet as it was stays with it.
    """
    if match.table != "targets" or "metric" in match.mapping or "target" not in match.mapping:
        return sheet, match
    target = match.mapping["target"]
    taken = {at for name, at in match.mapping.items() if name != "target"}
    columns = {
        at: metric
        for at, header in enumerate(sheet.written)
        if at not in taken and (metric := metric_of(header)) and _is_of_numbers(sheet, at)
    }
    if target not in columns or len(set(columns.values())) < max(2, len(columns)):
        return sheet, match
    title = sheet.unit
    scaled = bool(title) and not set(columns.values()) <= _MONEY
    texts = {
        at: _texts(sheet, at, header_unit(sheet.header[target]), title if scaled else "", metric)
        for at, metric in columns.items()
    }
    rows = [
        (row, at)
        for row in range(sheet.rows.num_rows)
        for at in columns
        if not is_blank(texts[at][row]) or all(is_blank(own[row]) for own in texts.values())
    ]
    repeated = sheet.rows.take(pa.array([row for row, _ in rows], pa.int64()))
    figures = pa.array([texts[at][row] for row, at in rows], pa.string())
    place = len(sheet.header)
    repeated = repeated.set_column(target, str(target), figures).append_column(
        str(place), pa.array([columns[at] for _, at in rows], pa.string())
    )
    notes = [note for note in sheet.notes if not (scaled and note.code == "unit_in_title")]
    named = ", ".join(sheet.header[at] for at in columns)
    notes.append(Note.of(_CODE, columns=named))
    notes += [Note.of(_OF_MONEY, unit=title)] if scaled else []
    header = (*sheet.header, "指标" if "目标" in named else "Metric")
    whole = replace(
        sheet,
        header=header,
        rows=repeated,
        computed=sheet.computed + 1,
        notes=tuple(notes),
        before=sheet,
        stated={},
    )
    return whole, matched(match, Grid(header, repeated), "metric", place, _SURE)


def _is_of_numbers(sheet: Sheet, at: int) -> bool:
    cells = plain(trimmed(sheet.rows[str(at)])).drop_null().to_pylist()
    return bool(cells) and all(is_blank(cell) or number_of(cell) is not None for cell in cells)


def _texts(sheet: Sheet, at: int, unit: Decimal, title: str, metric: str) -> list[str | None]:
    """Return the cells of a column in the unit of the one that they become part of."""
    cells: list[str | None] = plain(trimmed(sheet.rows[str(at)])).to_pylist()
    factor = header_unit(sheet.header[at])
    if factor == 1 and title and metric in _MONEY:
        factor = UNITS[title]
    factor /= unit
    if factor == 1:
        return cells
    figures = [None if is_blank(cell) else number_of(cell or "") for cell in cells]
    return [None if figure is None else f"{(figure * factor):f}" for figure in figures]
