from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analytics.periods.calendar import selling_days
from analytics.plan.target_periods import first_day, moved, share

YEARS = selling_days(date(2025, 1, 1), date(2027, 12, 31), "ALL")


@pytest.mark.parametrize(
    ("period", "month", "first_month", "part"),
    [
        ("2026-W53", date(2026, 12, 1), 1, ("week", "114.29")),  # 4 of 7 days
        ("2026-W53", date(2027, 1, 1), 1, ("week", "85.71")),
        ("2026-W53", date(2027, 2, 1), 1, (None, "0")),
        ("2026-H1", date(2026, 2, 1), 1, ("half", "30.94")),  # 28 of 181 days
        ("2026-H1", date(2026, 9, 1), 4, ("half", "32.79")),  # April to September: 30 of 183
        ("2026-H2", date(2027, 3, 1), 4, ("half", "34.07")),  # 31 of 182
        ("2026-H2", date(2026, 3, 1), 4, (None, "0")),
        ("2025-04/2026-03", date(2025, 4, 1), 1, ("year", "16.44")),  # 30 of 365
        ("2025-04/2025-06", date(2025, 6, 1), 1, ("quarter", "65.93")),  # 30 of 91
        ("2025-04/2025-06", date(2025, 7, 1), 1, (None, "0")),
    ],
)
def test_a_month_gets_its_part_of_a_period(period, month, first_month, part):
    basis, amount = share(period, Decimal(200), month, YEARS, first_month)
    assert basis == part[0]
    # Cents go where the split of the whole sends them.
    assert abs(amount - Decimal(part[1])) <= Decimal("0.01")


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2026-W53", date(2026, 12, 28)),
        ("2026-H2", date(2026, 10, 1)),
        ("2026-H1", date(2026, 4, 1)),
        ("2026-Q4", date(2027, 1, 1)),
        ("2025-07/2026-06", date(2025, 7, 1)),
        ("soon", None),
    ],
)
def test_the_first_day_of_a_period_is_told_in_a_fiscal_year_from_april(period, day):
    assert first_day(period, 4) == day


@pytest.mark.parametrize(
    ("period", "before", "after", "months"),
    [
        ("2026-Q4", 1, 4, (date(2026, 10, 1), date(2027, 1, 1), 3)),
        ("2026-Q1", 4, 1, (date(2026, 4, 1), date(2026, 1, 1), 3)),
        ("2026-H2", 1, 7, (date(2026, 7, 1), date(2027, 1, 1), 6)),
        ("2026", 1, 10, (date(2026, 1, 1), date(2026, 10, 1), 12)),
        ("2026", 4, 4, None),
        ("2026-10", 1, 4, None),
        ("2026-W40", 1, 4, None),
        ("2026-04/2026-06", 1, 4, None),
        ("soon", 1, 4, None),
    ],
)
def test_quarters_halves_and_years_move_with_the_fiscal_year(period, before, after, months):
    found = moved([period, period], before, after)
    assert [(each.before, each.after, each.length) for each in found] == [months] * bool(months)
