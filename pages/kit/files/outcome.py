"""Show what an import did: rows and money read, left out, and why.

>>> outcome_card(_, results, problem_sheets, currency="CNY")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from data.cleaning.reconcile import SEVERAL, Sums
from data.staging.draft import Result
from domain.tables import table
from pages.kit.files import counted, problems, taken_away
from pages.kit.files.problems import SheetProblems
from pages.kit.i18n.numbers import escaped, exact, number
from pages.kit.i18n.sentences import error_sentence, problem_sentence
from pages.kit.i18n.words import Words
from pages.kit.widgets import grid


def outcome_card(
    _: Words,
    results: Sequence[Result],
    problem_sheets: Sequence[SheetProblems | None],
    currency: str,
) -> None:
    """Draw one line per sheet, then rows and money reconciled, then the problems.

    `problem_sheets` are the problems of each result with their rows, None where there are none.
    """
    for result in results:
        if result.error is not None:
            st.error(escaped(error_sentence(_, result.error)), icon=":material/block:")
    readable = [result for result in results if result.error is None]
    if readable:
        stopped = all(result.landed is None for result in readable)
        _headline(_, results, readable, stopped)
        _reconciled(_, readable, stopped)
        for sentence in taken_away.sentences(_, readable):
            st.markdown(escaped(sentence))
        lines = [line for result in readable for line in _lines(_, result, currency, stopped)]
        grid.draw(
            pd.DataFrame(lines).fillna(""),
            hide_index=True,
            column_config={
                _("File"): st.column_config.TextColumn(
                    width=_wide([result.name for result in readable])
                ),
                # Cut on the left, an amount would read as a smaller one.
                **{
                    name: st.column_config.TextColumn(
                        alignment="right",
                        width=_wide([name, *(line.get(name, "") for line in lines)]),
                    )
                    for name in _numeric(_, lines)
                },
            },
            alt=_("Rows and amounts: file vs. dashboard"),
        )
    _problems(_, [sheet for sheet in problem_sheets if sheet is not None and sheet.count])


def _headline(
    _: Words, results: Sequence[Result], readable: Sequence[Result], stopped: bool
) -> None:
    if stopped:
        st.warning(
            _(
                "Nothing was imported because there are problems and “Stop if there are "
                "problems” is on. Correct the rows below in your file, or turn the option "
                "off, and drop it again."
            ),
            icon=":material/front_hand:",
        )
        return
    names = ", ".join(f"**{escaped(result.name)}**" for result in readable)
    st.markdown(f":blue[:material/check_circle:] {_('Imported:')} {names}")


def _reconciled(_: Words, readable: Sequence[Result], stopped: bool) -> None:
    """Describe rows in the files = rows in the dashboard + rows left out, by reason."""
    whole, kept = (
        sum(result.rows_in for result in readable),
        sum(result.rows_kept for result in readable),
    )
    left: Counter[str] = Counter()
    for result in readable:
        left.update(result.left_out or {})
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
        st.markdown(" ".join([_all_in(_, readable, whole), *_in_no_figure(_, readable)]))
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
    for sentence in _in_no_figure(_, readable):
        st.markdown(sentence)


def _all_in(_: Words, readable: Sequence[Result], whole: int) -> str:
    """Describe that no row was left out, and how many stand in the place of others."""
    landed = [result.landed for result in readable if result.landed]
    changed, same = sum(one.changed for one in landed), sum(one.same for one in landed)
    if not changed and not same:
        return _("All {whole} rows in the files are in the dashboard.", whole=number(_, whole))
    return _(
        "All {whole} rows in the files were read: {changed} replace rows that were there before, "
        "{same} were there already.",
        whole=number(_, whole),
        changed=number(_, changed),
        same=number(_, same),
    )


def _in_no_figure(_: Words, readable: Sequence[Result]) -> list[str]:
    """Describe how many rows are in the dashboard and in no figure; nothing if there are none."""
    void = sum(one.rows for result in readable for one in result.uncounted.values())
    if not void:
        return []
    sentence = _.n(
        "{n} of them counts in no figure, as its status is cancelled, returned or not in force.",
        "{n} of them count in no figure, as their status is cancelled, returned or not in force.",
        void,
    )
    return [f"**{sentence}**"]


def _problems(_: Words, sheets: Sequence[SheetProblems]) -> None:
    if not sheets:
        return
    problems.download(_, lambda: sheets, "download_problems", "yuepan-problems")
    for at, sheet in enumerate(sheets):
        label = _.n("{n} problem", "{n} problems", sheet.count)
        # A single table is opened; of several, only the names are shown first.
        with st.expander(
            f"{escaped(sheet.name)}: {label}", key=f"problems_{at}", expanded=len(sheets) == 1
        ):
            problems.problem_list(_, sheet, f"problems_{at}")


def _lines(_: Words, result: Result, currency: str, stopped: bool) -> list[dict[str, str]]:
    """Return the lines in the file = in the dashboard + left out: rows, then each money column."""
    left_out = result.left_out or {}
    landed = result.landed
    # Good rows that were not imported either get their own column, so that the sums hold.
    good = _("Valid, not imported") if stopped else _("In the dashboard")
    lines = [
        {
            _("File"): result.name,
            _("Table"): _(table(result.table).label),
            _("Item"): _("Rows"),
            _("In the file"): number(_, result.rows_in),
            good: number(_, result.rows_kept),
            **counted.rows(_, result),
            **{_why(_, why): number(_, rows) for why, rows in left_out.items()},
            **(
                {
                    _("New"): number(_, landed.new),
                    _("Updated"): number(_, landed.changed),
                    _("Unchanged"): number(_, landed.same),
                }
                if landed
                else {}
            ),
        }
    ]
    sums = _by_currency(result, currency)
    for name in result.money_in or {}:
        filled = {code: amounts for code, amounts in sums.items() if _is_filled(amounts, name)}
        for code, amounts in filled.items():
            total, left = amounts.money_in[name], amounts.left_out.get(name, {})
            label = _(table(result.table).column(name).label)
            lines.append(
                {
                    _("File"): "",
                    _("Table"): "",
                    _("Item"): f"{label} · {code}" if len(filled) > 1 and code else label,
                    _("In the file"): exact(_, total, code),
                    good: exact(_, total - sum(left.values()), code),
                    **counted.money(
                        _, result, name, code, currency, total - sum(left.values(), Decimal(0))
                    ),
                    **{_why(_, why): exact(_, left.get(why, 0), code) for why in left_out},
                }
            )
    return lines


def _by_currency(result: Result, reporting: str) -> dict[str, Sums]:
    """Return the money in each currency that the file names; "" where it names too many.

    Rows that name none are in the reporting currency, "" while that is asked.
    """
    whole = Sums(result.money_in or {}, result.money_left_out or {})
    if not any(result.currencies):
        return {reporting: whole}
    if SEVERAL in result.currencies:
        return {"": whole}
    blank = result.currencies.get("")
    by_code = {code: sums for code, sums in result.currencies.items() if code}
    if blank is None:
        return by_code
    return by_code | {
        reporting: _added(by_code[reporting], blank) if reporting in by_code else blank
    }


def _added(sums: Sums, other: Sums) -> Sums:
    return Sums(
        {name: total + other.money_in[name] for name, total in sums.money_in.items()},
        {
            name: {
                why: sums.left_out[name].get(why, Decimal(0)) + left.get(why, Decimal(0))
                for why in {**sums.left_out[name], **left}
            }
            for name, left in other.left_out.items()
        },
    )


def _is_filled(sums: Sums, name: str) -> bool:
    """Return whether any row has the column in this currency."""
    return bool(sums.money_in[name] or any(sums.left_out.get(name, {}).values()))


def _numeric(_: Words, lines: list[dict[str, str]]) -> list[str]:
    words = {_("File"), _("Table"), _("Item")}
    return [
        name for name in dict.fromkeys(name for line in lines for name in line) if name not in words
    ]


def _wide(names: Sequence[str]) -> int:
    """Return the width in pixels that shows each name whole, up to a third of the page."""
    letters = max(sum(1 if letter.isascii() else 2 for letter in name) for name in names)
    return min(8 * letters + 20, 440)


def _why(_: Words, why: str) -> str:
    return _("Left out: {why}", why=problem_sentence(_, why))
