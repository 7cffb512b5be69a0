"""Sales by day and rep are sales, those by week no customers, and neither drops its money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, brought, drafts_of, sales

DAILY = [
    ["日期", "销售员", "当日销售额", "本月累计销售额"],
    ["日期", "业务员", "今日销售额", "累计销售额"],
    ["Date", "Sales Rep", "Daily Sales", "Sales MTD"],
    ["Date", "Sales Rep", "Sales", "Cumulative Sales"],
    ["Datum", "Verkäufer", "Tagesumsatz", "Umsatz kumuliert"],
    ["Fecha", "Vendedor", "Ventas del día", "Ventas acumuladas"],
]


@pytest.mark.parametrize("header", DAILY, ids=lambda header: header[2])
def test_a_daily_report_is_the_sales_of_each_day(store: Store, header: list[str]) -> None:
    rows = [["2026-11-02", "Ann Vale", 100, 100], ["2026-11-13", "Ann Vale", 200, 300],
            ["2026-11-14", "Ben Cole", 10, 10]]  # fmt: skip
    assert brought(store, "report.xlsx", as_xlsx([header, *rows])).table == "orders"
    assert sales(store) == Decimal(310)


DROPPED = [
    ["Week", "Sales Rep", "Customer", "Amount"],
    ["KW", "Verkäufer", "Kunde", "Umsatz"],
    ["Semaine", "Commercial", "Client", "Montant"],
    ["Semana", "Vendedor", "Cliente", "Importe"],
    ["周次", "销售员", "客户", "销售额"],
    ["Settimana", "Venditore", "Cliente", "Importo"],
]


@pytest.mark.parametrize("header", DROPPED, ids=lambda header: header[0])
def test_sales_by_week_are_no_list_of_customers(store: Store, header: list[str]) -> None:
    rows = [["2026-W45", "Ned", "Acme", 1000], ["2026-W46", "Ned", "Bolt", 700],
            ["2026-W53", "Ned", "Cobb", 500]]  # fmt: skip
    (draft,) = drafts_of(store, "weeks.csv", as_csv([header, *rows]))
    assert draft.table != "customers"
    assert draft.table is None or "amount" in draft.mapping


@pytest.mark.parametrize("header", ["累计销售额", "Cumulative Sales", "Umsatz kumuliert"])
def test_sums_that_run_on_are_neither_sales_nor_visits(store: Store, header: str) -> None:
    rows = [["日期", "销售员", header], ["2026-11-02", "孙三", "100"],
            ["2026-11-13", "孙三", "300"], ["2026-11-14", "孙三", "350"]]  # fmt: skip
    (draft,) = drafts_of(store, "report.csv", as_csv(rows))
    assert draft.table is None


def test_a_list_of_customers_with_their_sales_stays_one(store: Store) -> None:
    rows = [["Customer", "Industry", "Owner", "Last Order Date", "Total Sales"],
            ["Acme", "Retail", "Ann Vale", "2026-11-02", "1000"]]  # fmt: skip
    (draft,) = drafts_of(store, "customers.csv", as_csv(rows))
    assert draft.table == "customers"
