"""Statements above a table, several in a row, are not its header."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

TABLE = [
    ["单据日期", "单据编号", "客户名称", "业务员", "无税金额", "税额", "价税合计"],
    ["2026-03-02", "XS1", "甲公司", "李雷", 100, 13, 113],
    ["2026-03-03", "XS2", "乙公司", "王芳", 200, 26, 226],
    ["2026-03-04", "XS3", "丙公司", "李雷", 300, 39, 339],
]
ENGLISH = [
    ["Order Date", "Order No", "Customer", "Sales Rep", "Net Amount"],
    ["2026-03-02", "XS1", "Alder", "Ann", 100],
    ["2026-03-03", "XS2", "Birch", "Bob", 200],
    ["2026-03-04", "XS3", "Cedar", "Ann", 300],
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "rows",
    [
        [["期间：2026年3月", None, None, "币别：人民币", None, "单位：元"], *TABLE],
        [["销售明细表"], ["期间：2026年3月", None, "币别：人民币", None, "制表：王芳"], [], *TABLE],
        [["部门: 华东", "业务员: 全部", "币种: CNY", "状态: 已审核"], *TABLE],
        [["公司：恒川", "仓库：总仓", "单位：元"], ["起：2026-03-01", "止：2026-03-31", "页：1"],
         *TABLE],
        [["Period: March 2026", None, "Company: Alder Ltd", "Printed by: Ann"], *ENGLISH],
        [["Zeitraum: 03/2026", "Währung: EUR", "Erstellt von: Anna"], [], *ENGLISH],
    ],
)  # fmt: skip
def test_a_row_of_statements_above_the_table_is_no_header(
    store: Store, rows: Rows, suffix: str
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    result = brought(store, f"orders.{suffix}", made(rows))
    assert (result.table, result.rows_kept) == ("orders", 3)
    assert sales(store) == Decimal(600)


def test_a_header_whose_names_have_colons_stays_one(store: Store) -> None:
    rows = [
        ["Order: Date", "Order: Number", "Account: Name", "Order: Amount"],
        ["2026-03-02", "1", "Alder", 100],
        ["2026-03-03", "2", "Birch", 200],
    ]
    result = brought(store, "orders.csv", as_csv(rows))
    assert result.rows_in == 2
