"""Say which targets get other months when the fiscal year begins elsewhere, before they do.

>>> moves("4")                                              # doctest: +SKIP
[Moved(period='2026-Q4', before=datetime.date(2026, 10, 1), after=datetime.date(2027, 1, 1), ...)]
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.periods.months import month_before
from analytics.plan.target_periods import Moved, moved
from data.store import settings
from pages.kit.i18n.numbers import escaped, month_text
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, calendars, targets
from pages.kit.widgets import seen_data

_KEY = "set_fiscal_year"
_SHOWN = 6


def moves(first_month: str) -> list[Moved]:
    """Return the targets' periods that a fiscal year from this month gives other months."""
    return moved(targets.targets()["period"], calendars.fiscal_start(), int(first_month))


def confirm(_: Words) -> None:
    """Draw which targets would move and the two ways to go on, where a choice waits for one."""
    wanted = st.session_state[_KEY]
    if wanted == str(calendars.fiscal_start()) or not (moving := moves(wanted)):
        return
    lines = [
        _(
            "{period}: {before} becomes {after}",
            period=each.period,
            before=_months(_, each.before, each.length),
            after=_months(_, each.after, each.length),
        )
        for each in moving[:_SHOWN]
    ]
    if len(moving) > _SHOWN:
        lines.append(_("and {n} more", n=len(moving) - _SHOWN))
    st.warning(
        escaped(_("Not changed yet: targets of these periods would count for other months."))
        + "".join(f"\n- {escaped(line)}" for line in lines)
    )
    with st.container(horizontal=True):
        st.button(_("Change and move them"), on_click=_choose, args=(wanted,), key="fiscal_move")
        st.button(_("Leave as it is"), on_click=_leave, key="fiscal_leave")


def _months(_: Words, first: date, length: int) -> str:
    return f"{month_text(_, first)} – {month_text(_, month_before(first, 1 - length))}"


def _choose(first_month: str) -> None:
    seen_data.carry_out(settings.choose, cache.store(), "fiscal_year", first_month)


def _leave() -> None:
    st.session_state[_KEY] = str(calendars.fiscal_start())
