from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.month_end import probability
from analytics.periods.calendar import selling_days
from analytics.review.response import (
    Curve,
    adstock,
    channel_curves,
    lift,
    response_curve,
    saturation,
)
from analytics.tracking.standing import Standing, standing
from analytics.whatif.drivers import Drivers, from_link, moved_to, to_link, value_of
from analytics.whatif.pipeline_left import most_open, new_share, places
from analytics.whatif.rest import Baseline, Place
from analytics.whatif.simulate import baseline, drivers_of, goal_seek, outcome, tornado
from domain.errors import FilterError
from domain.scope import Scope
from tests.analytics.engine import Engine

CALENDAR = selling_days(date(2024, 12, 1), date(2026, 12, 31), "CN")
MARCH = date(2026, 3, 1)
STAGES = ("Lead", "Proposal", "Offer")
PLACES = (
    Place(None, 0.2, STAGES),
    Place("Lead", 0.1, STAGES),
    Place("Proposal", 0.3, STAGES[1:]),
    Place("Offer", 0.4, STAGES[2:]),
)
WEB = Curve("web", 100.0, 100.0, 1.0, 50.0, 150.0, True)


def stood(
    seed: int = 1, day: int = 12, start: date = date(2025, 1, 1), target: int | None = 25_000
) -> Standing:
    random = np.random.default_rng(seed)
    as_of = MARCH + timedelta(days=day - 1)
    days = [one.day for one in CALENDAR if one.selling and start <= one.day <= as_of]
    values = [Decimal(f"{v:.2f}") for v in 1000 * random.lognormal(0, 0.4, len(days))]
    daily = pd.DataFrame({"date": days, "value": values})
    wanted = None if target is None else Decimal(target)
    return standing(daily, CALENDAR, wanted, MARCH, as_of)


def full(**more: Any) -> Baseline:
    known: dict[str, Any] = {"places": PLACES, "curves": ((0.5, WEB),)}
    return baseline(stood(), **(known | more))


DRIVERS = (
    "leads", "win_rate", "deal_size", "price", "cycle", "heads",
    "stage:Lead", "stage:Proposal", "stage:Offer", "budget:web",
)  # fmt: skip
MOVES = st.lists(st.tuples(st.sampled_from(DRIVERS), st.floats(0.2, 3.0)), max_size=6)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 5000),
    st.integers(0, 31),
    st.sampled_from([date(2025, 1, 1), date(2026, 1, 5), MARCH]),
    st.none() | st.integers(0, 60_000),
    st.booleans(),
)
def test_with_nothing_moved_it_is_the_week_pages_forecast_to_the_last_digit(
    seed: int, day: int, start: date, target: int | None, known: bool
) -> None:
    seen = stood(seed, day, start, target)
    more: dict[str, Any] = {"places": PLACES, "curves": ((0.5, WEB),), "most_open": 1.3}
    found = outcome(baseline(seen, **(more if known else {})), Drivers())
    assert (found.p10, found.p50, found.p90) == (
        seen.forecast.p10, seen.forecast.p50, seen.forecast.p90,
    )  # fmt: skip
    assert found.probability == seen.probability
    assert found.gap == seen.gap
    assert (found.rest, found.held) == (1.0, ())


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_moving_and_moving_back_gives_the_same_figures(moves: list[tuple[str, float]]) -> None:
    base = full(most_open=1.5)
    there = Drivers()
    for driver, value in moves:
        there = moved_to(there, driver, value)
    back = there
    for driver, _ in moves:
        back = moved_to(back, driver, 1.0)
    assert back == Drivers()
    assert outcome(base, back) == outcome(base, Drivers())
    assert from_link(to_link(there)) == there


def rest(base: Baseline, drivers: Drivers) -> float:
    found, plain = outcome(base, drivers), outcome(base, Drivers())
    actual = base.forecast.actual
    assert found.p50 is not None and plain.p50 is not None
    assert found.rest == pytest.approx(float((found.p50 - actual) / (plain.p50 - actual)), abs=1e-6)
    return found.rest


