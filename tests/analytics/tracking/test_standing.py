from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from analytics.forecast.month_end import month_end
from analytics.periods.calendar import selling_days
from analytics.tracking.standing import standing, target_of, targets_of
from domain.scope import Scope

MARCH, AS_OF = date(2026, 3, 1), date(2026, 3, 18)
CALENDAR = selling_days(date(2024, 1, 1), date(2026, 12, 31), "ALL")


def _daily(start: date, end: date, amount: int = 10) -> pd.DataFrame:
    days = [start + timedelta(days=step) for step in range((end - start).days + 1)]
    return pd.DataFrame({"date": days, "value": [Decimal(amount)] * len(days)})


TWO_YEARS = _daily(date(2024, 3, 1), date(2026, 5, 20))


def test_a_past_month_brought_what_its_own_days_brought_however_late_it_is_looked_at() -> None:
    stand = standing(TWO_YEARS, CALENDAR, Decimal(400), MARCH, date(2026, 5, 20))
    assert stand.over
    assert stand.pace.actual == stand.forecast.actual == Decimal(310)
    assert stand.gap == Decimal(90)
    assert stand.curve["actual"].iloc[-1] == 310
    assert month_end(TWO_YEARS, CALENDAR, MARCH, date(2026, 5, 20)).actual == Decimal(310)


def test_a_running_month_is_compared_with_the_same_working_day_of_the_others() -> None:
    stand = standing(TWO_YEARS, CALENDAR, None, MARCH, AS_OF)
    assert stand.last_month and stand.last_month.until == date(2026, 2, 18)
    assert stand.last_month.value == Decimal(180)
    assert stand.last_year and stand.last_year.value == Decimal(180)
    assert stand.last_month.change == stand.last_year.change == 0


def test_the_curve_has_a_row_a_day_and_ends_where_the_figures_do() -> None:
    stand = standing(TWO_YEARS, CALENDAR, Decimal(400), MARCH, AS_OF)
    curve = stand.curve
    assert list(curve["day"]) == [
        one.day for one in CALENDAR if one.day.strftime("%Y-%m") == "2026-03"
    ]
    assert curve["actual"].dropna().iloc[-1] == float(stand.pace.actual) == 180
    assert curve["target"].iloc[-1] == 400
    assert curve["p50"].iloc[-1] == pytest.approx(float(stand.forecast.p50 or 0))
    assert curve["actual"].isna().sum() == 13
    # February's 28 days laid along March's 31: its whole, and no more.
    assert curve["last_month"].iloc[-1] == 280


def test_without_earlier_data_there_is_nothing_to_compare_with() -> None:
    stand = standing(_daily(MARCH, AS_OF), CALENDAR, None, MARCH, AS_OF)
    assert stand.last_month is None and stand.last_year is None
    assert stand.gap is None and stand.probability is None


def test_a_first_month_is_foreseen_from_the_days_since_its_data_begin() -> None:
    """10 a day from 11 to 18 March is 80; the 13 days left bring 130 more."""
    stand = standing(_daily(date(2026, 3, 11), AS_OF), CALENDAR, None, MARCH, AS_OF)
    assert stand.pace.achieved_daily == 10
    assert stand.forecast.method == "run_rate" and stand.forecast.p50 == 210
    # Somebody who began to sell then, in data of a year, had no sale on the days before.
    begins = date(2025, 1, 1)
    alone = standing(_daily(date(2026, 3, 11), AS_OF), CALENDAR, None, MARCH, AS_OF, begins)
    assert alone.pace.achieved_daily == Decimal("4.4444")


def test_a_month_to_come_has_nothing_in_and_is_not_over() -> None:
    stand = standing(TWO_YEARS, CALENDAR, Decimal(400), date(2026, 6, 1), date(2026, 5, 20))
    assert not stand.over
    assert stand.pace.actual == 0 and stand.pace.days_gone == 0
    assert stand.last_month is None
    assert stand.forecast.p50 is not None and stand.gap is not None


