"""Names that Excel would run, through every file that the app hands out and back in again."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from data.store import database as stores
from data.store import known_values
from domain.inert import restored
from domain.scope import Scope
from pages.kit.files import problems
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.words import words
from pages.kit.widgets.passport import downloaded, passport
from reports.sheets import as_csv
from reports.templates import as_template
from tests.conftest import Files, bring, land, read
from tests.pages.companies import csv_of

pytestmark = pytest.mark.usefixtures("fresh", "inline")

NAMES = [
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", ";=1+1", "a;=1+1", "＝1+1", "'=1",
    '=HYPERLINK("http://a.example","x")', 'a;"=1+1"', "a\x07b", "a; -1+1", "O'Brien; +49",
]  # fmt: skip
HEADER = ("Order ID", "Order Date", "Customer", "Sales Rep", "Product", "Amount", "Currency")
SCOPE = Scope(date(2026, 3, 1), date(2026, 3, 31))


def orders(*more: tuple[object, ...]) -> Files:
    rows = [
        (f"A{at}", "2026-03-02", name, name, name, -10.5 if at % 2 else 100 + at, "CNY")
        for at, name in enumerate(NAMES)
    ]
    return {"orders.csv": csv_of(HEADER, [*rows, *more])}


def kept() -> list[tuple[object, ...]]:
    return stores.opened().rows(
        "SELECT order_id, order_date, customer, rep, product, amount FROM orders ORDER BY order_id"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_rows_of_a_passport_run_nothing_and_read_back(language: str) -> None:
    _ = words(language)  # type: ignore[arg-type]
    store = stores.opened()
    bring(store, orders())
    before = kept()
    assert {row[2] for row in before} == set(map(restored, NAMES))
    written = as_csv(downloaded(_, passport("x", SCOPE, "actual")))
    for separator in ",;":
        text = io.StringIO(written.decode("utf-8-sig"), newline=None)
        for line in csv.reader(text, delimiter=separator):
            for cell in line:
                number = cell.replace(".", "").removeprefix("-").isdigit()
                assert number or not cell.strip(' "').startswith(tuple("=+-@＝")), cell
    amounts = [line for line in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))]
    assert "-10.5" in {row[_("Counted amount")].rstrip("0") for row in amounts}
    assert written.count(b",-10.5") >= 1 and b'"-10.5' not in written
    (draft,) = read(store, {"rows.csv": written})
    assert {"customer", "rep", "product"} <= set(draft.mapping)
    land(store, [draft])
    assert [row[2:5] for row in kept()] == [row[2:5] for row in before]


def test_the_template_lists_names_as_texts() -> None:
    store = stores.opened()
    bring(store, orders())
    names = known_values.names(store)
    made = as_template(words("en"), choice_label, names, date(2026, 3, 31), "CNY")
    book = load_workbook(io.BytesIO(made))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {restored(name).replace("\x07", "") for name in NAMES} <= {one.value for one in cells}


def test_the_problems_of_an_import_are_texts_and_read_back() -> None:
    store = stores.opened()
    wrong = [(f"B{at}", name, name, name, name, "x", "CNY") for at, name in enumerate(NAMES)]
    (draft,) = read(store, orders(*wrong))
    (result,) = land(store, [draft])
    made = problems.workbook(words("en"), [problems.of_result(draft, result)])
    book = load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert {name for name in NAMES if "\x07" not in name} <= {cell.value for cell in cells}
