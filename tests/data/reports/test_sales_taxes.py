"""A sales tax of the USA comes on top of the amount, though 8.25 % of it is nearly 9 % inside."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

ORDER = ["Order ID", "Order Date", "Customer"]
AMOUNT = "amount/column"


def orders(header: tuple[str, ...], *rows: tuple[object, ...]) -> Rows:
    return [
        [*ORDER, *header],
        *([f"S{n}", f"2026-03-{n + 1:02}", "Alder", *row] for n, row in enumerate(rows, start=1)),
    ]


# | rows | what was sold without the tax |
ON_TOP = [
    pytest.param(orders(("Amount", "Sales Tax"), (100, 8.25), (50, 4.13), (80, 6.6)), 230,
                 id="texas"),
    pytest.param(orders(("Amount", "Tax"), (120, 9.9), (100, 8.25), (90, 7.43)), 310,
                 id="too-exact-for-9-inside"),
    pytest.param(orders(("Amount", "Sales tax (8.25%)"), (100, 8.25), (50, 4.13)), 150,
                 id="rate-in-the-header"),
    pytest.param(orders(("Amount", "Sales Tax"), (40, 3.3), (24, 1.98)), 64, id="small-amounts"),
    pytest.param(orders(("Subtotal", "Tax 8.875%", "Total"), (100, 8.88, 108.88),
                        (40, 3.55, 43.55)), 140, id="new-york"),
    pytest.param(orders(("Subtotal", "Tax", "Total"), (100, 7.25, 107.25), (60, 4.35, 64.35)),
                 160, id="california"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "sold"), ON_TOP)
def test_a_sales_tax_on_top_is_not_taken_off(
    store: Store, rows: Rows, sold: int, suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    (draft,) = drafts_of(store, f"orders.{suffix}", content)
    assert asked(store, draft) == []
    brought(store, f"orders.{suffix}", content)
    assert sales(store) == sold


# | rows |
ASKED = [
    pytest.param(orders(("Amount", "Tax"), (40, 3.3), (24, 1.98)), id="either-to-the-cent"),
    pytest.param(orders(("Total", "Tax"), (108.25, 8.25), (54.13, 4.13)), id="total"),
    pytest.param(orders(("Price", "Sales Tax (8.25%)", "Total"), (100, 8.25, 108.25),
                        (200, 16.5, 216.5)), id="rate-in-the-header"),
]  # fmt: skip


@pytest.mark.parametrize("rows", ASKED)
def test_where_nothing_tells_it_is_asked(store: Store, rows: Rows) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == [AMOUNT]


# | rows | what was sold without the tax |
INSIDE = [
    pytest.param(orders(("Amount", "VAT"), (109, 9), (218, 18)), 300, id="9-inside"),
    pytest.param(orders(("Amount", "VAT"), (105, 5), (210, 10)), 300, id="5-inside"),
    pytest.param(orders(("Amount", "VAT 20%"), (120, 20), (60, 10)), 150, id="20-inside"),
]


@pytest.mark.parametrize(("rows", "sold"), INSIDE)
def test_a_tax_inside_is_still_taken_off(store: Store, rows: Rows, sold: int) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == sold
