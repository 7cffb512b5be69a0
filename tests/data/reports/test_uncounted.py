"""What an import has in the dashboard is what the pages count: void rows are told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

ENGLISH = ("Order ID", "Order date", "Customer", "Amount", "Order status")
CHINESE = ("订单号", "下单日期", "客户名称", "销售额", "订单状态")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag", "Status")

CASES: dict[str, tuple[str, Rows, dict[str, int], int]] = {
    "english csv": (
        "orders.csv",
        [ENGLISH, ("A1", "2026-03-02", "Alder", 500, "Completed"),
         ("A2", "2026-03-03", "Birch", 70, "Cancelled"),
         ("A3", "2026-03-04", "Birch", 30, "Cancelled")],
        {"cancelled": 100}, 500,
    ),
    "chinese xlsx": (
        "订单.xlsx",
        [CHINESE, ("S1", "2026-03-02", "宏远机电", 3651, "已完成"),
         ("S2", "2026-03-03", "瑞丰水务", 365, "已取消")],
        {"cancelled": 365}, 3651,
    ),
    "chinese returns": (
        "订单.csv",
        [CHINESE, ("S1", "2026-03-02", "宏远机电", 800, "已完成"),
         ("S2", "2026-03-03", "瑞丰水务", 120, "已退货"),
         ("S3", "2026-03-03", "瑞丰水务", 80, "已取消")],
        {"cancelled": 80, "returned": 120}, 800,
    ),
    "german csv": (
        "Aufträge.csv",
        [GERMAN, ("R1", "2026-03-02", "Ahorn GmbH", 900, "Completed"),
         ("R2", "2026-03-05", "Birke AG", 45, "Cancelled")],
        {"cancelled": 45}, 900,
    ),
    "all count": (
        "orders.xlsx",
        [ENGLISH, ("A1", "2026-03-02", "Alder", 500, "Completed"),
         ("A2", "2026-03-03", "Birch", 70, "Completed")],
        {}, 570,
    ),
    "a negative return takes back": (
        "orders.csv",
        [ENGLISH, ("A1", "2026-03-02", "Alder", 500, "Completed"),
         ("A2", "2026-03-03", "Alder", -50, "Returned")],
        {}, 450,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "apart", "counted"), CASES.values(), ids=CASES)
def test_the_money_that_counts_is_what_is_imported_less_void_rows(
    store: Store, name: str, rows: Rows, apart: dict[str, int], counted: int
) -> None:
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    result = brought(store, name, content)
    void = {status: sums.money[""]["amount"] for status, sums in result.uncounted.items()}
    assert void == {status: Decimal(amount) for status, amount in apart.items()}
    assert result.money_in is not None
    assert result.money_in["amount"] - sum(void.values(), Decimal(0)) == counted
    assert sales(store, "NOT (status = 'returned' AND amount > 0)") == counted
