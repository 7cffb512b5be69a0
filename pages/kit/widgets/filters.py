"""The filters all pages share, and the link that carries them.

    >>> scope = filters.bar(_)

What a link holds are ids (`month=2026-03&region=华东`), never words of one
language, so it opens the same picture for a reader of the other. A value that
means nothing here is told; it does not silently widen the figures to all.
Widgets cannot do this by themselves: bound to the address they write what they
display and drop what they do not know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from analytics.actuals import currencies
from analytics.periods import asof
from data.store import settings
from domain.errors import FilterError
from domain.scope import DIMENSIONS, SOURCES, Scope
from domain.tables import N_, table
from pages.kit.i18n.labels import (
    LANGUAGES,
    Words,
    choice_label,
    currency_name,
    date_text,
    dimension_label,
    error_sentence,
    escaped,
    language_of,
    month_text,
    words,
)
from pages.kit.queries import load

SOURCE_NAMES = {name: table(name).label for name in SOURCES}

# After those that the data name.
CURRENCIES = (
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "INR", "BRL",
    "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "UAH", "RUB",
    "CAD", "AUD", "NZD", "KRW", "THB", "MYR", "IDR", "PHP", "VND", "MOP",
    "MXN", "ARS", "CLP", "COP", "PEN", "AED", "SAR", "ILS", "ZAR", "EGP", "NGN", "KES",
)  # fmt: skip
_CODE = re.compile("[A-Z]{3}")

# In sight; the other dimensions are behind "more".
_IN_SIGHT = ("team", "region")


@dataclass(frozen=True)
class Seen:
    """What the filters say: the scope, and how far "today" lies behind the calendar."""

    scope: Scope
    lag_days: int
    oldest: str | None


def language() -> Words:
    """The words of the reader: chosen, else named in the link, else the browser's."""
    state = st.session_state
    # Kept beside the switch, whose own state is blank on the first run of another page.
    if state.get("language") in LANGUAGES:
        state.spoken = state.language
    elif "spoken" not in state:
        asked = st.query_params.get("lang")
        state.spoken = asked if asked in LANGUAGES else _own_language()
    return words(state.spoken, load.setting("units"))


def _own_language() -> str:
    """The language of who has chosen none: the setting's, else the browser's."""
    return load.setting("language") or language_of(st.context.locale)


def language_switch(_: Words) -> None:
    """中文 | English; the choice stays for the session and goes into the link."""
    if st.session_state.get("language") != _.code:
        st.session_state.language = _.code
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="language",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
        width="content",
    )


def read_link() -> None:
    """Take the filters from the link, once a session, before any widget is drawn."""
    if st.session_state.get("link_read"):
        return
    params = st.query_params
    if month := params.get("month"):
        st.session_state.month = _month(month)
    if as_of := params.get("as_of"):
        st.session_state.as_of = _day(as_of)
    if source := params.get("actual"):
        if source not in SOURCES:
            raise FilterError("unknown_filter", name="actual", value=source)
        st.session_state.actual = source
    for name in DIMENSIONS:
        if name in params:
            st.session_state[name] = params.get_all(name)
    # Only now: a link that means nothing is told on every run until the reader decides.
    st.session_state.link_read = True


def carry(page: str) -> None:
    """Take the filters along to another page.

    A widget that is new to a page starts blank on its first run there, whatever the
    session holds, unless its value is set anew in that very run.
    """
    state = st.session_state
    if state.get("carried_to") == page:
        return
    state.carried_to = page
    for name in ("language", "month", "as_of", "actual", *DIMENSIONS):
        if name in state:
            state[name] = state[name]


def write_link(_: Words) -> None:
    """Put the filters that are set into the address, and nothing else."""
    state = st.session_state
    # What the link says is kept until it is understood, so that its error stays true.
    if not state.get("link_read"):
        return
    link: dict[str, str | list[str]] = {}
    if state.get("month") not in (None, state.get("own_month")):
        link["month"] = f"{state.month:%Y-%m}"
    if state.get("as_of"):
        link["as_of"] = state.as_of.isoformat()
    if state.get("actual") not in (None, state.get("own_actual")):
        link["actual"] = state.actual
    for name in DIMENSIONS:
        if state.get(name):
            link[name] = list(state[name])
    if state.get("whatif"):
        link["whatif"] = "~".join(f"{driver}*{factor}" for driver, factor in state.whatif.items())
    elif "whatif" in st.query_params and not state.get("whatif_read"):
        # A scenario waits for the page that reads it.
        link["whatif"] = st.query_params["whatif"]
    if _.code != _own_language():
        link["lang"] = _.code
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    if shown != {k: v if isinstance(v, list) else [v] for k, v in link.items()}:
        st.query_params.from_dict(link)


