"""Find the currencies of the money, and what is left out of the figures.

    >>> frame(not_counted, scope, scope.month, scope.until)   # currency, rows, returned, amount
    >>> reporting(frame(count_by_currency), "CNY")
    Reporting(code='EUR', alone=True, unnamed=0)
    >>> offered(frame(count_everywhere), "CNY")
    ['EUR', 'GBP']

Figures count money in the reporting currency, and what has an exchange rate into it
(`analytics.actuals.conversion`); the rest is reported apart. Rows that name no currency
are in the reporting one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
import pandas as pd

from analytics.actuals.actual import foreign
from domain.scope import SOURCES, Scope
from domain.tables import TABLES, ibis_table

# Three deals in dollars beside ten thousand lines that name no currency say nothing.
_FEWEST_NAMED = 0.1
_MOST = 0.5


@dataclass(frozen=True)
class Reporting:
    """The currency that the money is mostly in, and not reported in.

    `alone`: no other is named. `unnamed` rows name none, and would be in it.
    """

    code: str
    alone: bool
    unnamed: int


def count_by_currency() -> ir.Table:
    """Return currency and rows over orders, deals, contracts and payments.

    The currency is null where a row names none.
    """
    every = [ibis_table(source).select("currency") for source in SOURCES]
    rows = ibis.union(*every)
    return rows.group_by("currency").aggregate(rows=rows.count()).order_by("currency")


def count_everywhere() -> ir.Table:
    """Return currency, rows and targets, the rows that are targets, over every table.

    Rows that name no currency are in none of them.
    """
    every = [
        ibis_table(one.name).select("currency", target=ibis.literal(one.name == "targets"))
        for one in TABLES
        if "currency" in one.names
    ]
    rows = ibis.union(*every)
    rows = rows.filter(rows.currency.notnull())
    counted = rows.group_by("currency").aggregate(
        rows=rows.count(), targets=rows.count(where=rows.target)
    )
    return counted.order_by("currency")


def offered(everywhere: pd.DataFrame, now: str) -> list[str]:
    """Return the currencies to choose from instead of `now`: that of most targets comes first.

    The others follow, those of most rows first. `everywhere` is `count_everywhere` as a frame.
    """
    counts = everywhere[everywhere["currency"] != now].sort_values(
        "rows", ascending=False, kind="stable"
    )
    codes = [str(code) for code in counts["currency"]]
    if not (counts["targets"] > 0).any():
        return codes
    first = str(counts.sort_values("targets", ascending=False, kind="stable")["currency"].iloc[0])
    return list(dict.fromkeys([first, *codes]))


def reporting(counted: pd.DataFrame, now: str) -> Reporting | None:
    """Suggest a reporting currency instead of `now`; None where `now` is right.

    `counted` is `count_by_currency` as a frame.

    Another one is suggested where more than half of the rows that name a
    currency name another than `now`: the one that most rows name.
    """
    blank = counted["currency"].isna()
    counts = dict(
        zip(counted["currency"][~blank], counted["rows"][~blank].astype(int), strict=True)
    )
    named_rows, unnamed = sum(counts.values()), int(counted["rows"][blank].sum())
    others = {code: rows for code, rows in counts.items() if code != now}
    if not others or sum(others.values()) <= named_rows * _MOST:
        return None
    if named_rows < (named_rows + unnamed) * _FEWEST_NAMED:
        return None
    code = max(others, key=lambda code: (others[code], code))
    # The reporting currency itself may be named by more rows than any single other one.
    if others[code] <= counts.get(now, 0):
        return None
    return Reporting(str(code), len(counts) == 1, unnamed)


def not_counted(scope: Scope, start: date, end: date) -> ir.Table:
    """Return currency, rows, returned, amount of rows left out only for their currency.

    `returned` of the rows are returns or other negative lines.
    """
    rows = foreign(scope, start, end)
    sums = rows.group_by("currency").aggregate(
        rows=rows.count(),
        returned=rows.count(where=rows.reversal),
        amount=rows.amount.sum().fill_null(0),
    )
    return sums.order_by(ibis.desc("rows"), "currency")
