from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.backtest import Spread
from analytics.forecast.month_end import Forecast
from analytics.periods.calendar import selling_days, working_days
from analytics.periods.months import month_before
from analytics.pipeline import effort
from analytics.review.causes import Causes, causes
from domain.scope import Scope
from tests.analytics.engine import Engine

CALENDAR = selling_days(date(2025, 1, 1), date(2026, 12, 31), "CN")
JUNE = date(2026, 6, 1)
TEAMS = ("North 1", "North 2", "South", "West")
OPENING = Forecast(
    JUNE, date(2026, 5, 31), Decimal(0), Decimal(360), Decimal(400), Decimal(440),
    "blend", False, 12, spread=Spread(400.0, 25.0, 10, 0.0),
)  # fmt: skip


def months(seed: int = 0, **now: dict[str, float]) -> pd.DataFrame:
    """Six usual months of four teams that bring about 100 each, and June as told."""
    random = np.random.default_rng(seed)
    rows = []
    for back in range(6, -1, -1):
        for team in TEAMS:
            row = {
                "month": month_before(JUNE, back), "team": team,
                "value": 100 * random.normal(1, 0.04), "done": float(random.poisson(60)),
                "planned": 60.0, "won": 6.0 + random.integers(0, 3), "lost": 8.0,
            }  # fmt: skip
            if back == 0:
                row |= now.get("everyone", {}) | now.get(team, {})
            rows.append(row)
    return pd.DataFrame(rows)


def judged(target: int, actual: int, seen: pd.DataFrame, **more: Any) -> Causes:
    return causes(Decimal(target), Decimal(actual), OPENING, seen, JUNE, CALENDAR, **more)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 300))
def test_a_target_far_above_any_forecast_with_usual_work_was_too_high(seed: int) -> None:
    found = judged(520, 395, months(seed), last_year=Decimal(380), growth=0.05)
    assert found.verdict == "target"
    assert found.scores["target"] > 0.9
    asked = {row.measure: row for row in found.evidence if row.cause == "target"}
    assert (asked["target"].value, asked["target"].usual) == (520, 400)
    assert asked["probability"].value is not None and asked["probability"].value < 0.01
    growth = asked["target_growth"]
    assert growth.value == pytest.approx(140 / 380) and growth.usual == 0.05


COLLAPSED = {"value": 25.0, "done": 25.0, "won": 1.0, "lost": 14.0}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 300))
def test_a_team_whose_visits_and_win_rate_collapsed_is_named(seed: int) -> None:
    found = judged(405, 325, months(seed, South=COLLAPSED))
    assert found.verdict == "execution"
    assert found.teams[0] == "South"
    told = {row.measure: row for row in found.evidence if row.name == "South"}
    assert set(told) == {"actual", "activities_done", "win_rate_of_closed"}
    assert told["activities_done"].value == 25 and (told["activities_done"].usual or 0) > 50
    assert told["win_rate_of_closed"].value == pytest.approx(1 / 15)


def test_all_teams_down_alike_with_usual_work_is_the_market() -> None:
    found = judged(405, 300, months(1, everyone={"value": 75.0, "done": 62.0, "won": 7.0}))
    assert (found.verdict, found.teams) == ("market", ())
    down = next(row for row in found.evidence if row.measure == "teams_down")
    assert (down.value, down.usual) == (4, 4)


def test_a_market_of_the_usual_size_does_not_explain_it() -> None:
    seen = months(1, everyone={"value": 75.0, "done": 62.0, "won": 7.0})
    assert judged(405, 300, seen, market=(1000.0, 1000.0)).verdict == "cannot_tell"
    assert judged(405, 300, seen, market=(700.0, 1000.0)).verdict == "market"


def test_half_of_each_is_mixed() -> None:
    found = judged(445, 355, months(2, South=COLLAPSED | {"value": 60.0}, West={"value": 93.0},
                                    everyone={"value": 101.0}))  # fmt: skip
    assert found.scores["target"] == pytest.approx(0.5)
    assert found.verdict == "target"
    lower = judged(440, 355, months(2, South=COLLAPSED | {"value": 60.0}, West={"value": 60.0}))
    assert lower.verdict == "mixed"


@pytest.mark.parametrize("actual", [405, 500])
def test_a_target_that_was_reached_needs_no_cause(actual: int) -> None:
    found = judged(405, actual, months())
    assert (found.verdict, set(found.scores.values())) == ("reached", {0.0})


@pytest.mark.parametrize(
    "case",
    [
        pytest.param({"target": None}, id="no target"),
        pytest.param({"opening": replace(OPENING, thin=True)}, id="thin forecast"),
        pytest.param({"opening": replace(OPENING, p50=None, spread=None)}, id="no forecast"),
        pytest.param({"months": months().tail(12)}, id="two months of teams"),
        pytest.param({"months": months().iloc[:0]}, id="no teams"),
    ],
)
def test_thin_data_cannot_tell(case: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "target": Decimal(405), "actual": Decimal(325), "opening": OPENING,
        "months": months(South=COLLAPSED), "month": JUNE, "calendar": CALENDAR,
    }  # fmt: skip
    found = causes(**(given | case))
    assert found.verdict == "cannot_tell"
    assert found.teams == ()


