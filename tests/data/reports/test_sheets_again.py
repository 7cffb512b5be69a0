"""Sheets of a workbook that may not count: named so, or with the records of another sheet."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY, land
from tests.data.reports.imported import Rows, asked, drafts_of, sales

HEADER = ["Order ID", "Order Date", "Customer", "Amount"]
LINES: Rows = [[f"S{at}", f"2026-03-0{at}", f"Firm {at}", at * 100] for at in range(1, 6)]  # 1,500
MORE: Rows = [[f"X{at}", f"2026-03-1{at}", f"Firm {at}", at * 10] for at in range(1, 4)]  # 60


def book(sheets: Mapping[str, Rows]) -> bytes:
    whole = Workbook()
    whole.remove(whole.worksheets[0])
    for name, rows in sheets.items():
        page = whole.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    whole.save(stream)
    return stream.getvalue()


def times(factor: str, lines: Rows = LINES) -> Rows:
    return [[*line[:3], float(Decimal(str(line[3])) * Decimal(factor))] for line in lines]


def without_numbers(rows: Rows) -> Rows:
    return [row[1:] for row in rows]


NAMED = ["Archive", "Removed", "Duplikate", "Papierkorb", "Doublons", "Rechazados", "回收站",
         "重复", "归档订单", "Drafts", "Old"]  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize(("answer", "total"), [("count", 1560), ("out", 1500)])
def test_a_sheet_named_so_is_asked_about(store: Store, name: str, answer: str, total: int) -> None:
    content = book({"Orders": [HEADER, *LINES], name: [HEADER, *MORE]})
    (draft,) = drafts_of(store, "orders.xlsx", content)
    key = f"amount/rows/sheet:{name}"
    assert asked(store, draft) == [key]
    draft = review.placed(store, replace(draft, answers={key: answer}), TODAY)
    (result,) = land(store, [draft])
    assert sales(store) == Decimal(total)
    assert (result.left_out or {}) == ({"not_counted": 3} if answer == "out" else {})


@pytest.mark.parametrize("name", ["Deleted", "Storniert", "已作废", "Archive"])
def test_a_sheet_of_other_columns_named_so_is_asked_about(store: Store, name: str) -> None:
    others = [[*HEADER[:3], "Reason", "Amount"], *([*row[:3], "x", row[3]] for row in MORE)]
    drafts = drafts_of(store, "orders.xlsx", book({"Orders": [HEADER, *LINES], name: others}))
    assert [asked(store, draft) for draft in drafts] == [[], [f"amount/rows/sheet:{name}"]]


@pytest.mark.parametrize(
    ("net", "gross"),
    [("Net", "Gross"), ("不含税", "含税"), ("Netto", "Brutto"), ("HT", "TTC"), ("neto", "bruto"),
     ("Orders net", "Orders gross")],
)  # fmt: skip
@pytest.mark.parametrize("gross_first", [True, False])
@pytest.mark.parametrize("numbered", [True, False])
def test_the_same_records_with_tax_are_set_aside(
    store: Store, net: str, gross: str, gross_first: bool, numbered: bool
) -> None:
    sheets: dict[str, Rows] = {net: [HEADER, *LINES], gross: [HEADER, *times("1.19")]}
    if not numbered:
        sheets = {name: without_numbers(rows) for name, rows in sheets.items()}
    names = sorted(sheets, key=lambda name: (name == gross) != gross_first)
    drafts = drafts_of(store, "orders.xlsx", book({name: sheets[name] for name in names}))
    assert {draft.sheet_name: draft.take for draft in drafts} == {net: True, gross: False}
    land(store, [draft for draft in drafts if draft.take])
    assert sales(store) == Decimal(1500)


AGAIN = [
    pytest.param([HEADER, *LINES], [HEADER, *times("1.2")], {"All": 1500, "Other": 1800},
                 id="other-amounts"),
    pytest.param(without_numbers([HEADER, *LINES]), without_numbers([HEADER, *times("1.2")]),
                 {"All": 1500, "Other": 1800}, id="at-a-rate"),
    pytest.param(without_numbers([HEADER, *LINES]), without_numbers([HEADER, *LINES[2:]]),
                 {"All": 1500, "Other": 1200}, id="some-again"),
]  # fmt: skip


@pytest.mark.parametrize(("whole", "other", "totals"), AGAIN)
@pytest.mark.parametrize("way", ["All", "Other", "count"])
def test_records_that_stand_in_another_sheet_are_asked_about(
    store: Store, whole: Rows, other: Rows, totals: Mapping[str, int], way: str
) -> None:
    (draft,) = drafts_of(store, "orders.xlsx", book({"All": whole, "Other": other}))
    key = "amount/rows/overlap:Other"
    assert asked(store, draft) == [key]
    answer = way if way == "count" else f"only:{way}"
    land(store, [review.placed(store, replace(draft, answers={key: answer}), TODAY)])
    assert sales(store) == Decimal(totals.get(way, sum(totals.values())))


SOLD = ["Date", "Product", "Amount"]
SHOP = [[f"2026-03-0{day}", product, day * 37 % 11 * 10 + len(product)]
        for day in range(1, 6) for product in ("Pump", "Valves")]  # fmt: skip
SHOP_2 = [[day, product, amount * 7 % 130 + 5] for day, product, amount in SHOP]
FINE = [
    pytest.param({"North": [SOLD, *SHOP], "South": [SOLD, *SHOP_2]}, id="shops-on-the-same-days"),
    pytest.param({"North": [HEADER, *LINES], "South": [HEADER, *MORE]}, id="other-orders"),
    pytest.param({"A": [HEADER, *LINES],
                  "B": [HEADER, *([f"B{row[0]}", *row[1:]] for row in LINES)]}, id="other-numbers"),
    pytest.param({"1月": [HEADER, *LINES], "2月": [HEADER, *MORE]}, id="months"),
    pytest.param({"Netherlands": [HEADER, *LINES], "Grossmann AG": [HEADER, *MORE]}, id="names"),
]  # fmt: skip


@pytest.mark.parametrize("sheets", FINE)
def test_sheets_of_their_own_records_count_without_a_question(
    store: Store, sheets: Mapping[str, Rows]
) -> None:
    (draft,) = drafts_of(store, "2026.xlsx", book(sheets))
    assert asked(store, draft) == []
    (result,) = land(store, [draft])
    assert result.rows_kept == sum(len(rows) - 1 for rows in sheets.values())
