"""Whose record a list means by a number that the records of two shops have."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import inbox, unattended
from data.store.database import Store
from tests.conftest import TODAY, land, over, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
KEY = "order_id/reused"
EN = ["Order ID", "Order Date", "Customer", "Amount"]
FIRST = [
    ("1001", "2026-02-01", "Alder", 300),
    ("1002", "2026-02-02", "Birch", 200),
    ("1003", "2026-02-03", "Cedar", 500),
]
SECOND = [
    ("1001", "2026-02-05", "Maple", 50),
    ("1002", "2026-02-06", "Oak", 70),
    ("1003", "2026-02-07", "Pine", 90),
    ("1007", "2026-02-08", "Elm", 10),
]
ONE, OTHER = "first:shop_a.csv", "of:shopb"


def two_shops(store: Store) -> None:
    brought(store, "shop_a.csv", as_csv([EN, *FIRST]))
    brought(store, "shop_b.csv", as_csv([EN, *SECOND]), {KEY: "name:shopb"})


# Lists that name orders, and nothing that tells of which shop.
BARE = [
    pytest.param("returns", ["Order ID", "Return Date", "Refund Amount"], as_csv, id="returns"),
    pytest.param("returns", ["订单编号", "退款日期", "退款金额"], as_xlsx, id="returns-in-chinese"),
    pytest.param(
        "returns", ["Bestellnummer", "Retourendatum", "Erstattungsbetrag"], as_csv, id="retouren"
    ),
    pytest.param(
        "payments", ["Order ID", "Payment Date", "Amount Received"], as_csv, id="payments"
    ),
    pytest.param("payments", ["订单编号", "回款日期", "回款金额"], as_xlsx, id="collections"),
    pytest.param("receivables", ["Order ID", "Due Date", "Amount Due"], as_csv, id="receivables"),
    pytest.param("receivables", ["订单编号", "应收日期", "应收金额"], as_csv, id="receivables-zh"),
]
LISTED = [("1001", "2026-03-01", 20), ("1003", "2026-03-02", 30), ("1002", "2026-03-02", 40)]


def named(store: Store, table: str) -> list[str]:
    return [number for (number,) in store.rows(f'SELECT order_id FROM "{table}" ORDER BY 1')]


@pytest.mark.parametrize(("table", "header", "write"), BARE)
@pytest.mark.parametrize("answer", [ONE, OTHER])
def test_numbers_of_two_shops_are_asked_about(
    store: Store, table: str, header: list[str], write: Write, answer: str
) -> None:
    two_shops(store)
    content = write([header, *LISTED])
    (draft,) = drafts_of(store, "list.dat", content)
    assert (draft.table, asked(store, draft)) == (table, [KEY])
    (question,) = draft.references.questions
    assert question.options == (ONE, OTHER)
    assert question.samples[0] == (
        "1001",
        ("Alder · 2026-02-01 · 300", "Maple · 2026-02-05 · 50"),
    )
    result = brought(store, "list.dat", content, {KEY: answer})
    assert result.error is None
    end = "" if answer == ONE else " · shopb"
    assert named(store, table) == [f"100{at}{end}" for at in (1, 2, 3)]
    # The next file of the shape may be of the other shop.
    (newer,) = drafts_of(store, "list.dat", write([header, *LISTED[:2], ("1002", "2026-03-09", 1)]))
    assert KEY in asked(store, newer)


TOLD = [
    pytest.param(
        ["Order ID", "Return Date", "Customer", "Refund Amount"],
        [("1001", "2026-03-01", "Maple Ltd", 20), ("1003", "2026-03-02", "Cedar", 30)],
        ["1001 · shopb", "1003"],
        id="customers",
    ),
    pytest.param(
        ["订单编号", "退款日期", "客户", "退款金额"],
        [("1002", "2026-03-01", "Oak", 20), ("1007", "2026-03-02", "elm", 3)],
        ["1002 · shopb", "1007 · shopb"],
        id="customers-in-chinese",
    ),
    pytest.param(
        ["Order ID", "Return Date", "Shop", "Refund Amount"],
        [("1001", "2026-03-01", "ShopB", 20), ("1003", "2026-03-02", "ShopA", 30)],
        ["1001 · shopb", "1003"],
        id="a-column-of-shops",
    ),
    pytest.param(
        ["订单编号", "退款日期", "店铺", "退款金额"],
        [("1001", "2026-03-01", "shopb", 20), ("1003", "2026-03-02", "甲店", 30)],
        ["1001 · shopb", "1003"],
        id="a-column-of-shops-in-chinese",
    ),
    pytest.param(
        ["Order ID", "Return Date", "Refund Amount"],
        [("1001 · shopb", "2026-03-01", 20), ("1003 · shopb", "2026-03-02", 30)],
        ["1001 · shopb", "1003 · shopb"],
        id="as-the-dashboard-has-them",
    ),
]


@pytest.mark.parametrize(("header", "rows", "right"), TOLD)
def test_a_shop_or_a_customer_tells_whose_order_it_is(
    store: Store, header: list[str], rows: Rows, right: list[str]
) -> None:
    two_shops(store)
    (draft,) = drafts_of(store, "returns.csv", as_csv([header, *rows]))
    assert asked(store, draft) == []
    brought(store, "returns.csv", as_csv([header, *rows]))
    assert named(store, "returns") == right


def test_numbers_that_one_shop_has_are_not_asked_about(store: Store) -> None:
    brought(store, "shop_a.csv", as_csv([EN, *FIRST]))
    header = ["Order ID", "Return Date", "Refund Amount"]
    (draft,) = drafts_of(store, "returns.csv", as_csv([header, *LISTED]))
    assert asked(store, draft) == []
    brought(store, "shop_b.csv", as_csv([EN, *SECOND[:2]]), {KEY: "name:shopb"})
    (draft,) = drafts_of(store, "returns.csv", as_csv([header, LISTED[1]]))
    assert asked(store, draft) == []


def test_over_http_the_list_waits(store: Store) -> None:
    two_shops(store)
    content = as_csv([["Order ID", "Return Date", "Refund Amount"], *LISTED])
    upload = inbox.receive(store, "returns.csv", content)
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"


# Deals of two systems whose numbers were kept apart.
DEALS = ["Deal ID", "Deal Name", "Customer", "Stage", "Amount", "Created Date", "Close Date"]
ONES = [
    (f"D{at}", f"Pump {at}", who, "Proposal", at * 100, f"2026-01-0{at}", "2026-06-30")
    for at, who in enumerate(("Alder", "Birch", "Cedar"), 1)
]
OTHERS = [
    (f"D{at}", f"Valve {at}", who, "Proposal", at * 17, f"2025-11-1{at}", "2026-05-31")
    for at, who in enumerate(("Maple", "Oak", "Pine"), 1)
]
OF_DEALS = [
    pytest.param(
        "activities", ["Activity ID", "Activity Date", "Type", "Sales Rep", "Deal ID"],
        [("V1", "2026-03-01", "Visit", "Ann", "D1")], id="activities",
    ),
    pytest.param(
        "stage_history", ["Deal ID", "Stage", "Entered On", "Left On"],
        [("D1", "Proposal", "2026-03-01", "2026-03-09")], id="stage-history",
    ),
    pytest.param(
        "leads", ["Lead ID", "Created Date", "Lead Source", "Lead Status", "Deal ID"],
        [("L1", "2026-03-01", "Fair", "Converted", "D1")], id="leads",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "header", "rows"), OF_DEALS)
def test_numbers_of_deals_of_two_systems_are_asked_about(
    store: Store, table: str, header: list[str], rows: Rows
) -> None:
    key = "deal_id/reused"
    brought(store, "north.csv", as_csv([DEALS, *ONES]))
    (draft,) = drafts_of(store, "south.csv", as_csv([DEALS, *OTHERS]))
    assert key in asked(store, draft)
    way = draft.reused.options[1] if draft.reused else ""
    brought(store, "south.csv", as_csv([DEALS, *OTHERS]), {key: way})
    (draft,) = drafts_of(store, f"{table}.csv", as_csv([header, *rows]))
    assert draft.table == table
    assert asked(store, draft) == [key]
    option = draft.references.questions[0].options[1]
    brought(store, f"{table}.csv", as_csv([header, *rows]), {key: option})
    ((number,),) = store.rows(f'SELECT deal_id FROM "{table}"')
    assert number == f"D1 · {option.partition(':')[2]}"


def test_orders_of_the_same_drop_are_looked_at(store: Store) -> None:
    brought(store, "shop_a.csv", as_csv([EN, *FIRST]))
    brought(store, "shop_b.csv", as_csv([EN, *SECOND[:2]]), {KEY: "name:shopb"})
    files = {
        "shop_b.csv": as_csv([EN, *SECOND]),
        "returns.csv": as_csv([["Order ID", "Return Date", "Refund Amount"], LISTED[1]]),
    }
    drafts = read(store, files)
    assert [asked(store, draft) for draft in drafts] == [[], [KEY]]
    land(store, drafts[:1])
    assert store.rows("SELECT sum(amount) FROM orders") == [(Decimal(1220),)]
