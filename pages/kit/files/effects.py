"""Ask what a sheet does to earlier data: the rows it replaces, the deals it covers.

>>> draft = effects_panel(_, draft, "draft_0", drafts, today)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast
from zlib import crc32

import streamlit as st

from data.facts.vanished import Coverage, Kind
from data.staging import coverage, review
from data.staging.draft import Candidate, Draft, Replacement, id_of
from pages.kit.i18n.numbers import date_text, escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets.language import respoken

_NAMED = 5
_LOOKED_UP = (
    *("placing", "coverage", "already", "otherwise", "twins", "absent", "people", "kept"),
    *("reused", "own_numbers", "again", "selection", "sold", "refunds", "references", "by_name"),
)
_MOST_KEPT = 100  # of earlier uploads, oldest first
Answer = Literal["replace", "older", "add"]


def effects_panel(_: Words, draft: Draft, key: str, others: Sequence[Draft], today: date) -> Draft:
    """Draw what the draft replaces and covers; return it as the user leaves it."""
    if not draft.take:
        return draft
    draft = placed(_dated(draft, key), others, today)
    if draft.coverage and not (draft.as_of or draft.coverage.as_of):
        # Nothing in the file tells its day: the box proposes today.
        draft = placed(replace(draft, as_of=today), others, today)
    _once_more(_, draft)
    if draft.placing and draft.placing.rivals:
        draft = _replacing(_, draft, draft.placing, key)
    if draft.coverage:
        draft = _covering(_, draft, draft.coverage, key, today)
    return draft


def _dated(draft: Draft, key: str) -> Draft:
    """Return the draft as of the day in the box; deals that are gone depend on it."""
    return replace(draft, as_of=st.session_state.get(f"{key}_as_of") or draft.as_of)


def settled(draft: Draft) -> bool:
    """Return whether every question of this module is answered."""
    return (draft.placing is None or draft.placing.choice != "ask") and (
        draft.coverage is None or draft.coverage.kind != "ask"
    )


def placed(draft: Draft, others: Sequence[Draft], today: date) -> Draft:
    """Return a draft with what it does to earlier data, looked up once per columns and day."""
    known: dict[object, dict[str, Any]]
    known = st.session_state.setdefault("placed_known", {})
    key = (
        draft.as_of,
        _reading(draft),
        tuple(map(_reading, others)),
        cache.store().versions(),
    )
    if key not in known:
        looked_up = review.placed(cache.store(), draft, today, others)
        # Without its rows, to keep the cache small.
        known[key] = {name: getattr(looked_up, name) for name in _LOOKED_UP}
        while len(known) > _MOST_KEPT:
            known.pop(next(iter(known)))
    return replace(draft, **known[key])


def placed_anew(draft: Draft, before: Draft, others: Sequence[Draft], today: date) -> Draft:
    """Return a draft with what it does to earlier data, if other columns are mapped than before."""
    return draft if draft.mapping == before.mapping else placed(draft, others, today)


def _reading(draft: Draft) -> tuple[object, ...]:
    """Return what tells this reading of a draft from any other."""
    return (
        draft.file,
        draft.content,
        draft.sheet_name,
        draft.table,
        draft.take,
        tuple(sorted(draft.mapping.items())),
        tuple(sorted(draft.answers.items())),
        tuple(draft.of_file.items()),
    )


def _once_more(_: Words, draft: Draft) -> None:
    if draft.already:
        st.caption(
            _(
                "Already imported on {day}; importing it again changes nothing.",
                day=date_text(_, draft.already),
            )
        )
    if draft.otherwise:
        st.caption(
            _(
                "Imported on {day} with different settings; this import will replace that one.",
                day=date_text(_, draft.otherwise),
            )
        )


def _replacing(_: Words, draft: Draft, placing: Replacement, key: str) -> Draft:
    """Ask whether rows without a key replace those of an earlier file, or both count."""
    options = _options(placing)
    meant = [name for name, (choice, at) in options.items() if (choice, at) == _proposed(placing)]
    # The key changes with the lists, so that an answer belongs to its question.
    digest = crc32("|".join(rival.at for rival in placing.rivals).encode())
    placed = f"{key}_{digest}_placing"
    again = respoken(placed)
    picked = st.radio(
        _there(_, placing),
        list(options),
        index=list(options).index(meant[0]) if meant and not again else None,
        format_func=lambda name: _option(_, placing, *options[name]),
        horizontal=len(options) == 2,
        key=placed,
    )
    if picked is None or picked in meant:
        return draft
    choice, at = options[picked]
    return replace(draft, placing=placing.settled(choice, id_of(draft), at))


def _proposed(placing: Replacement) -> tuple[str, str]:
    """Return the option that the data proposes, as (choice, place)."""
    return (placing.choice, placing.other)


def _options(placing: Replacement) -> dict[str, tuple[Answer, str]]:
    """Return the options for each list: this file is newer, or older, or all count."""
    options: dict[str, tuple[Answer, str]] = {}
    for n, rival in enumerate(placing.rivals):
        which = f"_{n}" if n else ""
        options[f"replace{which}"] = ("replace", rival.at)
        if not rival.here:
            options[f"older{which}"] = ("older", rival.at)
    return options | {"add": ("add", "")}


def _option(_: Words, placing: Replacement, choice: Answer, at: str) -> str:
    if choice == "add":
        return _("A different list: keep both")
    if len(placing.rivals) == 1:
        return {
            "replace": _("Same list, newer: this file replaces those rows"),
            "older": _("Same list, older: the other file replaces this one"),
        }[choice]
    (files,) = [_files(rival) for rival in placing.rivals if rival.at == at]
    if choice == "replace":
        return _("Same list as {files}, newer: this file replaces it", files=files)
    return _("Same list as {files}, older: that file replaces this one", files=files)


def _there(_: Words, placing: Replacement) -> str:
    """Return the rows in question, and how many of them are in this file."""
    if placing.first and placing.last:
        days = f"{date_text(_, placing.first)} – {date_text(_, placing.last)}"
    else:
        days = _("all dates")
    sentences = []
    for rival in placing.rivals:
        count = _.n("{n} row", "{n} rows", rival.rows)
        if rival.here:
            sentences.append(
                _(
                    "These rows have no ID. Already imported from {files}: {count} ({days}).",
                    count=count,
                    days=days,
                    files=_files(rival),
                )
            )
        else:
            sentences.append(
                _(
                    "These rows have no ID. Also in this upload, in {files}: {count} ({days}).",
                    count=count,
                    days=days,
                    files=_files(rival),
                )
            )
        sentences.append(
            _.n(
                "{n} of them is also in this file.",
                "{n} of them are also in this file.",
                rival.shared,
            )
            if rival.shared
            else _("None of them are in this file.")
        )
    return " ".join(sentences)


def _files(rival: Candidate) -> str:
    return escaped("、".join(rival.files[:_NAMED]))


def _covering(_: Words, draft: Draft, covers: Coverage, key: str, today: date) -> Draft:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            _("Deals as of"),
            value=draft.as_of or covers.as_of,
            max_value=max(filter(None, (today, draft.as_of, covers.as_of))),
            key=f"{key}_as_of",
            width=180,
        )
        options = coverage.kinds(draft)
        current = None if covers.kind == "ask" else options.index(covers.kind)
        again = respoken(f"{key}_covers")
        kind = st.selectbox(
            _("What does this export cover?"),
            options,
            index=None if again else current,
            format_func=lambda choice: _kind_text(_, choice),
            placeholder=_("Choose…"),
            key=f"{key}_covers",
            width=320,
        )
    if kind is not None and kind != covers.kind:
        covers = coverage.chosen(covers, draft, cast(Kind, kind), today)
    if covers.open_deals:
        st.caption(escaped(_coverage_text(_, covers)))
    return replace(draft, as_of=cast("date | None", day) or draft.as_of, coverage=covers)


def _kind_text(_: Words, kind: str) -> str:
    return {
        "all": _("All open deals"),
        "rep": _("Only deals of the reps listed"),
        "region": _("Only deals of the regions listed"),
        "product": _("Only deals of the products listed"),
        "period": _("Only deals expected to close in its date range"),
        "none": _("A selection: other deals are unaffected"),
    }[kind]


def _coverage_text(_: Words, covers: Coverage) -> str:
    if covers.kind == "ask":
        return _(
            "{missing} of the {all} previously known open deals are missing from this "
            "file. Whether they are gone depends on what the export covers.",
            missing=covers.missing,
            all=covers.open_deals,
        )
    if covers.missing and covers.kind != "none":
        return _.n(
            "{n} previously known open deal is not in this file and will leave the pipeline.",
            "{n} previously known open deals are not in this file and will leave the pipeline.",
            covers.missing,
        )
    return _("All previously known open deals stay in the pipeline.")
