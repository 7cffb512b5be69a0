from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analytics.actuals.market import market_of, sizes
from analytics.periods.calendar import selling_days, working_days
from analytics.periods.compare import compared
from analytics.review.funnel_bridge import factors, throughput
from domain.scope import Scope
from tests.analytics.engine import Engine

CALENDAR = selling_days(date(2024, 12, 1), date(2026, 12, 31), "CN")
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize("against", ["last_month", "last_year"])
@pytest.mark.parametrize("day", [3, 13, 20, 30])
def test_a_part_month_is_set_against_the_same_working_days(against: str, day: int) -> None:
    """Trap 7."""
    scope = Scope(month=MARCH, as_of=date(2026, 3, day))
    found = compared(scope, CALENDAR, against)  # type: ignore[arg-type]
    assert found and found.part
    assert found.after == (MARCH, scope.as_of)
    gone, gone_then = (working_days(CALENDAR, *one) for one in (found.after, found.before))
    other_has = working_days(CALENDAR, found.before[0], Scope(found.before[0], MARCH).end)
    assert gone_then == min(gone, other_has)


def test_a_whole_month_is_set_against_a_whole_one_however_late_it_is() -> None:
    scope = Scope(month=MARCH, as_of=date(2026, 5, 3))
    found = compared(scope, CALENDAR, "last_month")
    assert found and not found.part
    assert (found.before, found.after) == (
        (date(2026, 2, 1), date(2026, 2, 28)), (MARCH, date(2026, 3, 31)),
    )  # fmt: skip


def test_a_month_to_come_is_set_against_nothing() -> None:
    assert compared(Scope(month=MARCH, as_of=date(2026, 2, 3)), CALENDAR, "last_year") is None


def test_throughput_counts_what_the_period_saw_not_what_became_of_it(engine: Engine) -> None:
    day, before = date(2026, 3, 5), date(2026, 1, 5)
    engine.add("leads", [{"lead_id": str(n), "created_date": day, "rep": "Li"} for n in range(4)])
    engine.add("leads", [{"lead_id": "x", "created_date": before}, {"lead_id": "y"}])
    engine.add(
        "deals",
        [
            {"deal_id": "1", "status": "open", "created_date": day, "rep": "Li"},
            {"deal_id": "2", "status": "won", "created_date": day, "closed_date": day, "amount": 5},
            {"deal_id": "3", "status": "won", "created_date": before, "closed_date": day,
             "amount": 7, "rep": "Li"},
            {"deal_id": "4", "status": "lost", "created_date": before, "closed_date": day},
        ],
    )  # fmt: skip
    scope = Scope(month=MARCH, as_of=date(2026, 3, 31), source="deals")
    found = engine.one(throughput(scope, MARCH, scope.end))
    assert found == {"leads": 4, "deals": 2, "won": 2, "won_value": 12}
    assert factors(found) == {"leads": 4, "deals": 0.5, "won": 1, "deal_size": 6}
    of_li = engine.one(throughput(scope.narrowed("rep", "Li"), MARCH, scope.end))
    assert of_li == {"leads": 4, "deals": 1, "won": 1, "won_value": 7}
    by_product = engine.one(throughput(scope.narrowed("product", "P"), MARCH, scope.end))
    assert by_product["leads"] is None


def test_the_market_is_set_against_the_year_before(engine: Engine) -> None:
    rows = [("2026-Q1", "East", 70), ("2026-Q1", "West", 20), ("2025-Q1", "East", 60),
            ("2026-03", "East", 9)]  # fmt: skip
    engine.add("market", [dict(zip(("period", "scope", "size"), row, strict=True)) for row in rows])
    engine.add("market", [{"period": "2025-Q1", "scope": "East", "size": 1, "currency": "USD"}])
    scope = Scope(month=MARCH, as_of=MARCH)
    assert market_of(pd.DataFrame(engine.run(sizes(scope))), MARCH) == (90, 60)
    east = pd.DataFrame(engine.run(sizes(scope.narrowed("region", "East"))))
    assert market_of(east, MARCH) == (70, 60)
    assert market_of(east, date(2026, 4, 1)) is None
    months = pd.DataFrame({"period": ["2026-03", "2025-03", "2026-Q1", "2025-Q1"],
                           "size": [Decimal(3), Decimal(2), Decimal(9), Decimal(8)]})  # fmt: skip
    assert market_of(months, MARCH) == (3, 2)
