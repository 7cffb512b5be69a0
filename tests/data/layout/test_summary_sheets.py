"""A sheet of a workbook that sums up another one does not make its sales count twice."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, asked, drafts_of, sales

pytestmark = pytest.mark.usefixtures("inline")

HEADER = ["Order ID", "Order Date", "Customer", "Sales Rep", "Amount"]
ROWS = [
    ["SO-1", "2026-03-02", "Alder", "Ann Vale", 120],
    ["SO-2", "2026-03-02", "Birch", "Bo Reed", 260],
    ["SO-3", "2026-03-16", "Cedar", "Ann Vale", 75],
    ["SO-4", "2026-03-17", "Dorn", "Ann Vale", 100],
]
ALL = 555
ZH = ["订单编号", "下单日期", "客户", "业务员", "金额"]
DAYS = [["2026-03-02", 380], ["2026-03-16", 75], ["2026-03-17", 100]]


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SUMMARIES = {
    "by day": ({"Orders": [HEADER, *ROWS], "Daily": [["Order Date", "Amount"], *DAYS]}, "Daily"),
    "by day, first, with orders counted": (
        {"按日": [["日期", "订单数", "销售额"], ["2026-03-02", 2, 380], ["2026-03-16", 1, 75],
                  ["2026-03-17", 1, 100]], "明细": [ZH, *ROWS]}, "按日"),
    "by month and rep": (
        {"Orders": [HEADER, *ROWS], "Pivot": [["Month", "Sales Rep", "Amount"],
                                              ["2026-03", "Ann Vale", 295],
                                              ["2026-03", "Bo Reed", 260]]}, "Pivot"),
    "by month without a year": (
        {"明细": [ZH, *ROWS], "透视": [["月份", "业务员", "金额"], ["3月", "Ann Vale", 295],
                                       ["3月", "Bo Reed", 260]]}, "透视"),
    "by day and rep": (
        {"Orders": [HEADER, *ROWS, ["SO-5", "2026-03-17", "Elm", "Ann Vale", 0]],
         "Sheet2": [["Date", "Rep", "Total"], ["2026-03-02", "Ann Vale", 120],
                    ["2026-03-02", "Bo Reed", 260], ["2026-03-16", "Ann Vale", 75],
                    ["2026-03-17", "Ann Vale", 100]]}, "Sheet2"),
    "by rep": (
        {"Orders": [HEADER, *ROWS], "Reps": [["Sales Rep", "Amount"], ["Ann Vale", 295],
                                             ["Bo Reed", 260]]}, "Reps"),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "summary"), SUMMARIES.values(), ids=SUMMARIES)
def test_a_sheet_of_sums_is_set_aside(
    store: Store, sheets: Mapping[str, Rows], summary: str
) -> None:
    drafts = drafts_of(store, "orders.xlsx", workbook(sheets))
    (aside,) = [draft for draft in drafts if draft.set_aside]
    assert aside.sheet and aside.sheet.name == summary
    assert "sheet_sums_up" in [note.code for note in aside.sheet.notes]
    land(store, drafts)
    assert sales(store) == ALL


OTHERS = {
    "another sum": [["Order Date", "Amount"], ["2026-03-02", 380], ["2026-03-16", 75],
                    ["2026-03-17", 90]],
    "what was collected": [["Payment No", "Payment Date", "Customer", "Amount"],
                           ["P-1", "2026-03-20", "Alder", 380], ["P-2", "2026-03-21", "Elm", 175]],
    "as many rows": [HEADER, *([f"N-{at}", *row[1:]] for at, row in enumerate(ROWS))],
}  # fmt: skip


@pytest.mark.parametrize("rows", OTHERS.values(), ids=OTHERS)
def test_other_sheets_are_read(store: Store, rows: Rows) -> None:
    drafts = drafts_of(store, "orders.xlsx", workbook({"Orders": [HEADER, *ROWS], "More": rows}))
    assert not any(draft.set_aside for draft in drafts)


@pytest.mark.parametrize(("name", "other"), [
    ("Orders", "Cancelled"), ("Orders", "Deleted"), ("Won", "Lost"), ("Orders", "Quotes"),
    ("订单", "已取消"), ("订单", "作废"), ("订单", "报价"), ("Orders", "Test orders"),
])  # fmt: skip
def test_sheets_whose_name_says_that_they_do_not_count_are_not_added_up(
    store: Store, name: str, other: str
) -> None:
    more = [["SO-8", "2026-03-20", "Alder", "Ann Vale", 20],
            ["SO-9", "2026-03-21", "Birch", "Bo Reed", 60]]  # fmt: skip
    header = ZH if name == "订单" else HEADER
    content = workbook({name: [header, *ROWS], other: [header, *more]})
    (draft,) = drafts_of(store, "orders.xlsx", content)
    if not asked(store, draft):
        land(store, [draft])
        assert sales(store) == ALL
