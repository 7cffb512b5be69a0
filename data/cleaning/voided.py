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

_VOID = ("record_void", "record_deleted")


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
