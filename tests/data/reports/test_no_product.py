"""Lines of an order that are no product: shipping, a discount, a tax."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from data.values.charges import is_charge
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order ID", "Order Date", "Product", "Quantity", "Amount")
GERMAN = ("Auftragsnummer", "Auftragsdatum", "Artikel", "Menge", "Betrag")
CHINESE = ("订单编号", "下单日期", "产品", "数量", "金额")
KINDS = [
    pytest.param(ENGLISH, ("Shipping", "Discount", "VAT 20%"), id="english"),
    pytest.param(ENGLISH, ("Delivery fee", "Coupon", "Sales tax (8.25%)"), id="english-others"),
    pytest.param(ENGLISH, ("Frais de port", "Remise 10%", "TVA 20 %"), id="french"),
    pytest.param(ENGLISH, ("Gastos de envío", "Descuento", "IVA 21%"), id="spanish"),
    pytest.param(GERMAN, ("Versandkosten", "Rabatt", "MwSt 19%"), id="german"),
    pytest.param(CHINESE, ("运费", "优惠券", "增值税"), id="chinese"),
]


@pytest.mark.parametrize(("head", "names"), KINDS)
@pytest.mark.parametrize("file", ["orders.csv", "orders.xlsx"])
def test_lines_that_are_no_product_are_asked_about_with_their_money(
    store: Store, head: tuple[str, ...], names: tuple[str, str, str], file: str
) -> None:
    shipping, discount, tax = names
    rows: Rows = [
        head,
        ("Y1", "2026-03-13", "Pen", 1, 100),
        ("Y1", "2026-03-13", shipping, 1, 10),
        ("Y1", "2026-03-13", discount, 1, 20),
        ("Y1", "2026-03-13", tax, 1, 16),
        ("Y2", "2026-03-14", "Ink", 1, 40),
        ("Y2", "2026-03-14", shipping, 1, 5),
    ]
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    keys = [f"amount/direction/{name}" for name in names]
    assert set(asked(store, draft)) == set(keys)
    brought(store, file, content, dict(zip(keys, ("out", "takes", "out"), strict=True)))
    assert sales(store) == Decimal(120)


def test_a_reduction_that_is_negative_already_is_not_asked_about(store: Store) -> None:
    rows = [
        ENGLISH,
        ("Y1", "2026-03-13", "Pen", 1, 100),
        ("Y1", "2026-03-13", "Discount", 1, -20),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal(80)


@pytest.mark.parametrize(
    "name", ["Tax software", "Shipping box", "Discount ticket", "Port", "Pen 10%", "运费险服务包"]
)
def test_products_are_not_taken_for_charges(name: str) -> None:
    assert not is_charge(name)
