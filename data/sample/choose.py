"""Choose who buys and through which channel, which makes two of the stories.

    >>> choose = Chooser(rng, customers)
    >>> choose.begin(date(2026, 3, 1))
    >>> choose.channel(choose.customer(rep=3, day=date(2026, 3, 9), dealt=True), 88_000_00)

In 2026 customers of the class with falling loyalty seldom buy again soon. The revenue of
search ads flattens while their cost keeps rising.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from math import exp

import numpy as np

from data.sample.days import pick
from data.sample.names import DEALERS, DIRECT, KEY, POTENTIAL, SEARCH, SHOWS, WEBINARS
from data.sample.people import Customer
from data.sample.plan import sales_plan

# Monthly spend on search ads in yuan, rising step by step.
_SEARCH_STEPS = (
    *((2025, 1, 60_000), (2025, 5, 110_000), (2025, 9, 180_000)),
    *((2026, 1, 270_000), (2026, 4, 360_000)),
)
_SEARCH_MOST, _SEARCH_HALF = 1_500_000, 95_000
_SHOW_MONTHS = {3: 0.12, 4: 0.15, 5: 0.11, 9: 0.12, 10: 0.15, 11: 0.11}
_WEBINARS = 0.065
_LOYAL_UNTIL = date(2026, 1, 1)


def search_spend(month: date) -> int:
    """Return the cost of search ads in a month, in yuan."""
    return [
        cost for year, number, cost in _SEARCH_STEPS if (year, number) <= (month.year, month.month)
    ][-1]


def search_sales(month: date) -> float:
    """Return their revenue, which rises ever more slowly with their cost."""
    return _SEARCH_MOST * (1 - exp(-search_spend(month) / _SEARCH_HALF)) * _season(month)


def _season(month: date) -> float:
    return sales_plan(month) / 10_800_000


class Chooser:
    """Choices that depend on earlier ones: who has just bought, which channel is behind."""

    def __init__(self, rng: np.random.Generator, customers: Sequence[Customer]) -> None:
        self._rng, self._customers = rng, customers
        self._of: dict[int, list[int]] = defaultdict(list)
        for number, customer in enumerate(customers):
            self._of[customer.rep].append(number)
        self._bought: dict[int, list[date]] = defaultdict(list)
        self._due: dict[int, float] = {}

    def begin(self, month: date) -> None:
        """Begin a month with the revenue planned for each channel, in yuan."""
        sales = sales_plan(month)
        self._due = {
            SHOWS: sales * _SHOW_MONTHS.get(month.month, 0.06),
            SEARCH: search_sales(month),
            WEBINARS: sales * _WEBINARS,
        }
        self._due[DIRECT] = sales * 0.73 - sum(self._due.values())

    def customer(self, rep: int, day: date, dealt: bool) -> int:
        """Choose a buyer; new customers and those who bought too little come through deals."""
        mine = [n for n in self._of[rep] if self._customers[n].created < day - timedelta(days=15)]
        chosen = mine[pick(self._rng, [self._wants(n, day, dealt) for n in mine])]
        self._bought[chosen].append(day)
        return chosen

    def prospect(self, rep: int, day: date) -> int:
        """Choose whose deal is lost, more often one who has never bought."""
        mine = [n for n in self._of[rep] if self._customers[n].created < day - timedelta(days=15)]
        weights = [1.0 if self._customers[n].kind == POTENTIAL else 0.7 for n in mine]
        return mine[pick(self._rng, weights)]

    def channel(self, customer: int, amount: int) -> int:
        """Return the channel furthest behind its plan; a dealer's customer buys from the dealer."""
        if self._customers[customer].partner is not None:
            return DEALERS
        # In proportion to what is left, so that no channel is served before another.
        names = list(self._due)
        left = [max(self._due[name], 1.0) for name in names]
        chosen = names[pick(self._rng, left)]
        self._due[chosen] -= amount / 100
        return chosen

    def any_channel(self, customer: int) -> int:
        """Choose the channel of a lost deal."""
        if self._customers[customer].partner is not None:
            return DEALERS
        return (DIRECT, SHOWS, SEARCH, WEBINARS)[pick(self._rng, (0.55, 0.15, 0.2, 0.1))]

    def _wants(self, number: int, day: date, dealt: bool) -> float:
        customer = self._customers[number]
        if customer.kind == POTENTIAL:
            return customer.weight * (4.0 if dealt else 0.3)
        if customer.kind == KEY:
            return customer.weight
        since = day - timedelta(days=100)
        recent = sum(since <= bought < day for bought in self._bought[number])
        if day >= _LOYAL_UNTIL:
            return customer.weight * 0.42**recent
        return customer.weight * (2.0 if recent else 1.0)
