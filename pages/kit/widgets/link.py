"""The link of a page: the filters of the session, written into its address and read back.

    >>> read()                                                              # doctest: +SKIP
    >>> write(words("en"))                                                  # doctest: +SKIP

A link holds ids (`month=2026-03&region=华东`), never words of one language, so that it
opens the same picture for a reader of the other. A value with no meaning here raises
FilterError("unknown_filter"); it never silently widens the figures to all. Streamlit's
own binding of widgets to the address cannot do this: it writes the text on display and
drops the values it does not know.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from domain.errors import FilterError
from domain.scope import DIMENSIONS, SOURCES
from pages.kit.i18n.words import Words
from pages.kit.widgets.language import default_language

# The review and the plan have months of their own beside the one of the week.
OWN_MONTHS = ("review_month", "plan_month")


def read() -> None:
    """Read the filters from the address, once a session, before any widget is drawn."""
    if st.session_state.get("link_read"):
        return
    params = st.query_params
    if month := params.get("month"):
        st.session_state.month = _month(month)
    for name in OWN_MONTHS:
        if own := params.get(name):
            st.session_state[name] = st.session_state[f"linked_{name}"] = _month(own, name)
    if as_of := params.get("as_of"):
        st.session_state.as_of = _day(as_of)
    if source := params.get("actual"):
        if source not in SOURCES:
            raise FilterError("unknown_filter", name="actual", value=source)
        st.session_state.actual = source
    for name in DIMENSIONS:
        if name in params:
            st.session_state[name] = params.get_all(name)
    # Set last, so that a bad link is reported on every run until the reader clears it.
    st.session_state.link_read = True


def carry_to(page: str) -> None:
    """Keep the filters on the way to another page.

    A widget that is new to a page starts blank on its first run there, whatever the
    session holds, unless its value is assigned in that same run.
    """
    state = st.session_state
    if state.get("carried_to") == page:
        return
    state.carried_to = page
    for name in ("language", "month", *OWN_MONTHS, "as_of", "actual", *DIMENSIONS):
        if name in state:
            state[name] = state[name]


def write(_: Words) -> None:
    """Write the filters that are set into the address, and nothing else."""
    state = st.session_state
    # A bad link stays in the address as long as its error is on the screen.
    if not state.get("link_read"):
        return
    link: dict[str, str | list[str]] = {}
    if state.get("month") not in (None, state.get("own_month")):
        link["month"] = f"{state.month:%Y-%m}"
    for name in OWN_MONTHS:
        if state.get(name) not in (None, state.get(f"own_{name}")):
            link[name] = f"{state[name]:%Y-%m}"
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
        # Keep a scenario for the page that reads it.
        link["whatif"] = st.query_params["whatif"]
    if _.code != default_language():
        link["lang"] = _.code
    shown = {name: st.query_params.get_all(name) for name in st.query_params}
    if shown != {k: v if isinstance(v, list) else [v] for k, v in link.items()}:
        st.query_params.from_dict(link)


def clear_filters() -> None:
    """Set every filter back to "all", whatever the link says."""
    st.session_state.link_read = True
    for name in ("month", *OWN_MONTHS, "as_of", "actual", *DIMENSIONS):
        st.session_state[name] = [] if name in DIMENSIONS else None


def _month(text: str, name: str = "month") -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise FilterError("unknown_filter", name=name, value=text) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FilterError("unknown_filter", name="as_of", value=text) from error
