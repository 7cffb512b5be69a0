"""From which day data are whole: days without selling before the first sale belong to its month."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.periods.calendar import selling_days
from analytics.periods.months import whole_from

# | country | the first sale | whole from; by a calendar on the wall
CASES = [
    ("CN", date(2026, 10, 8), date(2026, 10, 1)),  # 1 to 7 October are National Day
    ("CN", date(2026, 10, 9), date(2026, 10, 9)),  # the 8th was a working day
    ("CN", date(2026, 1, 4), date(2026, 1, 1)),  # 1 to 3 January are New Year
    ("CN", date(2026, 3, 2), date(2026, 3, 1)),  # a Monday after a Sunday
    ("CN", date(2026, 3, 3), date(2026, 3, 3)),
    ("DE", date(2026, 5, 4), date(2026, 5, 1)),  # Labour Day and a weekend
    ("DE", date(2026, 5, 5), date(2026, 5, 5)),
    ("CN", date(2026, 4, 1), date(2026, 4, 1)),
]


@pytest.mark.parametrize(("country", "first", "whole"), CASES)
def test_a_holiday_before_the_first_sale_is_no_gap(country: str, first: date, whole: date) -> None:
    own = selling_days(date(2025, 1, 1), date(2026, 12, 31), country)
    assert whole_from(first, own) == whole
