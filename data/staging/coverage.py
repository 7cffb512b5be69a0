"""Find out what an export of deals covers: all open deals, or some people, regions or days.

    >>> covered(store, draft, today=date(2026, 5, 28))      # doctest: +SKIP
    Coverage(kind='rep', values=('王芳',), missing=12, open_deals=40)

An open deal that a later export should have had, and has not, has vanished: it
leaves the pipeline. A partial export must lose nobody's deals, so what it covers
is looked for here, shown, and asked for where it does not show.

An export of some people, regions, products or days covers the deals that are
known to be theirs: under the names that hold now, and none that has no rep, no
region, no product or no day. What is counted before and what vanishes after are
one rule: `_theirs` here, `domain.vanished` for the store. An export says nothing of
the deals that only another system's files have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.export_day import newest_day
from data.facts.canonical_names import Names, accepted
from data.facts.vanished import PARTS, Coverage, Kind
from data.staging import readings, same_day
from data.staging.draft import Draft, id_of
from data.staging.file_days import printed_on, time_in_name
from data.staging.findings import FILE
from data.staging.known_records import numbers
from data.staging.number_ways import by_name, key_of, way_of
from data.store.database import Store
from data.values.columns import plain, trimmed
from data.values.identifiers import identifiers
from domain.tables import table
from domain.vanished import TOLD_APART, UNKNOWN_SYSTEM

# Above this share of the open deals missing, an export that looks whole is asked about.
_FEW = 0.3
_DUE = "expected_close_date"
OF_ITS_LISTS = same_day.OF_ITS_LISTS


class _Deal(NamedTuple):
    """An open deal known before, under its current names."""

    deal_id: str
    rep: str | None
    region: str | None
    product: str | None
    expected: date | None


def covered(
    store: Store,
    draft: Draft,
    today: date,
    others: Sequence[Draft] = (),
    names: Names | None = None,
) -> Coverage | None:
    """Return the coverage as far as it shows; None if this is no export of deals.

    `others` are the drafts of the same drop: two people's exports of one day must not take each
    other's deals away. `names` are the accepted ones, where they have been read.
    """
    if draft.table != "deals" or draft.sheet is None:
        return None
    names = accepted(store) if names is None else names
    day = draft.as_of or _newest(draft, today)
    of_kind: dict[Kind, Coverage] = {
        kind: chosen(Coverage("all", day), draft, kind, today) for kind in kinds(draft)
    }
    way = way_of(draft)
    known = [
        _Deal(*row)
        for row in store.rows(
            "SELECT coalesce(deal_id, deal_name), rep, region, product, expected_close_date "
            "FROM deals AS here WHERE status = 'open' AND as_of < $1 AND EXISTS ("
            "SELECT 1 FROM fact_deals AS fact JOIN imports AS brought USING (import_id) "
            "WHERE fact.deal_id = here.deal_id AND brought.status = 'active' "
            f"AND {OF_ITS_LISTS})",
            [day or today, *its_lists(draft)],
        )
    ]
    of_the_day = same_day.exports(store.rows, draft, its_lists(draft), day or today)
    # A draft that was changed since is another object, and still itself.
    other_drafts = [other for other in others if id_of(other) != id_of(draft)]
    of_drop = [(other, _deals_in(other, names, today)) for other in other_drafts]
    known += [
        deal
        for other, deals in of_drop
        if way_of(other) == way
        and (UNKNOWN_SYSTEM in (other.system, draft.system) or other.system == draft.system)
        for deal in deals
    ]
    ids = set(ids_by_row(draft, today)) if known or of_the_day else set()
    gone = [deal for deal in known if deal.deal_id not in ids]
    beside = {deal.deal_id for _, deals in of_drop for deal in deals}
    left = same_day.left_out(draft, of_the_day, ids, beside)
    earlier = [_Deal(*row) for row in same_day.still_open(store.rows, left)]
    replaced = {
        kind: tuple(deal.deal_id for deal in _theirs(coverage, earlier, names))
        for kind, coverage in of_kind.items()
    }
    missing = {
        kind: len(_theirs(coverage, gone, names)) + len(replaced[kind])
        for kind, coverage in of_kind.items()
    }
    known += earlier
    return replace(
        of_kind[kind] if (kind := _kind(of_kind, known, gone, names)) != "ask" else of_kind["all"],
        kind=kind,
        missing=missing["all" if kind == "ask" else kind],
        open_deals=len(known),
        missing_as=missing,
        replaced=replaced,
    )


def _kind(
    of_kind: Mapping[Kind, Coverage], known: list[_Deal], gone: list[_Deal], names: Names
) -> Kind:
    """Guess what the export covers: others' deals are missing, and nearly all of theirs there."""
    if not gone:
        return "all"
    for part in PARTS:
        if part not in of_kind or not of_kind[part].values:
            continue
        lost, theirs = (_theirs(of_kind[part], deals, names) for deals in (gone, known))
        others = any(getattr(deal, part) is not None for deal in set(gone) - set(lost))
        if others and len(lost) <= _FEW * len(theirs):
            return part
    many = len(gone) > _FEW * len(known)
    if not many:
        return "all"
    days = of_kind.get("period")
    dated = all(deal.expected is not None for deal in gone)
    return "period" if days and days.first and dated and not _theirs(days, gone, names) else "ask"


