"""What was given back has a tax in it that amounts may be without, and belongs to whole orders."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

SHOPIFY = (
    "Name", "Financial Status", "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Created at",
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Billing Name", "Refunded Amount",
)  # fmt: skip


def shopify(
    number: int, status: str, money: tuple[str, str, str, str, str], *lines: tuple[int, str, str]
) -> list[tuple[object, ...]]:
    """The rows of an order: subtotal, shipping, taxes, total and refund stand on the first."""
    subtotal, shipping, taxes, total, refunded = money
    own = (status, "CNY", subtotal, shipping, taxes, total)
    return [
        (
            f"#{number}", *(own if at == 0 else [""] * 6), "2026-03-02 10:00:00 +0800", *line,
            f"Buyer {number}" if at == 0 else "", refunded if at == 0 else "",
        )
        for at, line in enumerate(lines)
    ]  # fmt: skip


def test_a_shop_with_prices_before_tax_takes_off_what_was_given_back_before_tax(
    store: Store,
) -> None:
    rows = [
        SHOPIFY,
        *shopify(1, "paid", ("100", "10", "11", "121", "0"), (1, "Cup", "60"), (2, "Pen", "20")),
        *shopify(2, "refunded", ("200", "10", "21", "231", "231"),
                 (1, "Cup", "60"), (1, "Pot", "140")),
        # 33 with its tax of 3: 30 of 100, among lines of 70 and 30.
        *shopify(3, "partially_refunded", ("100", "0", "10", "110", "33"),
                 (1, "Cup", "70"), (1, "Pen", "30")),
    ]  # fmt: skip
    (draft,) = drafts_of(store, "orders_export.csv", as_csv(rows))
    word = "status/word/partially_refunded"
    answers = {word: "valid"} if word in asked(store, draft) else {}
    assert brought(store, "orders_export.csv", as_csv(rows), answers).error is None
    assert sales(store) == 170
    assert store.rows(
        "SELECT order_id, product, amount FROM orders WHERE order_id <> '#1' ORDER BY 1, 2"
    ) == [
        ("#2", "Cup", Decimal(0)),
        ("#2", "Pot", Decimal(0)),
        ("#3", "Cup", Decimal(49)),
        ("#3", "Pen", Decimal(21)),
    ]


# | headers of net, tax, total, refund
WITH_TAX = [
    ("Order ID", "Order Date", "Customer", "Net amount", "Tax", "Total", "Refunded"),
    ("Order No", "Order Date", "Client", "Subtotal", "VAT", "Grand total", "Refunded Amount"),
    ("订单编号", "下单日期", "客户", "不含税金额", "税额", "价税合计", "退款金额"),
    ("订单号", "订单日期", "客户名称", "未税金额", "税金", "含税金额", "已退款金额"),
    ("Auftragsnummer", "Auftragsdatum", "Kunde", "Nettobetrag", "MwSt", "Bruttobetrag",
     "Erstattung"),
    ("N° de commande", "Date de commande", "Client", "Montant HT", "TVA", "Montant TTC",
     "Remboursement"),
    ("Número de pedido", "Fecha de pedido", "Cliente", "Importe neto", "IVA", "Total",
     "Reembolso"),
]  # fmt: skip


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize("header", WITH_TAX, ids=lambda header: header[0])
def test_net_amounts_are_less_what_was_given_back_without_its_tax(
    store: Store, header: tuple[str, ...], write: Callable[[Rows], bytes]
) -> None:
    rows = [
        header,
        ("A-1", "2026-03-01", "Alder", 100, 10, 110, 0),
        ("A-2", "2026-03-02", "Birch", 200, 20, 220, 220),
        ("A-3", "2026-03-03", "Cedar", 100, 10, 110, 33),
        ("A-4", "2026-03-04", "Doum", 50, 5, 55, ""),
    ]
    name = "orders.csv" if write is as_csv else "orders.xlsx"
    assert brought(store, name, write(rows)).error is None
    assert sales(store) == 100 + 0 + 70 + 50
    assert store.rows("SELECT min(amount) FROM orders") == [(Decimal(0),)]


@pytest.mark.parametrize(
    ("header", "refund", "right"),
    [
        # The amount has the tax: what was given back goes off as it is.
        (("Order ID", "Order Date", "Customer", "Amount", "Refunded"), 33, 77),
        # Delivery was given back as well: an order is worth nothing, not less.
        (("Order ID", "Order Date", "Customer", "Amount", "Refunded"), 120, 0),
        (("订单编号", "下单日期", "客户", "金额", "退款金额"), 120, 0),
        (("Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag", "Erstattung"), 120, 0),
        (("Order ID", "Order Date", "Customer", "Amount", "Refunded"), -33, 77),
        (("订单编号", "下单日期", "客户", "金额", "退款金额"), -120, 0),
    ],
)
def test_no_order_is_worth_less_than_nothing_for_what_was_given_back(
    store: Store, header: tuple[str, ...], refund: int, right: int
) -> None:
    rows = [
        header,
        ("A-1", "2026-03-01", "Alder", 300, 0),
        ("A-2", "2026-03-02", "Birch", 110, refund),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    assert sales(store) == 300 + right


@pytest.mark.parametrize("everywhere", [True, False], ids=["on each line", "on the first line"])
@pytest.mark.parametrize(
    "header",
    [
        ("Order ID", "Order Date", "Customer", "Product", "Amount", "Order refunded"),
        ("订单编号", "下单日期", "客户", "产品", "金额", "退款金额"),
        ("Auftragsnummer", "Auftragsdatum", "Kunde", "Artikel", "Betrag", "Erstattung"),
    ],
    ids=lambda header: header[0],
)
def test_what_was_given_back_of_an_order_goes_off_each_of_its_lines(
    store: Store, header: tuple[str, ...], everywhere: bool
) -> None:
    again = 90 if everywhere else ""
    rows = [
        header,
        ("A-1", "2026-03-01", "Alder", "Cup", 60, 90),
        ("A-1", "2026-03-01", "Alder", "Pot", 120, again),
        ("A-2", "2026-03-02", "Birch", "Cup", 60, 0 if everywhere else ""),
        ("A-2", "2026-03-02", "Birch", "Pot", 40, 0 if everywhere else ""),
        ("A-3", "2026-03-02", "Cedar", "Cup", 60, 45),
        ("A-3", "2026-03-02", "Cedar", "Pot", 30, 45 if everywhere else ""),
    ]
    assert brought(store, "orders.csv", as_csv(rows)).error is None
    found = store.rows("SELECT order_id, product, amount FROM orders ORDER BY 1, 2")
    assert found == [
        ("A-1", "Cup", Decimal(30)), ("A-1", "Pot", Decimal(60)),
        ("A-2", "Cup", Decimal(60)), ("A-2", "Pot", Decimal(40)),
        ("A-3", "Cup", Decimal(30)), ("A-3", "Pot", Decimal(15)),
    ]  # fmt: skip
