"""Numbers that were cut in one file: the next file with the same columns keeps its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

Write = Callable[[Rows], bytes]
EN = ["Order ID", "Order Date", "Customer", "Amount"]
NO = ["Order No", "Order Date", "Client", "Amount"]
ZH = ["订单编号", "下单日期", "客户", "金额"]
DE = ["Auftragsnummer", "Auftragsdatum", "Kunde", "Betrag"]


def orders(header: list[str], number: Callable[[int], object], month: int) -> Rows:
    """Return three orders of 100, 200 and 400 in a month of 2026."""
    amounts = enumerate((100, 200, 400))
    return [
        header,
        *([number(at), f"2026-{month:02}-{at + 3:02}", "Acme", amount] for at, amount in amounts),
    ]


def same(number: object) -> Callable[[int], object]:
    return lambda at: number


def rising(first: int) -> Callable[[int], object]:
    return lambda at: first + at


# August has 700 with numbers that are cut, July 700 with whole ones: in a second export of July
# the first order has 150.
@pytest.mark.parametrize("good", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    ("header", "cut", "write", "later"),
    [
        pytest.param(EN, same("2.2E+15"), as_csv, EN, id="scientific"),
        pytest.param(EN, same("4200001234202600000"), as_csv, EN, id="zeros"),
        pytest.param(NO, rising(4200001234202603021), as_xlsx, NO, id="workbook"),
        pytest.param(ZH, same("1.23457E+17"), as_csv, ZH, id="chinese"),
        pytest.param(DE, same("1,23457E+15"), as_csv, DE, id="german"),
        pytest.param(EN, same("2.2E+15"), as_csv, [*EN, "Region"], id="one-column-more"),
        pytest.param(ZH, same("2.2E+15"), as_csv, [*ZH[1:], ZH[0]], id="another-order"),
    ],
)
def test_a_file_with_cut_numbers_takes_none_from_the_next(
    store: Store,
    header: list[str],
    cut: Callable[[int], object],
    write: Write,
    later: list[str],
    good: Write,
) -> None:
    suffixes = {as_csv: "csv", as_xlsx: "xlsx"}
    brought(store, f"aug.{suffixes[write]}", write(orders(header, cut, 8)))
    whole = orders(header, rising(7001), 7)
    changed = [list(row) for row in whole]
    changed[1][3] = 150
    for name, rows in (("jul1", whole), ("jul2", changed)):
        arranged = [
            [dict(zip(header, row, strict=True)).get(title, "North") for title in later]
            for row in rows[1:]
        ]
        brought(store, f"{name}.{suffixes[good]}", good([later, *arranged]))
    july = "order_date BETWEEN '2026-07-01' AND '2026-07-31'"
    assert sales(store, july) == Decimal(750)
    assert store.rows(f"SELECT DISTINCT order_id FROM orders WHERE {july} ORDER BY 1") == [
        ("7001",),
        ("7002",),
        ("7003",),
    ]
    assert sales(store) == Decimal(1450)


def test_a_list_of_returns_takes_off_what_came_after_a_file_with_cut_numbers(store: Store) -> None:
    brought(store, "aug.csv", as_csv(orders(EN, same("2.2E+15"), 8)))
    brought(store, "jul.csv", as_csv(orders(EN, rising(7001), 7)))
    returned = [["Order ID", "Return Date", "Reason"], [7003, "2026-07-09", "broken"]]
    brought(store, "returns.csv", as_csv(returned))
    matched = "SELECT orders.amount FROM returns JOIN orders USING (order_id)"
    assert store.rows(matched) == [(Decimal(400),)]


@pytest.mark.parametrize(
    ("header", "row", "key", "table"),
    [
        (["Payment ID", "Payment Date", "Customer", "Amount"], "Acme", "payment_id", "payments"),
        (["Contract No", "Signed Date", "Customer", "Amount"], "Acme", "contract_id", "contracts"),
        (["Lead ID", "Created Date", "Company", "Lead Source"], "Web", "lead_id", "leads"),
    ],
)
def test_other_tables_keep_their_numbers_after_cut_ones_too(
    store: Store, header: list[str], row: str, key: str, table: str
) -> None:
    last = "Web" if table == "leads" else 100
    cut = [["3.1E+16", "2026-08-03", row, last], ["3.1E+16", "2026-08-04", row, last]]
    good = [["P-1", "2026-07-03", row, last], ["P-2", "2026-07-04", row, last]]
    brought(store, "aug.csv", as_csv([header, *cut]))
    brought(store, "jul.csv", as_csv([header, *good]))
    numbers = store.rows(f'SELECT "{key}" FROM "{table}" WHERE "{key}" LIKE \'P-%\' ORDER BY 1')
    assert numbers == [("P-1",), ("P-2",)]


def test_cut_numbers_read_again_in_another_way_take_none_from_the_next_file(store: Store) -> None:
    content = as_csv(orders(EN, same("2.2E+15"), 8))
    brought(store, "aug.csv", content)
    (draft,) = drafts_of(store, "aug.csv", content)
    without = {name: at for name, at in draft.mapping.items() if name != "customer"}
    draft = review.placed(store, replace(draft, mapping=without), TODAY)
    land(store, [draft])
    (draft,) = drafts_of(store, "jul.csv", as_csv(orders(EN, rising(7001), 7)))
    assert "order_id" in draft.mapping


def test_numbers_that_the_user_left_out_by_hand_stay_left_out(store: Store) -> None:
    (draft,) = drafts_of(store, "aug.csv", as_csv(orders(EN, rising(8001), 8)))
    without = {name: at for name, at in draft.mapping.items() if name != "order_id"}
    land(store, [review.placed(store, replace(draft, mapping=without), TODAY)])
    (draft,) = drafts_of(store, "jul.csv", as_csv(orders(EN, rising(7001), 7)))
    assert "order_id" not in draft.mapping