def chosen(coverage: Coverage, draft: Draft, kind: Kind, today: date) -> Coverage:
    """Return the coverage the user chose: the people, regions, products or days in the file."""
    missing = coverage.missing_as.get(kind, coverage.missing)
    coverage = replace(coverage, kind=kind, missing=missing, values=(), first=None, last=None)
    if kind in PARTS:
        there = kind in draft.mapping
        return replace(
            coverage, values=readings.summary(draft, kind, today).values if there else ()
        )
    if kind == "period":
        ends = readings.ends(draft, [_DUE], today)
        first, last = ends.get(_DUE, (None, None))
        return replace(coverage, first=first, last=last)
    return coverage


def _theirs(coverage: Coverage, deals: Iterable[_Deal], names: Names) -> list[_Deal]:
    """Return the deals that an export should have; `domain.vanished` is the same rule in SQL."""
    kind, first, last = coverage.kind, coverage.first, coverage.last
    if kind == "all":
        return list(deals)
    if kind == "period":
        if first is None or last is None:
            return []
        return [deal for deal in deals if deal.expected and first <= deal.expected <= last]
    values = {names.get((kind, value), value) for value in coverage.values}
    return [deal for deal in deals if kind in PARTS and getattr(deal, kind) in values]


def kinds(draft: Draft) -> list[Kind]:
    """Return the coverages that are possible with the columns of the export."""
    parts: list[Kind] = [part for part in PARTS if part in draft.mapping]
    dated: list[Kind] = ["period"] if _DUE in draft.mapping else []
    return ["all", *parts, *dated, "none"]


def _deals_in(draft: Draft, names: Names, today: date) -> list[_Deal]:
    """Return the deals of another draft, as the store would hold them."""
    if draft.table != "deals" or draft.sheet is None or not draft.take:
        return []
    blank: list[Any] = [None] * draft.sheet.rows.num_rows
    cells_by_part = [_cells(draft, name) for name in PARTS]
    columns = [blank if cells is None else plain(cells).to_pylist() for cells in cells_by_part]
    dates = readings.days(draft, [_DUE], today).get(_DUE)
    return [
        _Deal(*deal)
        for deal in zip(
            ids_by_row(draft, today),
            *(
                [names.get((part, value), value) for value in values]
                for part, values in zip(PARTS, columns, strict=True)
            ),
            blank if dates is None else dates.to_pylist(),
            strict=True,
        )
    ]


def its_lists(draft: Draft) -> list[str]:
    """Return the parameters of `OF_ITS_LISTS`, which come after the first one."""
    return [
        draft.system,
        UNKNOWN_SYSTEM,
        json.dumps(way_of(draft), ensure_ascii=False)[1:-1],
        TOLD_APART,
    ]


def ids_by_row(draft: Draft, today: date) -> list[str | None]:
    """Return what identifies the deals: the ID, else the name, as in `cleaning.derive`.

    A deal that is here under its name alone has that, until the draft lands.
    """
    id_columns = [
        cells for name in ("deal_id", "deal_name") if (cells := _cells(draft, name)) is not None
    ]
    if key_of(draft) and (way_of(draft) or draft.own_numbers):
        id_columns[0] = numbers(draft, way_of(draft), today, draft.own_numbers)
    blank: list[str | None] = [None] * (draft.sheet.rows.num_rows if draft.sheet else 0)
    ids = pc.coalesce(*map(plain, id_columns)).to_pylist() if id_columns else blank
    found = by_name(draft, FILE)
    names = {number: name for name, number in found.named.items()}
    return [found.numbers.get(at, names.get(number, number)) for at, number in enumerate(ids)]


def _cells(draft: Draft, name: str) -> pa.Array | None:
    assert draft.sheet
    at = draft.mapping.get(name)
    if at is None:
        return None
    cells = trimmed(draft.sheet.rows[str(at)])
    is_id = table(draft.table or "").column(name).identifier
    return identifiers(cells).values if is_id else cells


def _newest(draft: Draft, today: date) -> date | None:
    """Return the day of an export: the newest that has passed.

    It may be a day of its rows, the one on which the report says it was made, or the one of the
    time in the name of its file.
    """
    assert draft.sheet
    task, hows = readings.summary_task(draft, today), readings.date_readings(draft, today)
    made = time_in_name(draft.file)
    days = [newest_day(task, hows, today), printed_on(draft), made.date() if made else None]
    return max((day for day in days if day and day <= today), default=None)
