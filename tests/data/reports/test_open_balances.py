"""Receivables are what is still owed of invoices, and not what the invoices came to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

INVOICED = [100, 101, 102, 103, 104, 105]
OWED = [50, 101, 102, 0, 104, 20]  # 377 of 615
RUNNING = [100, 201, 303, 406, 510, 615]

HEADERS = {
    "QuickBooks": ("Date", "Num", "Customer", "Due date", "Amount", "Open balance"),
    "Xero": ("Invoice Date", "Invoice Number", "Contact", "Due Date", "Total", "Outstanding"),
    "Sage": ("Date", "Invoice No", "Customer", "Due Date", "Amount", "Balance"),
    "Chinese": ("开票日期", "发票号", "客户名称", "到期日", "金额", "未收金额"),
    "Chinese balance": ("日期", "单据编号", "客户", "应收日期", "应收金额", "应收余额"),
    "Chinese rest": ("日期", "单据编号", "客户", "到期日", "应收金额", "余额"),
    "German": (
        *("Rechnungsdatum", "Rechnungsnr", "Kunde", "Fälligkeitsdatum", "Rechnungsbetrag"),
        "Offener Betrag",
    ),
    "German balance": ("Datum", "Rechnung", "Kunde", "Fällig am", "Betrag", "Saldo"),
    "French": ("Date", "N° facture", "Client", "Date d'échéance", "Montant", "Reste à payer"),
    "Spanish": (
        *("Fecha", "Factura", "Cliente", "Fecha de vencimiento", "Importe", "Saldo pendiente"),
    ),
}


def invoices(header: tuple[str, ...], last: list[int]) -> Rows:
    """Return six invoices due in April, with what their last column says of them."""
    rows = [
        [f"2026-03-0{n + 1}", f"I-{n}", f"Acme {n}", f"2026-04-0{n + 1}", INVOICED[n], last[n]]
        for n in range(len(INVOICED))
    ]
    return [header, *rows]


def owed(store: Store) -> Decimal:
    ((total,),) = store.rows("SELECT sum(amount) FROM receivables")
    return Decimal(total)


@pytest.mark.parametrize(
    ("name", "suffix"), [(name, "xlsx" if at % 2 else "csv") for at, name in enumerate(HEADERS)]
)
def test_the_balance_of_receivables_is_the_open_one(store: Store, name: str, suffix: str) -> None:
    rows = invoices(HEADERS[name], OWED)
    result = brought(store, f"aging.{suffix}", (as_csv if suffix == "csv" else as_xlsx)(rows))

    assert result.table == "receivables"
    assert owed(store) == Decimal(377)


def test_a_balance_that_runs_on_is_not_what_each_invoice_owes(store: Store) -> None:
    brought(store, "statement.csv", as_csv(invoices(HEADERS["Sage"], RUNNING)))

    assert owed(store) == Decimal(615)


def test_an_aging_report_says_what_is_owed_at_its_end(store: Store) -> None:
    header = (
        "",
        "Date",
        "Transaction type",
        "Num",
        "Customer",
        "Due date",
        "Amount",
        "Open balance",
    )
    rows = [
        ["Harbor Tools"],
        ["A/R Aging Detail"],
        [],
        header,
        ["31 - 60 days past due"],
        ["", "01/15/2026", "Invoice", "5060", "Globex", "02/14/2026", 8521, 4260],
        ["", "01/16/2026", "Invoice", "5061", "Acme", "02/15/2026", 4849, 4849],
        ["Total for 31 - 60 days past due", *[""] * 6, 9109],
        ["CURRENT"],
        ["", "03/12/2026", "Invoice", "5005", "Acme", "04/13/2026", 4087, 2043],
        ["", "03/13/2026", "Invoice", "5007", "Acme", "04/14/2026", 6948, 6948],
        ["Total for CURRENT", *[""] * 6, 8991],
        ["TOTAL", *[""] * 6, 18100],
    ]
    brought(store, "aging.xlsx", as_xlsx(rows))

    assert owed(store) == Decimal(18100)
