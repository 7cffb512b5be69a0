"""What was spent and what came back, by channel or campaign, under a model that is named.

>>> show(_, scope)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.review import attribution, roi
from analytics.review.attribution import By, Model
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.labels import Words, escaped, exact, money, named, number, percent
from pages.kit.review import marginal_return, queries
from pages.kit.widgets.show import Passport, passport_button

MODELS: dict[Model, str] = {
    "direct": N_("the order's own"),
    "first": N_("first touch"),
    "last": N_("last touch"),
    "linear": N_("all touches alike"),
    "u": N_("40 / 20 / 40"),
    "decay": N_("recent touches more"),
}
BY: dict[By, str] = {"channel": N_("Channel"), "campaign": N_("Campaign")}


def show(_: Words, scope: Scope) -> None:
    """ROI and 投入产出比 a channel or campaign, and how far the models lie apart."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('What was spent and what came back')}**", width="content")
        by: By = st.segmented_control(
            _("By"),
            list(BY),
            format_func=lambda one: _(BY[one]),
            default="channel",
            required=True,
            key="returns_by",
            label_visibility="collapsed",
            persist_state="session",
        )
        offered = [one for one in attribution.MODELS if one in MODELS]
        model: Model = st.selectbox(
            _("Credited to"),
            offered,
            format_func=lambda one: _(MODELS[one]),
            key="returns_model",
            label_visibility="collapsed",
            persist_state="session",
            width=220,
        )
    found = queries.returns(scope, by, model)
    spread = queries.spread(scope, by).set_index("name")
    rows = [_row(_, scope, row, spread) for row in found.rows.to_dict("records")]
    rows.append({**_row(_, scope, found.total, spread), "name": _("Together")})
    st.dataframe(
        pd.DataFrame(rows).rename(columns={"name": _(BY[by])}),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in list(rows[0])
            if name != _(BY[by]) and name != "name"
        },
        alt=_("Spend, revenue and returns"),
    )
    st.caption(
        _(
            "ROI = (margin − cost) ÷ cost; 1:n = revenue for each unit spent; "
            "the range shows the least and the most that any model credits."
        )
    )
    passport_button(
        _,
        "returns",
        Passport(
            _("What was spent and what came back"),
            (measure("roi"), measure("output")),
            scope,
            scope.month,
            scope.until,
            {
                _("Spent"): exact(_, found.total["spend"], scope.currency),
                _("Credited"): exact(_, found.total["revenue"], scope.currency),
            },
            (roi.spent, scope, by, scope.month, scope.until),
        ),
    )
    marginal_return.show(_, scope, by, [row["name"] for row in found.rows.to_dict("records")])


def _row(_: Words, scope: Scope, row: dict[str, object], spread: pd.DataFrame) -> dict[str, str]:
    name, currency = row["name"], scope.currency
    known = name in spread.index
    return {
        "name": escaped(named(_, name)),
        _("Spent"): money(_, row["spend"], currency),
        _("Credited"): money(_, row["revenue"], currency),
        _("Range over the models"): (
            f"{money(_, spread.at[name, 'low'], currency)} – "
            f"{money(_, spread.at[name, 'high'], currency)}"
            if known and name is not None
            else ""
        ),
        _("Margin"): money(_, row["margin"], currency),
        _("ROI"): percent(_, row["roi"]),
        _("Output per input"): _("n/a")
        if row["output"] is None
        else f"1:{number(_, row['output'], 1)}",
    }
