"""Let the user choose which rows of a sheet hold the names of its columns.

>>> panel(_, draft, key="draft_0")
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.layout.blocks import letters
from data.layout.by_hand import MOST_HEADER_ROWS, NONE, Top
from data.layout.cells import filled
from data.staging.draft import Draft
from pages.kit.files import reading_again
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken

# Why a sheet is no table, where the wrong row may have been taken for its header.
_DOUBTFUL = frozenset({"no_table", "too_few_columns", "no_known_columns"})


def panel(_: Words, draft: Draft, key: str) -> None:
    """Draw a sheet's first rows and the boxes in which its header is chosen.

    It is folded where the sheet was recognised. Sheets that are one table share their header.
    """
    name, top = next(iter(draft.tops.items()), ("", Top(())))
    if not top.rows:
        return
    doubtful = draft.error is not None and draft.error.code in _DOUBTFUL
    own = f"{key}_{draft.content[:8]}{reading_again.HEADER_KEY}"
    with st.expander(
        _("Column names are in another row"), expanded=doubtful, on_change="rerun", key=own
    ) as expander:
        if not expander.open:
            return
        if name:
            st.caption(escaped(name))
        grid.draw(_first_rows(_, top), alt=_("First rows of the file"))
        _boxes(_, draft, top, own)
        wanted = reading_again.chosen().get(draft.content, NONE).headers.get(name)
        if wanted and wanted != top.header:
            st.warning(
                _("There is no table below this row. Choose another one."),
                icon=":material/warning:",
            )


def _first_rows(_: Words, top: Top) -> pd.DataFrame:
    numbers, rows = zip(*top.rows, strict=True)
    shown = pd.DataFrame(rows, index=pd.Index(numbers, name=_("Row")))
    shown.columns = pd.Index(map(letters, range(shown.shape[1])))
    return shown.fillna("").loc[:, lambda all_: (all_ != "").any()]


def _boxes(_: Words, draft: Draft, top: Top, key: str) -> None:
    first_key, last_key = f"{key}_first", f"{key}_last"
    labels = {
        number: f"{number}: {visible(' | '.join(filter(None, row)))[:60]}"
        for number, row in top.rows
        if filled(row)
    }
    first, last = top.header or (None, None)
    state = st.session_state
    respoken(first_key)
    state.setdefault(first_key, first if first in labels else None)
    with st.container(horizontal=True):
        st.selectbox(
            _("Column names are in row"),
            list(labels),
            format_func=labels.__getitem__,
            key=first_key,
            on_change=_choose,
            args=(draft, first_key),
            placeholder=_("Choose a row"),
        )
        begin = state[first_key]
        if begin is None:
            return
        after = [number for number in labels if begin <= number < begin + MOST_HEADER_ROWS]
        respoken(last_key)
        if state.get(last_key) not in after:
            state[last_key] = last if begin == first and last in after else begin
        st.selectbox(
            _("to row"),
            after,
            format_func=labels.__getitem__,
            key=last_key,
            on_change=_choose,
            args=(draft, first_key, last_key),
        )


def _choose(draft: Draft, first_key: str, last_key: str = "") -> None:
    state = st.session_state
    first = state[first_key]
    if first is not None:
        last = state[last_key] if last_key else first
        reading_again.choose_header(draft.content, list(draft.tops), (first, last))