@pytest.mark.parametrize(
    ("moved", "factor"),
    [
        ({"price": 1.1}, 1.1),
        ({"deal_size": 0.9}, 0.9),
        ({"win_rate": 1.2, "price": 1.1}, 1.32),
        ({"leads": 2.0}, 1.2),  # a fifth of the rest is still to be created
        ({"stage:Lead": 1.5}, 1 + 0.5 * 0.3),
        ({"stage:Proposal": 1.5}, 1 + 0.5 * 0.6),
        ({"stage:Offer": 1.5}, 1.5),
        ({"leads": 2.0, "stage:Lead": 0.5}, 1 + 0.2 * 0 + 0.1 * -0.5),
        ({"heads": 0.9}, 0.9),
        ({"heads": 1.1}, 1 + 0.1 * (19 / 2 / 90)),
        ({"cycle": 0.9}, 1 / 0.9),
        ({"budget:web": 1.5}, 1 + 0.2 * 0.5 * (0.6 / 0.5 - 1)),
    ],
    ids=lambda given: "+".join(given) if isinstance(given, dict) else None,
)
def test_a_driver_moves_the_parts_of_the_rest_that_it_can_still_reach(
    moved: dict[str, float], factor: float
) -> None:
    drivers = Drivers()
    for driver, value in moved.items():
        drivers = moved_to(drivers, driver, value)
    assert rest(full(), drivers) == pytest.approx(factor)


def test_a_cycle_a_tenth_shorter_brings_a_ninth_more_where_it_applies() -> None:
    everything = baseline(stood())
    assert rest(everything, Drivers(cycle=0.9)) - 1 == pytest.approx(0.111, abs=5e-4)


def test_an_open_deal_is_not_won_twice() -> None:
    found = outcome(full(most_open=1.05), Drivers(cycle=0.5))
    assert found.rest == pytest.approx(0.2 * 2 + 0.8 * 1.05)
    assert found.held == ("cycle",)


def test_a_rate_does_not_rise_above_one() -> None:
    base = full(rates={"win_rate": 0.8, "stage:Offer": 0.5})
    found = outcome(base, moved_to(Drivers(win_rate=2.0), "stage:Offer", 1.9))
    assert found.rest == pytest.approx(1.25 * 1.9)
    assert found.held == ("win_rate",)


def test_money_never_seen_before_is_not_believed() -> None:
    more, most = (outcome(full(), Drivers(budget=(("web", by),))) for by in (1.5, 4.0))
    assert most.p50 == more.p50
    assert (more.held, most.held) == ((), ("budget:web",))


def test_the_band_widens_and_the_probability_goes_with_the_rest() -> None:
    base = full()
    plain, more = outcome(base, Drivers()), outcome(base, Drivers(price=1.5))
    assert plain.p10 and plain.p90 and more.p10 and more.p90
    assert more.p90 - more.p10 > plain.p90 - plain.p10
    assert plain.probability is not None and more.probability is not None
    assert more.probability > plain.probability
    nothing = outcome(base, Drivers(price=0.0))
    assert nothing.p10 == nothing.p50 == nothing.p90 == base.forecast.actual
    assert nothing.probability == 0


def test_the_probability_is_that_of_the_scaled_rest() -> None:
    base = full()
    target = base.target or Decimal(0)
    moved = outcome(base, Drivers(price=1.25))
    # The same question of the unmoved rest: a fifth less is missing.
    same = base.forecast.actual + (target - base.forecast.actual) / Decimal("1.25")
    assert moved.probability == pytest.approx(probability(base.forecast, same))


def test_the_tornado_has_every_driver_the_widest_first() -> None:
    base = full()
    found = tornado(base)
    assert set(found["driver"]) == set(drivers_of(base)) == set(DRIVERS)
    assert list(found["swing"]) == sorted(found["swing"], reverse=True)
    assert found.iloc[-1]["driver"] == "budget:web"
    cycle = found.set_index("driver").loc["cycle"]
    assert cycle["low"] > cycle["high"]  # fewer days bring more


