"""Amounts whose header names one currency, and whose rows name others."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ("Order No", "Order Date", "Client")
CASES = [
    pytest.param((*ENGLISH, "Amount (USD)", "Currency"), "EUR", "USD", id="usd"),
    pytest.param((*ENGLISH, "Amount (in USD)", "Currency"), "EUR", "USD", id="in-usd"),
    pytest.param((*ENGLISH, "Sales (CHF)", "Currency"), "USD", "CHF", id="sales"),
    pytest.param((*ENGLISH, "Total (GBP)", "Currency"), "JPY", "GBP", id="total"),
    pytest.param(("订单编号", "下单日期", "客户", "金额(美元)", "币种"), "EUR", "USD", id="zh"),
    pytest.param(
        ("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag (EUR)", "Währung"), "CHF", "EUR",
        id="german",
    ),
]  # fmt: skip


def currencies_of(store: Store) -> set[str | None]:
    return {code for (code,) in store.rows("SELECT DISTINCT currency FROM orders")}


@pytest.mark.parametrize(("head", "in_rows", "in_header"), CASES)
@pytest.mark.parametrize("file", ["orders.csv", "orders.xlsx"])
@pytest.mark.parametrize("by_column", [True, False])
def test_which_currency_holds_is_asked(
    store: Store, head: tuple[str, ...], in_rows: str, in_header: str, file: str, by_column: bool
) -> None:
    rows: Rows = [
        head,
        ("F1", "2026-01-03", "Acme", 100, in_rows),
        ("F2", "2026-01-04", "Acme", 200, in_header),
    ]
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    assert asked(store, draft) == ["currency/column"]
    brought(store, file, content, {"currency/column": head[-1] if by_column else "—"})
    assert currencies_of(store) == ({in_rows, in_header} if by_column else {in_header})


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        ("Amount (USD)", ("USD", "USD")),
        ("Amount (USD)", ("USD", "")),
        ("Amount", ("USD", "EUR")),
        ("金额(元)", ("USD", "CNY")),
        ("金额（万元）", ("USD", "CNY")),
    ],
)
def test_currencies_that_agree_are_not_asked_about(
    store: Store, amount: str, codes: tuple[str, str]
) -> None:
    rows = [
        (*ENGLISH, amount, "Currency"),
        ("F1", "2026-01-03", "Acme", 100, codes[0]),
        ("F2", "2026-01-04", "Acme", 200, codes[1]),
    ]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == []
