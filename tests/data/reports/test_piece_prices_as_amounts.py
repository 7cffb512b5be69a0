"""Hold that the price of one piece is never what a line is worth, where a column has that."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

_WRITE = {"csv": as_csv, "xlsx": as_xlsx}
_HEADERS = {
    # Number, day, customer, product, pieces, price, amount, tax, total.
    "u8": "发票号,开票日期,客户简称,存货名称,数量,无税单价,无税金额,税额,价税合计",
    "kingdee": "单据编号,日期,客户名称,物料名称,销售数量,不含税单价,不含税金额,税额,价税合计",
    "price before all": "订单号,下单日期,客户,产品,数量,单价,金额,税额,含税金额",
    "english": "Invoice No,Invoice Date,Customer,Product,Qty,Net Unit Price,Net Amount,Tax,Total",
    "net price": "Order No,Order Date,Customer,Item,Quantity,Net price,Net amount,VAT,Gross amount",
    "german": "Auftragsnummer,Auftragsdatum,Kunde,Artikel,Menge,Einzelpreis netto,Nettobetrag,MwSt,"
    "Bruttobetrag",
    "french": "N° de commande,Date de commande,Client,Produit,Quantité,Prix unitaire HT,Montant HT,"
    "TVA,Montant TTC",
}


def _rows(headers: str, pieces: list[int], prices: list[int], first: int = 1) -> Rows:
    lines = [
        [
            f"A-{first + at:04}",
            f"2026-11-{at + 2:02}",
            f"Customer {at}",
            f"Pump {at}",
            count,
            price,
            count * price,
            f"{Decimal(count * price) * 13 / 100:.2f}",
            f"{Decimal(count * price) * 113 / 100:.2f}",
        ]
        for at, (count, price) in enumerate(zip(pieces, prices, strict=True))
    ]
    return [headers.split(","), *lines]


_ONES = [1, 1, -1, 1]
_PRICES = [8500, 4000, 120, 250]  # of one piece each, one taken back: 12,630
_MANY = [2, 20, 3, 5]  # 17,000 + 80,000 + 360 + 1,250 = 98,610


@pytest.mark.parametrize(
    ("headers", "written"),
    [(headers, ("csv", "xlsx")[at % 2]) for at, headers in enumerate(_HEADERS.values())],
    ids=_HEADERS,
)
def test_amount_of_lines_is_taken_after_a_file_of_single_pieces(
    store: Store, headers: str, written: str
) -> None:
    write = _WRITE[written]
    brought(store, f"invoices 1.{written}", write(_rows(headers, _ONES, _PRICES)))
    assert sales(store) == Decimal("12630")
    brought(store, f"invoices 2.{written}", write(_rows(headers, _MANY, _PRICES, first=50)))
    assert sales(store) == Decimal("12630") + Decimal("98610")


def _by_hand(store: Store, headers: str, answers: dict[str, str]) -> None:
    """Import a file whose price was mapped as the amount."""
    (draft,) = drafts_of(store, "first.csv", as_csv(_rows(headers, _ONES, _PRICES)))
    mapping = {n: at for n, at in draft.mapping.items() if n not in ("amount", "unit_price")}
    draft = replace(draft, mapping={**mapping, "amount": 5}, answers={**draft.answers, **answers})
    land(store, [review.placed(store, draft, TODAY)])


@pytest.mark.parametrize("headers", _HEADERS.values(), ids=_HEADERS)
def test_remembered_price_is_weighed_against_pieces_again(store: Store, headers: str) -> None:
    _by_hand(store, headers, {})
    brought(store, "second.csv", as_csv(_rows(headers, _MANY, _PRICES, first=50)))
    assert sales(store, "order_id >= 'A-0050'") == Decimal("98610")


@pytest.mark.parametrize("headers", [_HEADERS["english"], _HEADERS["price before all"]])
def test_column_that_the_user_chose_stays(store: Store, headers: str) -> None:
    _by_hand(store, headers, {"amount/column": headers.split(",")[5]})
    (draft,) = drafts_of(store, "second.csv", as_csv(_rows(headers, _MANY, _PRICES, first=50)))
    assert draft.mapping["amount"] == 5


@pytest.mark.parametrize(
    ("headers", "total"),
    [
        # With no column of lines, the total without the tax is what was sold.
        ("订单号,下单日期,客户,产品,数量,不含税单价,税额,价税合计", "12630"),
        (
            "Order No,Order Date,Customer,Product,Quantity,Net unit price,Tax,Total incl. tax",
            "12630",
        ),
        # A "net price" that stays one beside several pieces is the line's own.
        ("Order No,Order Date,Customer,Product,Quantity,Net price,Tax,Total incl. tax", "98610"),
    ],
)
def test_total_less_its_tax_is_the_amount_beside_a_price(
    store: Store, headers: str, total: str
) -> None:
    ones = total == "12630"
    rows = _rows(headers, _ONES if ones else _MANY, _PRICES)
    lines = [[*row[:5], row[5] if ones else row[6], *row[7:]] for row in rows[1:]]
    brought(store, "orders.csv", as_csv([rows[0], *lines]))
    assert sales(store) == Decimal(total)


@pytest.mark.parametrize(
    "headers",
    [
        "Order No,Order Date,Customer,Product,Quantity,Total price",
        "订单号,下单日期,客户,产品,数量,总价",
        "Auftragsnummer,Auftragsdatum,Kunde,Artikel,Menge,Gesamtpreis",
    ],
)
def test_total_price_is_an_amount(store: Store, headers: str) -> None:
    rows = _rows(headers, _MANY, _PRICES)
    brought(store, "orders.csv", as_csv([rows[0], *([*row[:5], row[6]] for row in rows[1:])]))
    assert sales(store) == Decimal("98610")