@pytest.mark.parametrize("driver", DRIVERS)
def test_what_it_takes_is_enough_and_hardly_more(driver: str) -> None:
    base = full()
    p50 = outcome(base, Drivers()).p50 or Decimal(0)
    goal = base.forecast.actual + (p50 - base.forecast.actual) * Decimal("1.005")
    found = goal_seek(base, driver, goal)
    assert found.value is not None and found.reason is None
    reached = outcome(base, moved_to(Drivers(), driver, found.value)).p50
    assert reached is not None
    assert 0 <= reached - goal < 1


def test_what_it_takes_may_be_too_much_or_nothing_at_all() -> None:
    base = full()
    assert goal_seek(base, "leads", Decimal(10**9)).reason == "out_of_reach"
    assert goal_seek(base, "price", base.forecast.actual).reason == "reached"
    assert goal_seek(baseline(stood()), "budget:tv", Decimal(10**9)).reason == "no_effect"
    assert goal_seek(baseline(stood(target=None)), "price").reason == "no_target"
    assert goal_seek(baseline(stood(day=31)), "price").reason == "over"
    assert goal_seek(baseline(stood(day=0, start=MARCH)), "price").reason == "no_forecast"


@pytest.mark.parametrize(
    "link",
    [{"luck": "1.1"}, {"leads": "much"}, {"leads": "nan"}, {"cycle": "0"}, {"price": "-1"},
     {"stage:": "1"}, {"heads": "99"}],
    ids=str,
)  # fmt: skip
def test_a_link_that_names_no_driver_or_no_factor_is_refused(link: dict[str, str]) -> None:
    with pytest.raises(FilterError):
        from_link(link)


def test_a_link_holds_only_what_is_moved() -> None:
    drivers = moved_to(moved_to(Drivers(leads=1.25), "stage:报价", 0.9), "budget:web", 1.1)
    assert to_link(drivers) == {"leads": "1.25", "stage:报价": "0.9", "budget:web": "1.1"}
    assert value_of(drivers, "stage:报价") == 0.9
    assert to_link(Drivers()) == {}


def test_saturation_is_a_half_at_ec_and_less_for_each_next_yuan() -> None:
    assert saturation(100, 100, 2.3) == 0.5
    assert saturation(0, 100, 2.3) == 0
    assert lift(WEB, 1.0).factor == 1.0
    first, second = lift(WEB, 1.2).factor - 1, lift(WEB, 1.4).factor - lift(WEB, 1.2).factor
    assert 0 < second < first


def test_adstock_keeps_the_money_and_moves_it_later() -> None:
    pulse = [0.0] * 6 + [100.0] + [0.0] * 12
    stocked = adstock(pulse, 0.5)
    assert stocked.sum() == pytest.approx(100)
    assert len(stocked) == len(pulse)
    assert stocked[6] > stocked[7] > stocked[8] > 0
    assert list(adstock([5.0] * 8, 0.3)) == pytest.approx([5.0] * 8)


def test_under_two_years_nothing_is_fitted() -> None:
    spend, revenue = [80.0, 120.0, 100.0], [8.0, 9.0, 8.5]
    found = response_curve("web", spend, revenue)
    assert found == Curve("web", 100.0, 100.0, 1.0, 80.0, 120.0, True)
    own = response_curve("web", spend, revenue, ec=50.0, slope=2.0)
    assert own is not None and (own.ec, own.slope) == (50.0, 2.0)
    assert response_curve("web", [5.0, 0.0, 0.0, 0.0], [1.0] * 4) is None
    assert response_curve("web", [], []) is None


def test_two_years_of_saturation_are_found_again() -> None:
    random = np.random.default_rng(3)
    spend = list(random.uniform(20, 300, 36))
    revenue = [1000 * saturation(x, 120, 1.5) + 50 for x in spend]
    found = response_curve("web", spend, revenue)
    assert found is not None and not found.thin
    real = Curve("web", sum(spend[-3:]) / 3, 120, 1.5, min(spend), max(spend), False)
    assert lift(found, 1.2).factor == pytest.approx(lift(real, 1.2).factor, rel=0.03)


