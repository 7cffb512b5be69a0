"""Amounts that name no currency have no sign while it is asked which one they are in."""

from __future__ import annotations

import pytest

from data.store import database as stores
from data.store import settings
from pages.kit.i18n.words import words
from tests.conftest import bring
from tests.pages.test_files_page import Page, confirm, drop, files_page, results

__all__ = ["files_page"]

ORDERS = "Order ID,Order Date,Customer,Amount,Currency\n" + "\n".join(
    f"A{n},2026-03-0{n},X,100,EUR" for n in range(1, 8)
)
QUOTAS = "Sales Rep,Month,Quota\nWang,2026-03,1000\nLi,2026-03,500\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("chosen", "written"), [(None, "1,500.00"), ("EUR", "€1,500.00"), ("CNY", "¥1,500.00")]
)
def test_a_quota_without_a_currency_is_no_yuan_before_the_answer(
    files_page: Page, language: str, chosen: str | None, written: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    bring(stores.opened(), {"orders.csv": ORDERS.encode()})
    if chosen:
        settings.choose(stores.opened(), "currency", chosen)
    at = confirm(drop(files_page(language), {"quotas.csv": QUOTAS.encode()}))
    money = results(at).iloc[1]
    assert money[_("In the file")] == money[_("In the dashboard")] == written