def bar(_: Words, month: bool = True) -> Seen | None:
    """The row of filters; the scope they name, or None while there is nothing to filter.

    Without `month` the page asks for the month itself, and the scope has the
    one that "today" lies in. Stops the page, saying why, at a value that the data do not know.
    """
    source = load.source()
    if source is None:
        return None
    try:
        read_link()
        return _bar(_, source, month)
    except FilterError as error:
        told = FilterError(error.code, **{**error.params, "name": _name(_, error)})
        st.error(escaped(error_sentence(_, told)), icon=":material/link_off:")
        st.button(_("Show all"), on_click=forget, key="show_all")
        st.stop()


def _bar(_: Words, source: str, asks_month: bool) -> Seen:
    _refuse_strangers(st.session_state.get("actual") or source)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        chosen = _source(_, source)
        seen = _as_of(chosen)
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
        currency=load.setting("currency"),
        selling_days=load.setting("selling_days"),
        **{name: tuple(st.session_state.get(name) or ()) for name in DIMENSIONS},
    )
    own = st.session_state.get("as_of") is not None
    return Seen(scope, 0 if own else seen.lag_days, None if own else seen.oldest_table)


def forget() -> None:
    """Set every filter back to "all", whatever the link said."""
    st.session_state.link_read = True
    for name in ("month", "as_of", "actual", *DIMENSIONS):
        st.session_state[name] = [] if name in DIMENSIONS else None


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise FilterError("unknown_filter", name="month", value=text) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FilterError("unknown_filter", name="as_of", value=text) from error


def _source(_: Words, default: str) -> str:
    available = load.sources()
    if len(available) < 2:
        return default
    options = [default, *(name for name in available if name != default)]
    _follow("actual", default)
    chosen = st.selectbox(
        _("Actuals from"),
        options,
        format_func=lambda name: _(SOURCE_NAMES[name]),
        key="actual",
        persist_state="session",
        width=150,
    )
    return chosen or default


def _as_of(source: str) -> asof.AsOf:
    return asof.as_of(load.last_dates(), {source}, load.today())


def _month_box(_: Words, source: str, as_of: date) -> date:
    """The month in question: by itself the one that "today" lies in."""
    days = load.daily(Scope(month=as_of.replace(day=1), as_of=as_of, source=source))["date"]
    last = as_of.replace(day=1)
    first = min((day for day in days if day <= as_of), default=last).replace(day=1)
    months = [stamp.date() for stamp in pd.date_range(first, last, freq="MS")][::-1]
    # The month to come can be looked at, too: its target is set before it begins.
    months.insert(0, (pd.Timestamp(last) + pd.offsets.MonthBegin(1)).date())
    asked = st.session_state.get("month")
    if asked not in (None, st.session_state.get("own_month")) and asked not in months:
        raise FilterError("unknown_filter", name="month", value=f"{asked:%Y-%m}")
    _follow("month", last)
    return st.selectbox(
        _("Month"),
        months,
        format_func=lambda month: month_text(_, month),
        key="month",
        persist_state="session",
        width=150,
    )


def _values_box(_: Words, source: str, name: str, width: int | str = "stretch") -> None:
    options = load.values(source, name)
    if not options and not st.session_state.get(name):
        return
    st.multiselect(
        dimension_label(_, name),
        options,
        format_func=lambda value: (
            choice_label(_, value) if name == "customer_class" else str(value)
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
    _currency(_)
    st.button(_("Show all"), on_click=forget, icon=":material/filter_alt_off:")


def _currency(_: Words) -> None:
    """The currency of amounts that name none; amounts in another one are told apart."""
    # Another session may have chosen another one; what is in force is shown.
    st.session_state.currency = load.setting("currency")
    st.selectbox(
        _("Reporting currency"),
        currency_codes(),
        format_func=lambda code: currency_name(_, code),
        key="currency",
        on_change=_keep_currency,
        help=_(
            "Used for amounts without a currency. Amounts in other currencies are left out and "
            "listed."
        ),
    )


def _keep_currency() -> None:
    settings.choose(load.store(), "currency", st.session_state.currency)


def currency_codes() -> list[str]:
    """The currencies that can be reported in: those that the data name first, then the usual."""
    found = load.frame(currencies.named).sort_values("rows", ascending=False, kind="stable")
    ours = [str(code) for code in found["currency"] if _CODE.fullmatch(str(code))]
    return list(dict.fromkeys([*ours, load.setting("currency"), *CURRENCIES]))


def _follow(name: str, own: object) -> None:
    """Let a filter that nobody has touched follow the data as they grow."""
    if st.session_state.get(name) in (None, st.session_state.get(f"own_{name}")):
        st.session_state[name] = own
    st.session_state[f"own_{name}"] = own


def _refuse_strangers(source: str) -> None:
    for name in DIMENSIONS:
        asked = st.session_state.get(name) or ()
        known = load.values(source, name) if asked else []
        for value in asked:
            if value not in known:
                raise FilterError("unknown_filter", name=name, value=value)


def _name(_: Words, error: FilterError) -> str:
    """What the filter is called where the reader sees it."""
    name = str(error.params.get("name"))
    own = {"month": N_("Month"), "as_of": N_("As of"), "actual": N_("Actuals from")}
    return _(own[name]) if name in own else dimension_label(_, name)
