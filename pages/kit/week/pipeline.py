"""Show the deals by stage, with win rates, sales cycle and the open pipeline.

>>> pipeline_cards(_, load.of(scope, "deals"))
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import ceil

import pandas as pd
import streamlit as st

from analytics.periods import months
from analytics.pipeline import funnel, stages, win_rate
from domain.measures import measure
from domain.scope import DIMENSIONS, Scope
from pages.kit.charts.funnel import funnel_chart
from pages.kit.i18n.labels import filters_sentence, named
from pages.kit.i18n.numbers import days, escaped, exact, money, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load
from pages.kit.queries.stages import in_order, to_the_win
from pages.kit.widgets import grid, reporting_currency
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.show import chart, small_table, theme

# "Now" and "usual" in the conversion between stages, in months.
_RECENT_MONTHS, _USUAL_MONTHS = 3, 12


def pipeline_cards(_: Words, scope: Scope) -> None:
    """Draw the bars by stage and, to their right, win rates, cycle and open pipeline."""
    left, right = st.columns([3, 2], gap="small")
    with left, st.container(border=True, height="stretch"):
        _stages(_, scope)
    with right, st.container(border=True, height="stretch"):
        _rates(_, scope)


def _stages(_: Words, scope: Scope) -> None:
    by_stage = cache.frame(funnel.by_stage, scope)
    if not by_stage["deals"].sum():
        # An axis without bars says nothing.
        st.markdown(f"**{_('Deals by stage, latest file')}**")
        st.caption(_("No deals here: the latest file has none, or none that match the filters."))
        return
    look = theme()
    drawn = load.cached_chart(
        lambda: funnel_chart(
            in_order(by_stage).rename(columns={"deals": "count"}),
            _,
            scope.currency,
            look,
            title=_("Deals by stage, latest file"),
            subtitle=filters_sentence(_, scope),
            by="count",
        ),
        # Without the scope's month: current deals belong to no month.
        ("funnel", scope.filters, scope.currency, _, look),
        "facts",
    )
    chart(drawn.figure, drawn.alt, key="funnel")
    _conversion(_, scope, to_the_win(by_stage))
    shown = tuple(measure(name) for name in ("deals_open", "open_value", "open_list_price_value"))
    passport_button(
        _,
        "funnel",
        Passport(
            _("Deals by stage"),
            shown,
            scope,
            scope.month,
            scope.until,
            {
                _("Conversion"): _(
                    "of the deals that entered a stage in the period, the share that moved "
                    "on within the usual time (the time in which four in five do); deals "
                    "too recent to judge are not counted"
                )
            },
            (funnel.by_stage, scope),
            counted=False,
            rows=(funnel.deals, scope, *DIMENSIONS),
            standing=True,
        ),
    )


def _conversion(_: Words, scope: Scope, order: list[str]) -> None:
    """Draw conversion by stage in the last three months next to the twelve months before."""
    if len(order) < 2 or "stage_history" not in load.filled():
        return
    recent = months.month_before(scope.month, _RECENT_MONTHS - 1)
    before = months.month_before(recent, _USUAL_MONTHS)
    eve = date.fromordinal(recent.toordinal() - 1)
    now = cache.frame(stages.conversion, scope, tuple(order), recent, scope.as_of)
    usual = cache.frame(stages.conversion, scope, tuple(order), before, eve).set_index("stage")
    rows = [
        (
            named(_, row["stage"], "stage"),
            percent(_, row["conversion"]),
            percent(_, usual["conversion"].get(row["stage"])),
            number(_, row["mature"]),
            number(_, row["too_young"]),
            days(_, row["usual_days"], 0),
        )
        for row in now.to_dict("records")
    ]
    small_table(
        _,
        rows,
        (
            _("Stage"),
            _("Conversion, 3 mo."),
            _("Conversion, prior 12 mo."),
            _("Deals counted"),
            _("Too recent"),
            _("Usual time"),
        ),
    )


def _rates(_: Words, scope: Scope) -> None:
    rates = cache.frame(win_rate.win_rates, scope).iloc[0]
    cycle = cache.frame(win_rate.days_to_close, scope).iloc[0]
    pipeline = cache.frame(funnel.open_pipeline, scope).iloc[0]
    any_closed = bool(rates["won_count"] or rates["lost_count"])
    figures = [
        ("win_rate_of_closed", percent(_, rates["win_rate_of_closed"], 2)),
        # A file of open deals alone says nothing of how many are won.
        ("win_rate_of_all", percent(_, rates["win_rate_of_all"] if any_closed else None, 2)),
        ("win_rate_of_cohort", percent(_, _cohort_rate(scope), 2)),
        ("days_to_close_mean", days(_, cycle["closed_mean_days"], 2)),
        ("days_to_close_median", days(_, cycle["closed_median_days"])),
        ("days_to_win_mean", days(_, cycle["won_mean_days"], 2)),
        ("days_to_win_median", days(_, cycle["won_median_days"])),
        ("deals_open", number(_, pipeline["deals"])),
        ("open_value", money(_, _known(pipeline, "without_amount", "value"), scope.currency)),
        (
            "open_list_price_value",
            exact(
                _,
                _known(pipeline, "unpriced", "list_price_value", of="without_amount"),
                scope.currency,
            ),
        ),
    ]
    st.markdown(f"**{_('Win rates, cycle and open pipeline')}**")
    grid.draw(
        pd.DataFrame(
            [(_(measure(name).label), text) for name, text in figures],
            columns=[_("All deals in the file"), _("Value")],
        ),
        hide_index=True,
        column_config={_("Value"): st.column_config.TextColumn(alignment="right")},
        alt=_("Win rates, days to close and the open pipeline"),
    )
    stages_now = cache.frame(funnel.by_stage, scope)
    if apart := reporting_currency.deals_clause(_, stages_now, scope.currency):
        st.caption(escaped(apart))
    _unpriced(_, scope)
    passport_button(
        _,
        "rates",
        Passport(
            _("Win rates, cycle and open pipeline"),
            tuple(measure(name) for name, _text in figures),
            scope,
            scope.month,
            scope.until,
            {},
            (win_rate.win_rates, scope),
            counted=False,
            rows=(funnel.deals, scope, *DIMENSIONS),
            standing=True,
        ),
    )


def _known(pipeline: pd.Series, lacking: str, figure: str, of: str = "deals") -> Decimal | None:
    """Return a sum over some open deals; None where every one of them lacks what it adds up."""
    deals = int(pipeline[of])
    return None if deals and int(pipeline[lacking]) == deals else pipeline[figure]


def _cohort_rate(scope: Scope) -> float | None:
    """Return the win rate by the usual cycle, of months old enough to tell."""
    usual = cache.frame(win_rate.usual_cycle, scope)["days"].iloc[0]
    if pd.isna(usual):
        return None
    return win_rate.cohort_rate(cache.frame(win_rate.cohorts, scope, ceil(usual)))


def _unpriced(_: Words, scope: Scope) -> None:
    """Warn about products of deals that are not in the product list."""
    unmatched = cache.frame(funnel.unmatched_products, scope)
    if len(unmatched) and "products" in load.filled():
        st.caption(
            escaped(
                _(
                    "Not in your product list, so without a list price: {names}. On the "
                    "Files page you can match them to your products.",
                    names=_(", ").join(unmatched["product"].head(5)),
                )
            )
        )
