"""Decide which list rows without a key belong to, and which of its days they replace.

    >>> placing(store, draft, today=date(2026, 5, 28))      # doctest: +SKIP
    Replacement(source='7f3a…|销售记录|', shape='7f3a…', first=date(2026, 3, 1), ...)

An order list without order numbers cannot be updated row by row: a corrected
amount would look like one more sale. So a newer file of the same list takes
the place of everything from that list between its first and its last day.
The shape of the header, the names of the file and the sheet (`data.staging.list_names`)
and the rows identify the list: without rows in common, it is never assumed to be the same.
If these leave a doubt, the user is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.facts.ranges import dates_of, is_keyless, within
from data.matching.recognise import shape
from data.staging import overlap, readings, title_days
from data.staging.draft import Candidate, Draft, Replacement, ahead_of, id_of
from data.staging.list_names import name_of, stem
from data.staging.overlap import Rows
from data.store.database import Store

# Of the rows that would give way, at least this share must come again.
_SAME = 0.5


def placing(
    store: Store,
    draft: Draft,
    today: date,
    others: Sequence[Draft] = (),
    own_import: int | None = None,
) -> Replacement | None:
    """Return what taking the draft would replace; None if its rows have a key.

    `others` are the drafts of the same drop, of which the earlier ones count; the import
    `own_import` is of this very file, about to be read again.
    """
    if draft.sheet is None or draft.table is None or not is_keyless(draft.table, draft.mapping):
        return None
    where = within(draft.table)
    first, last = _days(draft, today)
    replacement = Replacement(_source(draft), shape(draft.sheet.written), first, last)
    if draft.already:
        return replacement  # importing it again changes nothing, so there is nothing to say
    known = None if own_import is None else _source_of(store, own_import)
    here = _standing(store, draft, replacement, today, own_import, where)
    if known:
        # The first import of the file decided which list it is.
        return replace(
            replacement, source=known, rivals=tuple(rival for rival in here if rival.at == known)
        )
    beside = _beside(draft, replacement, others, today)
    return _decided(replace(replacement, rivals=(*here, *beside)))


def _days(draft: Draft, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of the file, by its rows, which are read as the import will
    read them, and by its title.
    """
    columns = [name for name in dates_of(draft.table or "") if name in draft.mapping]
    if len(columns) == 1:
        by_rows = readings.ends(draft, columns, today)[columns[0]]
        return title_days.widened(draft, columns[0], by_rows)
    days = readings.days(draft, columns, today).values()
    ends = pc.min_max(pc.coalesce(*days)).as_py() if days else {"min": None, "max": None}
    return ends["min"], ends["max"]


def _source(draft: Draft) -> str:
    assert draft.sheet
    return f"{shape(draft.sheet.written)}|{stem(draft.file)}|{name_of(draft.sheet.name)}"


def _source_of(store: Store, import_id: int) -> str | None:
    rows = store.rows("SELECT source FROM import_ranges WHERE import_id = ?", [import_id])
    return rows[0][0] if rows else None


def _decided(replacement: Replacement) -> Replacement:
    """Choose the list that name and rows agree on; ask if anything else is possible."""
    if not replacement.rivals:
        return replacement
    same = [
        rival for rival in replacement.rivals if rival.here and _is_own(rival, replacement.source)
    ]
    same = [rival for rival in same if rival.shared and rival.shared >= _SAME * rival.rows]
    if len(same) != 1 or not all(rival.here for rival in replacement.rivals):
        return replace(replacement, choice="ask")
    return replace(replacement, source=same[0].at, other=same[0].at)


def _is_own(rival: Candidate, source: str) -> bool:
    """Return whether a list has the same name, even if it was added as another one."""
    return rival.at == source or rival.at.startswith(f"{source}|")


def _standing(
    store: Store,
    draft: Draft,
    replacement: Replacement,
    today: date,
    own_import: int | None,
    where: str,
) -> list[Candidate]:
    """Return lists of the same shape with rows in these days (SQL: `where`), newest first."""
    name = draft.table or ""
    days = (replacement.first, replacement.first, replacement.last)
    lists = store.rows(
        # Names of our own; values are parameters.
        "SELECT import_ranges.source, count(*), list(DISTINCT imports.file ORDER BY imports.file) "  # noqa: S608
        f'FROM "{name}" AS here JOIN imports USING (import_id) '
        "JOIN import_ranges USING (import_id) "
        "WHERE imports.status = 'active' AND import_ranges.table_name = ? "
        # Lists that were there before shapes were kept have none.
        f"AND shape IN (?, '') AND import_id IS DISTINCT FROM ? AND {where} "
        "GROUP BY import_ranges.source ORDER BY max(import_id) DESC",
        [name, replacement.shape, own_import, *days],
    )
    if not lists:
        return []
    mine = overlap.renamed(store, draft, overlap.rows_of(draft, today))
    columns = ", ".join(f'"{column}"' for column in overlap.compared(draft))
    rivals = []
    for source, rows, files in lists:
        there = store.table(
            f'SELECT {columns} FROM "{name}" AS here WHERE import_id IN ('  # noqa: S608
            "SELECT import_id FROM import_ranges WHERE table_name = ? AND source = ?) "
            f"AND import_id IS DISTINCT FROM ? AND {where}",
            [name, source, own_import, *days],
        )
        same = overlap.shared(mine, overlap.as_rows(draft, there))
        rivals.append(Candidate(source, tuple(files), rows, same))
    return rivals


def _beside(
    draft: Draft, replacement: Replacement, others: Sequence[Draft], today: date
) -> list[Candidate]:
    """Return earlier drafts of the drop that could be the same list, by name or by a row."""
    rivals = []
    # The same file under two names is refused when its twin has landed.
    for other in ahead_of(draft, others):
        if not _comparable(draft, other, replacement):
            continue
        theirs = overlap.rows_of(other, today)
        rows = _rows_within(theirs, replacement.first, replacement.last)
        if not rows:
            continue
        mine = overlap.rows_of(draft, today)
        if overlap.alike(mine, theirs) or _source(other) == replacement.source:
            same = overlap.shared(mine, theirs)
            rivals.append(Candidate(id_of(other), (other.name,), rows, same, here=False))
    return rivals


def _comparable(draft: Draft, other: Draft, replacement: Replacement) -> bool:
    return (
        other.take
        and not other.already
        and other.sheet is not None
        and other.table == draft.table
        and is_keyless(other.table, other.mapping)
        and shape(other.sheet.written) == replacement.shape
    )


def _rows_within(rows: Rows, first: date | None, last: date | None) -> int:
    """Count the rows in these days; one without a day may lie anywhere, as in `within`."""
    if first is None or last is None:
        return len(rows.days)
    day = pa.scalar
    inside = pc.and_(
        pc.greater_equal(rows.days, day(first, pa.date32())),
        pc.less_equal(rows.days, day(last, pa.date32())),
    )
    return int(pc.sum(pc.fill_null(inside, True)).as_py() or 0)
