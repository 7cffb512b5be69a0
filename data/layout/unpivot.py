"""Months, quarters or years as columns, turned into rows: 人员 | 1月 | 2月 … to 人员, 月份, 目标.

    >>> unpivoted(("人员", "2026年1月", "2026年2月", "2026年3月"), table, "销售目标").header
    ... # doctest: +SKIP
    ('人员', '月份', '目标')

The year is taken from the columns, else from the title, the sheet or the file;
where none of them tells, the months stay without a year and that is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from data.layout.body import rows_of
from data.layout.cells import value_columns
from data.layout.header_rows import LOOK
from data.layout.provenance import Wide, numbers
from data.layout.sheet import Note
from data.values import months
from data.values.bilingual import halves
from data.values.header_text import has_hanzi

_ENOUGH = {"month": 3, "quarter": 2, "year": 3}
_MOST_CELLS = 20_000_000
_FIRST = r"(?:[-/.]0?1(?: 0?0:00.*)?)?"
_Y = r"(?P<y>(?:19[89]|20[0-4])\d)"
_PATTERNS = [
    ("month", rf"{_Y}\s*[-/.年]\s*(?P<m>1[0-2]|0?[1-9])\s*月?(?:份|度)?{_FIRST}"),
    ("month", rf"{_Y}(?P<m>0[1-9]|1[0-2])"),
    ("month", r"(?P<m>1[0-2]|0?[1-9])\s*月(?:份|度)?"),
    ("month", rf"(?P<m>{months.HANZI})月(?:份|度)?"),
    ("month", rf"(?P<m>{months.NAME})\.?(?:[\s,/'-]*(?:{_Y}|(?P<s>\d{{2}})))?"),
    ("month", rf"(?:{_Y}|(?P<s>\d{{2}}))[\s-]+(?P<m>{months.NAME})"),
    ("quarter", rf"(?:{_Y}\s*年?\s*[-/. ]?\s*)?(?:Q(?P<q>[1-4])|第?(?P<c>[一二三四1-4])季度?)"),
    ("quarter", rf"Q(?P<q>[1-4])[\s/-]*{_Y}"),
    ("year", rf"(?:FY\s*)?{_Y}\s*年?(?:度)?"),
]  # fmt: skip
_WHOLE = [(kind, re.compile(told, re.IGNORECASE)) for kind, told in _PATTERNS]
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_TOTAL = re.compile(
    r"合计|总计|小计|累计|全年|年度|上半年|下半年|合計|ytd|(?:grand )?total|sum|full year|h[12]"
    r"|(?:q[1-4]|第?[一二三四1-4]季度?)(?:合计|小计)?",
    re.IGNORECASE,
)
_MEASURES = (
    (r"目标|指标|任务|计划|定额|target|quota|plan|goal", "目标", "Target"),
    (r"预算|budget", "预算", "Budget"),
    (r"花费|费用|投入|投放|spend|cost", "费用", "Spend"),
    (r"", "金额", "Amount"),
)


@dataclass(frozen=True)
class Period:
    """A month, a quarter or a year; `year` is 0 where the text does not say it."""

    kind: str
    year: int
    number: int

    def told(self, year: int, hanzi: bool) -> str:
        """As `data.values.periods` reads it; without a year as people write it."""
        known = self.year or year
        if self.kind == "year":
            return str(self.year)
        if self.kind == "quarter":
            return f"{known}-Q{self.number}" if known else f"Q{self.number}"
        if known:
            return f"{known}-{self.number:02d}"
        return f"{self.number}月" if hanzi else months.short_name(self.number)


@dataclass(frozen=True)
class Unpivoted:
    """A sheet whose months are rows: names, rows, notes, and the rows as they stood.

    "row" is a number for each month of a row, which `data.layout.provenance` turns back.
    """

    header: tuple[str, ...]
    rows: pa.Table
    notes: tuple[Note, ...]
    wide: Wide


def period_of(text: str) -> Period | None:
    """The month, quarter or year that a header names; None for anything else."""
    told = unicodedata.normalize("NFKC", text).strip()
    for kind, pattern in _WHOLE:
        if found := pattern.fullmatch(told):
            groups = found.groupdict()
            year = int(groups.get("y") or 0) or (2000 + int(groups["s"]) if groups.get("s") else 0)
            words = (groups.get(name) for name in ("m", "q", "c"))
            return Period(kind, year, months.number(next(filter(None, words), "0")))
    return _in_two_languages(told)


def _is_total(name: str) -> bool:
    if any(_TOTAL.fullmatch(part) for part in (name, *name.split(" ")[:1])):
        return True
    return any(all(map(_TOTAL.fullmatch, way)) for way in halves(name))


def _in_two_languages(text: str) -> Period | None:
    """1月 Jan, 2026年1月/Jan 2026: the same month twice."""
    for one, other in halves(text):
        if (first := period_of(one)) and (second := period_of(other)):
            years = {first.year, second.year} - {0}
            same = (first.kind, first.number) == (second.kind, second.number)
            if same and first.kind != "year" and len(years) < 2:
                return Period(first.kind, max(first.year, second.year), first.number)
    return None


def unpivoted(header: Sequence[str], table: pa.Table, around: str = "") -> Unpivoted | None:
    """The rows by month, or None where the columns are no months.

    `around` is what stands above and beside: title rows, the sheet's and the file's
    name.
    """
    found = _columns(header, table)
    if not found:
        return None
    periods = sorted({period for _, period, _ in found}, key=lambda one: (one.year, one.number))
    measures = list(dict.fromkeys(measure for _, _, measure in found))
    at = {(period, measure): column for column, period, measure in found}
    taken = {column for column, _, _ in found}
    sums = [one for one, name in enumerate(header) if one not in taken and _is_total(name)]
    keys = [one for one in range(len(header)) if one not in taken and one not in sums]
    if table.num_rows * len(periods) * (len(keys) + len(measures)) > _MOST_CELLS:
        return None
    hanzi = has_hanzi("".join(header))
    open_year = any(not one.year for one in periods)
    beside = _year_column(header, keys, table) if open_year else None
    year = year_of(around) if open_year and beside is None else 0
    names = [name or _measure(around, hanzi) for name in measures]
    parts = []
    for nth, period in enumerate(periods):
        years = [year] * table.num_rows if beside is None else beside
        told = pa.array([period.told(one, hanzi) for one in years], pa.string())
        cells = [_plain(table.column(one)) for one in keys] + [told]
        for measure in measures:
            column = at.get((period, measure))
            cells.append(
                pa.nulls(table.num_rows, pa.string())
                if column is None
                else _plain(table.column(column))
            )
        cells.append(numbers(table["row"], nth, len(periods)))
        parts.append(pa.table(cells, [*map(str, range(len(cells) - 1)), "row"]))
    rows = pa.concat_tables(parts).sort_by("row")
    first = len(keys) + 1
    filled = None
    for one in range(first, first + len(measures)):
        valid = pc.is_valid(rows.column(one))
        filled = valid if filled is None else pc.or_(filled, valid)
    rows = rows.filter(filled)
    period_name = _period_name(periods[0].kind, hanzi)
    kept = [header[one] for one in keys]
    if period_name in kept:
        period_name = f"{period_name} (2)"
    notes = [Note("months_to_rows", (("count", len(found)), ("first", header[found[0][0]]),
                                     ("last", header[found[-1][0]])))]  # fmt: skip
    if year:
        notes.append(Note("year_from_title", (("year", year),)))
    elif open_year and beside is None:
        notes.append(Note("year_unknown", ()))
    if sums:
        notes.append(
            Note(
                "total_columns",
                (("count", len(sums)), ("columns", ", ".join(header[one] for one in sums))),
            )
        )
    wide = Wide(
        tuple(header),
        table,
        tuple(keys),
        tuple(_places([at.get((period, measure)) for measure in measures]) for period in periods),
    )
    return Unpivoted((*kept, period_name, *names), rows, tuple(notes), wide)


def _places(columns: Sequence[int | None]) -> tuple[int, ...]:
    """Where a period's name and its figures stand; a figure that is not there, at the first."""
    first = next(one for one in columns if one is not None)
    return (first, *(first if one is None else one for one in columns))


