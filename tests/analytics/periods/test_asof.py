from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from analytics.periods.asof import AsOf, as_of, date_ranges, source_for, to_month_end
from analytics.periods.calendar import selling_days
from domain.tables import TABLES
from tests.analytics.engine import Engine

TODAY = date(2026, 3, 20)


def test_only_what_has_happened_moves_the_day(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            {"order_date": date(2026, 3, 2)},
            {"order_date": date(2026, 3, 9), "status": "cancelled"},
        ],
    )
    engine.add(
        "deals",
        [
            {"closed_date": date(2026, 2, 1), "status": "won"},
            {"closed_date": date(2026, 9, 1), "status": "open"},
            {"expected_close_date": date(2026, 12, 1), "status": "open"},
        ],
    )
    engine.add(
        "activities",
        [
            {"activity_date": date(2026, 3, 1), "status": "done"},
            {"activity_date": date(2026, 3, 30), "status": "planned"},
        ],
    )
    engine.add("stage_history", [{"entered_at": datetime(2026, 3, 5, 17, 30)}])
    engine.add("leads", [{"created_date": date(2026, 1, 1), "qualified_date": date(2026, 1, 9)}])
    ranges = engine.run(date_ranges())
    last = {row["table"]: row["last"] for row in ranges}
    assert last == {one.name: None for one in TABLES if one.actual_dates} | {
        "orders": date(2026, 3, 2),
        "deals": date(2026, 2, 1),
        "activities": date(2026, 3, 1),
        "stage_history": date(2026, 3, 5),
        "leads": date(2026, 1, 9),
    }
    first = {row["table"]: row["first"] for row in ranges}
    assert first == last | {"leads": date(2026, 1, 1)}


def test_the_first_day_is_that_of_any_currency_and_of_what_has_happened(engine: Engine) -> None:
    engine.add(
        "orders",
        [
            {"order_date": date(2026, 1, 2), "status": "cancelled"},
            {"order_date": date(2026, 4, 2), "currency": "EUR"},
            {"order_date": date(2026, 11, 9), "currency": "CNY"},
        ],
    )
    engine.add(
        "deals",
        [
            {"as_of": date(2026, 1, 1), "closed_date": date(2026, 2, 1), "status": "won"},
            {"as_of": date(2026, 1, 1), "closed_date": date(2025, 2, 1), "status": "open"},
        ],
    )
    first = {row["table"]: row["first"] for row in engine.run(date_ranges())}
    assert first["orders"] == date(2026, 4, 2)
    assert first["deals"] == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("last", "needed", "expected"),
    [
        pytest.param({"orders": date(2026, 3, 14)}, {"orders"},
                     AsOf(date(2026, 3, 14), 6, "orders"), id="old data"),
        pytest.param({"orders": date(2026, 3, 14), "payments": date(2026, 3, 10)},
                     {"orders", "payments"}, AsOf(date(2026, 3, 10), 10, "payments"),
                     id="the oldest of those needed"),
        pytest.param({"orders": date(2026, 3, 14), "payments": date(2026, 3, 10)},
                     {"orders"}, AsOf(date(2026, 3, 14), 6, "orders"), id="others do not matter"),
        pytest.param({"orders": date(2027, 1, 1)}, {"orders"}, AsOf(TODAY, 0, None),
                     id="never after today"),
        pytest.param({"orders": None}, {"orders", "deals"}, AsOf(TODAY, 0, None),
                     id="empty tables do not count"),
        pytest.param({}, set(), AsOf(TODAY, 0, None), id="nothing"),
    ],
)  # fmt: skip
def test_where_the_data_are_old_so_is_today(
    last: dict[str, date | None], needed: set[str], expected: AsOf
) -> None:
    assert as_of(last, needed, TODAY) == expected


@pytest.mark.parametrize(
    ("counts", "setting", "expected"),
    [
        ({"orders": 5, "deals": 5}, None, "orders"),
        ({"orders": 0, "payments": 2, "contracts": 1}, None, "contracts"),
        ({"orders": 5}, "payments", "payments"),
        ({"deals": 5}, "nonsense", "deals"),
        ({}, None, None),
    ],
)
def test_what_counts_as_actual_is_the_setting_or_the_first_that_is_there(
    counts: dict[str, int], setting: str | None, expected: str | None
) -> None:
    assert source_for(counts, setting) == expected


@pytest.mark.parametrize(
    ("last", "today", "country", "moved"),
    [
        # 30 October 2026 is a Friday; in China the first seven days of October are free.
        pytest.param(
            date(2026, 10, 30), date(2026, 11, 28), "CN", date(2026, 10, 31), id="weekend"
        ),
        pytest.param(date(2026, 10, 30), date(2026, 10, 31), "CN", date(2026, 10, 31), id="on it"),
        pytest.param(date(2026, 10, 30), date(2026, 10, 30), "CN", date(2026, 10, 30), id="before"),
        pytest.param(date(2026, 10, 29), date(2026, 11, 28), "CN", date(2026, 10, 29), id="Friday"),
        pytest.param(date(2026, 10, 30), date(2026, 11, 28), "ALL", date(2026, 10, 30), id="shop"),
        pytest.param(date(2026, 5, 29), date(2026, 6, 20), "US", date(2026, 5, 31), id="two days"),
        pytest.param(date(2026, 10, 31), date(2026, 11, 28), "US", date(2026, 10, 31), id="end"),
        pytest.param(date(2026, 10, 9), date(2026, 11, 28), "US", date(2026, 10, 9), id="inside"),
    ],
)
def test_a_month_ends_with_its_last_selling_day(
    last: date, today: date, country: str, moved: date
) -> None:
    seen = AsOf(last, (today - last).days, "orders")
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    days = selling_days(last, end, country)
    expected = AsOf(moved, (today - moved).days, "orders")
    assert to_month_end(seen, days, end, today) == expected
