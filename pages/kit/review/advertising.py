"""Show what clicks and conversions of advertising cost, beside what it returned.

>>> advertising_table(_, scope, "campaign", returns)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.review import advertising
from analytics.review.attribution import By
from analytics.review.roi import Returns
from domain.measures import measure
from domain.scope import Scope
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import exact, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid
from pages.kit.widgets.passport import Passport, passport_button


def advertising_table(_: Words, scope: Scope, by: By, returns: Returns) -> None:
    """Draw CPC, CPA and ROAS by channel or campaign; nothing where no spend counts clicks."""
    query = (advertising.advertised, scope, by, scope.month, scope.until)
    advertised = cache.frame(*query)
    if advertised.empty:
        return
    roas = {row["name"]: row["output"] for row in returns.rows.to_dict("records")}
    st.markdown(f"**{_('Advertising')}**", width="content")
    rows = advertising.costs(advertised).to_dict("records")
    last = len(rows) - 1
    grid.draw(
        pd.DataFrame(
            {
                _("Channel") if by == "channel" else _("Campaign"): (
                    _("Total") if at == last else named(_, row["name"], by)
                ),
                _("Impressions"): number(_, row["impressions"]),
                _("Clicks"): number(_, row["clicks"]),
                _("CTR"): percent(_, row["ctr"], 2),
                _("CPC"): exact(_, row["cpc"], scope.currency),
                _("Conversions"): number(_, row["conversions"]),
                _("CPA"): exact(_, row["cpa"], scope.currency),
                _("ROAS"): "" if at == last else number(_, roas.get(row["name"]), 2),
            }
            for at, row in enumerate(rows)
        ),
        hide_index=True,
        alt=_("Clicks, conversions and their cost"),
    )
    st.caption(
        _(
            "Clicks and conversions are the platforms' own account; CPC and CPA divide the spend "
            "of the rows that state them. ROAS = attributed revenue ÷ all spend of the name."
        )
    )
    passport_button(
        _,
        "advertising",
        Passport(
            _("Advertising"),
            (measure("cpc"), measure("cpa"), measure("output")),
            scope,
            scope.month,
            scope.until,
            {},
            query,
        ),
    )