def test_a_short_month_is_not_a_lazy_one() -> None:
    """Trap 7: February's activities are set against February's working days."""
    february = date(2026, 2, 1)
    seen = months()
    seen["month"] = [month_before(one, 4) for one in seen["month"]]
    last = seen["month"] == february
    seen.loc[last, "done"] = 44.0  # 16 working days of about 21
    seen.loc[last, "value"] = 80.0
    found = causes(Decimal(405), Decimal(320), OPENING, seen, february, CALENDAR)
    assert found.teams == ()
    assert found.verdict == "market"


def test_a_team_that_vanished_is_short_of_all_it_usually_brings() -> None:
    seen = months()
    gone = seen[~((seen["team"] == "West") & (seen["month"] == JUNE))]
    found = judged(405, 305, gone)
    assert found.teams[0] == "West"
    assert found.verdict == "execution"


def test_the_months_of_a_team_are_put_together_from_three_tables(engine: Engine) -> None:
    scope = Scope(month=JUNE, as_of=date(2026, 6, 30))
    day = date(2026, 6, 3)
    engine.add("reps", [{"rep": "Li", "team": "North"}, {"rep": "Wu", "team": "South"}])
    engine.add("orders", [
        {"order_id": "1", "line_no": "1", "order_date": day, "rep": "Li", "amount": 10},
        {"order_id": "2", "line_no": "1", "order_date": day, "amount": 5},
        {"order_id": "3", "line_no": "1", "order_date": day, "rep": "Li", "amount": 9,
         "status": "cancelled"},
    ])  # fmt: skip
    may = day - timedelta(days=20)
    engine.add("activities", [
        {"activity_id": "1", "rep": "Li", "planned_date": may, "activity_date": day,
         "status": "done"},
        {"activity_id": "2", "rep": "Li", "planned_date": day, "status": "planned"},
        {"activity_id": "3", "rep": "Li", "planned_date": day, "status": "cancelled"},
        {"activity_id": "4", "rep": "Wu", "activity_date": day},
    ])  # fmt: skip
    engine.add("deals", [
        {"deal_id": "1", "status": "won", "rep": "Wu", "closed_date": day},
        {"deal_id": "2", "status": "lost", "rep": "Wu", "closed_date": may},
        {"deal_id": "3", "status": "open", "rep": "Wu"},
    ])  # fmt: skip
    parts = [pd.DataFrame(engine.run(one(scope)))
             for one in (effort.sold, effort.activity, effort.decided)]  # fmt: skip
    found = effort.team_months(*parts)
    told = [tuple(row) for row in found.itertuples(index=False)]
    assert told == [
        (date(2026, 5, 1), "North", 0, 0, 1, 0, 0),
        (date(2026, 5, 1), "South", 0, 0, 0, 0, 1),
        (JUNE, "", 5, 0, 0, 0, 0),
        (JUNE, "North", 10, 1, 1, 0, 0),
        (JUNE, "South", 0, 1, 0, 1, 0),
    ]


@pytest.mark.parametrize(
    ("since", "usual"),
    [
        # Four teams with about 60 activities a month in each month that the list has.
        pytest.param(date(2025, 12, 1), 240, id="all six months"),
        pytest.param(date(2026, 3, 1), 240, id="three months"),
        pytest.param(date(2026, 4, 1), 240, id="two months"),
        pytest.param(date(2026, 5, 1), None, id="one month, with fewer working days"),
        pytest.param(date(2026, 6, 1), None, id="none before"),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_usual_activities_are_those_of_the_months_that_the_list_has(
    since: date, usual: int | None, dated: bool
) -> None:
    seen = months()
    seen["done"] = 60.0
    seen.loc[[day < since for day in seen["month"]], "done"] = 0.0
    verdict = judged(405, 325, seen, activities_since=since if dated else None)
    (row,) = (row for row in verdict.evidence if row.measure == "activities_done" and not row.name)
    assert row.value == 240
    if usual is None:
        assert row.usual is None
    else:
        # June has as many working days as a month of these, give or take a holiday.
        assert row.usual == pytest.approx(usual, rel=0.12)
    assert verdict.teams == ()


def test_a_list_that_begins_within_a_month_counts_from_its_first_day() -> None:
    seen = months()
    seen["done"] = 0.0
    seen.loc[[day == date(2026, 4, 1) for day in seen["month"]], "done"] = 30.0
    seen.loc[[day >= date(2026, 5, 1) for day in seen["month"]], "done"] = 60.0
    verdict = judged(405, 325, seen, activities_since=date(2026, 4, 16))
    days = working_days(CALENDAR, date(2026, 4, 16), date(2026, 5, 31))
    june = working_days(CALENDAR, JUNE, date(2026, 6, 30))
    (row,) = (row for row in verdict.evidence if row.measure == "activities_done" and not row.name)
    assert row.usual == pytest.approx(4 * 90 * june / days)


def test_without_any_activities_nothing_is_said_of_them() -> None:
    seen = months(South=COLLAPSED)
    seen["done"] = 0.0
    verdict = judged(405, 325, seen)
    assert [row for row in verdict.evidence if row.measure == "activities_done"] == []
