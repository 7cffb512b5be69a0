"""Amounts at exchange rates: each row at the rate of its day, and nothing without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.actuals import actual, conversion
from analytics.pipeline import funnel
from analytics.plan.targets import in_currency
from analytics.review import roi
from data.store import rates
from data.store.database import Store
from domain.exchange_rate import ExchangeRate
from domain.scope import Scope
from domain.tables import ibis_table, table
from tests.analytics.engine import Engine

MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31), converts=True)
FEBRUARY = MARCH.in_month(date(2026, 2, 1))
RATES = [
    ExchangeRate("EUR", date(2026, 2, 1), 1, Decimal("8")),
    ExchangeRate("EUR", date(2026, 3, 1), 1, Decimal("7.5")),
    ExchangeRate("JPY", date(2026, 3, 1), 100, Decimal("4.62")),
]


@pytest.fixture
def rated(engine: Engine, store: Store) -> Callable[[list[ExchangeRate]], None]:
    """`rated(RATES)`: the engine has these rates, by the view of a real database."""

    def put(entered: list[ExchangeRate], base: str = "CNY") -> None:
        rates.save_rates(store, base, entered)
        rows = store.frame("SELECT * FROM rate_days")
        engine.connection.execute("DROP TABLE IF EXISTS rate_days")
        engine.connection.register("days", rows)
        engine.connection.execute("CREATE TABLE rate_days AS SELECT * FROM days")

    return put


@pytest.fixture
def engine() -> Engine:
    return Engine()


def seen(engine: Engine, built: ir.Table, currency: str = "CNY") -> list[dict[str, Any]]:
    return engine.run(conversion.in_currency(built, currency))


def test_each_row_takes_the_rate_of_its_month_and_no_rate_counts_nothing(
    engine: Engine, rated: Callable[..., None]
) -> None:
    rated(RATES)
    engine.add("orders", [
        {"order_id": "1", "order_date": date(2026, 3, 2), "amount": 100},
        {"order_id": "2", "order_date": date(2026, 3, 3), "amount": 10, "currency": "CNY"},
        {"order_id": "3", "order_date": date(2026, 3, 31), "amount": 20, "currency": "EUR"},
        {"order_id": "4", "order_date": date(2026, 2, 28), "amount": 20, "currency": "EUR"},
        {"order_id": "5", "order_date": date(2026, 3, 4), "amount": 5000, "currency": "JPY"},
        {"order_id": "6", "order_date": date(2026, 3, 4), "amount": 7, "currency": "USD"},
        {"order_id": "7", "order_date": date(2026, 1, 31), "amount": 20, "currency": "EUR"},
        {"order_id": "8", "amount": 20, "currency": "EUR"},
    ])  # fmt: skip
    (march,) = seen(engine, actual.total(MARCH, MARCH.month, MARCH.until))
    # 100 + 10 + 20 × 7.5 + 5,000 × 4.62 ÷ 100; the dollars have no rate.
    assert march["value"] == Decimal("491")
    (february,) = seen(engine, actual.total(FEBRUARY, FEBRUARY.month, FEBRUARY.until))
    assert february["value"] == 160
    january = MARCH.in_month(date(2026, 1, 1))
    assert seen(engine, actual.total(january, january.month, january.until))[0]["value"] == 0
    left = seen(engine, actual.left_out(MARCH, MARCH.month, MARCH.until))
    assert {(row["why"], row["currency"], row["amount"]) for row in left} == {
        ("no_date", "EUR", 20),
        ("other_currency", "USD", 7),
    }


def test_the_rates_used_are_listed_with_what_they_were_applied_to(
    engine: Engine, rated: Callable[..., None]
) -> None:
    rated(RATES)
    engine.add("orders", [
        {"order_id": "1", "order_date": date(2026, 2, 2), "amount": "10.5", "currency": "EUR"},
        {"order_id": "2", "order_date": date(2026, 3, 2), "amount": 4, "currency": "EUR"},
        {"order_id": "3", "order_date": date(2026, 3, 3), "amount": 6, "currency": "EUR"},
        {"order_id": "4", "order_date": date(2026, 3, 3), "amount": 6, "currency": "EUR",
         "status": "cancelled"},
        {"order_id": "5", "order_date": date(2026, 3, 3), "amount": 6, "currency": "USD"},
    ])  # fmt: skip
    rows = engine.run(conversion.rates_used(MARCH, FEBRUARY.month, MARCH.until))
    assert [(r["currency"], r["rate"], r["rows"], r["amount"], r["converted"]) for r in rows] == [
        ("EUR", 8, 1, Decimal("10.5"), 84),
        ("EUR", Decimal("7.5"), 2, 10, 75),
    ]


def test_the_largest_amount_at_the_largest_rate_is_no_amount_and_no_error(
    engine: Engine, rated: Callable[..., None]
) -> None:
    rated([ExchangeRate("EUR", date(2026, 3, 1), 1, Decimal(rates.MOST))])
    day = date(2026, 3, 2)
    engine.add("orders", [
        {"order_id": "1", "order_date": day, "amount": 99_999_999_999_999, "currency": "EUR"},
        {"order_id": "2", "order_date": day, "amount": 5},
    ])  # fmt: skip
    assert seen(engine, actual.total(MARCH, MARCH.month, MARCH.until))[0]["value"] == 5
    left = seen(engine, actual.left_out(MARCH, MARCH.month, MARCH.until))
    assert [(row["why"], row["rows"]) for row in left] == [("no_amount", 1)]


def test_an_open_deal_takes_the_rate_of_its_closing_day(
    engine: Engine, rated: Callable[..., None]
) -> None:
    rated(RATES)
    shared = {"status": "open", "stage": "Proposal", "amount": 10, "currency": "EUR"}
    engine.add("deals", [
        {"deal_id": "1", **shared, "expected_close_date": date(2026, 2, 20)},
        {"deal_id": "2", **shared, "expected_close_date": date(2026, 9, 20)},
        {"deal_id": "3", **shared, "created_date": date(2026, 1, 20)},
    ])  # fmt: skip
    deals = {row["deal_id"]: row for row in seen(engine, funnel.deals(MARCH))}
    assert {name: deal["amount"] for name, deal in deals.items()} == {"1": 80, "2": 75, "3": None}
    assert [deal["foreign"] for _, deal in sorted(deals.items())] == [False, False, True]


def test_spend_of_a_month_without_a_day_takes_the_months_rate(
    engine: Engine, rated: Callable[..., None]
) -> None:
    rated(RATES)
    engine.add("spend", [
        {"period": "2026-03", "channel": "Ads", "amount": 10, "budget": 20, "currency": "EUR"},
        {"date": date(2026, 3, 5), "channel": "Ads", "amount": 1, "currency": "CNY"},
        {"period": "2026-Q1", "channel": "Ads", "amount": 99, "currency": "EUR"},
    ])  # fmt: skip
    (row,) = seen(engine, roi.spent(MARCH, "channel", MARCH.month, MARCH.until))
    assert (row["spend"], row["budget"]) == (76, 150)


def test_rates_entered_for_another_reporting_currency_are_used_the_other_way_round(
    rated: Callable[..., None], store: Store
) -> None:
    rated([
        ExchangeRate("EUR", date(2026, 3, 1), 1, Decimal("8")),
        ExchangeRate("USD", date(2026, 3, 1), 1, Decimal("7.2")),
    ])  # fmt: skip
    into = {
        (base, currency): rate
        for base, currency, rate in store.rows("SELECT base, currency, rate FROM rate_days")
    }
    assert into["EUR", "CNY"] == Decimal("0.125")
    assert into["EUR", "USD"] == Decimal("0.9")
    assert into["USD", "EUR"] == Decimal("1.11111111")
    # One that was entered comes before all that can be worked out.
    rated([ExchangeRate("USD", date(2026, 5, 1), 1, Decimal("0.88"))], "EUR")
    euros = store.rows("SELECT first_day, rate FROM rate_days WHERE base='EUR' AND currency='USD'")
    assert euros == [(date(2026, 5, 1), Decimal("0.88"))]


def test_rates_that_are_none_are_refused_and_nothing_changes(store: Store) -> None:
    rates.save_rates(store, "CNY", RATES)
    wrong = [
        [ExchangeRate("CNY", date(2026, 3, 1), 1, Decimal(1))],
        [ExchangeRate("EUR", date(2026, 3, 1), 1, Decimal(0))],
        [ExchangeRate("EUR", date(2026, 3, 1), 0, Decimal(8))],
        [ExchangeRate("EUR", date(2026, 3, 1), 1, Decimal(10_000_001))],
        [RATES[0], replace(RATES[0], rate=Decimal(9))],
    ]
    for entered in wrong:
        with pytest.raises(ValueError):
            rates.save_rates(store, "CNY", entered)
    assert rates.rates(store, "CNY") == RATES


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["CNY", "EUR", "JPY", None]),
            st.integers(1, 31),
            st.decimals(-(10**6), 10**6, places=2),
        ),
        max_size=12,
    )
)
def test_the_sum_is_what_each_row_is_worth(rows: list[tuple[str | None, int, Decimal]]) -> None:
    engine = Engine()
    engine.connection.execute(
        "CREATE TABLE rate_days AS SELECT * FROM (VALUES "
        "('CNY', 'EUR', DATE '2026-03-01', DATE '2026-03-15', 7.5::DECIMAL(18, 8)), "
        "('CNY', 'EUR', DATE '2026-03-16', DATE '9999-12-31', 8::DECIMAL(18, 8)), "
        "('CNY', 'JPY', DATE '2026-03-10', DATE '9999-12-31', 0.0462::DECIMAL(18, 8))) "
        "AS days(base, currency, first_day, last_day, rate)"
    )
    engine.add("orders", [
        {"order_id": str(n), "order_date": date(2026, 3, day), "amount": amount,
         "currency": currency}
        for n, (currency, day, amount) in enumerate(rows)
    ])  # fmt: skip

    def worth(currency: str | None, day: int, amount: Decimal) -> Decimal:
        if currency == "EUR":
            return amount * (Decimal("7.5") if day < 16 else 8)
        if currency == "JPY":
            return amount * Decimal("0.0462") if day >= 10 else Decimal(0)
        return amount

    (total,) = seen(engine, actual.total(MARCH, MARCH.month, MARCH.until))
    # Two decimals times four are rounded to four, a row at a time.
    assert total["value"] == sum(
        (worth(*row).quantize(Decimal("0.0001"), "ROUND_HALF_UP") for row in rows), Decimal(0)
    )


def test_every_table_of_facts_with_a_currency_has_a_day_for_its_rate() -> None:
    # A price list and a survey of the market have no day of their own.
    without = {"products", "market", "targets"}
    for name, dates in conversion._DAYS.items():
        assert set(dates) <= set(table(name).names)
    from domain.tables import TABLES

    named = {each.name for each in TABLES if "currency" in each.names} - without
    assert named == set(conversion._DAYS)


def test_a_measure_without_money_stays_as_it_is() -> None:
    built = ibis_table("customers").select("customer")
    assert conversion.in_currency(built, "CNY").op() == built.op()


def targets(*rows: tuple[str, str, str | None, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"metric": "sales", "period": period, "scope_kind": "rep", "scope_value": rep,
             "version": "imported", "floor": None, "target": Decimal(target), "stretch": None,
             "currency": currency}
            for period, rep, currency, target in rows
        ]
    )  # fmt: skip


DAYS = pd.DataFrame(
    [
        ("EUR", date(2026, 1, 1), date(2026, 2, 28), Decimal("8")),
        ("EUR", date(2026, 3, 1), date(9999, 12, 31), Decimal("7.5")),
        ("USD", date(2026, 1, 1), date(9999, 12, 31), Decimal("7")),
    ],
    columns=["currency", "first_day", "last_day", "rate"],
)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([("2026-03", "Ann", "EUR", 10)], [("CNY", 75)]),
        ([("2026-02", "Ann", "EUR", 10)], [("CNY", 80)]),
        ([("2026-Q1", "Ann", "EUR", 10)], [("CNY", 80)]),
        ([("2026", "Ann", "EUR", 10)], [("CNY", 80)]),
        ([("2025-12", "Ann", "EUR", 10)], [("EUR", 10)]),
        ([("2026-03", "Ann", "GBP", 10)], [("GBP", 10)]),
        ([("2026-03", "Ann", None, 10)], [(None, 10)]),
        # Said twice: nobody knows whether one is the other.
        (
            [("2026-03", "Ann", "EUR", 10), ("2026-03", "Ann", "CNY", 70)],
            [("EUR", 10), ("CNY", 70)],
        ),
        ([("2026-03", "Ann", "EUR", 10), ("2026-03", "Ann", None, 70)], [("EUR", 10), (None, 70)]),
        (
            [("2026-03", "Ann", "EUR", 10), ("2026-03", "Ann", "USD", 11)],
            [("EUR", 10), ("USD", 11)],
        ),
        (
            [("2026-03", "Ann", "EUR", 10), ("2026-03", "Bob", "USD", 10)],
            [("CNY", 75), ("CNY", 70)],
        ),
    ],
)
def test_a_target_takes_the_rate_of_its_periods_first_day(
    rows: list[tuple[str, str, str | None, int]], wanted: list[tuple[str | None, int]]
) -> None:
    converted = in_currency(targets(*rows), DAYS, "CNY")
    got = zip(converted["currency"], converted["target"], strict=True)
    assert [(None if pd.isna(code) else code, target) for code, target in got] == wanted


def test_a_fiscal_years_target_takes_the_rate_of_the_fiscal_years_first_day() -> None:
    (row,) = in_currency(targets(("2025-Q4", "Ann", "EUR", 10)), DAYS, "CNY", 4).to_dict("records")
    assert (row["currency"], row["target"]) == ("CNY", 80)
