"""Ask for the order and meaning of new sales stages.

>>> ask(_)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.facts import stages
from data.facts.stages import Stage
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.names import cell, visible
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache

_STATES = ["open", "won", "lost"]


def ask(_: Words) -> None:
    """Draw the stages of imported deals; only new ones where the others are in order already."""
    all_stages = _stages()
    new = [stage for stage in all_stages if not stage.said]
    if not new:
        return
    with st.container(border=True, key="stages_asked"):
        if len(new) == len(all_stages):
            st.markdown(f"**{_('Are these your deal stages, in the right order?')}**")
        else:
            named = ", ".join(escaped(stage.stage) for stage in new)
            st.markdown(f"**{_('New stages: {stages}. Where do they belong?', stages=named)}**")
        st.caption(
            _(
                "Guessed from stage names, deal movements and probabilities. Correct the "
                "numbers and meanings if needed, then confirm once; you can change them "
                "later in Settings."
            )
        )
        if untold := sum(not stage.told for stage in new):
            st.caption(_("Nothing in the files tells the order of {count} of them.", count=untold))
        order = _all(_, all_stages) if len(new) == len(all_stages) else _new(_, all_stages, new)
        if st.button(
            _("Yes, in this order"), key="stages_said", type="primary", icon=":material/check:"
        ):
            stages.say(cache.store(), order)
            st.session_state.toast = _("Stages saved.")
            st.rerun()


@cache.cached("facts")
def _stages() -> list[Stage]:
    return stages.stages(cache.store())


def _all(_: Words, all_stages: list[Stage]) -> list[tuple[str, str]]:
    """Draw a table with a position and a meaning for each stage."""
    edited = st.data_editor(
        pd.DataFrame(
            {
                "place": [stage.place for stage in all_stages],
                "stage": [cell(stage.stage) for stage in all_stages],
                "status": [stage.status for stage in all_stages],
                "deals": [stage.deals for stage in all_stages],
            }
        ),
        column_config={
            "place": st.column_config.NumberColumn(
                _.c("order", "No."), min_value=1, step=1, width="small"
            ),
            **_columns(_),
        },
        hide_index=True,
        width="content",
        key="stages_all",
        alt=_("Stages in order"),
    )
    return stages.reordered(all_stages, list(zip(edited["place"], edited["status"], strict=True)))


def _new(_: Words, all_stages: list[Stage], new: list[Stage]) -> list[tuple[str, str]]:
    """Draw only the new stages, each placed after a known one."""
    order = [stage for stage in all_stages if stage.said]
    edited = st.data_editor(
        pd.DataFrame(
            {
                "after": pd.Series([_before(all_stages, stage) for stage in new], dtype=object),
                "stage": [cell(stage.stage) for stage in new],
                "status": [stage.status for stage in new],
                "deals": [stage.deals for stage in new],
            }
        ),
        column_config={
            "after": st.column_config.SelectboxColumn(
                _("Comes after"),
                options=["", *(stage.stage for stage in order)],
                format_func=lambda name: visible(name) or _("at the start"),
                required=True,
            ),
            **_columns(_),
        },
        column_order=["stage", "after", "status", "deals"],
        hide_index=True,
        width="content",
        key="stages_new",
        alt=_("New stages and where they belong"),
    )
    ranked = [(stage.stage, stage.status) for stage in order]
    for stage, row in reversed(list(zip(new, edited.itertuples(), strict=True))):
        at = next((n for n, (name, _s) in enumerate(ranked, 1) if name == row.after), 0)
        ranked.insert(at, (stage.stage, str(row.status)))
    return ranked


def _before(all_stages: list[Stage], stage: Stage) -> str:
    """Return the last known stage that comes before a new one."""
    before = [other.stage for other in all_stages[: stage.place - 1] if other.said]
    return before[-1] if before else ""


def _columns(_: Words) -> dict[str, object]:
    return {
        "stage": st.column_config.TextColumn(_("Stage"), disabled=True),
        "status": st.column_config.SelectboxColumn(
            _("Meaning"),
            options=_STATES,
            required=True,
            format_func=lambda status: choice_label(_, status),
        ),
        "deals": st.column_config.NumberColumn(_.c("count", "Deals"), disabled=True, width="small"),
    }
