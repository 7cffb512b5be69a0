"""What adds up to twice the total of its own file is said before the import; it waits over HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.ingest.unattended import held
from data.staging import review
from data.store.database import Store
from tests.conftest import TODAY
from tests.data.reports.imported import Rows, as_csv, as_xlsx, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

WRITE = {"csv": as_csv, "xlsx": as_xlsx}
GOALS, ZH = ["Month", "Team", "Sales Rep", "Target"], ["月份", "部门", "业务员", "目标"]
SOLD = ["Order Date", "Customer", "Product", "Amount"]


def _goals(header: list[str], names: list[str], total: str) -> Rows:
    """Return targets of two teams with a row of their sums each, of names that say nothing."""
    return [
        header,
        ["2026-03", "A", names[0], 60.5],
        ["2026-03", "A", names[1], 40],
        ["2026-03", "A", names[2], 100.5],
        ["2026-03", "B", names[3], 80],
        ["2026-03", "B", names[4], 30],
        ["2026-03", "B", names[5], 110],
        [total, None, None, 210.5],
    ]


SALES = [["2026-03-02", "Alder", "Pump", 300], ["2026-03-03", "Birch", "Valve", 50],
         ["2026-03-04", "Cedar", "Pump", 120.25]]  # fmt: skip
# | rows, the header of their figures, their total, and what they add up to
DOUBLED = [
    ([SOLD, *SALES, ["2026-03-31", "Web", "Various", 470.25], ["Total", None, None, 470.25]],
     "Amount", "470.25", "940.5"),
    ([["日期", "客户", "产品", "金额"], *SALES, ["2026-03-31", "门店", "混合", 470.25],
      ["合计", None, None, 470.25]], "金额", "470.25", "940.5"),
    ([["Datum", "Kunde", "Artikel", "Betrag"], *SALES, ["2026-03-31", "Laden", "Div.", 470.25],
      ["Gesamtsumme", None, None, 470.25]], "Betrag", "470.25", "940.5"),
    ([["Payment Date", "Customer", "Method", "Amount"], *SALES,
      ["2026-03-30", "Sundry", "Cash", 470.25], ["Grand Total", None, None, 470.25]],
     "Amount", "470.25", "940.5"),
]  # fmt: skip
DOUBLED_GOALS = [
    (_goals(GOALS, ["Ann", "Bo", "Hub", "Cy", "Di", "Eve"], "Total"), "Target"),
    (_goals(ZH, ["张三", "李四", "王五", "赵六", "钱七", "孙八"], "合计"), "目标"),
]


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize(("rows", "header", "total", "whole"), DOUBLED)
def test_a_total_that_is_half_of_its_rows_waits(
    store: Store, rows: Rows, header: str, total: str, whole: str, suffix: str
) -> None:
    (draft,) = drafts_of(store, f"list.{suffix}", WRITE[suffix](rows))
    assert draft.sheet
    (said,) = [dict(note.params) for note in draft.sheet.notes if note.code == "total_doubled"]
    assert said == {"header": header, "total": total, "sum": whole}
    refused = held(draft)
    assert refused
    # A column that was only guessed holds the file first.
    assert refused.code in ("figures_unsure", "columns_unsure")


@pytest.mark.parametrize(("rows", "header"), DOUBLED_GOALS)
def test_a_total_of_targets_that_is_half_of_them_waits(
    store: Store, rows: Rows, header: str
) -> None:
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert draft.sheet
    codes = {note.code for note in draft.sheet.notes}
    assert "total_doubled" in codes or review.questions(draft, TODAY, store)
    answers = {
        question.key: "rep"
        for question in review.questions(draft, TODAY, store)
        if question.kind == "level"
    }
    counted = review.placed(store, replace(draft, answers=answers), TODAY)
    assert counted.sheet
    assert [one.code for one in counted.sheet.notes if one.code == "total_doubled"]


STATUS = [*SOLD, "Status"]
RIGHT = [
    [SOLD, *SALES, ["Total", None, None, 470.25]],
    [SOLD, *SALES, ["Total", None, None, 500]],
    [STATUS, *([*row, "completed"] for row in SALES),
     *([*row[:2], "Tap", row[3], "cancelled"] for row in SALES),
     ["Total", None, None, 470.25, None]],
    [["Month", "Team", "Sales Rep", "Target"], ["2026-03", "North", "Jo", 60],
     ["2026-03", "North", "Kit", 50], ["2026-03", "North", "North", 110],
     ["2026-03", "South", "Lu", 80], ["2026-03", "South", "South", 80], ["Total", None, None, 190]],
    [["Month", "Sales Rep", "Target"], ["2026-03", "Jo", 60], ["2026-03", "Kit", 50],
     ["2026-03", "Team", 110], ["Total", None, 110]],
    [SOLD, *SALES[:2], ["Total", None, None, 175]],
]  # fmt: skip


@pytest.mark.parametrize("suffix", WRITE)
@pytest.mark.parametrize("rows", RIGHT)
def test_a_total_that_is_explained_or_otherwise_off_does_not_wait(
    store: Store, rows: Rows, suffix: str
) -> None:
    (draft,) = drafts_of(store, f"list.{suffix}", WRITE[suffix](rows))
    assert draft.sheet
    assert "total_doubled" not in {note.code for note in draft.sheet.notes}
