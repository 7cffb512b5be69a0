"""Find the open deals that earlier exports of the same list and day have and a draft has not.

    >>> left_out(draft, [(None, ["D1", "D2", "D3"])], {"D1", "D2"}, [])  # doctest: +SKIP
    ['D3']

Exports of one day may be of different people, or one after the other of the same list: the
later one then has nearly all the deals of the earlier. Only a deal that no other list of the day
has is gone. The times that both say tell which is later, else the order of import.
Where the later one came first, or with the earlier, `data.facts.gone_that_day` takes them out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any

from data.facts.gone_that_day import of_one_list
from data.staging.draft import Draft
from data.staging.file_days import snapshot_at, time_in_name

# Imports of the draft's system, or where one of the two says none, told apart as the draft is.
OF_ITS_LISTS = (
    "($2 = $3 OR brought.system IN ($2, $3)) AND regexp_extract(brought.answers, $5, 1) = $4"
)


def exports(
    rows: Callable[..., list[tuple[Any, ...]]], draft: Draft, lists: Sequence[str], day: date
) -> list[tuple[datetime | None, list[str]]]:
    """Return the other exports of the day and of the draft's lists: their times and deals.

    The time is None where it is not said.
    """
    if draft.already:
        return []
    found = rows(
        "SELECT any_value(brought.file), any_value(brought.exported_at), "  # noqa: S608
        "list(DISTINCT fact.deal_id) "
        "FROM imports AS brought JOIN fact_deals AS fact USING (import_id) "
        "WHERE brought.as_of = $1 AND brought.status = 'active' AND fact.deal_id IS NOT NULL "
        f"AND brought.content <> $6 AND {OF_ITS_LISTS} GROUP BY brought.import_id",
        [day, *lists, draft.content],
    )
    return [(at or time_in_name(file), theirs) for file, at, theirs in found]


def left_out(
    draft: Draft,
    of_the_day: Sequence[tuple[datetime | None, Sequence[str]]],
    own: Collection[str | None],
    beside: Collection[str],
) -> list[str]:
    """Return the deals of earlier exports of the same list that no later one has.

    `own` are the numbers of the draft's deals, `beside` those of the other drafts of the drop.
    """
    earlier: set[str] = set()
    others = {one for one in (*own, *beside) if one}
    made = snapshot_at(draft)
    for at, theirs in of_the_day:
        came_first = made is None or at is None or at <= made
        if came_first and of_one_list(theirs, own):
            earlier.update(theirs)
        else:
            others.update(theirs)
    return sorted(earlier - others)


def still_open(
    rows: Callable[..., list[tuple[Any, ...]]], left: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Return number, rep, region, product and expected closing of those that are open."""
    if not left:
        return []
    return rows(
        "SELECT deal_id, rep, region, product, expected_close_date FROM deals "
        "WHERE status = 'open' AND deal_id IN (SELECT unnest($1::VARCHAR[]))",
        [[*left]],
    )
