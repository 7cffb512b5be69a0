"""Show what a new customer costs, and in how many months they earn it back.

>>> acquisition_table(_, scope)
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.review import roi
from domain.measures import measure
from domain.scope import Scope
from pages.kit.i18n.numbers import date_text, days, escaped, money, month_text, number
from pages.kit.i18n.words import Words
from pages.kit.queries import slices
from pages.kit.review import queries
from pages.kit.review.queries import Acquired
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.show import small_table


def acquisition_table(_: Words, scope: Scope) -> None:
    """Draw new customers, CAC and payback of a month that is over, and what they rest on."""
    st.markdown(f"**{_('Cost of a new customer')}**")
    if scope.as_of < scope.end:
        st.caption(_("Shown after month-end."))
        return
    acquired = queries.acquired(scope)
    figures = acquired.figures
    small_table(
        _,
        [
            (_(measure("new_customers").label), number(_, figures.customers)),
            (_(measure("cac").label), money(_, figures.cac, scope.currency)),
            (_(measure("payback").label), number(_, figures.payback, 1)),
        ],
        (_("Figure"), _("Value")),
    )
    st.caption("  \n".join(map(escaped, _basis(_, scope, acquired))))
    whole = scope.unfiltered()
    passport_button(
        _,
        "acquisition",
        Passport(
            _("Cost of a new customer"),
            (measure("cac"), measure("payback"), measure("new_customers")),
            whole,
            scope.month,
            scope.until,
            {
                _(measure("new_customers").label): number(_, figures.customers),
                _("Monthly margin of a new customer"): money(
                    _, figures.monthly_margin, scope.currency
                ),
                _("Median days to win"): days(_, acquired.cycle_days),
            },
            (roi.spent_by_month, whole, "channel"),
            counted=False,
        ),
    )


def whose_first(_: Words, begin: date | None, month: date) -> str:
    """Say whom figures of `month` call new, or why nobody knows; `begin` is the first purchase."""
    if begin is None:
        return _("No purchases in these months.")
    if begin >= month:
        return _(
            "The data begins in {month}, so nobody knows who was new.",
            month=month_text(_, begin),
        )
    return _("New: no purchase since the data begins in {month}.", month=month_text(_, begin))


def _basis(_: Words, scope: Scope, acquired: Acquired) -> list[str]:
    """Say which spend and which customers the figures are of, and what is not known."""
    figures = acquired.figures
    if acquired.begin is None and len(slices.daily(scope.unfiltered())):
        return [_("The sales name no customers.")]
    first = whose_first(_, acquired.begin, scope.month)
    if figures.customers is None:
        return [first]
    sentences = [
        _("Cost: all spend of the month; how long a deal takes to win is not known.")
        if acquired.cycle_days is None
        else _(
            "Cost: all spend {days} earlier, the median time to win a deal.",
            days=days(_, acquired.cycle_days),
        ),
        first,
    ]
    paid = roi.paid_months(scope.month, acquired.cycle_days)
    if last := queries.spend_stops(scope, *paid):
        sentences.append(
            _(
                "The list of spend ends on {day}, so the cost looks lower than it is.",
                day=date_text(_, last),
            )
        )
    if scope.filters:
        sentences.append(_("Spend names no rep, team or region: figures of the whole company."))
    if figures.cac is None and figures.customers:
        sentences.append(_("No spend is known for the months that count."))
    elif figures.monthly_margin is None and figures.customers:
        sentences.append(_("Too few product costs are known to tell the payback."))
    elif figures.cac is not None and figures.payback is None:
        sentences.append(_("New customers have earned no margin, so the cost is not paid back."))
    return sentences