def _columns(header: Sequence[str], table: pa.Table) -> list[tuple[int, Period, str]]:
    """The columns that hold a period's figures: position, period, what the figures are."""
    found = [
        (at, *split) for at, name in enumerate(header) if (split := _split(name)) is not None
    ] or _numbered(header)
    values = set(
        value_columns(rows_of(table.drop_columns(["row"]).slice(0, LOOK)), len(header), 0.7)
    )
    found = [one for one in found if one[0] in values or not table.column(one[0]).drop_null()]
    for kind in ("month", "quarter", "year"):
        same = [one for one in found if one[1].kind == kind]
        distinct = {(one[1], one[2]) for one in same}
        if len({one[1] for one in same}) >= _ENOUGH[kind] and len(distinct) == len(same):
            return same
    return []


def _split(name: str) -> tuple[Period, str] | None:
    """A header's period and the rest of it, whichever comes first."""
    if whole := period_of(name):
        return whole, ""
    words = name.split(" ")
    for cut in range(1, len(words)):
        front, back = " ".join(words[:cut]), " ".join(words[cut:])
        if found := period_of(front):
            return found, back
        if found := period_of(back):
            return found, front
    tight = re.fullmatch(
        r"(?P<p>(?:\d{4}年)?(?:1[0-2]|0?[1-9])月份?|Q[1-4])[-_ ]?(?P<m>[^\d\s]{1,12})", name, re.I
    )
    if tight and (found := period_of(tight["p"])):
        return found, tight["m"].strip("()（）-_")
    return None


def _numbered(header: Sequence[str]) -> list[tuple[int, Period, str]]:
    """Twelve columns called 1 to 12."""
    numbers = [(at, name.strip()) for at, name in enumerate(header) if name.strip().isdigit()]
    if [name.lstrip("0") for _, name in numbers] != [str(one) for one in range(1, 13)]:
        return []
    return [(at, Period("month", 0, one + 1), "") for one, (at, _) in enumerate(numbers)]


def year_of(around: str) -> int:
    """The one year that is named around the table."""
    years = set(_YEAR.findall(around))
    return int(years.pop()) if len(years) == 1 else 0


def _measure(around: str, hanzi: bool) -> str:
    """What the figures are, by the words around them."""
    for pattern, chinese, english in _MEASURES:
        if re.search(pattern, around, re.IGNORECASE):
            return chinese if hanzi else english
    raise AssertionError("the last pattern fits all")


def _year_column(header: Sequence[str], keys: Sequence[int], table: pa.Table) -> list[int] | None:
    """The year of each row, where a column tells it."""
    for at in keys:
        if header[at].strip().casefold() in ("year", "年", "年份", "年度", "财年"):
            texts = [(text or "").strip().rstrip("年度") for text in table.column(at).to_pylist()]
            if all(len(text) == 4 and text.isdigit() for text in texts):
                return [int(text) for text in texts]
    return None


def _period_name(kind: str, hanzi: bool) -> str:
    names = {"month": ("月份", "Month"), "quarter": ("季度", "Quarter"), "year": ("年份", "Year")}
    return names[kind][0 if hanzi else 1]


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string())
