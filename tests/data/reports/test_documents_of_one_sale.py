"""An order, its delivery and its invoice in one list are one sale: which of them count is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ["Date", "Type", "Document Number", "Customer", "Amount", "Sales Rep"]
CHINESE = ["日期", "单据类型", "单据编号", "客户", "金额", "业务员"]
GERMAN = ["Belegdatum", "Belegart", "Belegnummer", "Kunde", "Betrag", "Vertreter"]


def transactions(header: list[str], sold: str, again: str, back: str) -> Rows:
    """An invoice of 100, one of 200, a credit of 50, and an order of 400 or its like."""
    return [
        header,
        ["2026-03-22", sold, "A-100", "Alder", 100, "Ann"],
        ["2026-03-23", sold, "A-101", "Birch", 200, "Ann"],
        ["2026-03-24", back, "C-10", "Birch", -50, "Ann"],
        ["2026-03-25", again, "S-77", "Cedar", 400, "Bo"],
    ]


KINDS = [
    (ENGLISH, "Invoice", "Sales Order", "Credit Memo"),
    (ENGLISH, "Sales Invoice", "Order", "Credit Note"),
    (ENGLISH, "Invoice", "Delivery", "Return"),
    (CHINESE, "销售发票", "销售订单", "红字发票"),
    (CHINESE, "销售发票", "销售出库单", "红字发票"),
    (CHINESE, "销售出库单", "销售订单", "销售退货单"),
    (GERMAN, "Rechnung", "Auftrag", "Gutschrift"),
    (GERMAN, "Rechnung", "Lieferschein", "Gutschrift"),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("header", "sold", "again", "back"), KINDS)
def test_whether_orders_beside_invoices_count_is_asked(
    store: Store, header: list[str], sold: str, again: str, back: str,
    write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    name, content = f"transactions.{suffix}", write(transactions(header, sold, again, back))
    (draft,) = drafts_of(store, name, content)
    question = f"amount/direction/{again}"
    assert draft.table == "orders"
    assert asked(store, draft) == [question]
    brought(store, name, content, {question: "out"})
    assert sales(store) == 250


def test_answered_that_they_count_they_count(store: Store) -> None:
    rows = transactions(ENGLISH, "Invoice", "Sales Order", "Credit Memo")
    brought(store, "list.csv", as_csv(rows), {"amount/direction/Sales Order": "adds"})
    assert sales(store) == 650


@pytest.mark.parametrize(
    ("sold", "other"),
    [("Sales Order", "Web Order"), ("Invoice", "Tax Invoice"), ("销售出库单", "成品出库单"),
     ("普通订单", "加急订单"), ("Rechnung", "Schlussrechnung")],
)  # fmt: skip
def test_documents_of_one_stage_are_not_asked_about(store: Store, sold: str, other: str) -> None:
    rows = transactions(ENGLISH, sold, other, "Credit Note")
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert asked(store, draft) == []


def test_a_list_of_transactions_is_none_of_visits_and_calls(store: Store) -> None:
    rows = [
        ["Date", "Type", "Document Number", "Name", "Account", "Amount", "Status", "Sales Rep"],
        ["2026-03-22", "Invoice", "INV1", "Alder", "4000 Sales", 100, "Open", "Ann"],
        ["2026-03-23", "Credit Memo", "CM1", "Alder", "4000 Sales", -20, "Open", "Ann"],
        ["2026-03-24", "Estimate", "E1", "Birch", "", 999, "Open", "Ann"],
    ]
    result = brought(store, "TransactionSearch.csv", as_csv(rows))
    assert (result.table, result.left_out) == ("orders", {"not_a_sale": 1})
    assert sales(store) == 80


def test_visits_and_calls_stay_what_they_are(store: Store) -> None:
    rows = [
        ["Date", "Type", "Customer", "Owner", "Subject"],
        ["2026-03-22", "Call", "Alder", "Ann", "Invoice sent"],
        ["2026-03-23", "Visit", "Birch", "Ann", "Quote"],
    ]
    (draft,) = drafts_of(store, "calls.csv", as_csv(rows))
    assert draft.table == "activities"
