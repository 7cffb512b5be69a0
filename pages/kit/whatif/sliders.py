"""Draw the sliders and their effects; everything below them redraws alone.

>>> slider_panel(_, scope, base)
"""

from __future__ import annotations

import streamlit as st

from analytics.whatif.drivers import BUDGET, STAGE, UNCHANGED, Drivers, from_link, moved_to, to_link
from analytics.whatif.simulate import Baseline, Outcome, drivers_of, goal_seek, outcome, tornado
from domain.errors import FilterError
from domain.scope import Scope
from domain.tables import C_, N_
from pages.kit.charts import bars
from pages.kit.i18n.adding_up import adding_up, as_fine, fineness
from pages.kit.i18n.labels import named, scope_sentence
from pages.kit.i18n.numbers import escaped, exact, number, percent, signed
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.widgets import link, seen_data
from pages.kit.widgets.estimate import in_steps
from pages.kit.widgets.passport import passport, passport_button
from pages.kit.widgets.show import chart, plain_table, theme

LABELS: dict[str, str] = {
    "leads": C_("count", "Leads"),
    "win_rate": N_("Win rate"),
    "deal_size": N_("Deal size"),
    "price": N_("Price"),
    "cycle": N_("Sales cycle"),
    "heads": N_("Headcount"),
}
REASONS: dict[str, str] = {
    "over": N_("the month is over"),
    "no_forecast": N_("no forecast"),
    "no_target": N_("no target"),
    "no_effect": N_("no effect this month"),
    "out_of_reach": N_("not enough on its own"),
    "reached": N_("already reached"),
}

_LEAST, _MOST, _STEP = -50, 100, 1
_SHOWN = 8  # bars; later drivers hardly matter


@st.fragment
def slider_panel(_: Words, scope: Scope, base: Baseline) -> None:
    """Draw sliders on the left; month-end, the strongest drivers and the goal on the right."""
    seen_data.leave_if_replaced()
    _follow_link(_)
    left, right = st.columns([2, 3], gap="medium")
    with left, st.container(border=True):
        drivers = _sliders(_, base)
    result = outcome(base, drivers)
    with right:
        _figures(_, scope, base, result)
        if result.held:
            st.caption(
                escaped(
                    _(
                        "Capped at the highest plausible or observed level: {drivers}.",
                        drivers=_(", ").join(label(_, driver) for driver in result.held),
                    )
                )
            )
        with st.container(border=True):
            _matters(_, scope, base, drivers)
        with st.container(border=True):
            _takes(_, scope, base, drivers)
    st.session_state.whatif = to_link(drivers)
    link.write(_)


def label(_: Words, driver: str) -> str:
    """Return the label of a driver."""
    if driver.startswith(STAGE):
        return _("Conversion: {stage}", stage=named(_, driver.removeprefix(STAGE)))
    if driver.startswith(BUDGET):
        return _("Budget: {channel}", channel=named(_, driver.removeprefix(BUDGET), "channel"))
    return _(LABELS[driver])


def put(link: dict[str, str]) -> None:
    """Set the sliders to a scenario; drivers it does not name go back to unchanged."""
    for key in [key for key in st.session_state if str(key).startswith("driver_")]:
        st.session_state[key] = 0
    for driver, factor in link.items():
        st.session_state[f"driver_{driver}"] = round((float(factor) - UNCHANGED) * 100)


def _follow_link(_: Words) -> None:
    """Apply the scenario of the link, once a session; report one that cannot be read."""
    if st.session_state.get("whatif_read"):
        return
    st.session_state.whatif_read = True
    link = st.query_params.get("whatif")
    if not link:
        return
    parts = (part.rpartition("*") for part in link.split("~"))
    try:
        put(to_link(from_link({driver: factor for driver, _sep, factor in parts})))
    except FilterError as error:
        st.error(escaped(error_sentence(_, error)), icon=":material/link_off:")


def _sliders(_: Words, base: Baseline) -> Drivers:
    """Draw the plain drivers; conversions and budgets are in expanders."""
    every = drivers_of(base)
    groups = {
        "": [name for name in every if not name.startswith((STAGE, BUDGET))],
        _("Conversion by stage"): [name for name in every if name.startswith(STAGE)],
        _("Budget by channel"): [name for name in every if name.startswith(BUDGET)],
    }
    drivers = Drivers()
    st.markdown(f"**{_('Adjust the drivers')}**")
    for title, inside in groups.items():
        with st.expander(title, key=f"group_{title}") if title and inside else st.container():
            for driver in inside:
                drivers = _slider(_, driver, drivers)
    st.button(_("Reset"), on_click=put, args=({},), icon=":material/restart_alt:")
    return drivers


