from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods.calendar import selling_days
from analytics.periods.fiscal import add_up, fiscal_quarter, fiscal_year
from analytics.periods.months import month_before
from analytics.plan.targets import month_targets, target_for
from domain.scope import Scope

MONTHS = st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1))
TWO_YEARS = selling_days(date(2026, 1, 1), date(2027, 12, 31), "CN")


@pytest.mark.parametrize(
    ("month", "first", "year", "quarter", "begins"),
    [
        (date(2026, 2, 1), 1, 2026, 1, date(2026, 1, 1)),
        (date(2026, 2, 1), 4, 2025, 4, date(2026, 1, 1)),
        (date(2026, 4, 1), 4, 2026, 1, date(2026, 4, 1)),
        (date(2026, 6, 1), 7, 2025, 4, date(2026, 4, 1)),
        (date(2026, 1, 1), 12, 2025, 1, date(2025, 12, 1)),
    ],
    ids=["January", "April, its last quarter", "April, its first", "July", "across New Year"],
)
def test_a_fiscal_year_is_named_by_the_year_it_begins_in(
    month: date, first: int, year: int, quarter: int, begins: date
) -> None:
    found = fiscal_quarter(month, first)
    assert (found.year, found.quarter, found.months[0]) == (year, quarter, begins)


@given(MONTHS, st.integers(1, 12))
def test_every_month_is_in_one_quarter_of_its_year(month: date, first: int) -> None:
    year, quarter = fiscal_year(month, first), fiscal_quarter(month, first)
    assert month in quarter.months and set(quarter.months) <= set(year.months)
    assert year.months[0].month == first and len(year.months) == 12
    assert all(fiscal_year(one, first) == year for one in year.months)
    assert fiscal_year(month_before(year.months[0]), first).year == year.year - 1


def test_a_year_begins_in_some_month() -> None:
    with pytest.raises(ValueError, match="from 1 to 12"):
        fiscal_year(date(2026, 1, 1), 13)


def test_a_quarter_adds_up_and_tells_how_many_months_have_a_target() -> None:
    quarter = fiscal_quarter(date(2026, 5, 1), 4)
    targets = {date(2026, 4, 1): Decimal(10), date(2026, 5, 1): Decimal(20), date(2026, 6, 1): None}
    actuals = {date(2026, 3, 1): Decimal(99), date(2026, 4, 1): Decimal(12)}
    found = add_up(quarter, targets, actuals)
    assert (found.target, found.with_target, found.actual, found.open) == (30, 2, 12, 18)
    assert found.attained is None
    whole = add_up(quarter, {**targets, date(2026, 6, 1): Decimal(30)}, actuals)
    assert whole.attained == pytest.approx(12 / 60)


def rows(period: str, target: int) -> pd.DataFrame:
    return pd.DataFrame([{"period": period, "target": target, "scope_kind": "company"}])


def test_an_april_years_target_is_spread_from_april_to_march() -> None:
    table = rows("2026", 120_000)
    months = fiscal_year(date(2026, 4, 1), 4).months
    found = [
        target_for(Scope(month=one, as_of=one), table, TWO_YEARS, first_month=4) for one in months
    ]
    assert sum(one.target for one in found if one) == 120_000
    assert all(one is not None and one.basis == "year" for one in found)
    outside = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 1))
    assert target_for(outside, table, TWO_YEARS, first_month=4) is None
    assert target_for(outside, table, TWO_YEARS) is not None


def test_the_first_quarter_of_an_april_year_is_april_to_june() -> None:
    table = rows("2026-Q1", 3_000)
    found = {
        number: month_targets(
            table, date(2026, number, 1), TWO_YEARS, scope_kind="company", first_month=4
        )
        for number in (1, 3, 4, 5, 6, 7)
    }
    assert [number for number, one in found.items() if one] == [4, 5, 6]
    assert sum(found[number][""].target for number in (4, 5, 6)) == 3_000


def test_a_months_own_target_is_of_the_calendar_month_in_any_fiscal_year() -> None:
    table = rows("2026-02", 50)
    month = date(2026, 2, 1)
    for first in (1, 4, 7):
        found = month_targets(table, month, TWO_YEARS, scope_kind="company", first_month=first)
        assert found[""].target == 50
