"""Find the day on which a list of spend stops, where that is in the middle of a month.

    >>> stops(frame(days_by_month), date(2026, 3, 1), until=date(2026, 3, 31))
    datetime.date(2026, 3, 12)

Half a month's spend beside a whole month's sales would be a return twice as high as it is.
A list with one entry a month, or with the same last day every month, does not stop there.
"""

from __future__ import annotations

from datetime import date

import ibis.expr.types as ir
import pandas as pd

from analytics.periods.months import as_date, month_before
from analytics.review.roi import spend_day
from domain.tables import ibis_table

# Fewer days without spend are a weekend, or nothing that had to be paid.
_FEWEST_DAYS = 5
# As many days with spend in the only month of a list make it a list by day.
_BY_DAY = 5


def days_by_month() -> ir.Table:
    """Return month, last, days, whole: the last day with spend and how many there are.

    A month with a row of its own as its period is `whole`.
    """
    spend = ibis_table("spend")
    spend = spend.mutate(day=spend_day(spend))
    spend = spend.filter(spend.day.notnull())
    month = spend.day.cast("timestamp").truncate("M").cast("date")
    return (
        spend.group_by(month=month)
        .aggregate(
            last=spend.day.max(),
            days=spend.day.nunique(),
            whole=spend.date.isnull().any(),
        )
        .order_by("month")
    )


def stops(listed: pd.DataFrame, month: date, until: date) -> date | None:
    """Return the last day of the list where it ends within `month`, days before `until`.

    `listed` is `days_by_month`. None where the list goes on or is not kept by day.
    """
    by_month = {as_date(row["month"]): row for row in listed.to_dict("records")}
    if not by_month or month != max(by_month) or by_month[month]["whole"]:
        return None
    last = as_date(by_month[month]["last"])
    if (until - last).days < _FEWEST_DAYS:
        return None
    before = by_month.get(month_before(month))
    if before is None:
        return last if by_month[month]["days"] >= _BY_DAY else None
    # The month before went on to a later day of the month.
    return last if as_date(before["last"]).day - last.day >= _FEWEST_DAYS else None
