from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.actuals import customers
from analytics.review import advertising, attribution, roi
from analytics.review.attribution import MODELS, attributed, model_range
from domain.scope import Scope
from tests.analytics.engine import Engine

START, END = date(2026, 3, 1), date(2026, 3, 31)
SCOPE = Scope(month=START, as_of=END)


def order(order_id: str, day: int, amount: int, **more: Any) -> dict[str, Any]:
    return {
        "order_id": order_id, "line_no": "1", "order_date": date(2026, 3, day),
        "amount": amount, "status": "valid",
    } | more  # fmt: skip


def touch(frame: list[tuple[int, str | None, int, bool]], value: int = 100) -> pd.DataFrame:
    """Touches of sales on 31 March: (sale, name, days before, the order's own)."""
    return pd.DataFrame(
        [
            (sale, END, Decimal(value), value * 0.4, name, END - pd.Timedelta(days=age), direct)
            for sale, name, age, direct in frame
        ],
        columns=["sale", "day", "value", "margin", "name", "touched", "direct"],
    )


FOUR = touch(
    [(1, "fair", 90, False), (1, "web", 60, False), (1, "web", 30, False), (1, "shop", 0, True)]
)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("direct", {"shop": 100}),
        ("first", {"fair": 100}),
        ("last", {"shop": 100}),
        ("linear", {"fair": 25, "web": 50, "shop": 25}),
        ("u", {"fair": 40, "web": 20, "shop": 40}),
        ("decay", {"fair": 100 / 15, "web": 600 / 15, "shop": 800 / 15}),
    ],
)
def test_each_model_shares_a_sale_as_its_name_says(model: Any, told: dict[str, float]) -> None:
    found = attributed(FOUR, model).set_index("name")
    assert {name: float(value) for name, value in found["value"].items()} == pytest.approx(
        told, abs=1e-4
    )
    assert sum(found["value"]) == 100
    assert found["margin"].sum() == pytest.approx(40)


@pytest.mark.parametrize("model", MODELS)
def test_one_or_two_touches_are_shared_whole(model: Any) -> None:
    one = attributed(touch([(1, "web", 0, True)]), model)
    assert one["value"].tolist() == [100]
    if model == "u":
        two = attributed(touch([(1, "web", 9, False), (1, "shop", 0, True)]), model)
        assert two["value"].tolist() == [50, 50]


TOUCHES = st.lists(
    st.tuples(
        st.integers(1, 5), st.none() | st.sampled_from("abc"), st.integers(0, 99), st.booleans()
    ),
    min_size=1,
)


@settings(deadline=None)
@given(TOUCHES, st.integers(-500, 5000), st.sampled_from(MODELS))
def test_what_is_credited_sums_to_the_sales_exactly(
    rows: list[tuple[int, str | None, int, bool]], value: int, model: Any
) -> None:
    found = attributed(touch(sorted(rows, key=lambda row: (row[0], -row[2])), value), model)
    assert sum(found["value"]) == value * len({row[0] for row in rows})
    assert found["name"].is_unique


@pytest.mark.parametrize(
    ("blank", "margin", "costed"), [(0, 400, 1), (1, 400, 0.9), (2, None, 0.8)]
)
def test_a_few_lines_without_a_cost_do_not_hide_the_margin(
    blank: int, margin: float | None, costed: float
) -> None:
    rows = touch([(sale, "web", 0, True) for sale in range(10)])
    rows.loc[rows["sale"] < blank, "margin"] = None
    (found,) = attributed(rows, "direct").to_dict("records")
    assert found["costed"] == pytest.approx(costed)
    assert found["value"] == 1000
    told = None if pd.isna(found["margin"]) else found["margin"]
    assert told == (None if margin is None else pytest.approx(margin))


def test_models_side_by_side_show_their_range() -> None:
    tables = {model: attributed(FOUR, model) for model in ("first", "linear")}
    wide = model_range(tables).set_index("name")
    assert (wide.loc["fair", "low"], wide.loc["fair", "high"]) == (25, 100)
    assert (wide.loc["web", "low"], wide.loc["web", "high"]) == (0, 50)
    with pytest.raises(ValueError, match="model"):
        attributed(FOUR, "guess")  # type: ignore[arg-type]


