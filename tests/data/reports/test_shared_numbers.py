"""A number that orders of different customers and days share is noted: it counts as one order."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ZH = ["订单号", "下单日期", "客户", "业务员", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Betrag"]


def line(number: str, day: str, customer: str, amount: int, *more: str) -> list[object]:
    return [number, f"2026-03-{day}", customer, "Kim Lee", amount, *more]


REST = [line("R1", "02", "Alder", 110), line("R2", "03", "Birch", 230), line("R4", "09", "Elm", 50)]
SHARED = [
    pytest.param(EN, [line("R3", "05", "Cedar", 300), line("R3", "09", "Dorn", 400)], "R3 · 1",
                 id="english"),
    pytest.param(ZH, [line("R3", "05", "甲公司", 300), line("R3", "09", "乙公司", 400)], "R3 · 1",
                 id="chinese"),
    pytest.param(DE, [line("R3", "05", "Zeder", 300), line("R3", "09", "Dorn", 400)], "R3 · 1",
                 id="german"),
    pytest.param(EN, [line("R3", "05", "Cedar", 300), line("R3", "09", "Dorn", 400),
                      line("R7", "11", "Cedar", 35), line("R7", "12", "Fir", 45)], "R3 · 2",
                 id="two-numbers"),
    pytest.param(EN, [line("R3", "05", "Cedar", 300), line("R3", "05", "Cedar", 20),
                      line("R3", "09", "Dorn", 400)], "R3 · 1", id="with-lines"),
    pytest.param([*EN, "Product"], [line("R3", "05", "Cedar", 300, "Desk"),
                                    line("R3", "19", "Dorn", 400, "Lamp")], "R3 · 1",
                 id="products"),
]  # fmt: skip
ONE = [
    pytest.param(
        [line("R3", "05", "Cedar", 300), line("R3", "09", "Cedar", 400)], id="instalments"
    ),
    pytest.param([line("R3", "05", "Cedar", 300), line("R3", "05", "Dorn", 400)], id="one-day"),
    pytest.param([line("R3", "05", "Cedar", 300), line("R3", "09", "CEDAR Ltd.", 400)], id="name"),
    pytest.param([line("R3", "05", "Cedar", 300), line("R3", "09", "", 400)], id="no-name"),
    pytest.param([line("R3", "05", "Cedar", 300), line("R3", "09", "Cedar", -40)], id="a-refund"),
]


def notes(store: Store, rows: Rows, name: str) -> list[str]:
    write = as_csv if name.endswith("csv") else as_xlsx
    result = brought(store, name, write(rows))
    assert result.error is None
    assert result.rows_kept == len(rows) - 1
    return [one.value for one in result.problems if one.why == "number_shared"]


@pytest.mark.parametrize("name", ["orders.csv", "orders.xlsx"])
@pytest.mark.parametrize(("header", "rows", "value"), SHARED)
def test_a_number_of_different_orders_is_noted(
    store: Store, header: list[str], rows: Rows, value: str, name: str
) -> None:
    more = [""] * (len(header) - len(EN))
    rest = [[*row, *more] for row in REST]
    assert notes(store, [header, *rows, *rest], name) == [value]


@pytest.mark.parametrize("rows", ONE)
def test_a_number_of_one_order_is_not_noted(store: Store, rows: Rows) -> None:
    assert notes(store, [EN, *rows, *REST], "orders.csv") == []


def test_where_a_shop_tells_them_apart_nothing_is_noted(store: Store) -> None:
    header = [*EN, "Store"]
    rows = [line("R3", "05", "Cedar", 300, "North"), line("R3", "19", "Dorn", 400, "South")]
    rest = [[*row, "North"] for row in REST]
    assert notes(store, [header, *rows, *rest], "orders.csv") == []
    assert store.rows("SELECT count(DISTINCT order_id) FROM orders") == [(5,)]
