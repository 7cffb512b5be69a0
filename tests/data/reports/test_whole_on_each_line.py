"""The whole amount of a return or an invoice on each of its lines counts once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

AMOUNT = "amount/column"
ORDERS: Rows = [
    ("Order ID", "Order Date", "Customer", "Sales Rep", "Amount"),
    ("A1", "2026-02-02", "Alder", "Ann", 1000),
    ("A2", "2026-02-03", "Birch", "Bob", 800),
]

# A list → the table, what its records come to once.
WHOLE: dict[str, tuple[str, Rows, int]] = {
    "a return, in Chinese": (
        "returns",
        [("退货单号", "退货日期", "原订单号", "客户", "退款总额", "产品", "数量"),
         ("R1", "2026-03-02", "A1", "Alder", 300, "笔", 1),
         ("R1", "2026-03-02", "A1", "Alder", 300, "本", 2)], 300,
    ),
    "returns, in English": (
        "returns",
        [("Return ID", "Return Date", "Order ID", "Return Amount", "Product"),
         ("R1", "2026-03-02", "A1", 300, "Pen"), ("R1", "2026-03-02", "A1", 300, "Ink"),
         ("R2", "2026-03-03", "A2", 70, "Pen"), ("R2", "2026-03-03", "A2", 70, "Ink")], 370,
    ),
    "a total in English": (
        "returns",
        [("Return ID", "Return Date", "Order ID", "Total Refund", "Product"),
         ("R1", "2026-03-02", "A1", 300, "Pen"), ("R1", "2026-03-02", "A1", 300, "Ink")], 300,
    ),
    "an invoice": (
        "receivables",
        [("Invoice No", "Due Date", "Customer", "Sales Rep", "Invoice Balance", "Item"),
         ("I1", "2026-03-02", "Alder", "Ann", 1000, "Pen"),
         ("I1", "2026-03-02", "Alder", "Ann", 1000, "Ink"),
         ("I2", "2026-03-13", "Birch", "Bob", 500, "Pen")], 1500,
    ),
    "an invoice, in Chinese": (
        "receivables",
        [("单据编号", "到期日", "客户", "销售员", "应收余额", "物料"),
         ("I1", "2026-03-02", "甲", "王芳", 1000, "笔"),
         ("I1", "2026-03-02", "甲", "王芳", 1000, "本"),
         ("I2", "2026-03-13", "乙", "李雷", 500, "笔")], 1500,
    ),
    "returns, in German": (
        "returns",
        [("Retourennummer", "Retourendatum", "Auftragsnummer", "Erstattungsbetrag", "Artikel"),
         ("R1", "22.03.2026", "A1", 300, "Stift"), ("R1", "22.03.2026", "A1", 300, "Tinte"),
         ("R2", "23.03.2026", "A2", 70, "Stift"), ("R2", "23.03.2026", "A2", 70, "Heft")], 370,
    ),
}  # fmt: skip

# Lists whose lines each are an amount of their own → what they come to.
LINES: dict[str, tuple[str, Rows, int]] = {
    "two returns of an order": (
        "returns",
        [("Return ID", "Order ID", "Return Amount"), ("R1", "A1", 300), ("R2", "A1", 300)], 600,
    ),
    "lines of one amount by chance": (
        "returns",
        [("Return ID", "Return Date", "Order ID", "Return Amount", "Product"),
         ("R1", "2026-03-02", "A1", 50, "Pen"), ("R1", "2026-03-02", "A1", 50, "Ink"),
         ("R2", "2026-03-03", "A2", 70, "Pen")], 170,
    ),
    "other amounts": (
        "returns",
        [("退货单号", "退货日期", "原订单号", "退款总额", "产品"),
         ("R1", "2026-03-02", "A1", 300, "笔"), ("R1", "2026-03-02", "A1", 100, "本")], 400,
    ),
    "instalments": (
        "receivables",
        [("Invoice No", "Due Date", "Customer", "Balance Due"),
         ("I1", "2026-03-02", "Alder", 1000), ("I1", "2026-04-02", "Alder", 1000),
         ("I2", "2026-03-13", "Birch", 500), ("I2", "2026-04-13", "Birch", 500)], 3000,
    ),
}  # fmt: skip


def total(store: Store, table: str) -> Decimal:
    # The table's name is the test's own.
    ((value,),) = store.rows(f"SELECT sum(amount) FROM {table}")
    return Decimal(value)


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(("table", "rows", "once"), WHOLE.values(), ids=WHOLE)
def test_a_whole_on_each_line_is_asked_about_and_counts_once(
    store: Store, write: object, table: str, rows: Rows, once: int
) -> None:
    assert callable(write)
    brought(store, "orders.csv", as_csv(ORDERS))
    name = f"{table}.{'csv' if write is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.table == table
    options = {one.key: one.options for one in review.questions(draft, TODAY, store)}
    once_of, each = options[AMOUNT]
    assert once_of == f"1 × {each}"
    assert draft.sheet
    others = [one for one in asked(store, draft) if one.endswith("/column") and one != AMOUNT]
    mine = {one: draft.sheet.header[draft.mapping[one.split("/")[0]]] for one in others}
    brought(store, name, write(rows), {AMOUNT: once_of, **mine})
    assert total(store, table) == once


@pytest.mark.parametrize(("table", "rows", "each"), LINES.values(), ids=LINES)
def test_lines_of_an_amount_of_their_own_are_all_counted(
    store: Store, table: str, rows: Rows, each: int
) -> None:
    brought(store, "orders.csv", as_csv(ORDERS))
    (draft,) = drafts_of(store, f"{table}.csv", as_csv(rows))
    assert asked(store, draft) == []
    brought(store, f"{table}.csv", as_csv(rows))
    assert total(store, table) == each