def test_touches_are_the_customers_leads_deals_and_the_orders_own_channel(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            order("1", 20, 100, customer="Sun", channel="shop", cost=60),
            order("2", 21, 50, customer="Moon"),
            order("3", 22, 7, channel="shop", cost=1),
        ],
    )
    engine.add(
        "leads",
        [
            {"lead_id": "a", "customer": "Sun", "source": "fair", "created_date": date(2026, 1, 5),
             "deal_id": "d1"},
            {"lead_id": "b", "customer": "Sun", "source": "old", "created_date": date(2025, 1, 5)},
            {"lead_id": "c", "customer": "Sun", "source": "z", "created_date": date(2026, 3, 21)},
        ],
    )  # fmt: skip
    engine.add(
        "deals",
        [
            # born of lead a: the same touch, not a second one
            {"deal_id": "d1", "customer": "Sun", "source": "fair", "status": "won",
             "created_date": date(2026, 1, 9)},
            {"deal_id": "d2", "customer": "Sun", "source": "x", "channel": "web", "status": "open",
             "created_date": date(2026, 3, 1)},
        ],
    )  # fmt: skip
    rows = engine.run(attribution.touches(SCOPE, "channel", START, END))
    told = [(row["value"], row["name"], row["direct"]) for row in rows]
    assert told == [
        (100, "fair", False), (100, "web", False), (100, "shop", True),
        (50, None, None),
        (7, "shop", True),
    ]  # fmt: skip
    found = attributed(pd.DataFrame(rows), "first").set_index("name")
    assert found["value"].to_dict() == {"fair": 100, "shop": 7, None: 50}
    assert found["margin"].fillna(-1).to_dict() == {"fair": 40, "shop": 6, None: -1}


def test_a_shared_order_with_two_lines_keeps_its_money_and_its_margin(engine: Engine) -> None:
    """Traps 4 and 6: neither credits nor lookups may count a line twice."""
    engine.add(
        "orders",
        [
            order("1", 5, 100, rep="Li", channel="shop", cost=60),
            order("1", 5, 30, rep="Li", channel="shop", line_no="2", product="P", quantity=3),
        ],
    )
    engine.add("products", [{"product": "P", "cost": 4}, {"product": "P", "cost": 4}])
    engine.add("credits", [{"order_id": "1", "rep": rep, "share": 0.5} for rep in ("Li", "Wu")])
    (row,) = engine.run(attribution.sales(SCOPE, "channel", START, END))
    assert (row["value"], row["margin"]) == (130, pytest.approx(130 - 60 - 12))


def test_a_credit_note_takes_its_cost_off_the_margin(engine: Engine) -> None:
    # 100 for 60 sold, 40 for 24 credited; 60 for 10 pieces of 4 sold, 18 for 3 credited.
    engine.add(
        "orders",
        [
            order("1", 5, 100, channel="shop", cost=60),
            order("2", 6, -40, channel="shop", cost=24),
            order("3", 5, 60, channel="shop", product="P", quantity=10),
            order("4", 6, -18, channel="shop", product="P", quantity=3),
        ],
    )
    engine.add("products", [{"product": "P", "cost": 4}])
    rows = engine.run(attribution.sales(SCOPE, "channel", START, END))
    assert sum(row["margin"] for row in rows) == pytest.approx((100 - 40) - (60 - 24) + 42 - 28)


def test_deals_bring_their_campaign_and_no_margin(engine: Engine) -> None:
    engine.add("deals", [{"deal_id": "1", "status": "won", "amount": 9, "campaign": "spring",
                          "closed_date": START}])  # fmt: skip
    scope = Scope(month=START, as_of=END, source="deals")
    (row,) = engine.run(attribution.sales(scope, "campaign", START, END))
    assert (row["own"], row["value"], row["margin"]) == ("spring", 9, None)


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ({"source": "Web"}, "Web"),
        ({"source": "展会"}, "展会"),
        ({"source": "Messe", "channel": None}, "Messe"),
        ({"source": "Salon", "channel": "Partner"}, "Partner"),
        ({"channel": "门店"}, "门店"),
        ({}, None),
    ],
)
def test_deals_came_through_their_channel_else_through_their_source(
    engine: Engine, said: dict[str, str | None], own: str | None
) -> None:
    engine.add("deals", [{"deal_id": "1", "status": "won", "amount": 9, "closed_date": START,
                          **said}])  # fmt: skip
    scope = Scope(month=START, as_of=END, source="deals")
    (row,) = engine.run(attribution.sales(scope, "channel", START, END))
    assert (row["own"], row["value"]) == (own, 9)
    (sold,) = engine.run(roi.sales_by_month(scope, "channel"))
    assert (sold["name"], sold["value"]) == (own, 9)


