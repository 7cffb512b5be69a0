"""Exports of ad platforms: what was spent, shown, clicked and converted, without their totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

META = [
    "Reporting starts", "Reporting ends", "Campaign name", "Campaign delivery", "Results", "Reach",
    "Impressions", "Cost per results", "Amount spent (EUR)", "Campaign budget", "Link clicks",
]  # fmt: skip
TOTAL = ["--", "150.00/day", "--", "--", "USD", 110, 4200, 55, 0.013, 2, 3, 36.67]
MARCH = ["2026-03-01", "2026-03-31"]

# | file | rows | amount, budget, currency, impressions, clicks, conversions in all
ADS = [
    pytest.param(
        "Campaign report",
        [
            ["Campaign report"],
            ["January 1, 2026 - January 31, 2026"],
            ["Campaign status", "Campaign", "Budget", "Budget type", "Day", "Currency code", "Cost",
             "Impr.", "Clicks", "CTR", "Avg. CPC", "Conversions", "Cost / conv."],
            ["Enabled", "Brand", 50, "Daily", "2026-01-05", "USD", 40.5, 1000, 20, 0.02, 2, 2, 20],
            ["Enabled", "Generic", 100, "Daily", "2026-01-05", "USD", 60, 3000, 30, 0.01, 2, 1, 60],
            ["Paused", "Brand", 50, "Daily", "2026-01-06", "USD", 9.5, 200, 5, 0.02, 2, 0, 0],
            ["Total: Campaigns", *TOTAL],
            ["Total: Account", *TOTAL],
        ],
        (110, None, "USD", 4200, 55, 3), id="google",
    ),
    pytest.param(
        "Campaigns",
        [
            META,
            [*MARCH, "", "", "", 900, 3000, "", 110, "", 40],
            [*MARCH, "Spring", "active", 3, 500, 2000, 20, 60, 1000, 30],
            [*MARCH, "Brand", "active", 2, 450, 1000, 25, 50, 500, 10],
        ],
        (110, None, "EUR", 3000, 40, 5), id="meta-total-first",
    ),
    pytest.param(
        "Campaigns",
        [
            META,
            [*MARCH, "Spring", "active", 3, 500, 2000, 20, 60, 1000, 30],
            [*MARCH, "Brand", "active", 2, 450, 1000, 25, 50, 500, 10],
        ],
        (110, None, "EUR", 3000, 40, 5), id="meta-without-total",
    ),
    pytest.param(
        "ads",
        [
            ["Day", "Campaign", "Ad group", "Cost (USD)", "Impressions", "Clicks", "Conversions"],
            ["2026-03-01", "Spring", "A", 10, 100, 5, 1],
            ["2026-03-01", "Spring", "B", 20, 200, 6, 0],
            ["2026-03-02", "Spring", "A", 5, 50, 1, 0],
            ["Total", "", "", 35, 350, 12, 1],
        ],
        (35, None, "USD", 350, 12, 1), id="ad-groups",
    ),
    pytest.param(
        "推广报表",
        [
            ["日期", "推广计划", "展现量", "点击量", "花费", "转化数", "预算"],
            ["2026-03-01", "品牌", 1000, 50, 200, 5, 500],
            ["2026-03-01", "竞品", 500, 20, 100, 1, 300],
            ["合计", "", 1500, 70, 300, 6, 800],
        ],
        (300, 800, None, 1500, 70, 6), id="chinese",
    ),
    pytest.param(
        "Kampagnen",
        [
            ["Datum", "Kampagne", "Kosten (EUR)", "Impressionen", "Klicks", "Konversionen",
             "Budget"],
            ["2026-03-01", "Frühling", 10, 100, 5, 1, 50],
            ["2026-03-02", "Frühling", 20, 200, 6, 0, 50],
        ],
        (30, 100, "EUR", 300, 11, 1), id="german",
    ),
]  # fmt: skip


def _sums(store: Store) -> tuple[object, ...]:
    (row,) = store.rows(
        "SELECT sum(amount), sum(budget), max(currency), sum(impressions), sum(clicks), "
        "sum(conversions) FROM spend"
    )
    return tuple(int(value) if isinstance(value, Decimal) else value for value in row)


@pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("name", "rows", "sums"), ADS)
def test_an_export_of_ads_is_spend_with_what_it_brought(store, name, rows, sums, save):
    name = f"{name}.{'csv' if save is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, save(rows))
    assert draft.table == "spend"
    assert asked(store, draft) == []
    brought(store, name, save(rows))
    assert _sums(store) == sums


def test_a_total_that_is_left_out_is_told_and_the_money_stays_whole(store):
    rows = [
        META,
        [*MARCH, "", "", "", 900, 3000, "", 110, "", 40],
        [*MARCH, "Spring", "active", 3, 500, 2000, 20, 60, 1000, 30],
        [*MARCH, "Brand", "active", 2, 450, 1000, 25, 50, 500, 10],
    ]
    result = brought(store, "Campaigns.csv", as_csv(rows))
    assert result.left_out == {"total_of_rows": 1}
    assert result.money_in == {"amount": 220}
    assert result.money_left_out == {"amount": {"total_of_rows": 110}}


def test_spend_for_nothing_named_that_is_no_total_stays(store):
    rows = [
        META,
        [*MARCH, "", "", "", 900, 3000, "", 70, "", 40],
        [*MARCH, "Spring", "active", 3, 500, 2000, 20, 60, 1000, 30],
        [*MARCH, "Brand", "active", 2, 450, 1000, 25, 50, 500, 10],
    ]
    brought(store, "Campaigns.csv", as_csv(rows))
    assert _sums(store)[0] == 180
