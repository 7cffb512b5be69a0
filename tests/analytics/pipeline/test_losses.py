from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.pipeline.losses import compared, lost, lost_deals, risen
from domain.scope import Scope
from tests.analytics.engine import Engine

SCOPE = Scope(month=date(2026, 3, 1), as_of=date(2026, 3, 31), source="deals")
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def deals(engine: Engine) -> Engine:
    rows = (
        ("a", "lost", date(2026, 1, 5), "Ruisen", 10, "CNY", "Li"),
        ("b", "lost", date(2026, 3, 31), "Ruisen", 20, "USD", "Li"),
        ("c", "lost", date(2026, 2, 1), None, 40, None, "Wu"),
        ("d", "lost", date(2025, 12, 31), "Ruisen", 80, "CNY", "Li"),
        ("e", "won", date(2026, 2, 1), "Ruisen", 160, "CNY", "Li"),
        ("f", "lost", None, "Ruisen", 320, "CNY", "Li"),
    )
    names = ("deal_id", "status", "closed_date", "competitor", "amount", "currency", "rep")
    engine.add("deals", [dict(zip(names, row, strict=True)) for row in rows])
    return engine


def test_deals_lost_in_the_period_count_and_those_that_name_nobody_too(deals: Engine) -> None:
    found = deals.run(lost(SCOPE, "competitor", *QUARTER))
    told = [(one["name"], one["lost"], one["value"]) for one in found]
    assert told == [("Ruisen", 2, 10), (None, 1, 40)]
    assert [one["deal_id"] for one in deals.run(lost_deals(SCOPE, *QUARTER))] == ["b", "c", "a"]


def test_filters_hold_for_lost_deals(deals: Engine) -> None:
    found = deals.run(lost(SCOPE.narrowed("rep", "Wu"), "competitor", *QUARTER))
    assert [(one["name"], one["lost"]) for one in found] == [(None, 1)]


def of(**counts: int) -> pd.DataFrame:
    rows = [(None if name == "nobody" else name, count, count) for name, count in counts.items()]
    return pd.DataFrame(rows, columns=["name", "lost", "value"])


def test_shares_are_of_all_lost_deals_and_sum_to_one() -> None:
    found = compared(of(Ruisen=6, nobody=14), of(Ruisen=10, Hailan=20, nobody=70))
    assert found["share"].sum() == pytest.approx(1) == found["share_before"].sum()
    assert list(found["name"]) == [None, "Ruisen", "Hailan"]
    row = found[found["name"] == "Ruisen"].iloc[0]
    assert (row["share"], row["share_before"]) == (pytest.approx(0.3), pytest.approx(0.1))
    assert risen(found) == "Ruisen"


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (of(Ruisen=3, nobody=1), of(Ruisen=10, nobody=90)),
        (of(Ruisen=11, nobody=89), of(Ruisen=10, nobody=90)),
        (of(Ruisen=10, nobody=90), of(Ruisen=50, nobody=50)),
        (of(), of()),
    ],
    ids=["too few to tell", "hardly more", "only the unnamed rose", "none lost"],
)
def test_nobody_is_named_without_a_clear_rise(now: pd.DataFrame, before: pd.DataFrame) -> None:
    assert risen(compared(now, before)) is None
