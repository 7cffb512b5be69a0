"""Currency signs of amounts in rows whose currency column is blank, or says another currency."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ENGLISH = ["Order ID", "Order Date", "Customer", "Amount", "Currency"]
CHINESE = ["订单编号", "下单日期", "客户", "金额", "币种"]
PAYMENTS = ["Payment ID", "Payment Date", "Customer", "Amount", "Currency"]
DEALS = ["Deal ID", "Deal Name", "Stage", "Amount", "Currency"]


def listed(header: list[str], *amounts: tuple[str, str]) -> Rows:
    """Return rows of an amount and a currency each."""
    middle = ["Proposal"] if header is DEALS else ["Alder"]
    day = "Deal" if header is DEALS else "2026-03-02"
    return [header, *([f"R-{at}", day, *middle, *one] for at, one in enumerate(amounts, start=1))]


def money(store: Store, table: str) -> dict[str | None, Decimal]:
    """Return the amounts by currency."""
    return dict(store.rows(f'SELECT currency, sum(amount) FROM "{table}" GROUP BY 1'))


CASES = [
    (ENGLISH, "orders", [("HK$500", ""), ("US$300", ""), ("2000", "CNY")],
     {"HKD": 500, "USD": 300, "CNY": 2000}),
    (ENGLISH, "orders", [("€1,000.00", ""), ("£50", ""), ("700", "USD")],
     {"EUR": 1000, "GBP": 50, "USD": 700}),
    (ENGLISH, "orders", [("EUR 40", ""), ("60", "EUR"), ("7", "CNY")], {"EUR": 100, "CNY": 7}),
    (CHINESE, "orders", [("500美元", ""), ("2000", "人民币")], {"USD": 500, "CNY": 2000}),
    (CHINESE, "orders", [("¥300", ""), ("500", "USD")], {"CNY": 300, "USD": 500}),
    (PAYMENTS, "payments", [("€100", ""), ("200", "CNY")], {"EUR": 100, "CNY": 200}),
    (DEALS, "deals", [("£100", ""), ("200", "CNY")], {"GBP": 100, "CNY": 200}),
]  # fmt: skip


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("header", "table", "amounts", "right"), CASES)
def test_the_sign_tells_the_currency_where_its_column_is_blank(
    store: Store, header: list[str], table: str, amounts: list[tuple[str, str]],
    right: dict[str, int], write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    name, content = f"{table}.{suffix}", write(listed(header, *amounts))
    (draft,) = drafts_of(store, name, content)
    assert draft.sheet
    assert draft.table == table
    assert "currency_by_sign_beside" in [note.code for note in draft.sheet.notes]
    brought(store, name, content)
    assert money(store, table) == right


def test_a_sign_of_several_currencies_is_asked_about(store: Store) -> None:
    (draft,) = drafts_of(store, "o.csv", as_csv(listed(ENGLISH, ("$500", ""), ("200", "CNY"))))
    assert "currency/$" in asked(store, draft)


@pytest.mark.parametrize(
    ("amount", "currency"), [("€500", "USD"), ("£300", "EUR"), ("$300", "EUR"), ("US$5", "HKD")]
)
def test_where_sign_and_column_differ_the_column_counts_and_it_is_said(
    store: Store, amount: str, currency: str
) -> None:
    content = as_csv(listed(ENGLISH, (amount, currency), ("100", currency)))
    (draft,) = drafts_of(store, "orders.csv", content)
    assert draft.sheet
    assert "currency_against_sign" in [note.code for note in draft.sheet.notes]
    brought(store, "orders.csv", content)
    assert set(money(store, "orders")) == {currency}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("$500", "USD"), ("HK$500", "HKD"), ("$500", "HKD"), ("¥500", "CNY"), ("¥500", "JPY"),
     ("500元", "CNY"), ("500", "EUR")],
)  # fmt: skip
def test_nothing_is_said_where_sign_and_column_agree(
    store: Store, amount: str, currency: str
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(listed(ENGLISH, (amount, currency))))
    assert draft.sheet
    assert not {"currency_by_sign_beside", "currency_against_sign"} & {
        note.code for note in draft.sheet.notes
    }
