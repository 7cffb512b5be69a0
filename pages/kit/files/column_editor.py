"""Edit which column of a sheet is which, next to what it makes of the values.

>>> draft = editor(_, draft, key="draft_0", today=today)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from data.matching import systems
from data.matching.recognise import SURE
from data.staging.draft import Draft
from data.staging.first_values import first_values
from domain.tables import Table, table
from pages.kit.files import questions
from pages.kit.i18n.labels import choice_label
from pages.kit.i18n.names import cell
from pages.kit.i18n.numbers import date_text, escaped, number
from pages.kit.i18n.words import Words

_GAP = " · "


def editor(_: Words, draft: Draft, key: str, today: date) -> Draft:
    """Draw the columns of a recognised sheet; return the draft with the user's changes."""
    assert draft.sheet and draft.table
    into = table(draft.table)
    draft = changed(draft, key)
    by_position = {position: name for name, position in draft.mapping.items()}
    settled = questions.settled(draft, today)
    values = first_values(draft, settled)
    open_ = {question.column for question in settled.questions}
    unread = questions.unread(draft, today)
    places = range(len(draft.sheet.header))
    st.data_editor(
        pd.DataFrame(
            {
                "header": [cell(header) for header in draft.sheet.header],
                "column": pd.Series([by_position.get(n) for n in places], dtype=object),
                "sure": [how_sure(_, draft, n, unread) for n in places],
                "values": [cell(_GAP.join(text for text, _value in values[n])) for n in places],
                "typed": [
                    cell(_understood(_, into, by_position.get(n), open_, values[n])) for n in places
                ],
            }
        ),
        column_config={
            "header": st.column_config.TextColumn(_("File column"), disabled=True),
            "column": st.column_config.SelectboxColumn(
                _("Read as"),
                options=list(into.names),
                format_func=lambda name: _(into.column(name).label) if name else "",
            ),
            "sure": st.column_config.TextColumn(_("Confidence"), disabled=True, width="small"),
            "values": st.column_config.TextColumn(_("In the file"), disabled=True),
            "typed": st.column_config.TextColumn(_("Interpreted as"), disabled=True),
        },
        hide_index=True,
        placeholder=_("not used"),
        key=_editor(draft, key),
        alt=_("Column matching"),
    )
    if draft.twice:
        st.warning(
            _(
                "Two columns are matched to “{column}”. Choose one.",
                column=escaped(_(into.column(draft.twice[0]).label)),
            )
        )
    return draft


def changed(draft: Draft, key: str) -> Draft:
    """Return the draft with the choices in the editor; a column chosen twice moves.

    Known before the editor is drawn, so that everything above it agrees.
    """
    state: Mapping[str, Any] = st.session_state.get(_editor(draft, key)) or {}
    edits = {
        int(row): change["column"]
        for row, change in state.get("edited_rows", {}).items()
        if "column" in change
    }
    chosen = [name for name in edits.values() if name]
    mapping = {
        name: position
        for name, position in draft.mapping.items()
        if position not in edits and name not in chosen
    }
    mapping |= {name: position for position, name in edits.items() if name}
    twice = tuple(dict.fromkeys(name for name in chosen if chosen.count(name) > 1))
    # In the order of the file, like the questions above.
    ordered = dict(sorted(mapping.items(), key=lambda item: item[1]))
    same = ordered == draft.mapping and twice == draft.twice
    if same:
        return draft
    answers = dict(draft.answers)
    if (at := ordered.get("amount")) is not None and at != draft.mapping.get("amount"):
        # What somebody chose is not looked at again in the next file of the shape.
        answers["amount/column"] = draft.sheet.header[at] if draft.sheet else ""
    return replace(draft, mapping=ordered, twice=twice, answers=answers)


def _editor(draft: Draft, key: str) -> str:
    return f"{key}_{draft.table}_editor"


def how_sure(_: Words, draft: Draft, position: int, unread: Collection[str]) -> str:
    """Say how sure the column at a position is, or what it does without being one of ours."""
    name = next((column for column, at in draft.mapping.items() if at == position), None)
    if name is None and position == draft.people.departments.position:
        return _("says the team")
    if name is None:
        return _("says which rows count") if _counts_rows(draft, position) else ""
    if name in unread:
        return _("unreadable")
    columns = draft.match.columns if draft.match else ()
    match = next((match for match in columns if match.position == position), None)
    if match is None or match.column != name:
        return _("your choice")
    return _("certain") if match.confidence >= SURE else _("please check")


def _counts_rows(draft: Draft, position: int) -> bool:
    """Return whether a column without one of ours says which rows count, such as 生命状态."""
    assert draft.sheet and draft.table
    header = draft.sheet.header[position]
    rules = systems.counted(draft.table, draft.system)
    return any(rule.applies(header, mapped=False) for rule in rules)


def _understood(
    _: Words, into: Table, name: str | None, open_: set[str], values: list[tuple[str, object]]
) -> str:
    """Return the first values as they would be read; "?" while a question is open."""
    if name is None:
        return ""
    if name in open_:
        return "?"
    return _GAP.join(_shown(_, into, name, value) for _text, value in values)


def _shown(_: Words, into: Table, name: str, value: object) -> str:
    """Format a typed value as it will be read, or a sign where it cannot be."""
    if value is None:
        return "⚠"
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return date_text(_, value)
    if isinstance(value, Decimal):
        if into.column(name).kind == "share":
            return f"{value:.1%}"
        return number(_, value, 2 if value % 1 else 0)
    return choice_label(_, str(value)) if into.column(name).kind == "choice" else str(value)
