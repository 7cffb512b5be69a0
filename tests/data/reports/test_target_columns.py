"""Several columns of targets, and how people write the periods and units of targets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.staging.other_table import taken_as
from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# | rows | the targets by metric |
COLUMNS = [
    pytest.param(
        [["月份", "业务员", "销售额目标", "回款目标", "订单数目标"],
         ["2026-01", "张三", 100, 80, 5], ["2026-01", "李四", 200, 160, 6]],
        {"sales": 300, "collections": 240, "orders": 11}, id="chinese",
    ),
    pytest.param(
        [["Month", "Rep", "Revenue target", "Calls target"], ["2026-01", "Ann", 100, 8],
         ["2026-01", "Bo", 200, 9]],
        {"sales": 300, "calls": 17}, id="english",
    ),
    pytest.param(
        [["Rep", "Quarter", "Sales quota", "Visits goal", "New customers goal"],
         ["Ann", "2026-Q1", 100, 8, None], ["Bo", "2026-Q1", 200, 9, 3]],
        {"sales": 300, "visits": 17, "new_customers": 3}, id="with-a-blank",
    ),
    pytest.param(
        [["业务员", "月份", "销售目标(万元)", "回款目标(万元)", "拜访目标(次)"],
         ["张三", "2026-01", 10, 8.5, 20]],
        {"sales": 100000, "collections": 85000, "visits": 20}, id="units-of-their-own",
    ),
    pytest.param(
        [["单位：万元"], ["业务员", "月份", "销售目标", "拜访目标"], ["张三", "2026-01", 10, 20],
         ["李四", "2026-01", 5, 20]],
        {"sales": 150000, "visits": 40}, id="unit-in-the-title",
    ),
    pytest.param(
        [["Verkäufer", "Monat", "Umsatzziel", "Besuche Ziel"], ["Jan Weiß", "2026-01", 10, 20]],
        {"sales": 10, "visits": 20}, id="german",
    ),
    pytest.param(
        [["Rep", "Jan 2026 Sales target", "Feb 2026 Sales target", "Jan 2026 Visits target",
          "Feb 2026 Visits target"], ["Ann", 10, 20, 1, 2]],
        {"sales": 30, "visits": 3}, id="months-across",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "targets"), COLUMNS)
def test_each_column_of_targets_is_of_its_metric(
    store: Store, rows: Rows, targets: dict[str, int], suffix: str
) -> None:
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    (draft,) = drafts_of(store, f"list.{suffix}", content)
    assert draft.sheet and asked(store, draft) == []
    assert "targets_by_metric" in [note.code for note in draft.sheet.notes]
    result = brought(store, f"list.{suffix}", content)
    assert result.error is None and result.rows_in == result.rows_kept
    found = store.rows("SELECT metric, sum(target) FROM targets GROUP BY metric")
    assert dict(found) == targets
    as_people = taken_as(draft, "reps", store)
    assert as_people.sheet and draft.sheet.before
    assert as_people.sheet.rows.num_rows == draft.sheet.before.rows.num_rows


@pytest.mark.parametrize(
    ("header", "target"),
    [
        (["Rep", "Month", "Target", "Stretch"], 10),
        (["业务员", "月份", "销售目标", "销售实际"], 10),
        (["Rep", "Month", "Sales target", "Visits actual"], 10),
        (["业务员", "月份", "销售目标", "冲刺目标"], 10),
    ],
)
def test_other_columns_beside_targets_are_none(
    store: Store, header: list[str], target: int
) -> None:
    rows = [header, ["Ann", "2026-01", 10, 20]]
    (draft,) = drafts_of(store, "list.csv", as_csv(rows))
    assert draft.sheet and draft.sheet.before is None
    assert brought(store, "list.csv", as_csv(rows)).error is None
    assert store.rows("SELECT sum(target) FROM targets") == [(target,)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("Nov-26", "2026-11"), ("Nov 26", "2026-11"), ("26-Nov", "2026-11"), ("Nov'26", "2026-11"),
        ("2026年11月份", "2026-11"), ("26年11月", "2026-11"), ("2026.11", "2026-11"),
        ("2026-W14", "2026-W14"), ("W14 2026", "2026-W14"), ("KW 14 2026", "2026-W14"),
        ("KW14/26", "2026-W14"), ("2026第14周", "2026-W14"),
    ],
)  # fmt: skip
def test_periods_are_read_as_they_are_written(
    store: Store, written: str, period: str, suffix: str
) -> None:
    rows = [["Rep", "Period", "Target"], ["Ann", written, 10], ["Bo", written, 5]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    assert brought(store, f"targets.{suffix}", content).error is None
    found = store.rows("SELECT period, sum(target) FROM targets GROUP BY period")
    assert found == [(period, 15)]


def test_a_day_of_november_is_no_month(store: Store) -> None:
    rows = [["Rep", "Period", "Target"], ["Ann", "12-Nov", 10]]
    assert brought(store, "targets.csv", as_csv(rows)).left_out == {"unreadable_date": 1}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("10 lakh", "1.5 crore", 16_000_000), ("₹ 10 Lakhs", "₹ 2 Lakhs", 1_200_000),
        ("1,5 Mio.", "300 Tsd.", 1_800_000), ("2 Mrd", "1 Mrd.", 3_000_000_000),
        ("15万元", "1.2亿", 120_150_000), ("1.5 Mn", "2 Mn", 3_500_000),
    ],
)  # fmt: skip
def test_units_behind_targets_are_read(
    store: Store, first: str, second: str, whole: int, suffix: str
) -> None:
    rows = [["Rep", "Month", "Target"], ["Ann", "2026-01", first], ["Bo", "2026-01", second]]
    content = as_csv(rows) if suffix == "csv" else as_xlsx(rows)
    assert brought(store, f"targets.{suffix}", content).error is None
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(whole),)]


@pytest.mark.parametrize(
    ("name", "title", "unit"),
    [
        ("销售目标(亿)", "", "100000000"), ("销售目标", "单位：亿元", "100000000"),
        ("targets", "Figures in Cr", "10000000"), ("targets", "All in ₹ lakh", "100000"),
        ("Ziele", "Ziele in Mrd. €", "1000000000"), ("Ziele", "Angaben in Tsd. EUR", "1000"),
        ("销售目标（万）", "", "10000"),
    ],
)  # fmt: skip
def test_the_unit_of_a_title_is_asked_about(store: Store, name: str, title: str, unit: str) -> None:
    header = ["销售", "月份", "目标"] if "目标" in name else ["Rep", "Month", "Target"]
    rows = [*([[title]] if title else []), header, ["Ann", "2026-01", 1.5], ["Bo", "2026-01", 2]]
    result = brought(store, f"{name}.csv", as_csv(rows), {"target/unit": unit})
    assert result.error is None
    assert store.rows("SELECT sum(target) FROM targets") == [(Decimal(unit) * Decimal("3.5"),)]
