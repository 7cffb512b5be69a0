from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.month_end import month_end, probability
from analytics.periods.calendar import selling_days
from analytics.periods.months import month_before
from analytics.periods.phasing import phased
from analytics.plan.outlook import history, target_at
from analytics.plan.phased_target import phase
from analytics.plan.splits import nested, rebalance, weights, window
from domain.scope import Scope

CALENDAR = selling_days(date(2024, 1, 1), date(2026, 12, 31), "CN")
MONEY = st.decimals("0", "99999999", places=2)
WEIGHT = st.integers(0, 1000)


def daily(start: date, end: date, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    days = [one.day for one in CALENDAR if one.selling and start <= one.day <= end]
    brought = 1000 * random.lognormal(0, 0.3, len(days))
    return pd.DataFrame({"date": days, "value": [Decimal(f"{value:.2f}") for value in brought]})


def test_history_has_a_row_a_month_and_adds_up_to_the_days() -> None:
    data = daily(date(2025, 1, 2), date(2026, 3, 18))
    found = history(data, date(2026, 3, 18))
    assert list(found["month"]) == [
        month_before(date(2026, 3, 1), back) for back in range(14, -1, -1)
    ]
    assert sum(found["value"]) == sum(data["value"])
    assert list(found["whole"]) == [True] * 14 + [False]
    january = found.iloc[12]
    assert january["last_year"] == found.iloc[0]["value"]
    assert january["change"] == pytest.approx(float(january["value"] / january["last_year"]) - 1)


def test_a_part_month_is_not_compared_with_a_whole_one() -> None:
    """Trap 7."""
    found = history(daily(date(2025, 3, 3), date(2026, 3, 18)), date(2026, 3, 18))
    assert pd.isna(found.iloc[-1]["change"])
    assert found.iloc[-1]["last_year"] == found.iloc[0]["value"]


def test_a_month_without_sales_is_there_with_nothing() -> None:
    days = [date(2026, 1, 20), date(2026, 3, 2)]
    found = history(pd.DataFrame({"date": days, "value": [Decimal(5), Decimal(7)]}), days[1])
    assert list(found["value"]) == [5, 0, 7]
    assert list(found["whole"]) == [False, True, False]
    assert history(found.iloc[:0].rename(columns={"month": "date"}), days[1]).empty


@pytest.mark.parametrize("as_of", [date(2026, 2, 28), date(2026, 2, 18), date(2026, 1, 31)])
def test_a_month_that_has_not_begun_has_a_band_and_a_probability(as_of: date) -> None:
    found = month_end(daily(date(2025, 1, 2), as_of), CALENDAR, date(2026, 3, 1), as_of)
    assert found.actual == 0
    assert found.p10 and found.p50 and found.p90
    assert 0 < found.p10 < found.p50 < found.p90
    assert 18_000 < found.p50 < 28_000  # 22 working days at about 1,046
    assert probability(found, found.p50) == pytest.approx(0.5, abs=1e-6)


def test_a_month_that_still_runs_does_not_count_as_a_whole_one() -> None:
    data = daily(date(2025, 1, 2), date(2026, 2, 28))
    half = data[data["date"] <= date(2026, 2, 14)]
    seen_then = month_end(half, CALENDAR, date(2026, 3, 1), date(2026, 2, 14))
    assert seen_then.months == 13
    assert seen_then == month_end(data, CALENDAR, date(2026, 3, 1), date(2026, 2, 14))


def test_looking_two_months_ahead_the_replays_do_not_know_the_month_between() -> None:
    as_of = date(2026, 2, 14)
    data = daily(date(2025, 1, 2), as_of)
    changed = data.copy()
    is_december = [day.month == 12 for day in changed["date"]]
    changed.loc[is_december, "value"] = [v * 9 for v in changed.loc[is_december, "value"]]
    before, after = (month_end(one, CALENDAR, date(2026, 3, 1), as_of) for one in (data, changed))
    assert before.track[-1].month == after.track[-1].month == date(2026, 1, 1)
    assert before.track[-1].forecast == after.track[-1].forecast


def test_the_band_of_a_month_to_come_holds_about_four_of_five() -> None:
    hits, as_of = 0, date(2026, 2, 14)
    for seed in range(40):
        data = daily(date(2025, 1, 2), date(2026, 3, 31), seed)
        found = month_end(data[data["date"] <= as_of], CALENDAR, date(2026, 3, 1), as_of)
        brought = sum(data[data["date"] >= date(2026, 3, 1)]["value"])
        assert found.p10 is not None and found.p90 is not None
        hits += found.p10 <= brought <= found.p90
    assert 27 <= hits <= 38


@pytest.mark.parametrize("months", [1, 2])
def test_with_little_history_there_is_no_target_of_a_probability(months: int) -> None:
    start, as_of = month_before(date(2026, 3, 1), months), date(2026, 2, 28)
    found = month_end(daily(start, as_of), CALENDAR, date(2026, 3, 1), as_of)
    assert found.thin and found.p50 is not None
    assert target_at(found, 0.5) is None


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.02, 0.98))
def test_the_target_of_a_probability_has_that_probability(seed: int, share: float) -> None:
    as_of = date(2026, 3, 11)
    found = month_end(daily(date(2025, 1, 2), as_of, seed), CALENDAR, date(2026, 3, 1), as_of)
    target = target_at(found, share)
    assert target is not None
    assert probability(found, target) == pytest.approx(share, abs=1e-3)


def test_a_month_that_is_over_has_only_its_actual() -> None:
    data = daily(date(2025, 1, 2), date(2026, 3, 31))
    found = month_end(data, CALENDAR, date(2026, 3, 1), date(2026, 3, 31))
    assert target_at(found, 0.9) == found.actual
    with pytest.raises(ValueError, match="between"):
        target_at(found, 1)


