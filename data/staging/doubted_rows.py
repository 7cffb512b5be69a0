"""Ask whether rows count that may be no records of their own, and leave them out if not.

    >>> [question.about for question in questions(draft)]               # doctest: +SKIP
    ['beside']

A list beside a larger one of its sheet may be sales of another channel, or an extract of those
of the larger one. Each finder names such rows by what makes them doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.summary import Question
from data.layout.sheet import BESIDE
from data.staging.draft import Draft
from data.staging.known import DoubtedRows
from data.values.columns import trimmed
from data.values.numbers import parse_number

COUNT, OUT = OPTIONS = ("count", "out")
OF_BESIDE = "beside"
_SAMPLES = 3


class Found(NamedTuple):
    """Rows by their positions, and the text that says `about` which rows the user is asked."""

    about: str
    rows: tuple[int, ...]


def look(draft: Draft) -> None:
    """Find the rows of a draft that are doubtful, so that what follows finds them found."""
    _found(draft)


def left_out(draft: Draft) -> frozenset[int]:
    """Return the positions of rows that do not count, as the user said."""
    return frozenset(
        row
        for doubted in _found(draft)
        if draft.answers.get(doubted.question.key) == OUT
        for row in doubted.rows
    )


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about rows, each with the amounts at stake."""
    asked = [doubted.question for doubted in _found(draft)]
    return [one for one in asked if draft.answers.get(one.key) not in OPTIONS]


def _found(draft: Draft) -> tuple[DoubtedRows, ...]:
    if draft.sheet is None or draft.table is None or not draft.mapping:
        return ()
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.doubted:
        draft.known.doubted[key] = tuple(
            DoubtedRows(_question(draft, found), found.rows)
            for finder in _FINDERS
            for found in finder(draft)
        )
    return draft.known.doubted[key]


def _beside(draft: Draft) -> Iterator[Found]:
    """Find the rows of a list beside a larger one, from which no number tells them."""
    assert draft.sheet
    if any(note.code == BESIDE for note in draft.sheet.notes):
        yield Found(OF_BESIDE, tuple(range(draft.sheet.rows.num_rows)))


_FINDERS: tuple[Callable[[Draft], Iterator[Found]], ...] = (_beside,)


def _question(draft: Draft, found: Found) -> Question:
    assert draft.sheet
    column = "amount" if "amount" in draft.mapping else next(iter(draft.mapping))
    header = draft.sheet.header[draft.mapping[column]]
    rows = draft.sheet.rows.take(list(found.rows))
    cells = trimmed(rows[str(draft.mapping[column])]).to_pylist()
    worth = [_amount(cell) if column == "amount" else Decimal(1) for cell in cells]
    first = [
        (_text(draft, at), (f"{worth[place]:f}", "0"))
        for place, at in enumerate(found.rows[:_SAMPLES])
    ]
    whole = ("", (f"{sum(worth, Decimal(0)):f}", "0"))
    return Question(column, header, "rows", OPTIONS, (whole, *first), found.about)


def _amount(cell: str | None) -> Decimal:
    number = cell and (parse_number(cell, ".") or parse_number(cell, ","))
    return round(number, 4) if number else Decimal(0)


def _text(draft: Draft, at: int) -> str:
    """Return what a row says besides its amount, as people find it again."""
    assert draft.sheet
    places = [place for name, place in draft.mapping.items() if name != "amount"]
    cells = (draft.sheet.rows[str(place)][at].as_py() for place in sorted(places))
    return " · ".join(cell for cell in cells if cell)
