"""Review a month: its result, what made the difference, why, and what to aim for next."""

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS
from pages.kit.i18n.labels import scope_sentence
from pages.kit.i18n.numbers import escaped, money, month_text, percent
from pages.kit.queries import load, targets
from pages.kit.review import queries
from pages.kit.review.bridges import bridge_panel
from pages.kit.review.causes import causes_panel
from pages.kit.review.lead_sources import lead_source_table
from pages.kit.review.losses import loss_table
from pages.kit.review.ranking import ranking_panel
from pages.kit.review.retention import retention_table
from pages.kit.review.roi import roi_card
from pages.kit.widgets import doubts, filters, reporting_currency, show
from pages.kit.widgets.breakdown import breakdown_panel
from pages.kit.widgets.headline import headline
from pages.kit.widgets.language import reader_words

_ = reader_words()
seen = filters.bar(_, month=False)
if seen is None:
    show.empty(
        _,
        ("orders", "deals", "targets", "spend"),
        _("Add past orders or deals to review the month"),
    )
    st.stop()

months = queries.reviewable(seen.scope)
month = filters.month_choice(_, _("Month to review"), months, key="review_month", width=180)
scope = seen.scope.in_month(month)
currency = scope.currency
stand = targets.standing(scope)
pace = stand.pace

# The answer in one sentence; then the first verdict on the causes.
headline(_, scope, stand)
st.caption(escaped(scope_sentence(_, scope)))
reporting_currency.tell(_, scope)
doubts.tell(_, scope, stand)

# What made the difference, next to who reached the target.
left, right = st.columns([11, 9], gap="small")
with left, st.container(border=True, height="stretch"):
    bridge_panel(_, scope)
with right, st.container(border=True, height="stretch"):
    breakdown_panel(_, scope)

# The causes with their evidence; and a target for the following month.
left, right = st.columns([3, 2], gap="small")
with left, st.container(border=True, height="stretch"):
    if stand.over:
        causes_panel(_, scope, queries.why(scope))
    else:
        st.markdown(f"**{_('Why')}**")
        st.caption(_("The review is available after month-end."))
with right, st.container(border=True, height="stretch"):
    st.markdown(f"**{_('Next month')}**")
    next_one = queries.suggestion(scope)
    ahead = month_text(_, next_one.forecast.month)
    if next_one.target is None:
        if next_one.forecast.method == "actual":
            why = _("{month} is over: there is no target to suggest.", month=ahead)
        elif next_one.forecast.months < FEWEST_MONTHS:
            why = _("Not enough history to suggest a target for {month}.", month=ahead)
        else:
            why = _("The past months differ too much to suggest a target for {month}.", month=ahead)
        st.caption(why)
    else:
        st.markdown(
            escaped(
                _(
                    "{month}: target {target}, floor {floor}, stretch {stretch}; {share} likely",
                    month=ahead,
                    target=money(_, next_one.target, currency),
                    floor=money(_, next_one.floor, currency),
                    stretch=money(_, next_one.stretch, currency),
                    share=percent(_, next_one.probability, 0),
                )
            )
        )
        reasons = next_one.reasons
        labels = {
            "forecast_p50": _("Forecast (P50)"),
            "last_year": _("Same month last year"),
            "growth": _("Recent year-over-year growth"),
            "trend": _("Trend: last year plus that growth"),
            "easiest": _("70% likely"),
            "hardest": _("60% likely"),
        }
        rows = [
            (label, percent(_, basis) if name == "growth" else money(_, basis, currency))
            for name, label in labels.items()
            if (basis := reasons[name]) is not None
        ]
        show.small_table(_, rows, (_("Basis"), _("Value")))
        if st.button(
            _("Use for the {month} plan", month=ahead),
            type="primary",
            icon=":material/flag:",
            key="plan_with_it",
        ):
            st.session_state.plan_month = next_one.forecast.month
            for level in ("floor", "target", "stretch"):
                money_of = getattr(next_one, level)
                st.session_state[f"plan_{level}_{next_one.forecast.month}"] = (
                    None if money_of is None else float(money_of)
                )
            st.switch_page("plan.py")

# Spend and its return; the ranking of reps; customers.
if "spend" in load.filled():
    with st.container(border=True):
        roi_card(_, scope)
with st.container(border=True):
    ranking_panel(_, scope)

# Lost deals and returning customers, over more than one month.
left, right = st.columns(2, gap="small")
if "deals" in load.sources():
    with left, st.container(border=True, height="stretch"):
        loss_table(_, load.of(scope, "deals"))
with right, st.container(border=True, height="stretch"):
    retention_table(_, scope)
if "leads" in load.filled():
    with st.container(border=True):
        lead_source_table(_, scope)

show.missing(
    _,
    [
        name
        for name in ("spend", "activities", "deals", "satisfaction", "market")
        if name not in load.filled()
    ],
)
