"""Turn orders and contracts that their system has voided into cancelled ones.

    >>> as_cancelled(table("orders"), columns, why, whole)     # doctest: +SKIP
    ({... 'status': ['cancelled', None]}, [None, 'record_pending'], 1)

One that an earlier export brought as good would go on counting if it were only left
out of this one.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.cleaning.keys import last_of_each
from data.values.columns import plain
from domain.tables import Table

_MONEY = pa.decimal128(18, 4)
_VOID = ("record_void", "record_deleted")
_WITHDRAWN = (*_VOID, "record_pending")
# Tables whose records an older export may have brought as good, with what numbers these. One number
# may have several rows of the second kind, which their amounts tell apart.
_WHOLE = {"orders": ("order_id",), "contracts": ("contract_id",), "deals": ("deal_id",)}
_IN_PARTS = {"payments": ("payment_id",), "receivables": ("order_id", "contract_id")}


def as_cancelled(
    table: Table, columns: Columns, uncounted: pa.Array, whole: pa.Array
) -> tuple[Columns, pa.Array, int]:
    """Return the columns, why rows still do not count, and how many became cancelled.

    `uncounted` has the reason of each row that its system does not count; `whole` is whether
    nothing else is wrong with a row. A void row stays out if another row has its number: that
    one is current.
    """
    keys = [columns[name] for name in table.key if name in columns]
    if not keys or "status" not in table.names or "cancelled" not in table.column("status").choices:
        return columns, uncounted, 0
    void = pc.and_(pc.is_in(uncounted, value_set=pa.array(_VOID, pa.string())), whole)
    number = plain(keys[0])
    elsewhere = pc.is_in(number, value_set=number.filter(pc.is_null(uncounted)))
    void = last_of_each(keys, pc.and_(void, pc.invert(elsewhere)))
    count = pc.sum(void).as_py() or 0
    if not count:
        return columns, uncounted, 0
    status = plain(columns["status"]) if "status" in columns else pa.nulls(len(void), pa.string())
    columns = {**columns, "status": pc.if_else(void, pa.scalar("cancelled", pa.string()), status)}
    return columns, pc.if_else(void, pa.scalar(None, pa.string()), uncounted), count


def withdrawn(
    table: Table, columns: Columns, uncounted: pa.Array | None, kept: pa.Array
) -> pa.Table | None:
    """Return number and amount of the records that their system does not count; None if none.

    Those whose number stays in the sheet with a row that is `kept` are not among them. The amount
    is blank where the number is all of a record.
    """
    names = [name for name in {**_WHOLE, **_IN_PARTS}.get(table.name, ()) if name in columns]
    if uncounted is None or uncounted.null_count == len(uncounted) or not names:
        return None
    number = pc.coalesce(*(plain(columns[name]).cast(pa.string()) for name in names))
    amount = pa.nulls(len(number), _MONEY)
    if table.name in _IN_PARTS and "amount" in columns:
        amount = columns["amount"].cast(_MONEY)
    record = pc.binary_join_element_wise(
        number, amount.cast(pa.string()), "\x1f", null_handling="replace"
    )
    out = pc.fill_null(pc.is_in(uncounted, value_set=pa.array(_WITHDRAWN, pa.string())), False)
    out = pc.and_(out, pc.and_(pc.invert(kept), pc.is_valid(number)))
    out = pc.and_(out, pc.invert(pc.is_in(record, value_set=record.filter(kept))))
    gone = pa.table({"number": number, "amount": amount}).filter(out)
    return gone if gone.num_rows else None
