"""Whole thousands with a point among amounts with a decimal comma: 1.000 beside 12,50."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def orders(header: str, amounts: list[str]) -> list[list[object]]:
    return [
        ["Order ID", "Order Date", "Customer", header],
        *([f"O-{at}", f"2026-03-{at + 1:02}", "Alder", one] for at, one in enumerate(amounts)),
    ]


# | header | cells | their sum, worked out by hand
GROUPED = [
    pytest.param("Betrag (EUR)", ["1.234,50", "12,50", "1.000"], "2247.00", id="german"),
    pytest.param("Betrag (EUR)", ["1.234,50", "12,50", "1.000", "250,00"], "2497.00", id="cents"),
    pytest.param("Betrag (EUR)", ["12,50", "1.000"], "1012.50", id="no-long-number"),
    pytest.param("Importe (EUR)", ["-12,50", "1.000", "2.500.000"], "2500987.50", id="millions"),
    pytest.param("Valor (EUR)", ["7,25", "850", "12.000"], "12857.25", id="whole-numbers"),
    pytest.param("Umsatz (EUR)", ["3,75 €", "4.000 €", "99,99 €"], "4103.74", id="sign"),
    pytest.param("Montant (EUR)", ["10.500,5", "1.250", "0,75"], "11751.25", id="one-decimal"),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
@pytest.mark.parametrize(("header", "cells", "total"), GROUPED)
def test_a_decimal_comma_makes_points_those_of_thousands(
    store: Store, header: str, cells: list[str], total: str, write: Callable[[Rows], bytes]
) -> None:
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    content = write(orders(header, cells))
    (draft,) = drafts_of(store, name, content)
    assert asked(store, draft) == []
    brought(store, name, content)
    assert sales(store) == Decimal(total)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        pytest.param("Umsatz (T€)", ["35.835", "12,50"], id="thousands"),
        pytest.param("金额（万元）", ["3.125", "11,50"], id="chinese"),
        pytest.param("Amount (EUR)", ["12,50", "120", "75"], id="no-point"),
    ],
)
def test_where_a_point_may_stand_before_decimals_the_mark_is_asked(
    store: Store, header: str, cells: list[str]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(header, cells)))
    assert "amount" in asked(store, draft)
