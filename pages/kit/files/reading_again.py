"""Read a dropped file again after the user has chosen its encoding or its header.

>>> if again := start_again(files, today): ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import IO

import streamlit as st

from data.ingest import inbox, jobs, unattended
from data.layout.by_hand import NONE, Choices, HeaderRows
from data.staging.draft import Draft
from data.staging.rereading import reread
from domain.errors import FileError
from pages.kit.queries import cache

# In the keys of widgets in which a header is chosen.
HEADER_KEY = "_header"


def chosen() -> dict[str, Choices]:
    """Return what the user chose, by the hash of a file's bytes."""
    return dict(st.session_state.get("choices", {}))


def choose_encoding(content: str, encoding: str) -> None:
    """Have a text file read again in an encoding."""
    _choose(content, replace(chosen().get(content, NONE), encoding=encoding))


def choose_header(content: str, sheets: Sequence[str], rows: HeaderRows) -> None:
    """Have a file read again with these rows as the header of some of its sheets."""
    own = chosen().get(content, NONE)
    _choose(content, replace(own, headers={**own.headers, **dict.fromkeys(sheets, rows)}))


def start_again(files: Sequence[IO[bytes]], today: date) -> str | None:
    """Start to read again the file of which something was just chosen; return the job, if any.

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
            job_id = unattended.start_opening(store, arrival, today=today, choices=chosen())
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
        job_id = jobs.start_reading(store, own or arrived, today=today, choices=chosen())
    state.before_rereading, state.drafts = state.drafts, None
    return job_id


def replaced(read: Sequence[Draft], prefix: str, today: date) -> dict[int, Draft]:
    """Return the drafts after reading: all, or those of before with one file read again.

    They are by their place in the drop, which names their widgets: some may be imported before
    others. `prefix` begins the keys of the widgets of each; those of a sheet that has become
    another table, or has other columns, are forgotten, but for those in which that was chosen.
    """
    state = st.session_state
    before: dict[int, Draft] | None = state.pop("before_rereading", None)
    content = state.pop("reread", None)
    if not before or not content:
        return dict(enumerate(read))
    drafts = reread(cache.store(), before, read, content, today)
    for at, draft in before.items():
        now = drafts.get(at)
        if now is None or draft.table != now.table or _header(draft) != _header(now):
            for key in [name for name in state if str(name).startswith(f"{prefix}_{at}_")]:
                if HEADER_KEY not in str(key):
                    del state[key]
    return drafts


def restored() -> dict[int, Draft] | None:
    """Return the drafts from before a reading that failed; None where there were none."""
    st.session_state.reread = None
    before: dict[int, Draft] | None = st.session_state.pop("before_rereading", None)
    return before


def _choose(content: str, choices: Choices) -> None:
    state = st.session_state
    state.choices = {**chosen(), content: choices}
    state.reread = content


def _header(draft: Draft) -> list[object]:
    return [(top.header, top.chosen) for top in draft.tops.values()]
