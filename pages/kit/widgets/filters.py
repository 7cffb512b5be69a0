"""The row of filters that all pages share.

>>> filters.bar(_).scope                                                # doctest: +SKIP
Scope(month=datetime.date(2026, 3, 1), …)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from analytics.periods import asof
from domain.errors import FilterError
from domain.scope import DIMENSIONS, Scope
from domain.tables import N_, table
from pages.kit.i18n.labels import choice_label, dimension_label
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import date_text, escaped, month_text
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import load, settings, slices
from pages.kit.widgets import link, reporting_currency
from pages.kit.widgets.currency_box import currency_box
from pages.kit.widgets.language import language_switch, respoken

# Always visible; the other dimensions are behind "More".
_IN_SIGHT = ("team", "region")


@dataclass(frozen=True)
class View:
    """What the filters select: a scope, and how old the data are.

    `lag_days` counts the days from the last date in the data to the calendar's today, 0 where
    the reader chose the date; `oldest` is the table whose dates end first.
    """

    scope: Scope
    lag_days: int
    oldest: str | None


def bar(_: Words, month: bool = True) -> View | None:
    """Draw the filters and return what they select, or None while there are no data.

    Without `month` the page chooses the month by itself, and the scope is of the month
    of its "as of" date. At a value that is not in the data the page shows an error and stops.
    """
    source = load.source()
    if source is None:
        return None
    try:
        link.read()
        # Before the first figure: ¥0 on China's calendar is no answer to a company in dollars.
        if reporting_currency.ask(_):
            language_switch(_)
            st.stop()
        return _bar(_, source, month)
    except FilterError as error:
        named = FilterError(error.code, **{**error.params, "name": _name(_, error)})
        st.error(escaped(error_sentence(_, named)), icon=":material/link_off:")
        st.button(_("Show all"), on_click=link.clear_filters, key="show_all")
        st.stop()


def month_choice(_: Words, label: str, months: list[date], key: str, width: int) -> date:
    """Draw the choice of a page's own month.

    Unless the reader picks one it is the week's, where the reader chose that and the page
    offers it, else the first one. A month in the link that is not offered is an error.
    """
    state, week = st.session_state, st.session_state.get("month")
    chosen = week is not None and week != state.get("own_month") and week in months
    picked = state.get(key)
    if picked not in (None, state.get(f"own_{key}"), *months):
        if picked == state.get(f"linked_{key}"):
            error = FilterError("unknown_filter", name=label, value=f"{picked:%Y-%m}")
            st.error(escaped(error_sentence(_, error)), icon=":material/link_off:")
            st.button(_("Show all"), on_click=link.clear_filters, key="show_all")
            st.stop()
        state[key] = None
    _follow(key, week if chosen else months[0])
    respoken(key)
    return st.selectbox(
        label,
        months,
        format_func=lambda month: month_text(_, month),
        key=key,
        persist_state="session",
        width=width,
    )


def _bar(_: Words, source: str, asks_month: bool) -> View:
    _refuse_unknown_values(st.session_state.get("actual") or source)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        chosen = _source(_, source)
        seen = load.reach(chosen)
        last = (st.session_state.get("as_of") or seen.date).replace(day=1)
        month = _month_box(_, chosen, seen.date) if asks_month else last
        for name in _IN_SIGHT:
            _values_box(_, chosen, name, width=190)
        more = [name for name in DIMENSIONS if name not in _IN_SIGHT]
        used = sum(bool(st.session_state.get(name)) for name in (*more, "as_of"))
        label = _("More") + (f" · {used}" if used else "")
        with st.popover(label, icon=":material/tune:", on_change="rerun", key="more") as popover:
            if popover.open:
                _more(_, chosen, more, seen)
        st.space("stretch")
        language_switch(_)
    as_of = st.session_state.get("as_of") or seen.date
    scope = Scope(
        month=month,
        as_of=as_of,
        source=chosen,
        metric=load.metric_of(chosen),
        currency=settings.setting("currency"),
        converts=settings.converts(),
        selling_days=settings.setting("selling_days"),
        **{name: tuple(st.session_state.get(name) or ()) for name in DIMENSIONS},
    )
    own = st.session_state.get("as_of") is not None
    return View(scope, 0 if own else seen.lag_days, None if own else seen.oldest_table)


def _source(_: Words, default: str) -> str:
    # What orders alone say was collected has no day of its own to look at it by.
    available = [name for name in load.sources() if load.counts()[name]]
    if len(available) < 2:
        return default
    options = [default, *(name for name in available if name != default)]
    _follow("actual", default)
    respoken("actual")
    chosen = st.selectbox(
        _("Actuals from"),
        options,
        format_func=lambda name: _(table(name).label),
        key="actual",
        persist_state="session",
        width=150,
    )
    return chosen or default


def _month_box(_: Words, source: str, as_of: date) -> date:
    """Draw the choice of the month; it follows the data until the reader picks one."""
    last = as_of.replace(day=1)
    # Months of money in another currency, too: the page says what it does not count.
    first = min(load.first_dates()[source] or last, last).replace(day=1)
    months = [stamp.date() for stamp in pd.date_range(first, last, freq="MS")][::-1]
    # Next month, too: its target is set before it begins.
    months.insert(0, (pd.Timestamp(last) + pd.offsets.MonthBegin(1)).date())
    chosen = st.session_state.get("month")
    if chosen not in (None, st.session_state.get("own_month")) and chosen not in months:
        raise FilterError("unknown_filter", name="month", value=f"{chosen:%Y-%m}")
    _follow("month", last)
    respoken("month")
    return st.selectbox(
        _("Month"),
        months,
        format_func=lambda month: month_text(_, month),
        key="month",
        persist_state="session",
        width=150,
    )


def _values_box(_: Words, source: str, name: str, width: int | str = "stretch") -> None:
    options = slices.values(source, name)
    if not options and not st.session_state.get(name):
        return
    respoken(name)
    st.multiselect(
        dimension_label(_, name),
        options,
        format_func=lambda value: (
            choice_label(_, value) if name == "customer_class" else visible(str(value))
        ),
        key=name,
        placeholder=_("All"),
        persist_state="session",
        width=width,
    )


def _more(_: Words, source: str, names: list[str], seen: asof.AsOf) -> None:
    for name in names:
        _values_box(_, source, name)
    st.date_input(
        _("As of (default: {day})", day=date_text(_, seen.date)),
        value=None,
        key="as_of",
        persist_state="session",
    )
    currency_box(_)
    st.button(_("Show all"), on_click=link.clear_filters, icon=":material/filter_alt_off:")


def _follow(name: str, own: object) -> None:
    """Move a filter that the reader has not touched to its new default."""
    if st.session_state.get(name) in (None, st.session_state.get(f"own_{name}")):
        st.session_state[name] = own
    st.session_state[f"own_{name}"] = own


def _refuse_unknown_values(source: str) -> None:
    for name in DIMENSIONS:
        chosen = st.session_state.get(name) or ()
        known = slices.values(source, name) if chosen else []
        for value in chosen:
            if value not in known:
                raise FilterError("unknown_filter", name=name, value=value)


def _name(_: Words, error: FilterError) -> str:
    """Return the label of the filter that an error is about."""
    name = str(error.params.get("name"))
    own = {
        "month": N_("Month"),
        "review_month": N_("Month to review"),
        "plan_month": N_("Month to plan"),
        "as_of": N_("As of"),
        "actual": N_("Actuals from"),
    }
    return _(own[name]) if name in own else dimension_label(_, name)
