"""What an import did: rows and money that went in, what was left out, and why.

>>> show(_, result, currency="CNY")
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data import history
from data.clean import Problem
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


def show(_: Words, result: Result, currency: str) -> None:
    """One sheet's result: a sentence, the reconciliation, the list of problems."""
    if result.error is not None:
        st.error(escaped(error_sentence(_, result.error)), icon=":material/block:")
        return
    with st.container(border=True):
        st.markdown(
            f":blue[:material/check_circle:] **{escaped(result.name)}** → "
            f"{_(table(result.table).label)}: {_sentence(_, result)}"
        )
        _reconciled(_, result, currency)
        if result.problems:
            with st.expander(
                _.n("{n} problem", "{n} problems", result.problem_count),
                key=f"problems_{result.import_id}",
            ):
                _problems(_, result.problems)


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


def _sentence(_: Words, result: Result) -> str:
    landed = result.landed
    if landed is None:
        return _("nothing was imported, because there are problems.")
    return _(
        "{new} new, {changed} changed, {same} unchanged.",
        new=number(_, landed.new),
        changed=number(_, landed.changed),
        same=number(_, landed.same),
    )


def _reconciled(_: Words, result: Result, currency: str) -> None:
    """In the file = in the dashboard + left out; a line for rows, one a money column."""
    left_out = result.left_out or {}
    lines = [
        {
            _("What"): _("Rows"),
            _("In the file"): number(_, result.rows_in),
            _("In the dashboard"): number(_, result.rows_kept),
            **{_why(_, why): number(_, rows) for why, rows in left_out.items()},
        }
    ]
    for name, total in (result.money_in or {}).items():
        left = (result.money_left_out or {}).get(name, {})
        lines.append(
            {
                _("What"): _(table(result.table).column(name).label),
                _("In the file"): exact(_, total, currency),
                _("In the dashboard"): exact(_, total - sum(left.values()), currency),
                **{_why(_, why): exact(_, left.get(why, 0), currency) for why in left_out},
            }
        )
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        width="content",
        alt=_("Rows and money in the file and in the dashboard"),
    )


def _why(_: Words, why: str) -> str:
    return _("Left out: {why}", why=problem_sentence(_, why))


def _problems(_: Words, problems: tuple[Problem, ...]) -> None:
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
        key=f"download_{id(problems)}",
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
