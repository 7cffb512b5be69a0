"""Currencies and units that a workbook has in the formats of its cells alone."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.layout.shown_money import Beside
from data.readers.number_formats import shown
from data.store.database import Store
from tests.data.reports.imported import asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

HEAD = ("Order No", "Order Date", "Client", "Amount")


def formatted(*cells: tuple[object, str], head: tuple[str, ...] = HEAD) -> bytes:
    """Return a workbook of orders, each amount with its own format."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(head))
    for at, (value, code) in enumerate(cells, start=2):
        sheet.append([f"A{at}", f"2026-01-{at:02}", "Acme", value])
        sheet.cell(at, 4).number_format = code
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_store(store: Store) -> list[tuple[str | None, Decimal]]:
    found = store.rows("SELECT currency, amount FROM orders ORDER BY order_id")
    return [(code, amount.normalize()) for code, amount in found]


CODES = [
    ('"$"#,##0.00', "$", ""),
    ("[$€-407] #,##0", "€", ""),
    ("[$USD] #,##0", "USD", ""),
    ("¥#,##0", "¥", ""),
    ('#,##0.00 "€"', "€", ""),
    ('_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "€", ""),
    ("[$$-409]#,##0.00", "USD", ""),
    ("[$¥-411]#,##0", "JPY", ""),
    ("[$kr-41D] #,##0", "SEK", ""),
    ('0.00"元"', "元", ""),
    ('#,##0"万"', "", "万"),
    ('#,##0"万元"', "元", "万"),
    ('#,##0 "k€"', "€", "k"),
    ('0.0 "Mio. €"', "€", "mio"),
    ('$#,##0,"K"', "$", ""),
    ("#,##0,", "", ""),
    ('0!.0,"万"', "", ""),
    ('0.0,,"M"', "", ""),
    ('[>=10000]0!.0,"万";0', "", ""),
    ('#,##0 "台"', "", ""),
    ('#,##0 "m"', "", ""),
    ('"No. "0', "", ""),
    ("0%", "", ""),
    ("yyyy-mm-dd", "", ""),
    ("[$-409]d-mmm", "", ""),
    ("General", "", ""),
]


@pytest.mark.parametrize(("code", "sign", "unit"), CODES)
def test_a_format_shows_a_currency_and_a_unit(code: str, sign: str, unit: str) -> None:
    assert shown(code) == (Beside(sign, unit) if sign or unit else None)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        pytest.param(
            [(1200.5, "[$€-407] #,##0.00"), (80, "[$€-407] #,##0.00")],
            [("EUR", "1200.5"), ("EUR", "80")],
            id="euros",
        ),
        pytest.param([(1.234, '"USD" 0.00')], [("USD", "1.234")], id="three-decimals"),
        pytest.param([(-5, "[$£-809]#,##0.00")], [("GBP", "-5")], id="negative"),
        pytest.param([(1200, "¥#,##0")], [("CNY", "1200")], id="yuan"),
        pytest.param([(12, '0"万"')], [(None, "1.2E+5")], id="in-ten-thousands"),
        pytest.param([(123456, '0!.0,"万"')], [(None, "123456")], id="shown-in-ten-thousands"),
        pytest.param([(123456, "#,##0,")], [(None, "123456")], id="shown-in-thousands"),
        pytest.param([(2500000, '0.0,,"M"')], [(None, "2.5E+6")], id="shown-in-millions"),
        pytest.param([("€5", '"$"0')], [("EUR", "5")], id="a-text-keeps-its-sign"),
    ],
)
def test_numbers_count_as_their_cells_show_them(
    store: Store, cells: list[tuple[object, str]], found: list[tuple[str | None, str]]
) -> None:
    content = formatted(*cells)
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert asked(store, draft) == []
    brought(store, "orders.xlsx", content)
    assert in_store(store) == [(code, Decimal(amount)) for code, amount in found]


def test_rows_in_several_currencies_keep_their_own(store: Store) -> None:
    content = formatted((100, "[$USD] 0"), (200, "[$€-407] 0"), (300, "[$USD] 0"))
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert asked(store, draft) == ["amount/currencies"]
    brought(store, "orders.xlsx", content, {"amount/currencies": "each"})
    assert in_store(store) == [("USD", 100), ("EUR", 200), ("USD", 300)]


def test_a_dollar_sign_in_a_format_is_asked(store: Store) -> None:
    content = formatted((100, '"$"#,##0.00'))
    (draft,) = drafts_of(store, "orders.xlsx", content)
    assert asked(store, draft) == ["amount/$"]
    brought(store, "orders.xlsx", content, {"amount/$": "CAD"})
    assert in_store(store) == [("CAD", 100)]


def test_a_number_of_an_order_is_no_money_whatever_its_format(store: Store) -> None:
    content = formatted((100, "0"), (200, "0"), head=("Order No", "Order Date", "Client", "Amount"))
    plain = formatted((7001, "[$€-407] 0"), head=("Serial", "Order Date", "Client", "Order No"))
    for name, book in (("a.xlsx", content), ("b.xlsx", plain)):
        for draft in drafts_of(store, name, book):
            at = draft.mapping.get("order_id")
            assert draft.sheet is not None and at is not None
            assert not any("€" in (cell or "") for cell in draft.sheet.rows[str(at)].to_pylist())
