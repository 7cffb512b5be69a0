"""Say before the import that what counts is exactly twice what the total of a file says.

    >>> noted(draft).sheet.notes[-1].code                                # doctest: +SKIP
    'total_doubled'

Then every record most likely stands in the list twice: once more in sums of groups, or copied.
Any other difference is told after the import, as `data.cleaning.stated_totals` finds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from data.layout.sheet import Note
from data.layout.stated_totals import Stated
from data.staging import directions, doubted_rows, row_marks, target_levels
from data.staging.draft import Draft
from data.staging.group_sums import figures_of
from data.staging.target_kinds import texts

CODE = "total_doubled"
_AMOUNTS = ("amount", "target")
_MOST_ROWS, _TICKS = 200_000, 10_000
_NEAR = 110  # ticks


def noted(draft: Draft) -> Draft:
    """Return the draft with a note on a total that is half of what counts, or without one."""
    if draft.sheet is None:
        return draft
    notes = tuple(note for note in draft.sheet.notes if note.code != CODE)
    if note := _note(draft):
        notes = (*notes, note)
    if notes == draft.sheet.notes:
        return draft
    return replace(draft, sheet=replace(draft.sheet, notes=notes))


def _note(draft: Draft) -> Note | None:
    assert draft.sheet
    name = next((name for name in _AMOUNTS if name in draft.mapping), None)
    if name is None or draft.table is None or draft.sheet.rows.num_rows > _MOST_ROWS:
        return None
    header = draft.sheet.header[draft.mapping[name]]
    stated = draft.sheet.stated.get(header)
    if stated is None or not _may_be_double(stated) or _are_taken_back(draft):
        return None
    ticks = figures_of(draft.sheet.rows[str(draft.mapping[name])])
    said = round(stated.said * _TICKS)
    counted = [tick if counts else 0 for tick, counts in zip(ticks, _counting(draft), strict=True)]
    whole = sum(counted)
    if abs(whole - 2 * said) > _NEAR or any(
        abs(part - said) <= _NEAR for part in _parts(draft, counted)
    ):
        return None
    return Note.of(
        CODE, header=header, total=f"{stated.said:,f}", sum=f"{Decimal(whole) / _TICKS:,f}"
    )


def _may_be_double(stated: Stated) -> bool:
    return stated.said > 0 and stated.summed >= 2 * stated.said


def _are_taken_back(draft: Draft) -> bool:
    """Return whether some rows take off what others add, or are marked as cancelled."""
    return bool(directions.words_of(draft) or row_marks.words_of(draft))


def _counting(draft: Draft) -> list[bool]:
    """Return by row whether it counts beside the others."""
    assert draft.sheet
    levels = target_levels.levels_of(draft)
    out = {*doubted_rows.left_out(draft), *levels.kinds, *levels.out, *levels.others}
    return [at not in out for at in range(draft.sheet.rows.num_rows)]


def _parts(draft: Draft, counted: Sequence[int]) -> Iterator[int]:
    """Yield what the rows of each status or level make, which the total may be of."""
    for name in ("status", "stage", "scope_kind"):
        if name not in draft.mapping:
            continue
        words = texts(draft, draft.mapping[name])
        for word in set(words):
            yield sum(tick for tick, own in zip(counted, words, strict=True) if own == word)
