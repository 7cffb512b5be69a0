"""Show how many customers buy again, by class, over five quarters.

>>> retention_table(_, scope)
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.actuals import actual, customers
from analytics.periods import months
from analytics.periods.months import began_late
from domain.measures import measure
from domain.scope import Scope
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.numbers import date_text, escaped, month_text, percent
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, calendars, load
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.show import small_table

CLASSES: tuple[str | None, ...] = ("key", "ordinary", "potential", None)
_MONTHS = 3
_WINDOWS = 5
_FEWEST = 10
_CLEARLY = 0.1


def retention_table(_: Words, scope: Scope) -> None:
    """Draw the repeat-purchase rate of each class in five periods of three months."""
    st.markdown(f"**{_('Repeat customers')}**")
    spans = windows(scope)
    by_class = rates(scope)
    if not len(by_class):
        first = calendars.begins(scope)
        short = first is not None and began_late(spans[0][0], first)
        st.caption(
            _(
                "The data begin on {day}; a rate needs all of the three months from {month}.",
                day=date_text(_, load.first_dates()[scope.source] or first),
                month=month_text(_, spans[0][0]),
            )
            if short
            else _nobody(_, scope, spans[0])
        )
        return
    fallen = falling(by_class)
    if fallen is not None:
        st.markdown(
            escaped(
                _(
                    "{name}: repeat-purchase rate down to {now}, from {before} a year ago",
                    name=choice_label(_, fallen["customer_class"], "customer_class"),
                    now=percent(_, fallen[0]),
                    before=percent(_, fallen[_WINDOWS - 1]),
                )
            )
        )
    heads = [_("to {month}", month=month_text(_, end)) for _first, end in reversed(spans)]
    rows = [
        (
            choice_label(_, row["customer_class"], "customer_class"),
            *(percent(_, row[at]) for at in reversed(range(_WINDOWS))),
        )
        for row in by_class.to_dict("records")
    ]
    small_table(_, rows, (_("Customer class"), *heads))
    st.caption(
        _("Share of customers with at least two orders, among all who ordered in the three months.")
    )
    passport_button(
        _,
        "repeat",
        Passport(
            _("Repeat customers"),
            (measure("repeat_rate"), measure("customers")),
            scope,
            *spans[0],
            {head: " / ".join(row[at + 1] for row in rows) for at, head in enumerate(heads)},
            (customers.repeat_by, scope, "customer_class", *spans[0]),
            counted=False,
        ),
    )


def _nobody(_: Words, scope: Scope, span: tuple[date, date]) -> str:
    """Say why no customer of the three months is known: nothing was sold, or nobody is named."""
    if cache.frame(actual.total, scope, *span)["rows"].iloc[0]:
        return _("The sales of these months name no customers.")
    return _("No purchases in these months.")


def windows(scope: Scope) -> list[tuple[date, date]]:
    """Return five periods of three months as date ranges, newest first."""
    spans = []
    for step in range(_WINDOWS):
        last = months.month_before(scope.month, step * _MONTHS)
        end = scope.until if step == 0 else scope.in_month(last).end
        spans.append((months.month_before(last, _MONTHS - 1), end))
    return spans


@load.cached("facts")
def rates(scope: Scope) -> pd.DataFrame:
    """Return customer_class, customers (now) and each window's rate, in columns 0 (newest) to 4."""
    first = calendars.begins(scope)
    each = [
        frame.head(0) if first is None or began_late(start, first) else frame
        for start, end in windows(scope)
        for frame in (cache.frame(customers.repeat_by, scope, "customer_class", start, end),)
    ]
    by_window = [
        {_class(row["customer_class"]): row for row in frame.to_dict("records")} for frame in each
    ]
    rows = [
        {"customer_class": name, "customers": int(by_window[0].get(name, {}).get("customers", 0))}
        | {at: _rate(window.get(name)) for at, window in enumerate(by_window)}
        for name in CLASSES
        if any(name in window for window in by_window)
    ]
    return pd.DataFrame(rows, dtype=object)


def falling(by_class: pd.DataFrame) -> pd.Series | None:
    """Return the class whose rate fell most over the windows, or None if none fell clearly."""
    oldest = _WINDOWS - 1
    known = [
        row
        for _at, row in by_class.iterrows()
        if row[0] is not None and row[oldest] is not None and row["customers"] >= _FEWEST
    ]
    worst = min(known, key=lambda row: row[0] - row[oldest], default=None)
    if worst is None or worst[oldest] - worst[0] < _CLEARLY:
        return None
    return worst


def _rate(row: dict[object, object] | None) -> float | None:
    return None if row is None or pd.isna(row["repeat_rate"]) else float(str(row["repeat_rate"]))


def _class(name: object) -> str | None:
    return None if name is None or pd.isna(name) else str(name)
