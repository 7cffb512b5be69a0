"""Returns are in the currency of their orders, however that is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import pytest

from analytics.actuals import actual
from data.store.database import Store
from domain.scope import Scope
from tests.conftest import land, read
from tests.data.reports.imported import Rows, as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("inline")

ORDERS = ("Order ID", "Order Date", "Customer", "Product", "Sales Rep", "Amount")
SOLD = [
    ("A1", "2026-02-02", "Alder", "Pen", "Ann", 1000),
    ("A2", "2026-02-03", "Birch", "Pen", "Bob", 200),
]
RETURNS: Rows = [("Return ID", "Order ID", "Return Amount"), ("R1", "A1", 300), ("R2", "A2", 50)]
TOLD: Rows = [
    ("退货单号", "原订单号", "退货金额", "币别"),
    ("R1", "A1", 300, "人民币"),
    ("R2", "A2", 50, "RMB"),
]

# The orders' column of currencies and its cells → the code.
CURRENCIES = {
    "in Chinese": ("币别", "人民币", "CNY"),
    "letters of trade": ("Currency", "RMB", "CNY"),
    "a nickname": ("币种", "美金", "USD"),
    "in English": ("Currency", "US Dollar", "USD"),
    "a name": ("Währung", "Euro", "EUR"),
    "a sign": ("Devise", "€", "EUR"),
    "pounds": ("Currency", "Pound Sterling", "GBP"),
    "a code": ("Moneda", "EUR", "EUR"),
}


def net(store: Store, currency: str) -> Decimal:
    month, end = date(2026, 2, 1), date(2026, 2, 28)
    scope = Scope(month=month, as_of=end, source="orders", currency=currency)
    sql = str(ibis.to_sql(actual.total(scope, month, end)[["value"]], dialect="duckdb"))
    ((value,),) = store.rows(sql)
    return Decimal(value)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("header", "word", "code"), CURRENCIES.values(), ids=CURRENCIES)
@pytest.mark.parametrize("together", [True, False], ids=["in one drop", "one after the other"])
def test_returns_without_a_currency_have_that_of_their_orders(
    store: Store, write: object, header: str, word: str, code: str, together: bool
) -> None:
    assert callable(write)
    name = "csv" if write is as_csv else "xlsx"
    orders = write([(*ORDERS, header), *((*row, word) for row in SOLD)])
    files = {f"orders.{name}": orders, f"returns.{name}": write(RETURNS)}
    for drop in [files] if together else [{name: content} for name, content in files.items()]:
        drafts = read(store, drop)
        assert isinstance(drafts, list)
        land(store, drafts)
    assert store.rows("SELECT DISTINCT currency FROM returns") == [(code,)]
    # 1,200 less 350.
    assert net(store, code) == 850


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_the_words_of_returns_become_the_codes_of_orders(store: Store, write: object) -> None:
    assert callable(write)
    orders = write([(*ORDERS, "币别"), *((*row, "人民币") for row in SOLD)])
    name = "csv" if write is as_csv else "xlsx"
    drafts = read(store, {f"o.{name}": orders, f"r.{name}": write(TOLD)})
    assert isinstance(drafts, list)
    land(store, drafts)
    assert store.rows("SELECT DISTINCT currency FROM returns") == [("CNY",)]
    assert net(store, "CNY") == 850


def test_signs_beside_the_amounts_of_orders_are_the_currency_of_returns(store: Store) -> None:
    orders = [ORDERS, *((*row[:-1], f"€{row[-1]}") for row in SOLD)]
    drafts = read(store, {"o.csv": as_csv(orders), "r.csv": as_csv(RETURNS)})
    assert isinstance(drafts, list)
    land(store, drafts)
    assert store.rows("SELECT DISTINCT currency FROM returns") == [("EUR",)]
    assert net(store, "EUR") == 850
