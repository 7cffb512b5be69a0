"""Find what the total of a whole table says, beside what its rows add up to.

    >>> stated_totals(cells, totals=[3], values=[1])                     # doctest: +SKIP
    {1: Stated(said=Decimal('350'), summed=Decimal('300'))}

A filtered or cut export keeps the total of all its records, and so does a list from which somebody
took rows. Only the last or the first row of a table, with nothing but a label, is its total; and a
figure is none of these that is explained otherwise: by a column beside it, by tax, by rounding, as
a count or an average, or by another unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.cells import Row, filled_counts, rows_of
from data.layout.sums import TICKS, Figures, near

_GRAND = re.compile(
    r"(?:合 ?计|总 ?计|共 ?计|总和|总额|合 ?計|總 ?計|總和|総計|합계|총계"
    r"|(?:合计|总计|合計|總計)[金总]额"
    r"|(?:grand|overall|g\.?)[ -]?totals?|totals?|ttl\.?|sum|total g[ée]n[ée]rale?|total geral"
    r"|totale(?: generale)?|totaal|eindtotaal|gesamt(?:summe|ergebnis|betrag)?|endsumme|summe"
    r"|somme|suma|soma|итого|всего|общий итог|razem|(?:genel )?toplam) ?[:：]?",
    re.IGNORECASE,
)
# Rows below a total that say who made the list, and the cells that they fill.
_MOST_BELOW, _FEW = 15, 2
_MOST_ROWS = 1_000_000
# Usual rates of tax, in percent, and the units that a total may be in.
_TAXES = (1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 27)
_UNITS = (100, 1000, 10_000, 1_000_000)
# Of the sum, what rounding of its parts can make at most.
_ROUNDED = Decimal("0.005")
_CLOSE = Decimal("0.0005")


class Stated(NamedTuple):
    """What the total of a column says, and the sum of its figures; the same where they agree."""

    said: Decimal
    summed: Decimal


def added(several: Iterable[Stated]) -> Stated:
    """Return the totals of several columns or tables as one."""
    totals = list(several)
    return Stated(sum((one.said for one in totals), Decimal(0)),
                  sum((one.summed for one in totals), Decimal(0)))  # fmt: skip


def stated_totals(
    cells: pa.Table, totals: Sequence[int], values: Sequence[int]
) -> dict[int, Stated]:
    """Return column → what the total of the whole table says of it.

    `cells` are the rows below the header, `totals` the positions of those that are sums of others,
    `values` the columns of numbers and dates.
    """
    if cells.num_rows > _MOST_ROWS or (at := _whole(cells, totals)) is None:
        return {}
    rows = dict(zip(totals, rows_of(cells.take(pa.array(totals, pa.int64()))), strict=True))
    figures = Figures(cells, list(values), list(totals))
    sums = {
        column: Decimal(figures.sums[column][cells.num_rows]) / TICKS for column in figures.columns
    }
    return {
        column: Stated(_said(figures, column, rows, at, sums), sums[column])
        for column in figures.columns
        if sums[column] and figures.number(rows[at][column])
    }


def _whole(cells: pa.Table, totals: Sequence[int]) -> int | None:
    """Return the position of the row that is the total of all."""
    labelled = [
        at
        for at, row in zip(totals, rows_of(cells.take(pa.array(totals, pa.int64()))), strict=True)
        if any(cell and _GRAND.fullmatch(" ".join(cell.split())) for cell in row)
    ]
    if not labelled:
        return None
    if set(range(labelled[0])) <= set(totals) and len(labelled) == 1:
        return labelled[0]
    at = labelled[-1]
    below = cells.slice(at + 1)
    few = pc.less_equal(filled_counts(below), _FEW)
    return at if below.num_rows <= _MOST_BELOW and pc.all(few, min_count=0).as_py() else None


def _said(
    figures: Figures, column: int, rows: Mapping[int, Row], at: int, sums: Mapping[int, Decimal]
) -> Decimal:
    """Return what a total says of a column; the sum itself where that explains it."""
    summed, said = sums[column], figures.number(rows[at][column])
    if any(_near(summed, figures.number(row[column])) for row in rows.values()):
        return summed
    count = figures.count(column, range(figures.cells.num_rows))
    beside = [other for place, other in sums.items() if place != column and other]
    records = figures.cells.num_rows - len(rows)
    # Where the others make as much as the last one, it is no balance but their sum.
    balances = [] if _near(summed, 2 * said) else _first_and_last(figures, column)
    meant = [Decimal(count), Decimal(records), *balances, *beside]
    meant += [summed + other for other in beside] + [summed - other for other in beside]
    if any(_near(said, figure) for figure in meant):
        return summed
    taxed = [Decimal(100 + tax) / 100 for tax in _TAXES]
    ratios = [1 / Decimal(max(count, 1)), *taxed, *(1 / way for way in taxed)]
    ratios += [Decimal(unit) ** sign for unit in _UNITS for sign in (1, -1)]
    if any(abs(said / summed - ratio) <= _CLOSE * ratio for ratio in ratios):
        return summed
    return summed if abs(said - summed) <= _rounding(figures, column, count, summed) else said


def _near(one: Decimal, other: Decimal) -> bool:
    return near(int(one * TICKS), int(other * TICKS))


def _first_and_last(figures: Figures, column: int) -> list[Decimal]:
    """Return the first and the last figure, which a balance ends with."""
    ticks = figures.ticks(column)
    there = pc.and_(pc.not_equal(ticks, 0), pc.invert(figures.are_marked))
    found = ticks.filter(there)
    return [Decimal(found[at].as_py()) / TICKS for at in (0, -1)] if len(found) else []


def _rounding(figures: Figures, column: int, count: int, summed: Decimal) -> Decimal:
    """Return how far the sum of rounded figures may be from the rounded sum."""
    ticks = figures.ticks(column)
    step = next((unit for unit in (10_000, 1000, 100, 10) if _all_even(ticks, figures, unit)), 1)
    return min(Decimal(step) / TICKS * (count + 1) / 2, abs(summed) * _ROUNDED)


def _all_even(ticks: pa.Int64Array, figures: Figures, unit: int) -> bool:
    whole = pc.multiply(pc.divide(ticks, unit), unit)
    return bool(pc.all(pc.or_(pc.equal(whole, ticks), figures.are_marked)).as_py())
