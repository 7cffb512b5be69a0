"""The months of the week page: all in which there were sales, whatever their currency is."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.store import database as stores
from data.store import settings
from pages.kit.i18n.numbers import month_text
from pages.kit.i18n.words import words
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import sound

APRIL, NOVEMBER, DECEMBER = (date(2025, month, 1) for month in (4, 11, 12))


def orders(*currencies: str) -> bytes:
    """Three orders a month from April to November 2025, in these currencies in turn."""
    days = [f"2025-{month:02}-{day:02}" for month in range(4, 12) for day in (3, 12, 21)]
    rows = [
        f"A{place},{day},Meyer,{100 + place},{currencies[place % len(currencies)]}"
        for place, day in enumerate(days)
    ]
    return "\n".join(["Order ID,Order Date,Customer,Amount,Currency", *rows]).encode()


def deals(currency: str) -> bytes:
    rows = [f"D{n},Deal {n},Proposal,{1000 * n},{currency},2025-12-0{n}" for n in range(1, 8)]
    header = "Deal ID,Deal Name,Stage,Amount,Currency,Expected Close Date"
    return "\n".join([header, *rows]).encode()


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("files", "reporting"),
    [
        ({"orders.csv": orders("EUR")}, "EUR"),
        ({"orders.csv": orders("EUR"), "deals.csv": deals("CNY")}, "EUR"),
        ({"orders.csv": orders("EUR", "USD", "EUR")}, "USD"),
        ({"orders.csv": orders("JPY"), "deals.csv": deals("USD")}, "JPY"),
        # Chosen later, or left as it was: the page says what it does not count.
        ({"orders.csv": orders("EUR"), "deals.csv": deals("CNY")}, "CNY"),
        ({"orders.csv": orders("CNY")}, "GBP"),
    ],
    ids=["euros alone", "yuan beside", "two", "yen and dollars", "unchosen", "chosen later"],
)
def test_every_month_with_orders_can_be_chosen(
    opening: Opening, files: dict[str, bytes], reporting: str, language: str
) -> None:
    store = stores.opened()
    bring(store, files)
    settings.choose(store, "currency", reporting)
    at = sound(opening(language).run())
    _ = words(language)  # type: ignore[arg-type]
    expected = [stamp.date() for stamp in pd.date_range(APRIL, DECEMBER, freq="MS")][::-1]
    assert at.selectbox(key="month").options == [month_text(_, day) for day in expected]
    assert at.selectbox(key="month").value == NOVEMBER
    sound(at.selectbox(key="month").set_value(APRIL).run())
    assert at.selectbox(key="month").value == APRIL
