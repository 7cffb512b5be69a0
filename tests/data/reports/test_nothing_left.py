"""Files that bring nothing say why: their records are here, none counts, none can be read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

# The headers of lines, then those of their orders.
HEADERS = {
    "English": (
        ("Order No", "Line", "Order Date", "Customer", "Product", "Qty", "Line Amount"),
        ("Order No", "Order Date", "Customer", "Order Amount"),
    ),
    "Chinese": (
        ("订单编号", "行号", "订单日期", "客户", "产品", "数量", "金额"),
        ("订单编号", "订单日期", "客户", "订单金额"),
    ),
    "German": (
        (
            "Auftragsnummer",
            "Positionsnummer",
            "Auftragsdatum",
            "Kunde",
            "Artikel",
            "Menge",
            "Betrag",
        ),
        ("Auftragsnummer", "Auftragsdatum", "Kunde", "Auftragswert"),
    ),
}


def lines(header: Sequence[str]) -> Rows:
    """Return three lines of 100, 110 and 120 of each of five orders."""
    return [
        header,
        *(
            (f"SO{n}", line + 1, f"2026-03-{n + 1:02}", f"C{n}", f"P{line}", 1, 100 + 10 * line)
            for n in range(5)
            for line in range(3)
        ),
    ]


def orders(header: Sequence[str]) -> Rows:
    """Return these orders, of 330 each."""
    return [header, *((f"SO{n}", f"2026-03-{n + 1:02}", f"C{n}", 330) for n in range(5))]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("name", HEADERS)
def test_orders_whose_lines_are_here_are_said_to_be_here(
    store: Store, name: str, suffix: str
) -> None:
    write = as_csv if suffix == "csv" else as_xlsx
    of_lines, of_orders = HEADERS[name]
    brought(store, f"lines.{suffix}", write(lines(of_lines)))

    result = brought(store, f"orders.{suffix}", write(orders(of_orders)))

    assert result.error is not None and result.error.code == "counts_already"
    assert sales(store) == 1650


@pytest.mark.parametrize(
    ("status", "word"),
    [("Invoice Status", "Void"), ("Rechnungsstatus", "Entwurf"), ("单据状态", "已作废")],
)
def test_a_file_of_void_records_alone_is_said_to_be_one(
    store: Store, status: str, word: str
) -> None:
    header = ("Invoice No", "Due Date", "Customer", "Balance Due", status)
    rows = [header, *((f"I-{n}", "2026-04-02", "Acme", 100 + n, word) for n in range(3))]

    result = brought(store, "invoices.csv", as_csv(rows))

    assert result.error is not None and result.error.code == "nothing_counts"


def test_rows_that_cannot_be_read_are_in_the_list_of_problems(store: Store) -> None:
    rows = [("Order ID", "Order Date", "Amount"), ("O1", "", 5), ("O2", "", 6)]

    result = brought(store, "orders.csv", as_csv(rows))

    assert result.error is not None and result.error.code == "nothing_left"
    assert result.problem_count == 2