def test_a_team_without_a_target_of_its_own_has_the_sum_of_its_peoples() -> None:
    scope = Scope(month=MARCH, as_of=AS_OF)
    rows = pd.DataFrame(
        [
            ("sales", "2026-03", "rep", "Wang", "typed", 100),
            ("sales", "2026-03", "rep", "Li", "typed", 50),
            ("sales", "2026-03", "rep", "Zhao", "typed", 30),
            ("sales", "2026-03", "team", "South", "typed", 40),
        ],
        columns=["metric", "period", "scope_kind", "scope_value", "version", "target"],
    )
    reps = pd.DataFrame({"rep": ["Wang", "Li", "Zhao"], "team": ["North", "North", "South"]})
    found = targets_of(scope, rows, CALENDAR, "team", reps)
    assert found == {"North": Decimal(150), "South": Decimal(40)}


ROWS = pd.DataFrame(
    [
        ("sales", "2026-03", "rep", "Wang", "typed", 100),
        ("sales", "2026-03", "rep", "Li", "typed", 50),
        ("sales", "2026-03", "rep", "Zhao", "typed", 30),
        ("sales", "2026-03", "team", "South", "typed", 40),
        ("sales", "2026-03", "product", "Robot", "typed", 70),
    ],
    columns=["metric", "period", "scope_kind", "scope_value", "version", "target"],
)
REPS = pd.DataFrame(
    {
        "rep": ["Wang", "Li", "Zhao", "Sun"],
        "team": ["North", "North", "South", "West"],
        "manager": ["Qian", "Zhou", "Qian", "Zhou"],
        "region": ["A", "B", "B", "B"],
    }
)


@pytest.mark.parametrize(
    ("filters", "target", "whose"),
    [
        pytest.param({"team": ("North",)}, 150, ("Li", "Wang"), id="people of a team"),
        pytest.param({"team": ("South",)}, 40, (), id="a team's own"),
        pytest.param({"team": ("North", "South")}, 190, ("North", "South"), id="both"),
        pytest.param({"team": ("West",)}, None, (), id="nobody has one"),
        pytest.param({"manager": ("Qian",)}, 130, ("Wang", "Zhao"), id="people of a manager"),
        pytest.param({"region": ("B",)}, 80, ("Li", "Zhao"), id="people of a region"),
        pytest.param({"rep": ("Wang", "Sun")}, 100, ("Wang",), id="one of two people"),
        pytest.param({"rep": ("Wang", "Li")}, 150, (), id="two people"),
        pytest.param(
            {"team": ("North",), "region": ("B",)}, 50, ("Li",), id="a team's people in a region"
        ),
        pytest.param({"team": ("North",), "product": ("Robot",)}, None, (), id="a team's product"),
        pytest.param({"product": ("Robot", "Arm")}, 70, ("Robot",), id="one of two products"),
    ],
)
def test_a_filtered_month_has_the_target_that_its_table_shows(
    filters: dict[str, tuple[str, ...]], target: int | None, whose: tuple[str, ...]
) -> None:
    scope = Scope(month=MARCH, as_of=AS_OF, **filters)  # type: ignore[arg-type]
    goal, names = target_of(scope, ROWS, CALENDAR, REPS)
    assert (goal.target if goal else None) == target
    assert names == whose
    # The same sum as the table by the filter's own dimension, or by rep under several.
    (dimension, *more) = filters
    shown = targets_of(scope, ROWS, CALENDAR, "rep" if more else dimension, REPS)
    assert sum(shown.values(), Decimal(0)) == (target or 0)


@pytest.mark.parametrize(
    ("first", "begins", "compared"),
    [
        pytest.param(date(2026, 2, 1), None, True, id="a whole month"),
        pytest.param(date(2026, 2, 6), None, True, id="the first days off"),
        pytest.param(date(2026, 2, 10), None, False, id="began within the month"),
        pytest.param(date(2026, 2, 10), date(2025, 2, 1), True, id="only the filter began then"),
    ],
)
def test_a_month_in_which_the_data_begin_is_no_month_to_compare_with(
    first: date, begins: date | None, compared: bool
) -> None:
    daily = _daily(first, AS_OF)
    stand = standing(daily, CALENDAR, None, MARCH, AS_OF, begins)
    assert (stand.last_month is not None) == compared
