"""What an import did: rows and money that went in, what was left out, and why.

>>> show(_, results, found, currency="CNY")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.drafts import Result
from domain.tables import table
from pages.kit import problems
from pages.kit.problems import Found
from pages.kit.text import (
    Words,
    error_sentence,
    escaped,
    exact,
    number,
    problem_sentence,
)


def show(_: Words, results: Sequence[Result], found: Sequence[Found | None], currency: str) -> None:
    """What was imported: one line a sheet, rows and money reconciled, then the problems.

    `found` are the problems of each result with their rows, None where there are none.
    """
    for result in results:
        if result.error is not None:
            st.error(escaped(error_sentence(_, result.error)), icon=":material/block:")
    told = [result for result in results if result.error is None]
    if told:
        stopped = all(result.landed is None for result in told)
        _headline(_, results, told, stopped)
        _reconciled(_, told, stopped)
        lines = [line for result in told for line in _lines(_, result, currency, stopped)]
        st.dataframe(
            pd.DataFrame(lines).fillna(""),
            hide_index=True,
            column_config={
                name: st.column_config.TextColumn(alignment="right") for name in _numeric(_, lines)
            },
            alt=_("Rows and money in the file and in the dashboard"),
        )
    _problems(_, [one for one in found if one is not None and one.count])


def _headline(_: Words, results: Sequence[Result], told: Sequence[Result], stopped: bool) -> None:
    if stopped:
        st.warning(
            _(
                "Nothing was imported: there are problems, and you asked to stop at any. "
                "Correct the rows below in your file, or switch that off, and drop it again."
            ),
            icon=":material/front_hand:",
        )
        return
    names = ", ".join(f"**{escaped(result.name)}**" for result in told)
    st.markdown(f":blue[:material/check_circle:] {_('Imported:')} {names}")


def _reconciled(_: Words, told: Sequence[Result], stopped: bool) -> None:
    """Rows in the files = rows in the dashboard + rows left out, by reason, in one line."""
    whole, kept = sum(one.rows_in for one in told), sum(one.rows_kept for one in told)
    left: Counter[str] = Counter()
    for one in told:
        left.update(one.left_out or {})
    if stopped:
        st.markdown(
            _(
                "{whole} rows in the files: {kept} are good, {left} would be left out.",
                whole=number(_, whole),
                kept=number(_, kept),
                left=number(_, left.total()),
            )
        )
        return
    if not left:
        st.markdown(
            _("All {whole} rows of the files are in the dashboard.", whole=number(_, whole))
        )
        return
    reasons = _(", ").join(
        _("{reason} ({n})", reason=problem_sentence(_, why), n=number(_, rows))
        for why, rows in left.most_common()
    )
    st.markdown(
        _(
            "{whole} rows in the files = {kept} in the dashboard + {left} left out: {reasons}.",
            whole=number(_, whole),
            kept=number(_, kept),
            left=number(_, left.total()),
            reasons=escaped(reasons),
        )
    )


def _problems(_: Words, found: Sequence[Found]) -> None:
    if not found:
        return
    problems.download(_, lambda: found, "download_problems", "yuepan-problems")
    for at, one in enumerate(found):
        label = _.n("{n} problem", "{n} problems", one.count)
        # One table of them is what the reader came for; of many the names come first.
        with st.expander(
            f"{escaped(one.name)}: {label}", key=f"problems_{at}", expanded=len(found) == 1
        ):
            problems.show(_, one, f"problems_{at}")


def _lines(_: Words, result: Result, currency: str, stopped: bool) -> list[dict[str, str]]:
    """In the file = in the dashboard + left out, by reason: rows, then each money column."""
    left_out = result.left_out or {}
    landed = result.landed
    # What is good and was not brought in either has a column of its own, so that the sums hold.
    good = _("Good, not imported") if stopped else _("In the dashboard")
    lines = [
        {
            _("File"): result.name,
            _("Table"): _(table(result.table).label),
            _("What"): _("Rows"),
            _("In the file"): number(_, result.rows_in),
            good: number(_, result.rows_kept),
            **{_why(_, why): number(_, rows) for why, rows in left_out.items()},
            **(
                {
                    _("New"): number(_, landed.new),
                    _("Changed"): number(_, landed.changed),
                    _("Unchanged"): number(_, landed.same),
                }
                if landed
                else {}
            ),
        }
    ]
    for name, total in (result.money_in or {}).items():
        left = (result.money_left_out or {}).get(name, {})
        currency = _currency_of(result, currency)
        if not total and not any(left.values()):
            continue  # a column that nobody filled in
        lines.append(
            {
                _("File"): "",
                _("Table"): "",
                _("What"): _(table(result.table).column(name).label),
                _("In the file"): exact(_, total, currency),
                good: exact(_, total - sum(left.values()), currency),
                **{_why(_, why): exact(_, left.get(why, 0), currency) for why in left_out},
            }
        )
    return lines


def _currency_of(result: Result, reporting: str) -> str:
    """The currency that signs or a header gave the amounts; "" where there are several."""
    told = {one.value for one in result.problems if one.why == "currency_by_sign"}
    codes = {code for value in told for code in value.split(", ")} or {reporting}
    return codes.pop() if len(codes) == 1 else ""


def _numeric(_: Words, lines: list[dict[str, str]]) -> list[str]:
    words = {_("File"), _("Table"), _("What")}
    return [
        name for name in dict.fromkeys(name for line in lines for name in line) if name not in words
    ]


def _why(_: Words, why: str) -> str:
    return _("Left out: {why}", why=problem_sentence(_, why))
