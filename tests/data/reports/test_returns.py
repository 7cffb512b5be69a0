"""A list of returns takes off what came back: whole orders, products, pieces and amounts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import pytest

from analytics.actuals import actual
from data.ingest import unattended
from data.store.database import Store
from domain.scope import Scope
from tests.conftest import land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# A1 is of 1,500: 1,000 pens (10 pieces) and 500 ink; A2 of 200 and A3 of 300.
SOLD: Rows = [
    ("Order ID", "Order Date", "Customer", "Product", "Sales Rep", "Quantity", "Amount"),
    ("A1", "2026-02-02", "Alder", "Pen", "Ann", 10, 1000),
    ("A1", "2026-02-02", "Alder", "Ink", "Ann", 5, 500),
    ("A2", "2026-02-03", "Birch", "Pen", "Bob", 2, 200),
    ("A3", "2026-03-03", "Cedar", "Pen", "Bob", 3, 300),
]
FEBRUARY = date(2026, 2, 1), date(2026, 2, 28)
MARCH = date(2026, 3, 1), date(2026, 3, 31)

# The list → net of February and March; gross they are 1,700 and 300.
LISTS: dict[str, tuple[str, Rows, int, int]] = {
    "an amount of an order, in Chinese": (
        "退货.csv", [("订单号", "退货金额"), ("A1", 300), ("A3", 100)], 1400, 200,
    ),
    "numbers of returns and of their orders": (
        "r.csv",
        [("退货单号", "原订单号", "退货金额"), ("R1", "A1", 300), ("R2", "A1", 300)], 1100, 300,
    ),
    "in English": (
        "r.xlsx",
        [("Return ID", "Original Order", "Return Amount"), ("R1", "A1", 300), ("R2", "A3", 50)],
        1400, 250,
    ),
    "on a day of its own": (
        "r.csv",
        [("Refund Date", "Order", "Refund"), ("2026-03-10", "A1", 300), ("2026-03-12", "A3", 50)],
        1700, -50,
    ),
    "of a product": (
        "r.csv", [("Order ID", "Product", "Return Amount"), ("A1", "Ink", 120)], 1580, 300,
    ),
    "written with a minus": (
        "r.csv", [("Order ID", "Refund Amount"), ("A1", -300), ("A2", -50)], 1350, 300,
    ),
    "in German": (
        "retouren.csv",
        [("Auftragsnummer", "Retourendatum", "Erstattungsbetrag"), ("A2", "05.03.2026", "50,00"),
         ("A1", "15.02.2026", "100,00")], 1600, 250,
    ),
    "pieces": (
        "r.csv", [("Order ID", "Product", "Returned Quantity"), ("A1", "Pen", 3)], 1400, 300,
    ),
    "the same amount twice": (
        "r.csv", [("Order ID", "Refund Amount"), ("A1", 300), ("A1", 300)], 1100, 300,
    ),
    "without orders": (
        "returns.csv",
        [("Return Date", "Customer", "Product", "Return Amount"),
         ("2026-03-10", "Alder", "Pen", 100), ("2026-03-12", "Cedar", "Pen", 40)], 1700, 160,
    ),
    "whole orders": (
        "returns.csv", [("Order ID", "Return Reason"), ("A2", "broken")], 1500, 300,
    ),
    "a whole product of an order": (
        "returns.csv", [("Order ID", "Product", "Return Reason"), ("A1", "Ink", "dry")], 1200, 300,
    ),
}  # fmt: skip


def net(store: Store, days: tuple[date, date], name: str = "value") -> Decimal:
    scope = Scope(month=days[0], as_of=days[1], source="orders")
    sql = str(ibis.to_sql(actual.total(scope, *days)[[name]], dialect="duckdb"))
    ((value,),) = store.rows(sql)
    return Decimal(value)


@pytest.mark.parametrize(("name", "rows", "february", "march"), LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("orders_first", [True, False], ids=["orders first", "returns first"])
def test_what_came_back_is_taken_off(
    store: Store, name: str, rows: Rows, february: int, march: int, orders_first: bool
) -> None:
    content = as_xlsx(rows) if name.endswith("xlsx") else as_csv(rows)
    if orders_first:
        brought(store, "orders.csv", as_csv(SOLD))
    result = brought(store, name, content, {"order_id/unknown_orders": "take_off", "amount": ","})
    assert (result.table, result.error) == ("returns", None)
    if not orders_first:
        brought(store, "orders.csv", as_csv(SOLD))
    assert (net(store, FEBRUARY), net(store, MARCH)) == (february, march)


def test_the_gross_figure_and_the_rep_are_those_of_the_order(store: Store) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    brought(store, "r.csv", as_csv(LISTS["on a day of its own"][1]))
    assert net(store, MARCH, "gross") == 300
    scope = Scope(month=MARCH[0], as_of=MARCH[1], source="orders")
    by_rep = actual.by(scope, "rep", *MARCH)[["rep", "value"]]
    figures = dict(store.rows(str(ibis.to_sql(by_rep, dialect="duckdb"))))
    assert figures == {"Ann": -300, "Bob": 250}


def test_the_same_list_again_takes_off_nothing_more(store: Store) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    rows = [("Order ID", "Refund Amount"), ("A1", 300), ("A2", 50)]
    brought(store, "r.csv", as_csv(rows))
    brought(store, "newer.csv", as_csv([*rows, ("A3", 10)]))
    assert (net(store, FEBRUARY), net(store, MARCH)) == (1350, 290)


@pytest.mark.parametrize(("answer", "march"), [("take_off", 180), ("leave_out", 250)])
def test_a_return_of_an_unknown_order_is_asked(store: Store, answer: str, march: int) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    rows = [("Return Date", "Order ID", "Refund Amount"), ("2026-03-05", "Z9", 70),
            ("2026-03-06", "A3", 50)]  # fmt: skip
    (draft,) = drafts_of(store, "r.csv", as_csv(rows))
    assert asked(store, draft) == ["order_id/unknown_orders"]
    result = brought(store, "r.csv", as_csv(rows), {"order_id/unknown_orders": answer})
    assert result.error is None
    assert net(store, MARCH) == march
    assert (answer == "leave_out") == ("order_unknown" in (result.left_out or {}))


def test_over_http_a_return_of_an_unknown_order_waits(store: Store) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    drafts = read(store, {"r.csv": as_csv([("Order ID", "Refund Amount"), ("Z9", 70)])})
    assert unattended.held(drafts[0]) is None
    (result,) = land(store, drafts)
    assert result.error.code == "questions_open"
    assert net(store, FEBRUARY) == 1700


def test_orders_that_come_in_the_same_drop_are_known(store: Store) -> None:
    files = {
        "r.csv": as_csv([("Order ID", "Refund Amount"), ("A1", 300)]),
        "orders.csv": as_csv(SOLD),
    }
    drafts = read(store, files)
    assert [asked(store, draft) for draft in drafts] == [[], []]
    land(store, drafts)
    assert net(store, FEBRUARY) == 1400


def test_a_return_that_is_larger_than_its_order_is_said(store: Store) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    result = brought(store, "r.csv", as_csv([("Order ID", "Refund Amount"), ("A2", 900)]))
    assert [(p.value, p.why) for p in result.problems] == [("A2 · 900 > 200", "returned_more")]


@pytest.mark.parametrize(
    ("status", "line", "right"),
    [
        # The list says how much came back of an order that is marked.
        pytest.param("Returned", None, 1700 - 50, id="marked"),
        # The order's own negative line says it already.
        pytest.param("Completed", -50, 1700 - 50, id="negative-line"),
        pytest.param("Cancelled", None, 1500, id="cancelled"),
    ],
)
def test_what_came_back_is_taken_off_once(
    store: Store, status: str, line: int | None, right: int
) -> None:
    rows = [(*row, "Completed" if row[0] != "A2" else status) for row in SOLD[1:]]
    if line:
        rows.append(("A2", "2026-02-09", "Birch", "Pen", "Bob", -1, line, status))
    brought(store, "orders.csv", as_csv([(*SOLD[0], "Status"), *rows]))
    brought(store, "r.csv", as_csv([("Order ID", "Refund Amount"), ("A2", 50)]))
    assert net(store, FEBRUARY) == right


def test_a_blank_amount_in_a_list_of_amounts_is_no_whole_order(store: Store) -> None:
    brought(store, "orders.csv", as_csv(SOLD))
    rows = [("Order ID", "Refund Amount"), ("A1", 300), ("A2", "")]
    result = brought(store, "r.csv", as_csv(rows))
    assert result.left_out == {"missing_amount": 1}
    assert net(store, FEBRUARY) == 1400


def test_a_return_is_in_the_currency_of_its_order(store: Store) -> None:
    header = (*SOLD[0], "Currency")
    rows = [header, *((*row, "USD" if row[0] == "A1" else "CNY") for row in SOLD[1:])]
    brought(store, "orders.csv", as_csv(rows))
    brought(store, "r.csv", as_csv([("Order ID", "Refund Amount"), ("A1", 300), ("A2", 50)]))
    found = store.rows("SELECT order_id, currency FROM returns ORDER BY 1")
    assert found == [("A1", "USD"), ("A2", "CNY")]
    assert net(store, FEBRUARY) == 150


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("订单.csv", ("订单编号", "下单日期", "客户名称", "订单金额", "退款金额")),
        ("orders.csv", ("Order ID", "Order Date", "Customer", "Amount", "Refund Amount")),
        ("orders.csv", ("Order ID", "Order Date", "Customer", "Amount", "Return Amount")),
    ],
)
def test_orders_with_a_column_of_refunds_stay_orders(
    store: Store, name: str, header: tuple[str, ...]
) -> None:
    rows = [header, ("A1", "2026-03-02", "Alder", "100.00", "0.00"),
            ("A2", "2026-03-03", "Birch", "200.00", "50.00")]  # fmt: skip
    assert brought(store, name, as_csv(rows)).table == "orders"
    assert net(store, MARCH) == 250
