"""Look for the records of a draft that are here in another form, so that they count once.

    >>> looked_up(store, draft, today, others=[], own_import=None).again   # doctest: +SKIP
    Again(question=None, settled_known=('O-1',), ...)

`data.staging.order_shapes` finds orders with other lines, `data.staging.other_numbers` records
with other numbers or none, `data.staging.spend_again` spend by other parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from data.facts.canonical_names import accepted
from data.staging import number_ways
from data.staging.draft import Draft, of_its_kind
from data.staging.equal_records import Look
from data.staging.findings import NOT_AGAIN
from data.staging.known_numbers import others_in_store
from data.staging.known_records import in_common, numbers
from data.staging.number_ways import COMPARED
from data.staging.order_shapes import in_another_shape
from data.staging.other_numbers import under_other_numbers
from data.staging.selections import selected
from data.staging.spend_again import spent_already
from data.store.database import Store


def looked_up(
    store: Store, draft: Draft, today: date, others: Sequence[Draft], own_import: int | None
) -> Draft:
    """Return the draft with its records that the store, or an earlier draft, has otherwise.

    `others` are the drafts of the same drop, of which the earlier ones count; the import
    `own_import` is of this very file, about to be read again.
    """
    draft = replace(draft, again=NOT_AGAIN, selection=None)
    # Whether a number is that of another record is settled first.
    if (
        draft.table is None
        or draft.table not in COMPARED
        # A deal comes again in every export, and its amount and days change.
        or draft.table == "deals"
        or draft.already
        or number_ways.questions(draft)
    ):
        return draft
    earlier = [(other, _ids(other, today)) for other in of_its_kind(draft, others)]
    # Names of our own.
    if not earlier and not store.rows(f'SELECT 1 FROM "{draft.table}" LIMIT 1'):  # noqa: S608
        return draft
    if draft.table == "spend":
        none = pa.array([], pa.string())
        look = Look(store, draft, None, none, earlier, own_import, accepted(store), today)
        return replace(draft, again=spent_already(look))
    there = others_in_store(store, draft.table, own_import)
    ids = _ids(draft, today)
    look = Look(store, draft, ids, there.ids, earlier, own_import, accepted(store), today)
    again, selection = NOT_AGAIN, None
    if draft.table == "orders" and ids is not None:
        keyed = [(other, theirs) for other, theirs in earlier if theirs is not None]
        known = pa.concat_arrays([there.ids, *(theirs for _other, theirs in keyed)])
        shared = in_common(ids, known)
        again = in_another_shape(store, draft, ids, shared, keyed, own_import, today)
        if again == NOT_AGAIN:
            selection = selected(look, in_common(ids, there.ids))
    if again == NOT_AGAIN:
        again = under_other_numbers(look)
    return replace(draft, again=again, selection=selection)


def _ids(draft: Draft, today: date) -> pa.Array | None:
    """Return the numbers of a draft's rows; None if it has none."""
    if not number_ways.key_of(draft):
        return None
    return numbers(draft, number_ways.way_of(draft), today, draft.own_numbers)
