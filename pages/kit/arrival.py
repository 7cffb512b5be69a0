"""What a sheet does to what is there already: the days it replaces, the deals it covers.

>>> draft = show(_, draft, "draft_0", drafts, today)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import streamlit as st

from data import coverage, imports
from data.coverage import Coverage, Kind
from data.drafts import Draft
from data.keyless import Placing
from pages.kit import load
from pages.kit.text import Words, date_text, escaped

_NAMED = 5


def show(_: Words, draft: Draft, key: str, others: Sequence[Draft], today: date) -> Draft:
    """The draft with what it replaces and covers, as the user leaves it."""
    if not draft.take:
        return draft
    draft = _placed(draft, others, today)
    if draft.placing and draft.placing.rows:
        draft = _replacing(_, draft, draft.placing, key)
    if draft.coverage:
        draft = _covering(_, draft, draft.coverage, key, today)
    return draft


def settled(draft: Draft) -> bool:
    """Whether the user has said what only the user can know of it."""
    return (draft.placing is None or draft.placing.choice != "ask") and (
        draft.coverage is None or draft.coverage.kind != "ask"
    )


def _placed(draft: Draft, others: Sequence[Draft], today: date) -> Draft:
    """Looked up once for a sheet, its columns and its day: a million rows take a moment."""
    known: dict[object, tuple[Placing | None, Coverage | None]]
    known = st.session_state.setdefault("placed_known", {})
    key = (
        draft.content,
        draft.sheet_name,
        draft.table,
        draft.as_of,
        tuple(sorted(draft.mapping.items())),
        tuple(sorted(draft.answers.items())),
        load.store().versions(),
    )
    if key not in known:
        made = imports.placed(load.store(), draft, today.year, others)
        known[key] = (made.placing, made.coverage)
    placing, covers = known[key]
    return replace(draft, placing=placing, coverage=covers)


def _replacing(_: Words, draft: Draft, placing: Placing, key: str) -> Draft:
    """Rows without a key give way to the newer file, or both stand; never unsaid."""
    files = escaped("、".join(placing.files[:_NAMED]))
    count = _.n("{n} row", "{n} rows", placing.rows)
    if placing.first and placing.last:
        days = f"{date_text(_, placing.first)} – {date_text(_, placing.last)}"
    else:
        days = _("any day")
    told = _(
        "The rows have no number of their own. {count} of {days} are here from {files}.",
        count=count,
        days=days,
        files=files,
    )
    options = ["replace", "add"]
    picked = st.radio(
        told,
        options,
        index=None if placing.choice == "ask" else 0,
        format_func={
            "replace": _("The same list, newer: this file takes their place"),
            "add": _("Another list: both count"),
        }.__getitem__,
        horizontal=True,
        key=f"{key}_placing",
    )
    if picked is None:
        return draft
    if picked == "replace" and placing.choice == "replace":
        return draft
    answer = placing.settled("replace" if picked == "replace" else "add", draft.content)
    return replace(draft, placing=answer)


def _covering(_: Words, draft: Draft, covers: Coverage, key: str, today: date) -> Draft:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            _("These deals are as of"),
            value=draft.as_of or covers.as_of,
            max_value=max(filter(None, (today, draft.as_of, covers.as_of))),
            key=f"{key}_as_of",
            width=180,
        )
        options = coverage.kinds(draft)
        found = None if covers.kind == "ask" else options.index(covers.kind)
        kind = st.selectbox(
            _("What does this export hold?"),
            options,
            index=found,
            format_func=lambda one: _kind_text(_, one),
            placeholder=_("Choose …"),
            key=f"{key}_covers",
            width=320,
        )
    if kind is not None and kind != covers.kind:
        covers = coverage.chosen(covers, draft, cast(Kind, kind), today.year)
    if covers.open_deals:
        st.caption(escaped(_coverage_text(_, covers)))
    return replace(draft, as_of=cast("date | None", day) or draft.as_of, coverage=covers)


def _kind_text(_: Words, kind: str) -> str:
    return {
        "all": _("All open deals"),
        "rep": _("Only the deals of the people in it"),
        "region": _("Only the deals of the regions in it"),
        "product": _("Only the deals of the products in it"),
        "period": _("Only deals expected to close in its days"),
        "none": _("A selection: it says nothing of other deals"),
    }[kind]


def _coverage_text(_: Words, covers: Coverage) -> str:
    if covers.kind == "ask":
        return _(
            "{missing} of the {all} open deals known before are not in this file. "
            "Whether they are gone depends on what was exported.",
            missing=covers.missing,
            all=covers.open_deals,
        )
    if covers.missing and covers.kind != "none":
        return _.n(
            "{n} open deal known before is not in this file; it leaves the pipeline.",
            "{n} open deals known before are not in this file; they leave the pipeline.",
            covers.missing,
        )
    return _("No open deal known before leaves the pipeline.")
