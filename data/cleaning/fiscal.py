"""Settle when the fiscal years of a sheet begin, from the settings or by asking once.

>>> options(["FY2026"], first_month=4, known=True), options(["FY2026/27"], 4, known=True)
(('4b', '4e'), ('4b',))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.cleaning.reading import Read, Reading, SheetColumns
from data.cleaning.summary import ColumnSummary, Question, QuestionKind
from data.values.fiscal_years import Start, parse, resolved

KEY: QuestionKind = "fiscal_year"
JANUARY = "1"
# Where nobody has said when the fiscal year begins: the months in which most do.
_USUAL = (4, 7, 10)
_BEGINS, _ENDS = "b", "e"


def options(texts: Sequence[str], first_month: int, known: bool) -> tuple[str, ...]:
    """Return the ways to count fiscal years: a month, and whether its first or last year names it.

    A year that is written with both of its years leaves only the month open.
    """
    spans = [period.spans for text in texts if (period := parse(text))]
    months: tuple[int, ...] = (first_month,) if known else (1, *_USUAL)
    ways = (_BEGINS,) if all(spans) else (_BEGINS, _ENDS)
    if months == (1,) and any(spans):
        months = _USUAL
    january = (JANUARY,) if 1 in months and not any(spans) else ()
    return (*january, *(f"{month}{way}" for month in months if month > 1 for way in ways))


def start_of(answer: str, first_month: int = 1) -> Start:
    """Return what an option means; `first_month` is that of the settings."""
    month = int(answer.strip(_BEGINS + _ENDS))
    return Start(month, answer.endswith(_ENDS), month == first_month)


def settle_start(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle when the fiscal years of a column of periods begin."""
    around = sheet.around
    ways = options(summary.fiscal, around.first_month, around.fiscal_known)
    answer = ways[0] if len(ways) == 1 else sheet.answers.get(KEY, "")
    if answer in ways:
        return replace(reading, fiscal=start_of(answer, around.first_month)), None
    samples = tuple(
        (text, tuple(resolved(text, start_of(way)).replace("/", " – ") for way in ways))
        for text in summary.fiscal
    )
    return reading, Question(summary.column, summary.header, KEY, ways, samples)
