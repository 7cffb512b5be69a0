"""A sheet on its way in, as the user sees and changes it.

>>> draft = show(_, draft, key="draft_0", today=today)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data import clean, imports
from data.drafts import Draft
from domain.tables import TABLES, table
from pages.kit.text import (
    Words,
    date_text,
    error_sentence,
    escaped,
    note_sentence,
)

_PREVIEW_ROWS = 5


def show(_: Words, draft: Draft, key: str, today: date) -> Draft:
    """One sheet: what it was taken for, its columns, its questions; the draft as changed."""
    if draft.sheet is None:
        _refused(_, draft)
        return draft
    asked = _questions(draft, today)
    missing = _missing(draft)
    with st.container(border=True, key=f"{key}_card"):
        draft = _headline(_, draft, key)
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
        if asked:
            draft = _ask(_, draft, key, today)
        sure = draft.table is not None and not missing and not asked
        with st.expander(
            _("Columns and first rows"), expanded=draft.take and not sure, key=f"{key}_columns"
        ):
            draft = _columns(_, draft, key)
    return draft


def ready(draft: Draft, today: date) -> bool:
    """Whether nothing is left to ask about this draft."""
    return not draft.take or not (_missing(draft) or _twice(draft) or _questions(draft, today))


def _questions(draft: Draft, today: date) -> list[clean.Question]:
    """What is open about a draft, looked up once: a million rows take a second."""
    known = st.session_state.setdefault("questions_known", {})
    key = (
        draft.content,
        draft.sheet_name,
        draft.table,
        draft.take,
        tuple(sorted(draft.mapping.items())),
        tuple(sorted(draft.answers.items())),
    )
    if key not in known:
        known[key] = imports.questions(draft, today)
    found: list[clean.Question] = known[key]
    return found


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


def _columns(_: Words, draft: Draft, key: str) -> Draft:
    assert draft.sheet
    for note in draft.sheet.notes:
        st.caption(escaped(note_sentence(_, note.code, **dict(note.params))))
    if draft.table is None:
        _preview(_, draft)
        return draft
    one = table(draft.table)
    by_position = {position: name for name, position in draft.mapping.items()}
    sure = {match.position: match for match in draft.found.columns} if draft.found else {}
    edited = st.data_editor(
        pd.DataFrame(
            {
                "header": list(draft.sheet.header),
                "column": [by_position.get(n) for n in range(len(draft.sheet.header))],
                "sure": [
                    sure[n].confidence if n in sure and by_position.get(n) else None
                    for n in range(len(draft.sheet.header))
                ],
                "values": [_first_values(draft, n) for n in range(len(draft.sheet.header))],
            }
        ),
        column_config={
            "header": st.column_config.TextColumn(_("Column in the file"), disabled=True),
            "column": st.column_config.SelectboxColumn(
                _("Read as"),
                options=list(one.names),
                format_func=lambda name: _(one.column(name).label) if name else "",
            ),
            "sure": st.column_config.NumberColumn(
                _("How sure"), format="percent", disabled=True, width="small"
            ),
            "values": st.column_config.TextColumn(_("First values"), disabled=True),
        },
        hide_index=True,
        key=f"{key}_{draft.table}_editor",
        alt=_("Which column of the file is which"),
    )
    mapping: dict[str, int] = {}
    twice = []
    for position, name in enumerate(edited["column"]):
        if isinstance(name, str) and name:
            if name in mapping:
                twice.append(name)
            mapping[name] = position
    if twice:
        st.warning(
            _(
                "Two columns are read as “{column}”: choose one of them.",
                column=_(one.column(twice[0]).label),
            )
        )
    return replace(draft, mapping=mapping, twice=tuple(twice))


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


def _first_values(draft: Draft, position: int) -> str:
    assert draft.sheet
    head = draft.sheet.rows.column(str(position)).slice(0, 200).to_pylist()
    different = list(dict.fromkeys(value for value in head if value))
    return " · ".join(different[:3])


def _ask(_: Words, draft: Draft, key: str, today: date) -> Draft:
    """One question a column, with three of its own values in both readings."""
    for question in _questions(draft, today):
        samples = pd.DataFrame(
            [(value, *readings) for value, readings in question.samples],
            columns=[_("In the file"), *(_option(_, one) for one in question.options)],
        )
        st.markdown(
            f":material/help: **{escaped(question.header)}**: "
            + (
                _("how are these dates written?")
                if question.kind == "date_order"
                else _("what does the comma or point mean in these numbers?")
            )
        )
        st.dataframe(samples, hide_index=True, width="content", alt=_("The readings"))
        answer = st.segmented_control(
            _("Read as"),
            list(question.options),
            format_func=lambda option: _option(_, option),
            key=f"{key}_{question.column}_answer",
            label_visibility="collapsed",
        )
        if answer:
            draft = replace(draft, answers={**draft.answers, question.column: answer})
    return draft


def _option(_: Words, option: str) -> str:
    named = {
        "ymd": _("year, month, day"),
        "dmy": _("day, month, year"),
        "mdy": _("month, day, year"),
        ".": _("point before the cents (1,052.75)"),
        ",": _("comma before the cents (1.052,75)"),
    }
    return named.get(option, option)


def _missing(draft: Draft) -> list[tuple[str, ...]]:
    if not (draft.take and draft.table):
        return []
    return [
        group
        for group in table(draft.table).needs
        if not any(column in draft.mapping for column in group)
    ]


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
