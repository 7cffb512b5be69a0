from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.periods.calendar import selling_days
from analytics.plan.targets import MonthTarget, month_targets, target_for
from domain.scope import Scope

YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
MARCH = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 18))


def rows(*given: dict[str, Any]) -> pd.DataFrame:
    plain = {
        "metric": "sales", "period": "2026-03", "scope_kind": "company", "scope_value": None,
        "version": None, "floor": None, "target": None, "stretch": None, "currency": None,
    }  # fmt: skip
    return pd.DataFrame([plain | row for row in given], columns=list(plain), dtype=object)


def test_the_months_of_a_quarter_and_of_a_year_add_up_to_it() -> None:
    table = rows(
        {"period": "2026-Q1", "target": Decimal("1000.01")},
        {"period": "2026", "target": Decimal("77777.77"), "scope_kind": "rep", "scope_value": "Li"},
    )
    months = [date(2026, number, 1) for number in range(1, 13)]
    company = [month_targets(table, one, YEAR, scope_kind="company") for one in months]
    assert sum(one[""].target for one in company[:3]) == Decimal("1000.01")
    assert company[3] == {}
    reps = [month_targets(table, one, YEAR, scope_kind="rep")["Li"] for one in months]
    assert sum(one.target for one in reps) == Decimal("77777.77")
    # February 2026 has 16 of the quarter's 59 working days.
    assert company[1][""] == MonthTarget(Decimal("271.19"), "quarter")


def test_the_months_own_target_comes_before_the_quarters() -> None:
    table = rows(
        {"period": "2026", "target": 12000},
        {"period": "2026-03", "target": 5, "floor": 4, "stretch": 6},
        {"period": "2026-Q1", "target": 3000},
    )
    assert target_for(MARCH, table, YEAR) == MonthTarget(Decimal(5), "month")
    assert target_for(MARCH, table, YEAR, level="stretch") == MonthTarget(Decimal(6), "month")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"metric": "visits"}, id="another metric"),
        pytest.param({"currency": "USD"}, id="another currency"),
        pytest.param({"period": "2025-03"}, id="another year"),
        pytest.param({"period": "2026-04"}, id="another month"),
        pytest.param({"period": "March"}, id="not a period"),
        pytest.param({"target": None}, id="no amount"),
        pytest.param({"target": float("nan")}, id="not a number"),
    ],
)
def test_rows_about_something_else_set_no_target(row: dict[str, Any]) -> None:
    assert target_for(MARCH, rows({"target": 100} | row), YEAR) is None


def test_of_several_versions_the_last_counts_unless_one_is_named() -> None:
    table = rows(*({"target": n, "version": f"v{n}"} for n in (9, 10, 2)))
    assert month_targets(table, MARCH.month, YEAR, scope_kind="company")[""].target == 10
    named = month_targets(table, MARCH.month, YEAR, scope_kind="company", version="v2")
    assert named[""].target == 2
    third = rows(*({"target": n, "version": f"第{word}版"} for n, word in ((3, "三"), (2, "二"))))
    assert month_targets(third, MARCH.month, YEAR, scope_kind="company")[""].target == 3


def test_blank_words_mean_the_companys_sales() -> None:
    table = rows({"metric": None, "scope_kind": None, "target": 100})
    assert target_for(MARCH, table, YEAR) == MonthTarget(Decimal(100), "month")


def test_a_filter_has_its_own_target_and_two_filters_have_none() -> None:
    table = rows(
        {"target": 100},
        {"scope_kind": "team", "scope_value": "East", "target": 60},
        {"scope_kind": "team", "scope_value": "West", "target": 30},
    )
    east = target_for(MARCH.narrowed("team", "East"), table, YEAR)
    assert east == MonthTarget(Decimal(60), "month")
    both = target_for(MARCH.narrowed("team", "East", "West"), table, YEAR)
    assert both == MonthTarget(Decimal(90), "month", summed=True)
    assert target_for(MARCH.narrowed("team", "East", "North"), table, YEAR) is None
    assert target_for(MARCH.narrowed("team", "East").narrowed("rep", "Li"), table, YEAR) is None


def test_without_a_company_target_the_teams_stand_in_and_it_is_said() -> None:
    table = rows(
        {"scope_kind": "team", "scope_value": "East", "target": 60},
        {"scope_kind": "rep", "scope_value": "Li", "target": 70},
    )
    assert target_for(MARCH, table, YEAR) == MonthTarget(Decimal(60), "month", summed=True)


def test_a_quarters_target_needs_a_calendar_of_the_quarter() -> None:
    march = selling_days(date(2026, 3, 1), date(2026, 3, 31), "CN")
    with pytest.raises(ValueError, match="calendar"):
        target_for(MARCH, rows({"period": "2026-Q1", "target": 3}), march)
