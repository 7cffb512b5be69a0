"""Show the problems of an import, as a table and as a workbook to correct.

>>> found = of_result(draft, result)
>>> problem_list(_, sheet, key="problems_0")
>>> workbook(_, [found])
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from data.cleaning.reconcile import PROBLEMS_LISTED
from data.ingest import history, source_rows
from data.ingest.source_rows import Originals
from data.staging.draft import Draft, Result
from domain.tables import N_
from pages.kit.i18n.numbers import escaped, number
from pages.kit.i18n.sentences import problem_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken
from reports.marked import BAD, NOTED, Heads, Listing, Mark, Marked, as_marked

_SHOWN = 200

OUTCOMES: dict[str, str] = {
    "row_left_out": N_("row left out"),
    "value_left_out": N_("value left out, row kept"),
    "noted": N_("note only"),
}


@dataclass(frozen=True)
class SheetProblems:
    """The problems of one sheet, with their rows.

    `listed` has row_no (0: the whole column), header, value, why, outcome and sheet
    ("" unless several were read as one); at most 10,000 of `count`. `originals` has
    the rows of each sheet.
    """

    file: str
    sheet: str
    listed: pd.DataFrame
    originals: Sequence[Originals]
    count: int

    @property
    def name(self) -> str:
        return f"{self.file} · {self.sheet}" if self.sheet else self.file


def of_result(draft: Draft, result: Result) -> SheetProblems:
    """Return the problems of a sheet that was just read, imported or not."""
    assert draft.sheet
    listed = pd.DataFrame(
        [
            (
                problem.sheet,
                problem.row,
                problem.header,
                problem.value,
                problem.why,
                problem.outcome,
            )
            for problem in result.problems
        ],
        columns=["sheet", "row_no", "header", "value", "why", "outcome"],
    )
    rows = source_rows.of(draft.sheet, result.problems)
    return SheetProblems(draft.file, draft.sheet_name, listed, rows, result.problem_count)


def of_import(import_id: int, entry: Mapping[str, Any]) -> SheetProblems:
    """Return the problems of an earlier import; `entry` is its row of `history.imports`."""
    store = cache.store()
    listed = history.problems(store, import_id)
    rows = source_rows.kept(store, import_id)
    return SheetProblems(entry["file"], entry["sheet"], listed, rows, int(entry["problem_count"]))


def problem_list(_: Words, sheet: SheetProblems, key: str) -> None:
    """Draw the problems with how often each occurs; a click filters by reason."""
    counts = sheet.listed["why"].value_counts()
    chosen = list(counts.index)
    if len(counts) > 1:
        respoken(f"{key}_reasons")
        picked = st.pills(
            _("Reason"),
            list(counts.index),
            selection_mode="multi",
            format_func=lambda why: escaped(
                _("{reason} ({n})", reason=problem_sentence(_, why), n=number(_, int(counts[why])))
            ),
            key=f"{key}_reasons",
            label_visibility="collapsed",
        )
        chosen = picked or chosen
    listed = sheet.listed[sheet.listed["why"].isin(chosen)]
    grid.draw(readable_table(_, listed.head(_SHOWN)), hide_index=True, alt=_("Problems found"))
    if len(listed) > _SHOWN:
        st.caption(_("Showing the first {shown}; the download has the rest.", shown=_SHOWN))


def readable_table(_: Words, listed: pd.DataFrame) -> pd.DataFrame:
    """Return the problems as a table of sentences."""
    sheets = {_("Sheet"): listed["sheet"]} if listed["sheet"].any() else {}
    return pd.DataFrame(
        sheets
        | {
            # "Whole column" in place of a number makes the column text: a table of both has no
            # type to be sent to the browser in.
            _("Row"): [str(_row(_, row)) for row in listed["row_no"]]
            if (listed["row_no"] == 0).any()
            else listed["row_no"].astype(int),
            _("Column"): listed["header"],
            _("Value in the file"): listed["value"],
            _("Why"): [problem_sentence(_, why) for why in listed["why"]],
            _("Action taken"): [_outcome(_, outcome) for outcome in listed["outcome"]],
        }
    )


def workbook(_: Words, several: Sequence[SheetProblems]) -> bytes:
    """Write a workbook: the problems, then their rows as they were, with marked cells."""
    sheets = [_marked(_, sheet, rows) for sheet in several for rows in sheet.originals]
    heads = Heads(_("Row in the file"), _("Action taken"), _("Why"), "Yuepan 月盘")
    return as_marked(_listing(_, several), sheets, heads)


def download(_: Words, several: Callable[[], Sequence[SheetProblems]], key: str, name: str) -> None:
    """Draw the button that downloads the workbook, which is written on demand."""
    st.download_button(
        _("Download problem list"),
        data=lambda: workbook(_, several()),
        file_name=f"{name}.xlsx",
        help=_("An Excel workbook with the original rows, problem cells highlighted."),
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


def _listing(_: Words, several: Sequence[SheetProblems]) -> Listing:
    count = sum(sheet.count for sheet in several)
    about = [
        _.n("{n} problem", "{n} problems", count),
        _(
            "The next sheets show the original rows: orange cells could not be read, "
            "yellow cells were interpreted, grey rows were left out."
        ),
    ]
    if count > sum(len(sheet.listed) for sheet in several):
        about.append(_("Only the first {n} per table are listed.", n=number(_, PROBLEMS_LISTED)))
    names = (
        _("File"),
        _("Sheet"),
        _("Row"),
        _("Column"),
        _("Value in the file"),
        _("Why"),
        _("Action taken"),
    )
    rows = [
        (sheet.file, row.sheet or sheet.sheet, _row(_, row.row_no), row.header, row.value,
         problem_sentence(_, row.why), _outcome(_, row.outcome))
        for sheet in several
        for row in sheet.listed.itertuples()
    ]  # fmt: skip
    return Listing(_("Problems"), names, rows, about)


def _marked(_: Words, sheet: SheetProblems, of: Originals) -> Marked:
    places = {header: at for at, header in enumerate(of.header)}
    # A problem of a whole column applies to every sheet.
    here = (sheet.listed["sheet"] == of.sheet) | (sheet.listed["row_no"] == 0)
    marks = [
        Mark(
            int(row.row_no),
            places.get(row.header),
            problem_sentence(_, row.why),
            _outcome(_, row.outcome),
            NOTED if row.outcome == "noted" else BAD,
            row.outcome == "row_left_out",
        )
        for row in sheet.listed[here].itertuples()
    ]
    return Marked(of.sheet or sheet.sheet or sheet.file, of.header, of.rows, marks)


def _row(_: Words, row: int) -> int | str:
    return int(row) if row else _("whole column")


def _outcome(_: Words, outcome: str) -> str:
    return _(OUTCOMES.get(outcome, outcome))
