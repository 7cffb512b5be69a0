"""Lists as 用友, QuickBooks, NetSuite and HubSpot write them, and tables of exchange rates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

DELIVERIES: Rows = [
    ["发货日期", "发货单号", "客户简称", "业务员", "存货编码", "存货名称", "数量", "无税金额",
     "税额", "价税合计"],
    ["2026-03-02", "XSFH01", "甲", "张三", "0101", "泵", 2, 100, 13, 113],
    ["2026-03-03", "XSFH02", "乙", "李四", "0102", "阀", 1, 200, 26, 226],
]  # fmt: skip
OUTBOUND: Rows = [
    ["出库日期", "出库单号", "客户", "业务员", "存货", "规格", "数量", "金额"],
    ["2026-03-02", "CK01", "甲", "张三", "泵", "A", 2, 100],
    ["2026-03-03", "CK02", "乙", "李四", "阀", "B", 1, 200],
]
QUICKBOOKS: Rows = [
    ["Transaction date", "Transaction type", "Num", "Customer", "Product/Service",
     "Memo/Description", "Sales Rep", "Quantity", "Sales price", "Amount", "Balance"],
    ["03/02/2026", "Invoice", "1001", "Alder", "Pump", "", "Ann", 2, 50, 100, 100],
    ["03/13/2026", "Invoice", "1002", "Birch", "Valve", "", "Bo", 1, 200, 200, 300],
]  # fmt: skip
NETSUITE: Rows = [
    ["Date", "As-Of Date", "Period", "Type", "Document Number", "Name", "Sales Rep", "Item",
     "Status", "Amount"],
    ["3/2/2026", "", "Mar 2026", "Invoice", "INV1", "Alder", "Ann", "Pump", "Paid In Full", 100],
    ["3/13/2026", "", "Mar 2026", "Cash Sale", "CS1", "Birch", "Bo", "Valve", "Deposited", 200],
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    ("rows", "ids"),
    [
        pytest.param(DELIVERIES, ["XSFH01", "XSFH02"], id="deliveries"),
        pytest.param(OUTBOUND, ["CK01", "CK02"], id="from the warehouse"),
        pytest.param(QUICKBOOKS, ["1001", "1002"], id="quickbooks"),
        pytest.param(NETSUITE, ["CS1", "INV1"], id="netsuite"),
    ],
)
def test_such_a_list_is_one_of_orders_with_their_number_customer_and_product(
    store: Store, rows: Rows, ids: list[str], write: object
) -> None:
    name = "list.csv" if write is as_csv else "list.xlsx"
    result = brought(store, name, write(rows))  # type: ignore[operator]
    assert (result.error, result.table, sales(store)) == (None, "orders", Decimal(300))
    found = store.rows("SELECT order_id, customer, product FROM orders ORDER BY order_id")
    assert [number for number, _customer, _product in found] == ids
    assert all(customer and product for _number, customer, product in found)


def test_a_corrected_report_of_quickbooks_replaces_an_invoice_by_its_number(store: Store) -> None:
    brought(store, "sales.csv", as_csv(QUICKBOOKS))
    moved = [*QUICKBOOKS[:1], ["04/03/2026", *QUICKBOOKS[1][1:]], QUICKBOOKS[2]]
    assert brought(store, "sales (1).csv", as_csv(moved)).error is None
    assert sales(store) == Decimal(300)


@pytest.mark.parametrize(
    "period",
    ["Quota Period", "Quota Month", "Target Period", "目标季度", "任务月份", "Zielmonat"],
)
def test_the_period_of_a_quota_is_known_by_its_header(store: Store, period: str) -> None:
    rows = [["Sales Rep", period, "Quota Amount"], ["Ann", "2026-03", 60], ["Bo", "2026-04", 40]]
    assert brought(store, "Rep quotas.csv", as_csv(rows)).error is None
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(100),)]


def test_calls_of_hubspot_need_no_answer(store: Store) -> None:
    content = as_csv([
        ["Record ID", "Activity date", "Activity assigned to", "Call outcome",
         "Call duration (milliseconds)", "Call direction", "Associated Company", "Call Title"],
        ["501", "2026-03-02 14:21", "Ann", "Connected", "702448", "INBOUND", "Alder", "Call"],
        ["502", "2026-03-03 16:59", "Bo", "No answer", "459670", "OUTBOUND", "Birch", "Call"],
    ])  # fmt: skip
    (draft,) = drafts_of(store, "hubspot-crm-exports-all-calls-2026-03-27.csv", content)
    assert (draft.table, asked(store, draft)) == ("activities", [])


@pytest.mark.parametrize(
    "rows",
    [
        [["Month", "From", "To", "Rate"], ["2026-03", "EUR", "GBP", "0.86"]],
        [["Date", "Currency", "Exchange rate"], ["2026-03-31", "USD", "7.12"]],
        [["月份", "币种", "汇率"], ["2026-03", "美元", "7.12"], ["2026-03", "欧元", "7.8"]],
        [["Monat", "Währung", "Wechselkurs"], ["2026-03", "USD", "0,92"]],
        [["Mois", "Devise", "Taux de change"], ["2026-03", "USD", "0,92"]],
        [["Mes", "Moneda", "Tipo de cambio"], ["2026-03", "USD", "0,92"]],
    ],
)
def test_exchange_rates_lead_to_the_settings(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "fx.csv", as_csv(rows))
    assert draft.error is not None and draft.error.code == "exchange_rates"


@pytest.mark.parametrize(
    "header",
    [
        ["Date de paiement", "Client", "Commercial", "Montant"],
        ["Zahlungsdatum", "Kunde", "Verkäufer", "Betrag"],
        ["Bezahlt am", "Kunde", "Verkäufer", "Betrag"],
        ["Fecha de cobro", "Cliente", "Vendedor", "Importe"],
        ["Data pagamento", "Cliente", "Venditore", "Importo"],
        ["Betaaldatum", "Klant", "Verkoper", "Bedrag"],
    ],
)
def test_a_list_by_the_day_of_payment_is_one_of_collections(
    store: Store, header: list[str]
) -> None:
    rows = [header, ["2026-03-02", "Alder", "Ann", 100], ["2026-03-13", "Birch", "Bo", 200]]
    assert brought(store, "liste.csv", as_csv(rows)).table == "payments"
    assert (sales(store), store.rows("SELECT sum(amount) FROM payments")) == (0, [(300,)])


@pytest.mark.parametrize(
    "header",
    [
        ["N° de commande", "Date de commande", "Client", "Montant", "Date de paiement"],
        ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag", "Zahlungsdatum"],
        ["Número de pedido", "Fecha de pedido", "Cliente", "Importe", "Fecha de pago"],
    ],
)
def test_orders_with_a_day_of_payment_stay_orders(store: Store, header: list[str]) -> None:
    rows = [header, ["A1", "2026-03-02", "Alder", 100, "2026-03-20"],
            ["A2", "2026-03-13", "Birch", 200, ""]]  # fmt: skip
    assert brought(store, "liste.csv", as_csv(rows)).table == "orders"
    assert sales(store) == Decimal(300)
