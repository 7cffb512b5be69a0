"""Explain the change from one figure to another by a bridge whose bars add up exactly.

>>> bridge_panel(_, scope)
"""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from analytics.actuals import actual
from analytics.review import funnel_bridge
from analytics.review.bridge import Bridge, in_cents
from domain.measures import measure
from domain.scope import Scope
from domain.tables import C_, N_
from pages.kit.charts import bars
from pages.kit.i18n.labels import filters_sentence, named, scope_sentence
from pages.kit.i18n.numbers import escaped, exact, exact_change, is_missing, month_text, signed
from pages.kit.i18n.words import Words
from pages.kit.review import queries
from pages.kit.review.queries import Against, Days, Kind, Versus
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.segments import segments
from pages.kit.widgets.show import chart, theme

KINDS: dict[Kind, str] = {
    "products": N_("Price, volume, mix"),
    "customers": N_("Customers"),
    "funnel": N_("Funnel"),
    "target": N_("Target to actual"),
}
AGAINST: dict[Against, str] = {"last_month": N_("Last month"), "last_year": N_("Last year")}
VERSUS: dict[Versus, str] = {**AGAINST, "three_months": N_("Last 3 months vs. previous 3")}

LABELS: dict[str, str] = {
    "price": N_("Price"),
    "volume": N_("Volume"),
    "mix": N_("Mix"),
    "new": N_("New"),
    "back": N_("Won back"),
    "grown": N_("Bought more"),
    "shrunk": N_("Bought less"),
    "lost": C_("customer or product", "Lost"),
    "other": N_("Other"),
    "leads": C_("count", "Leads"),
    "deals": N_("Lead-to-deal rate"),
    "won": N_("Deal-to-win rate"),
    "deal_size": N_("Deal size"),
    "new_deals": N_("New deals"),
    "new_won": N_("Deals won"),
    "ambition": N_("Target above forecast"),
    "modesty": N_("Target below forecast"),
    "happened": N_("Result vs. forecast"),
}

FORMULAS: dict[Kind, str] = {
    "products": N_(
        "price = Σ (p₁ − p₀) · q₁; volume = (Q₁ − Q₀) · P̄₀; mix = Σ q₁ · p₀ − Q₁ · P̄₀, "
        "for products sold in both months; new and lost products have bars of their own"
    ),
    "customers": N_("change in each customer's purchases; new: first-ever purchase"),
    "funnel": N_(
        "won amount = leads × conversion rates × deal size; effect of a factor = log mean "
        "× ln(x₁ ÷ x₀); rates are the month's throughput, not cohort conversion"
    ),
    "target": N_(
        "target above (or below) forecast = target − P50 forecast on the last day before the "
        "month; the rest is the result vs. forecast"
    ),
}


def bridge_panel(_: Words, scope: Scope) -> None:
    """Draw the choice of a bridge and of the period to compare with, the chart and its details."""
    offered = queries.bridges(scope)
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = segments(_("Bridge"), {kind: _(KINDS[kind]) for kind in offered}, key="bridge_kind")
        against: Versus = "last_month"
        if kind != "target":
            against = segments(
                _("Compare with"),
                {versus: _(text) for versus, text in VERSUS.items()},
                key="bridge_against",
            )
    bridge = queries.between(scope, kind, against)
    if bridge is None or (not bridge.start and not bridge.end):
        st.caption(_("Nothing to compare with: the data does not go back that far."))
        return
    _drawn(_, scope, kind, against, bridge)


def _drawn(_: Words, scope: Scope, kind: Kind, against: Versus, bridge: Bridge) -> None:
    scope = queries.counted(scope, kind)
    compared = None if kind == "target" else queries.spans(scope, against)
    before = _span(_, compared[0]) if compared else _("Target")
    days = compared[1] if compared else (scope.month, scope.until)
    now = _span(_, days)
    bars_of = [
        (_(LABELS[_bar(label, value)]), value)
        for label, value in zip(bridge.bars["label"], in_cents(bridge), strict=True)
    ]
    labelled = bridge.bars.assign(label=[label for label, _value in bars_of])
    drawn = bars.bridge(
        labelled,
        _,
        scope.currency,
        (before, bridge.start),
        (now, bridge.end),
        theme(),
        title=_("From {start} to {end}", start=before, end=now),
        # The scope's own sentence names one month; a quarter needs both ends.
        subtitle=(filters_sentence if against == "three_months" else scope_sentence)(_, scope),
    )
    chart(drawn.figure, drawn.alt, key="bridge")
    if len(bridge.parts):
        _largest(_, scope, "customer" if kind == "customers" else "product", bridge)
    worked = {before: exact(_, bridge.start, scope.currency)}
    worked |= {label: exact_change(_, value, scope.currency) for label, value in bars_of}
    worked[now] = exact(_, bridge.end, scope.currency)
    passport_button(
        _,
        "bridge",
        Passport(
            _("Bridge"),
            (measure("won_value" if kind == "funnel" else "actual"),),
            scope,
            *days,
            {_("Formula"): _(FORMULAS[kind]), **worked},
            (funnel_bridge.throughput, scope, *days)
            if kind == "funnel"
            else (actual.by, scope, "customer" if kind == "customers" else "product", *days),
        ),
    )


def _bar(label: str, value: Decimal) -> str:
    """Return which label a bar has: a target below the forecast leads up to it."""
    return "modesty" if label == "ambition" and value > 0 else label


def _span(_: Words, days: Days) -> str:
    first, last = (day.replace(day=1) for day in days)
    if first == last:
        return month_text(_, first)
    end = month_text(_, last, year=first.year != last.year)
    return _("{start} – {end}", start=month_text(_, first), end=end)


def _largest(_: Words, scope: Scope, of: str, bridge: Bridge) -> None:
    """Draw the products or customers behind the bars, the largest changes first."""
    parts = bridge.parts.assign(size=[abs(change) for change in bridge.parts["value"]])
    parts = parts[[size > 0 for size in parts["size"]]]
    top = parts.sort_values("size", ascending=False, kind="stable").head(6)
    if not len(top):
        return
    changes = _("; ").join(
        f"{_part(_, of, row['name'], row['label'])} "
        f"{signed(_, row['value'], scope.currency, markdown=False)}"
        for row in top.to_dict("records")
    )
    st.caption(escaped(_("Largest changes: {parts}", parts=changes)))


def _part(_: Words, of: str, name: str | None, label: str) -> str:
    """Return a customer or product with its bar; what has no name stands in no other bar."""
    if is_missing(name):
        return named(_, name, of)
    bar = N_("no quantity") if label == "other" else LABELS[label]
    return f"{named(_, name)} ({_(bar)})"
