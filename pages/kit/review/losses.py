"""Show to whom and why deals were lost in the last three months.

>>> loss_table(_, load.of(scope, "deals"))
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.periods import months
from analytics.pipeline import losses
from analytics.pipeline.losses import By
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import date_text, escaped, money, month_text, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load
from pages.kit.widgets import grid, reporting_currency
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.segments import segments

BY: dict[By, str] = {"competitor": N_("Competitor"), "lost_reason": N_("Lost reason")}

_RECENT_MONTHS, _USUAL_MONTHS = 3, 12


def loss_table(_: Words, scope: Scope) -> None:
    """Draw lost deals by competitor or reason with their shares, and name the one that rose."""
    now, _before = periods(scope)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Lost deals')}**", width="content")
        # It opens on what the file names, which may be reasons and no competitor.
        first = next((by for by in BY if of(scope, by)["name"].notna().any()), None)
        names = {by: _(text) for by, text in BY.items()}
        by = segments(_("Break down by"), names, key="losses_by", default=first)
    compared = of(scope, by)
    if not compared["lost"].sum():
        st.caption(_("No deals were lost in these three months."))
        return
    _verdict(_, compared)
    grid.draw(
        pd.DataFrame(
            {
                _(BY[by]): [_name(_, cell) for cell in compared["name"]],
                _("Lost deals"): [number(_, cell) for cell in compared["lost"]],
                _("Share of losses"): [percent(_, cell) for cell in compared["share"]],
                _("Share, previous 12 months"): [
                    percent(_, cell) for cell in compared["share_before"]
                ],
                _("Amount"): [money(_, cell, scope.currency) for cell in compared["value"]],
            }
        ),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in (
                _("Lost deals"),
                _("Share of losses"),
                _("Share, previous 12 months"),
                _("Amount"),
            )
        },
        key="losses",
        alt=_("Lost deals and whose share rose"),
    )
    st.caption(
        _(
            "{start} to {end}, compared with the twelve months before.",
            start=month_text(_, now[0]),
            end=month_text(_, now[1]),
        )
    )
    lost_now = cache.frame(losses.lost, scope, by, *now)
    if clause := reporting_currency.deals_clause(_, lost_now, scope.currency):
        st.caption(escaped(clause))
    passport_button(_, "losses", _loss_passport(_, scope, by, compared))


def periods(scope: Scope) -> tuple[tuple[date, date], tuple[date, date]]:
    """Return the three months that end with the scope's, and the twelve before, as date ranges."""
    first = months.month_before(scope.month, _RECENT_MONTHS - 1)
    before = months.month_before(first, _USUAL_MONTHS)
    eve = date.fromordinal(first.toordinal() - 1)
    return (first, scope.until), (before, eve)


@load.cached("facts")
def of(scope: Scope, by: By) -> pd.DataFrame:
    """Return losses now and before by `by`; see `analytics.pipeline.losses.compared`."""
    now, before = periods(scope)
    return losses.compared(
        cache.frame(losses.lost, scope, by, *now), cache.frame(losses.lost, scope, by, *before)
    )


def _loss_passport(_: Words, scope: Scope, by: By, compared: pd.DataFrame) -> Passport:
    now, before = periods(scope)
    return Passport(
        _("Lost deals"),
        (measure("lost_share"),),
        scope,
        *now,
        {
            _("This period"): f"{date_text(_, now[0])} – {date_text(_, now[1])}",
            _("Comparison period"): f"{date_text(_, before[0])} – {date_text(_, before[1])}",
            _("Lost deals"): f"{number(_, compared['lost'].sum())} / "
            f"{number(_, compared['lost_before'].sum())}",
        },
        (losses.lost, scope, by, *now),
        counted=False,
        rows=(losses.lost_deals, scope, *now),
        based_on=N_("lost deals by closed date"),
    )


def _verdict(_: Words, compared: pd.DataFrame) -> None:
    name = losses.risen(compared)
    if name is None:
        return
    row = compared[compared["name"] == name].iloc[0]
    st.markdown(
        escaped(
            _(
                "{name}: {share} of lost deals, up from {before} in the previous 12 months",
                name=named(_, name),
                share=percent(_, row["share"]),
                before=percent(_, row["share_before"]),
            )
        )
    )


def _name(_: Words, name: object) -> str:
    return _("not specified") if name is None or pd.isna(name) else named(_, name)
