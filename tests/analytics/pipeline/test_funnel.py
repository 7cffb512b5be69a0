from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from analytics.pipeline import funnel, stages, win_rate
from domain.scope import Scope
from tests.analytics.engine import Engine

SCOPE = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31), source="deals")


def deal(deal_id: str, status: str, **more: Any) -> dict[str, Any]:
    created = {"created_date": date(2026, 1, 1)}
    return {"deal_id": deal_id, "status": status, "stage": status} | created | more


def test_win_rates_of_closed_and_of_all_are_two_figures(engine: Engine) -> None:
    """Trap 11: both are published as "the" win rate of one file."""
    engine.add(
        "deals", [deal(str(n), s) for n, s in enumerate(["won"] * 3 + ["lost"] + ["open"] * 4)]
    )
    found = engine.one(win_rate.win_rates(SCOPE))
    assert (found["win_rate_of_closed"], found["win_rate_of_all"]) == (3 / 4, 3 / 8)
    assert (found["deals"], found["won_count"], found["lost_count"]) == (8, 3, 1)


def test_win_rates_by_count_and_by_value_differ(engine: Engine) -> None:
    day = date(2026, 3, 2)
    engine.add(
        "deals",
        [
            deal("1", "won", amount=900, closed_date=day, region="East"),
            deal("2", "lost", amount=100, closed_date=day, region="East"),
            deal("3", "lost", closed_date=day, region="West"),
            deal("4", "won", amount=5, closed_date=date(2026, 4, 1), region="West"),
            deal("5", "won", amount=7, region="West"),
        ],
    )
    march = engine.one(win_rate.closed(SCOPE, None, SCOPE.month, SCOPE.end))
    assert march["win_rate_of_closed"] == pytest.approx(1 / 3)
    assert march["win_rate_of_closed_by_value"] == pytest.approx(0.9)
    assert (march["won_value"], march["closed_count"], march["without_amount"]) == (900, 3, 1)
    regions = {row["region"]: row for row in engine.run(win_rate.closed(SCOPE, "region"))}
    assert regions["West"]["won_value"] == 12
    months = {row["month"]: row for row in engine.run(win_rate.closed(SCOPE, "month"))}
    assert set(months) == {date(2026, 3, 1), date(2026, 4, 1), None}
    with pytest.raises(ValueError, match="week"):
        win_rate.closed(SCOPE, "week")


def test_no_closed_deals_have_no_win_rate(engine: Engine) -> None:
    engine.add("deals", [deal("1", "open")])
    found = engine.one(win_rate.win_rates(SCOPE))
    assert found["win_rate_of_closed"] is None
    assert found["win_rate_of_all"] == 0


def test_days_to_close_say_of_which_deals_and_leave_out_impossible_ones(engine: Engine) -> None:
    """Trap 13: one deal closes before it began; it is counted, not averaged."""
    closed = [("won", 10), ("won", 30), ("won", 50), ("lost", 2), ("lost", 4), ("won", -7)]
    start = date(2026, 2, 10)
    engine.add(
        "deals",
        [
            deal(
                str(n),
                status,
                created_date=start,
                closed_date=date.fromordinal(start.toordinal() + days),
            )
            for n, (status, days) in enumerate(closed)
        ]
        + [deal("x", "won", created_date=None, closed_date=start)],
    )
    found = engine.one(win_rate.days_to_close(SCOPE))
    assert (found["won_mean_days"], found["won_median_days"]) == (30, 30)
    assert (found["lost_mean_days"], found["lost_median_days"]) == (3, 3)
    assert found["closed_mean_days"] == pytest.approx(96 / 5)
    assert found["closed_median_days"] == 10
    assert (found["negative"], found["undated"], found["closed_deals"]) == (1, 1, 5)
    assert engine.one(win_rate.usual_cycle(SCOPE))["days"] == pytest.approx(34)


def test_open_deals_without_an_amount_stand_apart_at_list_price(engine: Engine) -> None:
    """Trap 10: a product under another name has no list price; it is listed, not dropped."""
    engine.add("products", [{"product": "GT Pro", "list_price": 400}, {"product": "Lite"}])
    engine.add(
        "deals",
        [
            deal("1", "open", product="GT Pro"),
            deal("2", "open", product="GTPro"),
            deal("3", "open", product="GT Pro", amount=1000),
            deal("4", "open", product="Lite"),
            deal("5", "open"),
            deal("6", "open", amount=9, currency="USD", product="GT Pro"),
            deal("7", "won", product="GTPro", amount=50),
        ],
    )
    found = engine.one(funnel.open_pipeline(SCOPE))
    assert found == {
        "deals": 6, "value": 1000, "without_amount": 4, "list_price_value": 400,
        "unpriced": 3, "foreign": 1,
    }  # fmt: skip
    assert engine.run(funnel.unmatched_products(SCOPE)) == [
        {"product": "GTPro", "deals": 2, "open_deals": 1}
    ]
    by_stage = {row["stage"]: row for row in engine.run(funnel.by_stage(SCOPE))}
    assert by_stage["open"] == found | {"status": "open", "stage": "open"}
    assert (by_stage["won"]["value"], by_stage["won"]["list_price_value"]) == (50, 0)


