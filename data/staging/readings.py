"""Read a draft and find what it leaves open, cheaply enough for every rerun.

    >>> settled(draft, today, store).questions       # doctest: +SKIP
    []

Whatever takes a look through a whole column is kept on the draft, in `Draft.known`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.clean import mostly_unread, needed
from data.cleaning.context import NOWHERE, Around
from data.cleaning.open_dates import PAST
from data.cleaning.read_column import read_as
from data.cleaning.reading import Reading, Settled
from data.cleaning.resolve import settle
from data.cleaning.summary import DATES, ColumnSummary, Question
from data.cleaning.task import CleanTask
from data.facts.standing import Before
from data.matching import systems
from data.staging import (
    absent_orders,
    choices,
    counted_once,
    directions,
    doubted_rows,
    leading_zeros,
    moves,
    namesakes,
    number_ways,
    record_words,
    row_marks,
    same_keys,
    target_levels,
    two_places,
    unknown_orders,
    word_meanings,
)
from data.staging.draft import Draft
from data.staging.sheet_context import around
from data.store.database import Store
from data.values.columns import Texts, Typed, trimmed
from domain.errors import ImportRefused
from domain.tables import table

Words = Mapping[str, Mapping[str, str]]
Ends = tuple[date | None, date | None]
# What the answers about rows decide.
_DECIDED: tuple[Callable[[Draft], object], ...] = (
    leading_zeros.same_ids,
    lambda draft: (draft.deleted, draft.selected, doubted_rows.left_out(draft)),
    number_ways.decided,
    counted_once.given_up,
    moves.register_of,
    namesakes.names,
    word_meanings.words_of,
    directions.words_of,
    record_words.words_of,
    row_marks.words_of,
    same_keys.way,
    target_levels.levels_of,
    unknown_orders.sold,
    lambda draft: (draft.answers.get(word_meanings.CONFLICT), draft.kept.settled(draft.answers)),
)


def task_of(draft: Draft, today: date, store: Store | None = None) -> CleanTask:
    """Return what `data.cleaning.clean` needs to type a draft with a table."""
    return replace(
        _task(draft, word_meanings.words_of(draft), today, store),
        answers=word_meanings.given(draft),
        directions={**directions.words_of(draft), **record_words.words_of(draft)},
        marks=row_marks.words_of(draft),
        same=same_keys.way(draft),
        apart=number_ways.apart(draft),
        levels=target_levels.levels_of(draft),
        elsewhere=counted_once.given_up(draft).rows,
        not_counted=doubted_rows.left_out(draft),
        places=draft.selected.places if draft.selected else {},
        sold=unknown_orders.sold(draft),
        names={**namesakes.names(draft), **number_ways.meant(draft)},
        currencies=draft.kept.settled(draft.answers),
        stated=draft.sheet.stated if draft.sheet else {},
    )


def summary_task(draft: Draft, today: date) -> CleanTask:
    """Return what summaries of a draft's columns need: only the words that are known anyway."""
    assert draft.table
    return _task(draft, systems.words(draft.table, draft.system), today)


def _task(draft: Draft, words: Words, today: date, store: Store | None = None) -> CleanTask:
    assert draft.sheet and draft.table
    return CleanTask(
        draft.sheet.rows,
        draft.sheet.header,
        draft.mapping,
        table(draft.table),
        draft.answers,
        words,
        draft.as_of,
        today.year,
        draft.placing.source if draft.placing else "",
        context(draft, today, store),
        systems.counted(draft.table, draft.system),
        draft.known.summaries,
        leading_zeros.same_ids(draft),
        register=moves.register_of(draft),
    )


def summary(draft: Draft, name: str, today: date) -> ColumnSummary:
    """Return the summary of the column mapped to `name`, made once."""
    task = summary_task(draft, today)
    if (key := task.key(name)) not in draft.known.summaries:
        draft.known.summaries[key] = task.summary(name)
    return draft.known.summaries[key]


def about_rows(draft: Draft) -> list[Question]:
    """Return the open questions about columns that are meant, and about rows that are here."""
    return [
        *choices.open_choices(draft),
        *leading_zeros.questions(draft),
        *number_ways.questions(draft),
        *counted_once.questions(draft),
        *absent_orders.questions(draft),
        *unknown_orders.questions(draft),
        *(namesakes.questions(draft) or two_places.questions(draft)),
        *moves.questions(draft),
        *word_meanings.questions(draft),
        *directions.questions(draft),
        *record_words.questions(draft),
        *row_marks.questions(draft),
        *doubted_rows.questions(draft),
        *same_keys.questions(draft),
        *target_levels.questions(draft),
        *draft.kept.open(draft.mapping, draft.answers),
    ]


def settled(draft: Draft, today: date, store: Store | None = None) -> Settled:
    """Return the readings and questions of a draft; none without a table.

    Without a `store`, nothing is asked that only earlier imports can make doubtful.
    """
    if draft.sheet is None or draft.table is None:
        return Settled({}, [])
    summaries = [summary(draft, name, today) for name in draft.mapping]
    columns = settle(summaries, draft.answers, context(draft, today, store), today.year)
    return replace(columns, questions=[*columns.questions, *about_rows(draft)])


