"""Find orders that a newer export of their days should have and has not.

    >>> absent(store, draft, days, numbers)  # doctest: +SKIP
    Absent(orders=('O-2',), ...)

An order that was deleted in the source comes no more, and nothing would ever take it out of
the figures; but an export of one region lacks the orders of all others too. So whoever
imports is asked. Looked at are the imports that share an order with the file, and of their
orders those whose days lie within the file's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.staging import number_ways
from data.staging.draft import DELETED, KEPT, Draft
from data.staging.file_days import exported_at, exported_on
from data.staging.findings import WHOLE, Absent
from data.store.database import Store
from data.values.columns import distinct

_SAMPLES = 3


def absent(
    store: Store,
    draft: Draft,
    days: tuple[date | None, date | None],
    numbers: Callable[[], pa.Array],
) -> Absent | None:
    """Return the orders missing from a draft whose `days` cover them; None if there are none.

    `numbers` returns those of its rows, told apart from the same numbers of other orders.
    """
    if draft.table != "orders" or draft.sheet is None or draft.already or None in days:
        return None
    if not {"order_id", "order_date"} <= set(draft.mapping):
        return None
    said = _exported_on(draft, days[1])
    known = store.table(
        "SELECT order_id, max(import_id) AS import_id, max(order_date) AS last, "
        "sum(amount) AS amount FROM orders WHERE order_id NOT LIKE 'row:%' "
        # An older export lacks the orders that came later, and they are not gone.
        "AND import_id NOT IN (SELECT import_id FROM imports WHERE made_on > ? "
        "  OR (exported = CAST(? AS DATE) AND exported_at > ?)) "
        "GROUP BY order_id HAVING min(order_date) >= ? AND max(order_date) <= ?",
        [said or date.max, said, exported_at(draft), *days],
    )
    if not known.num_rows:
        return None
    meant = list(draft.twins.get("order_id", {}).values())
    here = pc.is_in(known["order_id"], value_set=distinct(numbers()))
    shared = pc.unique(known["import_id"].filter(here))
    # What may be a number of the file with other zeros is asked about as such.
    here = pc.or_(here, pc.is_in(known["order_id"], value_set=pa.array(meant, pa.string())))
    alike = pc.is_in(known["import_id"], value_set=_whole(shared))
    missing = known.filter(pc.and_(alike, pc.invert(here))).sort_by("order_id")
    if not missing.num_rows:
        return None
    head = missing.slice(0, _SAMPLES).to_pylist()
    return Absent(
        tuple(missing["order_id"].to_pylist()),
        tuple((row["order_id"], row["last"], row["amount"]) for row in head),
        number_ways.way_of(draft),
    )


def questions(draft: Draft) -> list[Question]:
    """Ask what became of the missing orders, deals or targets, unless it was answered."""
    question = _question(draft)
    return (
        []
        if question is None or draft.answers.get(question.key) in question.options
        else [question]
    )


def _exported_on(draft: Draft, last: date | None) -> date | None:
    """Return the day of an export, unless its rows know a later one."""
    said = exported_on(draft)
    return None if said and last and last > said else said


def _question(draft: Draft) -> Question | None:
    if draft.absent is None or draft.sheet is None or not draft.absent.orders:
        return None
    column = draft.absent.column
    if column not in draft.mapping:
        return None
    # Of other orders with the same numbers, none is missing.
    if draft.table == "orders" and (
        number_ways.questions(draft) or draft.absent.way != number_ways.way_of(draft)
    ):
        return None
    # A selection has not the orders of which it has no line.
    if draft.selection and draft.answers.get(draft.selection.question.key) != WHOLE:
        return None
    header = draft.sheet.header[draft.mapping[column]]
    samples = tuple(
        (
            f"{number} · {day.isoformat()}" if day else number,
            ("0", f"{amount:f}" if amount is not None else ""),
        )
        for number, day, amount in draft.absent.first
    )
    count = draft.absent.count or str(len(draft.absent.orders))
    return Question(column, header, "gone", (DELETED, KEPT), samples, count)


def _whole(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
