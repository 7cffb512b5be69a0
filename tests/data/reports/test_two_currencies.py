"""Equal amounts of a customer on a day are two sales where their currencies differ."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.conftest import read
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

AGAIN = "order_id/again"
EN = ["Order ID", "Order Date", "Customer", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]
# 600 in each list.
SOLD = [("2026-02-01", "Alder", 100), ("2026-02-02", "Birch", 200), ("2026-02-03", "Cedar", 300)]


def listed(prefix: str, *more: str) -> Rows:
    return [[f"{prefix}{at}", *row, *more] for at, row in enumerate(SOLD)]


def signed(prefix: str, sign: str) -> Rows:
    return [[f"{prefix}{at}", *row[:2], f"{sign}{row[2]}"] for at, row in enumerate(SOLD)]


def in_header(header: list[str], amount: str) -> list[str]:
    return [*header[:3], amount]


EURO = [
    pytest.param([[*EN, "Currency"], *listed("E", "EUR")], id="a column"),
    pytest.param([in_header(EN, "Amount (EUR)"), *listed("E")], id="a header"),
    pytest.param([in_header(DE, "Betrag in EUR"), *listed("E")], id="a german header"),
    pytest.param([["Sales orders"], ["Currency: EUR"], EN, *listed("E")], id="a title"),
    pytest.param([["销售明细"], ["币别：欧元"], ZH, *listed("E")], id="a chinese title"),
    pytest.param([EN, *signed("E", "€")], id="signs"),
]


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
@pytest.mark.parametrize("euro", EURO)
def test_equal_amounts_in_two_currencies_are_two_sales(
    store: Store, euro: Rows, made: Callable[[Rows], bytes]
) -> None:
    brought(store, "dollars.dat", made([in_header(EN, "Amount (USD)"), *listed("D")]))
    brought(store, "euros.dat", made(euro))
    assert sales(store, "currency = 'USD'") == sales(store, "currency = 'EUR'") == Decimal(600)


def test_two_currencies_of_one_drop_are_two_sales(store: Store) -> None:
    dollars = [in_header(EN, "Amount (USD)"), *listed("D")]
    drafts = read(
        store, {"a.csv": as_csv(dollars), "b.csv": as_csv([[*EN, "Currency"], *listed("E", "EUR")])}
    )
    assert [asked(store, draft) for draft in drafts] == [[], []]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param([[*EN, "Currency"], *listed("E", "USD")], id="a column"),
        pytest.param([in_header(EN, "Amount (USD)"), *listed("E")], id="a header"),
        pytest.param([["Currency: USD"], EN, *listed("E")], id="a title"),
        pytest.param([["币别：美元"], ZH, *listed("E")], id="a chinese title"),
        pytest.param([EN, *listed("E")], id="nothing"),
        pytest.param([EN, *signed("E", "US$")], id="signs"),
    ],
)
def test_equal_amounts_in_one_currency_or_none_are_asked_about(store: Store, again: Rows) -> None:
    brought(store, "dollars.csv", as_csv([in_header(EN, "Amount (USD)"), *listed("D")]))
    (draft,) = drafts_of(store, "again.csv", as_csv(again))
    assert AGAIN in asked(store, draft)
