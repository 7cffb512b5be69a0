"""A list of returns that names the order of each by the number of its source."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = [["单据编号", "日期", "客户", "金额"], ["XSDD01", "2026-03-02", "甲", 1000],
          ["XSDD02", "2026-03-03", "乙", 500]]  # fmt: skip


@pytest.mark.parametrize("source", ["源单编号", "源单号", "源单据编号", "来源单据号"])
def test_a_return_names_the_order_it_comes_from(store: Store, source: str) -> None:
    brought(store, "销售订单.csv", as_csv(ORDERS))
    rows = [["单据编号", "退货日期", "客户", source, "退货金额", "退货原因"],
            ["XSTHD01", "2026-03-09", "甲", "XSDD01", 200, "破损"]]  # fmt: skip
    (draft,) = drafts_of(store, "销售退货单.csv", as_csv(rows))
    assert (draft.table, asked(store, draft)) == ("returns", [])
    brought(store, "销售退货单.csv", as_csv(rows))
    assert store.rows("SELECT order_id, return_id FROM returns") == [("XSDD01", "XSTHD01")]
