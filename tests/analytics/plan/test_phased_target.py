from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.periods.calendar import selling_days
from analytics.plan.phased_target import day_weights, phase, split, target_to_date, weekday_index

MAY = selling_days(date(2026, 5, 1), date(2026, 5, 31), "CN")  # Saturday the 9th is a make-up day
MONEY = st.decimals("-9999999", "999999999", places=2, allow_nan=False)
WEIGHTS = st.dictionaries(
    st.integers(0, 60),
    st.one_of(st.integers(0, 50), st.floats(0, 1e9), st.decimals("0", "9", places=3)),
    min_size=1,
).filter(lambda weights: any(weights.values()))


@given(MONEY, WEIGHTS)
def test_parts_add_up_to_the_cent_and_are_within_a_cent_of_their_share(
    total: Decimal, weights: dict[int, float]
) -> None:
    parts = split(total, weights)
    assert sum(parts.values()) == total
    assert list(parts) == list(weights)
    whole = sum(float(weight) for weight in weights.values())
    for key, part in parts.items():
        assert part == part.quantize(Decimal("0.01"))
        fair = float(total) * float(weights[key]) / whole
        assert float(part) == pytest.approx(fair, abs=0.0101, rel=1e-9)
        assert part or not weights[key] or abs(fair) < 0.01


def test_largest_remainders_come_first_and_equal_ones_in_order() -> None:
    assert split(Decimal("0.05"), {"a": 1, "b": 1, "c": 1}) == {
        "a": Decimal("0.02"), "b": Decimal("0.02"), "c": Decimal("0.01")
    }  # fmt: skip
    assert split(Decimal("10"), {"a": 1, "b": 0, "c": 2})["b"] == 0
    assert sum(split(Decimal("0.0003"), {1: 1, 2: 1}).values()) == Decimal("0.0003")


@pytest.mark.parametrize(
    "weights", [{}, {"a": 0}, {"a": 1, "b": -1}, {"a": float("nan")}, {"a": float("inf")}]
)
def test_weights_that_cannot_split_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        split(Decimal(1), weights)


@given(st.decimals("0", "999999999", places=2, allow_nan=False))
def test_the_days_of_a_month_add_up_to_it(target: Decimal) -> None:
    daily = phase(target, MAY)
    assert sum(daily.values()) == target
    assert all(daily[one.day] == 0 for one in MAY if not one.selling)
    assert target_to_date(daily, date(2026, 5, 31)) == target
    assert target_to_date(daily, date(2026, 4, 30)) == 0


def test_target_to_date_is_linear_in_working_days_without_a_weekday_index() -> None:
    daily = phase(Decimal(1900), MAY)
    assert sum(one.selling for one in MAY) == 19
    assert target_to_date(daily, date(2026, 5, 9)) == 400  # 6, 7, 8 and the make-up Saturday


def test_a_make_up_saturday_takes_the_mean_working_day_not_saturdays() -> None:
    history = selling_days(date(2026, 6, 1), date(2026, 8, 31), "CN")
    daily = pd.DataFrame(
        {
            "date": [one.day for one in history],
            "value": [Decimal(1 + one.day.weekday()) for one in history],
        }
    )
    index = weekday_index(daily, history)
    assert index == pytest.approx({0: 1 / 3, 1: 2 / 3, 2: 1.0, 3: 4 / 3, 4: 5 / 3})
    weights = day_weights(MAY, index)
    assert weights[date(2026, 5, 9)] == pytest.approx(1.0)
    assert weights[date(2026, 5, 8)] == pytest.approx(5 / 3)
    assert weights[date(2026, 5, 10)] == 0
    assert sum(phase(Decimal("100.01"), MAY, index).values()) == Decimal("100.01")


def test_days_without_sales_pull_their_weekday_down() -> None:
    history = selling_days(date(2026, 6, 1), date(2026, 6, 28), "ALL")
    sundays = [one.day for one in history if one.day.weekday() == 6]
    daily = pd.DataFrame({"date": sundays[:2], "value": [70.0, 70.0]})
    index = weekday_index(daily, history)
    assert index is not None
    assert (index[6], index[0]) == (pytest.approx(7.0), 0.0)


@pytest.mark.parametrize("weeks", [0, 3])
def test_a_short_or_empty_history_leaves_the_days_even(weeks: int) -> None:
    history = selling_days(date(2026, 6, 1), date(2026, 6, 28), "ALL")[: weeks * 7]
    daily = pd.DataFrame({"date": [one.day for one in history], "value": 1.0})
    assert weekday_index(daily, history) is None


def test_a_month_without_a_selling_day_has_its_target_on_the_last() -> None:
    closed = selling_days(date(2026, 5, 1), date(2026, 5, 3), "CN")
    assert phase(Decimal(5), closed)[date(2026, 5, 3)] == 5
