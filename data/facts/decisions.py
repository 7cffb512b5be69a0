"""Apply the user's decisions on names and stages to the current state."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import departments
from data.facts.canonical_names import PLACES
from data.facts.rederive import derive_touched, touch
from data.store.database import Cursor
from domain.tables import table


def decide_name(cursor: Cursor, kind: str, name: str, canonical: str, accepted: bool) -> None:
    """Keep the answer to "is `name` the same as `canonical`?" and apply it.

    The facts keep the name as written; only the current state is renamed, so that the answer
    can be taken back.
    """
    places = [
        (
            table(place.table),
            f'SELECT * FROM "fact_{place.table}" AS fact WHERE fact."{place.column}" = ?'
            + place.condition("fact"),
        )
        for place in PLACES
        if place.kind == kind
    ]
    # A name may be part of a key: the keys before the answer and those after it.
    for place, written_so in places:
        touch(cursor, place, written_so, [name])
    if accepted:
        cursor.execute("DELETE FROM aliases WHERE kind = ? AND name = ? AND accepted", [kind, name])
    cursor.execute(
        "INSERT OR REPLACE INTO aliases VALUES (?, ?, ?, ?, current_localtimestamp())",
        [kind, name, canonical, accepted],
    )
    # An export of the deals of one name now covers those of the other, or no longer does.
    if cursor.execute(
        "SELECT 1 FROM snapshot_parts WHERE kind = ? AND value = ? LIMIT 1", [kind, name]
    ).fetchall():
        touch(cursor, table("deals"), "SELECT * FROM fact_deals WHERE status = 'open'", [])
    for place, written_so in places:
        touch(cursor, place, written_so, [name])
        derive_touched(cursor, place)
    if kind == "rep":
        departments.derive(cursor)


def decide_stages(cursor: Cursor, statuses: Sequence[tuple[str, str]]) -> None:
    """Keep the order and meaning of the stages, and apply it to the deals.

    `statuses` is (stage, "open", "won" or "lost") from first to last. The facts keep the status as
    written; a deal whose own file says that it is won or lost stays so, whatever its stage
    means.
    """
    cursor.execute("DELETE FROM stages")
    for place, (stage, status) in enumerate(statuses, start=1):
        cursor.execute("INSERT INTO stages VALUES (?, ?, ?)", [stage, place, status])
    deals = table("deals")
    touch(cursor, deals, "SELECT * FROM fact_deals WHERE stage IS NOT NULL", [])
    derive_touched(cursor, deals)
