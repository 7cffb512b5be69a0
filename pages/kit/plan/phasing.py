"""Phase the month's target by week, ten days or day; every cut adds up to the month.

>>> phasing_table(_, scope, Decimal("1000"))
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.periods.phasing import By, phased
from domain.scope import Scope
from pages.kit.i18n.numbers import date_text, escaped, exact
from pages.kit.i18n.words import Words
from pages.kit.plan import queries
from pages.kit.widgets import grid, table_height
from pages.kit.widgets.segments import segments

_ROWS = 10


def phasing_table(_: Words, scope: Scope, target: Decimal) -> None:
    """Draw the target by week, 上旬/中旬/下旬 or day, phased by selling days and weekday."""
    names: dict[By, str] = {"week": _("Weeks"), "third": _("Ten-day periods"), "day": _("Days")}
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_('Target over time')}**", width="content")
            by = segments(_("Break down by"), names, key="phase_by")
        daily = queries.phased_target(scope, target)
        parts = phased(daily, by, week_start=queries.week_start())
        grid.draw(
            pd.DataFrame(
                {
                    _("Period"): [_part(_, by, name) for name in parts["part"]],
                    _("From"): [date_text(_, day, year=False) for day in parts["start"]],
                    _("To"): [date_text(_, day, year=False) for day in parts["end"]],
                    _("Selling days"): queries.selling_in(scope, parts),
                    _("Target"): [
                        exact(_, part_target, scope.currency) for part_target in parts["target"]
                    ],
                }
            ),
            hide_index=True,
            column_config={_("Target"): st.column_config.TextColumn(alignment="right")},
            height=table_height.of_rows(len(parts), _ROWS),
            alt=_("Target over time"),
        )
        total = exact(_, parts["target"].sum(), scope.currency)
        st.caption(escaped(_("Total {sum}, to the cent.", sum=total)))


def _part(_: Words, by: By, name: str) -> str:
    if by == "third":
        return {
            "first": _("First ten days"),
            "middle": _("Middle ten days"),
            "last": _("Last ten days"),
        }[name]
    return _("Week {n}", n=name) if by == "week" else name
