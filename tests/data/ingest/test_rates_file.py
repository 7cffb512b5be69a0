"""Files of exchange rates, in the shapes that banks, ledgers and colleagues send them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.ingest.rates_file import rates_in
from data.store.database import Store
from domain.errors import FileError, ImportRefused
from domain.exchange_rate import ExchangeRate
from tests.data.reports.imported import Rows, as_csv, as_xlsx

pytestmark = pytest.mark.usefixtures("inline")

USD, EUR, JPY = "USD", "EUR", "JPY"


def rate(currency: str, month: int, amount: str, units: int = 1, day: int = 1) -> ExchangeRate:
    return ExchangeRate(currency, date(2026, month, day), units, Decimal(amount))


LONG_ZH: Rows = [
    ["月份", "币种", "汇率"],
    ["2026年1月", "美元", "7.02"],
    ["2026年1月", "欧元", "8.11"],
    ["2026年2月", "美元", "6.98"],
]
LONG_EN: Rows = [
    ["Month", "From currency", "To currency", "Exchange rate"],
    ["2026-01", "USD", "CNY", "7.02"],
    ["2026-02", "USD", "CNY", "6.98"],
    ["2026-02", "EUR", "CNY", "8.2"],
]
WIDE: Rows = [
    ["Month", "USD", "EUR"],
    ["Jan 2026", "7.02", "8.11"],
    ["Feb 2026", "6.98", ""],
    ["Mar 2026", "6.95", "8.2"],
]
WIDE_ZH: Rows = [
    ["月份", "美元", "100日元"],
    ["2026-01", "7.02", "4.52"],
    ["2026-02", "6.98", "4.61"],
]
PAIRS: Rows = [
    ["Date", "USD/CNY", "EUR/CNY"],
    ["2026-01-02", "7.02", "8.11"],
    ["2026-01-05", "7.03", "8.12"],
]
# The bank's board: a hundred units, several prices, the middle one named.
BANK: Rows = [
    ["日期", "货币名称", "单位", "现汇买入价", "现汇卖出价", "中行折算价"],
    ["2026-01-05", "美元", "100", "701.1", "704.2", "702.5"],
    ["2026-01-05", "日元", "100", "4.5", "4.55", "4.52"],
    ["2026-02-02", "美元", "100", "697.1", "699.2", "698.5"],
]
GERMAN: Rows = [
    ["Monat", "Währung", "Kurs"],
    ["2026-01", "USD", "7,02"],
    ["2026-02", "USD", "6,9825"],
]

SHAPES = [
    (LONG_ZH, [rate(USD, 1, "7.02"), rate(EUR, 1, "8.11"), rate(USD, 2, "6.98")]),
    (LONG_EN, [rate(USD, 1, "7.02"), rate(USD, 2, "6.98"), rate(EUR, 2, "8.2")]),
    (WIDE, [
        rate(USD, 1, "7.02"), rate(USD, 2, "6.98"), rate(USD, 3, "6.95"),
        rate(EUR, 1, "8.11"), rate(EUR, 3, "8.2"),
    ]),
    (WIDE_ZH, [
        rate(USD, 1, "7.02"), rate(USD, 2, "6.98"),
        rate(JPY, 1, "4.52", 100), rate(JPY, 2, "4.61", 100),
    ]),
    (PAIRS, [
        rate(USD, 1, "7.02", day=2), rate(USD, 1, "7.03", day=5),
        rate(EUR, 1, "8.11", day=2), rate(EUR, 1, "8.12", day=5),
    ]),
    (BANK, [
        rate(USD, 1, "702.5", 100, 5), rate(JPY, 1, "4.52", 100, 5), rate(USD, 2, "698.5", 100, 2),
    ]),
    (GERMAN, [rate(USD, 1, "7.02"), rate(USD, 2, "6.9825")]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), SHAPES)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_rates_are_read_in_every_usual_shape(
    store: Store, rows: Rows, wanted: list[ExchangeRate], write: object
) -> None:
    assert callable(write)
    name = "rates.csv" if write is as_csv else "rates.xlsx"
    read = rates_in(store, name, write(rows), "CNY")
    assert sorted(map(str, read.rates)) == sorted(map(str, wanted))
    assert read.unread == ()


def test_rows_without_a_rate_are_listed_and_the_base_itself_is_none(store: Store) -> None:
    rows = [
        *LONG_ZH,
        ["2026年3月", "人民币", "1"],
        ["2026年3月", "美元", "待定"],
        ["", "欧元", "8"],
    ]
    read = rates_in(store, "汇率.csv", as_csv(rows), "CNY")
    assert len(read.rates) == 3
    assert read.unread == (6, 7)


def test_two_columns_that_may_be_the_rates_are_named_and_none_is_chosen(store: Store) -> None:
    rows = [["月份", "币种", "买入价", "卖出价"], ["2026-01", "USD", "7", "7.1"],
            ["2026-02", "USD", "7", "7.2"]]  # fmt: skip
    with pytest.raises(ImportRefused, match="买入价, 卖出价") as error:
        rates_in(store, "rates.csv", as_csv(rows), "CNY")
    assert error.value.code == "several_rates"


@pytest.mark.parametrize(
    "rows",
    [
        [["Order", "Customer"], ["1", "Ann"], ["2", "Bob"]],
        [["Month", "Currency"], ["2026-01", "USD"], ["2026-02", "EUR"]],
        # Day or month first: nobody knows, and it would be another rate.
        [["Date", "USD"], ["03/04/2026", "7.1"], ["05/04/2026", "7.2"]],
    ],
)
def test_a_file_without_rates_is_refused(store: Store, rows: Rows) -> None:
    with pytest.raises(FileError) as error:
        rates_in(store, "rates.csv", as_csv(rows), "CNY")
    assert error.value.code == "no_rates"
    assert not list(store.inbox.glob("*"))
