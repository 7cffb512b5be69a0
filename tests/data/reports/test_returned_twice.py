"""Orders marked returned whose return is a negative line too: taken back once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order No", "Order Date", "Client", "Amount", "Status"]
ZH = ["订单编号", "下单日期", "客户", "金额", "状态"]


def orders(header: list[str], *lines: tuple[str, int, str, int, str]) -> Rows:
    return [header, *([number, f"2024-06-{day:02}", *rest] for number, day, *rest in lines)]


CASES = [
    # 100 came back whole, 70 stays.
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS1R", 4, "Acme", -100, "Returned"),
               ("NS2", 4, "Acme", 70, "Completed")), 70, id="number-with-a-letter"),
    pytest.param(
        orders(EN, ("7001", 3, "Acme", 100, "Returned"), ("R-7001", 4, "Acme", -100, "Returned"),
               ("7002", 4, "Acme", 70, "Completed")), 70, id="number-with-a-prefix"),
    pytest.param(
        orders(EN, ("7001", 3, "Acme", 100, "Refunded"), ("9313", 9, "Acme", -100, "Completed"),
               ("7002", 4, "Acme", 70, "Completed")), 70, id="same-customer-and-amount"),
    pytest.param(
        orders(ZH, ("XS1", 3, "甲厂", 100, "已退货"), ("XS1-退", 4, "甲厂", -100, "已退货"),
               ("XS2", 4, "乙厂", 70, "已完成")), 70, id="chinese"),
    # Of 100 only 30 came back.
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS1-R1", 4, "Acme", -30, "Returned"),
               ("NS2", 4, "Acme", 70, "Completed")), 140, id="a-part"),
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS1", 4, "Acme", -100, "Returned"),
               ("NS2", 4, "Acme", 70, "Completed")), 70, id="lines-of-one-order"),
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS1", 3, "Acme", 40, "Returned"),
               ("NS1R", 4, "Acme", -140, "Returned"), ("NS2", 4, "Acme", 70, "Completed")),
        70, id="one-return-of-two-lines"),
    # Nothing else takes these back: the mark does, or the line does.
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS7", 4, "Beta", -20, "Returned"),
               ("NS2", 4, "Acme", 70, "Completed")), 50, id="another-return"),
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS3", 3, "Acme", 100, "Returned"),
               ("NS1R", 4, "Acme", -100, "Returned"), ("NS2", 4, "Acme", 70, "Completed")),
        70, id="two-marks-and-one-line"),
    pytest.param(
        orders(EN, ("NS1", 3, "Acme", 100, "Returned"), ("NS1R", 4, "Acme", -100, "Cancelled"),
               ("NS2", 4, "Acme", 70, "Completed")), 70, id="a-cancelled-line"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("rows", "right"), CASES)
def test_what_came_back_is_taken_back_once(
    store: Store, rows: Rows, right: int, write: Callable[[Rows], bytes], suffix: str
) -> None:
    brought(store, f"orders.{suffix}", write(rows))
    assert net(store) == Decimal(right)


def net(store: Store) -> Decimal:
    ((total,),) = store.rows(
        "SELECT sum(amount) FROM orders WHERE status IS DISTINCT FROM 'cancelled' "
        "AND NOT (status = 'returned' AND amount >= 0)"
    )
    return Decimal(total)


def test_a_mark_in_a_column_of_its_own_is_enough(store: Store) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", "Amount", "Returned?"],
        ["A1", "2026-03-02", "Alder", 100, "Yes"],
        ["A1", "2026-03-05", "Alder", -100, "Yes"],
        ["A2", "2026-03-06", "Birch", 70, "No"],
    ]
    result = brought(store, "orders.csv", as_csv(rows))
    assert result.error is None
    assert sales(store) == 70
