"""Where nothing is known, the pages say it, and show no zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analytics.periods.fiscal import Sum, fiscal_quarter
from analytics.whatif.drivers import Drivers
from data.store import database as stores
from domain.scope import Scope
from pages.kit.i18n.words import words
from pages.kit.plan import fiscal
from pages.kit.review import retention
from pages.kit.week import pipeline
from pages.kit.whatif import sliders
from tests.conftest import bring
from tests.pages.conftest import Opening
from tests.pages.reading import said, sound

pytestmark = pytest.mark.usefixtures("fresh", "inline")

EN = words("en")
MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31))
QUARTER = fiscal_quarter(MARCH.month, 1)


@pytest.mark.parametrize(
    ("deals", "without_amount", "unpriced", "sum_", "known"),
    [
        (5, 2, 2, 0, None),
        (5, 5, 5, 0, None),
        (5, 1, 1, 0, None),
        (5, 2, 1, 300, 300),
        (5, 2, 0, 700, 700),
        (5, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
    ],
)
def test_deals_without_amount_and_list_price_are_worth_nobody_knows_what(
    deals: int, without_amount: int, unpriced: int, sum_: int, known: int | None
) -> None:
    row = pd.Series(
        {"deals": deals, "without_amount": without_amount, "unpriced": unpriced, "listed": sum_}
    )
    assert pipeline._known(row, "unpriced", "listed", of="without_amount") == known


@pytest.mark.parametrize(
    ("target", "with_target", "actual", "left"),
    [
        (200_000, 1, 261_700, "n/a"),
        (200_000, 2, 100_000, "n/a"),
        (0, 0, 50_000, "n/a"),
        (300_000, 3, 261_700, "$38.3K"),
        (200_000, 3, 261_700, "$0"),
        (200_000, 3, 200_000, "$0"),
    ],
)
def test_a_quarter_has_a_remainder_where_each_month_has_a_target(
    target: int, with_target: int, actual: int, left: str
) -> None:
    one = Sum(QUARTER, Decimal(target), with_target, Decimal(actual))
    scope = Scope(month=MARCH.month, as_of=MARCH.as_of, currency="USD")
    assert fiscal._row(EN, scope, one)[3] == left


@pytest.mark.parametrize(
    ("orders", "why"),
    [
        ("Order ID,Order Date,Amount\nA1,2026-02-02,5", "name no customers"),
        ("Order ID,Order Date,Customer,Amount\nA1,2026-02-02,,5", "name no customers"),
        ("Order ID,Order Date,Customer,Amount\nA1,2025-02-02,C,5", "No purchases"),
    ],
    ids=["no column", "blank", "earlier"],
)
def test_sales_without_names_are_purchases(orders: str, why: str) -> None:
    bring(stores.opened(), {"orders.csv": orders})
    span = (date(2026, 1, 1), date(2026, 3, 31))
    assert why in retention._nobody(EN, MARCH, span)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Nothing fits all filters: Region: East; Category: Y."),
     ("zh", "没有数据同时符合这些筛选：地区：East；品类：Y。")],
)  # fmt: skip
def test_filters_that_nothing_fits_together_are_named(
    opening: Opening, language: str, sentence: str
) -> None:
    bring(
        stores.opened(),
        {
            "orders.csv": "Order ID,Order Date,Customer,Region,Category,Amount\n"
            "A1,2026-03-02,C,East,X,5\nA2,2026-03-03,C,West,Y,7"
        },
    )
    found = said(sound(opening(language, region="East", category="Y").run()))
    assert sentence in found
    assert "forecast to end" not in found and "月底预计" not in found
    one_filter = said(sound(opening(language, region="East").run()))
    assert sentence not in one_filter


def test_a_forecast_that_expects_nothing_more_is_said_to_move_with_no_driver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sliders.st, "caption", told.append)
    base: Any = SimpleNamespace(forecast=SimpleNamespace(p50=Decimal(5), actual=Decimal(5)))
    sliders._matters(EN, MARCH, base, Drivers())
    assert len(told) == 1 and "expects nothing more this month" in told[0]
