from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.actuals.attainment import attainment
from analytics.periods.calendar import selling_days
from analytics.plan.phased_target import phase
from analytics.tracking.pace import Pace, pace

MARCH = selling_days(date(2026, 3, 1), date(2026, 3, 31), "CN")  # 22 working days
AS_OF = date(2026, 3, 13)  # the tenth of them
MONEY = st.decimals("0", "9999999", places=2, allow_nan=False)


def march(actual: str, target: str | None, as_of: date = AS_OF) -> Pace:
    aim = None if target is None else Decimal(target)
    daily = None if aim is None else phase(aim, MARCH)
    return pace(Decimal(actual), aim, daily, MARCH, as_of)


def test_the_pace_of_a_month_by_hand() -> None:
    assert asdict(march("880", "2200")) == {
        "actual": 880,
        "target": 2200,
        "target_to_date": 1000,
        "attainment": 0.4,
        "attainment_to_date": 0.88,
        "gap": -1320,
        "days_gone": 10,
        "days_counted": 10,
        "days_left": 12,
        "required_daily": 110,
        "achieved_daily": 88,
        "difficulty": 1.25,
        "days_ahead": pytest.approx(-1.2),
    }


def test_without_a_target_nothing_that_needs_one_is_known() -> None:
    found = march("880", None)
    known = {name for name, value in asdict(found).items() if value is not None}
    assert known == {"actual", "days_gone", "days_counted", "days_left", "achieved_daily"}


@pytest.mark.parametrize(
    ("actual", "target", "as_of", "missing"),
    [
        pytest.param("5", "0", AS_OF,
                     {"attainment", "attainment_to_date", "days_ahead"}, id="target of 0"),
        pytest.param("0", "100", AS_OF, {"difficulty"}, id="nothing sold"),
        pytest.param("5", "100", date(2026, 2, 28),
                     {"attainment_to_date", "achieved_daily", "difficulty"}, id="before"),
        pytest.param("5", "100", date(2026, 3, 31),
                     {"required_daily", "difficulty"}, id="month over"),
    ],
)  # fmt: skip
def test_what_has_no_denominator_is_not_known(
    actual: str, target: str, as_of: date, missing: set[str]
) -> None:
    found = asdict(march(actual, target, as_of))
    assert {name for name, value in found.items() if value is None} == missing


@pytest.mark.parametrize(
    ("begins", "counted", "average"),
    [
        pytest.param(date(2025, 1, 1), 10, 88, id="long ago"),
        pytest.param(date(2026, 3, 4), 10, 88, id="nothing sold on the first days"),
        # Wednesday 11 March to Friday 13 March.
        pytest.param(date(2026, 3, 11), 3, Decimal("293.3333"), id="in the middle"),
        pytest.param(date(2026, 3, 13), 1, 880, id="today"),
    ],
)
def test_the_average_divides_by_the_days_since_the_data_begin(
    begins: date, counted: int, average: Decimal
) -> None:
    target = Decimal(2200)
    found = pace(Decimal(880), target, phase(target, MARCH), MARCH, AS_OF, begins)
    assert (found.days_gone, found.days_counted, found.achieved_daily) == (10, counted, average)
    assert found.difficulty == pytest.approx(110 / float(average))
    assert (found.required_daily, found.days_left) == (110, 12)


def test_a_reached_target_needs_nothing_more() -> None:
    found = march("2300", "2200")
    assert (found.gap, found.required_daily, found.difficulty) == (100, 0, 0)
    assert found.days_ahead == 12  # to the month's end, no further


@given(MONEY, st.decimals("0.22", "9999999", places=2, allow_nan=False), st.integers(1, 31))
def test_the_figures_of_a_pace_agree_with_each_other(
    actual: Decimal, target: Decimal, day: int
) -> None:
    found = pace(actual, target, phase(target, MARCH), MARCH, date(2026, 3, day))
    assert found.gap is not None
    assert found.target is not None
    assert found.actual - found.gap == found.target
    assert found.days_gone + found.days_left == 22
    if found.days_ahead is not None and found.target_to_date:
        ahead = actual - found.target_to_date
        assert (found.days_ahead > 1e-9) <= (ahead > 0)
        assert (found.days_ahead < -1e-9) <= (ahead < 0)
    if found.required_daily is not None and actual < target:
        short = found.required_daily * found.days_left + actual - target
        assert abs(short) <= Decimal("0.0001") * 22


ACTUALS = pd.DataFrame(
    {
        "rep": ["Ann", "Bob", None, "Dan", "Eve"],
        "value": [Decimal(90), Decimal(10), Decimal(7), Decimal(40), Decimal(3)],
    }
)
TARGETS = {"Ann": Decimal(100), "Bob": Decimal(40), "Cy": Decimal(50), "Dan": Decimal(40)}


def test_a_rep_with_a_target_and_no_sales_has_a_gap_of_the_whole_target() -> None:
    """Trap 5: an inner join, or the ERP that showed 0 for years, loses Cy or Eve."""
    found = attainment(ACTUALS, TARGETS)
    rows = found.rows.set_index("name")
    assert list(found.rows["name"]) == ["Cy", "Bob", "Ann", "Dan", None, "Eve"]
    assert (rows.loc["Cy", "actual"], rows.loc["Cy", "gap"]) == (0, -50)
    assert rows.loc["Cy", "attainment"] == 0
    assert rows.loc["Eve", "attainment"] is None
    assert rows.loc["Eve", "gap"] is None
    inner = ACTUALS[ACTUALS["rep"].isin(list(TARGETS))]["value"].sum()
    assert inner == 140  # wrong: sales without a target are lost
    assert found.total["actual"] == 150


def test_the_total_is_made_of_sums_not_of_the_rows_percentages() -> None:
    """Trap 8."""
    found = attainment(ACTUALS, TARGETS)
    rates = [rate for rate in found.rows["attainment"] if rate is not None]
    assert sum(rates) / len(rates) == pytest.approx(0.5375)  # wrong
    assert found.total["attainment"] == pytest.approx(150 / 230)
    assert found.total["gap"] == -80


def test_a_teams_own_target_stands_beside_the_sum_of_its_people() -> None:
    """Trap 12."""
    found = attainment(ACTUALS, TARGETS, own=Decimal(250), to_date=lambda target: target / 2)
    assert (found.own, found.difference) == (250, 20)
    assert found.total["target"] == 250
    assert found.total["attainment"] == pytest.approx(0.6)
    assert found.total["attainment_to_date"] == pytest.approx(1.2)


def test_no_targets_at_all_leave_attainment_unknown() -> None:
    found = attainment(ACTUALS, {})
    assert found.total["target"] is found.total["attainment"] is found.difference is None
    assert list(found.rows["name"]) == ["Ann", "Dan", "Bob", None, "Eve"]
    assert attainment(ACTUALS.iloc[:0], {}).total["actual"] == 0


def test_rows_that_were_not_summed_first_are_refused() -> None:
    """Trap 4: a target joined to lines counts once a line."""
    with pytest.raises(ValueError, match="one row a name"):
        attainment(pd.concat([ACTUALS, ACTUALS]), TARGETS)
