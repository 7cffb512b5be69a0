"""Find won and lost deals that a newer export of deals should have and has not.

    >>> absent(store, draft, ends, others, today)                        # doctest: +SKIP
    Absent(orders=('D-2',), ...)

An open deal that a newer export lacks has vanished (`data.staging.coverage`). A closed one may be
deleted, and would be won for ever; or the export has no deals of that time, or none that are
closed. So whoever imports is asked. Looked at are the imports that share a deal with the file,
and of their deals those which the file covers: closed as some of its deals are, within the days
on which its deals close, and created no earlier than they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.facts.canonical_names import accepted
from data.facts.vanished import PARTS
from data.staging import coverage, word_meanings
from data.staging.draft import Draft, id_of
from data.staging.findings import Absent
from data.store.database import Store
from data.values.columns import normal, plain, trimmed

_SAMPLES = 3
# The columns of a file that say when its deals close, and when they were created.
CLOSINGS, CREATED = ("closed_date", "expected_close_date"), "created_date"
Ends = Mapping[str, tuple[date | None, date | None]]


def absent(
    store: Store, draft: Draft, ends: Callable[[], Ends], others: Sequence[Draft], today: date
) -> Absent | None:
    """Return the closed deals missing from a draft that covers them; None if there are none.

    `ends` returns the first and the last day of its columns of days, `others` are the drafts that
    came with it, whose deals are not missing.
    """
    covers = draft.coverage
    if draft.table != "deals" or draft.already or covers is None or covers.as_of is None:
        return None
    if covers.kind in ("none", "period"):
        return None
    known = store.table(
        # Words of our own; values are parameters.
        "SELECT deal_id, import_id, status, closed_date, created_date, amount, rep, region, "  # noqa: S608
        "product FROM deals AS here WHERE as_of <= $1 AND closed_date IS NOT NULL AND EXISTS ("
        "SELECT 1 FROM fact_deals AS fact JOIN imports AS brought USING (import_id) "
        "WHERE fact.deal_id = here.deal_id AND brought.status = 'active' "
        f"AND {coverage.OF_ITS_LISTS})",
        [covers.as_of, *coverage.its_lists(draft)],
    )
    if not known.num_rows:
        return None
    days = ends()
    closed = [end for name in CLOSINGS if name in days for end in days[name] if end]
    statuses = _ends_of(draft)
    if not closed or not statuses:
        return None
    born = days.get(CREATED, (None, None))[0] or date.min
    known = known.filter(
        (pc.field("closed_date") >= min(closed))
        & (pc.field("closed_date") <= max(closed))
        & (pc.field("created_date").is_null() | (pc.field("created_date") >= born))
    )
    there = pa.array([one for one in coverage.ids_by_row(draft, today) if one], pa.string())
    elsewhere = [
        one
        for other in others
        if other.table == "deals" and other.take and other.sheet and id_of(other) != id_of(draft)
        for one in coverage.ids_by_row(other, today)
        if one
    ]
    shared = pc.unique(
        store.table("SELECT deal_id, import_id FROM deals")
        .filter(pc.field("deal_id").isin(there))["import_id"]
        .combine_chunks()
    )
    missing = known.filter(
        pc.field("import_id").isin(shared)
        & ~pc.field("deal_id").isin(pa.concat_arrays([there, pa.array(elsewhere, pa.string())]))
        & pc.field("status").isin(sorted(statuses))
    )
    if covers.kind in PARTS:
        names = accepted(store)
        theirs = {names.get((covers.kind, value), value) for value in covers.values}
        missing = missing.filter(pc.field(covers.kind).isin(sorted(theirs)))
    if not missing.num_rows:
        return None
    missing = missing.sort_by("deal_id")
    head = missing.slice(0, _SAMPLES).to_pylist()
    return Absent(
        tuple(missing["deal_id"].to_pylist()),
        tuple((row["deal_id"], row["closed_date"], row["amount"]) for row in head),
        column="deal_id" if "deal_id" in draft.mapping else "deal_name",
    )


def _ends_of(draft: Draft) -> set[str]:
    """Return which ends its deals have: "won", "lost"."""
    assert draft.sheet
    words = word_meanings.words_of(draft)
    ends = set[str]()
    for name in (word_meanings.STATUS, word_meanings.STAGE):
        if name in draft.mapping:
            cells = plain(trimmed(draft.sheet.rows[str(draft.mapping[name])])).cast(pa.string())
            read = {
                words.get(name, {}).get(normal(text))
                for text in pc.unique(cells).to_pylist()
                if text
            }
            ends |= {meaning for meaning in read if meaning in ("won", "lost")}
    return ends
