from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.review.acquisition import acquisition, new_customers, window
from analytics.review.roi import spent_by_month
from domain.scope import Scope
from tests.analytics.engine import Engine

MARCH = date(2026, 3, 1)
SCOPE = Scope(month=MARCH, as_of=date(2026, 3, 31))


def order(order_id: str, day: date, customer: str, amount: int, cost: int | None) -> dict[str, Any]:
    return {
        "order_id": order_id, "line_no": "1", "order_date": day, "customer": customer,
        "amount": amount, "cost": cost, "status": "valid", "region": "East",
    }  # fmt: skip


ORDERS = [
    order("1", date(2025, 6, 5), "Old", 900, 0),
    order("2", date(2026, 1, 10), "Alder", 300, 200),
    order("3", date(2026, 3, 5), "Alder", 200, 100),
    order("4", date(2026, 3, 2), "Birch", 400, 100),
    order("5", date(2026, 3, 9), "Old", 1000, 0),
]
SPEND = [
    {"period": "2026-02", "channel": "web", "amount": 500},
    {"date": date(2026, 3, 7), "channel": "web", "amount": 600},
    {"period": "2026-03", "channel": "fair", "amount": 400},
]


def computed(engine: Engine, scope: Scope = SCOPE, cycle: float | None = None) -> Any:
    new = pd.DataFrame(engine.run(new_customers(scope, date(2026, 1, 1), date(2026, 3, 31))))
    spent = pd.DataFrame(engine.run(spent_by_month(scope, "channel")))
    return acquisition(spent, new, MARCH, cycle)


def test_cost_and_payback_of_a_new_customer_by_hand(engine: Engine) -> None:
    """Birch is new in March: 600 + 400 of spend ÷ 1 = 1,000.

    Alder (new in January, three months) earned 100 + 100, Birch (one month) 300:
    500 ÷ 4 months = 125 a month, so 1,000 ÷ 125 = 8 months.
    """
    engine.add("orders", ORDERS)
    engine.add("spend", SPEND)
    figures = computed(engine)
    assert (figures.customers, figures.cac) == (1, 1000)
    assert (figures.monthly_margin, figures.payback) == (125, 8)
    # The median deal takes a month: February's spend.
    assert computed(engine, cycle=30.4375).payback == 4


def test_a_filter_makes_nobody_new(engine: Engine) -> None:
    engine.add("orders", [*ORDERS, order("6", date(2026, 1, 2), "Birch", 1, 0) | {"region": "W"}])
    engine.add("spend", SPEND)
    figures = computed(engine, SCOPE.narrowed("region", "East"))
    assert (figures.customers, figures.cac, figures.payback) == (0, None, None)


@pytest.mark.parametrize(
    ("costs", "payback"),
    [((200, 100, 100), 8), ((None, 100, 100), None), ((300, 200, 500), None)],
    ids=["known", "less than nine tenths known", "a loss"],
)
def test_payback_is_told_only_where_costs_are_known_and_earned(
    engine: Engine, costs: tuple[int | None, ...], payback: float | None
) -> None:
    for row, cost in zip(ORDERS[1:4], costs, strict=True):
        engine.add("orders", [row | {"cost": cost}])
    engine.add("spend", SPEND)
    figures = computed(engine)
    assert (figures.cac, figures.payback) == (1000, payback)


def test_without_customers_or_spend_there_is_no_cost(engine: Engine) -> None:
    engine.add("orders", ORDERS[:3])
    engine.add("spend", SPEND)
    assert (computed(engine).customers, computed(engine).cac) == (0, None)
    none = pd.DataFrame({"month": [], "name": [], "spend": []})
    new = pd.DataFrame(
        {"month": [MARCH], "customers": [2], "value": [Decimal(9)], "margin": [4.0],
         "costed": [Decimal(9)]}
    )  # fmt: skip
    assert acquisition(none, new, MARCH, None).cac is None
    assert acquisition(none, new, MARCH, None).monthly_margin == 2
    assert acquisition(none, None, MARCH, None).customers is None


@pytest.mark.parametrize(
    ("begin", "first"),
    [
        (date(2020, 5, 4), date(2025, 4, 1)),
        (date(2025, 12, 31), date(2026, 1, 1)),
        (date(2026, 2, 1), MARCH),
        (date(2026, 3, 2), None),
    ],
    ids=["a year", "after the first month", "one month", "the first month itself"],
)
def test_who_is_new_is_known_after_the_first_month(begin: date, first: date | None) -> None:
    assert window(MARCH, begin) == (None if first is None else (first, MARCH))
