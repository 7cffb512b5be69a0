"""Money that did not come in, or went back, is no collection: failed, refunded, declined."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, brought

pytestmark = pytest.mark.usefixtures("inline")

STATUSES = [
    ("Payment ID", "Payment Date", "Status", "Paid", "Failed"),
    ("Payment ID", "Payment Date", "Status", "succeeded", "Refunded"),
    ("Payment No", "Paid on", "Payment Status", "Completed", "Declined"),
    ("回款编号", "回款日期", "状态", "已到账", "已退款"),
    ("收款编号", "收款日期", "收款状态", "成功", "支付失败"),
    ("Receipt No", "Receipt Date", "Status", "Cleared", "Reversed"),
]


@pytest.mark.parametrize(("number", "day", "status", "good", "bad"), STATUSES)
def test_failed_and_refunded_payments_are_left_out_with_their_reason(
    store: Store, number: str, day: str, status: str, good: str, bad: str
) -> None:
    rows = [
        [number, day, "Customer", "Amount", status],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
        ["ch_3", "2026-03-06", "Cedar", 25, good],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"record_void": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(125),)]
