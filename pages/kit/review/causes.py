"""Explain the month's result: three causes, a first verdict and its evidence.

>>> causes_panel(_, scope, lookback.why(scope))
"""

from __future__ import annotations

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS
from analytics.pipeline import effort
from analytics.review.causes import Cause, Causes, Evidence, Verdict
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.adding_up import whole_percents
from pages.kit.i18n.labels import listed, named
from pages.kit.i18n.numbers import escaped, money, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import targets
from pages.kit.review import queries
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.show import small_table

CAUSES: dict[Cause, str] = {
    "target": N_("The target was too high"),
    "execution": N_("Execution fell short"),
    "market": N_("The market shrank"),
}
VERDICTS: dict[Verdict, str] = {
    "target": N_("Initial verdict: the target was too high"),
    "execution": N_("Initial verdict: execution fell short"),
    "market": N_("Initial verdict: a weaker market"),
    "mixed": N_("Initial verdict: several causes combined"),
    "reached": N_("The target was reached"),
    "cannot_tell": N_("The data does not show why"),
}


def causes_panel(_: Words, scope: Scope, result: Causes) -> None:
    """Draw the verdict with the teams it names, the share of each cause, and the figures behind."""
    verdict = _(VERDICTS[result.verdict])
    if result.teams and result.verdict in ("execution", "mixed"):
        verdict += _(
            ": {teams}", teams=listed(_, [named(_, team, "team") for team in result.teams])
        )
    st.markdown(f"**{_('Why')}** · {escaped(verdict)}")
    if any(result.scores.values()):
        shares = {_(CAUSES[cause]): score for cause, score in result.scores.items()}
        if result.unexplained:
            shares[_("Not explained by the data")] = result.unexplained
        rows = list(zip(shares, whole_percents(_, list(shares.values())), strict=True))
        small_table(_, rows, (_("Cause"), _("Share of the shortfall")))
    if result.verdict == "cannot_tell" and not any(result.scores.values()):
        st.caption(_no_verdict(_, scope))
    lines = [
        _line(_, scope, evidence)
        for evidence in result.evidence
        if evidence.value is not None or evidence.usual is not None
    ]
    if lines:
        small_table(
            _,
            lines,
            (_("Evidence"), _("This month"), _("Usual or expected")),
        )
    passport_button(
        _,
        "why",
        Passport(
            _("Why"),
            tuple(measure(name) for name in ("actual", "target", "forecast_p50")),
            scope,
            scope.month,
            scope.until,
            {
                _("How this is judged"): _(
                    "the part of the target above the forecast made before the month counts as a "
                    "target set too high; a shortfall against that forecast counts as execution "
                    "where a team's activities or win rate fell clearly below its usual level, and "
                    "as market where all teams fell alike or the market shrank"
                )
            },
            (effort.sold, scope),
        ),
    )


def _no_verdict(_: Words, scope: Scope) -> str:
    """Return the sentence that names what a verdict lacks, or that no cause explains the month."""
    opening = queries.opening(scope)
    thin = opening.months < FEWEST_MONTHS
    if targets.target(scope) is None:
        return (
            _("The initial verdict needs a target and three months of history.")
            if thin
            else _("The initial verdict needs a target for this month.")
        )
    if thin:
        return _("The initial verdict needs three months of history.")
    if opening.p50 is None:
        return _("The initial verdict needs a forecast from before the month; there was none.")
    if opening.thin:
        return _(
            "The initial verdict needs a forecast with a range; the past months differ too much "
            "for one."
        )
    return _(
        "None of the three causes explains the shortfall: the target was not above the forecast, "
        "no team fell clearly below its usual level, and the teams did not fall alike."
    )


def _line(_: Words, scope: Scope, evidence: Evidence) -> tuple[str, str, str]:
    label = _(measure(evidence.measure).label)
    if evidence.name is not None:
        label = f"{named(_, evidence.name, 'team')}: {label}"
    return (
        label,
        _figure(_, scope, evidence, evidence.value),
        _figure(_, scope, evidence, evidence.usual),
    )


def _figure(_: Words, scope: Scope, evidence: Evidence, value: float | None) -> str:
    unit = measure(evidence.measure).unit
    if value is None:
        return "–"
    if unit == "money":
        return money(_, value, scope.currency)
    return percent(_, value) if unit == "share" else number(_, value)
