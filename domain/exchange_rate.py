"""One exchange rate.

>>> ExchangeRate("JPY", date(2026, 3, 1), 100, Decimal("4.62")).of_one
Decimal('0.0462')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
