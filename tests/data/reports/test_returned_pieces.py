"""Pieces that came back or were cancelled, in a column beside those that were sold."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def lines(pieces: str, back: str, price: str = "Unit Price") -> Rows:
    return [
        ("Order ID", "Order Date", "Customer", "Product", pieces, price, "Amount", back),
        ("A1", "2026-03-02", "Alder", "Pen", 10, 100, 1000, 3),
        ("A2", "2026-03-03", "Birch", "Ink", 4, 50, 200, 0),
        ("A3", "2026-03-04", "Cedar", "Pad", 2, 25, 50, 2),
    ]


# Of 1,250, three of ten pens (300) and both pads (50) came back.
HEADERS = [
    ("Qty", "Return Qty"),
    ("Quantity", "Returned Quantity"),
    ("Qty", "Qty Refunded"),
    ("Quantity", "Qty Cancelled"),
    ("Qty", "Cancelled Qty"),
    ("数量", "退货数量"),
    ("数量", "已退数量"),
    ("数量", "取消数量"),
    ("Quantity", "Units returned"),
]


@pytest.mark.parametrize(("pieces", "back"), HEADERS)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_pieces_that_came_back_are_taken_off(
    store: Store, pieces: str, back: str, suffix: str
) -> None:
    rows = lines(pieces, back)
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"orders.{suffix}", content)
    assert draft.sheet and [note.code for note in draft.sheet.notes] == ["net_of_refunds"]
    assert asked(store, draft) == []
    brought(store, f"orders.{suffix}", content)
    assert sales(store) == 900
    assert store.rows("SELECT sum(quantity) FROM orders") == [(11,)]


@pytest.mark.parametrize(("at", "right"), [(0, 1250), (1, 900)])
def test_without_a_price_it_is_asked_whether_the_amount_has_them(
    store: Store, at: int, right: int
) -> None:
    rows = [(*row[:5], *row[6:]) for row in lines("Qty", "Return Qty")]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    (choice,) = (question for question in draft.choices if question.key == "amount/column")
    assert choice.options == ("Amount", "Amount × (1 − Return Qty ÷ Qty)")
    assert choice.samples[0] == ("", ("1250", "900"))
    brought(store, "orders.csv", as_csv(rows), {"amount/column": choice.options[at]})
    assert sales(store) == right


def test_an_amount_of_the_pieces_that_stayed_is_left_alone(store: Store) -> None:
    rows = lines("Qty", "Return Qty")
    stayed = [rows[0], *((*row[:6], (row[4] - row[7]) * row[5], row[7]) for row in rows[1:])]  # type: ignore[operator]
    brought(store, "orders.csv", as_csv(stayed))
    assert sales(store) == 900


def test_where_nothing_came_back_nothing_is_asked(store: Store) -> None:
    rows = lines("Qty", "Return Qty")
    none = [rows[0], *((*row[:7], 0) for row in rows[1:])]
    (draft,) = drafts_of(store, "orders.csv", as_csv(none))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(none))
    assert sales(store) == 1250
