"""A sheet on its way in, as the user sees and changes it.

>>> draft = show(_, draft, key="draft_0", today=today)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data import imports
from data.ask import Question
from data.drafts import Draft
from data.match import SURE
from domain.tables import TABLES, table
from pages.kit import arrival, asking, matching
from pages.kit.text import (
    Words,
    date_text,
    error_sentence,
    escaped,
    note_sentence,
)

_PREVIEW_ROWS = 5


def show(_: Words, draft: Draft, key: str, today: date, others: Sequence[Draft] = ()) -> Draft:
    """One sheet: what it was taken for, its columns, its questions; the draft as changed.

    `others` are the drafts that came with it.
    """
    if draft.sheet is None:
        _refused(_, draft)
        return draft
    with st.container(border=True, key=f"{key}_card"):
        draft = matching.changed(_headline(_, draft, key), key)
        missing = _missing(draft)
        if draft.already:
            st.caption(
                _(
                    "Imported on {day} as it is; importing it again changes nothing.",
                    day=date_text(_, draft.already),
                )
            )
        if draft.table is None and draft.error:
            st.caption(escaped(error_sentence(_, draft.error)))
        if draft.take and missing:
            st.warning(_needs(_, draft, missing), icon=":material/warning:")
            for column, header, value in imports.suspects(draft):
                st.caption(escaped(_suspect(_, draft, column, header, value)))
        if draft.take:
            draft = asking.show(_, draft, key, today)
        asked = _questions(draft, today)
        if draft.table and not missing and not asked:
            draft = arrival.show(_, draft, key, others, today)
        guessed = _guessed(draft)
        if guessed:
            st.caption(f":material/help: {escaped(_check(_, draft, guessed))}")
        sure = draft.table is not None and not missing and not asked and not guessed
        with st.expander(
            _("Columns and first rows"), expanded=draft.take and not sure, key=f"{key}_columns"
        ):
            draft = _columns(_, draft, key, today)
    return draft


def ready(draft: Draft, today: date) -> bool:
    """Whether nothing is left to ask about this draft."""
    open_points = _missing(draft) or _twice(draft) or _questions(draft, today)
    return not draft.take or (not open_points and arrival.settled(draft))


def _questions(draft: Draft, today: date) -> list[Question]:
    return asking.settled(draft, today).questions if draft.take else []


def _refused(_: Words, draft: Draft) -> None:
    assert draft.error
    st.error(escaped(error_sentence(_, draft.error)), icon=":material/block:")


def _headline(_: Words, draft: Draft, key: str) -> Draft:
    assert draft.sheet
    with st.container(horizontal=True, vertical_alignment="center"):
        take = st.checkbox(
            f"**{escaped(draft.name)}**",
            value=draft.take,
            key=f"{key}_take",
            disabled=draft.table is None,
            width="content",
        )
        st.caption(
            _.n("{n} row", "{n} rows", draft.sheet.rows.num_rows)
            + " · "
            + _(
                "{matched} of {all} columns matched",
                matched=len(draft.mapping),
                all=len(draft.sheet.header),
            ),
            width="content",
        )
        if draft.sheet.hidden:
            st.badge(_("hidden sheet"), icon=":material/visibility_off:", color="gray")
        st.space("stretch")
        options = ["", *(one.name for one in TABLES if one.name != "credits")]
        chosen = st.selectbox(
            _("Which table is it?"),
            options,
            index=options.index(draft.table or ""),
            format_func=lambda name: _(table(name).label) if name else _("none of ours"),
            key=f"{key}_table",
            label_visibility="collapsed",
            width=200,
        )
    if (chosen or None) != draft.table:
        return imports.taken_as(draft, chosen or None)
    return replace(draft, take=take and draft.table is not None)


def _columns(_: Words, draft: Draft, key: str, today: date) -> Draft:
    assert draft.sheet
    for note in draft.sheet.notes:
        st.caption(escaped(note_sentence(_, note.code, **dict(note.params))))
    if draft.table is None:
        _preview(_, draft)
        return draft
    return matching.show(_, draft, key, today)


def _preview(_: Words, draft: Draft) -> None:
    assert draft.sheet
    head = draft.sheet.rows.slice(0, _PREVIEW_ROWS)
    st.dataframe(
        pd.DataFrame(
            {
                header: head.column(str(position)).to_pylist()
                for position, header in enumerate(draft.sheet.header)
            }
        ),
        hide_index=True,
        alt=_("First rows of the file"),
    )


def _missing(draft: Draft) -> list[tuple[str, ...]]:
    if not (draft.take and draft.table):
        return []
    return [
        group
        for group in table(draft.table).needs
        if not any(column in draft.mapping for column in group)
    ]


def _guessed(draft: Draft) -> list[tuple[str, str]]:
    """Columns that were told by likeness or by their values, as (header, column), unchanged yet."""
    if not (draft.take and draft.table and draft.found):
        return []
    return [
        (one.header, one.column)
        for one in draft.found.columns
        if one.column and one.confidence < SURE and draft.mapping.get(one.column) == one.position
    ]


def _check(_: Words, draft: Draft, guessed: list[tuple[str, str]]) -> str:
    one = table(draft.table or "")
    pairs = [
        _("“{header}” as “{column}”", header=header, column=_(one.column(name).label))
        for header, name in guessed
    ]
    return _("Please check what was only guessed: {columns}.", columns=_(", ").join(pairs))


def _twice(draft: Draft) -> bool:
    return bool(draft.twice)


def _needs(_: Words, draft: Draft, missing: list[tuple[str, ...]]) -> str:
    one = table(draft.table or "")
    groups = [_(" or ").join(_(one.column(name).label) for name in group) for group in missing]
    return _("Say which column is: {columns}.", columns=_(", ").join(groups))


def _suspect(_: Words, draft: Draft, column: str, header: str, value: str) -> str:
    """Why a column that is named right was not taken."""
    one = table(draft.table or "").column(column)
    if one.kind in ("date", "moment"):
        return _(
            "“{header}” is named like it, but holds “{value}”, which is no date: "
            "correct the column, or match another one.",
            header=header,
            value=value,
        )
    return _(
        "“{header}” is named like it, but holds “{value}”, which is no number: "
        "correct the column, or match another one.",
        header=header,
        value=value,
    )
