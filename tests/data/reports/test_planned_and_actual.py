"""Lists of spend with what was planned and what was spent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from data.store.database import Store
from tests.data.reports.imported import Rows, as_csv, as_xlsx, asked, brought, drafts_of

pytestmark = pytest.mark.usefixtures("inline")

# | headers | whether it is asked that the second figure is the spend |
CASES = [
    (("Month", "Channel", "Planned", "Actual"), True),
    (("Month", "Channel", "Plan", "Actuals"), True),
    (("Month", "Campaign", "Planned amount", "Actual amount"), True),
    (("月份", "渠道", "计划", "实际"), True),
    (("月份", "渠道", "计划金额", "实际金额"), True),
    (("Month", "Channel", "Soll", "Ist"), True),
    (("Month", "Channel", "Planned spend", "Actual spend"), False),
    (("月份", "渠道", "计划费用", "实际费用"), False),
    (("Month", "Channel", "Budget", "Actual costs"), False),
]
BODY = [
    ("2026-01", "Google", 900, 1000),
    ("2026-02", "Google", 900, 800),
    ("2026-02", "LinkedIn", 100, 150),
]


@pytest.mark.parametrize(("write", "suffix"), [(as_csv, "csv"), (as_xlsx, "xlsx")])
@pytest.mark.parametrize(("header", "is_asked"), CASES)
@pytest.mark.parametrize("turned", [False, True])
def test_what_was_spent_is_the_spend_and_what_was_planned_its_budget(
    store: Store, header: Sequence[str], is_asked: bool, turned: bool,
    write: Callable[[Rows], bytes], suffix: str,
) -> None:  # fmt: skip
    rows = [header, *BODY]
    content = write([(*row[:2], row[3], row[2]) for row in rows] if turned else rows)
    (draft,) = drafts_of(store, f"spend.{suffix}", content)
    assert asked(store, draft) == (["amount/column"] if is_asked else [])
    answers = {"amount/column": header[3]} if is_asked else None
    assert brought(store, f"spend.{suffix}", content, answers).error is None

    assert store.rows("SELECT sum(amount), sum(budget) FROM spend") == [(1950, 1900)]


@pytest.mark.parametrize("header", [("Month", "Channel", "Spend"), ("月份", "渠道", "费用")])
def test_spend_alone_is_not_asked_about(store: Store, header: Sequence[str]) -> None:
    content = as_csv([header, *((*row[:2], row[3]) for row in BODY)])
    (draft,) = drafts_of(store, "spend.csv", content)
    assert asked(store, draft) == []
