"""Decide which deals an export takes out: those it covers and lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from data.facts.ages import is_newer
from data.store.database import Cursor
from domain.tables import ibis_table
from domain.vanished import vanished

Kind = Literal["all", "rep", "region", "product", "period", "none", "ask"]
PARTS: tuple[Literal["rep", "region", "product"], ...] = ("rep", "region", "product")


@dataclass(frozen=True)
class Coverage:
    """What an export covers, and what follows from it.

    `kind` "all" is every open deal; "rep", "region", "product" those with one of `values`;
    "period" those expected from `first` to `last`; "none" no others; "ask" is unknown.
    `missing` of the `open_deals` known before are not in the file although it covers them;
    `missing_as` says how many that would be for other kinds. `as_of` is the day that the file
    shows, if any. `values` are as written, whatever names apply now. `replaced` are the deals, by
    kind and among the missing, that only earlier exports of the same list and day have.
    """

    kind: Kind
    as_of: date | None
    values: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    missing: int = 0
    open_deals: int = 0
    missing_as: Mapping[Kind, int] = field(default_factory=dict)
    replaced: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)


def keep(cursor: Cursor, import_id: int, coverage: Coverage) -> None:
    """Record what an import covers, inside the caller's transaction."""
    rows: list[list[Any]] = []
    if coverage.kind in PARTS:
        rows = [[import_id, coverage.kind, value, None, None] for value in coverage.values]
    elif coverage.kind == "period":
        rows = [[import_id, "period", None, coverage.first, coverage.last]]
    if not rows and coverage.kind != "all":
        # Of nobody in particular: without a row it would cover everything.
        rows = [[import_id, "none", None, None, None]]
    for row in rows:
        cursor.execute("INSERT INTO snapshot_parts VALUES (?, ?, ?, ?, ?)", row)


def drop_vanished(cursor: Cursor) -> None:
    """Remove open deals from the current state that a later export should have had.

    The facts keep them, and undoing the export brings them back. `domain.vanished` defines
    which they are. Closed deals go that the user said were deleted.
    """
    cursor.execute(f"DELETE FROM deals WHERE deal_id IN ({_gone_sql()})")
    cursor.execute(
        "DELETE FROM deals AS here USING gone_deals AS gone, imports AS newer, imports AS bringer "
        "WHERE gone.deal_id = here.deal_id AND newer.import_id = gone.import_id "
        "AND newer.status = 'active' AND bringer.import_id = here.import_id "
        f"AND newer.import_id <> here.import_id AND {is_newer('newer', 'bringer')}"
    )


@cache
def _gone_sql() -> str:
    import ibis

    here = ibis_table("deals").mutate(day=ibis.literal(date.max))
    return str(ibis.to_sql(vanished(here).select("deal_id"), dialect="duckdb"))


def remember(cursor: Cursor) -> None:
    """Remember which deals stand, for `gone_since`."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE stood AS SELECT deal_id FROM deals")


def back_again(cursor: Cursor, import_id: int) -> list[bool]:
    """Return, for each arrived deal that had vanished, whether its data is newer.

    It is not new, and what its file does not say is known from before.
    """
    newer_imports = cursor.execute(
        "SELECT any_value(arrived.as_of) IS NULL OR max(fact.as_of) IS NULL "
        "OR any_value(arrived.as_of) >= max(fact.as_of) "
        "FROM arrived JOIN past_deals AS fact ON fact.deal_id = arrived.deal_id "
        "JOIN imports ON imports.import_id = fact.import_id AND imports.status = 'active' "
        "WHERE fact.import_id <> ? AND arrived.deal_id NOT IN "
        "(SELECT deal_id FROM deals WHERE deal_id IS NOT NULL) GROUP BY arrived.deal_id",
        [import_id],
    ).fetchall()
    return [newer for (newer,) in newer_imports]


def gone_since(cursor: Cursor, import_id: int) -> tuple[int, int]:
    """Count the deals that stood or came first with an import, and stand no more.

    Also count those of them that the import itself has: a newer export lacks these.
    """
    ((gone, lacking),) = cursor.execute(
        "SELECT count(*), count(*) FILTER (deal_id IN "
        "(SELECT deal_id FROM fact_deals WHERE import_id = ?)) "
        "FROM (SELECT deal_id FROM stood UNION SELECT deal_id FROM fact_deals "
        "WHERE import_id = ? AND deal_id NOT IN (SELECT fact.deal_id FROM fact_deals AS fact "
        "JOIN imports AS seen ON seen.import_id = fact.import_id AND seen.status = 'active' "
        "WHERE fact.import_id <> ? AND fact.deal_id IS NOT NULL)) AS known "
        "WHERE deal_id NOT IN (SELECT deal_id FROM deals WHERE deal_id IS NOT NULL)",
        [import_id, import_id, import_id],
    ).fetchall()
    cursor.execute("DROP TABLE stood")
    return int(gone), int(lacking)
