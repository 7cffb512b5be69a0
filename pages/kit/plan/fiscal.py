"""Show how the month's target adds up to the fiscal quarter and year.

>>> fiscal_card(_, scope, Decimal("12000000"))
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import streamlit as st

from analytics.actuals import actual
from analytics.periods import fiscal
from analytics.periods.calendar import Calendar
from analytics.periods.fiscal import Period, Sum
from analytics.periods.months import began_late
from analytics.plan import outlook
from analytics.plan.targets import target_for
from domain.scope import Scope
from pages.kit.i18n.adding_up import adding_up
from pages.kit.i18n.numbers import date_text, escaped, exact, money, month_text, number, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import calendars, load, slices
from pages.kit.queries.targets import targets as targets_in_force
from pages.kit.widgets.passport import Passport, passport, passport_button
from pages.kit.widgets.show import small_table


def fiscal_card(_: Words, scope: Scope, target: Decimal) -> None:
    """Draw how much of the fiscal quarter's and year's targets is covered."""
    quarter, year = sums(scope, target)
    booked, aim, _left = adding_up(_, quarter.actual, quarter.target, scope.currency)
    with st.container(border=True):
        st.markdown(
            f"**{_('Quarter and year')}** · "
            + escaped(
                _(
                    "with this target, {quarter}: {actual} booked of {target}",
                    quarter=_name(_, quarter.period),
                    actual=booked,
                    target=aim,
                )
                if quarter.whole
                else _(
                    "with this target, {quarter}: {actual} booked; only {n} of its {all} months "
                    "have a target, in sum {target}",
                    quarter=_name(_, quarter.period),
                    actual=booked,
                    n=number(_, quarter.with_target),
                    all=number(_, len(quarter.period.months)),
                    target=aim,
                )
            )
        )
        small_table(
            _,
            [_row(_, scope, period) for period in (quarter, year)],
            (
                _("Period"),
                _("Sum of monthly targets"),
                _("Booked to date"),
                _("Remaining"),
                _("Attainment"),
                _("Months with a target"),
            ),
        )
        for sentence in _unknown(_, scope, year.period):
            st.caption(escaped(sentence))
        passport_button(_, "fiscal", _passport(_, scope, target, quarter, year))


def _unknown(_: Words, scope: Scope, year: Period) -> list[str]:
    """Say up to which day sales are booked, and which months have a target and no data."""
    begin, first, last = calendars.begins(scope), year.months[0], year.months[-1]
    sentences = []
    if first <= scope.as_of < scope.in_month(last).end:
        sentences.append(_("Booked up to {day}.", day=date_text(_, scope.as_of)))
    before = [month for month in year.months if begin and began_late(month, begin)]
    known = _month_targets(scope)
    lacking = [month for month in before if known.get(month)]
    day = load.first_dates()[scope.source]
    if day and lacking:
        sentences.append(
            _(
                "The data begin on {day}: the targets of {first} to {last} are in the sum, the "
                "sales before that day are not, so the attainment looks lower than it is.",
                day=date_text(_, day),
                first=month_text(_, lacking[0]),
                last=month_text(_, lacking[-1]),
            )
            if len(lacking) > 1
            else _(
                "The data begin on {day}: the target of {first} is in the sum, the sales before "
                "that day are not, so the attainment looks lower than it is.",
                day=date_text(_, day),
                first=month_text(_, lacking[0]),
            )
        )
    return sentences


def sums(scope: Scope, target: Decimal) -> tuple[Sum, Sum]:
    """Return the fiscal quarter and year of the scope's month, with `target` for that month."""
    first = calendars.fiscal_start()
    targets = {**_month_targets(scope), scope.month: target}
    actuals = {month: Decimal(value) for month, value in zip(*_brought(scope), strict=True)}
    quarter, year = (
        fiscal.fiscal_quarter(scope.month, first),
        fiscal.fiscal_year(scope.month, first),
    )
    return fiscal.add_up(quarter, targets, actuals), fiscal.add_up(year, targets, actuals)


@load.cached("facts", "plan")
def _month_targets(scope: Scope) -> dict[date, Decimal | None]:
    """Return the target in force of every month of the fiscal year."""
    months = fiscal.fiscal_year(scope.month, calendars.fiscal_start()).months
    year = _calendar(scope, months)
    by_month: dict[date, Decimal | None] = {}
    for month in months:
        own = target_for(
            scope.in_month(month), targets_in_force(), year, first_month=calendars.fiscal_start()
        )
        by_month[month] = own.target if own else None
    return by_month


def _calendar(scope: Scope, months: tuple[date, ...]) -> Calendar:
    """Return every day of the fiscal year, which may end in the next calendar year."""
    return calendars.calendar(scope.in_month(months[-1]), months[0])


def _brought(scope: Scope) -> tuple[list[date], list[Decimal]]:
    past = outlook.history(slices.daily(scope), scope.as_of)
    return list(past["month"]), list(past["value"])


def _row(_: Words, scope: Scope, period_sum: Sum) -> tuple[str, ...]:
    booked, target, left = adding_up(_, period_sum.actual, period_sum.target, scope.currency)
    if not period_sum.whole:
        # What is booked in the other months stands against no target.
        left = _("n/a")
    elif not period_sum.open:
        left = money(_, 0, scope.currency)
    return (
        _name(_, period_sum.period),
        target,
        booked,
        left,
        percent(_, period_sum.attained),
        f"{number(_, period_sum.with_target)} / {number(_, len(period_sum.period.months))}",
    )


def _name(_: Words, period: Period) -> str:
    start, end = month_text(_, period.months[0]), month_text(_, period.months[-1])
    if period.quarter is None:
        return _("FY{year} ({start} – {end})", year=str(period.year), start=start, end=end)
    return _(
        "Q{n} FY{year} ({start} – {end})",
        n=str(period.quarter),
        year=str(period.year),
        start=start,
        end=end,
    )


def _passport(_: Words, scope: Scope, target: Decimal, quarter: Sum, year: Sum) -> Passport:
    worked = {
        _("This month's target"): exact(_, target, scope.currency),
        _name(_, quarter.period): _booked_of_target(_, scope, quarter),
        _name(_, year.period): _booked_of_target(_, scope, year),
    }
    own = passport(
        _("Quarter and year"), scope, "fiscal_target", "actual", worked=worked, counted=False
    )
    # Booked from the first day of the fiscal year on, whichever month is planned.
    first, last = year.period.months[0], max(scope.as_of, year.period.months[0])
    return replace(own, start=first, end=last, query=(actual.total, scope, first, last))


def _booked_of_target(_: Words, scope: Scope, period_sum: Sum) -> str:
    booked, target = (
        exact(_, amount, scope.currency) for amount in (period_sum.actual, period_sum.target)
    )
    return f"{booked} / {target}"
