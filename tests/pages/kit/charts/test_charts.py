from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.charts import theme as look
from pages.kit.charts.figure import Chart
from pages.kit.charts.funnel import funnel_chart
from pages.kit.charts.running_total import cumulative
from pages.kit.i18n.words import words

ZH, EN = words("zh"), words("en")
AS_OF = date(2026, 3, 18)
DAYS = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]


def month() -> pd.DataFrame:
    """Actual until the 18th, forecast from there; money as decimals, as the store gives it."""
    gone = [Decimal(400_000 * n) if n <= 18 else None for n in range(1, 32)]
    left = [None if n < 18 else 7_200_000.0 + 350_000 * (n - 18) for n in range(1, 32)]
    return pd.DataFrame(
        {
            "day": DAYS,
            "actual": pd.Series(gone, dtype=object),
            "target": [12_520_000 / 31 * n for n in range(1, 32)],
            "p10": [None if value is None else value * 0.95 for value in left],
            "p50": left,
            "p90": [None if value is None else value * 1.05 for value in left],
            "last_month": [380_000.0 * n for n in range(1, 32)],
            "last_year": [300_000.0 * n for n in range(1, 32)],
        }
    )


def stages() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "stage": ["Prospecting", "<i>Engaging</i>", "Won", "No budget"],
            "count": [500, 1589, 4238, 1],
            "value": [Decimal("1200000"), Decimal("4000000"), Decimal("10005534"), None],
            "status": ["open", "open", "won", "lost"],
        }
    )


def texts(chart: Chart) -> list[str]:
    """Every text of the figure that plotly would render as HTML."""
    layout = chart.figure.layout
    found = [layout.title.text, layout.title.subtitle.text]
    found += [one.text for one in layout.annotations]
    found += [*(layout.xaxis.ticktext or ()), *(layout.yaxis.ticktext or ())]
    for trace in chart.figure.data:
        found += [trace.name, *(trace.hovertext or ())]
    return [text for text in found if text]


def test_lines_are_told_apart_by_dash_and_direct_labels() -> None:
    chart = cumulative(month(), ZH, "CNY", AS_OF, title="累计销售额（元）", subtitle="截至3月18日")
    lines = {trace.name: trace.line for trace in chart.figure.data if trace.name}
    assert lines["目标"].dash == "dash"
    assert lines["实际"].color == look.COLOURS["light"]["accent"]
    assert lines["上月"].dash != lines["去年同月"].dash
    told = [one.text for one in chart.figure.layout.annotations]
    assert {"实际 ¥720万", "预计 ¥1,180万", "目标 ¥1,250万", "截至3月18日"} <= set(told)
    assert chart.alt == "去年同月 ¥930万、上月 ¥1,180万、目标 ¥1,250万、预计 ¥1,180万、实际 ¥720万"


def test_the_axis_speaks_the_readers_units() -> None:
    chinese = cumulative(month(), ZH, "CNY", AS_OF).figure.layout.yaxis
    english = cumulative(month(), EN, "CNY", AS_OF).figure.layout.yaxis
    assert list(chinese.ticktext) == ["0", "500万", "1,000万", "1,500万"]
    assert list(english.ticktext) == ["0", "5M", "10M", "15M"]
    assert list(chinese.tickvals) == [0, 5e6, 1e7, 1.5e7]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_lies_on_the_page_without_a_ground_of_its_own(theme: look.Theme) -> None:
    for chart in (
        cumulative(month(), EN, "USD", AS_OF, theme),
        funnel_chart(stages(), EN, "USD", theme),
    ):
        given = chart.figure.layout.template.layout
        assert given.paper_bgcolor == given.plot_bgcolor == "rgba(0, 0, 0, 0)"
        assert given.font.color == look.COLOURS[theme]["text"]
        assert "Noto Sans CJK SC" in given.font.family


def test_names_from_files_are_shown_not_rendered() -> None:
    title = "<img src=x>"
    for chart in (
        funnel_chart(stages(), EN, "CNY", title=title, subtitle="<u>"),
        cumulative(month(), EN, "CNY", AS_OF, title=title, subtitle="<u>"),
    ):
        ours = ("<br>", "<b>&lt;img src=x&gt;</b>")
        for text in texts(chart):
            for mark in ours:
                text = text.replace(mark, "")
            assert "<" not in text
        assert all(trace.hovertemplate is None for trace in chart.figure.data)


def test_good_and_bad_are_never_colour_alone() -> None:
    shapes = funnel_chart(stages(), EN, "CNY").figure.data[0].marker.pattern.shape
    assert list(shapes) == ["", "", "", "/"]


def test_the_funnel_tells_count_and_value_and_what_is_lost() -> None:
    chart = funnel_chart(stages(), EN, "CNY")
    assert list(chart.figure.data[0].x) == [1_200_000, 4_000_000, 10_005_534, 0]
    assert list(chart.figure.layout.yaxis.ticktext)[2:] == ["Won", "No budget (Lost)"]
    assert chart.alt == (
        "Prospecting: 500 deals · ¥1.20M. <i>Engaging</i>: 1,589 deals · ¥4.00M. "
        "Won: 4,238 deals · ¥10.0M. No budget (Lost): 1 deal."
    )
    by_count = funnel_chart(stages(), ZH, "CNY", by="count")
    assert list(by_count.figure.data[0].x) == [500, 1589, 4238, 1]
    assert list(by_count.figure.layout.xaxis.ticktext)[:2] == ["0", "1,000"]


def test_a_chart_of_nothing_is_drawn_and_says_nothing() -> None:
    assert cumulative(month().iloc[:0], EN, "CNY", AS_OF).alt == ""
    assert cumulative(month()[["day"]], EN, "CNY", AS_OF).alt == ""
    assert funnel_chart(stages().iloc[:0], EN, "CNY").alt == ""
    assert funnel_chart(stages().drop(columns=["value", "status"]), EN, "CNY").alt.startswith(
        "Pros"
    )


def test_days_may_be_timestamps() -> None:
    stamped = month().assign(day=pd.to_datetime(month()["day"]))
    told = cumulative(stamped, EN, "CNY", AS_OF).figure.layout
    assert list(told.xaxis.ticktext)[:2] == ["Mar 1", "Mar 5"]
    assert "as of Mar 18" in [one.text for one in told.annotations]


@given(
    st.floats(-1e12, 1e12, allow_nan=False),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.sampled_from(["CNY", ""]),
)
def test_ticks_cover_what_is_drawn_and_are_few_and_distinct(
    one: float, other: float, currency: str
) -> None:
    low, high = sorted((one, other))
    values, shown = look.ticks(EN, low, high, currency)
    assert values[0] <= min(low, 0) + 1e-6 and values[-1] >= max(high, 0) - 1e-6
    assert 2 <= len(values) <= 9
    steps = {round(b - a, 4) for a, b in pairwise(values)}
    assert all(math.isclose(step, max(steps), rel_tol=1e-6) for step in steps)
    assert len(set(shown)) == len(shown) or max(abs(low), abs(high)) < 1


@given(st.lists(st.floats(0, 100), max_size=8))
def test_labels_are_moved_apart_within_the_chart_and_keep_their_order(
    heights: list[float],
) -> None:
    placed = list(look.apart(heights, 5, 0, 100))
    ordered = sorted(placed)
    assert all(b - a >= 5 - 1e-6 for a, b in pairwise(ordered))
    assert all(-1e-6 <= height <= 100 + 1e-6 for height in placed)
    for index, height in enumerate(heights):
        for beside, other in enumerate(heights):
            assert height >= other or placed[index] <= placed[beside]
