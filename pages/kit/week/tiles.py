"""Draw the four tiles at the top of the week page, each with its passport.

>>> with st.grid(4):
...     end(_, scope, standing)
"""

from __future__ import annotations

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS, Forecast
from analytics.tracking.standing import Compared, Standing
from domain.scope import Scope
from pages.kit.i18n.adding_up import adding_up, as_fine
from pages.kit.i18n.numbers import (
    date_text,
    escaped,
    exact,
    money,
    month_text,
    number,
    percent,
    signed,
)
from pages.kit.i18n.words import Words
from pages.kit.queries import load, targets
from pages.kit.widgets import digits, passport
from pages.kit.widgets.estimate import in_steps


def end(_: Words, scope: Scope, stand: Standing) -> None:
    """Draw the tile of the month-end forecast with its range, or of the result once over."""
    pace, forecast, currency = stand.pace, stand.forecast, scope.currency
    if stand.over:
        total = load.total(scope, scope.source)
        detail = _("the month is over")
        if total["gross"] != total["value"]:
            detail = _("{sum} before returns", sum=money(_, total["gross"], currency))
        tile(
            _,
            "end",
            _("Actual for the month"),
            _written(_, scope, stand)[0],
            detail,
            passport.passport(_("Actual for the month"), scope, "actual", "gross"),
        )
        return
    step = digits.last_digit(_, scope)
    detail = (
        _no_range(_, forecast)
        if forecast.p10 is None
        else _(
            "cautious {p10} · optimistic {p90}",
            p10=as_fine(_, forecast.p10, step, currency),
            p90=as_fine(_, forecast.p90, step, currency),
        )
    )
    sums = {
        _("Booked to date"): pace.actual,
        _("Cautious (P10)"): forecast.p10,
        _("Expected (P50)"): forecast.p50,
        _("Optimistic (P90)"): forecast.p90,
    }
    worked = {label: exact(_, sum_, currency) for label, sum_ in sums.items() if sum_ is not None}
    worked |= in_steps(_, forecast)
    worked[_("Past months tested")] = number(_, len(forecast.track))
    if len(forecast.track):
        worked[_("Forecast error (WAPE)")] = percent(_, forecast.wape)
        worked[_("Bias")] = percent(_, forecast.bias)
    tile(
        _,
        "end",
        _("Month-end forecast"),
        _written(_, scope, stand)[0],
        detail,
        passport.passport(
            _("Month-end forecast"),
            scope,
            "forecast_p50",
            *(() if forecast.p10 is None else ("forecast_p10", "forecast_p90")),
            worked=worked,
        ),
    )


def gap(_: Words, scope: Scope, stand: Standing) -> None:
    """Draw the tile of the gap to the target; without a target, the change on earlier months."""
    if stand.pace.target is None:
        _compared(_, scope, stand)
        return
    pace, currency = stand.pace, scope.currency
    owned = targets.target(scope)
    short = stand.gap is None or stand.gap > 0
    _end, aim, shown = _written(_, scope, stand)
    detail = _("target {target}", target=aim)
    if stand.over:
        likely = _("{share} attained", share=percent(_, pace.attainment))
        detail = _("target {target}, {likely}", target=aim, likely=likely)
    elif stand.probability is not None:
        likely = _("probability {share}", share=percent(_, stand.probability, 0))
        detail = _("target {target}, {likely}", target=aim, likely=likely)
    summed = _(" (sum of its parts)") if owned and owned.summed else ""
    worked = {
        _("Month-end gap") if short else _("Above target at month-end"): exact(
            _, stand.gap if short else abs(stand.gap or 0), currency
        ),
        _("Forecast"): exact(_, stand.forecast.p50, currency),
        _("Target"): exact(_, pace.target, currency) + summed,
        _("Target to date"): exact(_, pace.target_to_date, currency),
        _("Actual"): exact(_, pace.actual, currency),
        _("Attainment, full month"): percent(_, pace.attainment),
        _("Attainment to date"): percent(_, pace.attainment_to_date),
        _("Days ahead"): number(_, pace.days_ahead, 1),
        _("Probability of reaching it"): percent(_, stand.probability, 0),
    }
    tile(
        _,
        "gap",
        _("Gap to target") if short else _("Above target"),
        shown,
        detail,
        passport.passport(
            _("Gap to target"),
            scope,
            "shortfall",
            "target",
            "target_to_date",
            "attainment",
            "attainment_to_date",
            "days_ahead",
            "probability",
            worked=worked,
        ),
    )


