"""Numbers and texts in one column: the decimal mark of the texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import as_csv, as_xlsx, asked, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")


def orders(header: str, amounts: list[object]) -> list[list[object]]:
    return [
        ["Order ID", "Order Date", "Customer", header],
        *([f"O-{at}", f"2026-03-{at + 1:02}", "Alder", one] for at, one in enumerate(amounts)),
    ]


# | header | cells | their sum, worked out by hand
SETTLED = [
    pytest.param(
        "Net Amount (k€)", [35.835, "11,157", 12.5, "7,250"], "66742", id="three-decimals"
    ),
    pytest.param("Net Amount (k€)", [35.835, "11,157", 120.125, 9.375], "176492", id="all-three"),
    pytest.param("Amount (EUR)", [1234.5, "2,250", 980.25, "1,005"], "5469.75", id="thousands"),
    pytest.param("Umsatz (EUR)", [1234.5, "2.250,75", 980.25, "11,5"], "4477.00", id="german"),
    pytest.param("Umsatz (EUR)", [1234.5, "2.250", 980.25], "4464.75", id="german-thousands"),
    pytest.param("Umsatz TEUR", [35.835, "11,157 €", -1.25], "45742", id="sign-of-currency"),
    pytest.param("montant (M€)", [1.125, "2,375", "(0,500)"], "3000000", id="brackets"),
    pytest.param("Amount (EUR)", [1234.56, "1052,75", 99.99], "2387.30", id="cents"),
    pytest.param("Amount (EUR)", [35.835, 11.125, 7.25], "54.21", id="numbers-alone"),
    pytest.param("Amount (EUR)", [35.835, 11.125], "46.96", id="numbers-of-three-decimals"),
    pytest.param("Amount (EUR)", [1234.5, "2,250.75", "1,000"], "4485.25", id="english"),
    pytest.param("金额（万元）", [3.125, "4,250", "1,375"], "87500", id="chinese"),
]


@pytest.mark.parametrize(("header", "cells", "total"), SETTLED)
def test_numbers_settle_the_decimal_mark_of_the_texts_beside_them(
    store: Store, header: str, cells: list[object], total: str
) -> None:
    content = as_xlsx(orders(header, cells))
    (draft,) = drafts_of(store, "orders.xlsx", content)
    keys = dict.fromkeys(asked(store, draft), "EUR")
    assert "amount" not in keys
    brought(store, "orders.xlsx", content, keys)
    assert sales(store) == Decimal(total)


# | file | cells | sum with a decimal comma, with a decimal point
OPEN = [
    pytest.param("o.xlsx", [5123.456, "11,157", 6001.5], "11136.113", "22281.956", id="size"),
    pytest.param("o.xlsx", [12.5, "11,157"], "23.657", "11169.5", id="decimals"),
    pytest.param("o.xlsx", [0.12345, "1,205"], "1.32845", "1205.12345", id="many-decimals"),
    pytest.param("o.xlsx", [12.5, "11.157"], "11169.5", "23.657", id="point"),
    pytest.param("o.xlsx", [120, "11,157", 95], "226.157", "11372", id="whole-numbers"),
    pytest.param("o.csv", [35.835, "11,157", 12.5], "59.492", "11205.335", id="text-file"),
]


@pytest.mark.parametrize("mark", [",", "."])
@pytest.mark.parametrize(("file", "cells", "comma", "point"), OPEN)
def test_where_the_numbers_do_not_settle_it_the_mark_is_asked(
    store: Store, file: str, cells: list[object], comma: str, point: str, mark: str
) -> None:
    rows = orders("Amount (EUR)", cells)
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    keys = asked(store, draft)
    assert "amount" in keys
    brought(store, file, content, {**dict.fromkeys(keys, "EUR"), "amount": mark})
    assert sales(store) == round(Decimal(comma if mark == "," else point), 4)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(orders("Amount (EUR)", [1250.5, "1,250.75", 99]), id="beyond-doubt"),
        pytest.param(orders("Amount (EUR)", ["1,250", "12.50", "2,000.25"]), id="texts"),
    ],
)
def test_texts_beyond_doubt_bring_no_question(store: Store, rows: list[list[object]]) -> None:
    for file, content in (("o.csv", as_csv(rows)), ("o.xlsx", as_xlsx(rows))):
        (draft,) = drafts_of(store, file, content)
        assert "amount" not in asked(store, draft)


def test_words_with_commas_stay_as_they_are(store: Store) -> None:
    rows = orders("Amount", [10.5, 20.25, 30])
    rows[0].append("Product")
    for row, product in zip(rows[1:], ["Valve 1,5", 1.125, "Pump 2,250"], strict=True):
        row.append(product)
    brought(store, "orders.xlsx", as_xlsx(rows))
    products = {product for (product,) in store.rows("SELECT product FROM orders")}
    assert products == {"Valve 1,5", "1.125", "Pump 2,250"}
