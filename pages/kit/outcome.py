"""What an import did: rows and money that went in, what was left out, and why.

>>> show(_, result, currency="CNY")
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import history
from data.drafts import Result
from domain.tables import table
from pages.kit import load
from pages.kit.text import (
    Words,
    error_sentence,
    escaped,
    exact,
    number,
    problem_sentence,
)
from reports.sheets import as_workbook

_SHOWN = 200


def show(_: Words, results: list[Result], currency: str) -> None:
    """What was imported: one line a sheet, rows and money reconciled, then the problems."""
    landed = [result for result in results if result.error is None]
    for result in results:
        if result.error is not None:
            st.error(escaped(error_sentence(_, result.error)), icon=":material/block:")
    if not landed:
        return
    if all(result.landed is None for result in landed):
        st.warning(
            _("Nothing was imported: there are problems, and you asked to stop at any."),
            icon=":material/front_hand:",
        )
    else:
        told = ", ".join(f"**{escaped(result.name)}**" for result in landed)
        st.markdown(f":blue[:material/check_circle:] {_('Imported:')} {told}")
    lines = [line for result in landed for line in _lines(_, result, currency)]
    st.dataframe(
        pd.DataFrame(lines).fillna(""),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right") for name in _numeric(_, lines)
        },
        alt=_("Rows and money in the file and in the dashboard"),
    )
    for result in landed:
        if result.problems:
            label = _.n("{n} problem", "{n} problems", result.problem_count)
            with st.expander(f"{escaped(result.name)}: {label}", key=f"problems_{result.name}"):
                _problems(_, result)


def problems_button(_: Words, import_id: int) -> None:
    """The problems of an earlier import, as a workbook to download."""
    st.download_button(
        _("Its problems"),
        data=lambda: as_workbook(
            {_("Problems"): _told(_, history.problems(load.store(), import_id))}
        ),
        file_name=f"yuepan-problems-{import_id}.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key="problems_of",
    )


def _lines(_: Words, result: Result, currency: str) -> list[dict[str, str]]:
    """In the file = in the dashboard + left out, by reason: rows, then each money column."""
    left_out = result.left_out or {}
    landed = result.landed
    lines = [
        {
            _("File"): result.name,
            _("Table"): _(table(result.table).label),
            _("What"): _("Rows"),
            _("In the file"): number(_, result.rows_in),
            _("In the dashboard"): number(_, result.rows_kept if landed else 0),
            **{_why(_, why): number(_, rows) for why, rows in left_out.items()},
            _("New"): number(_, landed.new) if landed else "",
            _("Changed"): number(_, landed.changed) if landed else "",
            _("Unchanged"): number(_, landed.same) if landed else "",
        }
    ]
    for name, total in (result.money_in or {}).items():
        left = (result.money_left_out or {}).get(name, {})
        lines.append(
            {
                _("File"): "",
                _("Table"): "",
                _("What"): _(table(result.table).column(name).label),
                _("In the file"): exact(_, total, currency),
                _("In the dashboard"): exact(
                    _, total - sum(left.values()) if landed else 0, currency
                ),
                **{_why(_, why): exact(_, left.get(why, 0), currency) for why in left_out},
            }
        )
    return lines


def _numeric(_: Words, lines: list[dict[str, str]]) -> list[str]:
    words = {_("File"), _("Table"), _("What")}
    return [
        name for name in dict.fromkeys(name for line in lines for name in line) if name not in words
    ]


def _why(_: Words, why: str) -> str:
    return _("Left out: {why}", why=problem_sentence(_, why))


def _problems(_: Words, result: Result) -> None:
    problems = result.problems
    listed = pd.DataFrame(
        [
            {
                "row_no": one.row,
                "column_name": one.column,
                "header": one.header,
                "value": one.value,
                "why": one.why,
                "outcome": one.outcome,
            }
            for one in problems
        ]
    )
    told = _told(_, listed)
    st.dataframe(told.head(_SHOWN), hide_index=True, alt=_("The problems found"))
    if len(told) > _SHOWN:
        st.caption(_("The first {shown} of them; the download has the rest.", shown=_SHOWN))
    st.download_button(
        _("Download the problems"),
        data=lambda: as_workbook({_("Problems"): told}),
        file_name="yuepan-problems.xlsx",
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{result.name}",
    )


def _told(_: Words, listed: pd.DataFrame) -> pd.DataFrame:
    """Problems in words; file and sheet are told where they are known."""
    outcomes = {
        "row_left_out": _("row left out"),
        "value_left_out": _("value left out, row kept"),
        "noted": _("noted"),
    }
    told = pd.DataFrame(
        {
            _("Row"): listed["row_no"],
            _("Column"): listed["header"],
            _("Value"): listed["value"],
            _("Why"): [problem_sentence(_, why) for why in listed["why"]],
            _("What happened"): [outcomes.get(one, one) for one in listed["outcome"]],
        }
    )
    for position, (name, label) in enumerate((("file", _("File")), ("sheet", _("Sheet")))):
        if name in listed:
            told.insert(position, label, listed[name])
    return told
