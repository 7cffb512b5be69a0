"""List the open deals at risk: postponed, past due or idle, and why.

>>> at_risk_card(_, load.of(scope, "deals"))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.pipeline import risk
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.i18n.labels import named
from pages.kit.i18n.note_words import NN_
from pages.kit.i18n.numbers import date_text, escaped, exact
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid, table_height
from pages.kit.widgets.passport import Passport, passport_button

_ROWS = 8


@dataclass(frozen=True)
class AlertWords:
    """The words of one of `risk.ALERTS`: its count above the table and the reason in a row.

    `reason` has a singular and a plural that take the `number` column's value, or only
    one form where there is no number. Without `counted` no count is shown. `unknown` stands
    in for a count that no deal has the column for, `blank` beside one that some lack it for.
    """

    reason: tuple[str, str]
    number: str = ""
    counted: tuple[str, str] | None = None
    unknown: str = ""
    blank: tuple[str, str] | None = None


WORDS: dict[str, AlertWords] = {
    "pushed": AlertWords(
        NN_("moved {n} time", "moved {n} times"),
        "pushes",
        NN_("{n} with close date moved 2+ times", "{n} with close date moved 2+ times"),
        N_("moved close dates: n/a, no stage history has them"),
    ),
    "past_due": AlertWords(
        (N_("past due"), ""),
        counted=NN_("{n} past due", "{n} past due"),
        unknown=N_("past due: n/a, no deal has an expected close date"),
        blank=NN_("{n} without an expected close date", "{n} without an expected close date"),
    ),
    "idle": AlertWords(
        NN_("{n} day idle", "{n} days idle"),
        "idle_days",
        NN_("{n} idle", "{n} idle"),
        N_("idle: n/a, no activity of any deal is known"),
        NN_("{n} without a known activity", "{n} without a known activity"),
    ),
    "no_next_step": AlertWords((N_("no next step"), "")),
}


def at_risk_card(_: Words, scope: Scope) -> None:
    """Draw a table of deals with their warnings, the most postponed first; nothing if none.

    What cannot be told of any deal is said even then.
    """
    deals = cache.frame(risk.at_risk, scope)
    known = {
        str(name): int(count) for name, count in cache.frame(risk.judged, scope).iloc[0].items()
    }
    counted = [alert for alert, words in WORDS.items() if words.counted]
    if not known["open_deals"] or (not len(deals) and all(known[alert] for alert in counted)):
        return
    with st.container(border=True):
        counts = _("; ").join(
            _count(_, WORDS[alert], int(deals[alert].sum()), known[alert], known["open_deals"])
            for alert in counted
        )
        st.markdown(f"**{_('Deals at risk')}** · {escaped(counts)}")
        if not len(deals):
            return
        grid.draw(
            pd.DataFrame(
                {
                    _("Deal"): [
                        named(_, name if isinstance(name, str) else number)
                        for name, number in zip(deals["deal_name"], deals["deal_id"], strict=True)
                    ],
                    _("Customer"): [
                        named(_, customer, "customer") for customer in deals["customer"]
                    ],
                    _("Sales rep"): [named(_, rep, "rep") for rep in deals["rep"]],
                    _("Stage"): [named(_, stage, "stage") for stage in deals["stage"]],
                    # Each amount is in the deal's own currency; nothing adds them up.
                    _("Amount"): [
                        exact(_, amount, scope.currency if pd.isna(code) else str(code))
                        for amount, code in zip(deals["amount"], deals["currency"], strict=True)
                    ],
                    _("Expected close"): [
                        date_text(_, day) for day in deals["expected_close_date"]
                    ],
                    _("Why"): [_reasons(_, row) for row in deals.to_dict("records")],
                }
            ),
            hide_index=True,
            column_config={_("Amount"): st.column_config.TextColumn(alignment="right")},
            height=table_height.of_rows(len(deals), _ROWS),
            key="trouble",
            alt=_("Open deals at risk and why"),
        )
        passport_button(
            _,
            "trouble",
            Passport(
                _("Deals at risk"),
                (measure("deals_open"),),
                scope,
                scope.month,
                scope.until,
                {
                    _("How this is judged"): _(
                        "open deals whose expected close date moved at least twice or has "
                        "passed, or with no activity for more than {days} days",
                        days=risk.IDLE_DAYS,
                    )
                },
                (risk.at_risk, scope),
                counted=False,
                rows=(risk.at_risk, scope),
                standing=True,
            ),
        )


def _count(_: Words, words: AlertWords, raised: int, known: int, open_deals: int) -> str:
    """Return how many deals raise an alert, and of how many that cannot be told."""
    assert words.counted
    if not known:
        return _(words.unknown)
    count = _.n(*words.counted, raised)
    if known == open_deals or words.blank is None:
        return count
    lacking = open_deals - known
    return _("{count} ({blank})", count=count, blank=_.n(*words.blank, lacking))


def _reasons(_: Words, deal: dict[str, Any]) -> str:
    """Describe why a deal is on the list; its numbers are grouped like any other."""
    return _(", ").join(
        _.n(*words.reason, int(deal[words.number])) if words.number else _(words.reason[0])
        for alert, words in WORDS.items()
        if deal[alert]
    )
