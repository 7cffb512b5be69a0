"""Discounts beside amounts that are before them, after them, or nobody knows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

HEAD = ("Order ID", "Order Date", "Customer")


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


def orders(head: tuple[str, ...], *rows: tuple[object, ...]) -> list[list[object]]:
    """Return a list of orders with further columns."""
    return [
        [*HEAD, *head],
        *([f"D{at}", f"2026-03-0{at + 1}", "Alder", *row] for at, row in enumerate(rows, 1)),
    ]


PIECES = ("Quantity", "Unit Price", "Discount", "Amount")
KNOWN = [
    pytest.param(
        orders(PIECES, (2, 100, "10%", 200), (3, 100, "20%", 300), (1, 100, "0%", 100)),
        "disc.csv", "520", id="percent-off-one-price",
    ),
    pytest.param(
        orders(PIECES, (2, 100, 0.1, 200), (3, 100, 0.2, 300), (1, 100, 0, 100)),
        "disc.xlsx", "520", id="shares-off-one-price",
    ),
    pytest.param(
        orders(
            ("Menge", "Einzelpreis", "Rabatt", "Betrag"),
            ("2", "100,50", "10%", "201,00"), ("1", "100,50", "", "100,50"),
        ),
        "Aufträge.csv", "281.40", id="german",
    ),
    pytest.param(
        orders(
            ("Product", "Qty", "Unit Price", "Discount Amount", "Amount"),
            ("Pen", 2, 100, 20, 200), ("Ink", 1, 50, 0, 50), ("Pen", 3, 100, 0, 300),
        ),
        "lines.csv", "530", id="money-off-the-price-of-a-product",
    ),
    pytest.param(
        orders(
            ("产品", "数量", "单价", "优惠金额", "金额"),
            ("笔", 2, 100, -20, 200), ("笔", 3, 100, 0, 300),
        ),
        "订单.xlsx", "480", id="money-off-written-negative",
    ),
    pytest.param(
        orders(PIECES, (2, 100, "10%", 180), (3, 100, "20%", 240), (1, 100, "0%", 100)),
        "net.csv", "520", id="after-it-by-the-figures",
    ),
    pytest.param(
        orders(
            ("Qty", "Unit Price", "Discount Amount", "Amount"), (2, 100, 20, 180), (3, 100, 0, 300)
        ),
        "net.csv", "480", id="after-money-by-the-figures",
    ),
    pytest.param(
        orders(("Gross", "Discount Amount", "Amount"), (110, 10, 100), (220, 20, 200)),
        "net.csv", "300", id="after-it-beside-the-gross",
    ),
    pytest.param(
        orders(("实付金额", "优惠金额"), (90, 10), (180, 20)), "订单.csv", "270", id="paid-zh"
    ),
    pytest.param(
        orders(("Net Amount", "Discount Amount"), (90, 10), (180, 20)), "n.csv", "270", id="net"
    ),
    pytest.param(
        orders(("Amount", "Discount Amount"), (100, 0), (200, 0)), "n.csv", "300", id="no-discounts"
    ),
    pytest.param(
        orders(("Sales", "Quantity", "Discount"), (261.96, 2, 0), (14.62, 2, 0.2)),
        "superstore.csv", "276.58", id="a-share-without-a-price",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "total"), KNOWN)
def test_discounts_are_taken_off_where_the_figures_show_that_they_are_not(
    store: Store, rows: Rows, file: str, total: str
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == []
    brought(store, file, content_of(rows, file))
    assert sales(store) == Decimal(total)


ASKED = [
    pytest.param(
        orders(("Amount", "Discount Amount"), (100, 10), (200, 20)),
        {"Amount": "300", "Amount − Discount Amount": "270"},
        id="money",
    ),
    pytest.param(
        orders(("订单金额", "优惠金额", "运费"), (100, 10, 5), (200, 20, 0)),
        {"订单金额": "300", "订单金额 − 优惠金额": "270"},
        id="money-zh",
    ),
    pytest.param(
        orders(("Betrag", "Rabattbetrag"), ("1.000,50", "10,00"), ("200,25", "20,50")),
        {"Betrag": "1200.75", "Betrag − Rabattbetrag": "1170.25"},
        id="money-de",
    ),
    pytest.param(
        orders(("Montant", "Montant remise"), ("1.000,50", "-10,00"), ("200,25", "0,00")),
        {"Montant": "1200.75", "Montant − Montant remise": "1190.75"},
        id="money-fr-negative",
    ),
    pytest.param(
        orders(("Importe", "Importe descuento"), (100, 10), (200, 20)),
        {"Importe": "300", "Importe − Importe descuento": "270"},
        id="money-es",
    ),
    pytest.param(
        orders(PIECES, (2, 90, "10%", 180), (3, 80, "20%", 240), (1, 100, "0%", 100)),
        {"Amount": "520", "Quantity × Unit Price × (1 − Discount)": "454"},
        id="prices-that-may-be-after-it",
    ),
    pytest.param(
        orders(PIECES, (2, 100, 10, 200), (3, 100, 20, 300)),
        {
            "Amount": "500",
            "Quantity × Unit Price × (1 − Discount)": "420",
            "Amount − Discount": "470",
        },
        id="percent-or-money",
    ),
    pytest.param(
        orders(("数量", "单价", "折扣", "金额"), (2, 100, 0.85, 200), (3, 100, 0.9, 300)),
        {
            "金额": "500",
            "数量 × 单价 × 折扣": "440",
            "数量 × 单价 × (1 − 折扣)": "60",
        },
        id="what-is-left-zh",
    ),
    pytest.param(
        orders(("数量", "单价", "折扣"), (2, 100, 8.5), (3, 100, None)),
        {
            "数量 × 单价": "500",
            "数量 × 单价 × 折扣": "470",
            "数量 × 单价 × (1 − 折扣)": "483",
        },
        id="tenths-left-zh",
    ),
]


@pytest.mark.parametrize(("rows", "ways"), ASKED)
def test_what_a_discount_leaves_is_asked_where_nothing_tells(
    store: Store, rows: Rows, ways: dict[str, str]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/column"]
    (choice,) = draft.choices
    sums = dict(zip(choice.options, map(Decimal, choice.samples[0][1]), strict=True))
    assert sums == {header: Decimal(total) for header, total in ways.items()}
    way = choice.options[1]
    brought(store, "orders.csv", as_csv(rows), {"amount/column": way})
    assert sales(store) == sums[way]


def test_the_next_month_is_taken_off_as_well(store: Store) -> None:
    first = orders(PIECES, (2, 100, "10%", 200), (3, 100, "20%", 300))
    brought(store, "march.csv", as_csv(first))
    second = [
        tuple(first[0]),
        ("E1", "2026-04-02", "Alder", 2, 100, "10%", 200),
        ("E2", "2026-04-03", "Alder", 1, 100, "50%", 100),
    ]
    (draft,) = drafts_of(store, "april.csv", as_csv(second))
    assert asked(store, draft) == []
    brought(store, "april.csv", as_csv(second))
    assert sales(store) == Decimal(180 + 240 + 180 + 50)
