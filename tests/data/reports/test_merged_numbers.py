"""Numbers in merged cells: days and identifiers hold for every row, amounts once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.ingest import history, left_out_rows
from data.layout.countable import countable
from data.store.database import Store
from tests.data.layout.test_messy_sheets import book
from tests.data.reports.imported import as_csv, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

# | header | the two documents' numbers | what they are
NUMBERS = [
    pytest.param("日期", [20260302, 20260303], False, id="days"),
    pytest.param("日期", ["20260302", "20260303"], False, id="days-as-text"),
    pytest.param("Fecha", [20260302, 20260302], False, id="one-day"),
    pytest.param("", [20260302, 20260303], False, id="days-without-header"),
    pytest.param("Order No.", [70011, 70012], False, id="order-numbers"),
    pytest.param("工号", [102, 102], False, id="staff-numbers"),
    pytest.param("Kundennummer", [4711, 4712], False, id="customer-numbers"),
    pytest.param("", [4500012345, 4500012346], False, id="codes-without-header"),
    pytest.param("单价", [12.5, 8], False, id="price"),
    pytest.param("Rabatt %", ["10%", "5%"], False, id="rate"),
    pytest.param("月份", [3, 4], False, id="months"),
    pytest.param("订单金额", [300, 80], True, id="amount"),
    pytest.param("本月金额", [20260302, 20260303], True, id="amount-like-days"),
    pytest.param("Amount to date", [300, 80], True, id="amount-to-date"),
    pytest.param("数量", [3, 4], True, id="quantity"),
    pytest.param("Betrag", ["1.250,00", "80,00"], True, id="german"),
    pytest.param("", [12500, 80300], True, id="round-numbers"),
]


@pytest.mark.parametrize(("header", "numbers", "amounts"), NUMBERS)
def test_only_what_counts_is_not_repeated(
    header: str, numbers: list[object], amounts: bool
) -> None:
    assert countable(header, list(map(str, numbers))) is amounts


HEADERS = ["门店", "日期", "订单号", "客户", "订单总额", "产品", "数量", "金额"]
LINES: list[list[object]] = [
    ["一店", 20260302, 70011, "甲", 300, "泵", 1, 100],
    [None, None, None, None, None, "阀", 2, 200],
    ["二店", "20260303", "70012", "乙", 1200, "泵", 4, 400],
    [None, None, None, None, None, "阀", 8, 800],
]
ROWS = [
    ("70011", date(2026, 3, 2), "甲", Decimal(100)),
    ("70011", date(2026, 3, 2), "甲", Decimal(200)),
    ("70012", date(2026, 3, 3), "乙", Decimal(400)),
    ("70012", date(2026, 3, 3), "乙", Decimal(800)),
]


@pytest.mark.parametrize("merged", ["ABCDE", "ABCD", ""], ids=["merged", "but-amounts", "blank"])
def test_lines_under_merged_numbers_keep_their_day_and_order(store: Store, merged: str) -> None:
    ranges = tuple(f"{at}{top}:{at}{top + 1}" for at in merged for top in (2, 4))
    content = book([HEADERS, *LINES], merge=ranges)
    (draft,) = drafts_of(store, "订单.xlsx", content)
    answers = {key: "金额" for key in asked(store, draft) if key.startswith("amount")}
    result = brought(store, "订单.xlsx", content, answers)
    assert result.left_out == {}
    found = store.rows("SELECT order_id, order_date, customer, amount FROM orders ORDER BY amount")
    assert found == ROWS
    assert sales(store) == 1500


def test_a_figure_says_which_rows_of_its_files_never_came_in(store: Store) -> None:
    rows = [["Order ID", "Order Date", "Customer", "Amount"],
            ["A1", "2026-03-02", "Alder", 100],
            ["A2", None, "Birch", 200],
            ["A3", None, "Cedar", 40]]  # fmt: skip
    brought(store, "orders.csv", as_csv(rows))
    assert left_out_rows.unread(store, "orders") == [("missing_date", 2, {"": Decimal(240)})]
    history.take_back(store, 1)
    assert left_out_rows.unread(store, "orders") == []
