"""What the editor of columns says of those that are none of ours."""

from __future__ import annotations

import pytest

from data.store.database import Store
from pages.kit.files.column_editor import how_sure
from pages.kit.i18n.words import words
from tests.data.reports.imported import as_csv, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ORDER = ["销售订单编号", "客户名称", "下单日期", "销售订单金额(元)", "负责人"]
FIELDS = ["SO1", "甲公司", "2026-03-02", 100, "张三"]


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("生命状态", "says which rows count"),
        ("作废状态", "says which rows count"),
        ("锁定状态", ""),
        ("备注", ""),
    ],
)
def test_a_column_that_leaves_rows_out_is_not_called_unused(
    store: Store, header: str, says: str
) -> None:
    content = as_csv([[*ORDER, header], [*FIELDS, "正常"]])
    (draft,) = drafts_of(store, "销售订单.csv", content)
    assert how_sure(words("en"), draft, len(ORDER), []) == says
