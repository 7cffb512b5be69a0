"""What an export of deals covers: every open deal, or those of some people, regions or days.

    >>> covered(store, draft, this_year=2026)      # doctest: +SKIP
    Coverage(kind='rep', values=('王芳',), missing=12, open_deals=40)

An open deal that a later export should have had, and has not, has vanished: it
leaves the pipeline. A partial export must lose nobody's deals, so what it covers
is looked for here, shown, and asked for where it does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from data import asking
from data.derive import ACTUAL_DATES
from data.typed import distinct, plain, trimmed

if TYPE_CHECKING:
    import duckdb

    from data.drafts import Draft
    from data.store import Store

Kind = Literal["all", "rep", "region", "product", "period", "none", "ask"]

# Above this share of the open deals missing, an export that looks whole is asked about.
_FEW = 0.3
_PARTS: tuple[Literal["rep", "region", "product"], ...] = ("rep", "region", "product")


@dataclass(frozen=True)
class Coverage:
    """What the export covers, and what follows from it.

    `kind` "all" is every open deal; "rep", "region", "product" those with one of
    `values`; "period" those expected from `first` to `last`; "none" none beyond
    the deals in it; "ask" is not known. `missing` of the `open_deals` known before
    are not in the file although it covers them. `as_of` is the day that the file
    shows, None where it shows none.
    """

    kind: Kind
    as_of: date | None
    values: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    missing: int = 0
    open_deals: int = 0


def covered(
    store: Store, draft: Draft, this_year: int, others: Sequence[Draft] = ()
) -> Coverage | None:
    """The coverage as far as it shows; None for what is no export of deals.

    `others` are the drafts that came together with it: two exports of one day by two
    people must not take each other's deals away.
    """
    if draft.table != "deals" or draft.sheet is None:
        return None
    day = draft.as_of or _newest(draft, this_year)
    known = store.rows(
        "SELECT coalesce(deal_id, deal_name), rep, region, product, expected_close_date "
        "FROM deals WHERE status = 'open' AND as_of < ?",
        [day or date.max],
    )
    known += [
        deal for other in others if other is not draft for deal in _deals_in(other, this_year)
    ]
    ids = _texts(draft, "deal_id") or _texts(draft, "deal_name")
    gone = [deal for deal in known if deal[0] not in ids]
    if not gone:
        return Coverage("all", day, open_deals=len(known))
    for place, part in enumerate(_PARTS, start=1):
        values = _texts(draft, part)
        theirs = [deal for deal in known if deal[place] is None or deal[place] in values]
        lost = [deal for deal in theirs if deal[0] not in ids]
        if values and len(lost) < len(gone) and len(lost) <= _FEW * len(theirs):
            told = tuple(sorted(values))
            return Coverage(part, day, told, missing=len(lost), open_deals=len(known))
    first, last = _ends(draft, "expected_close_date", this_year)
    outside = [
        deal[4] is not None and first and last and not first <= deal[4] <= last for deal in gone
    ]
    many = len(gone) > _FEW * len(known)
    if many and all(outside):
        return Coverage("period", day, (), first, last, open_deals=len(known))
    return Coverage("ask" if many else "all", day, missing=len(gone), open_deals=len(known))


def chosen(coverage: Coverage, draft: Draft, kind: Kind, this_year: int) -> Coverage:
    """The coverage as the user says it is: of the people, regions, products or days in the file."""
    if kind in _PARTS:
        return replace(coverage, kind=kind, values=tuple(sorted(_texts(draft, kind))))
    first, last = (
        _ends(draft, "expected_close_date", this_year) if kind == "period" else (None,) * 2
    )
    return replace(coverage, kind=kind, values=(), first=first, last=last)


def kinds(draft: Draft) -> list[Kind]:
    """What the export can be said to cover, with the columns that it has."""
    there: list[Kind] = [part for part in _PARTS if part in draft.mapping]
    dated: list[Kind] = ["period"] if "expected_close_date" in draft.mapping else []
    return ["all", *there, *dated, "none"]


def _deals_in(draft: Draft, this_year: int) -> list[tuple[Any, ...]]:
    """The deals of another draft, as the store would tell them."""
    if draft.table != "deals" or draft.sheet is None or not draft.take:
        return []
    names = ("deal_id" if "deal_id" in draft.mapping else "deal_name", *_PARTS)
    blank = [None] * draft.sheet.rows.num_rows
    told = [_cells(draft, name) for name in names]
    columns = [blank if cells is None else plain(cells).to_pylist() for cells in told]
    dates = _dates(draft, "expected_close_date", this_year)
    return list(zip(*columns, blank if dates is None else dates.to_pylist(), strict=True))


def keep(cursor: duckdb.DuckDBPyConnection, import_id: int, coverage: Coverage) -> None:
    """Write down what an import covers, inside the caller's transaction."""
    rows: list[list[Any]] = []
    if coverage.kind in _PARTS:
        rows = [[import_id, coverage.kind, value, None, None] for value in coverage.values]
    elif coverage.kind == "period":
        rows = [[import_id, "period", None, coverage.first, coverage.last]]
    elif coverage.kind == "none":
        rows = [[import_id, "none", None, None, None]]
    for row in rows:
        cursor.execute("INSERT INTO snapshot_parts VALUES (?, ?, ?, ?, ?)", row)


