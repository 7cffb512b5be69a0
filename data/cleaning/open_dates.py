"""Settle what dates leave open: calendar, day or month, year, century, and clock of moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from data.cleaning.reading import Read, Reading, SheetColumns
from data.cleaning.summary import ColumnSummary, Question, QuestionKind
from data.values import centuries, partial_dates
from data.values.dates import DateOrder, parse_moment
from data.values.eras import gregorian
from data.values.half_converted import BACK, STAY, swapped
from data.values.zones import AS_WRITTEN, in_zone

CENTURIES = ("2000", "1900")
# Of days without a year: the last time that each of them was.
PAST = "past"
# Years that may be of another calendar are as they stand.
AS_THEY_STAND = "as_they_stand"
# One answer holds for all the moments or dates of a sheet.
_ZONE = "zone"
SWAPPED: QuestionKind = "swapped"
_EITHER = (BACK, STAY)
_SAMPLES = 3


def calendar(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle whether years are counted by another calendar."""
    era, options = summary.era, (summary.era.name if summary.era else "", AS_THEY_STAND)
    if era is None:
        return reading, None
    answer = sheet.answer(summary, "calendar") if era.doubts else era.name
    if answer in options:
        return replace(reading, era="" if answer == AS_THEY_STAND else era.name), None
    order = cast(DateOrder, reading.answer or "ymd")
    samples = tuple(
        (text, tuple(_day(each, order) for each in (gregorian(text, era.name), text)))
        for text in era.doubts
    )
    return reading, Question(summary.column, summary.header, "calendar", options, samples)


def halves(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
    """Settle whether a spreadsheet swapped day and month of the real dates of a sheet.

    Where it did so in one column, it did in those that have no texts beside their real dates.
    """
    half = summary.half
    # Of texts with the year in front, all are read alike.
    if half is None or (reading.answer == "ymd" and half.texts):
        return reading, None
    if not any(other.half and other.half.texts for other in sheet.columns):
        return reading, None
    answer = sheet.answers.get(SWAPPED, "")
    if answer in _EITHER or not half.texts:
        return replace(reading, swapped=answer == BACK), None
    order = cast(DateOrder, reading.answer)
    samples = [
        (text, (_day(swapped(text), order), _day(text, order)))
        for text in (*half.real, half.texts[0])
    ]
    # The months are those of all the days.
    return reading, Question(
        summary.column, summary.header, SWAPPED, _EITHER, (*samples, ("…", half.months))
    )


def century(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
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


def year(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
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


def _day(text: str, order: DateOrder) -> str:
    moment = parse_moment(text, order)
    return f"{moment:%Y-%m-%d}" if moment else ""


def _both_kinds(texts: Sequence[str], ahead: Sequence[bool]) -> list[tuple[str, bool]]:
    """Return a few texts: some that would lie ahead and some that would not."""
    pairs = list(zip(texts, ahead, strict=True))
    first, others = [pair for pair in pairs if pair[1]], [pair for pair in pairs if not pair[1]]
    return [*others[: _SAMPLES - min(1, len(first))], *first[:_SAMPLES]][:_SAMPLES]


def zone(summary: ColumnSummary, reading: Reading, sheet: SheetColumns) -> Read:
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
