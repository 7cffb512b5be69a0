"""Files nobody here wrote, and figures other people computed from them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastexcel
import pandas as pd
import pytest

from analytics.actuals import actual
from analytics.pipeline import funnel, win_rate
from domain.scope import Scope
from tests.analytics.engine import Engine

HOME = Path(__file__).parents[2]
REAL = Path(os.environ.get("YUEPAN_REAL_DATA", HOME.parent / "shared" / "data"))
EVER = (date(2000, 1, 1), date(2099, 12, 31))
DECIMALS = Decimal("0.0001")

DEALS = Scope(month=date(2017, 12, 1), as_of=date(2017, 12, 31), source="deals")
ORDERS = Scope(month=date(2017, 12, 1), as_of=date(2017, 12, 31), source="orders")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no real files in {REAL}"),
]


def reference(folder: str) -> dict[str, Any]:
    with (REAL / folder / "reference.json").open(encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


def sales(published: Any) -> float:
    """Some tables publish sales alone, some beside the profit."""
    return float(published["sales"] if isinstance(published, dict) else published)


def money(values: pd.Series) -> list[str]:
    return [str(Decimal(str(one)).quantize(DECIMALS)) for one in values]


def crm(engine: Engine, product_aliases: dict[str, str]) -> None:
    """The Maven pipeline in the canonical tables; aliases as a user would confirm them."""
    folder = REAL / "maven_crm"
    found = pd.read_csv(folder / "sales_pipeline.csv")
    status = {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}
    deals = pd.DataFrame(
        {
            "deal_id": found["opportunity_id"],
            "rep": found["sales_agent"],
            "product": found["product"].replace(product_aliases),
            "customer": found["account"],
            "stage": found["deal_stage"],
            "status": found["deal_stage"].map(status),
            "amount": found["close_value"],
            "created_date": pd.to_datetime(found["engage_date"]),
            "closed_date": pd.to_datetime(found["close_date"]),
        }
    )
    engine.add_frame("deals", deals)
    products = pd.read_csv(folder / "products.csv")
    products = products.rename(columns={"series": "category", "sales_price": "list_price"})
    engine.add_frame("products", products)
    teams = pd.read_csv(folder / "sales_teams.csv")
    teams.columns = pd.Index(["rep", "manager", "region"])
    engine.add_frame("reps", teams)


@pytest.fixture(scope="module")
def maven() -> Iterator[Engine]:
    engine = Engine()
    crm(engine, {"GTXPro": "GTX Pro"})
    yield engine
    engine.connection.close()


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    return reference("maven_crm")


def test_maven_stages_and_win_rates(maven: Engine, published: dict[str, Any]) -> None:
    overall = published["overall"]
    stages = {row["stage"]: row["deals"] for row in maven.run(funnel.by_stage(DEALS))}
    assert stages == {
        name: overall[name.lower()] for name in ("Won", "Lost", "Prospecting", "Engaging")
    }
    rates = maven.one(win_rate.win_rates(DEALS))
    assert rates["deals"] == overall["opportunities"]
    assert rates["win_rate_of_closed"] == pytest.approx(overall["win_rate"], abs=1e-6)
    assert rates["win_rate_of_all"] == pytest.approx(overall["won_over_all"], abs=1e-6)


def test_maven_days_to_close(maven: Engine, published: dict[str, Any]) -> None:
    overall, found = published["overall"], maven.one(win_rate.days_to_close(DEALS))
    for of in ("closed", "won", "lost"):
        mean = overall[f"avg_days_to_close_{of}"]
        assert found[f"{of}_mean_days"] == pytest.approx(mean, abs=1e-4)
        assert found[f"{of}_median_days"] == overall[f"median_days_{of}"]
    assert (found["negative"], found["undated"]) == (0, 0)


@pytest.mark.parametrize(
    ("by", "table"),
    [
        ("month", "by_close_month"), ("quarter", "by_close_quarter"), ("rep", "by_agent"),
        ("manager", "by_manager"), ("region", "by_region"), ("product", "by_product"),
    ],
)  # fmt: skip
def test_maven_won_and_lost(maven: Engine, published: dict[str, Any], by: str, table: str) -> None:
    def name(value: Any) -> str:
        if by == "quarter":
            return f"{value.year}-Q{(value.month + 2) // 3}"
        return f"{value:%Y-%m}" if by == "month" else str(value)

    found = {name(row[by]): row for row in maven.run(win_rate.closed(DEALS, by))}
    assert set(found) == set(published[table])
    for one, expected in published[table].items():
        row = found[one]
        assert (row["won_count"], row["lost_count"]) == (expected["won"], expected["lost"])
        assert row["won_value"] == expected["won_value"]
        assert row["win_rate_of_closed"] == pytest.approx(expected["win_rate"], abs=1e-6)


def test_maven_actual_is_what_was_won(maven: Engine, published: dict[str, Any]) -> None:
    found = maven.one(actual.total(DEALS, *EVER))
    assert (found["value"], found["rows"]) == (published["overall"]["won_value"], 4238)
    months = published["by_close_month"]
    december = maven.one(actual.total(DEALS, DEALS.month, DEALS.end))
    assert december["value"] == months["2017-12"]["won_value"]
    managers = maven.run(actual.by(DEALS, "manager", *EVER))
    assert {row["manager"]: row["value"] for row in managers} == {
        manager: row["won_value"] for manager, row in published["by_manager"].items()
    }


def test_maven_open_deals_at_list_price_need_the_alias(
    maven: Engine, engine: Engine, published: dict[str, Any]
) -> None:
    expected = published["overall"]["open_list_price_value"]
    found = maven.one(funnel.open_pipeline(DEALS))
    assert (found["list_price_value"], found["unpriced"]) == (expected, 0)
    assert expected == 4_966_215
    assert maven.run(funnel.unmatched_products(DEALS)) == []
    crm(engine, {})
    assert engine.one(funnel.open_pipeline(DEALS))["list_price_value"] == 3_360_822
    (unmatched,) = engine.run(funnel.unmatched_products(DEALS))
    assert (unmatched["product"], unmatched["deals"]) == ("GTXPro", 1480)


SHOPS = {
    "superstore": (
        "Sample-Superstore.xls", "Orders", "Returns", "Row ID", "Order ID", "Order Date",
        "Customer Name", "Region", "Category", "Product Name", "Quantity", "Sales",
    ),
    "chaoshi": (
        "示例 - 超市.xls", "订单", "退货", "行 ID", "订单 ID", "订单日期",
        "客户名称", "地区", "类别", "产品名称", "数量", "销售额",
    ),
}  # fmt: skip
COLUMNS = (
    "line_no", "order_id", "order_date", "customer", "region", "category", "product",
    "quantity", "amount",
)  # fmt: skip


def shop(folder: str) -> Engine:
    name, orders, returns, *columns = SHOPS[folder]
    book = fastexcel.read_excel(REAL / folder / name)
    lines = book.load_sheet(orders).to_pandas()[columns]
    lines.columns = pd.Index(COLUMNS)
    lines["line_no"] = lines["line_no"].astype(int).astype(str)
    for column in ("quantity", "amount"):
        lines[column] = money(lines[column])
    engine = Engine()
    engine.add_frame("orders", lines)
    returned = book.load_sheet(returns).to_pandas()
    # A confirmed import keeps one row a returned order.
    ids = returned[columns[1]].drop_duplicates()
    engine.add_frame("returns", pd.DataFrame({"order_id": ids}))
    return engine


@pytest.fixture(scope="module", params=list(SHOPS))
def store(request: pytest.FixtureRequest) -> Iterator[tuple[str, Engine]]:
    engine = shop(request.param)
    yield request.param, engine
    engine.connection.close()


def test_shops_by_year_and_month_are_the_published_gross(store: tuple[str, Engine]) -> None:
    folder, engine = store
    expected = reference(folder)
    days = pd.DataFrame(engine.run(actual.by_day(ORDERS, *EVER)))
    for form, table in (("%Y", "by_year"), ("%Y-%m", "by_month")):
        found = days.groupby([f"{day:{form}}" for day in days["date"]])["gross"].sum()
        assert set(found.index) == set(expected[table])
        for period, value in expected[table].items():
            assert float(found[period]) == pytest.approx(sales(value), abs=0.01)


@pytest.mark.parametrize(
    ("dimension", "tables"),
    [("region", ("by_region", "by_地区")), ("category", ("by_category",))],
)
def test_shops_by_region_and_category(
    store: tuple[str, Engine], dimension: str, tables: tuple[str, ...]
) -> None:
    folder, engine = store
    expected = next((reference(folder)[one] for one in tables if one in reference(folder)), None)
    if expected is None:
        pytest.skip(f"no published figures by {dimension} for {folder}")
    found = engine.run(actual.by(ORDERS, dimension, *EVER))
    assert {row[dimension] for row in found} == set(expected)
    for row in found:
        assert float(row["gross"]) == pytest.approx(sales(expected[row[dimension]]), abs=0.01)


def test_superstore_returns_are_the_difference_of_gross_and_net(
    store: tuple[str, Engine],
) -> None:
    folder, engine = store
    if folder != "superstore":
        pytest.skip("the value of the returns is published for Superstore only")
    expected = reference(folder)
    found = engine.one(actual.total(ORDERS, *EVER))
    # The published gross was added up in floats.
    assert float(found["gross"]) == pytest.approx(expected["sales"], abs=1e-3)
    returned = Decimal(str(expected["returned_sales"]))
    assert float(found["gross"] - found["value"]) == pytest.approx(float(returned), abs=1e-3)
    (why,) = engine.run(actual.left_out(ORDERS, *EVER))
    assert (why["why"], why["rows"]) == ("returned", expected["returned_lines"])
    assert found["rows"] == expected["rows"] - expected["returned_lines"]
