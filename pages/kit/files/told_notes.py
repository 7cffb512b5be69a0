"""Tell which notes on a sheet are read without unfolding its columns.

>>> is_loss(Note.of("encoding_doubt")), is_assumption(Note.of("targets_of_sales"))
(True, True)
"""

from __future__ import annotations

from data.layout.sheet import Note
from data.staging.draft import Draft
from data.staging.system_currency import OF_SYSTEM
from pages.kit.queries.settings import setting

# What the file has lost before it came here, or may lose, or may have twice.
_LOSSES = frozenset({"ids_lost_digits", "encoding_doubt", "total_doubled"})
# What the figures are taken for, which nothing but the user knows for sure.
_TAKEN_FOR = frozenset(
    {
        "targets_of_metric",
        "targets_of_sales",
        "spend_by_days",
        "sums_differ",
        "names_to_rows",
        "days_of_span",
        "days_above",
        "spend_overlaps",
        "targets_by_metric",
        "unit_of_money_only",
        "title_owner",
        "hidden_rows",
        "freight_within",
        "collected_by_day",
        "collected_by_order_day",
        "currency_by_sign_beside",
        "currency_against_sign",
        "home_currency",
        "net_amount",
        "team_of_department",
        "team_changed",
        "team_mixed",
    }
)
# What is said of the amount that was taken, by its header.
_OF_AMOUNT = frozenset({"net_amount", "home_currency"})


def of(draft: Draft) -> tuple[Note, ...]:
    """Return the notes on a draft: those on its sheet, and on the departments beside its reps."""
    if draft.sheet is None:
        return draft.people.departments.notes
    at = draft.mapping.get("amount")
    header = None if at is None else draft.sheet.header[at]
    # Who maps another amount has no use for what was said of the first.
    notes = (
        note
        for note in draft.sheet.notes
        if note.code not in _OF_AMOUNT or dict(note.params)["header"] == header
    )
    return (*notes, *draft.people.departments.notes)


def is_loss(note: Note) -> bool:
    """Return whether a note is a warning of what the file has lost, or may have twice."""
    return note.code in _LOSSES


def is_assumption(note: Note) -> bool:
    """Return whether a note says what figures are taken for, as another currency than usual."""
    if note.code == OF_SYSTEM:
        return dict(note.params)["currency"] != setting("currency")
    return note.code in _TAKEN_FOR
