"""Rows of spend that are a budget by their kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, brought

pytestmark = pytest.mark.usefixtures("inline")

BUDGETS = [
    pytest.param(
        [("Date", "Channel", "Type", "Amount"),
         ("2026-03-03", "Google", "Invoice", 100), ("2026-03-04", "Google", "Credit note", 30),
         ("2026-03-05", "Google", "Refund", -20), ("2026-03-06", "Meta", "Budget", 500)],
        50, 500, id="spend_kind",
    ),
    pytest.param(
        [("Date", "Channel", "Type", "Amount"),
         ("2026-03-03", "Google", "Planned", 80), ("2026-03-03", "Google", "Actual", 60)],
        60, 80, id="planned-and-actual",
    ),
    pytest.param(
        [("日期", "渠道", "费用类型", "费用金额"),
         ("2026-03-03", "百度", "预算", 900), ("2026-03-03", "百度", "实际", 700)],
        700, 900, id="zh",
    ),
    pytest.param(
        [("日期", "渠道", "费用类型", "费用金额"),
         ("2026-03-03", "百度", "预算外", 70), ("2026-03-04", "百度", "预算内", 20)],
        70, 20, id="outside-the-budget",
    ),
    pytest.param(
        [("Date", "Channel", "Kind", "Spend", "Budget"),
         ("2026-03-03", "Google", "Spend", 60, 80), ("2026-03-04", "Google", "Budget", 40, None)],
        60, 120, id="beside-a-column-of-budgets",
    ),
    pytest.param(
        [("Date", "Channel", "Type", "Amount"),
         ("2026-03-03", "Google", "Presupuesto", 80), ("2026-03-04", "Google", "Gasto real", 60)],
        60, 80, id="spanish",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "spent", "budget"), BUDGETS)
@pytest.mark.parametrize("file", ["spend.csv", "spend.xlsx"])
def test_a_row_of_a_budget_is_no_spend(
    store: Store, rows: Rows, spent: int, budget: int, file: str
) -> None:
    result = brought(store, file, as_xlsx(rows) if file.endswith("xlsx") else as_csv(rows))
    assert "budget_not_spend" in {problem.why for problem in result.problems}
    sums = store.rows("SELECT sum(amount), sum(budget) FROM spend")
    assert sums == [(Decimal(spent), Decimal(budget))]
