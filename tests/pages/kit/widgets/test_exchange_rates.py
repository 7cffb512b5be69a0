"""Exchange rates on the pages: entered once, used by every figure, and named beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from data.store import database as stores
from data.store import rates, settings
from domain.exchange_rate import ExchangeRate
from pages.kit.i18n.numbers import date_text, exact, money
from pages.kit.i18n.words import words
from tests.pages.conftest import Opening
from tests.pages.kit.widgets.test_reporting_currency import (
    DEALS,
    LANGUAGES,
    MARCH,
    ORDERS,
    TARGETS,
    Having,
    having,
    page,
)
from tests.pages.reading import metrics, said, sound
from tests.pages.sample import headline, table_with

__all__ = ["having"]

pytestmark = pytest.mark.usefixtures("fresh")

CHF = ExchangeRate("CHF", MARCH, 1, Decimal("1.1"))


def editor_key(at: AppTest) -> str:
    return next(str(one.key) for one in at.data_editor if str(one.key).startswith("rates_"))


def typed(at: AppTest, *rows: dict[str, object]) -> AppTest:
    """Add rows to the table of rates, as a user types them."""
    at.session_state[editor_key(at)] = {
        "edited_rows": {}, "added_rows": list(rows), "deleted_rows": [],
    }  # fmt: skip
    return sound(at.run())


@LANGUAGES
def test_a_rate_that_is_entered_converts_the_month_it_holds_in(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS, currency="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "settings.py")
    assert at.button(key="save_rates").disabled
    typed(at, {"first_day": "2026-03-01", "units": 1, "currency": "CHF", "rate": 1.1})
    sound(at.button(key="save_rates").click().run())
    assert rates.rates(stores.opened(), "EUR") == [CHF]
    at = page(opening, language, "week.py")
    # 1,000 + 2,000 + 300.50 × 1.1
    assert money(_, Decimal("3330.55"), "EUR") in metrics(at)
    # February's are from before the first rate, and the forecast would use them.
    at = page(opening, language, "plan.py")
    assert exact(_, Decimal(400), "CHF") in said(at)
    assert _("there is no exchange rate into {currency} for them", currency="EUR") in said(at)


@LANGUAGES
def test_the_passport_names_the_rate_and_what_it_was_applied_to(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS, currency="EUR")
    rates.save_rates(stores.opened(), "EUR", [CHF])
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "week.py")
    sound(at.button(key="from_gap").click().run())
    row = table_with(at, _("Converted")).iloc[0].tolist()
    assert row == [
        exact(_, Decimal("300.5"), "CHF"), "1", "1.1", date_text(_, MARCH),
        exact(_, Decimal("330.55"), "EUR"),
    ]  # fmt: skip


def test_targets_and_deals_are_converted_too(opening: Opening, having: Having) -> None:
    having(DEALS, TARGETS.replace("Bob,1000,EUR", "Bob,1000,CHF"), currency="EUR", actual="deals")
    rates.save_rates(stores.opened(), "EUR", [CHF])
    at = page(opening, "en", "week.py")
    assert "not in EUR" not in said(at)
    # Won 50 + 60 × 1.1 of 9,000 + 1,000 × 1.1.
    assert money(words("en"), Decimal(116), "EUR") in metrics(at)
    # The pace ends at 510; 10,100 − 510.
    assert "€9.59K short" in headline(at)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"first_day": "2026-03-01", "units": 1, "currency": "CHF"}, "Row 1 needs"),
        ({"first_day": "2026-03-01", "units": 1, "currency": "CHF", "rate": 0}, "Row 1 needs"),
        ({"units": 1, "currency": "CHF", "rate": 1.1}, "Row 1 needs"),
    ],
)
def test_a_row_that_is_no_rate_is_said_and_not_saved(
    opening: Opening, having: Having, row: dict[str, object], sentence: str
) -> None:
    having(ORDERS, currency="EUR")
    at = typed(page(opening, "en", "settings.py"), row)
    assert any(sentence in error.value for error in at.error)
    assert at.button(key="save_rates").disabled


def test_a_rate_a_hundred_times_the_one_before_is_asked_about(
    opening: Opening, having: Having
) -> None:
    having(ORDERS, currency="EUR")
    at = typed(
        page(opening, "en", "settings.py"),
        {"first_day": "2026-03-01", "units": 1, "currency": "CHF", "rate": 1.1},
        {"first_day": "2026-04-01", "units": 1, "currency": "CHF", "rate": 112},
    )
    assert any("for 100 units" in warning.value for warning in at.warning)
    assert not at.button(key="save_rates").disabled


@LANGUAGES
def test_a_file_fills_the_table_and_saves_nothing_by_itself(
    opening: Opening, having: Having, language: str
) -> None:
    having(ORDERS, currency="EUR")
    _ = words(language)  # type: ignore[arg-type]
    at = page(opening, language, "settings.py")
    content = b"Month,Currency,Rate\n2026-02,CHF,1.05\n2026-03,CHF,1.1\nsoon,CHF,\n"
    uploader = next(one for one in at.file_uploader if str(one.key).startswith("rates_file"))
    sound(uploader.upload("rates.csv", content, "text/csv").run())
    assert rates.rates(stores.opened(), "EUR") == []
    assert any("4" in warning.value for warning in at.warning)
    sound(at.button(key="save_rates").click().run())
    assert [rate.rate for rate in rates.rates(stores.opened(), "EUR")] == [
        Decimal("1.05"), Decimal("1.1"),
    ]  # fmt: skip


def test_with_rates_nobody_is_asked_for_another_reporting_currency(
    opening: Opening, having: Having
) -> None:
    having(ORDERS)
    store = stores.opened()
    rates.save_rates(store, "CNY", [ExchangeRate("EUR", date(2026, 1, 1), 1, Decimal(8))])
    at = page(opening, "zh", "week.py")
    assert "report_in" not in [one.key for one in at.button]
    assert money(words("zh"), Decimal(24_000), "CNY") in metrics(at)
    assert settings.setting(store, "currency") == "CNY"


def test_rates_that_are_taken_back_convert_nothing(having: Having) -> None:
    having(ORDERS)
    store = stores.opened()
    assert not rates.has_rates(store)
    rates.save_rates(store, "CNY", [ExchangeRate("EUR", MARCH, 1, Decimal(8))])
    rates.save_rates(store, "CNY", [])
    assert not rates.has_rates(store)
