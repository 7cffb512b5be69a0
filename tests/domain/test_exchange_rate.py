"""Exchange rates that are far from the ones before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.exchange_rate import ExchangeRate, leaps


def rate(currency: str, month: int, amount: str, units: int = 1) -> ExchangeRate:
    return ExchangeRate(currency, date(2026, month, 1), units, Decimal(amount))


@pytest.mark.parametrize(
    ("rates", "months"),
    [
        ([rate("USD", 1, "7.1"), rate("USD", 2, "7.2")], []),
        # For a hundred units, and the other way round.
        ([rate("USD", 1, "7.1"), rate("USD", 2, "712")], [(1, 2)]),
        ([rate("USD", 2, "7.1"), rate("USD", 1, "0.14")], [(1, 2)]),
        ([rate("JPY", 1, "4.6", 100), rate("JPY", 2, "0.047")], []),
        ([rate("JPY", 1, "4.6", 100), rate("JPY", 2, "4.7")], [(1, 2)]),
        # Threefold may be a crash; another currency is another rate.
        ([rate("ARS", 1, "0.03"), rate("ARS", 2, "0.01")], []),
        ([rate("EUR", 1, "7.8"), rate("JPY", 2, "0.046")], []),
        ([rate("USD", 1, "7"), rate("USD", 2, "70"), rate("USD", 3, "7")], [(1, 2), (2, 3)]),
    ],
)
def test_rates_more_than_threefold_apart_are_named(
    rates: list[ExchangeRate], months: list[tuple[int, int]]
) -> None:
    pairs = leaps(rates)
    assert [(one.first_day.month, other.first_day.month) for one, other in pairs] == months
