"""Lists of Magento, 聚水潭 and 秦丝, and the unit of goods in them: the right table and amount."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

MAGENTO = [
    ["ID", "Purchase Point", "Purchase Date", "Bill-to Name", "Grand Total (Base)", "Status"],
    ["000000001", "Main Website", "Mar 2, 2026, 3:04:05 PM", "Jo Alder", "110.00", "complete"],
    ["000000002", "Main Website", "Mar 4, 2026, 3:04:05 PM", "Al Birch", "260.00", "processing"],
    ["000000003", "Main Website", "Mar 5, 2026, 9:04:05 AM", "Cy Cedar", "90.00", "canceled"],
]
JUSHUITAN = [
    ["内部订单号", "线上订单号", "店铺名称", "订单状态", "付款日期", "业务员", "商品金额", "运费",
     "优惠金额", "应付金额", "已付金额"],
    ["100201", "4100177", "天猫店", "已发货", "2026-03-02 10:00:00", "小马", 300, 0, 30, 270, 270],
    ["100202", "4100277", "天猫店", "被合并", "2026-03-03 10:00:00", "小马", 100, 0, 0, 100, 100],
    ["100203", "4100377", "天猫店", "发货中", "2026-03-03 10:05:00", "小马", 250, 0, 0, 250, 250],
    ["100204", "4100477", "天猫店", "取消", "2026-03-04 10:05:00", "小马", 80, 0, 0, 80, 80],
]  # fmt: skip
QINSI = [
    ["单号", "日期", "客户", "开单人",
     "销售数", "销售额", "退货数", "退货额", "优惠", "实销额", "状态"],
    ["XS1", "2026-03-02 09:12", "李姐", "小芳", 20, 2000, 0, 0, 0, 2000, "正常"],
    ["XS2", "2026-03-05 10:22", "阿美", "小芳", 10, 1500, 2, 300, 0, 1200, "正常"],
    ["XS3", "2026-03-06 15:01", "王哥", "阿强", 50, 4000, 0, 0, 100, 3900, "正常"],
    ["XS4", "2026-03-08 15:01", "王哥", "阿强", 5, 400, 0, 0, 0, 400, "已作废"],
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    ("name", "rows", "total"),
    [("orders", MAGENTO, 370), ("订单", JUSHUITAN, 520)],
)
def test_the_list_is_read_without_a_question(
    store: Store, name: str, rows: Rows, total: int, write: Callable[[Rows], bytes]
) -> None:
    suffix = "csv" if write is as_csv else "xlsx"
    (draft,) = drafts_of(store, f"{name}.{suffix}", write(rows))
    assert (draft.table, asked(store, draft)) == ("orders", [])
    brought(store, f"{name}.{suffix}", write(rows))
    assert sales(store) == total


def test_pieces_that_came_back_are_never_taken_off_money(store: Store) -> None:
    (draft,) = drafts_of(store, "销售单.csv", as_csv(QINSI))
    assert draft.sheet
    assert not any("− 退货数" in text for text in draft.sheet.header if "÷" not in text)
    assert draft.sheet.header[draft.mapping["quantity"]] == "销售数"
    brought(store, "销售单.csv", as_csv(QINSI), {"amount/column": "实销额"})
    assert sales(store) == 7100


@pytest.mark.parametrize("header", ["销售单位", "计量单位", "UOM"])
def test_the_unit_of_goods_is_no_category(store: Store, header: str) -> None:
    rows = [
        ["订单编号", "下单日期", "客户", "产品", "数量", header, "金额"],
        ["S1", "2026-03-02", "甲", "泵", 2, "台", 100],
        ["S2", "2026-03-03", "乙", "阀", 1, "只", 50],
    ]
    (draft,) = drafts_of(store, "orders.xlsx", as_xlsx(rows))
    assert "category" not in draft.mapping
