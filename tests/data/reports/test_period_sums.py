"""Columns of half-years, quarters and years beside the columns of the months they sum up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

SECOND = [f"{month}-26" for month in ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")]
HANZI = [f"{month}月" for month in range(1, 13)]
FISCAL = [
    *(f"{month}-26" for month in ("Apr", "May", "Jun")),
    *SECOND,
    "Jan-27",
    "Feb-27",
    "Mar-27",
]
# | file | rows | the sum of the targets, the periods |
SUMS = [
    pytest.param(
        "2026年销售目标", [["销售", *HANZI[6:], "下半年"], ["张三", *[10] * 6, 60]],
        60, 6, id="half-of-the-title's-year",
    ),
    pytest.param(
        "targets", [["Rep", *SECOND, "H2"], ["Ann", *[10] * 6, 60], ["Bo", *[20] * 6, 120]],
        180, 6, id="half-without-year",
    ),
    pytest.param(
        "Targets FY26", [["Rep", "H2", *SECOND], ["Ann", 60, *[10] * 6]], 60, 6, id="half-in-front"
    ),
    pytest.param(
        "2026年销售目标",
        [["销售", *HANZI, "上半年", "下半年", "全年"], ["张三", *[10] * 12, 60, 60, 120]],
        120, 12, id="halves-and-year",
    ),
    pytest.param(
        "2026年销售目标", [["销售", *HANZI[6:], "半年"], ["张三", *[10] * 6, 60]],
        60, 6, id="half-of-no-name",
    ),
    pytest.param(
        "targets", [["Rep", *SECOND[:3], "YTD", *SECOND[3:], "Total"],
                    ["Ann", 10, 10, 10, 30, 20, 20, 20, 90]],
        90, 6, id="year-to-date",
    ),
    pytest.param(
        "Quota 2026", [["Rep", "Q3", *SECOND[:3], "Q4", *SECOND[3:]],
                       ["Ann", 30, 10, 10, 10, 36, 12, 12, 12]],
        66, 6, id="quarters-in-front",
    ),
    pytest.param(
        "targets", [["Rep", *FISCAL[:3], "Q1", *FISCAL[3:6], "Q2", "H1", *FISCAL[6:9], "Q3",
                     *FISCAL[9:], "Q4", "H2", "FY27"],
                    ["Ann", 1, 1, 1, 3, 2, 2, 2, 6, 9, 3, 3, 3, 9, 4, 4, 4, 12, 21, 30]],
        30, 12, id="quarters-of-a-fiscal-year",
    ),
    pytest.param(
        "Ziele", [["Verkäufer", "Jan 2026", "Feb 2026", "Mrz 2026", "Summe"],
                  ["Jan Weiß", 10, 10, 12.5, 32.5]],
        Decimal("32.5"), 3, id="german",
    ),
    pytest.param(
        "2026年销售目标", [["销售", *HANZI, "全年目标"], ["张三", *[10] * 12, 120]],
        120, 12, id="target-of-the-year",
    ),
    pytest.param(
        "2026年满意度目标", [["销售", *HANZI[:3], "合计"], ["张三", 80, 90, 85, 85]],
        255, 3, id="mean",
    ),
    pytest.param(
        "销售目标", [["销售", "年度", *HANZI[:3], "一季度"], ["张三", 2026, 10, 10, 10, 30]],
        30, 3, id="years-of-the-rows",
    ),
    pytest.param(
        "targets", [["Rep", "Q4 2025", "Q1", "Q2", "H1"], ["Ann", 10, 20, 30, 50]],
        60, 3, id="quarters-of-two-years",
    ),
    pytest.param(
        "Targets 2026", [["Rep", "H1", "H2"], ["Ann", 100, 200], ["Bo", 50, 60]],
        410, 2, id="halves-alone",
    ),
    pytest.param(
        "2026年销售目标", [["销售", "上半年", "下半年", "全年"], ["张三", 100, 200, 300]],
        300, 2, id="halves-alone-with-year",
    ),
    pytest.param(
        "Targets 2026", [["Rep", "Jan", "Feb", "Mar", "Q2", "H2"], ["Ann", 10, 10, 10, 30, 60]],
        120, 5, id="a-flat-plan-of-months-quarter-and-half",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "rows", "target", "periods"), SUMS)
def test_a_sum_beside_its_parts_is_no_period(
    store: Store, name: str, rows: Rows, target: Decimal, periods: int, suffix: str
) -> None:
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"{name}.{suffix}", content)
    assert draft.sheet and asked(store, draft) == []
    codes = [note.code for note in draft.sheet.notes]
    assert "sums_differ" not in codes
    if any("-26" in str(cell) for cell in rows[0]):
        assert "year_from_title" not in codes
    assert brought(store, f"{name}.{suffix}", content).error is None
    found = store.rows("SELECT sum(target), count(DISTINCT period) FROM targets")
    assert found == [(target, periods)]
    if rows[0][1] == "Q4 2025":
        assert store.rows("SELECT max(period) FROM targets") == [("2026-Q2",)]


# | rows | what the note says: column, rows, figure, parts |
DIFFER = [
    pytest.param(
        [["Rep", *SECOND, "H2"], ["Ann", *[10] * 6, 70], ["Bo", *[20] * 6, 120]],
        ("H2", 1, "70", "60"), id="half",
    ),
    pytest.param(
        [["Rep", *SECOND[:3], "H2"], ["Ann", 10, 10, 10, 60], ["Bo", 20, 20, 20, 120]],
        ("H2", 2, "60", "30"), id="half-of-which-months-are-missing",
    ),
    pytest.param(
        [["销售", "2026年1月", "2026年2月", "2026年3月", "合计"], ["张三", 10, 10, 10, 31]],
        ("合计", 1, "31", "30"), id="total",
    ),
    pytest.param(
        [["Rep", "Jan 2026", "Feb 2026", "Mar 2026", "Q1 2026"], ["Ann", None, None, None, 300],
         ["Bo", 1, 1, 1, 3]],
        ("Q1 2026", 1, "300", "0"), id="months-left-blank",
    ),
    pytest.param(
        [["Rep", "Q1 2026", "Q2 2026", "2026"], ["Ann", 10, 10, 50]],
        ("2026", 1, "50", "20"), id="year",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), DIFFER)
def test_a_sum_that_differs_from_its_parts_is_named(
    store: Store, rows: Rows, said: tuple[str, int, str, str]
) -> None:
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert draft.sheet
    (params,) = [dict(note.params) for note in draft.sheet.notes if note.code == "sums_differ"]
    assert tuple(params[name] for name in ("column", "count", "figure", "parts")) == said
    assert params["row"] == 2
    assert brought(store, "targets.csv", as_csv(rows)).error is None
    parts = sum(cell for row in rows[1:] for cell in row[1:-1] if isinstance(cell, int))
    assert store.rows("SELECT sum(target) FROM targets") == [(parts,)]
