"""Act only on the data that the reader saw.

>>> hold(_)                              # stops the page where a backup took the data's place
>>> st.button(_("Undo"), on_click=carry_out, args=(history.take_back, store, 3, "4f…"))

A page in a browser is older than the database: meanwhile another session may have restored a
backup, where the same numbers belong to other imports and scenarios, or shortened the list
that a choice was made from. What was clicked then is not done, and a sentence says so.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from domain.errors import ImportRefused, YuepanError
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.sentences import error_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache

# What a session keeps when its data are replaced. The number of uploads makes the keys of the
# box for files, so that it comes back empty.
_KEPT = ("language", "spoken", "uploads")
_MOST_RUNS = 3  # where one import lands after the other, the page is shown all the same


def hold(_: Words) -> None:
    """Stop the page, with a sentence and a button, while the session's data are no longer there.

    Everything that the session holds of them, such as drafts, outcomes and typed targets, is
    dropped once the reader goes on.
    """
    state = st.session_state
    if not is_replaced():
        if refused := state.pop("refused", None):
            st.error(escaped(error_sentence(_, refused)))
        return
    if state.get("restored_here"):
        st.success(_("Restored. Every page now shows the data of the backup."))
    else:
        st.warning(
            _(
                "The data were replaced in another window, so what this page showed no longer "
                "exists. Nothing was changed by your last click."
            ),
            icon=":material/history:",
        )
    st.button(
        _("Show the data of now"),
        type="primary",
        on_click=go_on,
        args=(cache.store().generation,),
        key="show_restored",
    )
    st.stop()


def is_replaced() -> bool:
    """Return whether a backup has taken the place of the data since the session began."""
    now = cache.store().generation
    return bool(st.session_state.setdefault("generation", now) != now)


def run_again_if_changed(seen: int, toast: str | None) -> None:
    """Run the page again where the facts have changed since it began with the version `seen`.

    An import that lands meanwhile would leave figures of before beside figures of after. A `toast`
    is shown again, as one of a run that is cut off is not seen.
    """
    state = st.session_state
    runs = state.pop("runs_again", 0)
    if cache.store().versions().facts != seen and runs < _MOST_RUNS:
        state.runs_again = runs + 1
        state.toast = toast
        st.rerun()


def leave_if_replaced() -> None:
    """Rerun the page instead of a fragment that would act on data no longer there."""
    if is_replaced():
        st.rerun()


def carry_out(
    action: Callable[..., object],
    *args: object,
    chosen: tuple[str, object] | None = None,
    then: str | None = None,
) -> None:
    """Do what a button said when it was drawn, as its callback; else keep the refusal to show.

    `chosen` is the key of a box and the choice that the button was drawn for. `then` is shown
    once it is done.
    """
    state = st.session_state
    if is_replaced():
        return  # `hold` says so
    if chosen is not None and state.get(chosen[0]) != chosen[1]:
        state.refused = ImportRefused("list_changed")
        return
    try:
        action(*args)
    except YuepanError as refused:
        state.refused = refused
        return
    if then:
        state.toast = then


def go_on(generation: str) -> None:
    """Begin anew on the restored data."""
    state = st.session_state
    kept = {name: state[name] for name in _KEPT if name in state}
    state.clear()
    state.update(kept)
    state.uploads = kept.get("uploads", 0) + 1
    state.generation = generation
