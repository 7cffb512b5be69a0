"""Ask whether rows count that may be no records of their own, and leave them out if not.

    >>> [question.about for question in questions(draft)]               # doctest: +SKIP
    ['beside']

A list beside a larger one of its sheet may be sales of another channel, or an extract of those
of the larger one. Each finder names such rows by what makes them doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data.cleaning.summary import Question
from data.layout.sections import is_void
from data.layout.sheet import BESIDE, DOUBTFUL, OVERLAPS, Sheet
from data.matching.systems import PENDING
from data.staging import (
    approvals,
    bundle_lines,
    document_versions,
    equal_rows,
    group_sums,
    revisions,
    rows_below,
)
from data.staging.draft import Draft
from data.staging.known import DoubtedRows
from data.values.columns import trimmed
from data.values.numbers import parse_number

COUNT, OUT, ONLY = "count", "out", "only:"
# What makes rows doubtful, before the colon of what a question is about.
OF_BESIDE, OF_SHEET, OF_OVERLAP, OF_SUMS = "beside", "sheet", "overlap", "sums"
OF_BUNDLES, OF_REVISIONS, OF_APPROVAL = "bundles", "revisions", "approval"
OF_VERSIONS, OF_AGAIN, OF_BELOW = "versions", "again", "below"
# Answers about a year are of one file alone: `data.staging.review` knows them by their end.
OF_YEAR = "/year"
_SAMPLES = 3

Rows = tuple[int, ...]


class Found(NamedTuple):
    """What the user is asked `about`, the doubtful `rows`, and those that each answer leaves out.

    Rows are named by their positions. `why` is the reason for which they are left out; `header` the
    column that makes them doubtful, if one does.
    """

    about: str
    rows: Rows
    ways: Mapping[str, Rows]
    why: str = "not_counted"
    header: str = ""

    @classmethod
    def of(cls, about: str, rows: Rows) -> Found:
        """Return rows that count or do not."""
        return cls(about, rows, {COUNT: (), OUT: rows})


def look(draft: Draft) -> None:
    """Find the rows of a draft that are doubtful, so that what follows finds them found."""
    _found(draft)


def left_out(draft: Draft) -> dict[int, str]:
    """Return by position why rows do not count, as it is known or as the user said."""
    said = {
        row: doubted.why
        for doubted in reversed(_found(draft))
        for row in doubted.ways.get(draft.answers.get(doubted.question.key, ""), ())
    }
    below = dict.fromkeys(rows_below.of(draft).sure, rows_below.WHY)
    return {**said, **below, **document_versions.older(draft)}


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about rows, each with the amounts at stake."""
    asked = [doubted.question for doubted in _found(draft)]
    return [one for one in asked if draft.answers.get(one.key) not in one.options]


def _found(draft: Draft) -> tuple[DoubtedRows, ...]:
    if draft.sheet is None or draft.table is None or not draft.mapping:
        return ()
    key = key_of(draft)
    looked_at = (key, key in draft.known.far_years)
    if looked_at not in draft.known.doubted:
        draft.known.doubted[looked_at] = tuple(
            DoubtedRows(_question(draft, found), found.ways, found.why)
            for finder in _FINDERS
            for found in finder(draft)
        )
    return draft.known.doubted[looked_at]


def key_of(draft: Draft) -> tuple[object, ...]:
    """Return what the rows that may not count depend on: the table and its columns."""
    return (draft.table, *sorted(draft.mapping.items()))


def _beside(draft: Draft) -> Iterator[Found]:
    """Find the rows of a list beside a larger one, from which no number tells them."""
    assert draft.sheet
    if any(note.code == BESIDE for note in draft.sheet.notes):
        yield Found.of(OF_BESIDE, tuple(range(draft.sheet.rows.num_rows)))


def _of_sheets(draft: Draft) -> Iterator[Found]:
    """Find the rows of sheets that are named so, or that have the records of another sheet."""
    assert draft.sheet
    for note in draft.sheet.notes:
        about = dict(note.params)
        name, other = str(about.get("sheet", "")), str(about.get("other", ""))
        if note.code == DOUBTFUL and not (draft.table == "deals" and is_void(name)):
            yield Found.of(f"{OF_SHEET}:{name}", _rows_of(draft.sheet, name))
        if note.code == OVERLAPS:
            mine, theirs = (_rows_of(draft.sheet, one) for one in (name, other))
            ways = {f"{ONLY}{other}": mine, f"{ONLY}{name}": theirs, COUNT: ()}
            yield Found(f"{OF_OVERLAP}:{name}", mine, ways)


