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
from pages.kit.files import questions
from pages.kit.i18n.numbers import date_text, escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache

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
    found = pending.waiting(cache.store())
    if not found:
        return None
    opened = None
    with st.container(border=True, key="arrived"):
        title = _("Received over HTTP, waiting for you")
        st.markdown(f":orange[:material/mark_email_unread:] **{title}**")
        whole = st.session_state.get("arrived_all")
        for at, one in enumerate(found if whole else found[:_LISTED]):
            opened = _row(_, one, at, today) or opened
        left = len(found) - _LISTED
        if left > 0 and not whole:
            label = _.n("Show {n} more", "Show {n} more", left)
            st.button(label, key="arrived_more", type="tertiary", on_click=_show_all)
    return opened


def _row(_: Words, one: Arrival, at: int, today: date) -> str | None:
    """Draw one sheet: its name and date, why it waits, and buttons to open or dismiss it."""
    opened = None
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(gap="xxsmall"):
            name = f"{one.file} · {one.sheet}" if one.sheet else one.file
            st.markdown(f"**{escaped(name)}** · {_when(_, one)}")
            st.caption(escaped(_why(_, one)))
            for asked in one.questions:
                question = questions.sentence(_, asked)
                st.caption(f":material/help: {escaped(asked.header)}: {question}")
        if one.kept and st.button(
            _("Open and answer") if one.state == "needs_answer" else _("Open"),
            icon=":material/folder_open:",
            key=f"arrived_open_{at}",
            width="content",
        ):
            opened = _opened(_, one, today)
        st.button(
            _("Dismiss"),
            icon=":material/close:",
            key=f"arrived_dismiss_{at}",
            width="content",
            help=_("Remove it from this list without importing it."),
            on_click=pending.dismiss,
            args=(cache.store(), one),
        )
    return opened


def _when(_: Words, one: Arrival) -> str:
    moment = f"{date_text(_, one.at.date())} {one.at:%H:%M}"
    if one.times > 1:
        return _("{moment}, {times} times so far", moment=moment, times=one.times)
    return moment


def _why(_: Words, one: Arrival) -> str:
    """Return the reason and the advice, without the file name, as plain text."""
    assert one.error
    told = {name: value for name, value in one.error.params.items() if name not in _ABOVE}
    error = YuepanError(one.error.code, **told, upload=one.upload)
    return error_sentence(_, error, _REMEDIES.get((one.state, one.kept is not None)))


def _opened(_: Words, one: Arrival, today: date) -> str | None:
    try:
        return unattended.start_opening(cache.store(), one, today=today)
    except YuepanError as gone:
        st.error(escaped(error_sentence(_, gone)))
        return None


def _show_all() -> None:
    st.session_state.arrived_all = True
