"""Two shops with the same numbers: asked about, and both count where they are other orders."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import inbox, unattended
from data.staging.number_ways import NEWER
from data.store.database import Store
from tests.conftest import TODAY, over, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
KEY = "order_id/reused"
EN = ["Order ID", "Order Date", "Customer", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
SHOP = [*EN, "Shop"]

# 1,000 of one shop and 210 of the other.
FIRST = [
    ("1001", "2026-02-01", "Alder", 300),
    ("1002", "2026-02-02", "Birch", 200),
    ("1003", "2026-02-03", "Cedar", 500),
]
SECOND = [
    ("1001", "2026-02-05", "Maple", 50),
    ("1002", "2026-02-06", "Oak", 70),
    ("1003", "2026-02-07", "Pine", 90),
]
# Two orders of the second again, one of them changed, and one more of 10: 225 with what is kept.
LATER = [
    ("1002", "2026-02-06", "Oak", 75),
    ("1003", "2026-02-07", "Pine", 90),
    ("1004", "2026-03-07", "Elm", 10),
]
YEAR_AFTER = [(number, day.replace("2026", "2025"), who, sum_) for number, day, who, sum_ in FIRST]


def listed(header: list[str], rows: Rows, *more: object) -> Rows:
    return [header, *([*row, *more] for row in rows)]


TWO = [
    pytest.param("shop_a.csv", "shop_b.csv", EN, FIRST, as_csv, "name:shopb", id="english"),
    pytest.param("门店甲.csv", "门店乙.csv", ZH, FIRST, as_csv, "name:门店乙", id="chinese"),
    pytest.param("Nord.xlsx", "Süd.xlsx", DE, FIRST, as_xlsx, "name:süd", id="german-workbook"),
    pytest.param("a.xlsx", "b.xlsx", ZH, FIRST, as_xlsx, "name:b", id="chinese-workbook"),
    pytest.param(
        "orders_2025.csv",
        "orders_2026.csv",
        EN,
        YEAR_AFTER,
        as_csv,
        "year:2025–2025",
        id="numbers-of-each-year",
    ),
    pytest.param("orders.csv", "orders.csv", EN, FIRST, as_csv, "name:2", id="one-name"),
]


@pytest.mark.parametrize(("first", "second", "header", "known", "write", "way"), TWO)
def test_other_orders_with_known_numbers_are_asked_about_and_find_themselves_again(
    store: Store, first: str, second: str, header: list[str], known: Rows, write: Write, way: str
) -> None:
    brought(store, first, write(listed(header, known)))
    (draft,) = drafts_of(store, second, write(listed(header, SECOND)))
    assert asked(store, draft) == [KEY]
    assert draft.reused is not None
    assert draft.reused.options == (NEWER, way)
    assert draft.reused.samples[0] == ("", ("210.0000", "1210.0000"))
    brought(store, second, write(listed(header, SECOND)), {KEY: way})
    assert sales(store) == Decimal(1210)
    (newer,) = drafts_of(store, second, write(listed(header, LATER)))
    assert newer.answers[KEY] == way
    assert asked(store, newer) == []
    brought(store, second, write(listed(header, LATER)))
    assert sales(store) == Decimal(1225)
    brought(store, first, write(listed(header, [*known, ("1009", *known[0][1:])])))
    assert sales(store) == Decimal(1525)


def test_the_shop_in_a_column_tells_its_numbers_apart(store: Store) -> None:
    brought(store, "a.csv", as_csv(listed(EN, FIRST)))
    way = "column:Shop"
    brought(store, "b.csv", as_csv(listed(SHOP, SECOND, "Lyon")), {KEY: way})
    assert sales(store) == Decimal(1210)
    assert store.rows("SELECT order_id FROM orders WHERE amount = 50") == [("1001 · Lyon",)]
    brought(store, "march.csv", as_csv(listed(SHOP, LATER, "Lyon")))
    assert sales(store) == Decimal(1225)


def test_answered_as_newer_the_file_replaces_and_the_next_one_is_asked_again(store: Store) -> None:
    brought(store, "a.csv", as_csv(listed(EN, FIRST)))
    brought(store, "b.csv", as_csv(listed(EN, SECOND)), {KEY: NEWER})
    assert sales(store) == Decimal(210)
    (draft,) = drafts_of(store, "c.csv", as_csv(listed(EN, FIRST)[:3]))
    assert KEY in asked(store, draft)


def test_files_of_one_drop_are_compared(store: Store) -> None:
    both = {"a.csv": as_csv(listed(EN, FIRST)), "b.csv": as_csv(listed(EN, SECOND))}
    assert [asked(store, draft) for draft in read(store, both)] == [[], [KEY]]


def test_over_http_the_second_shop_waits(store: Store) -> None:
    brought(store, "a.csv", as_csv(listed(EN, FIRST)))
    upload = inbox.receive(store, "b.csv", as_csv(listed(EN, SECOND)))
    (arrived,) = over(store, unattended.start(store, [upload], today=TODAY))
    assert arrived.state == "needs_answer"
    assert [question.key for question in arrived.questions] == [KEY]
    assert sales(store) == Decimal(1000)


CORRECTED = [
    pytest.param([(n, d, f"{c} Ltd", a + 9) for n, d, c, a in FIRST], id="names-and-amounts"),
    pytest.param([(n, "2026-03-09", c, a + 9) for n, d, c, a in FIRST], id="days-and-amounts"),
    pytest.param([(n, "2026-03-09", "Elm", a) for n, d, c, a in FIRST], id="days-and-customers"),
    pytest.param([*FIRST[:2], ("1003", "2026-03-09", "Elm", 1)], id="one-of-three"),
    pytest.param([("1004", "2026-03-09", "Elm", 1)], id="no-number-in-common"),
]


@pytest.mark.parametrize("rows", CORRECTED)
def test_a_newer_export_of_the_same_orders_is_not_asked_about(store: Store, rows: Rows) -> None:
    brought(store, "a.csv", as_csv(listed(EN, FIRST)))
    (draft,) = drafts_of(store, "b.csv", as_csv(listed(EN, rows)))
    assert KEY not in asked(store, draft)
