"""Say what a figure leaves out: rows of its period, rows never read, orders taken out.

>>> listed(_, scope, date(2026, 3, 1), date(2026, 3, 31))       # draws; whether anything is out
>>> unread(_, "deals", "CNY")
['3 rows of the imported files were left out when they were read, …']
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.actuals import actual
from data.cleaning.reconcile import SEVERAL
from data.ingest import history, left_out_rows
from domain.scope import Scope
from pages.kit.i18n.numbers import escaped, exact, number
from pages.kit.i18n.sentences import left_out_sentence, problem_sentence
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid


def listed(
    _: Words, scope: Scope, start: date, end: date, reasons: frozenset[str] | None = None
) -> bool:
    """Draw the rows of a period that do not count, by reason; return whether there are any.

    Only those left out for one of `reasons`, where they are given.
    """
    left = cache.frame(actual.left_out, scope, start, end)
    if reasons is not None:
        left = left[left["why"].isin(reasons)]
    if len(left):
        grid.draw(
            pd.DataFrame(
                {
                    _("Reason left out"): [left_out_sentence(_, why) for why in left["why"]],
                    _("Rows"): [number(_, rows) for rows in left["rows"]],
                    _("Amount"): [
                        exact(_, amount, currency)
                        for amount, currency in zip(left["amount"], left["currency"], strict=True)
                    ],
                }
            ),
            hide_index=True,
            alt=_("Rows left out, by reason"),
        )
    sentences = [*unread(_, scope.source, scope.currency), *_taken_out(_, scope, start, end)]
    for sentence in sentences:
        st.caption(escaped(sentence))
    return bool(len(left) or sentences)


def unread(_: Words, table_name: str, currency: str) -> list[str]:
    """Describe rows of files that never came in; whether they are of this period, nobody knows."""
    return [
        _.n(
            "{n} row of the imported files was left out when it was read, whatever its period: "
            "{why}{amount}. The Files page lists it.",
            "{n} rows of the imported files were left out when they were read, whatever their "
            "period: {why}{amount}. The Files page lists them.",
            row.rows,
            why=problem_sentence(_, row.why),
            amount=_amounts(_, row.money, currency),
        )
        for row in left_out_rows.unread(cache.store(), table_name)
    ]


def _taken_out(_: Words, scope: Scope, start: date, end: date) -> list[str]:
    if scope.source != "orders":
        return []
    sentences = []
    for code, rows, amount in history.taken_out(cache.store(), start, end):
        sentence = _.n(
            "{n} order line was deleted in the source, as a newer export lacks it: {sum}",
            "{n} order lines were deleted in the source, as a newer export lacks them: {sum}",
            rows,
            sum=exact(_, amount, code or scope.currency),
        )
        whole = _(" (of the whole company)") if scope.filters else ""
        sentences.append(sentence + whole)
    return sentences


def _amounts(_: Words, money: Mapping[str, Decimal], currency: str) -> str:
    """Return the money of left out rows, each currency by itself; "" where there is none."""
    known = {code: amount for code, amount in money.items() if code != SEVERAL}
    if not known:
        return ""
    # Rows that name no currency are in the one that figures are reported in.
    sums = _(", ").join(exact(_, amount, code or currency) for code, amount in known.items())
    return _("; amount {amount}", amount=sums)
