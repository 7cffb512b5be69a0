"""Draw the month in one sentence, at the top of the week and review pages.

>>> headline(_, scope.currency, stand)
"""

from __future__ import annotations

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS
from analytics.tracking.standing import Standing
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.verdict import verdict
from pages.kit.i18n.words import Words
from pages.kit.widgets.estimate import daily_rate


def headline(_: Words, currency: str, stand: Standing) -> None:
    """Draw where the month stands against its target; money in `currency`."""
    pace, forecast = stand.pace, stand.forecast
    sentence = verdict(
        _,
        currency=currency,
        actual=pace.actual,
        forecast=forecast.p50,
        target=pace.target,
        gap=stand.gap,
        attainment=pace.attainment,
        needed_a_day=pace.required_daily,
        daily=pace.achieved_daily,
        against_last_month=stand.last_month.change if stand.last_month else None,
        against_last_year=stand.last_year.change if stand.last_year else None,
        over=stand.over,
        thin=forecast.thin,
        uneven=forecast.months >= FEWEST_MONTHS,
        rate=daily_rate(_, forecast),
    )
    st.markdown(f"### {escaped(sentence)}")
