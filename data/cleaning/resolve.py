"""Decide how each column is read: by itself, by its neighbours, or by asking.

    >>> settlement = settle(summaries, answers={}, around=NOWHERE, this_year=2026)  # doctest: +SKIP
    >>> settlement.questions, settlement.readings["amount"].answer
    ([], ',')

A file is written in one way: where one of its columns shows the decimal mark or
the order of a date, the others follow, and a note says so. What no value of the
file decides is asked, one question a column at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import cast

from data.cleaning.context import Around, Typical
from data.cleaning.summary import DATES, ColumnSummary, Question
from data.values import centuries, currencies, partial_dates
from data.values.dates import PIVOT, DateOrder, parse_moment
from data.values.mixed_shares import EACH_WAY, HUNDREDTHS, percent
from data.values.numbers import DecimalMark, has_unit, header_unit, is_blank, parse_number
from data.values.units import UNITS
from data.values.zones import AS_WRITTEN, in_zone

CENTURIES = ("2000", "1900")
EACH = "each"
# Of days without a year: the last time that each of them was.
PAST = "past"
# One answer holds for all the moments of a sheet.
_ZONE = "zone"
_SAMPLES = 3
# Amounts in thousands or ten thousands; the least by which sizes must differ to ask.
_LIKELY = (1000, 10**4)
_APART, _NEAR = 300, 5
_FEW = 3


@dataclass(frozen=True)
class Reading:
    """How to read a column: its date order or decimal mark, and what goes with it.

    `follows` is the header of the column that decided for this one, "" if it decided itself.
    `signs` maps its currency signs to codes, `year` completes dates without one; those that
    would fall after `until` belong to the year before. Moments in universal time are read by the
    clock of `zone`, "" as they are written; `shares` is how mixed shares are meant.
    """

    answer: str = ""
    follows: str = ""
    pivot: int = PIVOT
    unit: Decimal = Decimal(1)
    signs: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    until: date | None = None
    zone: str = ""
    shares: str = ""


@dataclass(frozen=True)
class Settled:
    """The readings by column, and the questions to be answered before they hold."""

    readings: dict[str, Reading]
    questions: list[Question]


@dataclass(frozen=True)
class _Sheet:
    """All columns of a sheet with the answers so far and the context."""

    columns: Sequence[ColumnSummary]
    answers: Mapping[str, str]
    around: Around
    this_year: int

    def answer(self, summary: ColumnSummary, about: str) -> str:
        return self.answers.get(f"{summary.column}/{about}", "")


Read = tuple[Reading, Question | None]


def settle(
    columns: Sequence[ColumnSummary], answers: Mapping[str, str], around: Around, this_year: int
) -> Settled:
    """Return every column's reading; `answers` are by `Question.key`."""
    sheet = _Sheet(columns, answers, around, this_year)
    settlement = Settled({}, [])
    for summary in columns:
        answer, follows = _answer(summary, sheet)
        question = summary.question if summary.question and answer is None else None
        reading = Reading(answer or "", follows)
        for applies, read in (
            (summary.kind in DATES, _years),
            (summary.kind in DATES, _year),
            (bool(summary.universal), _zone),
            (summary.kind == "money", _unit),
            (bool(summary.mixed), _shares),
            (around.currency and summary.signs, _signs),
        ):
            if question is None and applies:
                reading, question = read(summary, reading, sheet)
        settlement.readings[summary.column] = reading
        asked = {other.key for other in settlement.questions}
        if question is not None and question.key not in asked:
            settlement.questions.append(question)
    return settlement


def main_money(names: Sequence[str]) -> str | None:
    """Return the money column whose signs tell the currency of a row."""
    for name in ("amount", "target", "size", "list_price"):
        if name in names:
            return name
    return names[0] if names else None


def _answer(summary: ColumnSummary, sheet: _Sheet) -> tuple[str | None, str]:
    """Return a column's order or mark and the header it comes from; None if it is open."""
    if summary.question is None:
        return "", ""
    if len(summary.question.options) == 1:
        return summary.question.options[0], ""
    if summary.question.key in sheet.answers:
        return sheet.answers[summary.question.key], ""
    headers_by_option = {
        other.question.options[0]: other.header
        for other in sheet.columns
        if other is not summary
        and other.question is not None
        and other.question.kind == summary.question.kind
        and len(other.question.options) == 1
        and (other.by_hand if sheet.around.workbook else other.tells)
    }
    if len(headers_by_option) != 1:
        return None, ""
    ((option, header),) = headers_by_option.items()
    return (option, header) if _reads_all(summary.question, option) else (None, "")


