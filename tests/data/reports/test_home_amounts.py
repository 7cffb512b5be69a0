"""Amounts of the company's books beside those of documents, whose currency a column names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# 100 USD are 712 CNY or 92 EUR; 50 are in the company's own currency.
RECEIPTS: Rows = [
    ["收款日期", "单据号", "往来单位", "币种", "原币金额", "本币金额", "审核状态"],
    ["2026-03-02", "SK1", "甲公司", "美元", 100, 712, "已审核"],
    ["2026-03-03", "SK2", "乙公司", "人民币", 50, 50, "已审核"],
]
TAXED_ORDERS: Rows = [
    ["订单日期", "订单号", "客户简称", "币种", "汇率", "存货名称", "数量", "原币含税单价",
     "原币价税合计", "本币价税合计", "本币无税金额"],
    ["2026-03-02", "X1", "甲公司", "美元", 7.12, "电机", 2, 56.5, 113, 804.56, 712],
    ["2026-03-03", "X2", "乙公司", "人民币", 1, "阀门", 1, 56.5, 56.5, 56.5, 50],
]  # fmt: skip
TRADITIONAL: Rows = [
    ["訂單日期", "訂單編號", "客戶", "幣別", "原幣金額", "本幣金額"],
    ["2026-03-02", "X1", "甲公司", "USD", 100, 3200],
    ["2026-03-03", "X2", "乙公司", "TWD", 50, 50],
]
GERMAN: Rows = [
    ["Auftragsdatum", "Auftragsnummer", "Kunde", "Währung", "Betrag in Belegwährung",
     "Betrag in Hauswährung"],
    ["2026-03-02", "A1", "Erle", "USD", 100, 92],
    ["2026-03-03", "A2", "Birke", "EUR", 50, 50],
]  # fmt: skip
ENGLISH: Rows = [
    ["Payment Date", "Payment No", "Customer", "Currency", "Document Amount",
     "Amount in Local Currency"],
    ["2026-03-02", "P1", "Alder", "USD", 100, 92],
    ["2026-03-03", "P2", "Birch", "EUR", 50, 50],
]  # fmt: skip
OWED: Rows = [
    ["单据号", "客户", "到期日", "币种", "原币余额", "本币余额"],
    ["R1", "甲公司", "2026-04-20", "美元", 100, 712],
    ["R2", "乙公司", "2026-04-21", "人民币", 50, 50],
]
CONTRACTS: Rows = [
    ["合同编号", "客户", "签订日期", "币种", "合同金额（原币）", "合同金额（本币）"],
    ["H1", "甲公司", "2026-03-20", "美元", 100, 712],
    ["H2", "乙公司", "2026-03-21", "人民币", 50, 50],
]
DEALS: Rows = [
    ["商机编号", "商机名称", "阶段", "负责人", "预计成交日期", "币种", "原币金额", "本位币金额"],
    ["S1", "一号", "赢单", "张三", "2026-03-20", "美元", 100, 712],
    ["S2", "二号", "赢单", "李四", "2026-03-21", "人民币", 50, 50],
]
# Nothing but the name says what the books are in: the currency that the company reports in.
ALONE: Rows = [
    ["收款日期", "单据号", "往来单位", "币种", "本币金额"],
    ["2026-03-02", "SK1", "甲公司", "美元", 712],
    ["2026-03-03", "SK2", "乙公司", "人民币", 50],
]
ALL_ABROAD: Rows = [
    ["收款日期", "单据号", "往来单位", "币种", "原币", "本位币金额"],
    ["2026-03-02", "SK1", "甲公司", "USD", 100, 712],
    ["2026-03-03", "SK2", "乙公司", "EUR", 10, 82],
]


@pytest.mark.parametrize(
    ("table", "rows", "currency", "total"),
    [
        pytest.param("payments", RECEIPTS, "CNY", 762, id="receipts"),
        pytest.param("orders", TAXED_ORDERS, "CNY", 762, id="taxed-orders"),
        pytest.param("orders", TRADITIONAL, "TWD", 3250, id="traditional"),
        pytest.param("orders", GERMAN, "EUR", 142, id="german"),
        pytest.param("payments", ENGLISH, "EUR", 142, id="english"),
        pytest.param("receivables", OWED, "CNY", 762, id="owed"),
        pytest.param("contracts", CONTRACTS, "CNY", 762, id="contracts"),
        pytest.param("deals", DEALS, "CNY", 762, id="deals"),
        pytest.param("payments", ALONE, None, 762, id="alone"),
        pytest.param("payments", ALL_ABROAD, None, 794, id="all-abroad"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_amounts_of_the_books_are_in_the_currency_of_the_company(
    store: Store, table: str, rows: Rows, currency: str | None, total: int, turned: bool
) -> None:
    content = as_xlsx([[*row[:2], *reversed(row[2:])] if turned else row for row in rows])
    (draft,) = drafts_of(store, "book.xlsx", content)
    assert asked(store, draft) == []
    for _again in range(2):
        brought(store, "book.xlsx", content)
        sums = store.rows(f'SELECT currency, sum(amount) FROM "{table}" GROUP BY currency')
        assert sums == [(currency, Decimal(total))]


def test_a_later_file_of_the_shape_is_read_the_same_way(store: Store) -> None:
    brought(store, "march.csv", as_csv(RECEIPTS))
    later = [RECEIPTS[0], ["2026-03-09", "SK3", "丙公司", "美元", 10, 71.2, "已审核"]]
    later.append(["2026-03-10", "SK4", "丁公司", "人民币", 5, 5, "已审核"])
    brought(store, "april.csv", as_csv(later))
    sums = store.rows("SELECT currency, sum(amount) FROM payments GROUP BY currency")
    assert sums == [("CNY", Decimal("838.2"))]


@pytest.mark.parametrize(
    ("header", "rows", "found"),
    [
        pytest.param(
            ("币种", "原币金额"), (("美元", 100), ("人民币", 50)),
            [("USD", 100), ("CNY", 50)], id="only-of-documents",
        ),
        pytest.param(
            ("币种", "原币金额", "本币金额"), (("人民币", 100, 100), ("人民币", 50, 50)),
            [("CNY", 100), ("CNY", 50)], id="one-currency",
        ),
        # What is local may be local to the customer.
        pytest.param(
            ("Currency", "Local Amount"), (("USD", 100), ("EUR", 50)),
            [("USD", 100), ("EUR", 50)], id="local",
        ),
        pytest.param(
            ("Account currency", "Amount (account currency)"), (("USD", 100), ("EUR", 50)),
            [("USD", 100), ("EUR", 50)], id="of-accounts",
        ),
        pytest.param(
            ("本币币种", "本币金额"), (("美元", 100), ("人民币", 50)),
            [("USD", 100), ("CNY", 50)], id="of-several-books",
        ),
        pytest.param(
            ("币种", "原币金额", "本币税额"), (("美元", 100, 92.6), ("人民币", 50, 6.5)),
            [("USD", 100), ("CNY", 50)], id="tax-of-the-books",
        ),
    ],
)  # fmt: skip
def test_other_amounts_are_in_the_currency_of_their_column(
    store: Store,
    header: tuple[str, ...],
    rows: tuple[tuple[object, ...], ...],
    found: list[tuple[str, int]],
) -> None:
    days = (("2026-03-02", "SK1", "甲公司"), ("2026-03-03", "SK2", "乙公司"))
    named = ("收款日期", "收款单号", "客户", *header)
    content = as_csv([named, *((*day, *row) for day, row in zip(days, rows, strict=True))])
    brought(store, "list.csv", content)
    assert store.rows("SELECT currency, amount FROM payments ORDER BY payment_id") == found
