"""Turn columns of months, quarters … or weeks into rows: 人员 | 1月 | 2月 … to 人员, 月份, 目标.

    >>> unpivoted(("人员", "2026年1月", "2026年2月", "2026年3月"), table, "销售目标").header
    ('人员', '月份', '目标')

The year comes from the columns, else from the title, the sheet or the file. Where none of
them has it, the months stay without a year and the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from data.layout import period_sums
from data.layout.cells import rows_of, value_columns
from data.layout.header_periods import Period, numbered_months, split_header
from data.layout.header_rows import LOOK
from data.layout.partial_days import WHOLE_DATE
from data.layout.printed_day import MADE
from data.layout.provenance import Wide, numbers
from data.layout.sheet import Note
from data.layout.stated_totals import Stated, added
from data.values.hanzi import simplified
from data.values.header_text import has_hanzi
from data.values.numbers import header_unit

_ENOUGH = {"week": 3, "month": 3, "quarter": 2, "half": 2, "year": 3}
# What the text around the table, or the columns' own, says of periods that are fewer.
PLANNED = re.compile(
    r"目标|指标|任务|计划|定额|预算|목표|\b(?:targets?|quotas?|goals?|budgets?|sales plan|ziele?"
    r"|(?:umsatz|vertriebs|verkaufs|jahres|monats)ziele?|soll"
    r"|objectifs?|objetivos?|metas?|obiettivi|obiettivo|cele?|plan)\b",
    re.IGNORECASE,
)
_UNIT = len("人民币百万元")
_MOST_CELLS = 20_000_000
_FILLED = 0.9
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_YEAR_CELL = re.compile(r"(20[0-4]\d)(?:\.0+)?(?:年度?)?")
# Headers of the year of each row.
_YEAR_NAMES = re.compile(
    r"(?:目标|计划|预算|业绩|考核|所属|销售)?(?:年份|年度|年|财年)"
    r"|(?:(?:target|plan|budget|calendar|sales|quota)[ _]?)?year"
    r"|(?:(?:ziel|plan|kalender|budget)-?)?jahr|ann[ée]e|año|anno|ano|jaar|rok|год",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]{1,20}[)）\]]")
PERIOD_NAMES = {
    "month": ("月份", "Month"),
    "quarter": ("季度", "Quarter"),
    "year": ("年份", "Year"),
    "half": ("半年", "Half-year"),
    "week": ("周", "Week"),
}
# What the figures may be called, by a pattern for the text around the table.
_MEASURES = (
    (
        r"目标|指标|任务|计划|定额|목표|target|quota|plan|goal|ziel|soll|objecti|objetiv|obiettiv",
        "目标",
        "Target",
    ),
    (r"预算|budget", "预算", "Budget"),
    (r"花费|费用|投入|投放|spend|cost", "费用", "Spend"),
    (r"", "金额", "Amount"),
)


@dataclass(frozen=True)
class Unpivoted:
    """An unpivoted sheet: names, rows, notes, and the rows before.

    "row" numbers each period of a row; `data.layout.provenance` maps it back.
    """

    header: tuple[str, ...]
    rows: pa.Table
    notes: tuple[Note, ...]
    wide: Wide

    def stated(self, totals: Mapping[str, Stated]) -> dict[str, Stated]:
        """Return what totals say of its figures, where they say it of all columns before."""
        of_figures = {}
        for nth, places in enumerate(zip(*self.wide.months, strict=True)):
            names = {self.wide.header[at] for at in places}
            if nth and names <= totals.keys():
                header = self.header[len(self.wide.keys) + nth]
                of_figures[header] = added(totals[name] for name in names)
        return of_figures


def unpivoted(header: Sequence[str], table: pa.Table, around: str = "") -> Unpivoted | None:
    """Turn period columns into rows; None where there are none.

    `around` is the text above and beside the table: its title, the sheet's and the file's name.
    """
    columns = _period_columns(header, table, around)
    periods = sorted(
        {period for _, period, _ in columns}, key=lambda period: (period.year, period.number)
    )
    measures = list(dict.fromkeys(measure for _, _, measure in columns))
    column_of = {(period, measure): at for at, period, measure in columns}
    taken = set(column_of.values())
    if not columns or table.num_rows * len(periods) * len(header) > _MOST_CELLS:
        return None
    sums, unequal = period_sums.sums_among(header, columns, table)
    keys = [at for at in range(len(header)) if at not in taken and at not in sums]
    hanzi = has_hanzi("".join(header))
    open_year = any(not period.year for period in periods)
    years = year_column(header, keys, table) if open_year else None
    year = year_of(around) if open_year and years is None else 0
    figures = [[column_of.get((period, measure)) for measure in measures] for period in periods]
    parts = []
    for nth, (period, places) in enumerate(zip(periods, figures, strict=True)):
        labels = [period.label(row_year, hanzi) for row_year in years or [year] * table.num_rows]
        columns_of_part = [
            *(_text(table, at) for at in keys),
            pa.array(labels, pa.string()),
            *(_text(table, at) for at in places),
            numbers(table["row"], nth, len(periods)),
        ]
        names = [*map(str, range(len(columns_of_part) - 1)), "row"]
        parts.append(pa.table(columns_of_part, names))
    rows = pa.concat_tables(parts).sort_by("row")
    filled = map(pc.is_valid, rows.columns[len(keys) + 1 : -1])
    notes = [
        Note.of(
            "months_to_rows",
            count=len(columns),
            first=header[columns[0][0]],
            last=header[columns[-1][0]],
        )
    ]
    if year:
        notes.append(Note.of("year_from_title", year=year))
    elif open_year and years is None:
        notes.append(Note("year_unknown"))
    if sums:
        named = ", ".join(header[at] for at in sums)
        notes.append(Note.of("total_columns", count=len(sums), columns=named))
    notes += difference_notes(header, table, unequal)
    kept = [header[at] for at in keys]
    period_name = PERIOD_NAMES[periods[0].kind][0 if hanzi else 1]
    if period_name in kept:
        period_name = f"{period_name} (2)"
    return Unpivoted(
        (*kept, period_name, *(_named(name, around, hanzi) for name in measures)),
        rows.filter(reduce(pc.or_, filled)),
        tuple(notes),
        Wide(tuple(header), table, tuple(keys), tuple(map(_places, figures))),
    )


def difference_notes(
    header: Sequence[str], table: pa.Table, unequal: Sequence[period_sums.Unequal]
) -> list[Note]:
    """Note the columns of sums that differ from their parts, with the first row of each."""
    return [
        Note.of(
            "sums_differ",
            count=one.count,
            column=header[one.column],
            row=table["row"][one.row].as_py(),
            figure=f"{one.figure:f}",
            parts=f"{one.parts:f}",
        )
        for one in unequal
    ]


def _places(columns: Sequence[int | None]) -> tuple[int, ...]:
    """Return the places of a period's name and figures; a missing figure has the first place."""
    first = next(at for at in columns if at is not None)
    return (first, *(first if at is None else at for at in columns))


