"""A sheet that holds the rows of the others once more does not make them count twice."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import drafts_of, sales

Rows = Sequence[Sequence[object]]
HEADER = ("订单编号", "下单日期", "客户名称", "订单金额")
NORTH = (
    ("N1", "2026-03-02", "Alder", 100),
    ("N2", "2026-03-03", "Birch", 200),
    ("N3", "2026-03-04", "Cedar", 50),
)
SOUTH = (
    ("S1", "2026-03-02", "Dogwood", 10),
    ("S2", "2026-03-05", "Elm", 20),
    ("S3", "2026-03-06", "Fir", 30),
)
WEST = (
    ("W1", "2026-03-09", "Gum", 1),
    ("W2", "2026-03-10", "Holly", 2),
    ("W3", "2026-03-11", "Ivy", 3),
)


def workbook(sheets: Mapping[str, Rows], header: Sequence[str] = HEADER) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (header, *rows):
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def numbered(rows: Rows) -> list[list[object]]:
    return [[at, *row] for at, row in enumerate(rows, 1)]


REPEATED: dict[str, tuple[dict[str, Rows], str]] = {
    "a summary last": ({"北京": NORTH, "上海": SOUTH, "汇总": (*NORTH, *SOUTH)}, "汇总"),
    "a summary first": ({"All": (*NORTH, *SOUTH), "North": NORTH, "South": SOUTH}, "All"),
    "in another order": ({"A": NORTH, "Gesamt": (*SOUTH[::-1], *NORTH), "B": SOUTH}, "Gesamt"),
    "of three": ({"a": NORTH, "b": SOUTH, "c": WEST, "all": (*WEST, *NORTH, *SOUTH)}, "all"),
    "a copy of a sheet": ({"Orders": NORTH, "Orders (2)": NORTH}, "Orders (2)"),
    "a copy beside another": ({"x": NORTH, "y": SOUTH, "backup": NORTH}, "backup"),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "repeated"), REPEATED.values(), ids=REPEATED)
def test_rows_that_stand_in_other_sheets_are_not_taken(
    store: Store, sheets: dict[str, Rows], repeated: str
) -> None:
    right = sum(
        Decimal(str(row[3])) for name, rows in sheets.items() if name != repeated for row in rows
    )
    drafts = drafts_of(store, "orders.xlsx", workbook(sheets))
    (aside,) = [draft for draft in drafts if draft.set_aside]
    assert aside.sheet is not None
    assert (aside.sheet.name, aside.take) == (repeated, False)
    assert aside.sheet.notes[-1].code == "sheet_repeats"
    land(store, [draft for draft in drafts if draft.take])
    assert sales(store) == right


def test_a_row_count_that_starts_anew_in_every_sheet_is_no_difference(store: Store) -> None:
    header = ("序号", *HEADER[1:])
    sheets = {
        "北京": numbered([row[1:] for row in NORTH]),
        "上海": numbered([row[1:] for row in SOUTH]),
        "汇总": numbered([row[1:] for row in (*NORTH, *SOUTH)]),
    }
    drafts = drafts_of(store, "台账.xlsx", workbook(sheets, header))
    assert [draft.sheet.name for draft in drafts if draft.set_aside and draft.sheet] == ["汇总"]


TOGETHER: dict[str, tuple[dict[str, Rows], Sequence[str]]] = {
    "one row more": ({"a": NORTH, "b": SOUTH, "all": (*NORTH, *SOUTH, *WEST[:1])}, HEADER),
    "one amount other": (
        {"a": NORTH, "b": SOUTH, "all": (*NORTH, *SOUTH[:2], (*SOUTH[2][:3], 31))}, HEADER,
    ),
    "named by months": ({"1月": NORTH, "2月": NORTH}, HEADER),
    "without days": (
        {name: (("Ann", "North", "A", 9), ("Bob", "North", "B", 8), ("Cy", "South", "C", 7))
         for name in ("x", "y")},
        ("负责人", "区域", "产品", "目标"),
    ),
    "two rows": ({"a": NORTH[:2], "b": NORTH[:2]}, HEADER),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "header"), TOGETHER.values(), ids=TOGETHER)
def test_sheets_that_differ_or_may_well_be_alike_stay_together(
    store: Store, sheets: dict[str, Rows], header: Sequence[str]
) -> None:
    (draft,) = drafts_of(store, "list.xlsx", workbook(sheets, header))
    assert draft.sheet is not None
    assert draft.sheet.rows.num_rows == sum(map(len, sheets.values()))


def test_a_repeated_sheet_is_taken_by_whoever_ticks_it(store: Store) -> None:
    drafts = drafts_of(store, "o.xlsx", workbook({"a": NORTH, "b": NORTH}))
    assert [draft.take for draft in drafts] == [True, False]
    land(store, [replace(draft, take=True) for draft in drafts])
    assert sales(store) == 350
