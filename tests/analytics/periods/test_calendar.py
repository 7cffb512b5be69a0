from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods.calendar import (
    changed_days,
    gone_and_left,
    same_working_day,
    selling_days,
    working_days,
)
from domain.errors import FilterError

YEAR = selling_days(date(2026, 1, 1), date(2026, 12, 31), "CN")
FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def test_the_working_days_of_china_in_2026_are_those_of_the_decree() -> None:
    # The State Council's notice for 2026: days off and working weekends, by hand.
    off = {
        date(2026, 1, 1), date(2026, 1, 2),
        *(date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)),
        date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5),
        date(2026, 6, 19), date(2026, 9, 25),
        *(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    }  # fmt: skip
    made_up = {
        date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28),
        date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10),
    }  # fmt: skip
    expected = {one.day for one in YEAR if (one.day.weekday() < 5 and one.day not in off)} | made_up
    assert {one.day for one in YEAR if one.selling} == expected
    assert {one.day for one in YEAR if one.make_up} == made_up
    assert working_days(YEAR, FEBRUARY, date(2026, 2, 28)) == 16
    assert all(one.announced for one in YEAR)
    assert next(one.holiday for one in YEAR if one.day == date(2026, 10, 1)) == "National Day"


@pytest.mark.parametrize(
    ("country", "year", "announced"),
    [("CN", 2024, True), ("CN", 2025, True), ("CN", 2027, False), ("US", 2027, True)],
)
def test_a_year_without_a_decree_is_not_announced(country: str, year: int, announced: bool) -> None:
    (day,) = selling_days(date(year, 6, 1), date(year, 6, 1), country)
    assert day.announced is announced


def test_seven_days_a_week_is_every_day() -> None:
    days = selling_days(FEBRUARY, date(2026, 2, 28), "ALL")
    assert sum(one.selling for one in days) == 28
    assert not any(one.make_up for one in days)


def test_the_users_word_on_a_day_is_the_last() -> None:
    saturday, monday = date(2026, 3, 7), date(2026, 3, 9)
    days = selling_days(saturday, monday, "CN", {saturday: True, monday: False})
    assert [(one.selling, one.make_up) for one in days] == [
        (True, True), (False, False), (False, False)
    ]  # fmt: skip


def test_a_country_nobody_knows_is_an_expected_error() -> None:
    with pytest.raises(FilterError, match="unknown_country"):
        selling_days(MARCH, MARCH, "XX")


@given(st.dates(date(2026, 2, 1), date(2026, 4, 30)))
def test_days_gone_and_left_are_the_whole_month(as_of: date) -> None:
    gone, left = gone_and_left(YEAR, MARCH, date(2026, 3, 31), as_of)
    assert gone + left == 22
    assert gone == sum(one.selling and one.day <= as_of for one in YEAR if one.day.month == 3)


def test_a_part_month_is_compared_to_the_same_working_day() -> None:
    """Trap 7: on 12 March, when every working day of the year brings the same."""
    sold = {one.day: 10_000 for one in YEAR if one.selling}
    as_of, january = date(2026, 3, 12), date(2026, 1, 1)

    def between(start: date, end: date) -> int:
        return sum(value for day, value in sold.items() if start <= day <= end)

    other = same_working_day(as_of, MARCH, january, YEAR)
    assert between(MARCH, as_of) == 90_000
    assert between(january, date(2026, 1, 31)) == 210_000  # wrong: the whole month
    assert between(january, date(2026, 1, 12)) == 70_000  # wrong: the same date
    assert between(january, other) == 90_000
    assert other == date(2026, 1, 14)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2026, 2, 27), date(2026, 2, 1), id="before the month"),
        pytest.param(date(2026, 3, 1), date(2026, 2, 1), id="a Sunday before anything"),
        pytest.param(date(2026, 3, 2), date(2026, 2, 2), id="first day"),
        pytest.param(date(2026, 3, 8), date(2026, 2, 8), id="the weekend after is in"),
        pytest.param(date(2026, 3, 30), date(2026, 2, 28), id="a longer month"),
        pytest.param(date(2026, 3, 31), date(2026, 2, 28), id="a whole month"),
    ],
)
def test_same_working_day_at_the_edges(as_of: date, expected: date) -> None:
    assert same_working_day(as_of, MARCH, FEBRUARY, YEAR) == expected


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 12))
def test_the_same_working_day_has_as_many_days_gone_or_the_month_is_over(
    as_of: date, number: int
) -> None:
    month, other = as_of.replace(day=1), date(2026, number, 1)
    found = same_working_day(as_of, month, other, YEAR)
    gone = working_days(YEAR, month, as_of)
    end = max(one.day for one in YEAR if one.day.month == number)
    assert working_days(YEAR, other, found) == gone or found == end


@pytest.mark.parametrize(
    ("overrides", "wanted", "changes"),
    [
        ({}, {19: False, 20: False}, {}),
        ({}, {19: True, 20: False}, {19: True}),
        ({19: True}, {19: True, 20: False}, {}),
        ({19: True}, {19: False, 20: True}, {19: None, 20: True}),
    ],
    ids=["as the country says", "a holiday worked", "as kept before", "taken back"],
)
def test_only_days_that_change_are_kept(
    overrides: dict[int, bool], wanted: dict[int, bool], changes: dict[int, bool | None]
) -> None:
    # 19 June 2026 is the Dragon Boat Festival, 20 June a Saturday.
    country = selling_days(date(2026, 6, 1), date(2026, 6, 30), "CN")
    of = {n: date(2026, 6, n) for n in (19, 20)}
    assert changed_days(
        country,
        {of[n]: selling for n, selling in overrides.items()},
        {of[n]: selling for n, selling in wanted.items()},
    ) == {of[n]: selling for n, selling in changes.items()}
