"""Compare the market's size with a year earlier, from months or quarters.

>>> market_of(frame(sizes, scope), date(2026, 3, 1))
(281740000.0, 260000000.0)
"""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir
import pandas as pd

from domain.scope import Scope
from domain.tables import ibis_table

_MONTHS_OF_A_QUARTER = 3


def sizes(scope: Scope) -> ir.Table:
    """Return period ('YYYY-MM', 'YYYY-Qn'), size in the scope's currency.

    The size is the sum over the parts of the market.

    With a filter on region, the sizes of those regions; other filters are not
    asked: a market knows no reps.
    """
    rows = ibis_table("market")
    rows = rows.filter((rows.currency == scope.currency).fill_null(True), rows.size.notnull())
    if scope.region:
        rows = rows.filter(rows.scope.isin(scope.region))
    return rows.group_by("period").aggregate(size=rows.size.sum()).order_by("period")


def market_of(rows: pd.DataFrame, month: date) -> tuple[float, float] | None:
    """Return the size of the month (else its quarter) and the same of a year earlier.

    None if unknown.
    """
    known = {str(row["period"]): float(row["size"]) for row in rows.to_dict("records")}
    quarter = (month.month - 1) // _MONTHS_OF_A_QUARTER + 1
    for name in (f"-{month.month:02}", f"-Q{quarter}"):
        now, then = known.get(f"{month.year}{name}"), known.get(f"{month.year - 1}{name}")
        if now is not None and then is not None:
            return now, then
    return None
