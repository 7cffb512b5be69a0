"""Exchange rates: what other currencies are worth in the reporting currency, by month.

    >>> save_rates(store, "CNY", entered)
    >>> rates(store, "CNY")
    [ExchangeRate(currency='JPY', first_day=datetime.date(2026, 3, 1), units=100, rate=…)]

A rate holds from its month until the next one of its currency; nothing is converted
before the first. The view `rate_days` has them by their days, for every base.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.store.database import Store
from domain.exchange_rate import ExchangeRate

# A hundred times the largest there is; above it, amounts times rates would overflow.
MOST = 10_000_000


def rates(store: Store, base: str) -> list[ExchangeRate]:
    """Return the rates entered for a base currency, by currency and month."""
    rows = store.rows(
        "SELECT currency, first_day, units, rate FROM exchange_rates WHERE base = ? ORDER BY 1, 2",
        [base],
    )
    return [ExchangeRate(*row) for row in rows]


def has_rates(store: Store) -> bool:
    """Return whether any rate has been entered, for whatever base."""
    ((entered,),) = store.rows("SELECT count(*) > 0 FROM exchange_rates")
    return bool(entered)


def save_rates(store: Store, base: str, entered: Sequence[ExchangeRate]) -> None:
    """Replace the rates of a base currency. Figures depend on them: the facts change.

    Raises ValueError for a rate of the base itself, or one that is not above 0 or above
    `MOST`, and for two rates of a currency from one day.
    """
    for rate in entered:
        if rate.currency == base or rate.units < 1 or not 0 < rate.of_one <= MOST:
            raise ValueError(f"not a rate into {base}: {rate}")
    if len({(rate.currency, rate.first_day) for rate in entered}) < len(entered):
        raise ValueError("two rates of a currency from one day")
    with store.writing("facts") as cursor:
        cursor.execute("DELETE FROM exchange_rates WHERE base = ?", [base])
        for rate in entered:
            cursor.execute(
                "INSERT INTO exchange_rates VALUES (?, ?, ?, ?, ?, current_localtimestamp())",
                [base, rate.currency, rate.first_day, rate.units, rate.rate],
            )
