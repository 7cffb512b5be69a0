"""The total row of a file says otherwise than its rows add up to: a filtered or cut export."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order No", "Order Date", "Customer", "Quantity", "Amount"]
A1, A2, A3 = (
    ["A1", "2026-03-01", "Acme", 1, 100.5],
    ["A2", "2026-03-02", "Beta", 2, 200],
    ["A3", "2026-03-03", "Acme", 3, 400],
)
ZH = ["订单号", "下单日期", "客户", "金额（万元）"]
DE = ["Belegnummer", "Datum", "Kunde", "Betrag"]
PAID = ["收款单号", "收款日期", "客户", "收款金额"]
SPEND = ["Month", "Channel", "Campaign", "Spend"]
GOALS, ZH_GOALS = ["Month", "Sales Rep", "Target"], ["月份", "销售员", "目标"]
WIDE = ["销售员", "2026年3月目标", "2026年4月目标", "2026年5月目标"]

# | rows | what the note says: total · rows · difference
DIFFER = [
    pytest.param([EN, A1, A2, ["Total", None, None, 6, 700.5]], "700.50 · 300.50 · 400", id="cut"),
    pytest.param([EN, ["Grand Total", None, None, 6, 700.5], A1, A2], "700.50 · 300.50 · 400",
                 id="above"),
    pytest.param([EN, A1, A2, A3, ["Total:", None, None, 6, 300.5]], "300.50 · 700.50 · -400",
                 id="more-rows"),
    pytest.param([ZH, ["D1", "2026-03-01", "甲", 1.5], ["D2", "2026-03-02", "乙", 2.5],
                  ["合计", None, None, 9]], "90,000 · 40,000 · 50,000", id="unit"),
    pytest.param([DE, ["R1", "13.03.2026", "Abel", "1.100,50"],
                  ["R2", "14.03.2026", "Beck", "200,25"], ["Gesamtsumme", None, None, "1.600,75"]],
                 "1,600.75 · 1,300.75 · 300", id="german"),
    pytest.param([PAID, ["S1", "2026-03-01", "甲", 100], ["S2", "2026-03-02", "乙", 200],
                  ["总计", None, None, 450]], "450 · 300 · 150", id="payments"),
    pytest.param([SPEND, ["2026-03", "Search", "A", 100], ["2026-03", "Social", "B", 200],
                  ["Total", None, None, 777]], "777 · 300 · 477", id="spend"),
    pytest.param([GOALS, ["2026-03", "Ann", 100], ["2026-03", "Bob", 200], ["Total", None, 350]],
                 "350 · 300 · 50", id="targets"),
    pytest.param([ZH_GOALS, ["2026-03", "张三", 100], ["2026-03", "李四", 200],
                  ["合计", None, 350]],
                 "350 · 300 · 50", id="mubiao"),
    pytest.param([WIDE, ["张三", 100, 110, 120], ["李四", 200, 210, 220], ["合计", 300, 370, 340]],
                 "1,010 · 960 · 50", id="months"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "said"), DIFFER)
def test_a_total_that_contradicts_its_rows_is_said(
    store: Store, rows: Rows, said: str, suffix: str
) -> None:
    result = brought(store, f"list.{suffix}", (as_csv if suffix == "csv" else as_xlsx)(rows))
    assert not result.error
    assert [one.value for one in result.problems if one.why == "total_differs"] == [said]


STATUS, TAX = [*EN, "Status"], [*EN, "Tax"]
CODES = [*EN, "Currency"]
# | rows, with a total that their amounts explain
AGREE = [
    pytest.param([EN, A1, A2, A3, ["Total", None, None, 6, 700.5]], id="the-sum"),
    pytest.param([EN, A1, A2, A3, ["Total", None, None, 6, None]], id="of-another-column"),
    pytest.param([EN, A1, A2, A3, ["Total", None, None, None, 3]], id="a-count"),
    pytest.param([EN, A1, A2, A3, ["Total", None, None, None, 6]], id="of-the-column-beside"),
    pytest.param([EN, A1, A2, A3, ["Total", None, None, 6, 791.57]], id="with-13-percent-tax"),
    pytest.param([TAX, [*A1, 5], [*A2, 11], ["Total", None, None, 3, 316.5, 16]], id="with-tax"),
    pytest.param([EN, A1, A2, A3, ["Total", None, None, 6, 233.5]], id="the-mean"),
    pytest.param([EN, *([f"B{n}", "2026-03-01", "Acme", 1, 33.33] for n in range(9)),
                  ["Total", None, None, 9, 300]], id="rounded"),
    pytest.param([STATUS, [*A1, "completed"], [*A2, "cancelled"], [*A3, "completed"],
                  ["Total", None, None, None, 500.5, None]], id="without-cancelled"),
    pytest.param([EN, A1, A2, ["R1", "2026-03-04", "Beta", -1, -50.5],
                  ["Total", None, None, None, 300.5]], id="without-returns"),
    pytest.param([CODES, [*A1, "CNY"], [*A2, "USD"], ["Total", None, None, None, 1540.5, None]],
                 id="currencies"),
    pytest.param([EN, A1, A2, ["Page total", None, None, None, 300.5], A3,
                  ["Page total", None, None, None, 400]], id="pages"),
    pytest.param([EN, A1, A2, A3, ["小计", None, None, None, 999]], id="a-part"),
    pytest.param([ZH, ["D1", "2026-03-01", "甲", 1.5], ["D2", "2026-03-02", "乙", 2.5],
                  ["合计", None, None, 40000]], id="in-yuan"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", AGREE)
def test_a_total_that_is_explained_is_not(store: Store, rows: Rows, suffix: str) -> None:
    result = brought(store, f"list.{suffix}", (as_csv if suffix == "csv" else as_xlsx)(rows))
    assert not [one.value for one in result.problems if one.why == "total_differs"]


def test_the_figures_are_those_of_the_rows(store: Store) -> None:
    brought(store, "orders.csv", as_csv([EN, A1, A2, ["Total", None, None, 6, 700.5]]))
    assert sales(store) == Decimal("300.5")
