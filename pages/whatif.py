"""Explore what-if scenarios: sliders for the drivers of the month and their effect on its end."""

import streamlit as st

from pages.kit.i18n.adding_up import adding_up
from pages.kit.i18n.labels import scope_sentence
from pages.kit.i18n.numbers import escaped, month_text
from pages.kit.queries import settings
from pages.kit.whatif import queries
from pages.kit.whatif.scenarios import scenario_list
from pages.kit.whatif.sliders import slider_panel
from pages.kit.widgets import filters, link, reporting_currency, show
from pages.kit.widgets.estimate import rests_on
from pages.kit.widgets.language import reader_words

_ = reader_words()
seen = filters.bar(_)
if seen is None:
    show.empty(
        _,
        ("orders", "deals", "leads", "spend"),
        _("Add orders or deals to explore what-if scenarios"),
    )
    st.stop()

scope = seen.scope
base = queries.baseline(scope)
st.caption(escaped(scope_sentence(_, scope)))
if base.forecast.p50 is None or base.forecast.method == "actual":
    st.info(
        _(
            "{month} is over. Choose the current or a future month.",
            month=month_text(_, scope.month),
        )
        if base.forecast.method == "actual"
        else _("No forecast: it would be far above every month so far.")
        if base.forecast.method == "refused"
        else _("Not enough history for a forecast yet.")
    )
    reporting_currency.tell(_, scope)
    link.write(_)  # nothing is written once a page has stopped
    st.stop()

st.markdown(
    "### "
    + escaped(
        _(
            "With no changes, {month} ends at {p50}",
            month=month_text(_, scope.month),
            p50=adding_up(_, base.forecast.p50, base.target, scope.currency)[0],
        )
    )
)
if basis := rests_on(_, base.forecast):
    st.caption(escaped(basis))
reporting_currency.tell(_, scope)
if base.curves and (last := queries.spend_until(scope)):
    st.caption(
        escaped(
            _(
                "The list of spend ends in {month}: budgets start from the spend up to then.",
                month=month_text(_, last),
            )
        )
    )
slider_panel(_, scope, base)
scenario_list(_, scope, base, settings.setting("who") or "")