@settings(deadline=None)
@given(MONEY, st.sampled_from([date(2026, m, 1) for m in range(1, 13)]), st.integers(0, 6))
def test_the_parts_of_a_month_sum_to_it_to_the_cent(
    target: Decimal, month: date, starts: int
) -> None:
    own = tuple(one for one in CALENDAR if month <= one.day <= Scope(month, month).end)
    days = phase(target, own)
    for by in ("day", "week", "iso_week", "third"):
        found = phased(days, by, week_start=starts)
        assert sum(found["target"]) == target
        assert found["start"].iloc[0] == month and found["end"].iloc[-1] == own[-1].day
        gaps = zip(found["end"].iloc[:-1], found["start"].iloc[1:], strict=True)
        assert all(start - end == timedelta(days=1) for end, start in gaps)


def test_weeks_and_tens_are_cut_where_people_cut_them() -> None:
    march = {date(2026, 3, day): Decimal(day) for day in range(1, 32)}  # 1 March is a Sunday
    assert list(phased(march, "third")["part"]) == ["first", "middle", "last"]
    assert list(phased(march, "third")["target"]) == [55, 155, sum(range(21, 32))]
    assert list(phased(march, "week")["part"]) == ["1", "2", "3", "4", "5", "6"]
    assert list(phased(march, "week", week_start=6)["part"]) == ["1", "2", "3", "4", "5"]
    assert list(phased(march, "iso_week")["part"])[:2] == ["2026-W09", "2026-W10"]
    with pytest.raises(ValueError, match="no part"):
        phased(march, "fortnight")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("even", None),
        ("last_year", (date(2025, 2, 1), date(2025, 2, 28))),
        ("twelve_months", (date(2025, 2, 1), date(2026, 1, 31))),
    ],
)
def test_what_a_split_looks_back_on(basis: str, expected: object) -> None:
    assert window(date(2026, 2, 1), basis) == expected  # type: ignore[arg-type]


def test_returns_that_outweigh_sales_weigh_nothing_and_nothing_at_all_is_even() -> None:
    brought = pd.DataFrame({"rep": ["Li", "Wu", None], "value": [Decimal(5), Decimal(-9), 3]})
    assert weights(["Li", "Wu", "Xu"], brought) == {"Li": 5, "Wu": 0, "Xu": 0}
    assert weights(["Wu", "Xu"], brought) == weights(["Wu", "Xu"]) == {"Wu": 1, "Xu": 1}


NAMES = st.dictionaries(st.sampled_from("abcdefgh"), WEIGHT, min_size=1)
LOCKED = st.dictionaries(st.sampled_from("abcdefgh"), MONEY, max_size=4)


@settings(deadline=None)
@given(MONEY, NAMES, LOCKED)
def test_locked_cells_stay_and_the_sum_is_exact(
    total: Decimal, weigh: dict[str, int], locked: dict[str, Decimal]
) -> None:
    found = rebalance(total, weigh, locked)
    held = {name: value for name, value in locked.items() if name in weigh}
    assert {name: found.parts[name] for name in held} == held
    assert list(found.parts) == list(weigh)
    assert sum(found.parts.values()) + found.left == total
    possible = len(held) < len(weigh) and sum(held.values()) <= total
    assert not possible or found.left == 0
    assert all(value >= 0 for value in found.parts.values())


TEAMS = st.dictionaries(
    st.sampled_from(("North", "South", "West")),
    st.dictionaries(st.sampled_from("abcd"), WEIGHT, min_size=1),
    min_size=1,
).map(lambda teams: {t: {f"{t}-{r}": w for r, w in reps.items()} for t, reps in teams.items()})


@settings(deadline=None)
@given(MONEY, TEAMS, st.data())
def test_every_level_sums_to_the_one_above(
    total: Decimal, teams: dict[str, dict[str, int]], data: st.DataObject
) -> None:
    people = [rep for reps in teams.values() for rep in reps]
    hold_teams = data.draw(st.dictionaries(st.sampled_from(sorted(teams)), MONEY, max_size=2))
    hold_reps = data.draw(st.dictionaries(st.sampled_from(people), MONEY, max_size=3))
    found = nested(total, teams, locked_teams=hold_teams, locked_reps=hold_reps)
    assert sum(found.teams.parts.values()) + found.teams.left == total
    for team, reps in found.reps.items():
        assert sum(reps.parts.values()) + reps.left == found.teams.parts[team]
        assert reps.left == 0 or team in hold_teams
    told = {rep: value for reps in found.reps.values() for rep, value in reps.parts.items()}
    assert all(told[rep] == value for rep, value in hold_reps.items())
    assert all(found.teams.parts[team] == value for team, value in hold_teams.items())


@settings(deadline=None)
@given(MONEY, TEAMS)
def test_without_locks_nothing_is_left_at_any_level(
    total: Decimal, teams: dict[str, dict[str, int]]
) -> None:
    found = nested(total, teams)
    assert found.teams.left == 0
    assert all(one.left == 0 for one in found.reps.values())


def test_locks_that_ask_for_more_than_there_is_say_by_how_much() -> None:
    found = rebalance(Decimal(100), {"a": 1, "b": 1}, {"a": Decimal(130)})
    assert (found.parts, found.left) == ({"a": 130, "b": 0}, -30)
    teams = nested(Decimal(100), {"N": {"a": 1}, "S": {"b": 1}}, locked_teams={"N": Decimal(60)},
                   locked_reps={"a": Decimal(50)})  # fmt: skip
    assert teams.teams.parts == {"N": 60, "S": 40}
    # Trap 12: the team's own target and its people's sum, and the difference.
    assert teams.reps["N"].left == 10
