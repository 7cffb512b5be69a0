"""Let the user choose how a row with doubtful letters reads.

>>> ask(_, draft, note, key="draft_0")
"""

from __future__ import annotations

import streamlit as st

from data.layout.sheet import Note
from data.staging.draft import Draft
from pages.kit.files import reading_again
from pages.kit.i18n.encodings import encoding_name
from pages.kit.i18n.names import visible
from pages.kit.i18n.words import Words


def ask(_: Words, draft: Draft, note: Note, key: str) -> None:
    """Offer the other readings of the row that a note on doubtful letters shows, if any."""
    readings: dict[str, str] = dict(dict(note.params).get("readings", ()))  # type: ignore[call-overload]
    if len(readings) < 2:
        return
    own = f"{key}_{draft.content[:8]}_encoding"
    st.selectbox(
        _("How does this row read?"),
        list(readings),
        format_func=lambda name: _(
            "{row} ({encoding})", row=visible(readings[name]), encoding=encoding_name(_, name)
        ),
        key=own,
        on_change=_choose,
        args=(draft.content, own),
    )


def _choose(content: str, key: str) -> None:
    reading_again.choose_encoding(content, st.session_state[key])
