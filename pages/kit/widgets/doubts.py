"""Say what makes a figure doubtful: a target out of proportion, or one for another actual.

>>> tell(_, scope, stand)     # "The actual is 37.7 times the target of $1,000.00. …"
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.periods.months import began_late
from analytics.ratio import safe_ratio
from analytics.tracking.standing import Standing
from domain.scope import Scope
from domain.tables import table
from pages.kit.i18n.labels import listed
from pages.kit.i18n.numbers import date_text, escaped, exact, number
from pages.kit.i18n.words import Words
from pages.kit.queries import calendars, load, targets

# A target that is missed or beaten by this factor is more likely in another unit.
MOST = 20.0


def tell(_: Words, scope: Scope, stand: Standing) -> None:
    """Draw a line for each doubt about the month's target; nothing where there is none."""
    expected = stand.pace.actual if stand.over else stand.forecast.p50
    out_of_proportion(_, scope, expected or stand.pace.actual, stand.pace.target)
    begin = calendars.begins(scope)
    if (
        stand.pace.target is not None
        and begin is not None
        and scope.month <= begin <= scope.end
        and began_late(scope.month, begin)
    ):
        st.caption(
            escaped(
                _(
                    "The data begin on {day}, so a part of the month stands against its whole "
                    "target.",
                    day=date_text(_, begin),
                )
            )
        )
    if stand.pace.target is None and (other := _other_target(scope)) is not None:
        st.caption(
            escaped(
                _(
                    "The target of {target} is for {source}, so it is not used for {shown}.",
                    target=exact(_, other, scope.currency),
                    source=_(table(load.source() or scope.source).label),
                    shown=_(table(scope.source).label),
                )
            )
        )


def out_of_proportion(
    _: Words, scope: Scope, expected: Decimal | None, target: Decimal | None
) -> None:
    """Warn where a month brings twenty times its target, or a twentieth of it."""
    times, parts = safe_ratio(expected, target), safe_ratio(target, expected)
    aim = exact(_, target, scope.currency)
    if times is not None and times >= MOST:
        text = _(
            "The month is {times} times the target of {target}. Is the target in thousands, in "
            "another currency, or for another period?",
            times=number(_, times, 1),
            target=aim,
        )
    elif parts is not None and parts >= MOST:
        text = _(
            "The target of {target} is {times} times the month. Is it in another currency, or "
            "for a whole year?",
            times=number(_, parts, 1),
            target=aim,
        )
    else:
        return
    st.warning(escaped(text), icon=":material/report:")


def parts_clause(_: Words, rows: pd.DataFrame, names: list[str]) -> str:
    """Name the rows of a breakdown that are far above their target; "" where none is."""
    far = [
        name
        for name, share in zip(names, rows["attainment"], strict=True)
        if share is not None and not pd.isna(share) and share >= MOST
    ]
    if not far:
        return ""
    return _(
        "More than {times} times their target, so check its unit: {names}",
        times=number(_, MOST),
        names=listed(_, far),
    )


def _other_target(scope: Scope) -> Decimal | None:
    """Return the target of the same month and filters for what usually counts as the actual."""
    if scope.metric == "sales":
        return None
    own = targets.target(replace(scope, metric="sales", source=load.source() or scope.source))
    return own.target if own else None
