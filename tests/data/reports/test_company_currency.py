"""Amounts in several currencies that the file itself has in the company's."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HUBSPOT: Rows = [
    ["Record ID", "Deal Name", "Deal Stage", "Deal owner", "Amount", "Amount in company currency",
     "Currency", "Close Date", "Create Date"],
    ["90001", "Alder", "Closed Won", "Ann Vale", 1000, 1000, "EUR", "2026-03-02", "2026-01-02"],
    ["90002", "Birch", "Closed Won", "Ann Vale", 1000, 920, "USD", "2026-03-03", "2026-01-03"],
    ["90003", "Cedar", "Appointment Scheduled", "Bob Cole", 500, 590, "GBP", "2026-04-30",
     "2026-02-02"],
]  # fmt: skip
SALESFORCE: Rows = [
    ["Opportunity ID", "Opportunity Name", "Stage", "Opportunity Owner", "Amount",
     "Amount (converted)", "Currency", "Close Date", "Created Date"],
    ["006A1", "Alder", "Closed Won", "Ann Vale", 1000, 1000, "EUR", "2026-03-02", "2026-01-02"],
    ["006A2", "Birch", "Closed Won", "Ann Vale", 1000, 920, "USD", "2026-03-03", "2026-01-03"],
]  # fmt: skip
CHINESE: Rows = [
    ["商机编号", "商机名称", "销售阶段", "负责人", "商机金额", "本位币金额",
     "币种", "结单日期", "创建时间"],
    ["S1", "一号", "赢单", "张三", 1000, 1000, "人民币", "2026-03-02", "2026-01-02"],
    ["S2", "二号", "赢单", "李四", 1000, 7200, "美元", "2026-03-03", "2026-01-03"],
]  # fmt: skip
ORDERS: Rows = [
    ["Order No", "Order Date", "Customer", "Amount", "Amount in Base Currency (CHF)", "Currency"],
    ["1", "2026-03-02", "Alder", 1000, 950, "EUR"],
    ["2", "2026-03-03", "Birch", 1000, 880, "USD"],
]
ZH_ORDERS: Rows = [
    ["订单号", "下单日期", "客户", "订单金额", "折合人民币金额（CNY）", "币种"],
    ["1", "2026-03-02", "甲", 1000, 7800, "EUR"],
    ["2", "2026-03-03", "乙", 1000, 7200, "USD"],
]
PAYMENTS: Rows = [
    ["Payment ID", "Payment Date", "Customer", "Amount", "Amount (home currency)", "Currency"],
    ["P1", "2026-03-02", "Alder", 1000, 920, "USD"],
    ["P2", "2026-03-03", "Birch", 50, 50, "EUR"],
    ["P3", "2026-03-03", "Cedar", 10, "11.8", "GBP"],
]


@pytest.mark.parametrize(
    ("table", "rows", "currency", "total"),
    [
        ("deals", HUBSPOT, "EUR", "2510"),
        ("deals", SALESFORCE, "EUR", "1920"),
        ("deals", CHINESE, "CNY", "8200"),
        ("orders", ORDERS, "CHF", "1830"),
        ("orders", ZH_ORDERS, "CNY", "15000"),
        ("payments", PAYMENTS, "EUR", "981.8"),
    ],
)
@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_amounts_in_several_currencies_are_taken_in_the_companys(
    store: Store, table: str, rows: Rows, currency: str, total: str, write: object
) -> None:
    assert callable(write)
    name = f"{table}.{'csv' if write is as_csv else 'xlsx'}"
    (draft,) = drafts_of(store, name, write(rows))
    assert draft.table == table
    assert "company_currency" in [note.code for note in draft.sheet.notes]  # type: ignore[union-attr]
    brought(store, name, write(rows))
    sums = store.rows(f'SELECT currency, sum(amount) FROM "{table}" GROUP BY currency')
    assert sums == [(currency, Decimal(total))]


@pytest.mark.parametrize("company", [["EUR", "EUR", "EUR"], ["SEK", "USD", "GBP"]])
def test_amounts_stay_where_one_currency_or_nothing_says_which_the_others_are_in(
    store: Store, company: list[str]
) -> None:
    rows = [list(row) for row in HUBSPOT]
    for row, code in zip(rows[1:], company, strict=True):
        row[6] = code
        # In no currency are both figures the same.
        row[5] = 930
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    assert draft.sheet is not None
    assert draft.sheet.header[draft.mapping["amount"]] == "Amount"
    several = len(set(company)) > 1
    assert asked(store, draft) == (["amount/column"] if several else [])
    if several:
        answers = {"amount/column": "Amount in company currency"}
        assert brought(store, "deals.csv", as_csv(rows), answers).error is None
        # Without a code: they are in the currency that the company reports in.
        sums = store.rows("SELECT currency, sum(amount) FROM deals GROUP BY currency")
        assert sums == [(None, Decimal(2790))]


@pytest.mark.parametrize(
    ("rows", "total"), [(HUBSPOT, 2510), (SALESFORCE, 1920), (CHINESE, 8200), (PAYMENTS, "981.8")]
)
def test_of_amounts_written_twice_those_in_the_companys_currency_count_without_codes_too(
    store: Store, rows: Rows, total: object
) -> None:
    place = next(at for at, header in enumerate(rows[0]) if header in ("Currency", "币种"))
    without = [[*row[:place], *row[place + 1 :]] for row in rows]
    (draft,) = drafts_of(store, "list.csv", as_csv(without))
    assert draft.sheet and "company_currency" in [note.code for note in draft.sheet.notes]
    brought(store, "list.csv", as_csv(without))
    sums = store.rows(f'SELECT currency, sum(amount) FROM "{draft.table}" GROUP BY currency')
    assert sums == [(None, Decimal(str(total)))]


@pytest.mark.parametrize("company", [[1000, 1000, 500], [1000, None, 590]], ids=["same", "a gap"])
def test_without_codes_amounts_stay_that_are_the_same_or_not_all_converted(
    store: Store, company: list[int | None]
) -> None:
    rows = [[*row[:6], *row[7:]] for row in HUBSPOT]
    for row, figure in zip(rows[1:], company, strict=True):
        row[5] = figure
    (draft,) = drafts_of(store, "deals.csv", as_csv(rows))
    assert draft.sheet and draft.sheet.header[draft.mapping["amount"]] == "Amount"
