"""Find shared credit whose shares do not add up to the whole of an order line.

    >>> columns = {"order_id": pa.array(["A", "A"]), "share": pa.array([Decimal("0.7")] * 2)}
    >>> not_whole(columns).to_pylist()
    ['shares_do_not_sum', 'shares_do_not_sum']

Reps with 70 % each would share more than was sold, and no team would have its total.
"""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.derive import Columns
from data.values.columns import plain

_WHOLE = Decimal(1)
_NEARLY = Decimal("0.005")


def not_whole(columns: Columns) -> pa.Array | None:
    """Return why rows of order lines that are not shared whole are left out; None if all are."""
    keys = [name for name in ("order_id", "line_no") if name in columns]
    shares = columns["share"]
    cells = {name: plain(columns[name]) for name in keys}
    rows = pa.table(cells | {"_share": shares, "_at": pa.array(range(len(shares)), pa.int64())})
    sums = rows.group_by(keys).aggregate([("_share", "sum"), ("_at", "list")])
    wrong: list[int] = []
    for total, places in zip(
        sums["_share_sum"].to_pylist(), sums["_at_list"].to_pylist(), strict=True
    ):
        if total is not None and abs(total - _WHOLE) > _NEARLY:
            wrong.extend(places)
    if not wrong:
        return None
    here = pc.is_in(pa.array(range(len(shares)), pa.int64()), value_set=pa.array(wrong, pa.int64()))
    nothing = pa.scalar(None, pa.string())
    return pc.if_else(here, pa.scalar("shares_do_not_sum", pa.string()), nothing)
