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


GBP, CHF = "GBP", "CHF"
AUTUMN = [
    rate(GBP, 10, "1.145"),
    rate(GBP, 11, "1.15"),
    rate(CHF, 10, "1.06"),
    rate(CHF, 11, "1.07"),
]


def semicolons(rows: Rows) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


def autumn(*header: str, days: tuple[str, str], turned: bool = False, comma: bool = True) -> Rows:
    """The rates of October and November into the euro, from the pound and the franc."""
    rows = [list(header)]
    for code, pair in ((GBP, ("1,1450", "1,1500")), (CHF, ("1,0600", "1,0700"))):
        for day, value in zip(days, pair, strict=True):
            both = ["EUR", code] if turned else [code, "EUR"]
            rows.append([day, *both, value if comma else value.replace(",", ".")])
    return rows


INTO_EURO = {
    "german": autumn("Datum", "Von", "Nach", "Kurs", days=("01.10.2026", "01.11.2026")),
    "german, target first": autumn(
        "Datum", "Nach", "Von", "Kurs", days=("01.10.2026", "01.11.2026"), turned=True
    ),
    "german words": autumn(
        "Gültig ab", "Währung", "Zielwährung", "Wechselkurs", days=("1.10.2026", "1.11.2026")
    ),
    "short years": autumn("Datum", "Von", "Nach", "Kurs", days=("01.10.26", "01.11.26")),
    "french": autumn("Date", "De", "Vers", "Taux", days=("01/10/2026", "01/11/2026")),
    "french words": autumn(
        "Date", "Devise source", "Devise cible", "Cours", days=("01/10/2026", "01/11/2026")
    ),
    "spanish": autumn("Fecha", "De", "A", "Tipo de cambio", days=("01/10/2026", "01/11/2026")),
    "spanish words": autumn(
        "Fecha", "Moneda origen", "Moneda destino", "Tasa", days=("01-10-2026", "01-11-2026")
    ),
    "spanish, target first": autumn(
        "Fecha",
        "Moneda de destino",
        "Moneda de origen",
        "Tasa",
        days=("01/10/2026", "01/11/2026"),
        turned=True,
    ),
    "chinese": autumn(
        "日期", "原币", "本位币", "汇率", days=("2026年10月1日", "2026年11月1日"), comma=False
    ),
    "chinese, own first": autumn(
        "日期",
        "本位币",
        "原币",
        "汇率",
        days=("2026-10-01", "2026-11-01"),
        turned=True,
        comma=False,
    ),
    "english": autumn("Date", "From", "To", "Rate", days=("01.10.2026", "01.11.2026"), comma=False),
}


@pytest.mark.parametrize("rows", INTO_EURO.values(), ids=INTO_EURO)
@pytest.mark.parametrize("name", ["kurse.csv", "kurse.xlsx"])
def test_whole_dates_and_both_currencies_are_read_in_every_language(
    store: Store, rows: Rows, name: str
) -> None:
    content = semicolons(rows) if name.endswith("csv") else as_xlsx(rows)
    read = rates_in(store, name, content, "EUR")
    assert len(read.rates) == 4 and set(read.rates) == set(AUTUMN)
    assert read.unread == ()


def test_three_decimals_behind_a_german_comma_are_no_thousands(store: Store) -> None:
    rows = [["Monat", "Währung", "Kurs"], ["2026-10", GBP, "1,145"], ["2026-11", GBP, "1,150"]]
    read = rates_in(store, "kurse.csv", semicolons(rows), "EUR")
    assert read.rates == (rate(GBP, 10, "1.145"), rate(GBP, 11, "1.150"))
    # A Swiss point is one, too.
    rows = [[*row[:2], row[2].replace(",", ".")] for row in rows]
    read = rates_in(store, "kurse.csv", semicolons(rows), "EUR")
    assert read.rates == (rate(GBP, 10, "1.145"), rate(GBP, 11, "1.150"))


def test_rates_into_another_currency_are_listed_and_not_read(store: Store) -> None:
    rows = [
        ["Datum", "Von", "Nach", "Kurs"],
        ["01.10.2026", "GBP", "EUR", "1,1450"],
        ["01.10.2026", "GBP", "USD", "1,3300"],
        ["01.10.2026", "EUR", "CHF", "0,9400"],
    ]
    read = rates_in(store, "kurse.csv", semicolons(rows), "EUR")
    assert read.rates == (rate(GBP, 10, "1.145"),)
    assert read.unread == (3, 4)


def test_a_second_column_with_the_names_of_the_currencies_changes_nothing(store: Store) -> None:
    rows = [
        ["月份", "币种", "货币名称", "汇率"],
        ["2026-10", "USD", "美元", "7.02"],
        ["2026-10", "EUR", "欧元", "8.2"],
    ]
    read = rates_in(store, "rates.csv", as_csv(rows), "CNY")
    assert read.rates == (rate(USD, 10, "7.02"), rate(EUR, 10, "8.2"))


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
        # Rates into the euro, and out of the yuan, are none into the yuan.
        [
            ["Date", "From", "To", "Rate"],
            ["2026-10-01", "GBP", "EUR", "1.145"],
            ["2026-11-01", "GBP", "EUR", "1.15"],
        ],
        [
            ["Datum", "Von", "Nach", "Kurs"],
            ["01.10.2026", "CNY", "EUR", "0,125"],
            ["01.11.2026", "CNY", "USD", "0,1400"],
        ],
    ],
)
def test_a_file_without_rates_is_refused(store: Store, rows: Rows) -> None:
    with pytest.raises(FileError) as error:
        rates_in(store, "rates.csv", as_csv(rows), "CNY")
    assert error.value.code == "no_rates"
    assert not list(store.inbox.glob("*"))
