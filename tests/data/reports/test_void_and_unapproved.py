"""Rows that their file marks as void, deleted or not approved are left out, in every table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

RETURNS = [
    ("退货单号", "退货日期", "客户", "退货金额", "单据状态", "已审核", "已作废", "record_void"),
    ("退货单号", "退货日期", "客户", "退货金额", "单据状态", "已审核", "审核中", "record_pending"),
    ("退货单号", "退货日期", "客户", "退货金额", "审核状态", "已审核", "反审核", "record_pending"),
    ("Return ID", "Return Date", "Customer", "Return Amount", "Status", "Posted", "Void",
     "record_void"),
    ("Return ID", "Return Date", "Customer", "Return Amount", "Status", "Approved", "Draft",
     "record_pending"),
    ("Return ID", "Return Date", "Customer", "Return Amount", "Document Status", "Closed",
     "Cancelled", "record_void"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "day", "customer", "amount", "status", "good", "bad", "why"), RETURNS
)
def test_a_return_that_is_void_or_not_in_force_takes_nothing_off(
    store: Store,
    number: str,
    day: str,
    customer: str,
    amount: str,
    status: str,
    good: str,
    bad: str,
    why: str,
) -> None:
    rows = [
        [number, day, customer, amount, status],
        ["R1", "2026-03-02", "Alder", 100, good],
        ["R2", "2026-03-05", "Birch", 50, bad],
        ["R3", "2026-03-06", "Cedar", 25, good],
    ]
    result = brought(store, "returns.csv", as_csv(rows))
    assert result.left_out == {why: 1}
    assert store.rows("SELECT sum(abs(amount)) FROM returns") == [(Decimal(125),)]


FLAGS = [
    ("Approved", "Yes", "No", {"record_pending": 1}),
    ("Is Approved", "TRUE", "FALSE", {"record_pending": 1}),
    ("Approved", "Y", "N", {"record_pending": 1}),
    ("Approved", 1, 0, {"record_pending": 1}),
    ("审核", "√", "×", {"record_pending": 1}),
    ("是否审核", "是", "否", {"record_pending": 1}),
    ("已审核", 1, 0, {"record_pending": 1}),
    ("Genehmigt", "Ja", "Nein", {"record_pending": 1}),
]


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
@pytest.mark.parametrize(("flag", "good", "bad", "why"), FLAGS)
def test_an_order_that_is_not_approved_does_not_count(
    store: Store, flag: str, good: object, bad: object, why: dict[str, int], made: object
) -> None:
    rows = [
        ["Order No", "Order Date", "Customer", "Sales Rep", "Amount", flag],
        ["T1", "2026-03-02", "Alder", "Ann", 100, good],
        ["T2", "2026-03-02", "Alder", "Ann", 200, bad],
        ["T3", "2026-03-03", "Birch", "Bob", 400, good],
    ]
    name = "orders.csv" if made is as_csv else "orders.xlsx"
    result = brought(store, name, made(rows))  # type: ignore[operator]
    assert result.left_out == why
    assert sales(store) == Decimal(500)


GONE = [
    ("Is Deleted", 0, 1),
    ("Deleted", "No", "Yes"),
    ("IsVoid", 0, 1),
    ("作废标志", 0, 1),
    ("删除标记", 0, 1),
    ("Delete Flag", "N", "Y"),
    ("作废标记", "否", "是"),
]


@pytest.mark.parametrize(("flag", "good", "bad"), GONE)
def test_an_order_that_is_deleted_or_void_does_not_count(
    store: Store, flag: str, good: object, bad: object
) -> None:
    rows = [
        ["Order No", "Order Date", "Customer", "Sales Rep", "Amount", flag],
        ["T1", "2026-03-02", "Alder", "Ann", 100, good],
        ["T2", "2026-03-02", "Alder", "Ann", 200, bad],
        ["T3", "2026-03-03", "Birch", "Bob", 400, good],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal(500)
    assert store.rows("SELECT max(quantity) FROM orders") == [(None,)]
