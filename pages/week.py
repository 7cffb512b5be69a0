"""Show where the month stands: the answer, the range, the gap, and what it is made of."""

import streamlit as st

from pages.kit.charts.running_total import cumulative
from pages.kit.i18n.labels import listed, scope_sentence
from pages.kit.i18n.numbers import date_text, escaped, money, month_text
from pages.kit.queries import load, targets
from pages.kit.week import signed_tile, tiles
from pages.kit.week.at_risk import at_risk_card
from pages.kit.week.pipeline import pipeline_cards
from pages.kit.week.pipeline_changes import pipeline_changes_card
from pages.kit.week.target_form import target_form
from pages.kit.widgets import digits, doubts, filters, passport, reporting_currency, show
from pages.kit.widgets.breakdown import breakdown_panel
from pages.kit.widgets.headline import headline
from pages.kit.widgets.language import reader_words

# Tables without which a part of this page stays empty.
_WOULD_HELP = ("deals", "payments", "reps", "products")

_ = reader_words()
seen = filters.bar(_)
if seen is None:
    show.empty(
        _,
        ("orders", "deals", "contracts", "payments"),
        _("Add orders or deals to track the month"),
    )
    st.stop()

scope, currency = seen.scope, seen.scope.currency
stand = targets.standing(scope)
pace, forecast, before = stand.pace, stand.forecast, stand.last_month

# The answer, in one sentence.
headline(_, scope, stand)
filter_line = scope_sentence(_, scope)
about = [filter_line]
if seen.lag_days:
    about.append(
        _.n("the newest data is {n} day old", "the newest data is {n} days old", seen.lag_days)
    )
if whose := targets.whose_targets(scope):
    about.append(_("target: the sum of those of {names}", names=listed(_, whose, 4)))
st.caption(escaped(_("; ").join(about)))
reporting_currency.tell(_, scope, signed_tile.signed_source(scope), "payments")
doubts.tell(_, scope, stand)

# Four tiles: month-end, gap, average per day, signed next to collected.
with st.grid(4, gap="small"):
    tiles.end(_, scope, stand)
    tiles.gap(_, scope, stand)
    tiles.day(_, scope, stand)
    signed_tile.signed_and_collected(_, scope)

# The running total, and its breakdown by a dimension.
left, right = st.columns([11, 9], gap="small")
with left, st.container(border=True, height="stretch"):
    theme = show.theme()
    drawn = load.cached_chart(
        lambda: cumulative(
            stand.curve,
            _,
            currency,
            scope.as_of,
            theme,
            title=_("{month}: running total", month=month_text(_, scope.month)),
            subtitle=filter_line,
            step=digits.last_digit(_, scope),
        ),
        ("curve", scope, _, theme),
        "facts",
        "plan",
    )
    show.chart(drawn.figure, drawn.alt, key="curve")
    with st.container(horizontal=True, vertical_alignment="center"):
        passport.passport_button(
            _,
            "curve",
            passport.passport(
                _("Running total"), scope, "actual", "target_to_date", "forecast_p50"
            ),
        )
        if before:
            st.caption(
                escaped(
                    _(
                        "{month} by the same selling day ({day}): {sum}",
                        month=month_text(_, before.month),
                        day=date_text(_, before.until, year=False),
                        sum=money(_, before.value, currency),
                    )
                )
            )
with right, st.container(border=True, height="stretch"):
    breakdown_panel(_, scope)

# Deals by stage with their rates, deals at risk, changes in the pipeline.
if "deals" in load.sources():
    pipeline_cards(_, load.of(scope, "deals"))
    at_risk_card(_, load.of(scope, "deals"))
    pipeline_changes_card(_, load.of(scope, "deals"))

# Tables that are missing, and what they would show.
show.missing(_, [name for name in _WOULD_HELP if name not in load.filled()])

# The month's target; the plan page sets it in detail.
target_form(_, scope, expanded=pace.target is None and not scope.filters)
