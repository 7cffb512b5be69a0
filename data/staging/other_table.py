"""Take a sheet for another table than it was recognised as: its columns are matched again.

>>> taken_as(draft, "payments").table                                # doctest: +SKIP
'payments'
"""

from __future__ import annotations

from dataclasses import replace

from data.layout.sheet import Sheet
from data.matching import recognise
from data.matching.won_marks import named_marks
from data.staging import choices, saved_mappings
from data.staging.actual_amounts import with_actual_amounts
from data.staging.closings import with_one_closing
from data.staging.deal_names import with_own_names
from data.staging.department_paths import with_region
from data.staging.draft import Draft
from data.staging.lost_ids import without_lost_ids
from data.staging.money_units import in_their_units
from data.staging.piece_prices import per_piece
from data.staging.pipelines import with_pipelines
from data.staging.second_reps import with_second_rep
from data.staging.won_marks import with_marked_status
from data.store.database import Store

_SAMPLE_ROWS = 200


def samples_of(sheet: Sheet) -> list[list[str | None]]:
    """Return the first cells of each column as the file has it."""
    head = sheet.rows.slice(0, _SAMPLE_ROWS)
    return [head.column(str(position)).to_pylist() for position in range(len(sheet.header))]


def as_answered(draft: Draft, store: Store) -> Draft:
    """Return the draft as the table that the user said it is, with all other answers kept."""
    chosen = said_to_be(draft)
    if chosen in (None, draft.table):
        return draft
    again = taken_as(draft, chosen, store)
    of_tables = tuple(one for one in draft.choices if one.kind == "table")
    return replace(again, answers=draft.answers, choices=(*of_tables, *again.choices))


def said_to_be(draft: Draft) -> str | None:
    """Return the table that the user said a draft is, where that was asked."""
    for one in draft.choices:
        answer = draft.answers.get(one.key)
        if one.kind == "table" and answer in one.options:
            return answer
    return None


def taken_as(draft: Draft, name: str | None, store: Store | None = None) -> Draft:
    """Return the draft as another table: columns are matched again, old answers are dropped.

    With a `store`, names known there help to match, as when the file was read.
    """
    if name is None or draft.sheet is None:
        return replace(draft, table=None, mapping={}, answers={}, take=False)
    match = recognise.recognise(
        draft.sheet.written,
        samples_of(_as_written(draft.sheet)),
        draft.file,
        draft.sheet.name,
        known=saved_mappings.known_names(store) if store else {},
        into=name,
    )
    marks = named_marks(draft.sheet.written)
    sheet = in_their_units(_as_written(draft.sheet), name, match.mapping)
    sheet = per_piece(sheet, match.mapping)
    sheet, match, open_questions = choices.with_amount(sheet, match)
    sheet, match, of_credit = with_second_rep(*with_region(sheet, match))
    open_questions = (*open_questions, *of_credit, *choices.about_targets(sheet, match))
    sheet, mapping = without_lost_ids(sheet, name, match.mapping)
    sheet = with_one_closing(sheet, name, mapping, match.system)
    sheet, mapping = with_own_names(sheet, name, mapping)
    sheet, mapping = with_actual_amounts(sheet, name, mapping)
    sheet, mapping = with_marked_status(sheet, name, mapping, match.system, marks)
    sheet = with_pipelines(store, sheet, name, mapping) if store else sheet
    return replace(
        draft,
        sheet=sheet,
        match=match,
        table=name,
        mapping=mapping,
        answers={},
        take=True,
        choices=open_questions,
        error=None,
    )


def _as_written(sheet: Sheet) -> Sheet:
    """Return the sheet without columns that were worked out for another table."""
    names = [str(at) for at in range(len(sheet.written), len(sheet.header))]
    return replace(sheet, header=sheet.written, rows=sheet.rows.drop_columns(names), computed=0)
