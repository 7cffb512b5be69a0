from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.actuals import actual
from analytics.actuals.currencies import (
    Reporting,
    count_by_currency,
    count_everywhere,
    not_counted,
    offered,
    reporting,
)
from analytics.periods.calendar import selling_days
from domain.scope import SOURCES, Scope
from tests.analytics.engine import Engine

YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18), currency="EUR")
DAY = date(2026, 3, 9)
DATES = {
    "orders": "order_date",
    "deals": "closed_date",
    "contracts": "signed_date",
    "payments": "payment_date",
}


def counts(**rows: int) -> pd.DataFrame:
    """rows by currency; `_` are those that name none."""
    told = [(None if code == "_" else code, count) for code, count in rows.items()]
    return pd.DataFrame(told, columns=["currency", "rows"])


@pytest.mark.parametrize(
    ("rows", "now", "found"),
    [
        pytest.param({}, "CNY", None, id="no data"),
        pytest.param({"_": 9}, "CNY", None, id="none named"),
        pytest.param({"EUR": 9}, "CNY", Reporting("EUR", True, 0), id="all in another one"),
        pytest.param({"EUR": 9}, "EUR", None, id="all in the reporting one"),
        pytest.param({"EUR": 8, "CHF": 3}, "CNY", Reporting("EUR", False, 0), id="two others"),
        pytest.param({"EUR": 8, "CHF": 3}, "CHF", Reporting("EUR", False, 0), id="the smaller"),
        pytest.param({"EUR": 5, "CNY": 5}, "CNY", None, id="exactly half"),
        pytest.param({"CNY": 4, "EUR": 3, "CHF": 3}, "CNY", None, id="ours is still the first"),
        pytest.param({"EUR": 2, "_": 8}, "CNY", Reporting("EUR", True, 8), id="most name none"),
        pytest.param({"USD": 3, "_": 9999}, "CNY", None, id="three of ten thousand"),
    ],
)
def test_another_currency_is_suggested_where_most_rows_that_name_one_name_it(
    rows: dict[str, int], now: str, found: Reporting | None
) -> None:
    assert reporting(counts(**rows), now) == found


def test_the_currencies_of_every_source_are_counted(engine: Engine) -> None:
    for source in SOURCES:
        engine.add(source, [{"amount": 1, "currency": "EUR"}, {"amount": 1}])
    told = {row["currency"]: row["rows"] for row in engine.run(count_by_currency())}
    assert told == {"EUR": len(SOURCES), None: len(SOURCES)}


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_not_counted_is_what_the_passport_leaves_out_for_its_currency(
    engine: Engine, source: Any
) -> None:
    won = {"status": "won"} if source == "deals" else {}
    lost = {"deals": {"status": "lost"}, "payments": {}}.get(source, {"status": "cancelled"})
    day = DATES[source]
    engine.add(
        source,
        [
            {day: DAY, "amount": 100, "currency": "EUR", **won},
            {day: DAY, "amount": 100, **won},
            {day: DAY, "amount": 7, "currency": "CHF", **won},
            {day: DAY, "amount": Decimal("0.5"), "currency": "CHF", **won},
            {day: DAY, "currency": "USD", **won},
            {day: date(2026, 4, 9), "amount": 7, "currency": "CHF", **won},
            {"amount": 7, "currency": "CHF", **won},
            *([{day: DAY, "amount": 7, "currency": "CHF", **lost}] if lost else []),
        ],
    )
    scope = Scope(MARCH.month, MARCH.as_of, source, currency="EUR")
    period = (scope.month, scope.until)
    found = engine.run(not_counted(scope, *period))
    assert found == [
        {"currency": "CHF", "rows": 2, "returned": 0, "amount": Decimal("7.5")},
        {"currency": "USD", "rows": 1, "returned": 0, "amount": 0},
    ]
    left = [
        {
            "currency": row["currency"],
            "rows": row["rows"],
            "returned": 0,
            "amount": row["amount"],
        }
        for row in engine.run(actual.left_out(scope, *period))
        if row["why"] == "other_currency"
    ]
    assert found == left


def test_filters_hold_for_what_is_not_counted(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            {"order_date": DAY, "amount": amount, "currency": "CHF", "rep": rep}
            for rep, amount in (("Ann", 5), ("Bob", 6))
        ],
    )
    (found,) = engine.run(not_counted(MARCH.narrowed("rep", "Bob"), MARCH.month, MARCH.until))
    assert found == {"currency": "CHF", "rows": 1, "returned": 0, "amount": 6}


@pytest.mark.parametrize(
    ("rows", "now", "found"),
    [
        # 62 invoices in pounds and 61 in euros; 24 targets in euros.
        ({"orders": "GBP " * 62 + "EUR " * 61 + "CHF " * 5, "targets": "EUR " * 24}, "CNY",
         ["EUR", "GBP", "CHF"]),
        # Without targets most rows come first, whatever table they are in.
        ({"orders": "GBP " * 6 + "EUR " * 5, "spend": "EUR " * 2}, "CNY", ["EUR", "GBP"]),
        ({"orders": "GBP " * 6, "deals": "USD " * 7, "activities": "EUR"}, "CNY",
         ["USD", "GBP", "EUR"]),
        # The currency of the targets comes first even with fewer rows, and stays one of them.
        ({"orders": "GBP " * 9, "targets": "EUR " * 2 + "USD"}, "CNY", ["EUR", "GBP", "USD"]),
        # Targets in the currency in force, or in none, say nothing of the others.
        ({"orders": "GBP " * 3 + "EUR " * 2, "targets": "CNY " * 4 + "- " * 3}, "CNY",
         ["GBP", "EUR"]),
        ({"orders": "EUR"}, "CNY", ["EUR"]),
        ({"orders": "EUR"}, "EUR", []),
        ({"orders": "- -"}, "CNY", []),
    ],
)  # fmt: skip
def test_each_currency_is_offered_and_that_of_the_targets_first(
    engine: Engine, rows: dict[str, str], now: str, found: list[str]
) -> None:
    for name, codes in rows.items():
        named = [None if code == "-" else code for code in codes.split()]
        engine.add(name, [{"currency": code} for code in named])
    everywhere = pd.DataFrame(
        engine.run(count_everywhere()), columns=["currency", "rows", "targets"]
    )
    assert offered(everywhere, now) == found
