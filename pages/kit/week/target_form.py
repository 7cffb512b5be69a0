"""Enter the month's targets: the company's and each rep's.

>>> target_form(_, scope, expanded=True)
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.plan import typed_cells
from data.store import plans
from domain.scope import Scope
from pages.kit.i18n.names import cell
from pages.kit.i18n.numbers import month_text
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, targets
from pages.kit.widgets import table_height

_ROWS = 8


def target_form(_: Words, scope: Scope, *, expanded: bool) -> None:
    """Draw a form that saves the targets of the scope's month; a blank field removes a target."""
    with st.expander(
        _("{month} targets", month=month_text(_, scope.month)),
        icon=":material/flag:",
        expanded=expanded,
        key=f"targets_{scope.month}",
    ):
        company = targets.month_targets(scope, "company").get("")
        mine = targets.month_targets(scope, "rep")
        people = targets.selling_reps(scope)
        # The fields reset when targets have changed, here or by an import.
        version = f"{scope.month}_{cache.store().versions().plan}"
        with st.form("targets_form", border=False):
            key = f"company_target_{version}"
            # Streamlit can clear a field only if it has no initial value.
            if company is not None:
                st.session_state.setdefault(key, float(company))
            typed = st.number_input(
                _("Company target ({currency})", currency=scope.currency),
                min_value=0.0,
                step=10_000.0,
                value=None,
                format="%0.2f",
                width=260,
                key=key,
            )
            edited = _people(_, people, mine, key=f"rep_targets_{version}")
            if st.form_submit_button(_("Save targets"), type="primary", key="save_targets"):
                wanted = {("company", ""): typed_cells.amount(typed)}
                wanted |= {
                    ("rep", name): typed_cells.amount(target)
                    for name, target in zip(people, edited["target"], strict=True)
                }
                plans.save_targets(cache.store(), scope.month, wanted, metric=scope.metric)
                st.session_state.toast = _("Targets saved.")
                st.rerun()


def _people(_: Words, people: list[str], mine: dict[str, Decimal], key: str) -> pd.DataFrame:
    listed = pd.DataFrame(
        {
            "rep": pd.Series(map(cell, people), dtype="object"),
            "target": pd.Series(
                [float(mine[name]) if name in mine else None for name in people], dtype="float64"
            ),
        }
    )
    return st.data_editor(
        listed,
        column_config={
            "rep": st.column_config.TextColumn(_("Sales rep"), disabled=True),
            "target": st.column_config.NumberColumn(_("Target"), min_value=0, format="%,.2f"),
        },
        hide_index=True,
        width=420,
        height=table_height.of_rows(len(people), _ROWS),
        placeholder="",
        key=key,
        alt=_("Targets by rep"),
    )
