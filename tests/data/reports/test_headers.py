"""Headers of other languages and systems: which table, which column, and what counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

SAVES = pytest.mark.parametrize("save", [as_csv, as_xlsx], ids=["csv", "xlsx"])


def _two(dates: list[str], amounts: list[str]) -> list[list[object]]:
    rows = zip(
        ("A-1", "A-2"), dates, ("Alder", "Birch"), ("Ann Vale", "Bo Reed"), amounts, strict=True
    )
    return [list(row) for row in rows]


GERMAN = _two(["25.03.2026", "28.03.2026"], ["1.000,00", "2.500,50"])
SPANISH = _two(["25/03/2026", "28/03/2026"], ["1.000,00", "2.500,50"])
FRENCH = _two(["25/03/2026", "28/03/2026"], ["1 000,00", "2 500,50"])

# | file | header | rows | columns by header | sales
ORDERS = [
    pytest.param(
        "訂單", ["訂單編號", "訂單日期", "客戶名稱", "業務員", "品名", "數量", "金額", "訂單狀態"],
        [["S-1", "2026-03-02", "長江實業", "張三", "水泵", 2, 100, "已出貨"],
         ["S-2", "2026-03-25", "黃河機電", "李四", "閥門", 1, 200, "已取消"]],
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "product": 4, "quantity": 5,
         "amount": 6, "status": 7},
        100, id="taiwan",
    ),
    pytest.param(
        "銷售明細", ["單據號碼", "銷售日期", "客戶", "業務人員", "品項", "銷售額（萬元）"],
        [["S-1", "2026/3/2", "長江實業", "張三", "水泵", 1.5],
         ["S-2", "2026/3/25", "黃河", "李四", "閥門", 2]],
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 5},
        35000, id="taiwan-in-ten-thousands",
    ),
    pytest.param(
        "銷貨單", ["銷貨單號", "銷貨日期", "客戶簡稱", "業務專員", "未稅金額", "稅額", "含稅金額"],
        [["S-1", "2026-03-02", "長江", "張三", 100, 5, 105],
         ["S-2", "2026-03-25", "黃河", "李四", 200, 10, 210]],
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        300, id="taiwan-net-of-tax",
    ),
    pytest.param(
        "VA05",
        ["Sales Document", "Item (SD)", "Created on", "Sold-to Party", "Material", "Net Value",
         "Document Currency"],
        [["12345", "10", "2026-03-02", "Alder", "M-1", "1,000.00", "CNY"],
         ["12345", "20", "2026-03-02", "Alder", "M-2", "200.00-", "CNY"]],
        {"order_id": 0, "line_no": 1, "order_date": 2, "customer": 3, "amount": 5, "currency": 6},
        800, id="sap",
    ),
    pytest.param(
        "Verkaufsbelege",
        ["Verkaufsbeleg", "Position (SD)", "Belegdatum", "Auftraggeber", "Materialkurztext",
         "Auftragsmenge", "Nettowert"],
        [["12345", "10", "25.03.2026", "Alder", "Pumpe", "2", "1.000,00"],
         ["12346", "10", "28.03.2026", "Birch", "Ventil", "1", "2.500,50"]],
        {"order_id": 0, "line_no": 1, "order_date": 2, "customer": 3, "product": 4, "quantity": 5,
         "amount": 6},
        Decimal("3500.5"), id="sap-german",
    ),
    pytest.param(
        "Rechnungen 2026", ["Rechnungsnummer", "Datum", "Kunde", "Vertriebler", "Betrag"],
        GERMAN,
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        Decimal("3500.5"), id="german-invoices",
    ),
    pytest.param(
        "pedidos", ["Nº de pedido", "Fecha", "Cliente", "Vendedor", "Importe"],
        SPANISH,
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        Decimal("3500.5"), id="spanish",
    ),
    pytest.param(
        "commandes", ["N° de commande", "Date", "Client", "Commercial", "Montant HT"],
        FRENCH,
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        Decimal("3500.5"), id="french",
    ),
    pytest.param(
        "factures", ["Numéro de facture", "Date de facture", "Client", "Vendeur", "Montant"],
        FRENCH,
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        Decimal("3500.5"), id="french-invoices",
    ),
    pytest.param(
        "facturas",
        ["Número de factura", "Fecha de factura", "Cliente", "Comercial", "Importe neto"],
        SPANISH,
        {"order_id": 0, "order_date": 1, "customer": 2, "rep": 3, "amount": 4},
        Decimal("3500.5"), id="spanish-invoices",
    ),
]  # fmt: skip


@SAVES
@pytest.mark.parametrize(("name", "header", "rows", "columns", "total"), ORDERS)
def test_lists_of_orders_are_told_by_their_headers(store, name, header, rows, columns, total, save):
    name = f"{name}.{'csv' if save is as_csv else 'xlsx'}"
    content = save([header, *rows])
    (draft,) = drafts_of(store, name, content)
    assert draft.table == "orders"
    assert {column: draft.mapping.get(column) for column in columns} == columns
    assert asked(store, draft) == []
    brought(store, name, content)
    assert sales(store) == total


# | file | header | row | table
OTHERS = [
    ("業績目標", ["月份", "業務員", "目標金額"], ["2026-03", "張三", 1000], "targets"),
    ("商機", ["商機名稱", "客戶名稱", "負責人", "階段", "預計成交日期", "金額"],
     ["水泵", "長江實業", "張三", "方案報價", "2026-04-20", 500], "deals"),
    ("收款", ["收款單號", "收款日期", "客戶名稱", "收款金額"],
     ["R-1", "2026-03-02", "長江實業", 100],
     "payments"),
    ("客戶", ["客戶編號", "客戶名稱", "客戶等級", "產業", "負責人"],
     ["K-1", "長江實業", "A", "機電", "張三"], "customers"),
]  # fmt: skip


@SAVES
@pytest.mark.parametrize(("name", "header", "row", "into"), OTHERS)
def test_traditional_headers_are_those_of_every_table(store, name, header, row, into, save):
    (draft,) = drafts_of(
        store, f"{name}.{'csv' if save is as_csv else 'xlsx'}", save([header, row])
    )
    assert draft.table == into
    assert len(draft.mapping) >= 3


def test_months_as_traditional_columns_become_rows_and_totals_do_not(store):
    rows = [["業務員", "1月", "2月", "3月", "總計"], ["張三", 100, 200, 300, 600]]
    content = as_csv([["2026年業績目標"], *rows])
    brought(store, "業績目標.csv", content)
    assert store.rows("SELECT sum(target) FROM targets") == [(600,)]


AMAZON = [
    "date/time", "settlement id", "type", "order id", "sku", "description", "quantity",
    "marketplace", "product sales", "product sales tax", "selling fees", "total",
]  # fmt: skip


@SAVES
def test_fees_and_payouts_of_amazon_are_no_sales(store, save):
    hour, shop = "10:15:32 AM PST", "amazon.com"
    rows = [
        ["Includes Amazon Marketplace transactions"],
        ["All amounts in USD, unless specified"],
        AMAZON,
        [f"Feb 2, 2026 {hour}", "1", "Order", "114-1", "M1", "Mug", 2, shop, 40, 3, -6, 37],
        [f"Mar 5, 2026 {hour}", "1", "Order", "114-2", "L1", "Lamp", 1, shop, 50, 4, -7, 47],
        [f"Mar 9, 2026 {hour}", "1", "Refund", "114-1", "M1", "Mug", 1, shop, -20, -1, 3, -18],
        [f"Mar 9, 2026 {hour}", "1", "FBA Inventory Fee", *[""] * 5, 0, 0, 0, -15],
        [f"Mar 10, 2026 {hour}", "1", "Transfer", *[""] * 5, 0, 0, 0, -51],
    ]  # fmt: skip
    name = "2026MarMonthlyTransaction." + ("csv" if save is as_csv else "xlsx")
    result = brought(store, name, save(rows))
    assert result.left_out == {"not_a_sale": 2}
    assert sales(store) == 70


# | header | the nearest table | what it still needs
TOO_FEW = [
    pytest.param(["Expected close date", "Shade", "Colour", "Shape"], "deals", "stage", id="deals"),
    pytest.param(["订单日期", "天气", "心情", "颜色"], "orders", "amount", id="orders"),
    pytest.param(["訂單日期", "天氣", "心情", "顏色"], "orders", "amount", id="traditional"),
    pytest.param(["Auftragsdatum", "Wetter", "Farbe", "Form"], "orders", "amount", id="german"),
    pytest.param(["Payment date", "Weather", "Colour", "Shape"], "payments", "amount", id="paid"),
    pytest.param(["回款日期", "天气", "心情", "颜色"], "payments", "amount", id="collections"),
]


@SAVES
@pytest.mark.parametrize(("header", "nearest", "lacks"), TOO_FEW)
def test_a_sheet_with_too_few_columns_is_told_what_it_lacks(store, header, nearest, lacks, save):
    rows = [header, ["2026-03-02", "b", "c", "d"], ["2026-03-03", "e", "f", "g"]]
    (draft,) = drafts_of(store, f"x.{'csv' if save is as_csv else 'xlsx'}", save(rows))
    assert draft.error.code == "nearest_lacks"
    assert draft.error.params["table"] == nearest
    assert lacks in {column for group in draft.error.params["columns"] for column in group}