def test_a_product_listed_twice_prices_a_deal_once(engine: Engine) -> None:
    engine.add("products", [{"product": "A", "list_price": price} for price in (400, 400)])
    engine.add("deals", [deal("1", "open", product="A")])
    assert engine.one(funnel.open_pipeline(SCOPE))["list_price_value"] == 400


def test_the_scopes_filters_hold_for_deals(engine: Engine) -> None:
    engine.add("reps", [{"rep": "Li", "team": "East"}])
    engine.add("deals", [deal("1", "won", rep="Li", amount=5), deal("2", "won", amount=7)])
    east = SCOPE.narrowed("team", "East")
    assert engine.one(win_rate.closed(east))["won_value"] == 5
    assert [row["team"] for row in engine.run(win_rate.win_rates(SCOPE, "team"))] == ["East", None]


def test_a_cohort_too_young_to_tell_has_no_rate(engine: Engine) -> None:
    january, march = date(2026, 1, 10), date(2026, 3, 1)
    engine.add(
        "deals",
        [
            deal("1", "won", created_date=january, closed_date=date(2026, 2, 1)),
            deal("2", "won", created_date=january, closed_date=date(2026, 3, 30)),
            deal("3", "lost", created_date=january, closed_date=date(2026, 1, 20)),
            deal("4", "open", created_date=january),
            deal("5", "won", created_date=march, closed_date=date(2026, 3, 2)),
            deal("6", "open", created_date=date(2026, 5, 1)),
        ],
    )
    assert engine.run(win_rate.cohorts(SCOPE, 30)) == [
        {"month": date(2026, 1, 1), "created": 4, "won_by_age": 1, "mature": True,
         "win_rate_of_cohort": 0.25},
        {"month": date(2026, 3, 1), "created": 1, "won_by_age": 1, "mature": False,
         "win_rate_of_cohort": None},
    ]  # fmt: skip


@pytest.mark.parametrize(("age", "mature"), [(31, True), (32, False)])
def test_a_cohort_is_mature_when_its_last_deal_is(engine: Engine, age: int, mature: bool) -> None:
    engine.add("deals", [deal("1", "open", created_date=date(2026, 2, 28))])
    assert engine.one(win_rate.cohorts(SCOPE, age))["mature"] is mature


def test_the_cohort_rate_is_a_ratio_of_sums_over_the_last_mature_year() -> None:
    rows = [(date(2025, month, 1), 10, 9, True) for month in range(1, 13)]
    rows[0] = (date(2025, 1, 1), 100, 100, True)  # thirteen months ago: past
    rows += [(date(2026, 1, 1), 90, 0, True), (date(2026, 2, 1), 5, 5, False)]
    months = pd.DataFrame(rows, columns=["month", "created", "won_by_age", "mature"])
    assert win_rate.cohort_rate(months) == pytest.approx(99 / 200)
    assert win_rate.cohort_rate(months[~months["mature"]]) is None


def move(deal_id: str, stage: str, day: date) -> dict[str, Any]:
    return {
        "deal_id": deal_id,
        "stage": stage,
        "entered_at": datetime(day.year, day.month, day.day, 9),
    }


def test_conversion_is_of_deals_that_entered_and_had_their_time(engine: Engine) -> None:
    january = [date(2026, 1, day) for day in range(1, 32)]
    engine.add(
        "stage_history",
        [
            # four go on after 10 days, one skips a stage, one goes back first
            *(move(str(n), "A", january[0]) for n in range(6)),
            *(move(str(n), "B", january[10]) for n in range(3)),
            move("3", "C", january[10]),
            # entered late: too young to tell on 31 March
            move("9", "A", date(2026, 3, 25)),
            # entered again: its first entry counts
            move("0", "A", january[20]),
        ],
    )
    found = {row["stage"]: row for row in engine.run(
        stages.conversion(SCOPE, ("A", "B", "C"), january[0], SCOPE.end))}  # fmt: skip
    assert found["A"] == {
        "stage": "A", "place": 0, "entered": 7, "mature": 6, "went_on": 4, "too_young": 1,
        "usual_days": 10, "conversion": pytest.approx(4 / 6),
    }  # fmt: skip
    assert (found["B"]["entered"], found["B"]["conversion"]) == (3, None)
    assert "C" not in found
    # Wrong: today's count ÷ today's count of the stage before is not a rate.
    standing = {"A": 3, "B": 3, "C": 1}
    assert standing["B"] / standing["A"] == 1


@pytest.mark.parametrize("names", [(), ("A",), ("A", "A")])
def test_stages_without_an_order_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="order"):
        stages.conversion(SCOPE, names, SCOPE.month, SCOPE.end)
