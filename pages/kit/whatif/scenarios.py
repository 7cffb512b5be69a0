"""Save, compare, reopen and share scenarios.

>>> scenario_list(_, scope, base, by="")
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.periods.months import as_date
from analytics.whatif.drivers import from_link
from analytics.whatif.simulate import Baseline, outcome
from data.store import scenarios
from domain.scope import Scope
from pages.kit.i18n.adding_up import adding_up, as_fine, fineness
from pages.kit.i18n.labels import listed
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import MINUS, escaped, month_text, percent, signed
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.whatif import sliders
from pages.kit.widgets import grid, seen_data
from pages.kit.widgets.language import respoken


def scenario_list(_: Words, scope: Scope, base: Baseline, by: str) -> None:
    """Draw the button that saves the sliders and the saved scenarios, all on today's forecast."""
    with st.container(border=True):
        st.markdown(f"**{_('Scenarios')}**")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(_("Scenario name"), key="scenario_name", width=260)
            if st.button(
                _("Save scenario"), type="primary", key="keep_scenario", disabled=not name
            ):
                scenarios.keep(
                    cache.store(), name, scope.month, st.session_state.get("whatif") or {}, by=by
                )
                st.toast(_("Scenario saved."))
        st.caption(_("This page's address includes the sliders: copy it to share the scenario."))
        kept = scenarios.kept(cache.store())
        if not len(kept):
            return
        if (kept["month"] != scope.month).any():
            month = month_text(_, scope.month)
            st.caption(
                escaped(_("Every scenario is shown on the forecast of {month}.", month=month))
            )
        grid.draw(
            pd.DataFrame([_row(_, scope, base, row) for row in kept.to_dict("records")]),
            hide_index=True,
            alt=_("Scenarios side by side"),
        )
        _open_or_drop(_, kept)


def _row(_: Words, scope: Scope, base: Baseline, row: dict[str, object]) -> dict[str, str]:
    drivers = from_link(row["drivers"])
    result = outcome(base, drivers)
    changes = [
        f"{sliders.label(_, driver)} {signed(_, float(factor) - 1, markdown=False)}"
        for driver, factor in row["drivers"].items()
    ]
    end, _aim, gap = adding_up(_, result.p50, base.target, scope.currency)
    step = fineness(_, result.p50, base.target)
    above = result.gap is not None and result.gap < 0
    return {
        _("Scenario"): str(row["name"]),
        _("Saved for"): month_text(_, as_date(row["month"])),
        _("Changes"): listed(_, changes, 4) or _("none"),
        _("Expected (P50)"): end,
        **(
            {
                _("Cautious (P10)"): as_fine(_, result.p10, step, scope.currency),
                _("Optimistic (P90)"): as_fine(_, result.p90, step, scope.currency),
                _.c("target", "Probability"): percent(_, result.probability, 0),
            }
            if base.forecast.p10 is not None
            else {}
        ),
        _("Gap to target"): f"{MINUS}{gap}" if above else gap,
        _("Saved by"): str(row["saved_by"]),
    }


def _open_or_drop(_: Words, kept: pd.DataFrame) -> None:
    names = {
        row["scenario_id"]: f"{visible(row['name'])} · {month_text(_, as_date(row['month']))}"
        for row in kept.to_dict("records")
    }
    links = dict(zip(kept["scenario_id"], kept["drivers"], strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        respoken("chosen_scenario")
        chosen = st.selectbox(
            _("Saved scenario"),
            list(names),
            format_func=names.__getitem__,
            key="chosen_scenario",
            width=260,
        )
        st.button(
            _("Open"), on_click=sliders.put, args=(links.get(chosen, {}),), key="open_scenario"
        )
        st.button(
            _("Delete"),
            key="drop_scenario",
            on_click=seen_data.carry_out,
            args=(scenarios.drop, cache.store(), chosen),
            kwargs={"chosen": ("chosen_scenario", chosen)},
        )
