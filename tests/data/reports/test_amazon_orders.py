"""Hold that Amazon's reports of orders count what the pieces of a line cost together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

HEADER = """
    amazon-order-id merchant-order-id purchase-date last-updated-date order-status
    fulfillment-channel sales-channel ship-service-level product-name sku
    asin item-status quantity currency item-price
    item-tax shipping-price shipping-tax item-promotion-discount ship-promotion-discount
    ship-city ship-state ship-country
""".split()  # noqa: SIM905
UNSHIPPED = """
    order-id order-item-id purchase-date payments-date buyer-name
    sku product-name quantity-purchased currency item-price
    item-tax shipping-price item-promotion-discount ship-service-level sales-channel
    ship-state ship-country
""".split()  # noqa: SIM905


def line(order: str, status: str, quantity: int, price: str, tax: str, off: str) -> list[str]:
    day = f"2026-03-{order[-2:]}T10:01:02+00:00"
    return [
        order, "", day, day, status, "Amazon", "Amazon.com", "Standard", "Mug", "MUG", "B001",
        status, str(quantity), "USD", price, tax, "5.00", "0.40", off, "", "Austin", "TX", "US",
    ]  # fmt: skip


# 40 + 25 + 60, without the 25 that nobody has paid for.
PLAIN = [
    HEADER,
    line("111-02", "Shipped", 2, "40.00", "3.30", ""),
    line("111-02", "Shipped", 1, "25.00", "2.06", ""),
    line("111-05", "Unshipped", 3, "60.00", "4.95", ""),
    line("111-07", "Pending", 1, "25.00", "2.06", ""),
]
# 4.00 and 6.50 off.
REDUCED = [
    HEADER,
    line("111-02", "Shipped", 2, "40.00", "3.30", "4.00"),
    line("111-02", "Shipped", 1, "25.00", "2.06", "0.00"),
    line("111-05", "Shipped", 3, "60.00", "4.95", "6.50"),
]
# A discount of up to 1 is money, too.
SMALL = [
    HEADER,
    line("111-02", "Shipped", 2, "40.00", "3.30", "0.50"),
    line("111-05", "Shipped", 3, "60.00", "4.95", "1.00"),
    line("111-06", "Cancelled", 0, "", "", ""),
]
EARLIER = [
    UNSHIPPED,
    ["111-02", "9001", "2026-03-02T10:01:02+00:00", "2026-03-02T10:01:02+00:00", "Ann Lee", "MUG",
     "Mug", "2", "USD", "40.00", "3.30", "5.00", "4.00", "Standard", "Amazon.com", "TX", "US"],
    ["111-05", "9002", "2026-03-05T10:01:02+00:00", "2026-03-05T10:01:02+00:00", "Bo Chen", "CAP",
     "Cap", "3", "USD", "60.00", "4.95", "5.00", "0.00", "Standard", "Amazon.com", "WA", "US"],
]  # fmt: skip


def tabs(rows: list[list[str]]) -> bytes:
    return "\r\n".join("\t".join(row) for row in rows).encode()


@pytest.mark.parametrize("file", ["4711020541.txt", "orders.tsv", "orders.csv", "orders.xlsx"])
@pytest.mark.parametrize(
    ("rows", "total"),
    [(PLAIN, "125"), (REDUCED, "114.50"), (SMALL, "98.50"), (EARLIER, "96")],
    ids=["plain", "reduced", "small", "unshipped"],
)
def test_the_price_of_an_item_is_that_of_all_its_pieces(
    store: Store, rows: list[list[str]], total: str, file: str
) -> None:
    made = {"csv": as_csv, "xlsx": as_xlsx}.get(file.rpartition(".")[2])
    content = made(rows) if made else tabs(rows)
    (draft,) = drafts_of(store, file, content)
    assert (draft.table, draft.system, asked(store, draft)) == ("orders", "amazon", [])
    brought(store, file, content)
    assert sales(store) == Decimal(total)
    assert store.rows("SELECT DISTINCT currency FROM orders WHERE amount > 0") == [("USD",)]


def test_tax_in_the_prices_of_europe_is_taken_off(store: Store) -> None:
    rows = [
        HEADER,
        line("111-02", "Shipped", 2, "119.00", "19.00", ""),
        line("111-05", "Shipped", 3, "238.00", "38.00", ""),
    ]
    of_germany = [["Amazon.de" if cell == "Amazon.com" else cell for cell in row] for row in rows]
    brought(store, "orders.txt", tabs(of_germany))
    assert sales(store) == Decimal("300")


def test_a_price_of_pieces_of_another_system_is_multiplied(store: Store) -> None:
    rows = [
        ["Order No", "Order Date", "Customer", "Product", "Quantity", "Item Price"],
        ["N1", "2026-03-02", "Alder", "Pump", 2, 50],
        ["N2", "2026-03-05", "Birch", "Valve", 1, 200],
    ]
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal("300")
