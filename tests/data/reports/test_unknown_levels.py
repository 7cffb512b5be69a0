"""A target of a level that nobody knows counts in no figure: that is said, with rows and sum."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

ZH = ["月份", "考核层级", "考核对象", "目标"]
EN = ["Month", "Level", "Name", "Target"]
DE = ["Monat", "Ebene", "Name", "Ziel"]

# | rows | the notes: level, rows, sum |
UNKNOWN = [
    pytest.param(
        [ZH, ["2026-03", "公司", "", 1000], ["2026-03", "部门", "华东部", 600],
         ["2026-03", "军团", "猎豹", 250], ["2026-03", "军团", "雄鹰", 350],
         ["2026-03", "个人", "张三", 100]],
        ["军团 · 2 · 600.00"], id="chinese",
    ),
    pytest.param(
        [ZH, ["2026-03", "公司", "", 1000], ["2026-03", "联盟", "甲", 250.5],
         ["2026-03", "赛道", "乙", 40]],
        ["联盟 · 1 · 250.50", "赛道 · 1 · 40.00"], id="two-words",
    ),
    pytest.param(
        [EN, ["2026-03", "Rep", "Ann Vale", 600], ["2026-03", "Rep", "Bo Reed", 400],
         ["2026-03", "Guild", "Alpha", 1250]],
        ["Guild · 1 · 1,250.00"], id="english",
    ),
    pytest.param(
        [EN, ["2026-Q1", "Company", "", 900], ["2026-Q1", "Vertical", "Retail", 500],
         ["2026-Q1", "Vertical", "Banks", 400]],
        ["Vertical · 2 · 900.00"], id="quarters",
    ),
    pytest.param(
        [DE, ["2026-03", "Unternehmen", "", 700], ["2026-03", "Kostenstelle", "4711", 300]],
        ["Kostenstelle · 1 · 300.00"], id="german",
    ),
    pytest.param(
        [["Level", "Name", "2026-01", "2026-02"], ["Team", "North", 10, 20],
         ["Cluster", "Alps", 30, 40]],
        ["Cluster · 2 · 70.00"], id="months-as-columns",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "told"), UNKNOWN)
def test_targets_of_an_unknown_level_are_told_with_rows_and_sum(
    store: Store, rows: Rows, told: list[str], suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    result = brought(store, f"targets.{suffix}", content)
    assert result.table == "targets"
    assert [one.value for one in result.problems if one.why == "level_unknown"] == told


# | rows | the kinds of scope that the targets are of |
KNOWN = [
    pytest.param(
        [ZH, ["2026-03", "公司", "", 1000], ["2026-03", "战区", "华东", 600],
         ["2026-03", "小队", "猎豹", 250], ["2026-03", "个人", "张三", 100]],
        {"company", "region", "team", "rep"}, id="chinese",
    ),
    pytest.param(
        [ZH, ["2026-03", "公司级", "", 1000], ["2026-03", "营业部", "一部", 600],
         ["2026-03", "客户", "甲公司", 250]],
        {"company", "team", "customer"}, id="customers",
    ),
    pytest.param(
        [EN, ["2026-03", "Org", "", 1000], ["2026-03", "Pod", "Alpha", 600],
         ["2026-03", "Product", "Lamp", 40], ["2026-03", "AE", "Ann Vale", 50]],
        {"company", "team", "product", "rep"}, id="english",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Target"], ["2026-03", "Ann Vale", 300]], {"rep"}, id="no-levels"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "kinds"), KNOWN)
def test_of_known_levels_nothing_is_said(store: Store, rows: Rows, kinds: set[str]) -> None:
    result = brought(store, "targets.csv", as_csv(rows))
    assert not [one for one in result.problems if one.why == "level_unknown"]
    assert {kind for (kind,) in store.rows("SELECT scope_kind FROM targets")} == kinds
