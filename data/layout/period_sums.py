"""Tell columns of sums from columns of periods: H2, Q1 or 合计 beside the months it is made of.

>>> july, half = (0, Period("month", 2026, 7), ""), (1, Period("half", 0, 2), "")
>>> with_years([july, half])[1]
(1, Period(kind='half', year=2026, number=2, fiscal=''), '')
>>> is_sum("下半年合计"), is_sum("H2 total"), is_sum("7月")
(True, True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pyarrow as pa

from data.layout.header_periods import Period, split_header
from data.values.bilingual import halves
from data.values.hanzi import simplified
from data.values.numbers import number_of

Column = tuple[int, Period, str]
Figures = Sequence[Decimal | None]

_PART = (
    r"(?:全年|年度?|[上下]?半年度?|q[1-4]|第?[一二三四1-4]季度?|h[12]|(?:full |whole )?year|annual"
    r"|half[- ]?year|[12]\. ?halbjahr|halbjahr [12]|(?:ganzes |gesamt)?jahr|ytd|mtd|qtd)"
)
_SUM = (
    r"(?:合计|总计|小计|累计|合計|总和|(?:grand |sub)?-?total|sum|gesamt(?:summe)?|summe|somme"
    r"|suma)"
)  # fmt: skip
_TOTAL = re.compile(rf"{_PART}|{_SUM}|{_PART}[ _-]?{_SUM}|{_SUM}[ _-]?{_PART}", re.IGNORECASE)
# As the first of several words: "Q1 Target", "Total 2026".
_FIRST = re.compile(rf"{_SUM}|全年|年度|[上下]半年|ytd|h[12]|q[1-4]", re.IGNORECASE)
# The same of targets: a sum only where the figures say so, as it may be all that is planned.
_PLANNED = re.compile(
    rf"(?:{_PART}|{_SUM})[ _-]?(?:目标|指标|任务|计划|预算|target|quota|goal|plan|budget|ziel"
    r"|soll)",
    re.IGNORECASE,
)
_YEAR_CELL = re.compile(r"(?:20[0-4]\d)(?:\.0+)?(?:年度?)?")
_LONGER = ("week", "month", "quarter", "half", "year")
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_MOST_ROWS = 5_000
_NEAR, _SHARE = Decimal("0.011"), Decimal("0.005")


@dataclass(frozen=True)
class Unequal:
    """A column of sums that differs from its parts: in how many rows, and the first of them."""

    column: int
    count: int
    row: int
    figure: Decimal
    parts: Decimal


def is_sum(name: str) -> bool:
    """Return whether a header names a sum of periods, or an unnamed part of the year."""
    name = simplified(name)
    if _TOTAL.fullmatch(name) or _FIRST.fullmatch(name.split(" ")[0]):
        return True
    return any(all(map(_TOTAL.fullmatch, pair)) for pair in halves(name))


def with_years(columns: Sequence[Column], titled: int = 0) -> list[Column]:
    """Give periods without a year that of the dated ones beside them: H2 behind Dec-26.

    Their parts have it from the title where that has one, `titled`; Jan behind Dec-25 is of 2026.
    """
    dated = [p for _, p, _ in columns if p.year and not p.fiscal and p.kind != "year"]
    if not dated or all(period.year or period.fiscal for _, period, _ in columns):
        return list(columns)
    shortest = min((period.kind for period in dated), key=_LONGER.index)
    before = next(period for period in dated if period.kind == shortest)
    found: list[Column] = []
    for at, period, measure in columns:
        if not period.year and not period.fiscal:
            later = period.kind == before.kind and period.number < before.number
            is_part = _LONGER.index(period.kind) <= _LONGER.index(shortest)
            year = (titled if is_part else 0) or before.year + later
            period = replace(period, year=year)
        if period.kind == shortest and not period.fiscal:
            before = period
        found.append((at, period, measure))
    return found if len({column[1:] for column in found}) == len(columns) else list(columns)


def apart(
    columns: Sequence[Column], parts: Sequence[Column], planned: set[str], table: pa.Table
) -> list[Column]:
    """Return the targets of quarters and halves of which no part has a column.

    A quarter of a fiscal year, Q1 behind Apr, May and Jun, has its parts before it.
    """
    months = {period.year * 12 + month for _, period, _ in parts for month in _months(period)}
    found: list[Column] = []
    for kind in ("quarter", "half"):
        for column in columns:
            _, period, measure = column
            own = {period.year * 12 + month for month in _months(period)}
            if period.kind != kind or not own or measure not in planned or own & months:
                continue
            if not _is_fiscal(column, parts, table):
                found.append(column)
        months |= {p.year * 12 + month for _, p, _ in found for month in _months(p)}
    return found if len({column[1:] for column in found}) == len(found) else []


def _is_fiscal(column: Column, parts: Sequence[Column], table: pa.Table) -> bool:
    """Return whether a quarter or half is the sum of the months before it, which are others."""
    at, period, measure = column
    count = _LENGTHS[period.kind]
    before = [part for part in parts if part[0] < at and part[2] == measure][-count:]
    if len(before) < count or any(part[1].kind != "month" for part in before):
        return False
    first = period.year * 12 + min(_months(period))
    last = before[-1][1]
    years = {part[1].year for part in parts}
    if first > last.year * 12 + last.number - 1 and len(years) < 2:
        return False
    figures = _numbers(table, at)
    return any(figures) and not _differing(figures, [[_numbers(table, part[0]) for part in before]])


def sums_among(
    header: Sequence[str], taken: Sequence[Column], table: pa.Table
) -> tuple[list[int], list[Unequal]]:
    """Return the columns of sums of the `taken` columns of periods, and those that are unequal."""
    cells = {at: _numbers(table, at) for at, _, _ in taken}
    sums: list[int] = []
    unequal: list[Unequal] = []
    for at, name in enumerate(header):
        if at in cells:
            continue
        worded = is_sum(name) and not _has_years(table, at)
        spans = worded or _is_longer(name, taken)
        if not spans and not _PLANNED.fullmatch(simplified(name)):
            continue
        figures = _numbers(table, at)
        runs = [[cells[part] for part in run] for run in _runs(at, name, taken)]
        differing = _differing(figures, runs)
        if spans:
            sums.append(at)
            unequal += _unequal(at, figures, runs, differing)
        elif any(figures) and not differing:
            sums.append(at)
    return sums, unequal


def unlike(table: pa.Table, at: int, runs: Iterable[Sequence[int]]) -> list[Unequal]:
    """Return what a column of sums has else than the columns of any of the `runs` add up to."""
    figures = _numbers(table, at)
    columns = [[_numbers(table, part) for part in run] for run in runs]
    return _unequal(at, figures, columns, _differing(figures, columns))


def _unequal(
    at: int, figures: Figures, runs: Sequence[Sequence[Figures]], rows: Sequence[int]
) -> list[Unequal]:
    if not rows or not runs:
        return []
    whole = sum((cells[rows[0]] or Decimal(0) for cells in runs[0]), Decimal(0))
    return [Unequal(at, len(rows), rows[0], figures[rows[0]] or Decimal(0), whole)]


def _is_longer(name: str, taken: Sequence[Column]) -> bool:
    """Return whether a header is that of a longer period than those of which it has parts."""
    split = split_header(name)
    if split is None or not taken:
        return False
    period, measure = split
    if period.kind == "year":
        years = {part.year for _, part, _ in taken}
        return taken[0][1].kind != "year" and (period.year in years or bool(period.fiscal))
    shortest = min(_LONGER.index(part.kind) for _, part, _ in taken)
    return _LONGER.index(period.kind) > shortest and measure in {name for *_, name in taken}


def _has_years(table: pa.Table, at: int) -> bool:
    """Return whether a column, 年度, has the year of each row."""
    cells = [text.strip() for text in map(str, table.column(at).drop_null().to_pylist())]
    return bool(cells) and all(map(_YEAR_CELL.fullmatch, cells))


def _runs(at: int, name: str, taken: Sequence[Column]) -> Iterator[list[int]]:
    """Yield the columns of which a sum may be made: of its own span, of all, those beside it."""
    split = split_header(name)
    for measure in dict.fromkeys(measure for *_, measure in taken):
        own = [part for part in taken if part[2] == measure]
        if split and (months := {split[0].year * 12 + month for month in _months(split[0])}):
            inside = [p[0] for p in own if months & _absolute(p[1])]
            inside = inside or [p[0] for p in own if {m % 12 for m in months} & set(_months(p[1]))]
            if inside:
                yield inside
        yield [part[0] for part in own]
        before = [part[0] for part in own if part[0] < at]
        after = [part[0] for part in own if part[0] > at]
        yield from (before[-count:] for count in range(1, len(before) + 1))
        yield from (after[:count] for count in range(1, len(after) + 1))


def _absolute(period: Period) -> set[int]:
    return {period.year * 12 + month for month in _months(period)}


def _months(period: Period) -> range:
    """Return the months of a period of the calendar year, from 0; none for any other."""
    length = 0 if period.fiscal else _LENGTHS.get(period.kind, 0)
    first = max(period.number - 1, 0) * length
    return range(first, first + length)


def _numbers(table: pa.Table, at: int) -> list[Decimal | None]:
    return [
        None if text is None else number_of(str(text))
        for text in table.column(at).slice(0, _MOST_ROWS).to_pylist()
    ]


def _differing(figures: Figures, runs: Sequence[Sequence[Figures]]) -> list[int]:
    """Return the rows whose figure is not the sum of the run that fits most rows, nor its mean."""
    best = [row for row, figure in enumerate(figures) if figure]
    for run in runs:
        if not best:
            break
        parts = [[cell for cell in cells if cell] for cells in zip(*run, strict=True)]
        wrong = [
            row for row, figure in enumerate(figures) if figure and not _equal(figure, parts[row])
        ]
        best = min(best, wrong, key=len)
    return best


def _equal(figure: Decimal, parts: Sequence[Decimal]) -> bool:
    if not parts:
        return False
    whole = sum(parts, Decimal(0))
    return any(_near(own, whole, len(parts)) for own in (figure, figure * len(parts)))


def _near(figure: Decimal, whole: Decimal, count: int) -> bool:
    """Return whether a figure is a sum, but for what rounding each of its parts makes of it."""
    exponent = figure.as_tuple().exponent
    rounding = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * (count + 1) / 2
    return abs(figure - whole) < max(_NEAR, min(rounding, abs(whole) * _SHARE))
