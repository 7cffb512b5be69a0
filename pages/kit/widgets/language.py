"""The language of the reader: which one it is, and the switch between the two.

>>> _ = reader_words()
"""

from __future__ import annotations

import streamlit as st

from pages.kit.i18n.words import LANGUAGES, Words, language_of, words
from pages.kit.queries import settings


def reader_words() -> Words:
    """Return the words of the chosen language, else of the link's, else of the default one."""
    state = st.session_state
    # Kept apart from the switch, whose own state is blank on the first run of another page.
    if state.get("language") in LANGUAGES:
        state.spoken = state.language
    elif "spoken" not in state:
        in_link = st.query_params.get("lang")
        state.spoken = in_link if in_link in LANGUAGES else default_language()
    return words(state.spoken, settings.setting("units"))


def words_without_settings() -> Words:
    """Return the words of the chosen language, else of the link's or the browser's.

    For what is said while the database, which holds the settings, does not open.
    """
    spoken = st.session_state.get("spoken") or st.query_params.get("lang")
    language = spoken if spoken in LANGUAGES else language_of(st.context.locale)
    return words(language)


def default_language() -> str:
    """Return the language of a reader who has chosen none: the setting, else the browser's."""
    return settings.setting("language") or language_of(st.context.locale)


def respoken(key: str) -> bool:
    """Set a widget to its choice anew where the language has changed since it was drawn.

    The browser holds a choice by its text. The old language's text is none of the new options,
    so that it would come back as the value. Return whether the choice was set, for a widget
    whose default is for the first time only. To be called right before the widget.
    """
    state = st.session_state
    spoken = state.get("spoken")
    drawn_in: dict[str, str | None] = state.setdefault("drawn_in", {})
    changed = drawn_in.get(key, spoken) != spoken and key in state
    if changed:
        state[key] = state[key]
    drawn_in[key] = spoken
    return changed


def language_switch(_: Words) -> None:
    """Draw the switch 中文 | English; the choice lasts for the session and goes into the link."""
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
