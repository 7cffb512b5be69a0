"""Further lines of a shop's order, blank but for their own columns, count with their order."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

LINES = ("Lineitem quantity", "Lineitem name", "Lineitem price")
# (columns of the order, its cells, those of its further line)
SHOPIFY = [
    (("Created at",), ("2026-03-02 10:00:00 +0800",), ("",)),
    (("Email", "Created at"), ("a@x.com", "2026-03-02 10:00:00 +0000"), ("a@x.com", "")),
    (("Currency", "Created at"), ("USD", "2026-03-02 10:00:00 +0800"), ("", "")),
    (("Created at", "Total"), ("2026-03-02 10:00:00 +0800", "300"), ("", "")),
    (("Financial Status", "Created at"), ("paid", "2026-03-02"), ("", "")),
    (("Email", "Financial Status", "Created at"), ("a@x.com", "paid", "2026-03-02 10:00:00 +0000"),
     ("a@x.com", "", "")),
    (("Financial Status", "Subtotal", "Created at", "Vendor"),
     ("paid", "300", "2026-03-02 10:00:00 -0500", "V"), ("", "", "", "V")),
    (("Financial Status", "Created at"), ("paid", "2026-03-02"), ("", "2026-03-02")),
    (("Financial Status", "Total", "Created at", "Billing Name"),
     ("paid", "300", "2026/03/02 10:00", "Alder"), ("", "", "", "")),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "first", "further"), SHOPIFY)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_line_without_the_day_of_its_order_counts_on_that_day(
    store: Store,
    columns: tuple[str, ...],
    first: tuple[str, ...],
    further: tuple[str, ...],
    made: Callable[[Rows], bytes],
) -> None:
    rows = [
        ["Name", *columns, *LINES],
        ["#1001", *first, 1, "Mug", 100],
        ["#1001", *further, 2, "Cup", 50],
        ["#1001", *further, 1, "Pen", 100],
        ["#1002", *("30" if cell == "300" else cell for cell in first), 1, "Cap", 30],
    ]
    name = "orders_export.csv" if made is as_csv else "orders_export.xlsx"
    result = brought(store, name, made(rows))
    assert (result.rows_kept, result.left_out) == (4, {})
    assert sales(store) == sales(store, "month(order_date) = 3") == Decimal(330)


@pytest.mark.parametrize(
    "header",
    [
        "Quantity (- Refund)",
        "Refunded Quantity",
        "Refund qty",
        "Returned pieces",
        "退款数量",
        "退货件数",
    ],
)
def test_no_number_of_pieces_is_taken_off_an_amount(store: Store, header: str) -> None:
    rows = [
        ["Order Number", "Order Date", "Customer", "Order Total Amount", header],
        ["1001", "2026-03-02", "Alder", "210", "1"],
        ["1002", "2026-03-05", "Birch", "50", "2"],
        ["1003", "2026-03-06", "Cedar", "70", "1"],
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.sheet
    assert "−" not in draft.sheet.header[draft.mapping["amount"]]


@pytest.mark.parametrize(
    "header",
    [
        ("Order No", "Order Date", "Product", "Amount"),
        ("订单编号", "下单日期", "产品", "金额"),
        ("Auftragsnummer", "Auftragsdatum", "Artikel", "Betrag"),
    ],
)
@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_day_that_alone_is_blank_on_further_lines_is_that_of_the_order(
    store: Store, header: tuple[str, ...], made: Callable[[Rows], bytes]
) -> None:
    rows = [
        header,
        ("A-17", "2026-03-02", "Mug", 100),
        ("A-17", "", "Cup", 50),
        ("A-18", "2026-03-05", "Pen", 30),
    ]
    brought(store, "orders.csv" if made is as_csv else "orders.xlsx", made(rows))
    assert sales(store, "order_date = DATE '2026-03-02'") == Decimal(150)


def test_a_day_that_other_further_lines_have_is_missing_where_it_is_blank(store: Store) -> None:
    rows = [
        ("Order No", "Order Date", "Product", "Amount"),
        ("A-17", "2026-03-02", "Mug", 100),
        ("A-17", "", "Cup", 50),
        ("A-18", "2026-03-05", "Pen", 30),
        ("A-18", "2026-03-06", "Cap", 20),
    ]
    result = brought(store, "orders.csv", as_csv(rows))
    assert result.left_out == {"missing_date": 1}


def test_no_other_day_of_a_first_line_is_filled_down(store: Store) -> None:
    rows = [
        ("Order No", "Order Date", "Refund Date", "Product", "Amount"),
        ("A-17", "2026-03-02", "2026-03-09", "Mug", 100),
        ("A-17", "2026-03-02", "", "Cup", 50),
        ("A-18", "2026-03-05", "", "Pen", 30),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.sheet
    assert draft.sheet.rows["2"].to_pylist() == ["2026-03-09", None, None]
