"""Signs that stand where there is no number: the rows stand by themselves, and merge with none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
EN = ["Order ID", "Order Date", "Customer", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
SIGNS = [
    pytest.param(EN, "-", as_csv, id="dash"),
    pytest.param(EN, "0", as_csv, id="zero"),
    pytest.param(EN, 0, as_xlsx, id="zero-in-a-workbook"),
    pytest.param(EN, "0000", as_xlsx, id="zeros"),
    pytest.param(EN, "N/A", as_csv, id="not-available"),
    pytest.param(ZH, "无", as_csv, id="none-chinese"),
    pytest.param(ZH, "待定", as_xlsx, id="to-be-settled-chinese"),
    pytest.param(ZH, "—", as_csv, id="long-dash"),
    pytest.param(ZH, "Ｎ／Ａ", as_csv, id="full-width"),
    pytest.param(DE, "null", as_csv, id="null"),
    pytest.param(DE, "TBD", as_csv, id="to-be-done"),
]


def month(sign: object, first: int, amounts: tuple[int, int]) -> Rows:
    """Return two numbered orders of 100 each and two without a number."""
    return [
        (f"SO{first}", f"2026-0{first}-01", "Alder", 100),
        (sign, f"2026-0{first}-02", "Birch", amounts[0]),
        (f"SO{first + 1}0", f"2026-0{first}-03", "Cedar", 100),
        (sign, f"2026-0{first}-04", "Elm", amounts[1]),
    ]


@pytest.mark.parametrize(("header", "sign", "write"), SIGNS)
def test_orders_without_a_number_are_each_an_order_and_stay(
    store: Store, header: list[str], sign: object, write: Write
) -> None:
    result = brought(store, "feb.dat", write([header, *month(sign, 2, (30, 40))]))
    assert {problem.why for problem in result.problems} == {"no_number"}
    brought(store, "mar.dat", write([header, *month(sign, 3, (5, 6))]))
    assert sales(store) == Decimal(200 + 70 + 200 + 11)
    ((orders,),) = store.rows("SELECT count(DISTINCT order_id) FROM orders")
    assert orders == 8
    # The same month again, with one order more, changes nothing else.
    more = [*month(sign, 3, (5, 6)), ("SO99", "2026-03-09", "Fir", 1000)]
    brought(store, "mar.dat", write([header, *more]))
    assert sales(store) == Decimal(1481)


def test_a_list_that_counts_from_zero_keeps_its_numbers(store: Store) -> None:
    rows = [(n, f"2026-02-0{n + 1}", "Alder", 10) for n in range(4)]
    result = brought(store, "a.csv", as_csv([EN, *rows]))
    assert result.problems == ()
    assert store.rows("SELECT order_id FROM orders ORDER BY 1") == [(str(n),) for n in range(4)]


def test_a_payment_that_names_no_order_is_no_problem(store: Store) -> None:
    header = ["Payment ID", "Payment Date", "Customer", "Order ID", "Amount"]
    rows = [("P-1", "2026-02-01", "Alder", "-", 10), ("P-2", "2026-02-02", "Elm", "SO1", 20)]
    result = brought(store, "payments.csv", as_csv([header, *rows]))
    assert result.problems == ()
    named = store.rows("SELECT order_id FROM payments ORDER BY payment_id")
    assert named == [(None,), ("SO1",)]
