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
from dataclasses import replace
from decimal import Decimal
from typing import cast

from data.cleaning import fiscal, open_dates
from data.cleaning.context import Around, Typical
from data.cleaning.currency_signs import main_money, settled_signs
from data.cleaning.reading import Read, Reading, Settled, SheetColumns
from data.cleaning.summary import DATES, ColumnSummary, Question
from data.values.missing_units import AS_WRITTEN
from data.values.mixed_shares import EACH_WAY, HUNDREDTHS, percent
from data.values.numbers import DecimalMark, has_unit, header_unit, is_blank, parse_number
from data.values.units import UNITS

_SAMPLES = 3
# Amounts in thousands or ten thousands; the least by which sizes must differ to ask.
_LIKELY = (1000, 10**4)
_APART, _NEAR = 300, 5
_FEW = 3
# What a question is about whose options are the unit of an earlier file, and none.
EARLIER = "earlier"


def settle(
    columns: Sequence[ColumnSummary], answers: Mapping[str, str], around: Around, this_year: int
) -> Settled:
    """Return every column's reading; `answers` are by `Question.key`."""
    sheet = SheetColumns(columns, answers, around, this_year)
    settlement = Settled({}, [])
    for summary in columns:
        answer, follows = _answer(summary, sheet)
        question = summary.question if summary.question and answer is None else None
        reading = Reading(answer or "", follows)
        for applies, read in (
            (summary.era is not None, open_dates.calendar),
            (summary.half is not None, open_dates.halves),
            (summary.kind in DATES, open_dates.century),
            (summary.kind in DATES, open_dates.year),
            (bool(summary.universal), open_dates.zone),
            (summary.kind == "money", _unit),
            (bool(summary.fiscal), fiscal.settle_start),
            (bool(summary.mixed), _shares),
            (summary.lacking is not None, _missing_unit),
            (around.currency and summary.signs, settled_signs),
        ):
            if question is None and applies:
                reading, question = read(summary, reading, sheet)
        settlement.readings[summary.column] = reading
        open_keys = {other.key for other in settlement.questions}
        if question is not None and question.key not in open_keys:
            settlement.questions.append(question)
    return settlement


def _answer(summary: ColumnSummary, sheet: SheetColumns) -> tuple[str | None, str]:
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


def _unit(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle the factor of amounts if neither header nor cells tell it."""
    if header_unit(summary.header) != 1:
        return reading, None
    column, around, factor = summary.column, sheet.around, UNITS.get(sheet.around.unit)
    plain = [c for c in sheet.columns if c.kind == "money" and header_unit(c.header) == 1]
    first = main_money([c.column for c in plain])
    earlier = around.earlier.get(column, "")
    # The title speaks of all the amounts of a sheet: it is asked about once.
    of_all = bool(factor) or bool(earlier and first in around.earlier)
    follows = of_all or column == "collected_so_far"
    title_answer = sheet.answers.get(f"{first}/unit", "") if follows else ""
    answer = sheet.answer(summary, "unit") or title_answer
    if not (factor or answer or earlier or column in around.typical):
        return reading, None  # nothing to compare them with
    mark = cast(DecimalMark, reading.answer or ".")
    bare = [text for text in summary.sized if not is_blank(text) and not has_unit(text)]
    numbers = [(text, number) for text in bare if (number := parse_number(text, mark)) is not None]
    numbers = [(text, number) for text, number in numbers if number]
    options = [str(factor), "1"] if factor else _likely([n for _, n in numbers], around, column)
    about = around.unit if factor else ""
    if not options and earlier and not _usual([n for _, n in numbers], earlier, around, column):
        options, about = [earlier, "1"], EARLIER
    if not options and answer and column not in around.typical:
        options = [answer]  # as said of this very file, and nothing here that speaks against it
    if not numbers or not options or len(bare) * 2 < len(summary.sized):
        return reading, None
    if answer in options:
        return replace(reading, unit=Decimal(answer)), None
    if of_all and column != first:
        return reading, None
    samples = tuple(
        (text, tuple(f"{number * Decimal(option):f}" for option in options))
        for text, number in numbers[:_SAMPLES]
    )
    return reading, Question(column, summary.header, "unit", tuple(options), samples, about)


def _shares(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle whether 0.15 among 15, or under "%", is a share of one or a hundredth of 15 %."""
    answer, options = sheet.answer(summary, "shares"), (EACH_WAY, HUNDREDTHS)
    if answer in options:
        return replace(reading, shares=answer), None
    samples = tuple(
        (text, tuple(percent(text, option) for option in options)) for text in summary.mixed
    )
    return reading, Question(summary.column, summary.header, "shares", options, samples)


def _missing_unit(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle whether 6 among 10万 and 7万 is 6, or 6万."""
    lacking = summary.lacking
    assert lacking
    if sheet.around.by_row or header_unit(summary.header) != 1:
        return reading, None
    answer, options = sheet.answer(summary, "missing_unit"), (lacking.unit, AS_WRITTEN)
    if answer in options:
        return replace(reading, lacking=lacking if answer == lacking.unit else None), None
    mark = cast(DecimalMark, reading.answer or ".")
    samples = tuple(
        (text, tuple(_amount(written, mark) for written in (f"{text}{lacking.unit}", text)))
        for text in lacking.examples
    )
    return reading, Question(summary.column, summary.header, "missing_unit", options, samples)


def _amount(text: str, mark: DecimalMark) -> str:
    number = parse_number(text, mark)
    return "" if number is None else f"{number:f}"


def _usual(numbers: list[Decimal], unit: str, around: Around, column: str) -> bool:
    """Return whether amounts are of the usual size as they stand, and too large in the unit."""
    usual: Typical | None = around.typical.get(column)
    if usual is None or not numbers:
        return False
    middle = sorted(float(abs(number)) for number in numbers)[len(numbers) // 2]
    return usual.low <= middle <= usual.high < middle * float(unit)


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
