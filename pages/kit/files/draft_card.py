"""Preview a sheet before its import: table, columns and questions.

>>> draft = preview(_, draft, key="draft_0", today=today)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data.cleaning.summary import Question
from data.layout.sheet import Note
from data.matching.recognise import SURE
from data.staging import review
from data.staging.draft import Draft
from data.staging.other_table import said_to_be, taken_as
from domain.tables import TABLES, table
from pages.kit.files import (
    column_editor,
    effects,
    encoding_choice,
    header_choice,
    questions,
    told_notes,
)
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.sentences import error_sentence, note_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken

_PREVIEW_ROWS = 5


def preview(_: Words, draft: Draft, key: str, today: date, others: Sequence[Draft] = ()) -> Draft:
    """Draw one of the sheets that came with `others`; return the draft as the user leaves it."""
    if draft.sheet is None:
        _refused(_, draft, key)
        return draft
    changed = column_editor.changed(_retaken(draft, key), key)
    draft = effects.placed_anew(changed, draft, others, today)
    with st.container(border=True, key=f"{key}_card"):
        draft = _headline(_, draft, key)
        missing = _missing(draft)
        if draft.table is None and draft.error:
            st.caption(escaped(error_sentence(_, draft.error)))
        if draft.take and missing:
            st.warning(_needs(_, draft, missing), icon=":material/warning:")
            for column, header, value in review.suspects(draft):
                st.caption(escaped(_suspect(_, draft, column, header, value)))
        if draft.take:
            draft = questions.question_list(_, draft, key, today, others)
            for note in told_notes.of(draft):
                if told_notes.is_loss(note):
                    st.warning(_noted(_, note), icon=":material/warning:")
                if told_notes.is_assumption(note):
                    st.caption(_noted(_, note))
                if note.code == "encoding_doubt":
                    encoding_choice.ask(_, draft, note, key)
        open_questions = _questions(draft, today)
        unread = questions.unread(draft, today)
        for wrong in unread.values():
            st.warning(escaped(error_sentence(_, wrong)), icon=":material/warning:")
        if draft.table and not missing and not open_questions and not unread:
            draft = effects.effects_panel(_, draft, key, others, today)
        guessed = _guessed(draft)
        if guessed:
            st.caption(f":material/help: {escaped(_check(_, draft, guessed))}")
        sure = draft.table is not None and not (missing or open_questions or unread or guessed)
        # An expander remembers its state; the key changes with the table.
        with st.expander(
            _("Columns and first rows"),
            expanded=draft.take and not sure,
            key=f"{key}_{draft.table}_columns",
        ):
            draft = _columns(_, draft, key, today)
        header_choice.panel(_, draft, key)
    return draft


def ready(draft: Draft, today: date) -> bool:
    """Return whether the draft has no open questions."""
    open_points = _missing(draft) or _twice(draft) or _questions(draft, today)
    open_points = open_points or questions.unread(draft, today)
    return not draft.take or (not open_points and effects.settled(draft))


def ready_places(drafts: Mapping[int, Draft], today: date) -> list[int]:
    """Return the places of the drafts that can be imported now.

    While a list waits to be told from another one, none of that table goes before it.
    """
    able = {place for place, draft in drafts.items() if ready(draft, today)}
    undecided = {
        draft.table
        for place, draft in drafts.items()
        if place not in able and draft.placing and draft.placing.choice == "ask"
    }
    return [place for place in drafts if place in able and drafts[place].table not in undecided]


def awaited(_: Words, drafts: Sequence[Draft], today: date) -> list[str]:
    """Describe what keeps the import from starting, one markdown line per sheet."""
    if not any(draft.take for draft in drafts):
        readable = any(draft.sheet for draft in drafts)
        return [_("Select a table to import.")] if readable else []
    return [
        _(
            "**{name}** is not ready: {what}",
            name=escaped(draft.name),
            what=_open_point(_, draft, today),
        )
        for draft in drafts
        if not ready(draft, today)
    ]


def _open_point(_: Words, draft: Draft, today: date) -> str:
    if missing := _missing(draft):
        return escaped(_needs(_, draft, missing))
    if draft.twice:
        label = _(table(draft.table or "").column(draft.twice[0]).label)
        return escaped(_("two columns are matched to “{column}”.", column=label))
    if open_questions := _questions(draft, today):
        headers = _(", ").join(dict.fromkeys(question.header for question in open_questions))
        return escaped(_("answer the question about {columns}.", columns=headers))
    if unread := questions.unread(draft, today):
        return escaped(error_sentence(_, next(iter(unread.values()))))
    if draft.coverage and draft.coverage.kind == "ask":
        return _("say what this export covers.")
    return _("say whether it replaces the existing data.")


def _questions(draft: Draft, today: date) -> list[Question]:
    return questions.settled(draft, today).questions if draft.take else []


def _refused(_: Words, draft: Draft, key: str) -> None:
    assert draft.error
    if draft.aside:
        note = _("{file} is not a table and was skipped.", file=draft.file)
        st.caption(f":material/info: {escaped(note)}")
        return
    st.error(escaped(error_sentence(_, draft.error)), icon=":material/block:")
    header_choice.panel(_, draft, key)


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
                matched=sum(at < len(draft.sheet.written) for at in draft.mapping.values())
                + bool(draft.people.departments.header),
                all=len(draft.sheet.written),
            ),
            width="content",
        )
        if draft.sheet.hidden:
            st.badge(_("hidden sheet"), icon=":material/visibility_off:", color="gray")
        st.space("stretch")
        options = ["", *(choice.name for choice in TABLES)]
        box = _table_box(draft, key)
        again = respoken(box)
        st.selectbox(
            _("Which table is this?"),
            options,
            index=0 if again else options.index(draft.table or ""),
            format_func=lambda name: _(table(name).label) if name else _("None of these"),
            key=box,
            label_visibility="collapsed",
            width=200,
        )
    return replace(draft, take=take and draft.table is not None)


def _retaken(draft: Draft, key: str) -> Draft:
    """Return the draft as the table that the user has just chosen.

    Known before the box is drawn, so that the count beside it is that of the new columns.
    """
    chosen = st.session_state.get(_table_box(draft, key), draft.table or "") or None
    if chosen == draft.table:
        return draft
    # Choosing a table means to import it; the checkbox would keep its earlier state.
    st.session_state[f"{key}_take"] = chosen is not None
    return taken_as(draft, chosen, cache.store())


def _table_box(draft: Draft, key: str) -> str:
    """Return the key of the box of tables; one that an answer has changed begins afresh."""
    answer = said_to_be(draft)
    return f"{key}_{answer}_table" if answer else f"{key}_table"


def _noted(_: Words, note: Note) -> str:
    return escaped(note_sentence(_, note.code, **dict(note.params)))


def _columns(_: Words, draft: Draft, key: str, today: date) -> Draft:
    assert draft.sheet
    for note in told_notes.of(draft):
        if not (told_notes.is_loss(note) or told_notes.is_assumption(note)):
            st.caption(_noted(_, note))
    if draft.table is None:
        _preview(_, draft)
        return draft
    return column_editor.editor(_, draft, key, today)


def _preview(_: Words, draft: Draft) -> None:
    assert draft.sheet
    head = draft.sheet.rows.slice(0, _PREVIEW_ROWS)
    grid.draw(
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
    """Return columns matched by similarity or values, as (header, column), if unchanged."""
    if not (draft.take and draft.table and draft.match):
        return []
    return [
        (match.header, match.column)
        for match in draft.match.columns
        if match.column
        and match.confidence < SURE
        and draft.mapping.get(match.column) == match.position
    ]


def _check(_: Words, draft: Draft, guessed: list[tuple[str, str]]) -> str:
    into = table(draft.table or "")
    pairs = [
        _("“{header}” as “{column}”", header=header, column=_(into.column(name).label))
        for header, name in guessed
    ]
    return _("Please check these guesses: {columns}.", columns=_(", ").join(pairs))


def _twice(draft: Draft) -> bool:
    return bool(draft.twice)


def _needs(_: Words, draft: Draft, missing: list[tuple[str, ...]]) -> str:
    into = table(draft.table or "")
    groups = [_(" or ").join(_(into.column(name).label) for name in group) for group in missing]
    return _("Choose the column for: {columns}.", columns=_(", ").join(groups))


def _suspect(_: Words, draft: Draft, column: str, header: str, value: str) -> str:
    """Explain why a column with the right name was not taken."""
    wanted = table(draft.table or "").column(column)
    if wanted.kind in ("date", "moment"):
        return _(
            "“{header}” has a matching name but contains “{value}”, which is not a date. "
            "Correct the column or choose another one.",
            header=header,
            value=value,
        )
    return _(
        "“{header}” has a matching name but contains “{value}”, which is not a number. "
        "Correct the column or choose another one.",
        header=header,
        value=value,
    )
