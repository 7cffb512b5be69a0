"""Targets with the periods down the rows and the names across the columns."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# | file | rows | of whom | targets by name, by period |
CROSSED = [
    pytest.param(
        "targets", [["Month", "Ann Vale", "Bo Reed"], ["2026-01", 10, 20], ["2026-02", 11, 22]],
        "rep", {"Ann Vale": 21, "Bo Reed": 42}, {"2026-01": 30, "2026-02": 33}, id="reps",
    ),
    pytest.param(
        "2026年销售目标", [["月份", "张三", "李四", "合计"], ["1月", 10, 20, 30],
                           ["2月", 11, 22, 33], ["合计", 21, 42, 63]],
        "rep", {"张三": 21, "李四": 42}, {"2026-01": 30, "2026-02": 33}, id="with-totals",
    ),
    pytest.param(
        "Ziele", [["Monat", "Anna Müller", "Jan Weiß"], ["Januar 2026", 10, 20],
                  ["Februar 2026", 11, 22]],
        "rep", {"Anna Müller": 21, "Jan Weiß": 42}, {"2026-01": 30, "2026-02": 33}, id="german",
    ),
    pytest.param(
        "Team targets 2026", [["Quarter", "North", "South", "Key accounts"], ["Q1", 10, 20, 1],
                              ["Q2", 11, 22, 2]],
        "team", {"North": 21, "South": 42, "Key accounts": 3}, {"2026-Q1": 31, "2026-Q2": 35},
        id="teams-by-the-title",
    ),
    pytest.param(
        "2026年目标", [["月份", "华东", "华北"], ["1月", 10, 20], ["2月", 11, 22]],
        "region", {"华东": 21, "华北": 42}, {"2026-01": 30, "2026-02": 33}, id="regions-by-name",
    ),
    pytest.param(
        "华东区域销售目标", [["月份", "张三", "李四"], ["2026年1月", 10, 20],
                             ["2026年2月", 11, 22]],
        "rep", {"张三": 21, "李四": 42}, {"2026-01": 30, "2026-02": 33}, id="reps-of-one-region",
    ),
    pytest.param(
        "Quota by product", [["Month", "Widget", "Gadget"], ["Jan-26", 10, 20], ["Feb-26", 11, 22]],
        "product", {"Widget": 21, "Gadget": 42}, {"2026-01": 30, "2026-02": 33}, id="products",
    ),
    pytest.param(
        "Plan 2026", [["Month / Team", "Alpha", "Beta"], ["Jan", 10, 20], ["Feb", 11, 22]],
        "team", {"Alpha": 21, "Beta": 42}, {"2026-01": 30, "2026-02": 33}, id="teams-by-header",
    ),
    pytest.param(
        "Sales targets", [["Week", "Ann Vale", "Bo Reed"], ["2026-W14", 10, 20],
                          ["2026-W15", 11, None]],
        "rep", {"Ann Vale": 21, "Bo Reed": 20}, {"2026-W14": 30, "2026-W15": 11},
        id="weeks-with-a-blank",
    ),
    pytest.param(
        "targets", [["", "Ann Vale", "Bo Reed"], ["Jan-26", 10, 20], ["Feb-26", 11, 22],
                    ["Mar-26", 1, 2]],
        "rep", {"Ann Vale": 22, "Bo Reed": 44},
        {"2026-01": 30, "2026-02": 33, "2026-03": 3}, id="without-a-word-in-the-corner",
    ),
    pytest.param(
        "渠道目标", [["季度", "线上", "线下"], ["2026年一季度", 10, 20], ["2026年二季度", 11, 22]],
        "channel", {"线上": 21, "线下": 42}, {"2026-Q1": 30, "2026-Q2": 33}, id="channels",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("name", "rows", "scope", "by_name", "by_period"), CROSSED)
def test_names_across_are_read(
    store: Store,
    name: str,
    rows: Rows,
    scope: str,
    by_name: dict[str, int],
    by_period: dict[str, int],
    suffix: str,
) -> None:
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"{name}.{suffix}", content)
    assert draft.sheet and draft.table == "targets" and asked(store, draft) == []
    assert "names_to_rows" in [note.code for note in draft.sheet.notes]
    assert brought(store, f"{name}.{suffix}", content).error is None
    assert store.rows("SELECT DISTINCT scope_kind FROM targets") == [(scope,)]
    grouped = "SELECT {0}, sum(target) FROM targets GROUP BY {0}"
    assert dict(store.rows(grouped.format("scope_value"))) == by_name
    assert dict(store.rows(grouped.format("period"))) == by_period


def test_a_total_across_that_differs_is_named(store: Store) -> None:
    rows = [["Month", "Ann", "Bo", "Total"], ["2026-01", 10, 20, 30], ["2026-02", 11, 22, 40]]
    (draft,) = drafts_of(store, "targets.csv", as_csv(rows))
    assert draft.sheet
    (said,) = [dict(note.params) for note in draft.sheet.notes if note.code == "sums_differ"]
    assert (said["row"], said["figure"], said["parts"]) == (3, "40", "33")


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Spend targets", [["Month", "Google", "Meta"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("预算 费用", [["月份", "百度", "抖音"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("Sales", [["Month", "Ann Vale", "Bo Reed"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("Targets", [["Month", "Target", "Actual"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("Targets", [["Month", "New", "Renewal"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("Targets", [["Month", "Revenue", "Visits"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("目标", [["月份", "业务员", "目标"], ["2026-01", "张三", 20], ["2026-02", "张三", 22]]),
        ("Targets", [["Month", "Target", "Stretch"], ["2026-01", 10, 20], ["2026-02", 11, 22]]),
        ("Targets", [["Customer", "Ann", "Bo"], ["Alder Co", 10, 20], ["Birch Co", 11, 22]]),
        ("Targets", [["Month", "Ann", "Bo"], ["2026-01", 10, 20], ["2026-01", 11, 22]]),
    ],
)
def test_other_columns_beside_periods_are_no_names(store: Store, name: str, rows: Rows) -> None:
    (draft,) = drafts_of(store, f"{name}.csv", as_csv(rows))
    if draft.sheet:
        assert "names_to_rows" not in [note.code for note in draft.sheet.notes]
