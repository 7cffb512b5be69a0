"""Files nobody here wrote, dropped on the files page, and the figures others published."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.actuals import actual
from analytics.pipeline import funnel, win_rate
from domain.scope import Scope
from pages.kit.queries import cache, load, slices
from tests.pages.conftest import Opening
from tests.pages.reading import metrics, plain, said, sound
from tests.pages.test_files_page import confirm, drop, week

REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[3] / "shared" / "data"))
EVER = (date(2000, 1, 1), date(2099, 12, 31))
DECEMBER = Scope(month=date(2017, 12, 1), as_of=date(2017, 12, 31), source="deals")
CRM = (
    "accounts.csv",
    "data_dictionary.csv",
    "products.csv",
    "sales_pipeline.csv",
    "sales_teams.csv",
)
PIPELINES = ("sales_pipeline.csv", "dd-mm-yy.csv", "m-d-yyyy.csv", "minus-one-for-open.csv")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"no real files in {REAL}"),
]


def reference(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REAL / folder / "reference.json").read_text("utf-8"))
    return found


def crm(pipeline: str) -> dict[str, bytes]:
    folder = REAL / "maven_crm"
    files = {name: (folder / name).read_bytes() for name in CRM}
    if pipeline != "sales_pipeline.csv":
        del files["sales_pipeline.csv"]
        files[pipeline] = (folder / "variants" / pipeline).read_bytes()
    return files


def opened(opening: Opening, **link: str) -> AppTest:
    return sound(opening("en", **link).run().switch_page("files.py").run())


def by(dimension: str) -> dict[str, float]:
    found = cache.frame(actual.by, DECEMBER, dimension, *EVER)
    return dict(zip(found[dimension], found["value"].astype(float), strict=True))


@pytest.mark.parametrize("pipeline", PIPELINES)
def test_a_real_crm_is_read_without_a_click_and_gives_the_published_figures(
    opening: Opening, inline: None, pipeline: str
) -> None:
    expected = reference("maven_crm")
    overall = expected["overall"]
    at = drop(opened(opening), crm(pipeline))
    taken = {plain(one.label).strip("*"): one.value for one in at.checkbox}
    tables = {
        name: box.value
        for name, box in zip(
            taken, (one for one in at.selectbox if str(one.key).endswith("_table")), strict=True
        )
    }
    assert tables == {
        "accounts.csv": "customers",
        "data_dictionary.csv": "",
        "products.csv": "products",
        pipeline: "deals",
        "sales_teams.csv": "reps",
    }
    assert not taken["data_dictionary.csv"]
    assert any(plain(one.value).startswith("data_dictionary.csv") for one in at.caption)
    assert not [one for one in at.segmented_control if str(one.key).endswith("_answer")]
    confirm(at)
    before = cache.frame(funnel.open_pipeline, DECEMBER)["list_price_value"][0]
    assert float(before) == expected["traps"]["without_GTXPro_fix_open_list_price_value"]
    sound(at.button(key="same_product_GTXPro").click().run())
    week(at)
    rates = next(frame.value for frame in at.dataframe if len(frame.value) == 10).iloc[:, 1]
    told = [re.sub(r"[^\d.%]", "", text) for text in rates]
    # The third is of the months up to September 2017, won within 91 days: worked out in pandas.
    assert told[:4] == ["63.15%", "48.16%", "37.51%", "47.99"]
    assert told[5] == "51.78"
    assert Decimal(told[9]) == overall["open_list_price_value"] == 4_966_215
    assert at.selectbox(key="month").value == date(2017, 12, 1)
    assert metrics(at)[0].endswith("1.13M")
    months = expected["by_close_month"]
    total = load.total(DECEMBER, "deals")
    assert float(total["value"]) == months["2017-12"]["won_value"] == 1_131_573
    for dimension, published in (
        ("rep", "by_agent"), ("manager", "by_manager"), ("region", "by_region"), ("product", None),
    ):  # fmt: skip
        if published:
            figures = {name: row["won_value"] for name, row in expected[published].items()}
            assert {name: value for name, value in by(dimension).items() if value} == figures
    # The product that was joined is counted under the name of the register.
    assert by("product")["GTX Pro"] == joined(expected["by_product"], "GTX Pro", "GTXPro")
    assert_rep_table(at, pipeline)
    closed = cache.frame(win_rate.closed, DECEMBER, "month")
    found = {f"{row.month:%Y-%m}": float(row.won_value) for row in closed.itertuples()}
    assert found == {month: row["won_value"] for month, row in months.items()}


def joined(published: dict[str, Any], *names: str) -> float:
    return float(sum(published[name]["won_value"] for name in names if name in published))


def assert_rep_table(at: AppTest, pipeline: str) -> None:
    """The table by rep, added up from the file with pandas."""
    deals = pd.read_csv(REAL / "maven_crm" / "sales_pipeline.csv")
    won = deals[
        (deals["deal_stage"] == "Won") & deals["close_date"].str.startswith("2017-12", na=False)
    ]
    expected = won.groupby("sales_agent")["close_value"].sum()
    shown = at.dataframe(key="by_rep").value.set_index("name")["actual"]
    assert shown[shown > 0].to_dict() == expected[expected > 0].to_dict()


@pytest.mark.parametrize(
    ("folder", "name"), [("superstore", "Sample-Superstore.xls"), ("chaoshi", "示例 - 超市.xls")]
)
def test_a_real_shop_gives_the_published_gross_with_the_net_beside_it(
    opening: Opening, inline: None, folder: str, name: str
) -> None:
    expected = reference(folder)
    at = drop(opened(opening), {name: (REAL / folder / name).read_bytes()})
    week(confirm(at))
    scope = Scope(month=date(2017, 12, 1), as_of=date(2017, 12, 31), source="orders")
    days = slices.daily(scope)
    for form, table in (("%Y", "by_year"), ("%Y-%m", "by_month")):
        found = days.groupby([f"{day:{form}}" for day in days["date"]])["gross"].sum()
        assert set(found.index) == set(expected[table])
        for period, published in expected[table].items():
            assert float(found[period]) == pytest.approx(sales(published), abs=0.01)
    for dimension in ("region", "category"):
        published = expected.get(f"by_{dimension}") or expected.get("by_地区")
        if not published or (dimension == "category" and "by_category" not in expected):
            continue
        found = cache.frame(actual.by, scope, dimension, *EVER)
        gross = dict(zip(found[dimension], found["gross"].astype(float), strict=True))
        assert gross == {key: pytest.approx(sales(row), abs=0.01) for key, row in published.items()}
    total = cache.frame(actual.total, scope, *EVER).iloc[0]
    assert float(total["gross"]) > float(total["value"])
    if "returned_sales" in expected:
        returned = float(total["gross"] - total["value"])
        assert returned == pytest.approx(expected["returned_sales"], abs=1e-3)
    assert "before returns" in said(at)


def sales(published: Any) -> float:
    """Some tables publish sales alone, some beside the profit."""
    return float(published["sales"] if isinstance(published, dict) else published)
