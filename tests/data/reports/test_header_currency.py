"""Amounts whose header names one currency, and whose rows name others."""

from __future__ import annotations

import pytest

from data.store.database import Store
from data.values.currencies import header_currency
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


WITHOUT_BRACKETS = [
    ("Amount USD", "USD"),
    ("USD Amount", "USD"),
    ("Amount_USD", "USD"),
    ("amount_in_usd", "USD"),
    ("TotalEUR", "EUR"),
    ("金额USD", "USD"),
    ("美元金额", "USD"),
    ("金额美元", "USD"),
    ("金额（港元）", "HKD"),
    ("Betrag EUR", "EUR"),
    ("Umsatz in EUR", "EUR"),
    ("Betrag in Schweizer Franken", "CHF"),
    ("Montant €", "EUR"),
    ("Importe (euros)", "EUR"),
    ("Valor (R$)", "BRL"),
    ("Total (US dollars)", "USD"),
    ("Amount US$", "USD"),
    ("Amount (excl. VAT) GBP", "GBP"),
    ("Amount", None),
    ("金额（元）", None),
    ("Amount in company currency", None),
    ("Amount Hong Kong", None),
    ("Amount non-USD", None),
    ("Amount won", None),
    ("Umsatz real", None),
    ("Amount Euro Region", None),
    ("TOTAL ALL", None),
]


@pytest.mark.parametrize(
    ("header", "code"), [pytest.param(h, c, id=h) for h, c in WITHOUT_BRACKETS]
)
def test_a_header_names_a_currency_in_words(header: str, code: str | None) -> None:
    assert header_currency(header) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Amount USD", "USD"), ("amount_in_usd", "USD"), ("美元金额", "USD"), ("金额USD", "USD"),
        ("Umsatz in EUR", "EUR"), ("Montant €", "EUR"), ("Valor (R$)", "BRL"),
        ("Total (US dollars)", "USD"), ("金额（元）", None), ("Amount in company currency", None),
    ],
)  # fmt: skip
def test_a_currency_in_words_of_the_header_is_that_of_the_amounts(
    store: Store, header: str, code: str | None
) -> None:
    rows = [(*ENGLISH, header), ("F1", "2026-01-03", "Acme", 1200.5), ("F2", "2026-01-04", "B", 80)]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert draft.mapping["amount"] == 3 and asked(store, draft) == []
    brought(store, "orders.csv", as_csv(rows))
    assert currencies_of(store) == {code}


@pytest.mark.parametrize(
    ("header", "sign", "code"),
    [
        ("Net Amount $", "$", "CAD"),
        ("Amount ($)", "$", "HKD"),
        ("Importe en dólares", "dólares", "USD"),
        ("Umsatz kr", "kr", "NOK"),
        ("Amount (kr)", "kr", "SEK"),
    ],
)
def test_a_sign_of_several_currencies_in_the_header_is_asked(
    store: Store, header: str, sign: str, code: str
) -> None:
    rows = [(*ENGLISH, header, "Cost $"), ("F1", "2026-01-03", "Acme", 100, 60)]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == [f"amount/{sign}"]
    brought(store, "orders.csv", as_csv(rows), {f"amount/{sign}": code})
    assert currencies_of(store) == {code}


@pytest.mark.parametrize("header", ["Amount USD", "美元金额"])
def test_amounts_with_the_sign_of_another_currency_than_their_header_are_asked(
    store: Store, header: str
) -> None:
    rows = [(*ENGLISH, header), ("F1", "2026-01-03", "Acme", "€100")]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/currencies"]
    brought(store, "orders.csv", as_csv(rows), {"amount/currencies": "each"})
    assert currencies_of(store) == {"EUR"}


@pytest.mark.parametrize(
    ("headers", "cells", "codes"),
    [
        (("Qty", "Price USD"), ((3, 12), (1, 5)), {"USD"}),
        (("Qty", "Price"), ((3, "€12"), (1, "€5")), {"EUR"}),
        (("数量", "单价"), ((3, "US$12"), (1, "US$5")), {"USD"}),
        (("Menge", "Einzelpreis €"), ((3, 12), (1, 5)), {"EUR"}),
    ],
)
def test_amounts_worked_out_of_prices_are_in_the_currency_of_these(
    store: Store,
    headers: tuple[str, str],
    cells: tuple[tuple[object, object], ...],
    codes: set[str | None],
) -> None:
    days = [("F1", "2026-01-03", "Acme"), ("F2", "2026-01-04", "Acme")]
    rows = [(*ENGLISH, *headers), *((*day, *each) for day, each in zip(days, cells, strict=True))]
    brought(store, "orders.csv", as_csv(rows))
    assert currencies_of(store) == codes
    assert store.rows("SELECT sum(amount) FROM orders") == [(41,)]


def test_amounts_in_two_currencies_are_a_choice(store: Store) -> None:
    rows = [(*ENGLISH, "Amount EUR", "Amount USD"), ("F1", "2026-01-03", "Acme", 100, 110)]
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/column"]
    brought(store, "orders.csv", as_csv(rows), {"amount/column": "Amount USD"})
    assert store.rows("SELECT amount, currency FROM orders") == [(110, "USD")]
