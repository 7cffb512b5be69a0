"""Orders without a number, below one that has one: lines of it, or records of their own."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order No", "Order Date", "Customer", "Rep", "Amount"]
ZH = ["订单号", "下单日期", "客户", "销售", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Betrag"]
FR = ["N° commande", "Date de commande", "Client", "Commercial", "Montant"]
ES = ["Número de pedido", "Fecha", "Cliente", "Vendedor", "Importe"]

# What each rep sold, None what nobody did; and how many orders there are.
OWN = [
    pytest.param(
        [
            EN,
            ["G1", "2026-11-02", "Acme", "Tom", 100],
            [None, "2026-11-03", "Bolt", None, 200],
            ["G2", "2026-11-13", "Corex", "Ann", 300],
            [None, "2026-11-14", "Delta", None, 400],
            ["G3", "2026-11-16", "Echo", "Tom", 500],
        ],
        {"Tom": 600, "Ann": 300, None: 600},
        5,
        id="walk-in-sales",
    ),
    pytest.param(
        [
            ZH,
            ["H1", "2026-11-02", "甲厂", "王芳", 100],
            ["H2", "2026-11-03", "乙厂", None, 200],
            [None, "2026-11-13", "丙厂", "李雷", 300],
            [None, "2026-11-14", "丁厂", None, 400],
            ["H3", "2026-11-16", "戊厂", "王芳", 500],
        ],
        {"王芳": 600, "李雷": 300, None: 600},
        5,
        id="chinese-with-reps-here-and-there",
    ),
    pytest.param(
        [
            DE,
            [70001, "02.11.2026", "Acme GmbH", "Braun", "1.100,50"],
            [None, "02.11.2026", "Laufkunde", None, "200,00"],
            [70002, "13.11.2026", "Bolt AG", "Vogel", "300,00"],
            [None, "13.11.2026", "Corex KG", None, "400,25"],
        ],
        {"Braun": "1100.50", "Vogel": 300, None: "600.25"},
        4,
        id="german-of-one-day",
    ),
    pytest.param(
        [
            FR,
            ["C-1", "13/11/2026", "Acme", "Dupont", 100],
            [None, "14/11/2026", "Acme", None, 200],
            ["C-2", "15/11/2026", "Bolt", "Martin", 300],
            [None, "16/11/2026", "Bolt", None, 400],
        ],
        {"Dupont": 100, "Martin": 300, None: 600},
        4,
        id="french-of-one-customer-on-another-day",
    ),
    pytest.param(
        [
            ES,
            ["P1", "2026-11-13", "Acme", "Ruiz", 100],
            [None, "2026-11-13", "Acme", None, 50],
            [None, "2026-11-14", "Bolt", None, 200],
            ["P2", "2026-11-15", "Corex", "Sanz", 300],
            [None, "2026-11-16", "Delta", None, 400],
        ],
        {"Ruiz": 150, "Sanz": 300, None: 600},
        4,
        id="spanish-with-a-further-line-and-records-of-their-own",
    ),
    pytest.param(
        [
            ["Order No", "Rep", "Customer", "Order Date", "Product", "Amount"],
            ["S1", "Tom", "Acme", "2026-11-02", "Pen", 100],
            [None, None, None, None, "Ink", 200],
            ["S2", "Ann", "Bolt", "2026-11-03", "Pen", 300],
            [None, None, None, None, "Cap", 400],
        ],
        {"Tom": 300, "Ann": 700},
        2,
        id="lines-with-nothing-but-their-product",
    ),
    pytest.param(
        [
            ["Order No", "Rep", "Customer", "Order Date", "Product", "Delivery Date", "Amount"],
            ["S1", "Tom", "Acme", "2026-11-02", "Pen", "2026-11-20", 100],
            [None, None, "Acme", "2026-11-02", "Ink", "2026-11-21", 200],
            ["S2", "Ann", "Bolt", "2026-11-03", "Pen", "2026-11-22", 300],
            [None, None, "Bolt", "2026-11-03", "Cap", "2026-11-23", 400],
        ],
        {"Tom": 300, "Ann": 700},
        2,
        id="lines-that-repeat-their-customer-and-are-delivered-on-other-days",
    ),
    pytest.param(
        [
            ["业务员", "订单号", "下单日期", "客户", "金额"],
            ["王芳", "S1", "2026-11-02", "甲厂", 100],
            [None, "S2", "2026-11-03", "乙厂", 200],
            ["李雷", "S3", "2026-11-13", "丙厂", 300],
            [None, "S4", "2026-11-14", "丁厂", 400],
        ],
        {"王芳": 300, "李雷": 700},
        4,
        id="reps-written-once-for-their-orders",
    ),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("rows", "by_rep", "orders"), OWN)
def test_records_of_their_own_take_no_number_and_no_rep_from_the_row_above(
    store: Store,
    rows: Rows,
    by_rep: dict[str | None, object],
    orders: int,
    write: Callable[[Rows], bytes],
    suffix: str,
) -> None:
    result = brought(store, f"orders.{suffix}", write(rows))
    assert (result.error, result.left_out) == (None, {})
    told = dict(store.rows("SELECT rep, sum(amount) FROM orders GROUP BY rep"))
    assert told == {rep: Decimal(str(amount)) for rep, amount in by_rep.items()}
    assert store.rows("SELECT count(DISTINCT order_id) FROM orders") == [(orders,)]


def test_how_many_orders_have_no_number_is_said(store: Store) -> None:
    rows = [
        EN,
        ["G1", "2026-11-02", "Acme", "Tom", 100],
        ["G2", "2026-11-02", "Acme", "Tom", 40],
        [None, "2026-11-03", "Bolt", None, 200],
    ]
    result = brought(store, "orders.csv", as_csv(rows))
    assert [(one.why, one.value) for one in result.problems] == [("without_number", "1")]
    assert sales(store) == 340


@pytest.mark.parametrize("customer", ["(all)", "全部客户", "Alle Kunden", "Everybody else"])
def test_a_row_of_all_without_a_number_is_no_order(store: Store, customer: str) -> None:
    lines = [["G1", "2026-11-02", "Acme", "Tom", 100], ["G2", "2026-11-03", "Bolt", "Ann", 260],
             ["G3", "2026-11-04", "Corex", "Ann", 40]]  # fmt: skip
    brought(store, "orders.csv", as_csv([EN, *lines, [None, "2026-11-30", customer, None, 400]]))
    assert sales(store) == 400


def test_a_merged_number_is_that_of_all_rows_it_covers(store: Store) -> None:
    book = openpyxl.load_workbook(
        BytesIO(
            as_xlsx(
                [
                    EN,
                    ["G1", "2026-11-02", "Acme", "Tom", 100],
                    [None, "2026-11-03", "Bolt", None, 200],
                    ["G2", "2026-11-13", "Corex", "Ann", 300],
                ]
            )
        )
    )
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("D2:D3")
    stream = BytesIO()
    book.save(stream)
    brought(store, "orders.xlsx", stream.getvalue())
    assert sales(store, "rep = 'Tom' AND order_id = 'G1'") == 300
