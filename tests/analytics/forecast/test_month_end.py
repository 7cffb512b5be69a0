from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast import backtest, blend
from analytics.forecast.month_end import Forecast, band, month_end, probability
from analytics.periods.calendar import Calendar, selling_days
from analytics.periods.months import whole_months
from analytics.periods.season import season_index

START, MONTH, END = date(2025, 1, 1), date(2026, 3, 1), date(2026, 3, 31)
CALENDAR = selling_days(START, END, "CN")


def daily(seed: int, start: date = START, end: date = END, lumpy: float = 0.3) -> pd.DataFrame:
    """Working days that bring about 1000 each, from `start` to `end`."""
    random = np.random.default_rng(seed)
    days = [one.day for one in CALENDAR if one.selling and start <= one.day <= end]
    brought = 1000 * random.lognormal(0, lumpy, len(days))
    return pd.DataFrame({"date": days, "value": [Decimal(f"{value:.2f}") for value in brought]})


def seen(data: pd.DataFrame, as_of: date) -> Forecast:
    return month_end(data, CALENDAR, MONTH, as_of)


@pytest.mark.parametrize(
    ("start", "month", "as_of", "first", "last", "count"),
    [
        ((2025, 1), (2026, 3), date(2026, 2, 28), (2025, 3), (2026, 2), 12),
        ((2025, 1), (2026, 3), date(2026, 2, 20), (2025, 2), (2026, 1), 12),
        ((2025, 1), (2026, 3), date(2026, 3, 1), (2025, 3), (2026, 2), 12),
        ((2025, 9), (2025, 10), date(2025, 10, 7), (2025, 9), (2025, 9), 1),
        ((2025, 8), (2025, 12), date(2025, 11, 28), (2025, 8), (2025, 10), 3),
        ((2025, 1), (2026, 3), date(2026, 3, 2), None, None, 0),
        ((2025, 9), (2025, 10), date(2025, 10, 9), None, None, 0),
        ((2025, 9), (2025, 9), date(2025, 9, 3), None, None, 0),
    ],
    ids=[
        "the eve", "a month that runs before it", "a Sunday", "a week of holidays",
        "three months, a running one between", "a selling day over", "after the holidays",
        "no past month",
    ],
)  # fmt: skip
def test_a_month_without_a_selling_day_rests_on_the_months_before(
    start: tuple[int, int],
    month: tuple[int, int],
    as_of: date,
    first: tuple[int, int] | None,
    last: tuple[int, int] | None,
    count: int,
) -> None:
    found = month_end(daily(3, date(*start, 1)), CALENDAR, date(*month, 1), as_of)
    assert len(found.rests_on) == count
    if first and last:
        assert (found.rests_on[0], found.rests_on[-1]) == (date(*first, 1), date(*last, 1))


def whole(data: pd.DataFrame) -> Decimal:
    return sum(data[data["date"] >= MONTH]["value"], Decimal(0))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 31), st.floats(0, 3))
def test_the_band_is_in_order_and_not_below_what_is_in(seed: int, day: int, lumpy: float) -> None:
    found = seen(daily(seed, lumpy=lumpy), MONTH + timedelta(days=day - 1))
    assert found.p10 is not None
    assert found.p50 is not None
    assert found.p90 is not None
    assert found.actual <= found.p10 <= found.p50 <= found.p90


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(0, 31),
    st.lists(st.decimals("-1000", "60000", places=2), min_size=2, max_size=8),
)
def test_a_higher_target_is_never_more_probable(
    seed: int, day: int, targets: list[Decimal]
) -> None:
    found = seen(daily(seed), MONTH + timedelta(days=day - 1))
    chances = [probability(found, target) for target in sorted(targets)]
    known = [chance for chance in chances if chance is not None]
    assert known == sorted(known, reverse=True)
    assert len(known) == len(targets)
    assert all(0 <= chance <= 1 for chance in known)
    assert probability(found, found.actual) == 1


def test_the_probability_of_the_three_figures_is_what_their_names_say() -> None:
    found = seen(daily(1), date(2026, 3, 11))
    for target, expected in ((found.p10, 0.9), (found.p50, 0.5), (found.p90, 0.1)):
        assert target is not None
        assert probability(found, target) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("as_of", [END, date(2026, 4, 20)])
def test_a_month_that_is_over_is_its_actual(as_of: date) -> None:
    data = daily(2)
    found = seen(data, as_of)
    assert found.p10 == found.p50 == found.p90 == found.actual == whole(data)
    assert (found.method, found.thin) == ("actual", False)
    assert probability(found, found.actual) == 1
    assert probability(found, found.actual + 1) == 0
    assert band(found).empty


def test_what_comes_after_the_day_is_not_looked_at() -> None:
    as_of = date(2026, 3, 12)
    data = daily(3)
    known = data[data["date"] <= as_of]
    assert seen(data, as_of) == seen(known, as_of) == seen(data, as_of)


