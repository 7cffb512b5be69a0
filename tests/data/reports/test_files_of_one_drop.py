"""Two files of one drop that have the same records otherwise: it is said which one counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging.draft import Result
from data.store.database import Store
from tests.conftest import bring
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, sales

pytestmark = pytest.mark.usefixtures("inline")

EN = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
STATUS = [*EN, "Status"]
ZH = ["订单号", "下单日期", "客户", "业务员", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Verkäufer", "Betrag"]
CONTRACTS = ["合同编号", "签订日期", "客户", "销售员", "合同金额"]
PAYMENTS = ["Payment ID", "Payment Date", "Customer", "Collected by", "Payment Amount"]
CURRENCY = [*EN, "Currency"]


def rows(first: int, amounts: list[int], *more: object) -> list[list[object]]:
    """Return a record a number, each of its day and customer."""
    return [
        [f"Q{at}", f"2026-03-{at:02}", f"Firm {at}", "Kim Lee", amount, *more]
        for at, amount in enumerate(amounts, first)
    ]


A, B = rows(1, [110, 120, 130, 140, 150]), rows(3, [130, 940, 150, 160, 170])
# | header | rows of the first file, of the second | how many records are otherwise
OTHERWISE = [
    pytest.param(EN, A, B, 1, id="english"),
    pytest.param(ZH, A, B, 1, id="chinese"),
    pytest.param(DE, A, rows(2, [125, 135, 145, 150, 160]), 3, id="german"),
    pytest.param(CONTRACTS, A, B, 1, id="contracts"),
    pytest.param(STATUS, rows(1, [110, 120, 130], "valid"),
                 [*rows(2, [120], "cancelled"), *rows(3, [130, 140], "valid")], 1, id="status"),
    pytest.param(CURRENCY, rows(1, [110, 120, 130], "CNY"),
                 [*rows(2, [120], "USD"), *rows(3, [130, 140], "CNY")], 1, id="currency"),
]  # fmt: skip


def notes(result: Result) -> list[tuple[str, str]]:
    told = [(one.value, one.why) for one in result.problems]
    return [note for note in told if note[1] == "otherwise_in_drop"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(("header", "first", "second", "count"), OTHERWISE)
def test_it_is_said_that_the_file_read_last_counts(
    store: Store, header: list[str], first: Rows, second: Rows, count: int, kind: str
) -> None:
    write = as_csv if kind == "csv" else as_xlsx
    files = {f"a.{kind}": write([header, *first]), f"b.{kind}": write([header, *second])}
    one, two = bring(store, files)
    assert two.error is None
    assert notes(one) == []
    other = "a.csv" if kind == "csv" else "a.xlsx · Sheet"
    assert notes(two) == [(f"{other} · {count}", "otherwise_in_drop")]


def test_the_amounts_of_the_last_file_count_and_each_other_file_is_named(store: Store) -> None:
    third = rows(5, [151, 160, 171])
    files = {"a.csv": A, "b.csv": B, "c.csv": third}
    *_first, last = bring(store, {name: as_csv([EN, *few]) for name, few in files.items()})
    assert [value for value, _why in notes(last)] == ["a.csv · 1", "b.csv · 2"]
    assert sales(store) == Decimal(110 + 120 + 130 + 940 + 151 + 160 + 171)


def test_what_is_the_same_in_both_is_not_said(store: Store) -> None:
    same = rows(3, [130, 140, 150, 160])
    _one, two = bring(store, {"a.csv": as_csv([EN, *A]), "b.csv": as_csv([EN, *same])})
    assert notes(two) == []


def test_where_a_day_tells_the_newer_file_nothing_is_said(store: Store) -> None:
    names = ("orders_2026-03-20.csv", "orders_2026-03-27.csv")
    files = dict(zip(names, (as_csv([EN, *A]), as_csv([EN, *B])), strict=True))
    assert [notes(result) for result in bring(store, files)] == [[], []]
    assert sales(store) == Decimal(110 + 120 + 130 + 940 + 150 + 160 + 170)


def test_a_newer_file_that_comes_later_is_not_said(store: Store) -> None:
    brought(store, "a.csv", as_csv([EN, *A]))
    result = brought(store, "b.csv", as_csv([EN, *B]), {"order_id/gone": "kept"})
    assert notes(result) == []


def test_other_tables_with_the_same_numbers_are_not_said(store: Store) -> None:
    paid = [[f"Q{at}", "2026-03-28", f"Firm {at}", "Kim Lee", 55] for at in range(1, 5)]
    files = {"a.csv": as_csv([EN, *A]), "payments.csv": as_csv([PAYMENTS, *paid])}
    assert [notes(result) for result in bring(store, files)] == [[], []]
