"""Money that did not come in, or went back, is no collection: failed, refunded, declined."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

Made = Callable[[Rows], bytes]

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


PENDING = [
    ("Payment ID", "Payment Date", "Status", "Cleared", "Pending"),
    ("Payment ID", "Payment Date", "Payment Status", "received", "In transit"),
    ("回款编号", "回款日期", "回款状态", "已到账", "未到账"),
    ("收款编号", "收款日期", "到账状态", "已到账", "审批中"),
    ("回款编号", "回款日期", "状态", "已到账", "待确认"),
    ("Payment ID", "Payment Date", "Zahlungsstatus", "bezahlt", "ausstehend"),
    ("Payment ID", "Payment Date", "Status", "payé", "en attente"),
]


@pytest.mark.parametrize(("number", "day", "status", "good", "bad"), PENDING)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_money_that_is_still_to_come_is_left_out_as_such(
    store: Store, number: str, day: str, status: str, good: str, bad: str, made: Made
) -> None:
    rows = [
        [number, day, "Customer", "Amount", status],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
        ["ch_3", "2026-03-06", "Cedar", 25, good],
    ]
    name = "payments.csv" if made is as_csv else "payments.xlsx"
    result = brought(store, name, made(rows))
    assert result.left_out == {"record_pending": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(125),)]


GONE = [
    ("Status", "Cleared", "Bounced"),
    ("Status", "Cleared", "NSF"),
    ("回款状态", "已到账", "退票"),
    ("Method", "Bank transfer", "Chargeback"),
    ("Payment Method", "Card", "Write-off"),
    ("Payment Method", "Card", "Credit note applied"),
    ("收款方式", "银行转账", "坏账核销"),
    ("Zahlungsart", "Überweisung", "Gutschrift"),
]


@pytest.mark.parametrize(("header", "good", "bad"), GONE)
def test_what_no_money_came_in_by_is_no_collection(
    store: Store, header: str, good: str, bad: str
) -> None:
    rows = [
        ["Payment ID", "Payment Date", "Customer", "Amount", header],
        ["ch_1", "2026-03-02", "Alder", 100, good],
        ["ch_2", "2026-03-05", "Birch", 50, bad],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"record_void": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(100),)]


@pytest.mark.parametrize("kind", ["Payment to supplier", "Vendor payment", "供应商付款"])
def test_what_suppliers_were_paid_is_no_collection(store: Store, kind: str) -> None:
    rows = [
        ["Payment ID", "Payment Date", "Customer", "Amount", "Type"],
        ["P1", "2026-03-02", "Alder", 100, "Receipt"],
        ["P2", "2026-03-05", "Birch", 70, kind],
    ]
    result = brought(store, "payments.csv", as_csv(rows))
    assert result.left_out == {"not_a_sale": 1}
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(100),)]
