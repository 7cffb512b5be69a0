"""Targets below zero are refused, and said; a target of zero stays."""

from __future__ import annotations

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

# | rows | rows refused | the targets that count
TARGETS = [
    pytest.param(
        [["月份", "销售", "目标"], ["2026-03", "张三", 5000], ["2026-03", "李四", 0],
         ["2026-03", "王五", -1000], ["2026-03", "赵六", "N/A"]],
        1, [0, 5000], id="chinese",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Quota"], ["2026-03", "Ann Vale", 120], ["2026-03", "Bo Reed", -1]],
        1, [120], id="quota",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Quota"], ["2026-03", "Ann Vale", "(1,200.00)"],
         ["2026-03", "Bo Reed", "2,000.00"]],
        1, [2000], id="brackets",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Quota"], ["2026-03", "Ann Vale", "500-"],
         ["2026-04", "Ann Vale", "700"]],
        1, [700], id="minus-behind",
    ),
    pytest.param(
        [["销售", "2026年1月目标", "2026年2月目标", "2026年3月目标"], ["Ann Vale", 100, -50, 200],
         ["Bo Reed", 10, 20, -30]],
        2, [10, 20, 100, 200], id="months-as-columns",
    ),
    pytest.param(
        [["Month", "Sales Rep", "Target"], ["2026-03", "Jan Weiß", "-1.000,50"],
         ["2026-03", "Eva Groß", "1.000,50"]],
        1, [1000.5], id="german",
    ),
    pytest.param(
        [["月份", "区域", "保底目标", "目标"], ["2026-03", "华东", -1, 300],
         ["2026-03", "华南", 100, 200]],
        1, [200], id="floor",
    ),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize(("rows", "refused", "targets"), TARGETS)
def test_a_target_below_zero_is_refused_and_said(
    store: Store, rows: Rows, refused: int, targets: list[float], suffix: str
) -> None:
    content = as_xlsx(rows) if suffix == "xlsx" else as_csv(rows)
    result = brought(store, f"targets.{suffix}", content)
    assert result.table == "targets"
    assert (result.left_out or {}).get("negative_target", 0) == refused
    said = [problem for problem in result.problems if problem.why == "negative_target"]
    assert len(said) == refused
    assert all(problem.row and problem.outcome != "noted" for problem in said)
    counted = [float(one) for (one,) in store.rows("SELECT target FROM targets ORDER BY 1")]
    assert counted == targets