def drop_vanished(cursor: duckdb.DuckDBPyConnection) -> int:
    """Take open deals out of the current state that a later export should have had; how many.

    The facts keep them, and taking the export back brings them back.
    """
    gone = cursor.execute(
        "DELETE FROM deals AS here WHERE status = 'open' AND EXISTS ("
        "SELECT 1 FROM imports AS seen WHERE seen.status = 'active' "
        f"AND seen.table_name = 'deals' AND seen.as_of > here.as_of AND {_COVERS}) "
        "RETURNING 1"
    ).fetchall()
    return len(gone)


# SQL: the export `seen` should have the deal `here`.
_COVERS = (
    "(NOT EXISTS (SELECT 1 FROM snapshot_parts AS part WHERE part.import_id = seen.import_id) "
    "OR EXISTS (SELECT 1 FROM snapshot_parts AS part WHERE part.import_id = seen.import_id AND "
    "CASE part.kind WHEN 'rep' THEN part.value = here.rep "
    "WHEN 'region' THEN part.value = here.region WHEN 'product' THEN part.value = here.product "
    "WHEN 'period' THEN here.expected_close_date BETWEEN part.first_day AND part.last_day "
    "ELSE false END))"
)


def _cells(draft: Draft, name: str) -> pa.Array | None:
    assert draft.sheet
    at = draft.mapping.get(name)
    return None if at is None else trimmed(draft.sheet.rows[str(at)])


def _texts(draft: Draft, name: str) -> set[str]:
    cells = _cells(draft, name)
    return set() if cells is None else set(distinct(cells).to_pylist())


def _ends(draft: Draft, name: str, this_year: int) -> tuple[date | None, date | None]:
    """The first and the last day of a column, read as the import will read it."""
    dates = _dates(draft, name, this_year)
    if dates is None:
        return None, None
    ends = pc.min_max(dates).as_py()
    return ends["min"], ends["max"]


def _dates(draft: Draft, name: str, this_year: int) -> pa.Array | None:
    if name not in draft.mapping or draft.sheet is None:
        return None
    return asking.dates(draft, name, this_year)


def _newest(draft: Draft, this_year: int) -> date | None:
    """The newest actual date in the file: a closing, an activity, else a creation."""
    given = _ends(draft, "as_of", this_year)[1]
    if given is not None:
        return given
    days = [day for name in ACTUAL_DATES if (day := _ends(draft, name, this_year)[1])]
    return max(days, default=None)
