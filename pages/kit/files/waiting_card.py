"""List files that came over HTTP and wait for a person.

>>> job_id = waiting_card(_, date.today())      # of the job that reads what was opened just now
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.ingest import pending, unattended
from data.ingest.pending import Arrival
from domain.errors import YuepanError
from domain.tables import N_
from pages.kit.files.question_words import sentence
from pages.kit.i18n.numbers import date_text, escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import seen_data

_LISTED = 8
_ABOVE = ("file", "path", "sheet")
# (state, whether a copy is kept) → advice; where missing, the error has its own advice.
_REMEDIES: dict[tuple[str, bool], str] = {
    ("needs_answer", True): N_("Open it here and answer."),
    ("needs_answer", False): N_("Drop “{upload}” here and answer."),
    ("stopped_at_problems", True): N_("Open it here to see the problems and import the good rows."),
    ("stopped_at_problems", False): N_("Drop “{upload}” here to see the problems."),
}


def waiting_card(_: Words, today: date) -> str | None:
    """Draw the card, if anything waits; return the id of the job that reads an opened file."""
    waiting = pending.waiting(cache.store())
    if not waiting:
        return None
    opened = None
    with st.container(border=True, key="arrived"):
        title = _("Received over HTTP, waiting for you")
        st.markdown(f":orange[:material/mark_email_unread:] **{title}**")
        whole = st.session_state.get("arrived_all")
        for at, arrival in enumerate(waiting if whole else waiting[:_LISTED]):
            opened = _row(_, arrival, at, today) or opened
        left = len(waiting) - _LISTED
        if left > 0 and not whole:
            label = _.n("Show {n} more", "Show {n} more", left)
            st.button(label, key="arrived_more", type="tertiary", on_click=_show_all)
    return opened


def _row(_: Words, arrival: Arrival, at: int, today: date) -> str | None:
    """Draw one sheet: its name and date, why it waits, and buttons to open or dismiss it."""
    opened = None
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall"):
            name = f"{arrival.file} · {arrival.sheet}" if arrival.sheet else arrival.file
            st.markdown(f"**{escaped(name)}** · {_when(_, arrival)}")
            st.caption(escaped(_why(_, arrival)))
            for question in arrival.questions:
                text = sentence(_, question)
                st.caption(f":material/help: {escaped(question.header)}: {text}")
        if arrival.kept and st.button(
            _("Open and answer") if arrival.state == "needs_answer" else _("Open"),
            icon=":material/folder_open:",
            key=f"arrived_open_{at}",
            width="content",
        ):
            opened = _opened(_, arrival, today)
        st.button(
            _("Dismiss"),
            icon=":material/close:",
            key=f"arrived_dismiss_{at}",
            width="content",
            help=_("Remove it from this list without importing it."),
            on_click=seen_data.carry_out,
            args=(pending.dismiss, cache.store(), arrival),
        )
    return opened


def _when(_: Words, arrival: Arrival) -> str:
    moment = f"{date_text(_, arrival.at.date())} {arrival.at:%H:%M}"
    if arrival.times > 1:
        return _("{moment}, {times} times so far", moment=moment, times=arrival.times)
    return moment


def _why(_: Words, arrival: Arrival) -> str:
    """Return the reason and the advice, without the file name, as plain text."""
    assert arrival.error
    params = {name: value for name, value in arrival.error.params.items() if name not in _ABOVE}
    error = YuepanError(arrival.error.code, **params, upload=arrival.upload)
    return error_sentence(_, error, _REMEDIES.get((arrival.state, arrival.kept is not None)))


def _opened(_: Words, arrival: Arrival, today: date) -> str | None:
    try:
        job_id = unattended.start_opening(cache.store(), arrival, today=today)
    except YuepanError as gone:
        st.error(escaped(error_sentence(_, gone)))
        return None
    st.session_state.opened_arrival = arrival
    return job_id


def _show_all() -> None:
    st.session_state.arrived_all = True