def _period_columns(
    header: Sequence[str], table: pa.Table, around: str
) -> list[tuple[int, Period, str]]:
    """Return the columns with a period's figures: position, period, name of the figures.

    One or two are enough where they are targets by the words beside them.
    """
    columns = [
        (at, *split) for at, name in enumerate(header) if (split := split_header(name)) is not None
    ] or numbered_months(header)
    columns = period_sums.with_years(columns, year_of(around))
    values = value_columns(rows_of(table.slice(0, LOOK)), len(header), 0.7)
    columns = [
        column
        for column in columns
        if column[0] in values or not table.column(column[0]).drop_null()
    ]
    for kind, enough in _ENOUGH.items():
        same = [column for column in columns if column[1].kind == kind]
        if kind == "year" and _has_days(table, {at for at, _, _ in same}):
            # Of rows with a day of their own, one year is theirs and the others are compared.
            continue
        periods = {period for _, period, _ in same}
        # A fiscal year is nothing else: two are enough.
        least = 2 if kind == "year" and all(period.fiscal for period in periods) else enough
        if all(
            PLANNED.search(simplified(f"{around} {name}".replace("_", " "))) for *_, name in same
        ):
            least = 2 if kind == "week" else 1
        if len(periods) >= least and len({column[1:] for column in same}) == len(same):
            planned = {name for *_, name in same if PLANNED.search(simplified(f"{around} {name}"))}
            return [*same, *period_sums.apart(columns, same, planned, table)]
    return []


def _has_days(table: pa.Table, years: Collection[int]) -> bool:
    """Return whether a column beside those of years has a whole date in nearly every row."""
    head = table.slice(0, LOOK)
    for name in head.column_names:
        if name == "row" or int(name) in years:
            continue
        cells = [text.strip() for text in head.column(name).to_pylist() if text]
        dates = sum(bool(WHOLE_DATE.match(text)) for text in cells)
        if cells and len(cells) >= _FILLED * len(head) and dates >= _FILLED * len(cells):
            return True
    return False


def year_of(around: str) -> int:
    """Return the only year named in a text; 0 where it names none or several.

    A day names a year only where no other year is named, and not that on which a sheet was made.
    """
    years = set(_YEAR.findall(WHOLE_DATE.sub(" ", around)))
    if not years and not MADE.search(around):
        years = set(_YEAR.findall(around))
    return int(years.pop()) if len(years) == 1 else 0


def _named(name: str, around: str, hanzi: bool) -> str:
    """Return the name of figures: of a unit alone, such as ($K), it is that of the words around."""
    if not name:
        return measure_of(around, hanzi)
    # A longer name says what the figures are.
    bare = len(name) <= _UNIT and " " not in name and header_unit(f"x ({name})") != 1
    if bare or _BRACKETED.fullmatch(name):
        return f"{measure_of(around, hanzi)} ({name.strip('()（）[]')})"
    return name


def measure_of(around: str, hanzi: bool) -> str:
    """Name the figures after the words around them."""
    for pattern, chinese, english in _MEASURES:
        if re.search(pattern, simplified(around), re.IGNORECASE):
            return chinese if hanzi else english
    raise AssertionError("the last pattern matches any text")


def year_column(header: Sequence[str], keys: Sequence[int], table: pa.Table) -> list[int] | None:
    """Return the year of each row, where a column has it."""
    for at in keys:
        if _YEAR_NAMES.fullmatch(simplified(header[at]).strip()):
            texts = [(text or "").strip() for text in table.column(at).to_pylist()]
            years = [_YEAR_CELL.fullmatch(text) for text in texts]
            if all(years):
                return [int(found[1]) for found in years if found]
    return None


def _text(table: pa.Table, at: int | None) -> pa.Array | pa.ChunkedArray:
    """Return a column as text; null for a figure without a column."""
    if at is None:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(at).cast(pa.string())
