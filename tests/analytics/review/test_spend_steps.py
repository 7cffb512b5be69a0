from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.review.spend_steps import bend, steps


def months(*values: float) -> dict[date, float]:
    return {date(2025 + at // 12, at % 12 + 1, 1): value for at, value in enumerate(values)}


# spend   60  60 | 110 110 | 180 | 360 360        sales per step, a month:
# sales   400 440 | 700 720 | 1000 | 1100 1180    420, 710, 1000, 1140
SPEND = months(60, 60, 110, 110, 180, 360, 360)
SALES = months(400, 440, 700, 720, 1000, 1100, 1180)


def test_each_step_tells_what_its_extra_money_brought() -> None:
    found = steps(SPEND, SALES)
    assert list(found["spend"]) == [60, 110, 180, 360]
    assert list(found["sales"]) == [420, 710, 1000, 1140]
    assert found["more"].iloc[0] is None
    assert list(found["more"].iloc[1:]) == pytest.approx([290 / 50, 290 / 70, 140 / 180])


def test_where_more_money_brings_hardly_more_the_steps_bend() -> None:
    found = bend(steps(SPEND, SALES))
    assert found is not None
    assert (found.spend, found.below) == (180, pytest.approx(580 / 120))
    assert found.above == pytest.approx(140 / 180)


@pytest.mark.parametrize(
    ("spend", "sales"),
    [
        ((60, 110), (400, 700)),
        ((100, 200, 300), (500, 1000, 1500)),
        ((100, 200, 300), (900, 500, 400)),
        ((100, 105, 110), (1, 2, 3)),
        ((), ()),
    ],
    ids=["two steps", "a straight line", "less from the first", "one level", "nothing"],
)
def test_there_is_no_bend_to_tell_of(spend: tuple[float, ...], sales: tuple[float, ...]) -> None:
    assert bend(steps(months(*spend), months(*sales))) is None


def test_months_apart_with_the_same_spend_are_one_step_and_those_without_are_in_none() -> None:
    found = steps(months(50, 300, 0, 52), months(10, 60, 99, 14))
    assert [len(one) for one in found["months"]] == [2, 1]
    assert found["sales"].iloc[0] == 12


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 900)), min_size=1, max_size=20))
def test_every_month_is_in_one_step_and_the_money_is_all_there(
    pairs: list[tuple[int, int]],
) -> None:
    spend = months(*(float(one) for one, _ in pairs))
    sales = months(*(float(one) for _, one in pairs))
    found = steps(spend, sales)
    assert sorted(month for level in found["months"] for month in level) == sorted(spend)
    counts = found["months"].map(len)
    assert sum(found["spend"] * counts) == pytest.approx(sum(spend.values()))
    assert sum(found["sales"] * counts) == pytest.approx(sum(sales.values()))
    assert found["spend"].is_monotonic_increasing


def test_sales_that_are_not_known_are_not_zero() -> None:
    found = steps(SPEND, None)
    assert list(found["spend"]) == [60, 110, 180, 360]
    for column in ("sales", "extra_sales", "more"):
        assert found[column].isna().all()
    assert bend(found) is None
