"""Take out open deals that an earlier export of a day has and a later one of the same list lacks.

    >>> add(cursor, import_id)                                           # doctest: +SKIP

The later export may have come first, or together with the earlier one: then nothing was missing
when it was looked through. The times that both say tell which is later; without them nothing is
taken out here. What the user said the later one covers holds for these deals too.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from data.store.database import Cursor
from domain.vanished import TOLD_APART, UNKNOWN_SYSTEM

# The share of an earlier export's deals that a later one of the same list has.
_MOST = 0.7


class _Export(NamedTuple):
    """An export of deals of one day, and the numbers of its deals."""

    import_id: int
    at: datetime | None
    ids: frozenset[str]


def of_one_list(earlier: Collection[str], later: Collection[str | None]) -> bool:
    """Return whether an export has nearly all the deals of an earlier one of the day.

    >>> of_one_list(["D1", "D2", "D3", "D4"], ["D1", "D2", "D3", "D5"]), of_one_list(["D1"], [])
    (True, False)
    """
    return len({*earlier}.intersection(later)) >= _MOST * len(earlier)


def add(cursor: Cursor, import_id: int) -> None:
    """Record the deals that an import brought and a later one of its day lacks, or lacks itself.

    Runs inside the caller's transaction, once the import has landed.
    """
    exports = _of_the_day(cursor, import_id)
    for later in exports:
        for earlier in exports:
            if import_id in (later.import_id, earlier.import_id) and _replaces(later, earlier):
                _record(cursor, later, _left_out(later, earlier, exports))


def _of_the_day(cursor: Cursor, import_id: int) -> list[_Export]:
    """Return the exports of the day and lists of an import that says its time."""
    of_the_day = (
        "FROM imports AS own JOIN imports AS other ON other.table_name = own.table_name "
        "AND other.exported = own.exported AND other.status = 'active' "
        "AND (other.system = own.system OR $2 IN (other.system, own.system)) "
        "AND regexp_extract(other.answers, $3, 1) = regexp_extract(own.answers, $3, 1) "
        "WHERE own.import_id = $1 AND own.exported_at IS NOT NULL"
    )
    parameters = [import_id, UNKNOWN_SYSTEM, TOLD_APART]
    imports = cursor.execute(
        f"SELECT other.import_id, other.exported_at {of_the_day}",
        parameters,
    ).fetchall()
    if len(imports) < 2:
        return []
    deals = cursor.execute(
        "SELECT import_id, list(DISTINCT deal_id) FROM fact_deals WHERE deal_id IS NOT NULL "
        "AND import_id IN (SELECT unnest($1::BIGINT[])) GROUP BY 1",
        [[one for one, _ in imports]],
    ).fetchall()
    ids = dict(deals)
    return [_Export(one, at, frozenset(ids.get(one, ()))) for one, at in imports]


def _replaces(later: _Export, earlier: _Export) -> bool:
    timed = later.at is not None and earlier.at is not None
    return timed and _came_first(earlier, later) and of_one_list(earlier.ids, later.ids)


def _came_first(earlier: _Export, later: _Export) -> bool:
    """Return whether an export is the earlier one, by the times or by how they came."""
    if earlier.at is None or later.at is None or earlier.at == later.at:
        return earlier.import_id < later.import_id
    return earlier.at < later.at


def _left_out(later: _Export, earlier: _Export, exports: list[_Export]) -> list[str]:
    """Return the deals of the earlier export that no list of the day has besides its own."""
    left = earlier.ids - later.ids
    for other in exports:
        if not (_came_first(other, later) and of_one_list(other.ids, later.ids)):
            left -= other.ids
    return sorted(left)


def _record(cursor: Cursor, later: _Export, left: list[str]) -> None:
    """Record those of the deals that are open and covered by the later export."""
    if not left:
        return
    cursor.execute(
        "INSERT INTO gone_deals SELECT $1, deal_id FROM deals AS here "
        "WHERE status = 'open' AND deal_id IN (SELECT unnest($2::VARCHAR[])) "
        "AND deal_id NOT IN (SELECT deal_id FROM gone_deals WHERE import_id = $1) "
        "AND (NOT EXISTS (SELECT 1 FROM snapshot_parts WHERE import_id = $1) OR EXISTS ("
        "SELECT 1 FROM snapshot_parts AS part LEFT JOIN aliases AS now "
        "ON now.accepted AND now.kind = part.kind AND now.name = part.value "
        "WHERE part.import_id = $1 AND (here.expected_close_date BETWEEN first_day AND last_day "
        "OR coalesce(now.canonical, part.value) = CASE part.kind WHEN 'rep' THEN here.rep "
        "WHEN 'region' THEN here.region WHEN 'product' THEN here.product END)))",
        [later.import_id, left],
    )
