"""Let the user choose how a row with doubtful letters reads, and read its file again so.

>>> ask(_, draft, note, key="draft_0")
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import IO

import streamlit as st

from data.ingest import inbox, jobs, unattended
from data.layout.sheet import Note
from data.staging.draft import Draft
from data.staging.rereading import reread
from domain.errors import FileError
from domain.tables import N_
from pages.kit.i18n.words import Words
from pages.kit.queries import cache

ENCODINGS: dict[str, str] = {
    "cp1252": N_("Western European, Windows"),
    "iso8859_15": N_("Western European, ISO"),
    "cp850": N_("Western European, DOS"),
    "mac_roman": N_("Western European, Mac"),
    "cp1250": N_("Central European, Windows"),
    "iso8859_2": N_("Central European, ISO"),
    "cp852": N_("Central European, DOS"),
    "cp1254": N_("Turkish, Windows"),
    "cp1257": N_("Baltic, Windows"),
    "cp1251": N_("Cyrillic, Windows"),
    "koi8_r": N_("Cyrillic, KOI8-R"),
    "iso8859_5": N_("Cyrillic, ISO"),
    "cp866": N_("Cyrillic, DOS"),
    "mac_cyrillic": N_("Cyrillic, Mac"),
    "cp1255": N_("Hebrew, Windows"),
    "cp1253": N_("Greek, Windows"),
    "cp1256": N_("Arabic, Windows"),
    "cp874": N_("Thai, Windows"),
    "gb18030": N_("Simplified Chinese, GB"),
    "big5hkscs": N_("Traditional Chinese, Big5"),
    "cp949": N_("Korean, Windows"),
    "cp932": N_("Japanese, Shift-JIS"),
    "euc_jp": N_("Japanese, EUC"),
}


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
            "{row} ({encoding})", row=readings[name], encoding=_(ENCODINGS.get(name, name))
        ),
        key=own,
        on_change=_choose,
        args=(draft.content, own),
    )


def chosen() -> dict[str, str]:
    """Return the encodings that the user chose, by the hash of a file's bytes."""
    return dict(st.session_state.get("encodings", {}))


def start_again(files: Sequence[IO[bytes]], today: date) -> str | None:
    """Start to read again the file whose encoding was just chosen; return the job, if any.

    The drafts as they were wait in the session until `replaced`.
    """
    state = st.session_state
    content = state.get("reread")
    if not content or not state.get("drafts"):
        return None
    store = cache.store()
    arrival = state.get("opened_arrival")
    if state.get("opened") and arrival:
        try:
            job_id = unattended.start_opening(store, arrival, today=today, encodings=chosen())
        except FileError:  # its copy is kept no longer
            state.reread = None
            return None
    else:
        arrived = [inbox.receive(store, file.name, file) for file in files]
        own = [upload for upload in arrived if upload.content == content]
        for upload in arrived if own else []:
            if upload not in own:
                upload.path.unlink(missing_ok=True)
        # A file within an archive is in none of them by itself.
        job_id = jobs.start_reading(store, own or arrived, today=today, encodings=chosen())
    state.before_rereading, state.drafts = state.drafts, None
    return job_id


def replaced(read: Sequence[Draft], prefix: str, today: date) -> dict[int, Draft]:
    """Return the drafts after reading: all, or those of before with one file read again.

    They are by their place in the drop, which names their widgets: some may be imported before
    others. `prefix` begins the keys of the widgets of each; those of a sheet that has become
    another table are forgotten.
    """
    state = st.session_state
    before: dict[int, Draft] | None = state.pop("before_rereading", None)
    content = state.pop("reread", None)
    if not before or not content:
        return dict(enumerate(read))
    again = reread(cache.store(), list(before.values()), read, content, today)
    drafts = dict(zip(before, again, strict=True))
    for at, draft in drafts.items():
        if draft.table != before[at].table:
            for key in [name for name in state if str(name).startswith(f"{prefix}_{at}_")]:
                del state[key]
    return drafts


def restored() -> dict[int, Draft] | None:
    """Return the drafts from before a reading that failed; None where there were none."""
    st.session_state.reread = None
    before: dict[int, Draft] | None = st.session_state.pop("before_rereading", None)
    return before


def _choose(content: str, key: str) -> None:
    state = st.session_state
    state.encodings = {**chosen(), content: state[key]}
    state.reread = content
