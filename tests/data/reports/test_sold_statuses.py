"""What was sold counts however far its payment is; what was cancelled and came back is asked."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

WORDS = ["Paid In Full", "Fully Applied", "PartiallyPaid", "Partially Paid", "Pending Fulfillment",
         "Overdue", "Fully Billed", "部分收款", "已结清", "teilweise bezahlt"]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_what_was_sold_counts_however_far_its_payment_is(store: Store, word: str) -> None:
    rows = [
        ["Invoice Number", "Invoice Date", "Customer", "Amount", "Status"],
        ["I-1", "2026-03-02", "Alder", 100, word],
        ["I-2", "2026-03-03", "Birch", 200, "Void"],
    ]
    (draft,) = drafts_of(store, "invoices.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "invoices.csv", as_csv(rows))
    assert sales(store) == 100


@pytest.mark.parametrize(
    "word",
    ["Cancelled - reinstated", "Void (restored)", "Cancelled, reopened", "已取消（已恢复）",
     "Cancelled - reactivated", "作废后恢复"],
)  # fmt: skip
def test_what_was_cancelled_and_came_back_is_asked_about(store: Store, word: str) -> None:
    rows = [
        ["Order ID", "Order Date", "Customer", "Amount", "Status"],
        ["I-1", "2026-03-02", "Alder", 100, word],
        ["I-2", "2026-03-03", "Birch", 200, "Completed"],
        ["I-3", "2026-03-04", "Birch", 400, "Cancelled"],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == [f"status/word/{word}"]
