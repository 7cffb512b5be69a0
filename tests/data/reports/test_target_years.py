"""Months without a year in a list of targets take the one that stands beside or around them."""

from __future__ import annotations

from datetime import date

import pytest

from data.store.database import Store
from tests.conftest import land
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

ZH, EN = ["月份", "销售", "目标"], ["Month", "Rep", "Target"]
ZHANG, ANN = (
    [["11月", "张三", 100], ["12月", "张三", 200]],
    [["Nov", "Ann", 100], ["Dec", "Ann", 9]],
)

# | file | rows | the periods of the targets | the note |
YEARS = [
    pytest.param(
        "2026年销售目标.xlsx", [ZH, *ZHANG], {"2026-11", "2026-12"}, "year_from_title", id="chinese"
    ),
    pytest.param(
        "targets_FY2026.csv", [EN, *ANN], {"2026-11", "2026-12"}, "year_from_title", id="fiscal"
    ),
    pytest.param(
        "目标.csv", [["2025年度销售目标"], ZH, *ZHANG], {"2025-11", "2025-12"}, "year_from_title",
        id="title",
    ),
    pytest.param(
        "Ziele 2026.xlsx",
        [["Monat", "Verkäufer", "Ziel"], ["November", "Jan", 5], ["Dezember", "Jan", 6]],
        {"2026-11", "2026-12"}, "year_from_title", id="german",
    ),
    pytest.param(
        "2026目标.csv", [["季度", "销售", "目标"], ["Q1", "张三", 1], ["Q2", "张三", 2]],
        {"2026-Q1", "2026-Q2"}, "year_from_title", id="quarters",
    ),
    pytest.param(
        "quota 2026.csv", [EN, ["Nov", "Ann", 100], ["Jan 2027", "Ann", 9]],
        {"2026-11", "2027-01"}, "year_from_title", id="some-have-one",
    ),
    pytest.param(
        "2026年11月目标.csv", [["销售", "目标"], ["张三", 100], ["李四", 50]],
        {"2026-11"}, "month_from_title", id="month-in-the-name",
    ),
    pytest.param(
        "2026年销售任务.xlsx", [["11月"], ["销售", "目标"], ["张三", 100], ["李四", 50]],
        {"2026-11"}, "month_from_title", id="month-as-title",
    ),
    pytest.param(
        "targets 2026-11.csv", [["Rep", "Target"], ["Ann Vale", 100], ["Bo Reed", 50]],
        {"2026-11"}, "month_from_title", id="english-month-in-the-name",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("file", "rows", "periods", "note"), YEARS)
def test_the_year_around_a_list_of_targets_is_taken_and_said(
    store: Store, file: str, rows: Rows, periods: set[str], note: str
) -> None:
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    assert asked(store, draft) == []
    assert draft.sheet is not None
    assert note in [one.code for one in draft.sheet.notes]
    (result,) = land(store, [draft])
    assert (result.table, result.error) == ("targets", None)
    assert {period for (period,) in store.rows("SELECT period FROM targets")} == periods


# The day of an export is not the year of its months, nor is one of two years.
OPEN = [
    pytest.param("目标.csv", [ZH, *ZHANG], id="no-year"),
    pytest.param("2025-2026目标.csv", [ZH, *ZHANG], id="two-years"),
    pytest.param("targets_2025-12-28.csv", [EN, *ANN], id="day-of-export"),
    pytest.param("目标_20251228.xlsx", [ZH, *ZHANG], id="day-of-export-chinese"),
]


@pytest.mark.parametrize(("file", "rows"), OPEN)
def test_a_year_that_nothing_names_is_asked(store: Store, file: str, rows: Rows) -> None:
    content = as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows)
    (draft,) = drafts_of(store, file, content)
    assert asked(store, draft) == ["period/year"]


def test_the_year_of_each_row_goes_before_that_of_the_file(store: Store) -> None:
    rows = [["年份", *ZH], [2025, "12月", "张三", 100], [2026, "1月", "张三", 200]]
    (draft,) = drafts_of(store, "2026目标.csv", as_csv(rows))
    assert asked(store, draft) == []
    land(store, [draft])
    assert store.rows("SELECT period, target FROM targets ORDER BY 1") == [
        ("2025-12", 100),
        ("2026-01", 200),
    ]


def test_whole_months_stay_whatever_the_file_is_called(store: Store) -> None:
    rows = [ZH, ["2025-11", "张三", 100], [date(2025, 12, 1), "张三", 200]]
    (draft,) = drafts_of(store, "2026目标.xlsx", as_xlsx(rows))
    land(store, [draft])
    assert store.rows("SELECT min(period), max(period) FROM targets") == [("2025-11", "2025-12")]
