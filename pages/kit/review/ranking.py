"""Rank the reps by raw and adjusted results, next to the month's customer figures.

>>> ranking_panel(_, scope)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.actuals import actual
from analytics.periods.months import as_date
from domain.measures import measure
from domain.scope import Scope
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import escaped, money, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import slices
from pages.kit.review import queries
from pages.kit.review.acquisition import whose_first
from pages.kit.widgets import grid, table_height
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.show import small_table

_SHOWN = 10


def ranking_panel(_: Words, scope: Scope) -> None:
    """Draw the ranking and, next to it, new customers, repeat purchase and retention."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _ranking(_, scope)
    with right:
        _customers(_, scope)


def _ranking(_: Words, scope: Scope) -> None:
    st.markdown(f"**{_('Best of the month')}**")
    if not slices.values(scope.source, "rep"):
        st.caption(_("The data names no reps."))
        return
    ranked = queries.best_of(scope)
    columns = {
        _("Rank"): [number(_, cell) for cell in ranked["place"]],
        _("Sales rep"): [named(_, cell, "rep") for cell in ranked["rep"]],
        _("Amount"): [money(_, cell, scope.currency) for cell in ranked["amount"]],
        _("Satisfaction"): [percent(_, cell, 0) for cell in ranked["satisfaction"]],
        _("Versus expected"): [percent(_, cell, 0) for cell in ranked["fair"]],
        _("Adjusted rank"): [number(_, cell) for cell in ranked["fair_place"]],
    }
    asked = bool(ranked["satisfaction"].notna().any())
    if not asked:
        del columns[_("Satisfaction")]
    grid.draw(
        pd.DataFrame(columns),
        hide_index=True,
        height=table_height.of_rows(len(ranked), _SHOWN),
        alt=_("Ranking of the month"),
    )
    st.caption(
        _("70% amount, 30% satisfaction. Adjusted for region and tenure.")
        if asked
        else _("Ranked by amount. Adjusted for region and tenure.")
    )
    passport_button(
        _,
        "best",
        Passport(
            _("Best of the month"),
            (measure("actual"),),
            scope,
            scope.month,
            scope.until,
            {},
            (actual.by, scope, "rep", scope.month, scope.until),
        ),
    )


def _customers(_: Words, scope: Scope) -> None:
    st.markdown(f"**{_('Customers')}**")
    figures = queries.customer_figures(scope)
    if not figures["customers"] and not slices.values(scope.source, "customer"):
        st.caption(_("The sales name no customers."))
        return
    rows = [
        (_("Customers who bought"), number(_, figures["customers"])),
        (_("New (first-ever purchase)"), number(_, figures["new_customers"])),
        (_("Sales to new customers"), money(_, figures["new_value"], scope.currency)),
        (_("Bought at least twice this month"), number(_, figures["repeat_customers"])),
        (_("Repeat-purchase rate"), percent(_, figures["repeat_rate"])),
        (_("Retained from last month"), percent(_, figures["retention"])),
    ]
    small_table(_, rows, (_("Figure"), _("This month")))
    begin = None if pd.isna(figures["begin"]) else as_date(figures["begin"])
    st.caption(escaped(whose_first(_, begin, scope.month)))
