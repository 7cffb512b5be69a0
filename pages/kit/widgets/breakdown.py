"""Break the month down by a dimension: actual against target, down to the rows.

>>> breakdown_panel(_, scope)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from domain.scope import Scope
from pages.kit.i18n.adding_up import as_fine
from pages.kit.i18n.labels import choice_label, dimension_label, named
from pages.kit.i18n.numbers import escaped, money, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import load, slices, targets
from pages.kit.widgets import digits, doubts, grid, table_height
from pages.kit.widgets.language import respoken
from pages.kit.widgets.passport import open_passport, passport

# Dimensions to choose from.
OFFERED = (
    "rep",
    "team",
    "manager",
    "region",
    "product",
    "category",
    "channel",
    "customer_class",
)
_ROWS = 10


def breakdown_panel(_: Words, scope: Scope) -> None:
    """Draw the table, the largest shortfall first; selecting a row opens its details."""
    offered = [name for name in OFFERED if slices.values(scope.source, name)]
    if not offered:
        st.caption(_("The data has no rep, team, region, product or channel to break down by."))
        return
    # The last dimension may be gone with an import that was undone.
    if st.session_state.get("by") not in offered:
        st.session_state.by = offered[0]
    # The switch is blank on its first run on another page.
    known = st.session_state.by
    respoken("by")
    dimension = st.segmented_control(
        _("Break down by"),
        offered,
        format_func=lambda name: dimension_label(_, name),
        key="by",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    _table(_, scope, dimension or known)


def _table(_: Words, scope: Scope, dimension: str) -> None:
    attained = targets.attained(scope, dimension)
    gross = targets.gross(scope, dimension)
    label = choice_label if dimension == "customer_class" else named
    shown = pd.DataFrame(
        {
            "name": [label(_, name, dimension) for name in attained.rows["name"]],
            "actual": attained.rows["actual"].astype(float),
            "gross": [gross.get(name, 0.0) for name in attained.rows["name"]],
            "target": attained.rows["target"].astype(float),
            "attainment": attained.rows["attainment"].astype(float) * 100,
            "gap": attained.rows["gap"].astype(float),
        }
    )
    planned = bool(shown["target"].notna().any())
    returned = bool((shown["gross"] - shown["actual"]).abs().max() > 0)
    columns = ["name", "actual"]
    columns += ["target", "attainment", "gap"] if planned else []
    columns += ["gross"] if returned else []
    picked = st.dataframe(
        grid.cells(shown[columns]),
        hide_index=True,
        height=table_height.of_rows(len(shown), _ROWS),
        column_config={
            "name": st.column_config.TextColumn(dimension_label(_, dimension)),
            "actual": st.column_config.ProgressColumn(
                _("Actual"),
                format="%,.0f",
                max_value=max([*shown["actual"], 1.0]),
                color="primary",
                width=105,
            ),
            "gross": st.column_config.NumberColumn(
                _("Gross"), format="%,.0f", help=_("Before returns")
            ),
            "target": st.column_config.NumberColumn(_("Target"), format="%,.0f"),
            "attainment": st.column_config.NumberColumn(_("Attainment"), format="%.1f%%"),
            "gap": st.column_config.NumberColumn(
                _("vs. target"), format="%,.0f", help=_("actual − target")
            ),
        },
        # A team without a target has none: no word of the program's own.
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        key=f"by_{dimension}",
        alt=_("Actual vs. target, largest gap first"),
    )
    lines = [escaped(_total(_, scope, attained, shown)), _("Select a row to see its details.")]
    if far := doubts.parts_clause(_, attained.rows, list(shown["name"])):
        lines.insert(1, f":orange[:material/report:] {escaped(far)}")
    st.caption("  \n".join(lines))
    _drill(_, scope, dimension, attained.rows["name"], picked.selection.rows)


def _total(_: Words, scope: Scope, attained: load.Attainment, shown: pd.DataFrame) -> str:
    """Describe the total against the target of the whole, never a mean of percentages."""
    currency = scope.currency
    step = digits.last_digit(_, scope)
    actual = as_fine(_, attained.total["actual"], step, currency)
    if "gross" in shown and shown["gross"].sum() != shown["actual"].sum():
        before = as_fine(_, shown["gross"].sum(), step, currency)
        actual = _("{actual} ({before} before returns)", actual=actual, before=before)
    if attained.total["target"] is None:
        return _("Total {actual}", actual=actual)
    sentence = _(
        "Total {actual} of {target} ({share})",
        actual=actual,
        target=as_fine(_, attained.total["target"], step, currency),
        share=percent(_, attained.total["attainment"]),
    )
    if attained.difference and not attained.rows["target"].isna().all():
        difference = money(_, abs(attained.difference), currency)
        if attained.difference > 0:
            sentence += _("; unassigned: {difference}", difference=difference)
        else:
            sentence += _("; over-assigned: {difference}", difference=difference)
    return sentence


def _drill(_: Words, scope: Scope, dimension: str, names: pd.Series, chosen: list[int]) -> None:
    """Open the details of a selected row once, so that another click does not reopen them."""
    last = st.session_state.get("drilled")
    st.session_state.drilled = (dimension, chosen[0]) if chosen else None
    if not chosen or last == (dimension, chosen[0]) or names.iloc[chosen[0]] is None:
        return
    name = str(names.iloc[chosen[0]])
    open_passport(_, passport(escaped(name), scope.narrowed(dimension, name), "actual", "gross"))