def test_channels_get_their_part_of_the_money_and_the_users_curve() -> None:
    spent = pd.DataFrame(
        [(date(2026, m, 1), name, Decimal(10 * m)) for m in (1, 2, 3) for name in ("web", "fair")],
        columns=["month", "name", "spend"],
    )
    brought = pd.DataFrame(
        [(date(2026, m, 1), name, Decimal(v)) for m in (1, 2, 3)
         for name, v in (("web", 30), ("shop", 60), (None, 10))],
        columns=["month", "name", "value"],
    )  # fmt: skip
    found = channel_curves(spent, brought, MARCH, {"web": (7.0, 2.0)})
    assert found == (
        (0.0, Curve("fair", 15.0, 15.0, 1.0, 10.0, 20.0, True)),
        (0.3, Curve("web", 15.0, 7.0, 2.0, 10.0, 20.0, True)),
    )
    assert channel_curves(spent.iloc[:0], brought, MARCH) == ()
    # The sales begin in February: what January's 10 brought, nobody knows.
    late = brought[[month > date(2026, 1, 1) for month in brought["month"]]]
    (_part, fair), _web = channel_curves(spent, late, MARCH)
    assert (fair.spend, fair.lowest) == (20.0, 20.0)


def test_months_after_a_list_of_spend_ends_are_not_months_without_spend() -> None:
    """Spend 10 and 20 in January and February; sales go on to June."""
    spent = pd.DataFrame(
        [(date(2026, m, 1), "web", Decimal(10 * m)) for m in (1, 2)],
        columns=["month", "name", "spend"],
    )
    brought = pd.DataFrame(
        [(date(2026, m, 1), "web", Decimal(30)) for m in range(1, 7)],
        columns=["month", "name", "value"],
    )
    ((part, web),) = channel_curves(spent, brought, date(2026, 7, 1))
    assert (part, web.spend, web.lowest, web.highest) == (1.0, 15.0, 10.0, 20.0)
    # With spend of another channel in June, the list goes on: the web had none since March.
    longer = pd.concat(
        [spent, pd.DataFrame([(date(2026, 6, 1), "fair", Decimal(9))], columns=spent.columns)]
    )
    curves = [curve for _part, curve in channel_curves(longer, brought, date(2026, 7, 1))]
    assert [(curve.channel, curve.spend) for curve in curves] == [("fair", 3.0)]


def by_stage(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["status", "stage", "value", "list_price_value"])


def test_open_deals_weigh_their_money_times_their_chance() -> None:
    stages = by_stage(("open", "Lead", 100, 20), ("open", "Offer", 60, 0), ("won", "Won", 9, 0))
    found = places(stages, ("Lead", "Offer", "Won"), {"Lead": 0.5, "Offer": None}, 0.25)
    assert [(one.stage, one.ahead) for one in found] == [
        (None, ("Lead", "Offer")), ("Lead", ("Lead", "Offer")), ("Offer", ("Offer",)),
    ]  # fmt: skip
    assert [one.share for one in found] == [0.25, 0.75 * 0.5, 0.75 * 0.5]
    unknown = places(stages, ("Lead", "Offer", "Won"), {}, None)
    assert unknown == (Place(None, 1.0, ("Lead", "Offer")),)
    assert most_open(stages, 120.0, 0.25) == 2.0
    assert most_open(stages, 900.0, None) == 1.0
    assert most_open(stages, None, None) == float("inf")


def test_the_share_of_deals_to_come_is_that_of_short_cycles(engine: Engine) -> None:
    day = date(2026, 2, 20)
    for number, (cycle, amount) in enumerate([(4, 100), (60, 300)]):
        created = day - timedelta(days=cycle)
        won = {"status": "won", "created_date": created, "closed_date": day, "amount": amount}
        engine.add("deals", [{"deal_id": str(number)} | won])
    scope = Scope(month=MARCH, as_of=date(2026, 3, 11), source="deals")
    assert engine.one(new_share(scope, 20))["share"] == pytest.approx(100 * (1 - 5 / 20) / 400)
    assert engine.one(new_share(scope, 0))["share"] == 0
    before = Scope(month=MARCH, as_of=date(2020, 3, 11), source="deals")
    assert engine.one(new_share(before, 20))["share"] is None