def _reads_all(question: Question, option: str) -> bool:
    """Return whether an option can read every sample."""
    if option not in question.options:
        return False
    at = question.options.index(option)
    return all(readings[at] for _text, readings in question.samples)


def _years(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle the century of two-digit years."""
    order, answer = cast(DateOrder, reading.answer or "ymd"), sheet.answer(summary, "years")
    by_century = {
        century: replace(reading, pivot=centuries.pivot(summary.column, sheet.this_year, century))
        for century in CENTURIES
    }
    samples = []
    for text in summary.short:
        moments = [parse_moment(text, order, by_century[century].pivot) for century in CENTURIES]
        if moments[0] != moments[1]:
            samples.append((text, tuple(day.date().isoformat() if day else "" for day in moments)))
    if not samples or answer in CENTURIES:
        return by_century[answer or "2000"] if summary.short else reading, None
    question = Question(
        summary.column, summary.header, "years", CENTURIES, tuple(samples[:_SAMPLES])
    )
    return by_century["2000"], question


def _year(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle the year of dates without one: this year or the last."""
    if not summary.bare:
        return reading, None
    answer, today, this_year = sheet.answer(summary, "year"), sheet.around.today, sheet.this_year
    if answer.isdigit():
        return replace(reading, year=int(answer)), None
    if answer == PAST and today:
        return replace(reading, year=today.year, until=today), None
    order = cast(DateOrder, reading.answer or "ymd")
    days = [partial_dates.read(text, this_year, order, summary.header) for text in summary.bare]
    # Sales lists are of days gone by: one that would lie ahead speaks for the year before.
    ahead = [today is not None and day > today.isoformat() for day in days]
    offered = (this_year - 1, this_year) if any(ahead) else (this_year, this_year - 1)
    if summary.column in centuries.AHEAD:
        offered = (this_year, this_year + 1)
    each = summary.column not in centuries.AHEAD and any(ahead) and not all(ahead)
    samples = []
    for text, is_ahead in _both_kinds(summary.bare, ahead):
        dates = [partial_dates.read(text, year, order, summary.header) for year in offered]
        # Of a list from before and after New Year each day is in a year of its own.
        samples.append((text, (dates[0 if is_ahead else 1], *dates) if each else tuple(dates)))
    options = (*((PAST,) if each else ()), *map(str, offered))
    return reading, Question(
        summary.column, summary.header, "year", options, tuple(samples), "days"
    )


def _both_kinds(texts: Sequence[str], ahead: Sequence[bool]) -> list[tuple[str, bool]]:
    """Return a few texts: some that would lie ahead and some that would not."""
    pairs = list(zip(texts, ahead, strict=True))
    first, others = [pair for pair in pairs if pair[1]], [pair for pair in pairs if not pair[1]]
    return [*others[: _SAMPLES - min(1, len(first))], *first[:_SAMPLES]][:_SAMPLES]


def _zone(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle whose clock moments in universal time are read by: it decides on their days."""
    order, around = cast(DateOrder, reading.answer or "ymd"), sheet.around
    answer = around.zone or sheet.answers.get(_ZONE, "")
    if answer:
        return replace(reading, zone="" if answer == AS_WRITTEN else answer), None
    days: dict[tuple[str, ...], str] = {}
    for zone in (AS_WRITTEN, *around.zones):
        moments = [in_zone(text, order, zone) for text in summary.universal]
        days.setdefault(tuple(f"{moment:%Y-%m-%d}" if moment else "" for moment in moments), zone)
    if len(days) < 2:
        return reading, None
    # The calendar's own zone is offered first, then the others, then the days as written.
    offered = {zone: read for read, zone in days.items()}
    options = (*(zone for zone in offered if zone != AS_WRITTEN), AS_WRITTEN)
    samples = tuple(
        (text, tuple(offered[zone][at] for zone in options))
        for at, text in enumerate(summary.universal)
    )
    return reading, Question(summary.column, summary.header, "zone", options, samples)


def _unit(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle the factor of amounts if neither header nor cells tell it."""
    if header_unit(summary.header) != 1:
        return reading, None
    column, around, factor = summary.column, sheet.around, UNITS.get(sheet.around.unit)
    plain = [c for c in sheet.columns if c.kind == "money" and header_unit(c.header) == 1]
    first = main_money([c.column for c in plain])
    # The title speaks of all the amounts of a sheet: it is asked about once.
    title_answer = sheet.answers.get(f"{first}/unit", "") if factor else ""
    answer = sheet.answer(summary, "unit") or title_answer
    if not (factor or answer or column in around.typical):
        return reading, None  # nothing to compare them with
    mark = cast(DecimalMark, reading.answer or ".")
    bare = [text for text in summary.sized if not is_blank(text) and not has_unit(text)]
    numbers = [(text, number) for text in bare if (number := parse_number(text, mark)) is not None]
    numbers = [(text, number) for text, number in numbers if number]
    options = [str(factor), "1"] if factor else _likely([n for _, n in numbers], around, column)
    if not options and answer and column not in around.typical:
        options = [answer]  # as said before, and nothing here that speaks against it
    if not numbers or not options or len(bare) * 2 < len(summary.sized):
        return reading, None
    if answer in options:
        return replace(reading, unit=Decimal(answer)), None
    if factor and column != first:
        return reading, None
    samples = tuple(
        (text, tuple(f"{number * Decimal(option):f}" for option in options))
        for text, number in numbers[:_SAMPLES]
    )
    return reading, Question(
        column, summary.header, "unit", tuple(options), samples, around.unit if factor else ""
    )


def _shares(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle whether 0.15 among 15 is a share of one or a hundredth part of 15 %."""
    answer, options = sheet.answer(summary, "shares"), (EACH_WAY, HUNDREDTHS)
    if answer in options:
        return replace(reading, shares=answer), None
    samples = tuple(
        (text, tuple(percent(text, option) for option in options)) for text in summary.mixed
    )
    return reading, Question(summary.column, summary.header, "shares", options, samples)


def _likely(numbers: list[Decimal], around: Around, column: str) -> list[str]:
    """Return the units that would bring amounts to the usual size, then "1"."""
    usual: Typical | None = around.typical.get(column)
    if usual is None or len(numbers) < _FEW:
        return []
    sizes = sorted(float(abs(number)) for number in numbers)
    middle, high = sizes[len(sizes) // 2], sizes[int(len(sizes) * 0.9)]
    if high >= usual.low or middle * _APART > usual.middle:
        return []
    near = [
        str(unit)
        for unit in _LIKELY
        if usual.middle / _NEAR <= middle * unit <= usual.middle * _NEAR
    ]
    return [*near, "1"] if near else []


def _signs(summary: ColumnSummary, reading: Reading, sheet: _Sheet) -> Read:
    """Settle which currencies the signs of a column stand for."""
    is_column, reporting = summary.column == "currency", sheet.around.currency
    has_codes = any(other.column == "currency" for other in sheet.columns)
    if not is_column and (summary.kind != "money" or has_codes):
        return reading, None
    if code := None if is_column else currencies.header_currency(summary.header):
        return replace(reading, signs=dict.fromkeys(summary.signs, code)), None
    read: dict[str, str] = {}
    for sign, texts in summary.signs.items():
        if is_column and not currencies.candidates(sign):
            continue
        meant = currencies.means(sign, reporting, sheet.answer(summary, sign))
        if meant is None:
            options = tuple(dict.fromkeys((*currencies.candidates(sign), reporting)))
            if len(options) < 2:
                continue
            samples = tuple((text, tuple(_amount(text, o) for o in options)) for text in texts)
            return reading, Question(summary.column, summary.header, "sign", options, samples, sign)
        read[sign] = meant
    different = tuple(dict.fromkeys(read.values()))
    if is_column or len(different) < 2:
        return replace(reading, signs=read), None
    options = (EACH, *different)
    answer = sheet.answer(summary, "currencies")
    if answer not in options:
        return reading, _about_mixture(summary, read, options)
    return replace(reading, signs=read if answer == EACH else dict.fromkeys(read, answer)), None


def _about_mixture(
    summary: ColumnSummary, read: Mapping[str, str], options: tuple[str, ...]
) -> Question:
    samples = [
        (text, tuple(_amount(text, read[sign] if option == EACH else option) for option in options))
        for sign, texts in summary.signs.items()
        for text in texts[:1]
        if sign in read
    ]
    return Question(
        summary.column, summary.header, "currencies", options, tuple(samples[:_SAMPLES])
    )


def _amount(text: str, currency: str) -> str:
    number = parse_number(text, ".") or parse_number(text, ",")
    return f"{currency} {number:,f}" if number is not None else currency
