"""Ask for the order and meaning of new sales stages.

>>> ask(_)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.facts import stages
from data.facts.stages import Stage
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache

_STATES = ["open", "won", "lost"]


def ask(_: Words) -> None:
    """Draw the stages of imported deals; only new ones where the others are in order already."""
    found = _found()
    new = [one for one in found if not one.said]
    if not new:
        return
    with st.container(border=True, key="stages_asked"):
        if len(new) == len(found):
            st.markdown(f"**{_('Are these your deal stages, in the right order?')}**")
        else:
            named = ", ".join(escaped(one.stage) for one in new)
            st.markdown(f"**{_('New stages: {stages}. Where do they belong?', stages=named)}**")
        st.caption(
            _(
                "Guessed from stage names, deal movements and probabilities. Correct the "
                "numbers and meanings if needed, then confirm once; you can change them "
                "later in Settings."
            )
        )
        told = _all(_, found) if len(new) == len(found) else _new(_, found, new)
        if st.button(
            _("Yes, in this order"), key="stages_said", type="primary", icon=":material/check:"
        ):
            stages.say(cache.store(), told)
            st.session_state.toast = _("Stages saved.")
            st.rerun()


@cache.cached("facts")
def _found() -> list[Stage]:
    return stages.stages(cache.store())


def _all(_: Words, found: list[Stage]) -> list[tuple[str, str]]:
    """Draw a table with a position and a meaning for each stage."""
    edited = st.data_editor(
        pd.DataFrame(
            {
                "place": [one.place for one in found],
                "stage": [one.stage for one in found],
                "status": [one.status for one in found],
                "deals": [one.deals for one in found],
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
    moved = [
        # A stage that moves up to another's place goes before it.
        (row.place - (0.5 if row.place < was.place else -0.5 if row.place > was.place else 0), row)
        for row, was in zip(edited.itertuples(), found, strict=True)
    ]
    return [
        (str(row.stage), str(row.status)) for _place, row in sorted(moved, key=lambda one: one[0])
    ]


def _new(_: Words, found: list[Stage], new: list[Stage]) -> list[tuple[str, str]]:
    """Draw only the new stages, each placed after a known one."""
    order = [one for one in found if one.said]
    edited = st.data_editor(
        pd.DataFrame(
            {
                "after": pd.Series([_before(found, one) for one in new], dtype=object),
                "stage": [one.stage for one in new],
                "status": [one.status for one in new],
                "deals": [one.deals for one in new],
            }
        ),
        column_config={
            "after": st.column_config.SelectboxColumn(
                _("Comes after"),
                options=["", *(one.stage for one in order)],
                format_func=lambda name: name or _("at the start"),
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
    told = [(one.stage, one.status) for one in order]
    for row in reversed(list(edited.itertuples())):
        at = next((n for n, (name, _s) in enumerate(told, 1) if name == row.after), 0)
        told.insert(at, (str(row.stage), str(row.status)))
    return told


def _before(found: list[Stage], one: Stage) -> str:
    """Return the last known stage that comes before a new one."""
    before = [other.stage for other in found[: one.place - 1] if other.said]
    return before[-1] if before else ""


def _columns(_: Words) -> dict[str, object]:
    return {
        "stage": st.column_config.TextColumn(_("Stage"), disabled=True),
        "status": st.column_config.SelectboxColumn(
            _("Meaning"),
            options=_STATES,
            required=True,
            format_func=lambda one: choice_label(_, one),
        ),
        "deals": st.column_config.NumberColumn(_.c("count", "Deals"), disabled=True, width="small"),
    }
