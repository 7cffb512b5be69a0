"""Lists of purchases and stock, prices of suppliers, and sales that look like spend."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

BOUGHT = [
    pytest.param("po.csv", "Supplier",
                 ["Order No", "Order Date", "Supplier", "Product", "Quantity", "Unit Price",
                  "Amount"],
                 ["P-1", "2026-03-02", "Steel AG", "Sheet", "10", "20", "200"], id="supplier"),
    pytest.param("采购订单.xlsx", "供应商名称",
                 ["订单编号", "订单日期", "供应商名称", "采购员", "产品", "数量", "单价", "金额"],
                 ["CG1", "2026-03-02", "钢厂", "王五", "钢板", 10, 20, 200], id="chinese"),
    pytest.param("Bestellungen.csv", "Lieferant",
                 ["Bestellnummer", "Bestelldatum", "Lieferant", "Artikel", "Menge", "Betrag"],
                 ["4500001", "2026-03-02", "Stahl AG", "Blech", "10", "200"], id="german"),
    pytest.param("commandes.csv", "Fournisseur",
                 ["N° de commande", "Date de commande", "Fournisseur", "Produit", "Montant"],
                 ["C-1", "2026-03-02", "Acier SA", "Tôle", "200"], id="french"),
    pytest.param("pedidos.xlsx", "Proveedor",
                 ["Número de pedido", "Fecha de pedido", "Proveedor", "Producto", "Importe"],
                 ["C-1", "2026-03-02", "Acero SA", "Chapa", 200], id="spanish"),
    pytest.param("orders.csv", "Vendor",
                 ["Order Reference", "Order Date", "Vendor", "Buyer", "Product", "Amount"],
                 ["P1", "2026-03-02", "Steel AG", "Ann Vale", "Sheet", "200"], id="own-buyer"),
    pytest.param("orders.csv", "Vendor Name",
                 ["Order No", "Purchase Order", "Order Date", "Vendor Name", "Item", "Amount",
                  "Sales Rep"],
                 ["7", "PO-1", "2026-03-02", "Steel AG", "Sheet", "200", "Kim"],
                 id="sales-headers"),
    pytest.param("Purchase Orders 2026-03.csv", "Purchase Orders",
                 ["Order No", "Order Date", "Product", "Amount"],
                 ["7", "2026-03-02", "Sheet", "200"], id="named"),
    pytest.param("采购明细202603.csv", "采购明细", ["订单编号", "订单日期", "产品", "金额"],
                 ["7", "2026-03-02", "钢板", "200"], id="named-chinese"),
    pytest.param("库存.csv", "库存数量", ["产品", "仓库", "库存数量", "单价", "金额", "日期"],
                 ["钢板", "主仓", "10", "20", "200", "2026-03-31"], id="stock"),
    pytest.param("list.xlsx", "Qty on Hand",
                 ["Date", "Product", "Warehouse", "Qty on Hand", "Amount"],
                 ["2026-03-31", "Sheet", "Main", 10, 200], id="stock-on-hand"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "word", "header", "row"), BOUGHT)
def test_a_list_of_purchases_or_stock_is_asked_about_and_is_no_sale(
    store: Store, name: str, word: str, header: Rows, row: Rows
) -> None:
    content = (as_xlsx if name.endswith("xlsx") else as_csv)([header, row])
    (draft,) = drafts_of(store, name, content)
    assert f"amount/direction/{word}" in asked(store, draft)
    result = brought(store, name, content, {f"amount/direction/{word}": "out"})
    assert sales(store) == 0
    assert result.left_out == {"not_a_sale": 1}


def test_sales_by_product_with_their_supplier_count_where_the_user_says_so(store: Store) -> None:
    rows = [["Order No", "Order Date", "Supplier", "Product", "Amount"],
            ["7", "2026-03-02", "Steel AG", "Sheet", "200"]]  # fmt: skip
    brought(store, "orders.csv", as_csv(rows), {"amount/direction/Supplier": "adds"})
    assert sales(store) == Decimal(200)


SOLD = [
    pytest.param("orders.csv", ["Order No", "Order Date", "Customer", "Supplier", "Amount"],
                 ["7", "2026-03-02", "Alder", "Steel AG", "200"], id="customer-and-supplier"),
    pytest.param("orders.csv", ["Order No", "PO Number", "Order Date", "Customer", "Amount"],
                 ["7", "A-99", "2026-03-02", "Alder", "200"], id="number-of-the-customer"),
    pytest.param("销售.csv", ["日期", "产品", "供应商", "销量", "销售额"],
                 ["2026-03-02", "钢板", "钢厂", "10", "200"], id="sales-by-product"),
    pytest.param("orders.csv", ["Order Date", "Product", "Vendor", "Sales Rep", "Amount"],
                 ["2026-03-02", "Sheet", "Steel AG", "Ann Vale", "200"], id="sales-rep"),
    pytest.param("订单.csv", ["订单编号", "订单日期", "客户", "产品", "库存数量", "金额"],
                 ["7", "2026-03-02", "甲公司", "钢板", "50", "200"], id="stock-beside-orders"),
    pytest.param("Customer purchases.csv", ["Order No", "Order Date", "Customer", "Amount"],
                 ["7", "2026-03-02", "Alder", "200"], id="what-customers-purchased"),
    pytest.param("Inventory sales.csv", ["Order Date", "Product", "Quantity", "Amount"],
                 ["2026-03-02", "Sheet", "10", "200"], id="sales-from-stock"),
    pytest.param("orders_export.csv", ["Order Date", "Order No", "Lineitem name", "Vendor",
                                       "Amount"],
                 ["2026-03-02", "7", "Sheet", "Steel AG", "200"], id="brand-of-a-line"),
    pytest.param("orders.csv", ["Order No", "Order Date", "Shipping Name", "Product", "Vendor",
                                "Amount"],
                 ["7", "2026-03-02", "Ann", "Sheet", "Steel AG", "200"], id="shipped-to"),
    pytest.param("订单.csv", ["订单编号", "订单日期", "收货人", "产品", "供应商", "金额"],
                 ["7", "2026-03-02", "王芳", "钢板", "钢厂", "200"], id="shipped-to-chinese"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "header", "row"), SOLD)
def test_sales_that_name_a_supplier_or_a_stock_beside_need_no_question(
    store: Store, name: str, header: Rows, row: Rows
) -> None:
    (draft,) = drafts_of(store, name, as_csv([header, row]))
    assert asked(store, draft) == []
    brought(store, name, as_csv([header, row]))
    assert sales(store) == Decimal(200)


@pytest.mark.parametrize(
    ("supplier", "product", "price"),
    [("Supplier", "Product", "Price"), ("Vendor Name", "Product", "Unit Price"),
     ("供应商", "产品", "单价"), ("供货商", "产品名称", "报价"), ("Lieferant", "Artikel", "Preis"),
     ("Fournisseur", "Produit", "Prix")],
)  # fmt: skip
def test_a_price_beside_its_supplier_is_asked_about_before_it_values_deals(
    store: Store, supplier: str, product: str, price: str
) -> None:
    content = as_csv([[supplier, product, price], ["Steel AG", "Sheet", "20"]])
    (draft,) = drafts_of(store, "price list.csv", content)
    if "list_price" not in draft.mapping:
        return
    assert "list_price/column" in asked(store, draft)
    brought(store, "price list.csv", content, {"list_price/column": "—"})
    assert store.rows("SELECT count(*) FROM products WHERE list_price IS NOT NULL") == [(0,)]


TYPED = [
    ("Type", ["Invoice", "Credit Memo"]), ("Type", ["New business", "Renewal"]),
    ("类型", ["新签", "续约"]), ("类型", ["零售", "批发"]), ("Type", ["Sale", "Return"]),
    ("Type", ["Sales Order", "Sales Invoice"]),
]  # fmt: skip


@pytest.mark.parametrize(("header", "kinds"), TYPED)
def test_a_type_of_sale_makes_no_list_of_spend(store: Store, header: str, kinds: list[str]) -> None:
    rows = [["Date", header, "Amount"], ["2026-03-02", kinds[0], "1000"],
            ["2026-03-05", kinds[1], "2000"]]  # fmt: skip
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert draft.table != "spend"


@pytest.mark.parametrize("kinds", [["Travel", "Meals"], ["Google Ads", "Fair"], ["差旅费", "广告"]])
def test_a_type_of_expense_still_does(store: Store, kinds: list[str]) -> None:
    rows = [["Date", "Type", "Amount"], ["2026-03-02", kinds[0], "1000"],
            ["2026-03-05", kinds[1], "2000"]]  # fmt: skip
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert draft.table == "spend"


@pytest.mark.parametrize(
    ("written", "amount"),
    [("3.5w", 35000), ("3.5W", 35000), ("12w元", 120000), ("¥3w", 30000), ("-0.5w", -5000),
     ("3.5万", 35000), ("12k", 12000)],
)  # fmt: skip
def test_ten_thousands_typed_as_w_are_read(store: Store, written: str, amount: int) -> None:
    rows = [["日期", "客户", "销售", "金额"], ["2026-03-02", "甲公司", "张三", written],
            ["2026-03-09", "丙公司", "张三", "12000"]]  # fmt: skip
    result = brought(store, "手记.csv", as_csv(rows))
    assert result.left_out == {}
    assert sales(store) == Decimal(12000 + amount)