def test_every_replay_knows_only_the_months_before_it() -> None:
    as_of = date(2026, 3, 12)
    data = daily(4)
    changed = data.copy()
    late = changed["date"] >= date(2025, 12, 1)
    changed.loc[late, "value"] = [value * 9 for value in changed.loc[late, "value"]]
    before = [one for one in seen(data, as_of).track if one.month < date(2025, 12, 1)]
    after = [one for one in seen(changed, as_of).track if one.month < date(2025, 12, 1)]
    assert before == after
    assert len(before) == 10


def test_a_steady_history_is_foreseen_exactly() -> None:
    data = daily(0, lumpy=0)
    found = seen(data, date(2026, 3, 13))
    assert found.p50 == whole(data)
    assert found.wape == pytest.approx(0, abs=1e-9)
    assert probability(found, whole(data) - 1) == 1


def test_a_month_twice_as_good_so_far_is_foreseen_above_the_usual_and_below_twice() -> None:
    data = daily(0, lumpy=0)
    data["value"] = [
        value * (2 if day >= MONTH else 1)
        for day, value in zip(data["date"], data["value"], strict=True)
    ]
    found = seen(data, date(2026, 3, 13))
    assert found.p50 is not None
    assert 32_000 < found.p50 < 44_000


@pytest.mark.parametrize(("months", "thin"), [(1, True), (2, True), (3, False)])
def test_less_than_three_months_are_called_thin_and_have_no_band(months: int, thin: bool) -> None:
    start = date(2025, 12, 1) if months == 3 else date(2026, 3 - months, 1)
    found = seen(daily(5, start=start), date(2026, 3, 12))
    assert (found.months, found.thin) == (months, thin)
    assert found.p50 is not None
    assert (found.p10 is None) is (found.p90 is None) is thin
    assert (probability(found, Decimal(20_000)) is None) is thin
    assert not band(found)["p50"].isna().any()
    assert band(found)["p10"].isna().all() == thin


def test_the_first_month_alone_goes_on_as_it_began() -> None:
    data = daily(0, start=MONTH, lumpy=0)
    found = seen(data, date(2026, 3, 6))
    assert (found.method, found.thin, found.actual, found.p50) == ("run_rate", True, 5000, 22_000)


def test_nothing_known_is_no_forecast() -> None:
    found = seen(daily(0).iloc[:0], date(2026, 2, 28))
    assert (found.p10, found.p50, found.p90, found.method) == (None, None, None, "none")
    assert probability(found, Decimal(1)) is None
    assert band(found).empty


def test_a_history_of_zeros_foresees_zero() -> None:
    data = daily(6)
    data["value"] = Decimal(0)
    found = seen(data, date(2026, 3, 12))
    assert (found.p10, found.p50, found.p90) == (0, 0, 0)
    assert probability(found, Decimal(1)) == 0
    assert found.wape is None


@pytest.mark.parametrize(
    ("months", "quiet", "left"),
    [
        # What each past month brought a selling day, its quiet last days, and the days left now.
        ((1000, 900, 2000), 2, 2),
        ((1000, 900, 2000), 2, 1),
        ((1000, 1000, 1000), 3, 3),
        ((500, 1000, 4000), 1, 1),
        ((3000, 1000, 1000, 1000), 2, 2),
        ((1000,) * 12, 2, 2),
    ],
)
def test_days_left_bring_something_though_the_last_ones_of_past_months_brought_little(
    months: tuple[int, ...], quiet: int, left: int
) -> None:
    rows: list[tuple[date, Decimal]] = []
    for ago, rate in enumerate(reversed(months), 1):
        year, month = divmod(2026 * 12 + 2 - ago, 12)
        days = [
            one.day
            for one in CALENDAR
            if one.selling and (one.day.year, one.day.month) == (year, month + 1)
        ]
        rows += [(day, Decimal(rate)) for day in days[:-quiet]]
        rows += [(day, Decimal(0)) for day in days[-quiet:]]
    own = [one.day for one in CALENDAR if one.selling and one.day >= MONTH]
    rows += [(day, Decimal(1000)) for day in own[:-left]]
    data = pd.DataFrame(sorted(rows), columns=["date", "value"])
    forecast = seen(data, own[-left - 1])
    assert forecast.p10 is not None and forecast.p50 is not None and forecast.p90 is not None
    assert forecast.actual <= forecast.p10 <= forecast.p50 <= forecast.p90
    # More than nothing, and no more than as many days as the best ones were.
    assert 0 < forecast.p50 - forecast.actual < left * max(*months, 1000)


def test_returns_that_outweigh_sales_may_lower_the_month() -> None:
    data = daily(7)
    late = [day.day >= 25 for day in data["date"]]
    data.loc[late, "value"] = [-5 * value for value in data.loc[late, "value"]]
    found = seen(data, date(2026, 3, 24))
    assert found.p50 is not None
    assert found.p50 < found.actual


