"""A list of spend that stops in the middle of a month says on which day."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analytics.review import spend_span

JUNE, END = date(2026, 6, 1), date(2026, 6, 30)
Listed = list[tuple[date, date, int, bool]]


def day(month: int, at: int) -> date:
    return date(2026, month, at)


def row(month: int, last: int, days: int, whole: bool = False) -> tuple[date, date, int, bool]:
    return day(month, 1), day(month, last), days, whole


@pytest.mark.parametrize(
    ("listed", "until", "stopped"),
    [
        pytest.param([row(5, 31, 31), row(6, 12, 12)], END, day(6, 12), id="by day"),
        pytest.param([row(5, 28, 4), row(6, 5, 1)], END, day(6, 5), id="a few bills a month"),
        pytest.param([row(6, 12, 12)], END, day(6, 12), id="one month, by day"),
        pytest.param([row(6, 12, 2)], END, None, id="one month, two bills"),
        pytest.param([row(5, 1, 1), row(6, 1, 1)], END, None, id="one row a month"),
        pytest.param([row(5, 15, 1), row(6, 15, 1)], END, None, id="due on the 15th"),
        pytest.param([row(5, 31, 31), row(6, 27, 27)], END, None, id="up to the last weekend"),
        pytest.param([row(5, 31, 31), row(6, 1, 1, True)], END, None, id="the month as a period"),
        pytest.param([row(5, 31, 31), row(6, 12, 12)], day(6, 14), None, id="a month that runs"),
        pytest.param([row(5, 31, 31), row(6, 12, 12), row(7, 3, 3)], END, None, id="goes on"),
        pytest.param([row(4, 30, 30), row(5, 12, 12)], END, None, id="ended before"),
        pytest.param([], END, None, id="no spend"),
    ],
)
def test_the_day_on_which_a_list_of_spend_stops(
    listed: Listed, until: date, stopped: date | None
) -> None:
    frame = pd.DataFrame(listed, columns=["month", "last", "days", "whole"])
    assert spend_span.stops(frame, JUNE, until) == stopped
