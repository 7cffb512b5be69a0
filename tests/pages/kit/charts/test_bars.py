"""Charts made of bars: every figure where it belongs, names shown and never rendered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.charts import bars
from pages.kit.i18n.words import words

ZH, EN = words("zh"), words("en")
BOTH = pytest.mark.parametrize("_", [ZH, EN], ids=["zh", "en"])
MONEY = st.decimals(-(10**9), 10**9, places=2)
EVIL = "<b>Bob</b><a href='x'>"


def behind(count: int = 6) -> pd.DataFrame:
    months = [
        date(2025, 1, 1),
        *(one.date() for one in pd.date_range("2025-02-01", periods=30, freq="MS")),
    ]
    return pd.DataFrame(
        {
            "month": months[:count],
            "value": [Decimal(1_000_000 + 50_000 * n) for n in range(count)],
            "whole": [n != count - 1 for n in range(count)],
        }
    )


AHEAD = {
    "month": date(2025, 8, 1), "p10": Decimal(900_000), "p50": Decimal(1_200_000),
    "p90": Decimal(1_500_000), "target": Decimal(1_400_000),
}  # fmt: skip


@BOTH
def test_the_months_behind_and_the_month_ahead_are_bars_with_their_figures(_: object) -> None:
    drawn = bars.months(behind(), _, "CNY", AHEAD)  # type: ignore[arg-type]
    past, ahead, target = drawn.figure.data
    assert list(past.y) == [float(one) for one in behind()["value"]]
    assert (list(ahead.y), list(target.y)) == ([1_200_000.0], [1_400_000.0])
    assert (ahead.error_y.array[0], ahead.error_y.arrayminus[0]) == (300_000.0, 300_000.0)
    assert drawn.figure.layout.yaxis.range[1] >= 1_400_000
    # A month that is not whole looks different.
    assert len(set(past.marker.color[:-1])) == 1 and past.marker.color[-1] != past.marker.color[0]
    assert drawn.alt.count("¥") == 2


def test_a_month_ahead_without_history_has_no_bar_and_no_range() -> None:
    nothing = dict.fromkeys(("p10", "p50", "p90", "target"))
    drawn = bars.months(behind(2), EN, "CNY", {"month": date(2025, 8, 1), **nothing})
    assert len(drawn.figure.data) == 1


def test_no_more_months_are_shown_than_fit() -> None:
    assert len(bars.months(behind(30), EN, "CNY").figure.data[0].x) == 19


def test_no_months_at_all_are_an_empty_chart() -> None:
    drawn = bars.months(behind(0), ZH, "CNY")
    assert (len(drawn.figure.data[0].x), drawn.alt) == (0, "")


def step(labels: list[str], values: list[Decimal]) -> pd.DataFrame:
    return pd.DataFrame({"label": labels, "value": pd.Series(values, dtype=object)})


@given(st.lists(MONEY, max_size=6), MONEY)
def test_a_bridge_goes_from_its_start_through_every_bar_to_its_end(
    changes: list[Decimal], start: Decimal
) -> None:
    end = start + sum(changes, Decimal(0))
    frame = step([f"part {n}" for n in range(len(changes))], changes)
    drawn = bars.bridge(frame, EN, "CNY", ("before", start), ("after", end))
    (fall,) = drawn.figure.data
    assert list(fall.measure) == ["absolute", *["relative"] * len(changes), "total"]
    assert list(fall.y) == [float(start), *(float(one) for one in changes), float(end)]
    assert sum(fall.y[:-1]) == pytest.approx(float(end), abs=0.01)
    # Every level that is reached lies within the axis.
    low, high = drawn.figure.layout.yaxis.range
    level = float(start)
    for change in changes:
        level += float(change)
        assert low - 0.01 <= level <= high + 0.01


@BOTH
def test_a_bridge_tells_its_parts_in_words(_: object) -> None:
    frame = step(["价格", EVIL], [Decimal(120_000), Decimal(-30_000)])
    drawn = bars.bridge(
        frame, _, "CNY", ("4月", Decimal(1_000_000)), ("5月", Decimal(1_090_000)),  # type: ignore[arg-type]
    )  # fmt: skip
    assert "▲" in drawn.alt and "▼" in drawn.alt
    shown = [*drawn.figure.layout.xaxis.ticktext, *drawn.figure.data[0].hovertext]
    assert not [text for text in shown if "<b>" in text or "<a" in text]


def swings() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["win rate", EVIL, "cycle"],
            "low": [Decimal(900), Decimal(950), Decimal(1_040)],
            "high": [Decimal(1_100), Decimal(1_050), Decimal(960)],
        }
    )


@BOTH
def test_a_tornado_has_both_ends_of_every_driver(_: object) -> None:
    drawn = bars.tornado(swings(), _, "CNY", 1_000.0)  # type: ignore[arg-type]
    low, high = drawn.figure.data
    for bar, side in ((low, "low"), (high, "high")):
        ends = [bar.base + width for width in bar.x]
        assert ends == [float(one) for one in swings()[side]]
    left, right = drawn.figure.layout.xaxis.range
    assert left < 900 and right > 1_100
    # The widest comes first: the axis runs downwards.
    assert drawn.figure.layout.yaxis.range[0] > drawn.figure.layout.yaxis.range[1]
    shown = [*drawn.figure.layout.yaxis.ticktext, *low.hovertext, *high.hovertext]
    assert not [text for text in shown if "<b>" in text]


def test_a_tornado_of_drivers_that_move_nothing_can_be_drawn() -> None:
    still = swings().assign(low=Decimal(1_000), high=Decimal(1_000))
    drawn = bars.tornado(still, EN, "CNY", 1_000.0)
    left, right = drawn.figure.layout.xaxis.range
    assert left < 1_000 < right
