"""Rows below a table that state an average, a target, another period or a part of the sum."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.layout.statistics import states_statistic
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order No", "Order Date", "Customer", "Rep", "Amount"]
RECORDS_EN = [
    ["B1", "2026-11-02", "Acme", "Tom", 100],
    ["B2", "2026-11-03", "Bolt", "Tom", 200],
    ["B3", "2026-11-13", "Corex", "Ann", 300],
]
ZH = ["订单号", "下单日期", "客户", "销售", "金额"]
RECORDS_ZH = [
    ["P1", "2026-11-02", "甲厂", "王芳", 100],
    ["P2", "2026-11-03", "乙厂", "王芳", 200],
    ["P3", "2026-11-13", "丙厂", "李雷", 300],
]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Betrag"]
FR = ["N° commande", "Date de commande", "Client", "Commercial", "Montant"]
ES = ["Número de pedido", "Fecha de pedido", "Cliente", "Vendedor", "Importe"]

# The records of each have 600.
STATISTICS = [
    pytest.param(
        [
            ZH,
            *RECORDS_ZH,
            ["平均", "2026-11-30", None, None, 200],
            ["最大值", "2026-11-30", None, None, 300],
            ["去年同期", "2025-11-30", None, None, 500],
            ["目标", "2026-11-30", None, None, 1000],
            ["完成率", None, None, None, "60%"],
            ["其中：线上", "2026-11-30", None, None, 150],
        ],
        id="chinese",
    ),
    pytest.param(
        [
            EN,
            *RECORDS_EN,
            ["Previous month", "2026-10-31", None, None, 500],
            ["Average", "2026-11-30", None, None, 200],
            ["Max", "2026-11-30", None, None, 300],
            ["Count", "2026-11-30", None, None, 3],
            ["of which online", "2026-11-30", None, None, 150],
            ["Target", "2026-11-30", None, None, 1000],
        ],
        id="english",
    ),
    pytest.param(
        [
            DE,
            [4001, "02.11.2026", "Acme GmbH", "Braun", 100],
            [4002, "03.11.2026", "Bolt AG", "Braun", 200],
            [4003, "13.11.2026", "Corex KG", "Vogel", 300],
            ["Durchschnitt", "30.11.2026", None, None, 200],
            ["Vormonat", "31.10.2026", None, None, 500],
            ["davon online", "30.11.2026", None, None, 150],
            ["Zielerreichung", None, None, None, 60],
        ],
        id="german-below-numbers",
    ),
    pytest.param(
        [
            FR,
            ["C-1", "02/11/2026", "Acme", "Dupont", 100],
            ["C-2", "13/11/2026", "Bolt", "Dupont", 200],
            ["C-3", "14/11/2026", "Corex", "Martin", 300],
            ["Moyenne", "30/11/2026", None, None, 200],
            ["Objectif", "30/11/2026", None, None, 900],
            ["dont en ligne", "30/11/2026", None, None, 150],
        ],
        id="french",
    ),
    pytest.param(
        [
            ES,
            ["P-1", "2026-11-02", "Acme", "Ruiz", 100],
            ["P-2", "2026-11-13", "Bolt", "Ruiz", 200],
            ["P-3", "2026-11-14", "Corex", "Sanz", 300],
            ["Promedio", "2026-11-30", None, None, 200],
            ["Mes anterior", "2026-10-31", None, None, 450],
        ],
        id="spanish",
    ),
    pytest.param(
        [
            EN,
            *RECORDS_EN,
            [None, "2026-11-30", "Average", None, 200],
            [None, "2026-11-30", "Last year", None, 700],
        ],
        id="below-the-customers",
    ),
    pytest.param(
        [
            ["Order Date", "Customer", "Rep", "Amount"],
            *[row[1:] for row in RECORDS_EN],
            ["Average", None, None, 200],
            ["Min", None, None, 100],
            ["Budget", None, None, 900],
        ],
        id="below-the-days",
    ),
    pytest.param(
        [
            ZH,
            *RECORDS_ZH,
            ["合计", "2026-11-30", None, None, 600],
            ["其中", None, "线上", None, 150],
            ["上月同期", "2026-10-31", None, None, 500],
        ],
        id="a-part-named-beside-and-the-total",
    ),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize("rows", STATISTICS)
def test_statistics_are_no_orders(
    store: Store, rows: Rows, write: Callable[[Rows], bytes], suffix: str
) -> None:
    result = brought(store, f"orders.{suffix}", write(rows))
    assert (result.error, sales(store)) == (None, 600)
    assert result.money_in == {"amount": Decimal(600)}


@pytest.mark.parametrize(
    "record",
    [
        ["B4", "2026-11-14", "Target", "Ann", 50],
        ["B4", "2026-11-14", "Max", None, 50],
        ["B4", "2026-11-14", "Average", "Tom", 50],
        ["Target", "2026-11-14", "Delta", "Ann", 50],
        [None, "2026-11-14", "Budget", "Ann", 50],
        ["B4", "2026-11-14", "其中", "Goal", 50],
    ],
)
def test_customers_and_orders_that_are_called_so_stay(store: Store, record: list[object]) -> None:
    brought(store, "orders.csv", as_csv([EN, *RECORDS_EN[:2], record, RECORDS_EN[2]]))
    assert sales(store) == 650


def test_words_of_statistics_are_whole_cells() -> None:
    words = [
        "平均客单价",
        "上月",
        "Same month last year",
        "Mittelwert",
        "в том числе онлайн",
        "목표",
    ]
    assert all(map(states_statistic, words))
    assert not any(map(states_statistic, ["Target Corp", "目标科技", "Maxi", "B1", "", None]))