def _written(_: Words, scope: Scope, stand: Standing) -> tuple[str, str, str]:
    """Return month-end, target and gap as the sentence above writes them: the three add up."""
    end = stand.pace.actual if stand.over else stand.forecast.p50
    return adding_up(_, end, stand.pace.target, scope.currency)


def _no_range(_: Words, forecast: Forecast) -> str:
    if forecast.method == "refused":
        return _("no forecast: it would be far above every month so far")
    if forecast.months >= FEWEST_MONTHS:
        return _("no range: the past months differ too much")
    return _("no range: fewer than three full months of history")


def day(_: Words, scope: Scope, stand: Standing) -> None:
    """Draw the tile of the average per selling day, next to what the remaining days need."""
    pace, currency = stand.pace, scope.currency
    detail = _.n("{n} selling day elapsed", "{n} selling days elapsed", pace.days_gone)
    if pace.required_daily is not None and pace.days_left:
        left = _.n("{n} selling day left", "{n} selling days left", pace.days_left)
        detail = (
            _(
                "{need} needed a day; {left}",
                need=money(_, pace.required_daily, currency),
                left=left,
            )
            if pace.required_daily > 0
            else _("No more needed; {left}", left=left)
        )
    if pace.days_counted != pace.days_gone:
        since = _.n(
            "average of the {n} selling day since the data begin",
            "average of the {n} selling days since the data begin",
            pace.days_counted,
        )
        detail = _("{what}; {since}", what=detail, since=since)
    worked = {
        _("Selling days elapsed"): number(_, pace.days_gone),
        **(
            {_("Selling days since the data begin"): number(_, pace.days_counted)}
            if pace.days_counted != pace.days_gone
            else {}
        ),
        _("Selling days left"): number(_, pace.days_left),
        _("Average per selling day"): exact(_, pace.achieved_daily, currency),
        _("Required per selling day"): exact(_, pace.required_daily, currency),
        _("Difficulty"): number(_, pace.difficulty, 2),
    }
    tile(
        _,
        "day",
        _("Average per selling day"),
        money(_, pace.achieved_daily, currency),
        detail,
        passport.passport(
            _("Average per selling day"),
            scope,
            "achieved_daily",
            "required_daily",
            "difficulty",
            worked=worked,
        ),
    )


def _compared(_: Words, scope: Scope, stand: Standing) -> None:
    earlier = [month for month in (stand.last_month, stand.last_year) if month]
    if not earlier:
        tile(
            _,
            "gap",
            _("Compared with earlier months"),
            _("n/a"),
            _("no earlier months and no target yet"),
            passport.passport(_("Compared with earlier months"), scope, "actual"),
        )
        return
    first = earlier[0]
    tile(
        _,
        "gap",
        _("Compared with {month}", month=month_text(_, first.month)),
        signed(_, first.change, markdown=False),
        _("{sum} by the same selling day", sum=money(_, first.value, scope.currency)),
        passport.passport(
            _("Compared with earlier months"),
            scope,
            "actual",
            worked={
                month_text(_, month.month): _comparison(_, month, scope.currency)
                for month in earlier
            },
        ),
    )


def _comparison(_: Words, compared: Compared, currency: str) -> str:
    return _(
        "{sum} by {day}: {change}",
        sum=exact(_, compared.value, currency),
        day=date_text(_, compared.until),
        change=signed(_, compared.change, markdown=False),
    )


def tile(
    _: Words, key: str, label: str, value: str, detail: str, where_from: passport.Passport
) -> None:
    """Draw a figure with its details and the button of its passport."""
    with st.container(border=True, gap="xxsmall", height="stretch", key=f"tile_{key}"):
        st.metric(label, escaped(value))
        with st.container(horizontal=True, vertical_alignment="center", wrap=False):
            st.caption(escaped(detail))
            passport.passport_button(_, key, where_from, small=True)
