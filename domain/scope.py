"""Define what a figure is about: the month, the day it is seen from, and the filters.

>>> scope = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18), source="orders")
>>> scope.end
datetime.date(2026, 3, 31)
>>> scope.narrowed("region", "East").filters
(('region', ('East',)),)
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

Source = Literal["orders", "deals", "contracts", "payments"]

# What counts as the actual when the user has not said: the first that is there.
SOURCES: tuple[Source, ...] = ("orders", "deals", "contracts", "payments")

# Every way to cut a figure; also the names of the filters in a link.
DIMENSIONS: tuple[str, ...] = (
    "rep",
    "team",
    "manager",
    "region",
    "product",
    "category",
    "channel",
    "customer_class",
    "customer",
)


@dataclass(frozen=True)
class Scope:
    """The month, the as-of date, what counts as actual, and the filters.

    `month` is the first day of the month. Each filter holds one or more values;
    an empty one means all. `currency` is the reporting currency: rows in
    another currency are left out and counted, never summed; where the company has
    exchange rates it `converts` those that have one. `selling_days` is
    "CN", another country's code, or "ALL" for those who sell seven days a week.
    """

    month: date
    as_of: date
    source: Source = "orders"
    metric: str = "sales"
    currency: str = "CNY"
    converts: bool = False
    selling_days: str = "CN"
    rep: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    manager: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    customer_class: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError(f"a month is named by its first day, not {self.month}")

    @property
    def end(self) -> date:
        """Return the last day of the month."""
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    @property
    def until(self) -> date:
        """Return the last day of the month that has been seen: as-of, within the month."""
        return max(min(self.as_of, self.end), self.month)

    @property
    def filters(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the filters that are set, in the order of `DIMENSIONS`."""
        return tuple((name, getattr(self, name)) for name in DIMENSIONS if getattr(self, name))

    def narrowed(self, dimension: str, *values: str) -> Scope:
        """Return this scope with one filter set; raises ValueError for an unknown dimension."""
        if dimension not in DIMENSIONS:
            raise ValueError(f"no dimension {dimension!r}")
        changed: dict[str, Any] = {dimension: values}
        return replace(self, **changed)

    def unfiltered(self) -> Scope:
        """Return this scope of the whole company."""
        no_filters: dict[str, Any] = {name: () for name in DIMENSIONS}
        return replace(self, **no_filters)

    def in_month(self, month: date, as_of: date | None = None) -> Scope:
        """Return the same scope in another month."""
        return replace(self, month=month.replace(day=1), as_of=as_of or self.as_of)
