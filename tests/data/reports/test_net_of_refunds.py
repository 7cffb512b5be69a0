"""What an orders file has taken off as refunded is not taken off again by a list of returns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.ingest import history
from data.store.database import Store
from tests.conftest import land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought
from tests.data.reports.test_returns import FEBRUARY, net

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]

# A1 of 300 with 50 given back, A2 of 200, A3 of 500 with all of it: 450 are left.
ORDERS = [
    ("A1", "2026-02-02", "Alder", 300, 50),
    ("A2", "2026-02-03", "Birch", 200, 0),
    ("A3", "2026-02-05", "Cedar", 500, 500),
]
RETURNS = [("A1", "2026-02-09", 50), ("A3", "2026-02-10", 500)]
EN = ["Order ID", "Order Date", "Customer", "Total", "Refunded Amount"]
BACK = ["Order ID", "Return Date", "Refund Amount"]

NETTED = [
    pytest.param(EN, ORDERS, BACK, RETURNS, as_csv, id="english"),
    pytest.param(
        ["订单编号", "下单日期", "客户", "订单金额", "退款金额"],
        ORDERS,
        ["订单编号", "退款日期", "退款金额"],
        RETURNS,
        as_csv,
        id="chinese",
    ),
    pytest.param(
        ["Bestellnummer", "Bestelldatum", "Kunde", "Betrag", "Erstattungsbetrag"],
        ORDERS,
        ["Bestellnummer", "Retourendatum", "Erstattungsbetrag"],
        RETURNS,
        as_xlsx,
        id="german",
    ),
    pytest.param(
        ["N° commande", "Date de commande", "Client", "Montant", "Montant remboursé"],
        ORDERS,
        ["N° commande", "Date de retour", "Montant remboursé"],
        RETURNS,
        as_xlsx,
        id="french",
    ),
    pytest.param(
        EN, ORDERS, BACK, [("A1", "2026-02-09", -20), ("A1", "2026-02-11", -30), RETURNS[1]],
        as_csv, id="in-two-parts-with-a-minus",
    ),
    pytest.param(
        ["Name", "Created at", "Lineitem name", "Lineitem quantity", "Lineitem price", "Subtotal",
         "Total", "Refunded Amount"],
        [("A1", "2026-02-02", "Bolt", 1, 100, 300, 300, 50),
         ("A1", "2026-02-02", "Nut", 2, 100, "", "", ""),
         ("A2", "2026-02-03", "Bolt", 2, 100, 200, 200, 0),
         ("A3", "2026-02-05", "Bolt", 5, 100, 500, 500, 500)],
        BACK, RETURNS, as_csv, id="on-the-first-line-of-an-order",
    ),
    pytest.param(
        [*EN[:3], "Gross Total", "Refunded Amount", "Net Total"],
        [(*row, row[3] - row[4]) for row in ORDERS],
        BACK, RETURNS, as_csv, id="in-the-file-already",
    ),
    pytest.param(
        ["Order ID", "Order Date", "Customer", "Quantity", "Price", "Amount", "Returned Quantity"],
        [("A1", "2026-02-02", "Alder", 6, 50, 300, 1), ("A2", "2026-02-03", "Birch", 4, 50, 200, 0),
         ("A3", "2026-02-05", "Cedar", 10, 50, 500, 10)],
        BACK, RETURNS, as_csv, id="pieces",
    ),
    pytest.param(
        EN, ORDERS, ["Order ID", "Return Date", "Reason"],
        [("A1", "2026-02-09", "broken"), ("A3", "2026-02-10", "late")], as_csv,
        id="without-amounts",
    ),
]  # fmt: skip


@pytest.mark.parametrize("orders_first", [True, False], ids=["orders-first", "returns-first"])
@pytest.mark.parametrize(("header", "orders", "back", "returns", "write"), NETTED)
def test_a_refund_is_taken_off_once(
    store: Store,
    header: list[str],
    orders: Rows,
    back: list[str],
    returns: Rows,
    write: Write,
    orders_first: bool,
) -> None:
    files = [("orders.dat", write([header, *orders])), ("returns.dat", write([back, *returns]))]
    take_off = {"order_id/unknown_orders": "take_off"}
    results = [
        brought(store, name, content, take_off)
        for name, content in (files if orders_first else files[::-1])
    ]
    assert [result.error for result in results] == [None, None]
    assert net(store, FEBRUARY) == 450
    notes = [(one.value, one.why) for one in results[1].problems if one.outcome == "noted"]
    assert {("A1", "refund_taken_off"), ("A3", "refund_taken_off")} <= {*notes}
    assert results[1].problem_count == len(results[1].problems)


def test_taking_back_the_orders_or_a_corrected_export_brings_the_returns_back(store: Store) -> None:
    brought(store, "returns.csv", as_csv([BACK, *RETURNS]), {"order_id/unknown_orders": "take_off"})
    orders = brought(store, "orders.csv", as_csv([EN, *ORDERS]))
    assert net(store, FEBRUARY) == 450
    # Without refunds: 1,000 less the 550 of the list.
    gross = brought(store, "gross.csv", as_csv([EN[:4], *(row[:4] for row in ORDERS)]))
    assert net(store, FEBRUARY) == 450
    assert store.rows("SELECT count(*) FROM returns") == [(2,)]
    assert gross.import_id is not None and orders.import_id is not None
    history.take_back(store, gross.import_id)
    assert (net(store, FEBRUARY), store.rows("SELECT count(*) FROM returns")) == (450, [(0,)])
    history.take_back(store, orders.import_id)
    # Returns of orders that nobody knows.
    assert (net(store, FEBRUARY), store.rows("SELECT count(*) FROM returns")) == (-550, [(2,)])


# The list, and what is left of 450.
MORE = [
    pytest.param([*RETURNS, ("A2", "2026-02-20", 200)], 250, id="another-order"),
    pytest.param([*RETURNS, ("A1", "2026-02-20", 30)], 420, id="more-of-the-same-order"),
    pytest.param([("A2", "2026-02-20", 15)], 435, id="an-order-without-refund"),
]


@pytest.mark.parametrize(("returns", "right"), MORE)
def test_what_came_back_besides_is_taken_off(store: Store, returns: Rows, right: int) -> None:
    brought(store, "orders.csv", as_csv([EN, *ORDERS]))
    brought(store, "returns.csv", as_csv([BACK, *returns]))
    assert net(store, FEBRUARY) == right


def test_a_return_after_the_day_of_the_export_is_another(store: Store) -> None:
    brought(store, "orders_20260210.csv", as_csv([EN, *ORDERS]))
    rows = [*RETURNS, ("A1", "2026-02-20", 30)]
    brought(store, "returns.csv", as_csv([BACK, rows[2]]))
    assert net(store, FEBRUARY) == 420


def test_a_list_of_statuses_leaves_what_was_taken_off(store: Store) -> None:
    brought(store, "orders.csv", as_csv([EN, *ORDERS]))
    rows = [["Order ID", "Order Date", "Status"], *((*row[:2], "Completed") for row in ORDERS)]
    brought(store, "statuses.csv", as_csv(rows))
    brought(store, "returns.csv", as_csv([BACK, *RETURNS]))
    assert net(store, FEBRUARY) == 450


def test_both_in_one_drop_count_once(store: Store) -> None:
    files = {"r.csv": as_csv([BACK, *RETURNS]), "orders.csv": as_csv([EN, *ORDERS])}
    land(store, read(store, files))
    assert net(store, FEBRUARY) == Decimal(450)


# Two sales of 500 and 200, and a return of 120 of the first: 580 are left.
AMONG = [("R1", "2026-02-02", "Alder", 500), ("R2", "2026-02-03", "Birch", 200)]
CREDIT = ("CN1", "2026-02-09", "Alder", -120)
NUMBERED = [
    pytest.param(
        ["Order ID", "Order Date", "Customer", "Amount"],
        ["Return No", "Return Date", "Original Order No", "Return Amount"],
        as_csv,
        id="english",
    ),
    pytest.param(
        ["订单编号", "下单日期", "客户", "金额"],
        ["退货单号", "退货日期", "原订单号", "退货金额"],
        as_xlsx,
        id="chinese",
    ),
    pytest.param(
        ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"],
        ["Retourennummer", "Retourendatum", "Auftragsnummer", "Retourenbetrag"],
        as_csv,
        id="german",
    ),
]


@pytest.mark.parametrize("orders_first", [True, False], ids=["orders-first", "returns-first"])
@pytest.mark.parametrize(("header", "back", "write"), NUMBERED)
@pytest.mark.parametrize("amount", [120, -120])
def test_a_return_among_the_orders_is_not_taken_off_again_by_a_list_of_returns(
    store: Store,
    header: list[str],
    back: list[str],
    write: Write,
    amount: int,
    orders_first: bool,
) -> None:
    files = [
        ("orders.dat", write([header, *AMONG, CREDIT])),
        ("returns.dat", write([back, ("CN1", "2026-02-09", "R1", amount)])),
    ]
    take_off = {"order_id/unknown_orders": "take_off"}
    for name, content in files if orders_first else files[::-1]:
        assert brought(store, name, content, take_off).error is None
    assert net(store, FEBRUARY) == 580


def test_a_return_among_orders_that_are_taken_back_counts_by_its_own_list_again(
    store: Store,
) -> None:
    header, back = ["Order ID", "Order Date", "Customer", "Amount"], NUMBERED[0].values[1]
    assert isinstance(back, list)
    brought(store, "sales.csv", as_csv([header, *AMONG]))
    credits_ = brought(store, "credits.csv", as_csv([header, CREDIT]))
    brought(store, "returns.csv", as_csv([back, ("CN1", "2026-02-09", "R1", 120)]))
    assert net(store, FEBRUARY) == 580
    assert credits_.import_id is not None
    history.take_back(store, credits_.import_id)
    assert net(store, FEBRUARY) == 580


# The return R1 of the order R2, and rows under R1 that are no return among the orders.
OTHERWISE = [
    pytest.param([("R1", "2026-02-02", "Alder", 500, ""), ("R1", "2026-02-02", "Alder", -20, "")],
                 500 - 20 + 200 - 120, id="an order with a discount"),
    pytest.param([("R1", "2026-02-02", "Alder", -120, "Cancelled")], 200 - 120, id="a void return"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "right"), OTHERWISE)
def test_a_number_that_is_no_return_among_the_orders_keeps_none_from_being_taken_off(
    store: Store, rows: Rows, right: int
) -> None:
    header = ["Order ID", "Order Date", "Customer", "Amount", "Status"]
    sold = ("R2", "2026-02-03", "Birch", 200, "Completed")
    brought(store, "orders.csv", as_csv([header, *rows, sold]))
    back = ["Return No", "Return Date", "Original Order No", "Return Amount"]
    brought(store, "returns.csv", as_csv([back, ("R1", "2026-02-09", "R2", 120)]))
    assert net(store, FEBRUARY) == right
