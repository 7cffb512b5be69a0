"""Draw the month in one sentence, at the top of the week and review pages.

>>> headline(_, scope, stand)
"""

from __future__ import annotations

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS
from analytics.tracking.standing import Standing
from domain.scope import Scope
from pages.kit.i18n.labels import filter_clauses
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.verdict import verdict
from pages.kit.i18n.words import Words
from pages.kit.queries import slices
from pages.kit.widgets.estimate import daily_rate


def headline(_: Words, scope: Scope, stand: Standing) -> None:
    """Draw where the month stands against its target, or that nothing fits all filters."""
    pace, forecast = stand.pace, stand.forecast
    if len(scope.filters) > 1 and not pace.target and not len(slices.daily(scope)):
        clauses = _("; ").join(filter_clauses(_, scope, 3))
        st.markdown(f"### {escaped(_('Nothing fits all filters: {filters}.', filters=clauses))}")
        return
    sentence = verdict(
        _,
        currency=scope.currency,
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
