"""The currency named above a table is that of its rows, and is not asked away with one click."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from analytics.actuals import currencies
from data.store.database import Store
from data.values.title_currency import name_currency, title_currency
from pages.kit.queries.compile import compile_query
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ZH = ["订单号", "下单日期", "客户名称", "销售员", "金额"]
EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ROWS = [
    ["A-1", "2026-02-10", "甲公司", "王芳", 1200],
    ["A-2", "2026-02-11", "乙公司", "李明", 800.5],
    ["A-3", "2026-02-12", "丙公司", "王芳", 99],
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("above", "header", "code"),
    [
        pytest.param([["销售订单明细"], ["币别：人民币"]], ZH, "CNY", id="kingdee"),
        pytest.param([["销售订单明细"], ["币种", "美元"]], ZH, "USD", id="two cells"),
        pytest.param([["销售明细表"], ["单位：元"]], ZH, "CNY", id="yuan"),
        pytest.param([["订单一览（单位：人民币元）"]], ZH, "CNY", id="in the title"),
        pytest.param([["Sales orders"], ["Currency: EUR"]], EN, "EUR", id="english"),
        pytest.param([["Sales orders"], ["Amounts in USD"]], EN, "USD", id="amounts in"),
        pytest.param([["Aufträge"], ["Währung: CHF"]], EN, "CHF", id="german"),
        pytest.param([["Orders in USD"]], EN, "USD", id="orders in"),
        pytest.param([["Ventes en €"]], EN, "EUR", id="french"),
        pytest.param([["Sales orders"]], EN, None, id="nothing"),
        pytest.param([["Sales orders"], ["Currency: All"]], EN, None, id="a filter"),
        pytest.param([["制表单位：华东销售部"]], ZH, None, id="a department"),
    ],
)
def test_rows_have_the_currency_named_above_them(
    store: Store, above: Rows, header: list[str], code: str | None, suffix: str
) -> None:
    made = as_xlsx if suffix == "xlsx" else as_csv
    result = brought(store, f"orders.{suffix}", made([*above, header, *ROWS]))
    assert result.table == "orders" and result.left_out == {}
    found = store.rows("SELECT DISTINCT currency FROM orders")
    assert found == [(code,)]
    assert store.rows("SELECT sum(amount) FROM orders") == [(Decimal("2099.5"),)]


def test_the_header_and_a_column_go_before_the_title(store: Store) -> None:
    brought(store, "a.csv", as_csv([["Currency: EUR"], [*EN[:4], "Amount (USD)"], *ROWS]))
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("USD",)]
    rows = [[*row, "GBP"] for row in ROWS]
    brought(store, "b.csv", as_csv([["Currency: EUR"], [*EN, "Currency"], *rows]))
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("GBP",)]


def test_an_amount_with_a_sign_of_its_own_keeps_it(store: Store) -> None:
    rows = [[*ROWS[0][:4], "$1,200.00"], [*ROWS[1][:4], "$800.50"], [*ROWS[2][:4], "$99.00"]]
    brought(store, "a.csv", as_csv([["Currency: USD"], EN, *rows]))
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("USD",)]


def test_yuan_above_their_table_are_not_proposed_as_euros(store: Store) -> None:
    euros = [[*row[:4], f"€{row[4]}"] for row in ROWS[:2]]
    brought(store, "eu.csv", as_csv([EN, *[["E" + row[0], *row[1:]] for row in euros]]))
    brought(store, "cn.csv", as_csv([["销售明细"], ["币别：人民币"], ZH, *ROWS]))
    counted = store.frame(*compile_query(currencies.count_by_currency))
    assert dict(zip(counted["currency"], counted["rows"], strict=True)) == {"CNY": 3, "EUR": 2}
    assert currencies.reporting(counted, "CNY") is None


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("(单位：人民币万元)", "CNY"), ("2026年销售目标（万元）", "元"),
        ("金额单位：万美元", "USD"),
        ("All figures in thousands of EUR", "EUR"), ("Report currency: US Dollar (USD)", "USD"),
        ("Moneda: MXN", "MXN"), ("單位：元", "元"), ("单位：台", None),
        ("单位名称：元通物流", None), ("All deals in ALL stages", None),
        ("Amounts in all regions", None), ("Sales in May", None),
        ("Sales (USD)", "USD"), ("(USD thousands)", "USD"), ("Sales 2026 ($K)", "$"),
        ("Angaben in TEUR", "EUR"), ("Umsatz 2026 (Mio. €)", "EUR"), ("kEUR", "EUR"),
        ("(in thousands of US dollars)", "USD"), ("Montants en milliers d'euros", "EUR"),
        ("Filter: currency in USD, EUR", None), ("Orders in EUR region", None),
        ("Exported in CSV", None), ("Customers of Euro GmbH", None), ("Orders of AMD", None),
    ],
)  # fmt: skip
def test_a_line_names_a_currency_or_none(line: str, word: str | None) -> None:
    assert title_currency([[line, None]]) == word


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Orders in USD", "USD"), ("Orders_USD", "USD"), ("orders-2026-EUR", "EUR"), ("EUR", "EUR"),
        ("销售明细USD", "USD"), ("Umsatz TEUR", "EUR"), ("Report_ALL", None), ("USD orders", None),
        ("Orders_SAP", None), ("deals_CRM", None), ("EUR customers", None),
    ],
)  # fmt: skip
def test_a_name_says_a_currency_or_none(name: str, code: str | None) -> None:
    assert name_currency(name) == code


def test_the_name_of_a_file_and_a_note_below_say_the_currency(store: Store) -> None:
    brought(store, "Orders in USD.csv", as_csv([EN, *ROWS]))
    assert store.rows("SELECT DISTINCT currency FROM orders") == [("USD",)]
    rows = [[f"B{row[0]}", *row[1:]] for row in ROWS]
    brought(store, "b.csv", as_csv([ZH, *rows, ["注：金额单位为欧元"]]))
    assert store.rows("SELECT DISTINCT currency FROM orders WHERE order_id LIKE 'B%'") == [("EUR",)]


def test_sheets_of_two_currencies_are_not_stacked(store: Store) -> None:
    book = Workbook()
    book.remove(book.active)
    for name in ("USD", "EUR"):
        sheet = book.create_sheet(name)
        for row in [EN, *([f"{name}{row[0]}", *row[1:]] for row in ROWS)]:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    land(store, drafts_of(store, "orders.xlsx", stream.getvalue()))
    found = store.rows("SELECT currency, sum(amount) FROM orders GROUP BY 1 ORDER BY 1")
    assert found == [("EUR", Decimal("2099.5")), ("USD", Decimal("2099.5"))]


@pytest.mark.parametrize("answer", ["HKD", "SGD"])
def test_a_sign_of_several_currencies_in_the_title_is_asked(store: Store, answer: str) -> None:
    content = as_csv([["Sales, all amounts in $"], EN, *ROWS])
    (draft,) = drafts_of(store, "a.csv", content)
    assert asked(store, draft) == ["amount/$"]
    brought(store, "a.csv", content, {"amount/$": answer})
    assert store.rows("SELECT DISTINCT currency FROM orders") == [(answer,)]