def read_alike(store: Store, draft: Draft, seen: Before, today: date) -> bool:
    """Return whether the draft would give the rows that the same sheet gave before.

    An answer counts only if it decides something: one given for another file with these columns
    may not matter here.
    """
    if draft.mapping != seen.mapping or draft.of_file != seen.choices:
        return False
    if draft.answers == seen.answers:
        return True
    as_before = replace(draft, answers=seen.answers)
    if any(decided(draft) != decided(as_before) for decided in _DECIDED):
        return False
    both = [settled(as_answered, today, store).readings for as_answered in (draft, as_before)]
    # Which neighbour an answer was taken from does not matter.
    first, second = (
        {name: replace(reading, follows="") for name, reading in by_name.items()}
        for by_name in both
    )
    return first == second


def first_readings(draft: Draft, today: date) -> Mapping[str, Reading]:
    """Return each column's reading, answering open questions by their first option."""
    settlement = settled(draft, today)
    while settlement.questions:
        first = {
            question.key: next(option for option in question.options if option != PAST)
            for question in settlement.questions
        }
        if first.items() <= draft.answers.items():
            break
        draft = replace(draft, answers={**draft.answers, **first})
        settlement = settled(draft, today)
    return settlement.readings


def answered(draft: Draft, today: date, store: Store | None = None) -> list[Question]:
    """Return the questions that are closed by answers, so that these can be changed."""
    questions = []
    for key in draft.answers:
        without = {other: answer for other, answer in draft.answers.items() if other != key}
        again = settled(replace(draft, answers=without), today, store)
        questions += [question for question in again.questions if question.key == key]
    return questions


def unread(draft: Draft, settlement: Settled, today: date) -> list[tuple[str, ImportRefused]]:
    """Return columns that would be refused, as most cells are something else, and why."""
    if draft.sheet is None or draft.table is None:
        return []
    open_columns = {question.column for question in settlement.questions}
    columns = [
        (name, _unread(draft, name, settlement.readings[name], today))
        for name in needed(table(draft.table), draft.mapping)
        if name not in open_columns and name in settlement.readings
    ]
    return [(name, error) for name, error in columns if error]


def _unread(draft: Draft, name: str, how: Reading, today: date) -> ImportRefused | None:
    assert draft.sheet and draft.table
    into, at = table(draft.table), draft.mapping[name]
    choices = (how.answer, how.pivot, how.unit, how.year, how.until, how.shares, how.era)
    key = (into.name, name, at, today.year, how.lacking, *choices)
    if key not in draft.known.refused:
        cells, header = trimmed(draft.sheet.rows[str(at)]), draft.sheet.header[at]
        column_summary = summary(draft, name, today)
        read = read_as(cells, into.column(name), how, header, None, column_summary, today.year)
        draft.known.refused[key] = mostly_unread(into, name, read, cells, header)
    return draft.known.refused[key]


def days(draft: Draft, names: Iterable[str], today: date) -> dict[str, pa.Array]:
    """Return columns of dates as the import will read them, by their first reading if open."""
    readings = date_readings(draft, today)
    return {name: _days(draft, name, readings[name]) for name in names if name in readings}


def ends(draft: Draft, names: Iterable[str], today: date) -> dict[str, Ends]:
    """Return the first and the last day of columns of dates, read as by `days`."""
    readings, ends_by_name = date_readings(draft, today), {}
    for name in names:
        if how := readings.get(name):
            column_ends = summary(draft, name, today).ends.get(how.answer)
            if column_ends is None or how.year or how.zone or how.era or how.swapped:
                both = pc.min_max(_days(draft, name, how)).as_py()
                column_ends = both["min"], both["max"]
            ends_by_name[name] = column_ends
    return ends_by_name


def date_readings(draft: Draft, today: date) -> Mapping[str, Reading]:
    """Return the readings of all columns of dates, settled together."""
    into = table(draft.table or "")
    dated = {name: at for name, at in draft.mapping.items() if into.column(name).kind in DATES}
    return first_readings(replace(draft, mapping=dated), today)


def _days(draft: Draft, name: str, how: Reading) -> pa.Array:
    return read(draft, name, how).values.cast(pa.date32())


def read(draft: Draft, name: str, how: Reading, cells: Texts | None = None) -> Typed:
    """Read the column mapped to `name`, or some trimmed `cells` of it, the way `how` says."""
    assert draft.sheet and draft.table
    words, at = word_meanings.words_of(draft), draft.mapping[name]
    cells = trimmed(draft.sheet.rows[str(at)]) if cells is None else cells
    into, header = table(draft.table), draft.sheet.header[at]
    return read_as(cells, into.column(name), how, header, words.get(name))


def context(draft: Draft, today: date, store: Store | None) -> Around:
    """Return what the store and the sheet say around a draft with a table."""
    assert draft.sheet and draft.table
    if store is None:
        return NOWHERE
    version = today, store.versions().facts
    known = draft.known.contexts.get(draft.table)
    if known is None or known[0] != version:
        known = version, around(store, draft.sheet, draft.table, today)
        draft.known.contexts[draft.table] = known
    return replace(known[1], earlier=draft.known.earlier) if draft.known.earlier else known[1]
