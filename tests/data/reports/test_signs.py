"""A sign that stands in another column: kinds of documents, negative quantities."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

KINDS = [("单据类型", "销售出库", "销售退货"), ("票据类型", "蓝字发票", "红字发票"),
         ("Document Type", "Invoice", "Credit Memo"), ("Belegart", "Rechnung", "Gutschrift"),
         ("Type", "Sale", "Refund"), ("Tipo", "Factura", "Nota de crédito")]  # fmt: skip


@pytest.mark.parametrize(("header", "sale", "back"), KINDS)
@pytest.mark.parametrize("file", ["orders.csv", "orders.xlsx"])
def test_a_document_that_takes_back_is_negative(
    store: Store, header: str, sale: str, back: str, file: str
) -> None:
    rows: Rows = [
        ("Order ID", "Order Date", header, "Customer", "Amount"),
        ("S1", "2026-03-02", sale, "Alder", 600),
        ("S2", "2026-03-03", sale, "Birch", 400),
        ("R1", "2026-03-10", back, "Alder", 200),
    ]
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    assert brought(store, file, content).error is None
    assert sales(store) == 800


def test_a_negative_quantity_makes_its_amount_negative(store: Store) -> None:
    rows: Rows = [
        ("Order ID", "Order Date", "Customer", "Product", "Quantity", "Amount"),
        ("S1", "2026-03-02", "Alder", "Pump", 6, 600),
        ("R1", "2026-03-10", "Alder", "Pump", -2, 200),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 400