def test_spend_is_by_date_else_by_month_and_the_rest_is_told(engine: Engine) -> None:
    engine.add(
        "spend",
        [
            {"date": date(2026, 3, 3), "channel": "web", "amount": 10, "budget": 12},
            {"period": "2026-03", "channel": "web", "amount": 5},
            {"period": "2026-04", "channel": "web", "amount": 1},
            {"period": "2026-Q1", "channel": "web", "amount": 100},
            {"date": date(2026, 3, 3), "amount": 7, "currency": "USD"},
        ],
    )
    (row,) = engine.run(roi.spent(SCOPE, "channel", START, END))
    assert (row["name"], row["spend"], row["budget"]) == ("web", 15, 12)
    months = engine.run(roi.spent_by_month(SCOPE, "channel"))
    assert [(row["month"], row["spend"]) for row in months] == [
        (date(2026, 3, 1), 15), (date(2026, 4, 1), 1),
    ]  # fmt: skip
    assert engine.run(roi.undated(SCOPE)) == [
        {"currency": "CNY", "rows": 1, "spend": 100},
        {"currency": "USD", "rows": 1, "spend": 7},
    ]


def test_a_blank_channel_is_not_a_channel_called_unknown(engine: Engine) -> None:
    """Trap 13."""
    paid = {"period": "2026-03", "amount": 1}
    engine.add("spend", [paid, paid | {"channel": "unknown", "amount": 60}])
    engine.add("orders", [order("1", 3, 5), order("2", 3, 8, channel="unknown")])
    spend = pd.DataFrame(engine.run(roi.spent(SCOPE, "channel", START, END)))
    back = attributed(
        pd.DataFrame(engine.run(attribution.touches(SCOPE, "channel", START, END))), "direct"
    )
    rows = roi.returns(spend, back).rows
    assert list(zip(rows["name"], rows["spend"], rows["revenue"], strict=True)) == [
        ("unknown", 60, 8), (None, 1, 5),
    ]  # fmt: skip
    assert engine.run(roi.sales_by_month(SCOPE, "channel")) == [
        {"month": START, "name": "unknown", "value": 8},
        {"month": START, "name": None, "value": 5},
    ]


def test_returned_orders_are_not_credited_to_anybody(engine: Engine) -> None:
    """Trap 14: what counts is the net figure."""
    engine.add("orders", [order("1", 3, 5, channel="web"), order("2", 3, 8, channel="web")])
    engine.add("returns", [{"order_id": "2"}])
    rows = engine.run(attribution.touches(SCOPE, "channel", START, END))
    assert attributed(pd.DataFrame(rows), "linear")["value"].tolist() == [5]


def test_returns_divide_sums_and_nothing_else() -> None:
    """Trap 8: a total is not a mean of ratios."""
    spend = pd.DataFrame(
        {"name": ["web", "fair", "idle"], "spend": [Decimal(100), Decimal(300), Decimal(50)],
         "budget": [Decimal(90), None, None]}
    )  # fmt: skip
    credited = pd.DataFrame(
        {"name": ["web", "fair", "shop"], "value": [Decimal(400), Decimal(600), Decimal(80)],
         "margin": [160.0, 240.0, 20.0], "costed": [1.0, 1.0, 1.0]}
    )  # fmt: skip
    found = roi.returns(spend, credited)
    rows = found.rows.set_index("name")
    assert list(rows.index) == ["fair", "web", "idle", "shop"]
    assert rows["output"].fillna(-9).to_dict() == {"fair": 2, "web": 4, "idle": 0, "shop": -9}
    assert rows.loc["web", "roi"] == pytest.approx(0.6)
    assert rows.loc["idle", "roi"] == -1
    assert found.total["output"] == pytest.approx(1080 / 450)
    assert found.total["roi"] == pytest.approx((420 - 450) / 450)
    assert (found.total["spend"], found.total["budget"]) == (450, 90)
    assert found.total["share_of_spend"] == 1


def test_a_margin_that_is_not_known_leaves_an_output_and_no_roi() -> None:
    spend = pd.DataFrame({"name": ["web"], "spend": [Decimal(100)], "budget": [None]})
    credited = pd.DataFrame(
        {"name": ["web"], "value": [Decimal(400)], "margin": [float("nan")], "costed": [0.4]}
    )
    found = roi.returns(spend, credited)
    assert (found.total["roi"], found.total["output"]) == (None, 4)


