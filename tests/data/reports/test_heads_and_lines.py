"""Lists of whole orders with their reps, and later lists of their lines without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

import pytest

from data.facts import decisions
from data.ingest import history
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")


class Case(NamedTuple):
    """A list of orders, one of their lines, the column that only the first has, and sums by it."""

    heads: Rows
    lines: Rows
    column: str
    sums: dict[str | None, int]


def orders(header: Sequence[str], first: str, second: str) -> Rows:
    return [
        header,
        ["L1", "2026-03-02", "Rex", first, 300],
        ["L2", "2026-03-03", "Sam", second, 200],
    ]


def lines_of(header: Sequence[str], numbers: Sequence[int] = (1, 2, 1)) -> Rows:
    return [
        header,
        ["L1", numbers[0], "2026-03-02", "Rex", "Pump", 1, 100],
        ["L1", numbers[1], "2026-03-02", "Rex", "Valve", 2, 200],
        ["L2", numbers[2], "2026-03-03", "Sam", "Pump", 2, 200],
    ]


ENGLISH = ("Order No", "Line", "Order Date", "Customer", "Product", "Qty", "Amount")
CHINESE = ("订单号", "行号", "下单日期", "客户", "产品", "数量", "金额")
GERMAN = ("Auftragsnummer", "Position", "Auftragsdatum", "Kunde", "Artikel", "Menge", "Betrag")
NO_CUSTOMER = [[*row[:3], *row[4:]] for row in lines_of(ENGLISH)]

CASES = {
    "rep": Case(
        orders(("Order No", "Order Date", "Customer", "Sales Rep", "Total Amount"), "Ann", "Bo"),
        lines_of(ENGLISH),
        "rep",
        {"Ann": 300, "Bo": 200},
    ),
    "rep in Chinese": Case(
        orders(("订单号", "下单日期", "客户", "业务员", "订单金额"), "王强", "李梅"),
        lines_of(CHINESE),
        "rep",
        {"王强": 300, "李梅": 200},
    ),
    "rep in German": Case(
        orders(("Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Betrag"), "Ann", "Bo"),
        lines_of(GERMAN),
        "rep",
        {"Ann": 300, "Bo": 200},
    ),
    "region": Case(
        orders(("Order No", "Order Date", "Customer", "Region", "Total Amount"), "North", "South"),
        lines_of(ENGLISH),
        "region",
        {"North": 300, "South": 200},
    ),
    "channel": Case(
        orders(("Order No", "Order Date", "Customer", "Channel", "Total Amount"), "Web", "Shop"),
        lines_of(ENGLISH),
        "channel",
        {"Web": 300, "Shop": 200},
    ),
    "customer": Case(
        orders(("Order No", "Order Date", "Customer", "Sales Rep", "Total Amount"), "Ann", "Bo"),
        NO_CUSTOMER,
        "customer",
        {"Rex": 300, "Sam": 200},
    ),
    "one rep for all": Case(
        orders(("Order No", "Order Date", "Customer", "Sales Rep", "Total Amount"), "Ann", "Ann"),
        lines_of(ENGLISH),
        "rep",
        {"Ann": 500},
    ),
}


def by(store: Store, column: str) -> dict[str | None, Decimal]:
    """Return the sales by a column, named by the test."""
    return dict(store.rows(f'SELECT "{column}", sum(amount) FROM orders GROUP BY ALL'))


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("name", CASES)
def test_all_lines_have_what_their_order_says(
    store: Store, name: str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    case = CASES[name]
    assert brought(store, f"orders.{suffix}", write(case.heads)).error is None
    assert brought(store, f"lines.{suffix}", write(case.lines)).error is None

    assert by(store, case.column) == case.sums


def test_an_order_that_was_cancelled_counts_in_none_of_its_lines(store: Store) -> None:
    header = ("Order No", "Order Date", "Customer", "Status", "Total Amount")
    brought(store, "orders.csv", as_csv(orders(header, "cancelled", "valid")))
    brought(store, "lines.csv", as_csv(lines_of(ENGLISH)))

    assert sales(store) == 200


HEADS, LINES = CASES["rep"].heads, CASES["rep"].lines


def test_orders_taken_back_leave_their_lines_without_a_rep(store: Store) -> None:
    heads = brought(store, "orders.csv", as_csv(HEADS))
    lines = brought(store, "lines.csv", as_csv(LINES))

    history.take_back(store, heads.import_id or 0)
    assert by(store, "rep") == {None: 500}
    history.take_back(store, lines.import_id or 0)
    assert by(store, "rep") == {}


def test_lines_taken_back_leave_the_orders(store: Store) -> None:
    brought(store, "orders.csv", as_csv(HEADS))
    lines = brought(store, "lines.csv", as_csv(LINES))

    history.take_back(store, lines.import_id or 0)

    assert by(store, "rep") == {"Ann": 300, "Bo": 200}


def test_an_agreed_name_reaches_all_lines(store: Store) -> None:
    brought(store, "orders.csv", as_csv(HEADS))
    brought(store, "lines.csv", as_csv(LINES))
    with store.writing("facts") as cursor:
        decisions.decide_name(cursor, "rep", "Ann", "Anna", accepted=True)

    assert by(store, "rep") == {"Anna": 300, "Bo": 200}


def test_a_line_without_a_rep_in_a_list_of_reps_stays_without(store: Store) -> None:
    header = (*ENGLISH, "Sales Rep")
    whole = [header, *([*row, rep] for row, rep in zip(LINES[1:], ["Ann", "", "Bo"], strict=True))]
    brought(store, "whole.csv", as_csv(whole))
    brought(store, "lines.csv", as_csv([*LINES, ["L3", 1, "2026-03-05", "Tim", "Pump", 1, 50]]))

    assert by(store, "rep") == {"Ann": 100, None: 250, "Bo": 200}


def test_of_several_reps_a_new_line_has_none(store: Store) -> None:
    header = (*ENGLISH, "Sales Rep")
    whole = [
        header,
        *([*row, rep] for row, rep in zip(LINES[1:], ["Ann", "Cy", "Bo"], strict=True)),
    ]
    brought(store, "whole.csv", as_csv(whole))
    brought(store, "lines.csv", as_csv([*LINES, ["L1", 3, "2026-03-02", "Rex", "Seal", 1, 50]]))

    assert by(store, "rep") == {"Ann": 100, "Cy": 200, "Bo": 200, None: 50}


def test_orders_of_others_are_left_alone(store: Store) -> None:
    brought(store, "orders.csv", as_csv(HEADS))
    others = [LINES[0], ["X8", 1, "2026-03-12", "Zed", "Seal", 3, 7]]
    assert brought(store, "lines.csv", as_csv(others)).error is None

    assert by(store, "rep") == {"Ann": 300, "Bo": 200, None: 7}
