"""Summarise one column, once: what its cells say by themselves, and what they leave open.

    >>> summary = summarise("order_date", "Date", "date", pa.array(["03/04/2026"]), 2026)
    >>> summary.question.options, summary.question.samples[0]
    (('dmy', 'mdy'), ('03/04/2026', ('2026-04-03', '2026-03-04')))

A column of a million different amounts is first reduced to the texts that can
decide anything: plain whole numbers and ISO dates cannot, and of all texts of
one shape a single one is enough. A `ColumnSummary` depends on no answer and on no other
column; `data.cleaning.resolve` puts the columns of a sheet together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.telling_texts import (
    by_program,
    first_month,
    plainly_pointed,
    signs,
    telling_dates,
    telling_numbers,
    unsigned,
)
from data.values import centuries, eras, half_converted
from data.values.columns import Texts, distinct, spread, typed
from data.values.dates import DATE_ORDERS, DateOrder, date_orders, parse_moment
from data.values.fiscal_years import parse
from data.values.missing_units import MissingUnit, missing
from data.values.mixed_shares import mixed
from data.values.numbers import (
    DECIMAL_MARKS,
    DecimalMark,
    decimal_doubt,
    decimal_marks,
    parse_number,
)
from data.values.partial_dates import bare, month_first, unclear, with_year
from data.values.periods import dated, undated
from data.values.zones import universal
from domain.tables import Column, Kind

QuestionKind = Literal[
    "date_order", "decimal_mark", "years", "unit", "sign", "currencies", "year", "zeros", "gone",
    "kept", "zone", "swapped", "calendar", "fiscal_year", "column", "table", "shares", "word",
    "conflict", "direction", "same", "moved", "place", "reused", "level", "which", "namesakes",
    "again", "part", "unknown_orders", "rows", "missing_unit",
]  # fmt: skip

DATES: tuple[Kind, ...] = ("date", "moment")
NUMBERS: tuple[Kind, ...] = ("money", "number", "share")

# Table, column of ours, position in the sheet, this year.
SummaryKey: TypeAlias = tuple[str, str, int, int]

_SAMPLES = 3
_HEAD = 1000
_MORE = 20
_LONG_YEAR = r"\d{4}"
# Amounts looked at to tell their usual size.
_SIZED = 400
# Dates of more different texts are read where somebody needs them, and not ahead.
_MOST_DAYS = 20_000


@dataclass(frozen=True)
class Question:
    """What a column leaves open, with sample values and their reading under each option.

    `about` is the sign or the word in question, the unit in the title, or "days" for dates
    without a year; `count` the number of rows in question, where it is told. The answer is stored
    under `key`.
    """

    column: str
    header: str
    kind: QuestionKind
    options: tuple[str, ...]
    samples: tuple[tuple[str, tuple[str, ...]], ...]
    about: str = ""
    count: int = 0

    @property
    def key(self) -> str:
        if self.kind in ("date_order", "decimal_mark"):
            return self.column
        if self.kind in ("zone", "swapped", "fiscal_year"):
            return self.kind
        if self.kind in ("word", "direction", "place", "level", "rows"):
            return f"{self.column}/{self.kind}/{self.about}"
        return f"{self.column}/{self.about if self.kind == 'sign' else self.kind}"


@dataclass(frozen=True)
class ColumnSummary:
    """What one column says by itself, before any answer; small, however many rows it has.

    `question` is how it may be read; `tells` whether its values decide that, and `by_hand` whether
    a text decides it that no program writes. `short` are dates with two-digit years, `bare`
    dates without one, `month` the first that is only a month; `ends` are the first and last day
    under each order, if every date has its year. `sized` is a sample of amounts; `signs` its
    currency signs with examples; `values` its distinct texts, if requested. `numbered` is whether
    any of its identifiers is of digits alone. `universal` are the earliest and the latest time of
    day among moments in universal time, `mixed` shares that are written in different ways,
    `lacking` the unit that some of its amounts may lack, `era` the calendar of its years where
    that is not the Gregorian one, `half` real dates that a spreadsheet may have made of others,
    `fiscal` some fiscal years.
    """

    column: str
    header: str
    kind: Kind
    question: Question | None = None
    tells: bool = False
    by_hand: bool = False
    short: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    month: str = ""
    ends: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    sized: tuple[str, ...] = ()
    signs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: tuple[str, ...] = ()
    numbered: bool = False
    universal: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    lacking: MissingUnit | None = None
    era: eras.Era | None = None
    half: half_converted.HalfConverted | None = None
    fiscal: tuple[str, ...] = ()


def says_something(name: str, kind: Kind) -> bool:
    """Return whether a column needs its cells summarised; plain text says nothing by itself."""
    return kind in (*DATES, *NUMBERS) or name in ("period", "currency")


def summarise(
    name: str, header: str, kind: Kind, cells: Texts, this_year: int, listed: bool = False
) -> ColumnSummary:
    """Summarise the trimmed `cells` of a column that is mapped to the canonical column `name`.

    With `listed`, list the values of a text column.
    """
    summary = ColumnSummary(name, header, kind)
    if name == "period":
        texts = distinct(cells).to_pylist()
        fiscal = tuple(filter(parse, texts))[:_SAMPLES]
        return replace(summary, question=_year(summary, texts, this_year), fiscal=fiscal)
    if kind in DATES:
        return _of_dates(summary, distinct(cells), this_year)
    if kind in NUMBERS:
        return _of_numbers(summary, cells)
    if name == "currency":
        # The one column of words that says how amounts are counted.
        words = distinct(cells).slice(0, _HEAD).to_pylist()
        return replace(summary, signs={word: (word,) for word in words if word})
    values = tuple(sorted(distinct(cells).to_pylist())) if listed else ()
    return replace(summary, values=values)


def _of_dates(summary: ColumnSummary, every: pa.Array, this_year: int) -> ColumnSummary:
    last_year = this_year + centuries.AHEAD.get(summary.column, 1)
    if era := eras.of_column(every, last_year):
        every = eras.moved(every, era.name)
    texts = telling_dates(every)
    tells = len(date_orders(texts, this_year)) == 1
    first = month_first(summary.header, [text for text in texts if bare(text)])
    # In which order day and month stand does not depend on the year.
    dated = {text if unclear(text) else with_year(text, this_year, first): text for text in texts}
    orders = date_orders(dated, this_year) or set(DATE_ORDERS)
    options: tuple[str, ...] = tuple(order for order in DATE_ORDERS if order in orders)
    question = _question(summary, "date_order", options, list(dated))
    samples = tuple((dated[text], readings) for text, readings in question.samples)
    question = replace(question, samples=samples)
    # A day that may have lost a zero is read in no year.
    days = tuple(text for text in texts if bare(text) and not unclear(text))
    short = tuple(text for text in texts if not re.search(_LONG_YEAR, text) and not bare(text))
    half = None if era else half_converted.telling(every)
    return replace(
        summary,
        question=question,
        tells=tells,
        by_hand=tells,
        short=short,
        bare=days,
        universal=universal(every, summary.header),
        month=first_month(every),
        era=era,
        half=half,
        ends={}
        if short or days or era or (half and half.texts) or len(every) > _MOST_DAYS
        else {order: _ends(every, summary.kind, order) for order in question.options},
    )


def _ends(every: pa.Array, kind: Kind, order: str) -> tuple[date | None, date | None]:
    days = typed(every, Column("", kind, ""), order).values.cast(pa.date32())
    ends = pc.min_max(days).as_py()
    return ends["min"], ends["max"]


def _of_numbers(summary: ColumnSummary, cells: Texts) -> ColumnSummary:
    if summary.kind == "share":
        summary = replace(
            summary, mixed=mixed(distinct(cells), summary.header, parts=summary.column == "share")
        )
    is_money = summary.kind == "money"
    if plainly_pointed(cells):
        question = _question(summary, "decimal_mark", (".",), [])
        sized = spread(cells, _SIZED) if is_money else ()
        return replace(summary, question=question, tells=True, sized=sized, signs=unsigned(sized))
    every = distinct(cells)
    if is_money:
        summary = replace(summary, lacking=missing(every))
    texts, more = telling_numbers(every)
    sized = spread(every, _SIZED) if is_money else ()
    return replace(
        summary,
        question=_mark_question(summary, every, texts),
        tells=len(_marks(texts, summary.header)) == 1,
        by_hand=len(_marks([one for one in texts if not by_program(one)], summary.header)) == 1,
        sized=sized,
        signs=signs(more, sized) if is_money else {},
    )


def _year(summary: ColumnSummary, every: list[str], this_year: int) -> Question | None:
    """Ask for the year of months and quarters without one."""
    if not (texts := [text for text in every if undated(text)]):
        return None
    years = (this_year, this_year - 1, this_year + 1)
    samples = [
        (text, tuple(dated(text, year) or "" for year in years)) for text in texts[:_SAMPLES]
    ]
    return Question(summary.column, summary.header, "year", tuple(map(str, years)), tuple(samples))


def _marks(texts: list[str], header: str) -> set[DecimalMark]:
    """Return the decimal marks that the texts allow; a lone comma must be beyond doubt."""
    marks = decimal_marks(texts)
    return set(DECIMAL_MARKS) if marks == {","} and decimal_doubt(texts, header) else marks


def _mark_question(summary: ColumnSummary, every: pa.Array, texts: list[str]) -> Question:
    marks = _marks(texts, summary.header) or set(DECIMAL_MARKS)
    options = tuple(mark for mark in DECIMAL_MARKS if mark in marks)
    # One text of a shape decides as well as all of them, but people like to see three.
    more = every.slice(0, _MORE).to_pylist() if len(options) > 1 else []
    return _question(summary, "decimal_mark", options, list(dict.fromkeys([*texts, *more])))


def _question(
    summary: ColumnSummary, kind: QuestionKind, options: tuple[str, ...], texts: list[str]
) -> Question:
    samples = []
    for text in texts:
        readings = tuple(_reading(text, kind, option) for option in options)
        if len(set(readings)) > 1:
            samples.append((text, readings))
        if len(samples) == _SAMPLES:
            break
    # Options that agree on every value are one.
    return Question(
        summary.column, summary.header, kind, options if samples else options[:1], tuple(samples)
    )


def _reading(text: str, kind: QuestionKind, option: str) -> str:
    if kind == "date_order":
        moment = parse_moment(text, cast(DateOrder, option))
        return moment.date().isoformat() if moment else ""
    number = parse_number(text, cast(DecimalMark, option))
    return "" if number is None else f"{number:f}"
