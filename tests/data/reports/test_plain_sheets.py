"""Sheets beside others of the same header that need no question: Orders and Cancelled, All."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, asked, drafts_of, sales
from tests.data.reports.test_sheets_again import HEADER, LINES, MORE, book

pytestmark = pytest.mark.usefixtures("inline")

FEBRUARY: Rows = [["F1", "2026-02-03", "Firm 1", 70], ["F2", "2026-02-04", "Firm 2", 30]]  # 100
WITHOUT_NUMBERS = slice(1, None)


@pytest.mark.parametrize(
    ("orders", "cancelled"),
    [("Orders", "Cancelled"), ("订单", "作废"), ("销售明细", "已取消"), ("Aufträge", "Storniert"),
     ("Invoices", "Voided"), ("Rechnungen", "Storniert"), ("Sales orders", "Void"),
     ("Mar 2026", "Cancelled")],
)  # fmt: skip
def test_orders_count_beside_a_sheet_of_cancelled_ones(
    store: Store, orders: str, cancelled: str
) -> None:
    content = book({orders: [HEADER, *LINES], cancelled: [HEADER, *MORE]})
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert asked(store, draft) == []
    land(store, [draft])
    assert sales(store) == Decimal(1500)


def test_orders_that_are_cancelled_in_another_sheet_are_asked_about(store: Store) -> None:
    content = book({"Orders": [HEADER, *LINES], "Cancelled": [HEADER, *LINES[1:4]]})
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert "status/word/Orders" in asked(store, draft)


@pytest.mark.parametrize("name", ["North", "待定", "Süd"])
def test_a_sheet_that_says_how_its_orders_stand_is_asked_about(store: Store, name: str) -> None:
    content = book({name: [HEADER, *LINES], "Cancelled": [HEADER, *MORE]})
    assert any(asked(store, draft) for draft in drafts_of(store, "orders.xlsx", content))


@pytest.mark.parametrize("numbered", [True, False], ids=["numbers", "no-numbers"])
@pytest.mark.parametrize(
    ("february", "march", "every"),
    [("Feb", "Mar", "All"), ("2月", "3月", "全部"), ("02月", "03月", "汇总"),
     ("Feb 2026", "Mar 2026", "Gesamt"), ("2026-02", "2026-03", "Tous"),
     ("Febrero", "Marzo", "Todos")],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False], ids=["all-first", "all-last"])
def test_a_sheet_of_all_rows_of_the_months_counts_once(
    store: Store, february: str, march: str, every: str, numbered: bool, first: bool
) -> None:
    cells = slice(None) if numbered else WITHOUT_NUMBERS
    whole = (every, [HEADER, *FEBRUARY, *LINES])
    months = [(february, [HEADER, *FEBRUARY]), (march, [HEADER, *LINES])]
    sheets = [whole, *months] if first else [*months, whole]
    content = book({name: [row[cells] for row in rows] for name, rows in sheets})
    drafts = drafts_of(store, "orders.xlsx", content)
    assert [asked(store, draft) for draft in drafts] == [[], []]
    land(store, [draft for draft in drafts if draft.take])
    assert sales(store) == Decimal(1600)


def test_a_sheet_with_more_rows_than_the_months_is_asked_about(store: Store) -> None:
    content = book({
        "Feb": [HEADER, *FEBRUARY],
        "Mar": [HEADER, *LINES],
        "All": [HEADER, *FEBRUARY, *LINES, *MORE],
    })  # fmt: skip
    assert any(asked(store, draft) for draft in drafts_of(store, "orders.xlsx", content))


def test_months_alike_both_count(store: Store) -> None:
    months = {name: [HEADER[1:], *([row[1], *row[2:]] for row in LINES)] for name in ("Feb", "Mar")}
    drafts = drafts_of(store, "orders.xlsx", book(months))
    assert all(draft.take for draft in drafts)
