"""Plan the month to come: its history, its forecast, its target and who carries it."""

import streamlit as st

from analytics.forecast.month_end import FEWEST_MONTHS, probability
from analytics.plan import typed_cells
from analytics.plan.outlook import proposed
from pages.kit.charts import bars
from pages.kit.i18n.adding_up import adding_up, as_fine, fineness
from pages.kit.i18n.labels import scope_sentence
from pages.kit.i18n.numbers import escaped, exact, money, month_text, number, percent, signed
from pages.kit.plan import queries
from pages.kit.plan.allocation import allocation_editor
from pages.kit.plan.fiscal import fiscal_card
from pages.kit.plan.phasing import phasing_table
from pages.kit.widgets import doubts, filters, link, passport, reporting_currency, show
from pages.kit.widgets.estimate import in_steps, rests_on
from pages.kit.widgets.language import reader_words

_ = reader_words()
seen = filters.bar(_, month=False)
if seen is None:
    show.empty(
        _,
        ("orders", "deals", "contracts", "targets"),
        _("Add past orders or deals to plan the next month"),
    )
    st.stop()

state = st.session_state
currency = seen.scope.currency
months = queries.plannable(seen.scope)

# The month, and its floor, target and stretch.
with st.container(horizontal=True, vertical_alignment="bottom"):
    month = filters.month_choice(_, _("Month to plan"), months, key="plan_month", width=160)
    scope = seen.scope.in_month(month)
    in_force = queries.levels(scope)
    suggested = state.pop("suggested_target", None)
    for level, label in (
        ("floor", _("Floor")),
        ("target", _("Target ({currency})", currency=currency)),
        ("stretch", _("Stretch")),
    ):
        key = f"plan_{level}_{month}"
        if key not in state or (level == "target" and suggested is not None):
            known = suggested if level == "target" and suggested is not None else in_force[level]
            state[key] = None if known is None else float(known)
        st.number_input(
            label,
            min_value=0.0,
            step=10_000.0,
            format="%0.2f",
            key=key,
            width=190,
            persist_state="session",
        )
typed = {
    level: typed_cells.amount(state[f"plan_{level}_{month}"])
    for level in ("floor", "target", "stretch")
}
target = typed["target"]

ahead = queries.ahead(scope)
history = queries.history(scope)
before = queries.a_year_before(history, scope)
chance = probability(ahead, target) if target is not None else None

# The answer, in one sentence.
expected, aim, _gap = adding_up(_, ahead.p50, target, currency)
step = fineness(_, ahead.p50, target)
if ahead.p50 is not None:
    parts = [_("{month}: expected {p50}", month=month_text(_, month), p50=expected)]
elif ahead.method == "refused":
    parts = [
        _(
            "{month}: no forecast, it would be far above every month so far",
            month=month_text(_, month),
        )
    ]
else:
    parts = [_("{month}: not enough history for a forecast", month=month_text(_, month))]
if before is not None:
    parts.append(_("last year {sum}", sum=money(_, before, currency)))
if target is not None:
    parts.append(_("target {target}", target=aim))
    if chance is not None:
        parts.append(_("probability {share}", share=percent(_, chance, 0)))
else:
    parts.append(_("no target yet"))
st.markdown("### " + escaped(_("; ").join(parts)))
reporting_currency.tell(_, scope, behind=True)
doubts.out_of_proportion(_, scope, ahead.p50, target)

left, right = st.columns([3, 2], gap="small")
with left, st.container(border=True, height="stretch"):
    drawn = bars.months(
        history,
        _,
        currency,
        {
            "month": month,
            "p10": ahead.p10,
            "p50": ahead.p50,
            "p90": ahead.p90,
            "target": target,
        },
        show.theme(),
        title=_("Past months and next month"),
        subtitle=scope_sentence(_, scope),
    )
    show.chart(drawn.figure, drawn.alt, key="history")
with right, st.container(border=True, height="stretch"):
    st.markdown(f"**{_('How likely is it?')}**")
    rows = [
        (label, sum_, percent(_, None if ahead.thin else share, 0))
        for label, known, sum_, share in (
            (_("Cautious (P10)"), ahead.p10, as_fine(_, ahead.p10, step, currency), 0.9),
            (_("Expected (P50)"), ahead.p50, expected, 0.5),
            (_("Optimistic (P90)"), ahead.p90, as_fine(_, ahead.p90, step, currency), 0.1),
        )
        if known is not None
    ]
    for level, label in (("floor", _("Floor")), ("target", _("Target")), ("stretch", _("Stretch"))):
        if typed[level] is not None:
            share = probability(ahead, typed[level])
            sum_ = aim if level == "target" else money(_, typed[level], currency)
            rows.append((label, sum_, percent(_, share, 0)))
    if rows:
        show.small_table(_, rows, (_("Figure"), _("Amount"), _("Probability of reaching it")))
    if ahead.thin:
        st.caption(
            _("Fewer than three full months of history: no range, no probability.")
            if ahead.months < FEWEST_MONTHS
            else _("The past months differ too much: no range, no probability.")
        )
    else:
        st.caption(
            _(
                "Track record: {months} months tested, mean error {wape}, bias {bias}.",
                months=number(_, len(ahead.track)),
                wape=percent(_, ahead.wape),
                bias=signed(_, ahead.bias, markdown=False),
            )
        )
    if basis := rests_on(_, ahead):
        st.caption(escaped(basis))
    likely = proposed(ahead, 0.65)
    if likely is not None:
        st.button(
            _("Use {sum} (65% likely)", sum=money(_, likely, currency)),
            on_click=state.__setitem__,
            args=(f"plan_target_{month}", float(likely)),
            key="take_likely",
        )
    passport.passport_button(
        _,
        "plan",
        passport.passport(
            _("The month ahead"),
            scope,
            "forecast_p50",
            *(() if ahead.thin else ("forecast_p10", "forecast_p90", "probability")),
            worked={
                label: exact(_, sum_, currency)
                for label, sum_ in (
                    (_("Same month last year"), before),
                    (_("Cautious (P10)"), ahead.p10),
                    (_("Expected (P50)"), ahead.p50),
                    (_("Optimistic (P90)"), ahead.p90),
                )
                if sum_ is not None
            }
            | in_steps(_, ahead),
            counted=False,
        ),
    )

if target is None or target == 0:
    st.info(_("Enter a target to split it by day, team and rep."))
    link.write(_)  # nothing is written once a page has stopped
    st.stop()

fiscal_card(_, scope, target)
phasing_table(_, scope, target)
allocation_editor(_, scope, typed)
