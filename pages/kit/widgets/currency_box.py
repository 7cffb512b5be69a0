"""The choice of the reporting currency, and the currencies to choose from.

>>> currency_codes()[:2]                                                    # doctest: +SKIP
['CNY', 'USD']
"""

from __future__ import annotations

import re

import streamlit as st

from analytics.actuals import currencies
from data.store import settings
from pages.kit.i18n.numbers import currency_name
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.queries.settings import setting
from pages.kit.widgets import seen_data

# Offered after the currencies found in the data.
CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "INR", "BRL",
    "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "UAH", "RUB",
    "CAD", "AUD", "NZD", "KRW", "THB", "MYR", "IDR", "PHP", "VND", "MOP",
    "MXN", "ARS", "CLP", "COP", "PEN", "AED", "SAR", "ILS", "ZAR", "EGP", "NGN", "KES",
)  # fmt: skip
_CODE = re.compile("[A-Z]{3}")


def currency_box(_: Words) -> None:
    """Draw the choice of the currency that figures are in; each change is saved at once."""
    # Another session may have changed it: show the one in force.
    st.session_state.currency = setting("currency")
    st.selectbox(
        _("Reporting currency"),
        currency_codes(),
        format_func=lambda code: currency_name(_, code),
        key="currency",
        on_change=_save_currency,
        help=_(
            "Used for amounts without a currency. Amounts in other currencies are converted where "
            "Settings has an exchange rate, else left out and listed."
        ),
    )


def currency_codes() -> list[str]:
    """Return the codes to choose from: those in the data by frequency, then the common ones."""
    in_data = cache.frame(currencies.count_by_currency).sort_values(
        "rows", ascending=False, kind="stable"
    )
    codes = [str(code) for code in in_data["currency"] if _CODE.fullmatch(str(code))]
    return list(dict.fromkeys([*codes, setting("currency"), *CURRENCIES]))


def _save_currency() -> None:
    seen_data.carry_out(settings.choose, cache.store(), "currency", st.session_state.currency)
