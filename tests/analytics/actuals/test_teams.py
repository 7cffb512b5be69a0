"""Who changes team within a month has a place for each part of it, and a part of the target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analytics.actuals.teams import during
from analytics.periods.calendar import selling_days
from analytics.tracking.standing import target_of, targets_of
from domain.scope import Scope

YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
MARCH = tuple(day for day in YEAR if day.day.month == 3)
COLUMNS = ["rep", "team", "manager", "region", "from_date", "left_date"]
# 22 working days: 10 up to Friday 13 March, 12 from Monday the 16th on.
MOVED = [
    ["Ann", "North", "Max", "A", None, None],
    ["Ann", "South", "Eve", "A", date(2026, 3, 16), None],
    ["Bo", "North", "Max", "A", None, None],
]


def register(rows: list[list[Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def targets(**by_rep: int) -> pd.DataFrame:
    rows = [("sales", "2026-03", "rep", name, "typed", target) for name, target in by_rep.items()]
    columns = ["metric", "period", "scope_kind", "scope_value", "version", "target"]
    return pd.DataFrame(rows, columns=columns)


def found(rows: list[list[Any]], dimension: str, **filters: tuple[str, ...]) -> dict[str, Decimal]:
    scope = Scope(date(2026, 3, 1), date(2026, 3, 20), **filters)  # type: ignore[arg-type]
    return targets_of(
        scope, targets(Ann=220, Bo=50), YEAR, dimension, during(register(rows), MARCH)
    )


@pytest.mark.parametrize(
    ("rows", "teams"),
    [
        pytest.param(MOVED, {"North": 150, "South": 120}, id="on-a-monday"),
        pytest.param(
            [["Ann", "North", "Max", "A", None, None],
             ["Ann", "South", "Eve", "A", date(2026, 3, 1), None]],
            {"South": 220}, id="on-the-first",
        ),
        pytest.param(
            [["Ann", "North", "Max", "A", None, None],
             ["Ann", "South", "Eve", "A", date(2026, 4, 1), None]],
            {"North": 220}, id="after-the-month",
        ),
        pytest.param(
            [["Ann", "North", "Max", "A", None, None],
             ["Ann", "South", "Eve", "A", date(2026, 3, 28), None]],
            {"North": 200, "South": 20}, id="on-a-saturday",
        ),
        pytest.param(
            [["Ann", "North", "Max", "A", None, None],
             ["Ann", "South", "Eve", "A", date(2026, 3, 16), None],
             ["Ann", "North", "Max", "A", date(2026, 3, 30), None]],
            {"North": 120, "South": 100}, id="there-and-back",
        ),
        # Who begins in the month was nowhere else.
        pytest.param(
            [["Ann", "South", "Eve", "A", date(2026, 3, 16), None]], {"South": 220}, id="new"
        ),
    ],
)  # fmt: skip
def test_a_target_is_split_by_the_selling_days_in_each_team(
    rows: list[list[Any]], teams: dict[str, int]
) -> None:
    assert found(rows, "team") == teams


def test_filters_on_people_leave_the_part_of_the_target_that_is_theirs() -> None:
    assert found(MOVED, "rep", team=("South",)) == {"Ann": 120}
    assert found(MOVED, "rep", team=("North",)) == {"Ann": 100, "Bo": 50}
    assert found(MOVED, "manager", team=("North",)) == {"Max": 150}
    assert found(MOVED, "region") == {"A": 270}
    assert found(MOVED, "rep") == {"Ann": 220, "Bo": 50}


def test_the_teams_targets_add_up_to_the_peoples_to_the_cent() -> None:
    places = during(register(MOVED), MARCH)
    rows = targets(Ann=1)
    scope = Scope(date(2026, 3, 1), date(2026, 3, 20))
    parts = targets_of(scope, rows, YEAR, "team", places)
    assert parts == {"North": Decimal("0.45"), "South": Decimal("0.55")}
    filtered = scope.narrowed("team", "South")
    own, whose = target_of(filtered, rows, YEAR, places)
    assert own is not None
    assert (own.target, whose) == (Decimal("0.55"), ("Ann",))


def test_a_month_without_a_selling_day_is_split_by_all_days() -> None:
    closed = tuple(replace(day, selling=False) for day in MARCH)
    places = during(register(MOVED), closed)
    assert list(places["days"]) == [15, 31, 16]
