"""Lists with due dates: what was sold, what customers owe, or a question which of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

# The headers of number, day, due date, customer and amount; of what is open, and what was paid.
WORDS = {
    "english": ("Invoice Number", "Invoice Date", "Due Date", "Customer", "Amount",
                "Balance", "Amount Paid"),
    "chinese": ("发票号码", "开票日期", "到期日", "客户", "金额", "未收金额", "已收金额"),
    "kingdee": ("单据编号", "单据日期", "到期日期", "客户", "价税合计", "未核销金额", "已核销金额"),
    "german": ("Rechnungsnummer", "Rechnungsdatum", "Fälligkeitsdatum", "Kunde", "Betrag",
               "Offener Betrag", "Bezahlt"),
    "french": ("Numéro de facture", "Date de facture", "Date d'échéance", "Client", "Montant",
               "Reste à payer", "Montant payé"),
    "spanish": ("Número de factura", "Fecha de factura", "Fecha de vencimiento", "Cliente",
                "Importe", "Saldo pendiente", "Importe pagado"),
    "italian": ("Numero fattura", "Data fattura", "Data scadenza", "Cliente", "Importo",
                "Importo residuo", "Importo pagato"),
}  # fmt: skip
KEY = "due_date/table"
IN_WORDS = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)


def rows_of(header: tuple[str, ...], *added: tuple[object, object]) -> Rows:
    first = ["A-1", "2026-03-02", "2026-04-01", "Nord", 1000, *(one[0] for one in added)]
    second = ["A-2", "2026-03-13", "2026-04-12", "Sud", 700, *(one[1] for one in added)]
    return [header, first, second]


def owed(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT coalesce(sum(amount), 0) FROM receivables")
    return Decimal(total)


@IN_WORDS
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_invoices_with_nothing_but_a_due_date_are_sold_or_owed_as_the_user_says(
    store: Store, words: tuple[str, ...], write: Callable[[Rows], bytes]
) -> None:
    name = "export.csv" if write is as_csv else "export.xlsx"
    content = write(rows_of(words[:5]))
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == [KEY]
    assert brought(store, name, content, {KEY: "orders"}).table == "orders"
    assert (sales(store), owed(store)) == (1700, 0)


@IN_WORDS
def test_what_the_user_said_is_owed_is_no_sale_and_is_not_asked_of_the_next_file(
    store: Store, words: tuple[str, ...]
) -> None:
    rows = rows_of(words[:5])
    assert brought(store, "one.csv", as_csv(rows), {KEY: "receivables"}).table == "receivables"
    assert (sales(store), owed(store)) == (0, 1700)
    (draft,) = drafts_of(store, "two.csv", as_csv([*rows, ["A-3", *rows[1][1:]]]))
    assert (draft.table, asked(store, draft)) == ("receivables", [])


@IN_WORDS
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_invoices_with_what_is_open_are_owed(
    store: Store, words: tuple[str, ...], write: Callable[[Rows], bytes]
) -> None:
    name = "export.csv" if write is as_csv else "export.xlsx"
    brought(store, name, write(rows_of(words, (0, 500), (1000, 200))))
    assert (sales(store), owed(store)) == (0, 500)


@IN_WORDS
def test_invoices_with_what_was_paid_are_owed_less_that(
    store: Store, words: tuple[str, ...]
) -> None:
    brought(store, "export.csv", as_csv(rows_of((*words[:5], words[6]), (1000, 200))))
    assert (sales(store), owed(store)) == (0, 500)


# Header of the status, the words for paid and for open.
STATUSES = [
    ("Status", "Paid", "Open"), ("Invoice Status", "Paid in full", "Overdue"),
    ("状态", "已付款", "未付款"), ("单据状态", "已结清", "逾期"), ("Status", "bezahlt", "offen"),
    ("Statut", "Payée", "En retard"), ("Estado", "Pagada", "Vencida"),
    ("Stato", "Pagata", "Aperta"),
]  # fmt: skip


@pytest.mark.parametrize("status", STATUSES, ids=lambda words: words[1])
def test_nothing_is_owed_of_what_its_status_says_is_paid(
    store: Store, status: tuple[str, str, str]
) -> None:
    header = ("Invoice No", "Due Date", "Customer", "Amount", status[0])
    before = [header, ["A-1", "2026-04-01", "Nord", 1000, status[2]],
              ["A-2", "2026-04-12", "Sud", 700, status[2]]]  # fmt: skip
    brought(store, "march.csv", as_csv(before))
    assert owed(store) == 1700
    now = [header, ["A-1", "2026-04-01", "Nord", 1000, status[1]], before[2]]
    brought(store, "april.csv", as_csv(now))
    assert owed(store) == 700


@pytest.mark.parametrize(
    ("name", "header", "table"),
    [
        ("应收明细.csv", WORDS["kingdee"][:5], "receivables"),
        ("AR Aging.csv", WORDS["english"][:5], "receivables"),
        ("Offene Posten.csv", WORDS["german"][:5], "receivables"),
        ("export.csv", ("Order No", "Order Date", "Due Date", "Customer", "Amount"), "orders"),
        ("export.csv", ("订单编号", "下单日期", "到期日", "客户", "金额"), "orders"),
        ("export.csv", ("Auftragsnummer", "Auftragsdatum", "Fällig am", "Kunde", "Betrag"),
         "orders"),
    ],
)  # fmt: skip
def test_a_list_that_says_what_it_is_is_not_asked_about(
    store: Store, name: str, header: tuple[str, ...], table: str
) -> None:
    (draft,) = drafts_of(store, name, as_csv(rows_of(header)))
    assert (draft.table, asked(store, draft)) == (table, [])


@pytest.mark.parametrize(
    "header",
    [("Invoice No", "Invoice Date", "Due Date", "Customer", "Amount", "Item", "Qty"),
     ("发票号码", "开票日期", "到期日", "客户", "金额", "产品", "数量"),
     ("Rechnungsnummer", "Rechnungsdatum", "Fällig am", "Kunde", "Betrag", "Artikel", "Menge"),
     ("N° de facture", "Date de facture", "Échéance", "Client", "Montant", "Produit", "Quantité")],
)  # fmt: skip
def test_lines_of_products_with_a_due_date_are_sold(store: Store, header: tuple[str, ...]) -> None:
    brought(store, "export.csv", as_csv(rows_of(header, ("Pump", "Valve"), (1, 2))))
    assert sales(store) == 1700
