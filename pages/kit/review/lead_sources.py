"""Show where the leads of the last twelve months came from and which became deals.

>>> lead_source_table(_, scope)
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.periods import months
from analytics.pipeline import lead_sources
from analytics.ratio import safe_ratio
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import month_text, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid
from pages.kit.widgets.passport import Passport, passport_button

_MONTHS = 12


def lead_source_table(_: Words, scope: Scope) -> None:
    """Draw leads and conversion by source; a blank source and "unknown" are separate rows."""
    start, end = months.month_before(scope.month, _MONTHS - 1), scope.until
    by_source = cache.frame(lead_sources.by_source, scope, start, end)
    st.markdown(f"**{_('Leads by source')}**")
    if by_source.empty:
        st.caption(_("No leads were created in these months."))
        return
    leads = int(by_source["leads"].sum())
    converted = None if by_source["converted"].isna().any() else int(by_source["converted"].sum())
    rows = [
        (
            named(_, None if pd.isna(row["source"]) else str(row["source"]), "source"),
            int(row["leads"]),
            None if converted is None else int(row["converted"]),
            None if converted is None else safe_ratio(int(row["converted"]), int(row["leads"])),
        )
        for row in by_source.to_dict("records")
    ]
    rate = None if converted is None else safe_ratio(converted, leads)
    rows.append((_("Total"), leads, converted, rate))
    grid.draw(
        pd.DataFrame(
            {
                _("Source"): [row[0] for row in rows],
                _.c("count", "Leads"): [number(_, row[1]) for row in rows],
                _("Converted to deals"): [number(_, row[2]) for row in rows],
                _("Conversion"): [percent(_, row[3]) for row in rows],
            }
        ),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in (_.c("count", "Leads"), _("Converted to deals"), _("Conversion"))
        },
        key="lead_sources",
        alt=_("Leads by source and how many became deals"),
    )
    st.caption(
        _(
            "Leads created from {start} to {end}; the newest have had the least time to convert.",
            start=month_text(_, start),
            end=month_text(_, end),
        )
    )
    if converted is None:
        st.caption(_("No lead has a conversion date or a deal, so conversion is unknown."))
    passport_button(_, "lead_sources", _passport(_, scope, start, end, leads, converted))


def _passport(
    _: Words, scope: Scope, start: date, end: date, leads: int, converted: int | None
) -> Passport:
    return Passport(
        _("Leads by source"),
        (measure("lead_conversion"),),
        scope,
        start,
        end,
        {
            _.c("count", "Leads"): number(_, leads),
            _("Converted to deals"): number(_, converted),
            _("Conversion"): percent(
                _, None if converted is None else safe_ratio(converted, leads)
            ),
        },
        (lead_sources.by_source, scope, start, end),
        rows=(lead_sources.leads_of, scope, start, end),
        rows_of="leads",
        based_on=N_("leads by created date"),
        counted=False,
    )
