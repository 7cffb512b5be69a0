"""One exchange rate.

>>> ExchangeRate("JPY", date(2026, 3, 1), 100, Decimal("4.62")).of_one
Decimal('0.0462')
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

# From one entry to the next, a rate that changes more is more likely a slip than a crash.
_FAR = Decimal(3)


@dataclass(frozen=True)
class ExchangeRate:
    """`units` of a currency are worth `rate` of the base currency from `first_day` on."""

    currency: str
    first_day: date
    units: int
    rate: Decimal

    @property
    def of_one(self) -> Decimal:
        """Return what one unit of the currency is worth."""
        return self.rate / self.units


def leaps(rates: Iterable[ExchangeRate]) -> list[tuple[ExchangeRate, ExchangeRate]]:
    """Return the rates of a currency that are next to each other and more than threefold apart."""
    ordered = sorted(rates, key=lambda rate: (rate.currency, rate.first_day))
    return [
        (earlier, later)
        for earlier, later in pairwise(ordered)
        if earlier.currency == later.currency
        and not 1 / _FAR <= later.of_one / earlier.of_one <= _FAR
    ]
