"""Which column is no amount whatever stands beside it: tax, freight, fees, profit, a balance."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from data.values.amount_words import role
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def content_of(rows: Rows, file: str) -> bytes:
    return as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)


@pytest.mark.parametrize(
    ("header", "of"),
    [
        ("Order Tax Amount", "tax"),
        ("Amount of tax", "tax"),
        ("order_tax_amount", "tax"),
        ("OrderTaxAmount", "tax"),
        ("Steuerbetrag", "tax"),
        ("Montant TVA", "tax"),
        ("Importe IVA", "tax"),
        ("订单税额", "tax"),
        ("Total tax", "tax"),
        ("Order Subtotal Amount", "net"),
        ("Order Shipping Amount", "freight"),
        ("Total shipping", "freight"),
        ("Montant livraison", "freight"),
        ("Gastos de envío", "freight"),
        ("订单运费金额", "freight"),
        ("Total Discount Amount", "discount"),
        ("Rabattbetrag", "discount"),
        ("Montant de la remise", "discount"),
        ("Profit Amount", "profit"),
        ("Total Profit", "profit"),
        ("Gewinn (EUR)", "profit"),
        ("Bénéfice", "profit"),
        ("Beneficio total", "profit"),
        ("订单利润金额", "profit"),
        ("Gross Profit", "profit"),
        ("net profit", "profit"),
        ("Transaction Fee Amount", "fee"),
        ("selling fees", "fee"),
        ("Gebühren", "fee"),
        ("Frais", "fee"),
        ("Comisión total", "fee"),
        ("手续费金额", "fee"),
        ("Account Balance Amount", "balance"),
        ("Saldo", "balance"),
        ("账户余额", "balance"),
        ("Order Total Amount", "amount"),
        ("订单金额", "amount"),
    ],
)
def test_a_word_says_what_a_figure_is_of_wherever_it_stands(header: str, of: str) -> None:
    assert role(header) == of


HEAD = ("Order Number", "Order Date", "Customer")


def orders(head: tuple[str, ...], *rows: tuple[object, ...]) -> list[list[object]]:
    """Return a list of orders with further columns."""
    return [
        [*HEAD, *head],
        *([f"A{at}", f"2026-03-0{at + 1}", "Alder", *row] for at, row in enumerate(rows, 1)),
    ]


WOO = ("Order Total Amount", "Order Subtotal Amount", "Order Tax Amount")
KNOWN = [
    pytest.param(orders(WOO, (110, 100, 10), (220, 200, 20)), "woo2.csv", "300", id="woo"),
    pytest.param(orders(WOO[::-1], (10, 100, 110), (20, 200, 220)), "w.xlsx", "300", id="turned"),
    pytest.param(
        orders(("Order Total Amount", "Order Profit Amount"), (100, 40), (200, 80)),
        "profit.csv", "300", id="profit",
    ),
    pytest.param(
        orders(("Order Fee Amount", "Order Total Amount"), (3, 100), (6, 200)),
        "fees.csv", "300", id="fees",
    ),
    pytest.param(
        orders(("Tax Amount", "Shipping Amount", "Grand Total"), (10, 5, 115), (20, 5, 225)),
        "tax3.csv", "300", id="tax-and-shipping-in-the-total",
    ),
    pytest.param(
        orders(("总金额", "税额"), (113, 13), (226, 26)), "订单.xlsx", "300", id="tax-in-total-zh"
    ),
    pytest.param(
        orders(("Gesamtbetrag", "MwSt-Betrag"), ("119,00", "19,00"), ("238,00", "38,00")),
        "Aufträge.csv", "300", id="tax-in-total-de",
    ),
    pytest.param(
        orders(("Montant", "Montant TVA"), ("120,00", "20,00"), ("60,00", "10,00")),
        "commandes.csv", "150", id="tax-in-amount-fr",
    ),
    pytest.param(
        orders(("Amount", "Tax Amount"), (100, 13), (200, 26)), "top.csv", "300", id="tax-on-top"
    ),
    pytest.param(
        orders(("Total", "Tax"), (100, 8), (250, 20)), "top.csv", "350", id="tax-on-top-of-total"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "file", "total"), KNOWN)
def test_the_amount_is_never_the_tax_nor_a_profit(
    store: Store, rows: Rows, file: str, total: str
) -> None:
    (draft,) = drafts_of(store, file, content_of(rows, file))
    assert asked(store, draft) == []
    brought(store, file, content_of(rows, file))
    assert sales(store) == Decimal(total)


@pytest.mark.parametrize(
    "head",
    [
        ("Cost Amount", "Profit Amount"),
        ("Order Tax Amount", "Order Shipping Amount"),
        ("Fee Amount", "Balance Amount"),
        ("利润金额", "手续费金额"),
        ("Gewinnbetrag Gewinn", "Gebühren Betrag"),
        ("Montant TVA", "Frais"),
        ("Importe IVA", "Saldo"),
    ],
)
def test_without_an_amount_none_of_them_is_taken(store: Store, head: tuple[str, ...]) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(orders(head, (60, 40), (120, 80))))
    assert "amount" not in draft.mapping


ASKED = [
    pytest.param(
        orders(("Total", "Sales tax"), (108.25, 8.25), (54.13, 4.13)),
        {"Total": "162.38", "Total − Sales tax": "150.00"},
        id="a-rate-with-decimals",
    ),
    pytest.param(
        orders(("Grand Total", "Tax", "Shipping"), (125, 20, 5), (113.3, 8.3, 5)),
        {
            "Grand Total": "238.3",
            "Grand Total − Tax": "210.0",
            "Grand Total − Tax − Shipping": "200.0",
        },
        id="shipping-with-or-without-tax",
    ),
    pytest.param(
        orders(("总金额", "税额"), (100, 11), (300, 7)),
        {"总金额": "400", "总金额 − 税额": "382"},
        id="zh",
    ),
    pytest.param(
        orders(("Total", "Tax"), (125, 25), (250, 50)),
        {"Total": "375", "Total − Tax": "300"},
        id="a-fifth-of-it-or-a-quarter-of-the-rest",
    ),
]


@pytest.mark.parametrize(("rows", "ways"), ASKED)
def test_a_total_that_may_have_its_tax_is_asked_about(
    store: Store, rows: Rows, ways: dict[str, str]
) -> None:
    (draft,) = drafts_of(store, "orders.csv", as_csv(rows))
    assert asked(store, draft) == ["amount/column"]
    (choice,) = draft.choices
    sums = dict(zip(choice.options, map(Decimal, choice.samples[0][1]), strict=True))
    assert sums == {header: Decimal(total) for header, total in ways.items()}
    way = choice.options[-1]
    brought(store, "orders.csv", as_csv(rows), {"amount/column": way})
    assert sales(store) == Decimal(ways[way])