def _of_sums(draft: Draft) -> Iterator[Found]:
    """Find the rows that have the sums of groups of the others."""
    if rows := group_sums.of(draft):
        yield Found.of(OF_SUMS, rows)


def _of_bundles(draft: Draft) -> Iterator[Found]:
    """Find the lines that have the sum of others of their order; of sums of groups is asked."""
    if not group_sums.of(draft) and (rows := bundle_lines.of(draft)):
        yield Found.of(OF_BUNDLES, rows)


def _of_revisions(draft: Draft) -> Iterator[Found]:
    """Find the rows of which a later version stands in the list."""
    if rows := revisions.of(draft):
        yield Found.of(OF_REVISIONS, rows)
    if (found := document_versions.of(draft)) and not found.sure:
        rows = tuple(sorted(found.out))
        about = f"{OF_VERSIONS}:{found.header}"
        yield Found(about, rows, {COUNT: (), OUT: rows}, document_versions.WHY, found.header)


def _of_equal_rows(draft: Draft) -> Iterator[Found]:
    """Find the rows that stand in the list before, alike in every column."""
    if rows := equal_rows.of(draft):
        yield Found.of(OF_AGAIN, rows)


def _of_rows_below(draft: Draft) -> Iterator[Found]:
    """Find the rows below the records that have words for a number."""
    if rows := rows_below.of(draft).doubtful:
        yield Found.of(OF_BELOW, rows)


def _of_approvals(draft: Draft) -> Iterator[Found]:
    """Find the rows without an approval; what is left out for that was not in force before."""
    for header, rows in approvals.of(draft):
        ways = {COUNT: (), OUT: rows}
        yield Found(f"{OF_APPROVAL}:{header}", rows, ways, PENDING, header)


def _of_years(draft: Draft) -> Iterator[Found]:
    """Find the rows whose year is far from the others, as `data.staging.far_years` has them."""
    for year, rows in draft.known.far_years.get(key_of(draft), {}).items():
        yield Found.of(f"{year}{OF_YEAR}", rows)


def _rows_of(sheet: Sheet, name: str) -> Rows:
    """Return the positions of the rows that stand in one of the sheets of a file."""
    if sheet.name == name:
        return tuple(range(sheet.rows.num_rows))
    numbers = enumerate(sheet.rows["row"].to_pylist())
    return tuple(at for at, row in numbers if sheet.origin.place(row)[0].sheet == name)


_FINDERS: tuple[Callable[[Draft], Iterator[Found]], ...] = (
    _beside,
    _of_sheets,
    _of_sums,
    _of_bundles,
    _of_revisions,
    _of_equal_rows,
    _of_rows_below,
    _of_approvals,
    _of_years,
)


def _question(draft: Draft, found: Found) -> Question:
    """Ask with the sums of all rows in question, and the first of the doubtful ones."""
    assert draft.sheet
    column = "amount" if "amount" in draft.mapping else next(iter(draft.mapping))
    header, at = draft.sheet.header[draft.mapping[column]], draft.mapping[column]
    every = sorted({*found.rows, *(row for out in found.ways.values() for row in out)})
    cells = dict(
        zip(every, trimmed(draft.sheet.rows[str(at)].take(every)).to_pylist(), strict=True)
    )
    worth = {row: _amount(cells[row]) if column == "amount" else Decimal(1) for row in every}

    def counted(rows: Iterable[int]) -> tuple[str, ...]:
        rows = list(rows)
        return tuple(
            f"{sum((worth[row] for row in rows if row not in out), Decimal(0)):f}"
            for out in map(frozenset, found.ways.values())
        )

    first = [(_text(draft, row), counted([row])) for row in found.rows[:_SAMPLES]]
    samples = (("", counted(every)), *first)
    header, count = found.header or header, len(found.rows)
    return Question(column, header, "rows", tuple(found.ways), samples, found.about, count)


def _amount(cell: str | None) -> Decimal:
    number = cell and (parse_number(cell, ".") or parse_number(cell, ","))
    return round(number, 4) if number else Decimal(0)


def _text(draft: Draft, at: int) -> str:
    """Return what a row says besides its amount, as people find it again."""
    assert draft.sheet
    places = [place for name, place in draft.mapping.items() if name != "amount"]
    cells = (draft.sheet.rows[str(place)][at].as_py() for place in sorted(places))
    return " · ".join(cell for cell in cells if cell)
