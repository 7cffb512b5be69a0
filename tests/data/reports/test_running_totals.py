"""Subtotals that carry a day, a number or a name like a record: sums of the rows above them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

DAYS = ["Order Date", "Customer", "Amount"]
LINES = ["Order No", "Order Date", "Client", "Product", "Amount"]
REPS = ["Order Date", "Sales Rep", "Customer", "Amount"]
ZH = ["下单日期", "业务员", "客户", "数量", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
IDS = ["Order ID", "Order Date", "Customer", "Amount"]

# The records have 100 + 200 and 70 + 30: 400; where a third group or row is, 450.
SUBTOTALS = [
    pytest.param(
        [
            DAYS,
            ["2026-09-03", "Acme", 100],
            ["2026-09-03", "Beta", 200],
            ["2026-09-03", None, 300],
            ["2026-09-04", "Gamma", 70],
            ["2026-09-04", "Delta", 30],
            ["2026-09-04", None, 100],
        ],
        400,
        id="of-days",
    ),
    pytest.param(
        [
            LINES,
            ["SB1", "2026-04-03", "Acme", "Pen", 100],
            ["SB1", "2026-04-03", "Acme", "Ink", 200],
            ["SB1", "2026-04-03", "Acme", None, 300],
            ["SB2", "2026-04-04", "Beta", "Pen", 70],
            ["SB2", "2026-04-04", "Beta", "Cap", 30],
            ["SB2", "2026-04-04", "Beta", None, 100],
        ],
        400,
        id="of-orders",
    ),
    pytest.param(
        [
            LINES,
            [5001, "2026-04-03", "Acme", "Pen", 100],
            [5001, "2026-04-03", "Acme", "Ink", 200],
            [5001, "2026-04-03", "Acme", None, 300],
            [5002, "2026-04-04", "Beta", "Pen", 50],
            [5002, "2026-04-04", "Beta", None, 50],
            [5003, "2026-04-05", "Beta", "Pen", 70],
            [5003, "2026-04-05", "Beta", "Cap", 30],
            [5003, "2026-04-05", "Beta", None, 100],
        ],
        450,
        id="of-numbered-orders-one-of-them-of-one-line",
    ),
    pytest.param(
        [
            REPS,
            ["2025-02-03", "Ann", "Acme", 100],
            ["2025-02-04", "Ann", "Beta", 200],
            ["2025-02-04", "Ann", None, 300],
            ["2025-02-05", "Bob", "Gamma", 70],
            ["2025-02-06", "Bob", "Delta", 30],
            ["2025-02-06", "Bob", None, 100],
        ],
        400,
        id="of-reps",
    ),
    pytest.param(
        [
            ZH,
            ["2026-03-03", "张伟", "甲厂", 1, "100.00"],
            ["2026-03-04", "张伟", "乙厂", 2, "200.00"],
            ["2026-03-04", "张伟", None, 3, "300.00"],
            ["2026-03-05", "李娜", "丙厂", 1, "70.00"],
            ["2026-03-06", "李娜", "丁厂", 1, "30.00"],
            ["2026-03-06", "李娜", None, 2, "100.00"],
        ],
        400,
        id="of-chinese-reps-with-quantities",
    ),
    pytest.param(
        [
            REPS,
            ["2025-02-03", "Ann", "Acme", 100],
            ["2025-02-04", "Ann", "Beta", 200],
            ["2025-02-04", "Ann", None, 300],
            ["2025-02-05", "Bob", "Gamma", 70],
            ["2025-02-06", "Bob", "Delta", 30],
            ["2025-02-06", "Bob", None, 100],
            ["2025-02-06", None, None, 400],
        ],
        400,
        id="with-the-total-of-them",
    ),
    pytest.param(
        [
            IDS,
            ["SK1", "2025-03-03", "Acme", 100],
            ["SK2", "2025-03-04", "Beta", 300],
            ["SK3", "2025-03-04", "All customers", 400],
        ],
        400,
        id="all-customers",
    ),
    pytest.param(
        [
            IDS,
            [1001, "2025-03-03", "Acme", 100],
            [1002, "2025-03-04", "Beta", 300],
            [1003, "2025-03-04", "All clients", 400],
        ],
        400,
        id="all-clients-with-numbers",
    ),
    pytest.param(
        [
            ["订单编号", "下单日期", "客户", "金额"],
            ["XS-1", "2025-03-03", "甲厂", 100],
            ["XS-2", "2025-03-04", "乙厂", 300],
            ["XS-3", "2025-03-04", "全部客户", 400],
        ],
        400,
        id="all-customers-in-chinese",
    ),
    pytest.param(
        [
            DE,
            ["A1", "03.03.2025", "Acme", "1.100,50"],
            ["A2", "14.03.2025", "Beta", "3.300,25"],
            ["A3", "14.03.2025", "Alle Kunden", "4.400,75"],
        ],
        "4400.75",
        id="all-customers-in-german",
    ),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("rows", "right"), SUBTOTALS)
def test_sums_that_look_like_records_are_none(
    store: Store, rows: Rows, right: int | str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    result = brought(store, f"orders.{suffix}", write(rows))
    assert sales(store) == Decimal(right)
    assert result.money_in == {"amount": Decimal(right)}


# Groups are named in another column; a last row has a day and the sum, and no word.
NAMED = [
    pytest.param(
        [
            REPS,
            ["2026-11-02", "Tom", "Acme", 100],
            ["2026-11-03", "Tom", "Bolt", 200],
            ["2026-11-03", None, "Tom", 300],
            ["2026-11-04", "Ann", "Acme", 50],
            ["2026-11-04", None, "Ann", 50],
            ["2026-11-30", None, None, 350],
        ],
        350,
        id="reps-named-as-customers",
    ),
    pytest.param(
        [
            ["下单日期", "客户", "业务员", "金额"],
            ["2026-11-02", "甲厂", "张伟", 100],
            ["2026-11-03", "乙厂", "张伟", 200],
            ["2026-11-03", "张伟", None, 300],
            ["2026-11-04", "丙厂", "李娜", 70],
            ["2026-11-05", "丁厂", "李娜", 30],
            ["2026-11-05", "李娜", None, 100],
        ],
        400,
        id="chinese-reps-named-as-customers",
    ),
    pytest.param(
        [
            ["Auftragsdatum", "Kunde", "Verkäufer", "Betrag"],
            ["13.11.2026", "Braun", None, "1.300,50"],
            ["13.11.2026", "Acme GmbH", "Braun", "1.100,50"],
            ["14.11.2026", "Bolt AG", "Braun", "200,00"],
            ["15.11.2026", "Vogel", None, "70,00"],
            ["15.11.2026", "Corex KG", "Vogel", "70,00"],
        ],
        "1370.50",
        id="german-reps-named-above-their-rows",
    ),
    pytest.param(
        [
            ["Order No", "Order Date", "Customer", "Product", "Amount"],
            ["S1", "2026-11-02", "Acme", "Pen", 100],
            ["S2", "2026-11-03", "Acme", "Ink", 200],
            [None, "2026-11-03", None, "Acme", 300],
            ["S3", "2026-11-04", "Bolt", "Pen", 50],
            [None, "2026-11-04", None, "Bolt", 50],
        ],
        350,
        id="customers-named-as-products",
    ),
    pytest.param(
        [
            ["Order Date", "Customer", "Rep", "Product", "Amount"],
            ["2026-11-02", "Acme", "Tom", "Pen", 100],
            ["2026-11-03", "Bolt", "Tom", "Ink", 200],
            ["2026-11-04", "Corex", "Ann", "Pen", 50],
            ["2026-11-05", "Delta", "Ann", "Pen", 70],
            ["2026-11-30", None, None, None, 420],
        ],
        420,
        id="a-day-and-the-sum-of-all",
    ),
    pytest.param(
        [
            ["Date de commande", "Client", "Commercial", "Quantité", "Montant"],
            ["30/11/2026", None, None, 6, 600],
            ["02/11/2026", "Acme", "Dupont", 1, 100],
            ["13/11/2026", "Bolt", "Dupont", 2, 200],
            ["14/11/2026", "Corex", "Martin", 3, 300],
        ],
        600,
        id="french-sum-of-all-below-the-header",
    ),
    pytest.param(
        [
            ["序号", "下单日期", "客户", "业务员", "金额"],
            [1, "2026-11-02", "甲厂", "张伟", 100],
            [2, "2026-11-03", "乙厂", "张伟", 250],
            [3, "2026-11-04", "丙厂", "李娜", 50],
            [4, "2026-11-30", None, None, 400],
        ],
        400,
        id="chinese-sum-of-all-with-a-row-number",
    ),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("rows", "right"), NAMED)
def test_sums_that_name_their_group_elsewhere_or_have_no_word_are_none(
    store: Store, rows: Rows, right: int | str, write: Callable[[Rows], bytes], suffix: str
) -> None:
    result = brought(store, f"orders.{suffix}", write(rows))
    assert sales(store) == Decimal(right)
    assert result.money_in["amount"] == Decimal(right)


# What is no sum, or a sum by chance, is a record.
RECORDS = [
    pytest.param(
        [
            DAYS,
            ["2026-09-03", "Acme", 100],
            ["2026-09-03", "Beta", 200],
            ["2026-09-03", None, 310],
            ["2026-09-04", "Gamma", 70],
            ["2026-09-04", None, 100],
        ],
        780,
        id="no-sums",
    ),
    pytest.param(
        [
            LINES,
            ["S1", "2026-04-03", "Acme", "Pen", 100],
            ["S2", "2026-04-04", "Acme", None, 100],
            ["S3", "2026-04-05", "Beta", "Pen", 100],
            ["S4", "2026-04-06", "Beta", None, 100],
            ["S5", "2026-04-07", "Beta", "Cap", 100],
        ],
        500,
        id="the-same-amount-again",
    ),
    pytest.param(
        [
            DAYS,
            ["2026-09-03", "Acme", 1],
            ["2026-09-03", "Beta", 2],
            ["2026-09-03", None, 3],
            ["2026-09-04", "Gamma", 1],
            ["2026-09-04", "Delta", 1],
            ["2026-09-04", None, 2],
        ],
        10,
        id="small-numbers",
    ),
    pytest.param(
        [
            IDS,
            ["SK1", "2025-03-03", "Acme", 100],
            ["SK2", "2025-03-04", "Beta", 200],
            ["SK3", "2025-03-04", "All customers", 350],
        ],
        650,
        id="all-customers-of-another-amount",
    ),
    pytest.param(
        [
            IDS,
            ["SK1", "2025-03-03", "Acme", 100],
            ["SK2", "2025-03-04", "Beta", 200],
            ["SK3", "2025-03-04", "All Saints", 300],
        ],
        600,
        id="a-customer-called-all",
    ),
    pytest.param(
        [
            REPS,
            ["2026-11-02", "Tom", "Acme", 100],
            ["2026-11-03", "Tom", "Bolt", 200],
            ["2026-11-03", None, "Tom", 310],
            ["2026-11-30", None, None, 350],
        ],
        960,
        id="a-customer-of-a-reps-name-and-a-sale-to-nobody",
    ),
    pytest.param(
        [
            LINES,
            ["S1", "2026-04-03", "Acme", "Pen", 100],
            ["S2", "2026-04-04", "Acme", "Ink", 200],
            ["S3", "2026-04-05", "Beta", None, 300],
            ["S4", "2026-04-06", "Beta", None, 40],
            ["S5", "2026-04-07", "Beta", None, 55],
            ["S6", "2026-04-08", "Beta", "Cap", 70],
            ["S7", "2026-04-09", "Beta", "Cap", 30],
            ["S8", "2026-04-09", "Beta", None, 65],
        ],
        860,
        id="one-sum-among-many",
    ),
]


@pytest.mark.parametrize(("rows", "right"), RECORDS)
def test_records_that_are_no_sums_stay(store: Store, rows: Rows, right: int) -> None:
    brought(store, "orders.csv", as_csv(rows))
    assert sales(store) == Decimal(right)
