"""Find the as-of date of the figures, and the table that counts as the actual.

    >>> as_of({"orders": date(2026, 3, 14), "payments": None}, {"orders"}, date(2026, 3, 20))
    AsOf(date=datetime.date(2026, 3, 14), lag_days=6, oldest_table='orders')

Old data hold the as-of date back. Only dates of things that have happened move
it, never planned or due dates; an export of deals that was made later has seen the
days up to its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce

import ibis
import ibis.expr.types as ir

from analytics.periods.calendar import Calendar, working_days
from domain.scope import SOURCES, Source
from domain.tables import TABLES, ibis_table

# A row of these tables has happened only with one of these words, or with none.
_HAPPENED = {"activities": ("done",), "deals": ("won", "lost"), "orders": ("valid", "returned")}

# The day of the export itself: nothing closed since the last closing date, and that is known.
_EXPORTED = {"deals": "as_of"}


@dataclass(frozen=True)
class AsOf:
    """The as-of date, how many days it lies before today, and the table that holds it back."""

    date: date
    lag_days: int
    oldest_table: str | None


def date_ranges() -> ir.Table:
    """Return table, first, last: the actual dates of each canonical table that has such a column.

    Whatever the currency of the rows is. Both are null for an empty table. One small query over
    all of them.
    """
    parts = [_range(table.name, table.actual_dates) for table in TABLES if table.actual_dates]
    return reduce(lambda left, right: left.union(right), parts)


def as_of(last: Mapping[str, date | None], needed: Collection[str], today: date) -> AsOf:
    """Return the earlier of `today` and the oldest last date among the tables `needed`.

    Tables without any date do not count; with none left the answer is today.
    """
    known = [(day, name) for name in sorted(needed) if (day := last.get(name)) is not None]
    if not known or min(known)[0] >= today:
        return AsOf(today, 0, None)
    day, name = min(known)
    return AsOf(day, (today - day).days, name)


def to_month_end(seen: AsOf, calendar: Calendar, end: date, today: date) -> AsOf:
    """Return the as-of date moved to the month's `end` where only free days are left until then.

    A month whose last sale is of Friday the 30th is over on Saturday the 31st, as nothing more
    was to come. `calendar` covers the days to `end`; a month that is not over `today` stays open.
    """
    if end > today or working_days(calendar, seen.date + timedelta(days=1), end):
        return seen
    return replace(seen, date=end, lag_days=(today - end).days)


def source_for(counts: Mapping[str, int], setting: str | None) -> Source | None:
    """Return what counts as the actual: the setting, else the first source that has rows.

    A setting that names no source is as good as none; None where all are empty.
    """
    for source in SOURCES:
        if source == setting:
            return source
    return next((source for source in SOURCES if counts.get(source, 0) > 0), None)


def _range(name: str, columns: tuple[str, ...]) -> ir.Table:
    table = ibis_table(name)
    words = _HAPPENED.get(name)
    happened = table.status.isnull() | table.status.isin(words) if words else None
    days = [table[column].cast("date") for column in columns]
    begins = [day.min(where=happened) for day in days]
    ends = [day.max(where=happened) for day in days]
    if exported := _EXPORTED.get(name):
        ends.append(table[exported].cast("date").max())
    both = table.aggregate(
        first=ibis.least(*begins) if len(begins) > 1 else begins[0],
        last=ibis.greatest(*ends) if len(ends) > 1 else ends[0],
    )
    if name == "payments":
        both = both.cross_join(_collected_of_orders()).mutate(
            first=lambda joined: ibis.coalesce(joined["first"], joined.first_of_orders),
            last=lambda joined: ibis.coalesce(joined["last"], joined.last_of_orders),
        )
    return both.select(table=ibis.literal(name), first=both["first"], last=both["last"])


def _collected_of_orders() -> ir.Table:
    """Return the days that orders reach which say what was collected of them, until payments do."""
    orders = ibis_table("orders")
    told = orders.filter(
        orders.collected_so_far.notnull(),
        orders.status.isnull() | orders.status.isin(_HAPPENED["orders"]),
    )
    return told.aggregate(
        first_of_orders=ibis.coalesce(told.last_collected, told.order_date).min(),
        # A blank is no day: the later of two is the one that is there.
        last_of_orders=ibis.greatest(told.order_date.max(), told.last_collected.max()),
    )
