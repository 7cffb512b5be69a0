from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.month_end import probability
from analytics.periods.calendar import selling_days
from analytics.plan.outlook import history, proposed
from analytics.plan.suggest import suggest, usual_growth

CALENDAR = selling_days(date(2023, 12, 1), date(2026, 12, 31), "CN")
APRIL = date(2026, 4, 1)


def daily(start: date, end: date, seed: int = 0, growth: float = 0.0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    days = [one.day for one in CALENDAR if one.selling and start <= one.day <= end]
    years = np.array([(day - date(2024, 1, 1)).days / 365.25 for day in days])
    values = 1000 * random.lognormal(0, 0.3, len(days)) * (1 + growth) ** years
    return pd.DataFrame({"date": days, "value": [Decimal(f"{value:.2f}") for value in values]})


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2000), st.integers(1, 31), st.floats(-0.3, 0.5))
def test_the_suggestion_is_reached_with_sixty_to_seventy_percent(
    seed: int, day: int, growth: float
) -> None:
    as_of = date(2026, 3, day)
    found = suggest(daily(date(2024, 1, 2), as_of, seed, growth), CALENDAR, APRIL, as_of)
    assert found.floor and found.target and found.stretch
    assert found.floor < found.target < found.stretch
    assert found.probability == probability(found.forecast, found.target)
    assert found.probability == pytest.approx(0.65, abs=0.09)  # three digits round it
    assert len(found.target.normalize().as_tuple().digits) <= 3
    assert set(found.reasons) == {
        "forecast_p50", "last_year", "growth", "trend", "easiest", "hardest",
    }  # fmt: skip
    assert None not in found.reasons.values()


def test_the_reasons_are_the_figures_of_the_history() -> None:
    as_of = date(2026, 3, 31)
    data = daily(date(2024, 1, 2), as_of, growth=0.2)
    found = suggest(data, CALENDAR, APRIL, as_of)
    april = sum(v for d, v in zip(data["date"], data["value"], strict=True)
                if (d.year, d.month) == (2025, 4))  # fmt: skip
    assert found.reasons["last_year"] == april
    growth = usual_growth(history(data, as_of))
    assert growth == pytest.approx(0.2, abs=0.06)
    assert found.reasons["growth"] == growth
    assert found.reasons["forecast_p50"] == found.forecast.p50


@pytest.mark.parametrize("start", [date(2026, 2, 2), date(2026, 3, 30)])
def test_with_little_history_there_is_no_target_and_the_reason_is_seen(start: date) -> None:
    as_of = date(2026, 3, 31)
    found = suggest(daily(start, as_of), CALENDAR, APRIL, as_of)
    assert (found.floor, found.target, found.stretch, found.probability) == (None,) * 4
    assert found.reasons["last_year"] is None and found.reasons["growth"] is None


def test_with_less_than_a_year_the_middle_of_the_range_is_suggested() -> None:
    as_of = date(2026, 3, 31)
    found = suggest(daily(date(2025, 9, 1), as_of), CALENDAR, APRIL, as_of)
    assert found.reasons["trend"] is None
    assert found.probability == pytest.approx(0.65, abs=0.05)


def test_nothing_known_is_no_suggestion() -> None:
    empty = daily(APRIL, APRIL).iloc[:0]
    found = suggest(empty, CALENDAR, APRIL, date(2026, 3, 31))
    assert found.target is None and found.forecast.method == "none"


def one_a_month(amounts: dict[date, int]) -> pd.DataFrame:
    return pd.DataFrame({"date": list(amounts), "value": [Decimal(v) for v in amounts.values()]})


DIFFERENT = {date(2025, 10, 9): 67_400, date(2025, 11, 10): 331_000, date(2025, 12, 10): 68_500,
             date(2026, 1, 12): 9_000}  # fmt: skip
EVEN = {date(2025, 8 + step, 12): 10_000 + 300 * step for step in range(5)}
EVEN |= {date(2026, 1 + step, 12): 11_000 + 200 * step for step in range(3)}


@pytest.mark.parametrize(
    ("amounts", "month", "as_of", "offered"),
    [
        pytest.param(DIFFERENT, date(2026, 2, 1), date(2026, 1, 31), False, id="months differ"),
        pytest.param(DIFFERENT, date(2026, 2, 1), date(2026, 1, 20), False, id="seen earlier"),
        pytest.param(EVEN, APRIL, date(2026, 3, 31), True, id="even months"),
        pytest.param(EVEN, date(2026, 3, 1), date(2026, 3, 31), False, id="the month is over"),
        pytest.param(EVEN, date(2026, 2, 1), date(2026, 3, 31), False, id="long over"),
        pytest.param(EVEN | {date(2026, 4, 2): 12_345}, APRIL, date(2026, 4, 2), True, id="begun"),
        pytest.param(
            EVEN | {date(2026, 4, 2): 193_456}, APRIL, date(2026, 4, 20), True, id="already above"
        ),
    ],
)
def test_a_target_is_offered_by_one_rule_and_never_below_what_is_sold(
    amounts: dict[date, int], month: date, as_of: date, offered: bool
) -> None:
    data = one_a_month(amounts)
    found = suggest(data, CALENDAR, month, as_of)
    assert (found.target is not None) == offered
    assert (proposed(found.forecast, 0.65) is not None) == offered
    for level in (found.floor, found.target, found.stretch):
        assert (level is not None) == offered
        assert level is None or level >= found.forecast.actual
