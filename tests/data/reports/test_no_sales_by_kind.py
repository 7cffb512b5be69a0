"""Quotes, samples, gifts, transfers, bills of suppliers and statements of a bank: no sales."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

# Header of the kind, the word of a sale, and words of what is none.
KINDS = [
    ("Document Type", "Sales Order", "Sample Order", "Transfer Order", "Internal Use"),
    ("Order Type", "Standard Order", "Samples", "Stock transfer", "Free of charge"),
    ("单据类型", "销售出库", "样品出库", "调拨出库", "内部领用"),
    ("订单类型", "普通订单", "赠品订单", "样机借出", "其他出库"),
    ("Auftragsart", "Verkauf", "Muster", "Umlagerung", "Kostenlose Lieferung"),
    ("Type de pièce", "Vente", "Échantillon", "Échantillons", "Usage interne"),
    ("Tipo de documento", "Venta", "Muestra", "Muestras", "Consumo interno"),
]


@pytest.mark.parametrize("kinds", KINDS, ids=lambda words: words[0])
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_samples_gifts_and_transfers_are_no_sales(
    store: Store, kinds: tuple[str, ...], write: Callable[[Rows], bytes]
) -> None:
    header = ["Order No", "Order Date", "Customer", "Product", "Amount", kinds[0]]
    rows = [[f"S-{at}", f"2026-03-0{at}", "Nord", "Pump", 10**at, word]
            for at, word in enumerate(kinds[1:], 1)]  # fmt: skip
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    assert brought(store, name, write([header, *rows])).left_out == {"not_a_sale": 3}
    assert sales(store) == 10


# File, number, day, customer, product, amount, and what the question is about.
QUOTES = [
    ("list.csv", "Quote Number", "Quote Date", "Customer", "Product", "Amount", "Quote Number"),
    ("Quotations 2026.csv", "No.", "Date", "Customer", "Product", "Amount", "Quotations"),
    ("list.csv", "报价单号", "报价日期", "客户", "产品", "金额", "报价单号"),
    ("报价明细.csv", "单据编号", "单据日期", "客户", "产品", "金额", "报价明细"),
    ("list.csv", "Angebotsnummer", "Angebotsdatum", "Kunde", "Artikel", "Betrag",
     "Angebotsnummer"),
    ("list.csv", "N° de devis", "Date du devis", "Client", "Produit", "Montant", "N° de devis"),
    ("list.csv", "Número de presupuesto", "Fecha", "Cliente", "Producto", "Importe",
     "Número de presupuesto"),
]  # fmt: skip


@pytest.mark.parametrize("words", QUOTES, ids=lambda words: f"{words[0]}-{words[1]}")
def test_a_list_of_quotes_is_asked_about(store: Store, words: tuple[str, ...]) -> None:
    name, *header, about = words
    rows = [header, ["Q-1", "2026-03-02", "Nord", "Pump", 1000],
            ["Q-2", "2026-03-13", "Sud", "Pump", 700]]  # fmt: skip
    (draft,) = drafts_of(store, name, as_csv(rows))
    assert f"amount/direction/{about}" in asked(store, draft)


@pytest.mark.parametrize(
    ("name", "header"),
    [("orders.csv", ["Order No", "Order Date", "Customer", "Amount", "Quote Number"]),
     ("报价转订单.csv", ["订单编号", "下单日期", "客户", "金额", "报价单号"]),
     ("Angebote und Aufträge.csv", ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag",
                                    "Angebotsnummer"])],
)  # fmt: skip
def test_orders_that_name_their_quote_are_sales(store: Store, name: str, header: list[str]) -> None:
    brought(store, name, as_csv([header, ["S-1", "2026-03-02", "Nord", 1000, "Q-1"]]))
    assert sales(store) == 1000


BILLS = [
    ["Bill No", "Bill Date", "Due Date", "Vendor", "Amount", "Status"],
    ["Reference", "Date", "Payment Due", "Supplier Name", "Amount", "State"],
    ["单据", "日期", "付款日期", "供应商", "金额", "状态"],
    ["Beleg", "Datum", "Fällig am", "Lieferant", "Betrag", "Status"],
    ["Pièce", "Date", "Échéance", "Fournisseur", "Montant", "Statut"],
    ["Documento", "Fecha", "Vencimiento", "Proveedor", "Importe", "Estado"],
]


@pytest.mark.parametrize("header", BILLS, ids=lambda header: header[3])
def test_bills_of_suppliers_are_refused_or_asked_about(store: Store, header: list[str]) -> None:
    rows = [header, ["B-1", "2026-03-02", "2026-04-01", "Steel AG", 1000, "Open"],
            ["B-2", "2026-03-13", "2026-04-12", "Iron AG", 700, "Paid"]]  # fmt: skip
    (draft,) = drafts_of(store, "export.csv", as_csv(rows))
    refused = draft.error is not None and draft.error.code == "purchases"
    assert refused or f"amount/direction/{header[3]}" in asked(store, draft)


STATEMENTS = [
    ["Date", "Description", "Amount", "Balance"],
    ["Transaction Date", "Details", "Amount", "Running Balance"],
    ["日期", "摘要", "金额", "余额"],
    ["Datum", "Beschreibung", "Betrag", "Saldo"],
    ["Date", "Libellé", "Montant", "Solde"],
    ["Fecha", "Concepto", "Importe", "Saldo"],
    ["Data", "Causale", "Importo", "Saldo"],
]


@pytest.mark.parametrize("header", STATEMENTS, ids=lambda header: header[1])
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_statement_of_an_account_is_of_collections(
    store: Store, header: list[str], write: Callable[[Rows], bytes]
) -> None:
    rows = [header, ["2026-03-02", "Nord INV-1", "1000", "5000"],
            ["2026-03-13", "March rent", "-700", "4300"],
            ["2026-03-24", "Sud INV-2", "300", "4600"]]  # fmt: skip
    name = "statement.csv" if write is as_csv else "statement.xlsx"
    assert brought(store, name, write(rows)).error is None
    assert store.rows("SELECT sum(amount) FROM payments") == [(Decimal(1300),)]
    assert sales(store) == 0