@pytest.mark.parametrize(
    ("credited", "ratios"),
    [
        pytest.param([], (None, None), id="no sale at all"),
        pytest.param([(None, 900, 300.0)], (None, None), id="no sale names a campaign"),
        pytest.param([(None, 900, 300.0), ("fair", 0, 0.0)], (None, None), id="a touch of nothing"),
        # Fair brought 400 on 100, of which 150 margin: the campaigns of other sales are known.
        pytest.param([(None, 900, 300.0), ("fair", 400, 150.0)], (0.5, 4), id="one is named"),
        pytest.param([(None, 900, 300.0), ("web", 50, 20.0)], (-1, 0), id="another is named"),
        pytest.param([("web", 50, 20.0)], (-1, 0), id="only another is named"),
    ],
)
def test_a_campaign_lost_its_spend_only_where_sales_name_campaigns(
    credited: list[tuple[str | None, int, float]], ratios: tuple[float | None, float | None]
) -> None:
    spend = pd.DataFrame({"name": ["fair"], "spend": [Decimal(100)], "budget": [None]})
    rows = [(name, Decimal(value), margin, 1.0) for name, value, margin in credited]
    back = pd.DataFrame(rows, columns=["name", "value", "margin", "costed"])
    found = roi.returns(spend, back)
    fair = found.rows.set_index("name").loc["fair"]
    assert (fair["roi"], fair["output"]) == ratios
    assert found.connected == (ratios[0] is not None)


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [(None, 30.0), (0, 30.0), (30.4375, 20.0), (15.21875, 25.0), (91.3125, None)],
)
def test_acquisition_cost_is_the_cost_of_a_cycle_ago(
    cycle: float | None, expected: float | None
) -> None:
    spend = {date(2026, 3, 1): Decimal(300), date(2026, 2, 1): Decimal(200)}
    assert roi.cac(spend, {START: 10}, START, cycle) == expected
    assert roi.cac(spend, {}, START, cycle) is None


def test_payback_is_in_months_and_never_for_a_loss() -> None:
    assert roi.payback(900, 150) == 6
    assert roi.payback(900, -1) is roi.payback(900, None) is roi.payback(None, 5) is None


def test_repeat_purchases_are_orders_and_not_lines(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            order("1", 2, 10, customer="two lines"),
            order("1", 2, 10, customer="two lines", line_no="2"),
            order("2", 2, 10, customer="two orders"),
            order("3", 9, 10, customer="two orders"),
            order("4", 9, 10, customer="old"),
            order("0", 9, 10, customer="old", order_date=date(2025, 9, 1), region="West"),
            order("5", 9, 10),
            order("6", 9, 10, customer="cancelled", status="cancelled"),
        ],
    )
    found = engine.one(customers.count_buyers(SCOPE, START, END))
    assert found == {
        "customers": 3, "new_customers": 2, "new_value": 40, "repeat_customers": 1,
        "repeat_rate": pytest.approx(1 / 3), "begin": date(2025, 9, 1),
    }  # fmt: skip
    east = engine.one(customers.count_buyers(SCOPE.narrowed("region", ""), START, END))
    assert east["new_customers"] == 2  # bought in the West before: not new


def test_retention_is_of_those_who_bought_before(engine: Engine) -> None:
    february = (date(2026, 2, 1), date(2026, 2, 28))
    for number, name in enumerate(["stays", "leaves"]):
        engine.add("orders", [order(f"f{number}", 1, 5, customer=name, order_date=february[0])])
    engine.add("orders", [order("1", 2, 5, customer="stays"), order("2", 2, 5, customer="comes")])
    found = engine.one(customers.retention(SCOPE, february, (START, END)))
    assert found == {"customers_before": 2, "customers_kept": 1, "retention": 0.5}
    nobody = engine.one(customers.retention(SCOPE, (date(2020, 1, 1),) * 2, february))
    assert nobody["retention"] is None


def test_a_click_costs_only_the_spend_that_states_clicks(engine: Engine) -> None:
    engine.add(
        "spend",
        [
            {"date": START, "campaign": "Spring", "amount": 60, "impressions": 1000, "clicks": 30,
             "conversions": 3},
            {"date": END, "campaign": "Spring", "amount": 40, "impressions": 1000, "clicks": 20},
            {"date": END, "campaign": "Spring", "amount": 500},
            {"date": END, "campaign": "Brand", "amount": 50, "clicks": 0, "conversions": 0},
            {"date": END, "campaign": "Fair", "amount": 900},
            {"date": END, "campaign": "Spring", "amount": 7, "clicks": 9, "currency": "USD"},
            {"date": date(2026, 4, 1), "campaign": "Spring", "amount": 8, "clicks": 9},
        ],
    )  # fmt: skip
    rows = engine.run(advertising.advertised(SCOPE, "campaign", START, END))
    costs = advertising.costs(pd.DataFrame(rows)).to_dict("records")
    names = [(row["name"], row["clicks"], row["cpc"], row["cpa"], row["ctr"]) for row in costs]
    assert [name for name, *_ in names[:2]] == ["Brand", "Spring"]
    # 100 ÷ 50 clicks, 60 ÷ 3 conversions; nobody clicked on Brand, whose 50 counts in the total.
    assert names[1][1:] == (50, 2.0, 20.0, 0.025)
    assert names[0][1] == 0
    assert pd.isna(names[0][2])
    assert names[2][1:] == (50, 3.0, pytest.approx(110 / 3), 0.025)
