"""Rows that a filter or a hand has hidden are read, and that is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from data.store.database import Store
from tests.data.reports.imported import as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ROWS = [
    ["Order ID", "Order Date", "Customer", "Amount"],
    *([f"S{at}", "2026-03-02", "Alder", 100 * at] for at in range(1, 6)),
]


def with_hidden(*rows: int) -> bytes:
    book: Workbook = load_workbook(io.BytesIO(as_xlsx(ROWS)))
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("hidden", [(3,), (2, 4), (2, 3, 4, 5, 6)])
def test_hidden_rows_count_and_are_named(store: Store, hidden: tuple[int, ...]) -> None:
    content = with_hidden(*hidden)
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert draft.sheet
    (note,) = [note for note in draft.sheet.notes if note.code == "hidden_rows"]
    assert dict(note.params)["count"] == len(hidden)
    brought(store, "orders.xlsx", content)
    assert sales(store) == 1500


@pytest.mark.parametrize("hidden", [(), (9,)])
def test_where_no_row_with_cells_is_hidden_nothing_is_said(
    store: Store, hidden: tuple[int, ...]
) -> None:
    (draft,) = drafts_of(store, "orders.xlsx", with_hidden(*hidden))
    assert draft.sheet
    assert "hidden_rows" not in [note.code for note in draft.sheet.notes]
