"""Show spend and its return, by channel or campaign, under a named attribution model.

>>> roi_card(_, scope)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.review import attribution, roi
from analytics.review.attribution import By, Model
from analytics.review.roi import Returns
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import date_text, escaped, exact, money, month_text, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.review import queries
from pages.kit.review.acquisition import acquisition_table
from pages.kit.review.advertising import advertising_table
from pages.kit.review.marginal_return import marginal_return_table
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.segments import segments

MODELS: dict[Model, str] = {
    "direct": N_("As on the order"),
    "first": N_("First touch"),
    "last": N_("Last touch"),
    "linear": N_("Equal weight"),
    "u": N_("40 / 20 / 40"),
    "decay": N_("Time decay"),
}
BY: dict[By, str] = {"channel": N_("Channel"), "campaign": N_("Campaign")}


def roi_card(_: Words, scope: Scope) -> None:
    """Draw ROI and revenue per unit of spend by name, and how far the models differ."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Spend and return')}**", width="content")
        by = segments(
            _("Break down by"), {by: _(text) for by, text in BY.items()}, key="returns_by"
        )
        offered = [model for model in attribution.MODELS if model in MODELS]
        respoken("returns_model")
        model: Model = st.selectbox(
            _("Attribution model"),
            offered,
            format_func=lambda option: _(MODELS[option]),
            key="returns_model",
            label_visibility="collapsed",
            persist_state="session",
            width=220,
        )
    returns = queries.returns(scope, by, model)
    spread = queries.spread(scope, by).set_index("name")
    rows = [
        _row(_, scope, by, row, spread, returns.connected or row["name"] is None)
        for row in returns.rows.to_dict("records")
    ]
    rows.append({**_row(_, scope, by, returns.total, spread, known=True), "name": _("Total")})
    grid.draw(
        pd.DataFrame(rows).rename(columns={"name": _(BY[by])}),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in list(rows[0])
            if name != _(BY[by]) and name != "name"
        },
        alt=_("Spend, revenue and return on investment"),
    )
    st.caption(
        _(
            "ROI = (margin − cost) ÷ cost; 1:n = revenue per unit spent; the range spans "
            "the lowest and highest credit of any model."
        )
    )
    for sentence in _left_out(_, scope, by, returns):
        st.caption(f":orange[:material/report:] {escaped(sentence)}")
    passport_button(
        _,
        "returns",
        Passport(
            _("Spend and return"),
            (measure("roi"), measure("output")),
            scope,
            scope.month,
            scope.until,
            {
                _("Spend"): exact(_, returns.total["spend"], scope.currency),
                _("Attributed revenue"): exact(_, returns.total["revenue"], scope.currency),
            },
            (roi.spent, scope, by, scope.month, scope.until),
        ),
    )
    advertising_table(_, scope, by, returns)
    acquisition_table(_, scope)
    marginal_return_table(_, scope, by, [row["name"] for row in returns.rows.to_dict("records")])


def _left_out(_: Words, scope: Scope, by: By, returns: Returns) -> list[str]:
    """Say which spend the card lacks, and which sales name no channel."""
    sentences = []
    if covered := queries.beyond_spend(scope):
        sentences.append(
            _(
                "The list of spend covers {first} to {last}: what {month} cost is not known.",
                first=month_text(_, covered[0]),
                last=month_text(_, covered[1]),
                month=month_text(_, scope.month),
            )
        )
    if last := queries.spend_stops(scope):
        sentences.append(
            _(
                "The list of spend ends on {day}, while sales count to {until}: the return on it "
                "looks higher than it is.",
                day=date_text(_, last),
                until=date_text(_, scope.until),
            )
        )
    apart = cache.frame(roi.not_counted, scope, scope.month, scope.until)
    if len(apart):
        sums = [
            exact(_, spend, code)
            for spend, code in zip(apart["spend"], apart["currency"], strict=True)
        ]
        sentences.append(
            _("Spend in another currency, not in these figures: {sums}", sums=_(", ").join(sums))
        )
    undated = cache.frame(roi.undated, scope)
    undated = undated[undated["currency"] == scope.currency]
    if len(undated):
        sentences.append(
            _(
                "{sum} of spend belongs to no single month, so it is not in these figures.",
                sum=exact(_, undated["spend"].iloc[0], scope.currency),
            )
        )
    if returns.unnamed:
        text = (
            _("{sum} of sales ({share}) name no channel, so no return can be told of them.")
            if by == "channel"
            else _("{sum} of sales ({share}) name no campaign, so no return can be told of them.")
        )
        unnamed = exact(_, returns.unnamed, scope.currency)
        sentences.append(text.format(sum=unnamed, share=percent(_, returns.unnamed_share)))
    return sentences


def _row(
    _: Words,
    scope: Scope,
    by: attribution.By,
    row: Mapping[str, Any],
    spread: pd.DataFrame,
    known: bool,
) -> dict[str, str]:
    """Return the cells of a row; `known` is whether sales could have named it at all."""
    name, currency = row["name"], scope.currency
    return {
        "name": named(_, name, by),
        # To the cent: what is rounded by itself does not make its total.
        _("Spend"): exact(_, row["spend"], currency),
        _("Attributed revenue"): exact(_, row["revenue"] if known else None, currency),
        _("Range across models"): (
            f"{money(_, spread.at[name, 'low'], currency)} – "
            f"{money(_, spread.at[name, 'high'], currency)}"
            if known and name is not None and name in spread.index
            else ""
        ),
        _("Margin"): exact(_, row["margin"] if known else None, currency),
        _("ROI"): percent(_, row["roi"]),
        _("Output per unit of input"): _("n/a")
        if row["output"] is None
        else f"1:{number(_, row['output'], 1)}",
    }