def test_the_path_starts_at_the_actual_and_ends_at_the_forecast() -> None:
    found = seen(daily(8), date(2026, 3, 12))
    path = band(found)
    assert list(path["date"]) == [date(2026, 3, day) for day in range(12, 32)]
    assert list(path.iloc[0, 1:]) == pytest.approx([float(found.actual)] * 3)
    assert list(path.iloc[-1, 1:]) == pytest.approx(
        [float(mark) for mark in (found.p10, found.p50, found.p90) if mark is not None]
    )
    for name in ("p10", "p50", "p90"):
        assert path[name].is_monotonic_increasing
    assert (path["p10"] <= path["p50"]).all()


def test_the_band_holds_about_four_months_of_five() -> None:
    hits = 0
    for seed in range(60):
        data = daily(seed, lumpy=0.6)
        found = seen(data, date(2026, 3, 12))
        assert found.p10 is not None
        assert found.p90 is not None
        hits += found.p10 <= whole(data) <= found.p90
    assert 42 <= hits <= 58


def test_a_history_that_begins_in_mid_month_counts_from_the_next() -> None:
    months = whole_months(daily(9, start=date(2025, 10, 20)), CALENDAR, MONTH)
    assert [one.start.month for one in months] == [11, 12, 1, 2]


def test_a_day_that_comes_twice_and_a_calendar_too_short_are_refused() -> None:
    data = daily(9)
    with pytest.raises(ValueError, match="one row a day"):
        seen(pd.concat([data, data]), date(2026, 3, 12))
    march: Calendar = tuple(one for one in CALENDAR if one.day >= MONTH)
    with pytest.raises(ValueError, match="calendar"):
        month_end(data, march, MONTH, date(2026, 3, 12))


def rates(years: int, december: float = 2.0) -> list[tuple[date, float]]:
    return [
        (date(2020 + year, month, 1), 1000.0 * (year + 1) * (december if month == 12 else 1))
        for year in range(years)
        for month in range(1, 13)
    ]


def test_the_season_is_shrunk_and_free_of_growth() -> None:
    index = season_index(rates(2))
    plain = {month: 12 / 13 * (2 if month == 12 else 1) for month in range(1, 13)}
    assert sum(index.values()) == pytest.approx(12)
    for month, value in index.items():
        assert value == pytest.approx(1 + 2 / 3 * (plain[month] - 1))


@pytest.mark.parametrize("history", [[], rates(1), rates(2)[:-1], [(d, 0.0) for d, _ in rates(3)]])
def test_without_two_years_there_is_no_season(history: list[tuple[date, float]]) -> None:
    assert set(season_index(history).values()) == {1.0}


US = selling_days(date(2025, 1, 1), END, "US")
# Month of 2025, or of 2026 from 13 on → what a rep sold on its 20th.
STEADY = {9: 18_000, 10: 22_000, 11: 25_000, 12: 30_000, 13: 24_000, 14: 26_000}
BEGINNERS = {
    "deals at nothing first": {1: 0, **STEADY},
    "a test deal of a dollar": {1: 1, 2: 1, **STEADY},
    "a refund first": {1: -300, **STEADY},
    "cents for three months": {1: 0.05, 2: 0.05, 3: 0.05, **STEADY},
    "a pause of half a year": {1: 20_000, 2: 0, **STEADY},
    "one deal in a year": {1: 0, 14: 40_000},
    "two months only": {1: 0, 13: 500, 14: 90_000},
}


@pytest.mark.parametrize("months", BEGINNERS.values(), ids=BEGINNERS)
@pytest.mark.parametrize("as_of", [date(2026, 2, 28), date(2026, 3, 3), date(2026, 3, 26)])
def test_who_sold_next_to_nothing_at_first_is_not_foreseen_in_millions(
    months: dict[int, float], as_of: date
) -> None:
    rows = [(date(2025 + (m - 1) // 12, (m - 1) % 12 + 1, 20), v) for m, v in months.items()]
    data = pd.DataFrame(
        {"date": [day for day, _ in rows], "value": [Decimal(str(v)) for _, v in rows]}
    )
    found = month_end(data, US, MONTH, as_of)
    best = max(months.values())
    assert found.method == "refused" or (found.p50 is not None and float(found.p50) <= 2 * best)
    assert found.p90 is None or float(found.p90) <= 10 * best


def test_a_forecast_of_many_times_the_best_month_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data, as_of = daily(5), date(2026, 3, 12)
    rest = blend.rest
    monkeypatch.setattr(blend, "rest", lambda *seen: 20 * rest(*seen))
    monkeypatch.setattr(backtest, "replayed", lambda *_seen: ((), []))
    found = seen(data, as_of)
    assert (found.method, found.thin) == ("refused", True)
    assert (found.p10, found.p50, found.p90) == (None, None, None)
    assert probability(found, Decimal(1000)) is None and band(found).empty