def _slider(_: Words, driver: str, drivers: Drivers) -> Drivers:
    key = f"driver_{driver}"
    st.session_state.setdefault(key, 0)
    change = st.slider(
        escaped(label(_, driver)),
        _LEAST,
        _MOST,
        step=_STEP,
        format="%+d%%",
        key=key,
        persist_state="session",
    )
    return moved_to(drivers, driver, UNCHANGED + change / 100) if change else drivers


def _figures(_: Words, scope: Scope, base: Baseline, result: Outcome) -> None:
    now, currency = base.forecast, scope.currency
    more = None if result.p50 is None or now.p50 is None else result.p50 - now.p50
    end, aim, size = adding_up(_, result.p50, base.target, currency)
    step = fineness(_, result.p50, base.target)
    with st.grid(3, gap="small"):
        with st.container(border=True, gap="xxsmall", height="stretch"):
            st.metric(_("Month-end forecast"), escaped(end))
            st.markdown(signed(_, more, currency))
            if result.p10 is not None:
                st.caption(
                    escaped(
                        _(
                            "cautious {p10} · optimistic {p90}",
                            p10=as_fine(_, result.p10, step, currency),
                            p90=as_fine(_, result.p90, step, currency),
                        )
                    )
                )
        with st.container(border=True, gap="xxsmall", height="stretch"):
            st.metric(_("Probability of reaching the target"), percent(_, result.probability, 0))
            st.caption(
                _("No target set for this month. Set one on the Week or Plan page.")
                if base.target is None
                else escaped(_("target {target}", target=aim))
            )
        with st.container(border=True, gap="xxsmall", height="stretch"):
            above = result.gap is not None and result.gap < 0
            st.metric(_("Above target") if above else _("Gap to target"), escaped(size))
            passport_button(
                _,
                "whatif",
                passport(
                    _("What if"),
                    scope,
                    "forecast_p50",
                    "probability",
                    "shortfall",
                    worked={
                        _("Booked to date"): exact(_, now.actual, currency),
                        _("Forecast without changes"): exact(_, now.p50, currency),
                        **in_steps(_, now),
                        _("Multiplier for the rest of the month"): number(_, result.rest, 4),
                        _("Forecast with changes"): exact(_, result.p50, currency),
                    },
                ),
            )


def _matters(_: Words, scope: Scope, base: Baseline, drivers: Drivers) -> None:
    if base.forecast.p50 is not None and base.forecast.p50 <= base.forecast.actual:
        st.caption(
            _(
                "The forecast expects nothing more this month, so there is nothing for a driver to "
                "raise: open deals that close all the same come on top."
            )
        )
        return
    swings = tornado(base, 0.1, drivers)
    swings = swings[swings["swing"] > 0].head(_SHOWN)
    middle = outcome(base, drivers).p50
    if not len(swings) or middle is None:
        st.caption(_("No further driver has an effect."))
        return
    drawn = bars.tornado(
        swings.assign(label=[label(_, driver) for driver in swings["driver"]]),
        _,
        scope.currency,
        float(middle),
        theme(),
        title=_("What matters most: 10% less (grey), 10% more (blue)"),
        subtitle=scope_sentence(_, scope),
    )
    chart(drawn.figure, drawn.alt, key="tornado")


def _takes(_: Words, scope: Scope, base: Baseline, drivers: Drivers) -> None:
    gap = outcome(base, drivers).gap
    # Above the target nothing is needed: the same figures are what may be lost.
    above = gap is not None and gap <= 0
    heading = (
        _("Change in a single driver before the target is missed")
        if above
        else _("Change needed in a single driver to reach the target")
    )
    st.markdown(f"**{heading}**")
    if base.target is None:
        st.caption(_("No target set for this month. Set one on the Week or Plan page."))
        return
    rows = []
    for driver in drivers_of(base):
        sought = goal_seek(base, driver, drivers=drivers)
        change = (
            _(REASONS[sought.reason or "no_effect"])
            if sought.value is None
            else signed(_, sought.value - UNCHANGED, markdown=False)
        )
        rows.append((label(_, driver), change))
    plain_table(rows, (_("Driver"), _("Change allowed") if above else _("Change needed")))
