"""Invoices that are void, written off or drafts are owed by nobody; open and overdue ones are."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

# The header of the status, then words for open, void or written off, and draft.
WORDS = [
    ("Status", "Open", "Void", "Draft"),
    ("Invoice Status", "Overdue", "Written off", "Draft"),
    ("状态", "未结清", "作废", "草稿"),
    ("单据状态", "逾期", "已作废", "待审核"),
    ("Rechnungsstatus", "Offen", "Storniert", "Entwurf"),
    ("Statut", "En retard", "Annulée", "Brouillon"),
    ("Estado", "Vencida", "Anulada", "Borrador"),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize("words", WORDS, ids=lambda words: "-".join(words[:2]))
def test_void_and_draft_invoices_are_no_receivables(
    store: Store, write: Callable[[Rows], bytes], words: tuple[str, ...]
) -> None:
    status, due, void, draft = words
    rows = [["Invoice No", "Due Date", "Customer", "Sales Rep", "Balance Due", status],
            ["I-1", "2026-12-02", "Acme", "Tom", 1500, due],
            ["I-2", "2026-12-14", "Bolt", "Ann", 700, void],
            ["I-3", "2026-12-14", "Cobb", "Ann", 900, draft]]  # fmt: skip
    suffix = "csv" if write is as_csv else "xlsx"
    result = brought(store, f"invoices.{suffix}", write(rows))
    assert result.table == "receivables"
    assert store.rows("SELECT sum(amount) FROM receivables") == [(Decimal(1500),)]
    assert result.left_out == {"record_void": 1, "record_pending": 1}
