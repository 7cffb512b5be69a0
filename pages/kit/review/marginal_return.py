"""Show what each step up in spend brought, for a channel or campaign.

>>> marginal_return_table(_, scope, "channel", ["Search ads", "Dealers"])
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analytics.periods.months import began_late, month_before
from analytics.review import roi, spend_steps
from analytics.review.attribution import By
from domain.measures import measure
from domain.scope import Scope
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import escaped, exact, money, month_text, number, signed
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, calendars, load
from pages.kit.review import queries
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken
from pages.kit.widgets.passport import Passport, passport_button


def marginal_return_table(_: Words, scope: Scope, by: By, names: list[str | None]) -> None:
    """Draw a row per step of spend for a chosen name, the lowest spend first."""
    offered = worth_a_look(scope, by, tuple(name for name in names if name is not None))
    if not offered:
        return
    key = f"steps_of_{by}"
    state = st.session_state
    # The month's first follows the month until the reader picks another.
    if state.get(key) not in offered or state.get(key) == state.get(f"own_{key}"):
        state[key] = offered[0]
    state[f"own_{key}"] = offered[0]
    respoken(key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('What each spend level brought')}**", width="content")
        name = st.selectbox(
            _("Channel or campaign"),
            offered,
            format_func=lambda name: named(_, name, by),
            key=key,
            label_visibility="collapsed",
            persist_state="session",
            width=240,
        )
    steps = of(scope, by, name)
    _verdict(_, scope, name, steps)
    grid.draw(
        pd.DataFrame([_row(_, scope, row) for row in steps.to_dict("records")]),
        hide_index=True,
        column_config={
            head: st.column_config.TextColumn(alignment="right")
            for head in list(_row(_, scope, steps.iloc[0].to_dict()))[1:]
        },
        key=f"steps_{by}",
        alt=_("Spend levels and their sales"),
    )
    st.caption(
        _(
            "Each level groups months with similar spend; sales are from orders that name "
            "the channel or campaign. Seasonality and other causes are included."
        )
    )
    passport_button(
        _,
        "steps",
        Passport(
            _("What each spend level brought"),
            (measure("more_for_more"), measure("spend"), measure("actual")),
            scope,
            min(min(months) for months in steps["months"]),
            scope.until,
            {
                _months(_, row): f"{exact(_, row['spend'], scope.currency)} → "
                f"{exact(_, row['sales'], scope.currency)}"
                for row in steps.to_dict("records")
            },
            (roi.sales_by_month, scope, by),
            counted=False,
        ),
    )


@load.cached("facts")
def worth_a_look(scope: Scope, by: By, names: tuple[str, ...]) -> list[str]:
    """Return the names with two steps or more: those with a bend first, then by spread."""
    candidates = []
    for name in names:
        rows = of(scope, by, name)
        if len(rows) > 1:
            spread = rows["spend"].iloc[-1] / rows["spend"].iloc[0]
            candidates.append((spend_steps.bend(rows) is None, -spread, name))
    return [name for _straight, _spread, name in sorted(candidates)]


@load.cached("facts")
def of(scope: Scope, by: By, name: str) -> pd.DataFrame:
    """Return the steps of a name up to the scope's month; see `analytics.review.spend_steps`."""
    spent = _by_month(cache.frame(roi.spent_by_month, scope, by), name, "spend", scope)
    sales = cache.frame(roi.sales_by_month, scope, by)
    naming = sales[sales["name"].notna()]
    # Sales that name no channel at all say of no channel what it brought.
    silent = set(sales["month"]) - set(naming["month"])
    is_named = bool((naming["name"] == name).any())
    first = calendars.begins(scope)
    # Money that was spent before the first sale is known brought nobody knows what.
    known = {
        month: money
        for month, money in spent.items()
        if (first is None or not began_late(month, first))
        # A part of a month's spend is no lower step.
        and not queries.spend_stops(scope, month)
        and not (is_named and month in silent)
    }
    brought = _by_month(sales, name, "value", scope) if is_named else None
    return spend_steps.steps(known, brought)


def _by_month(frame: pd.DataFrame, name: str, column: str, scope: Scope) -> dict[date, float]:
    mine = frame[frame["name"] == name]
    return {
        month: float(value)
        for month, value in zip(mine["month"], mine[column], strict=True)
        # An unfinished month has all of its spend but only part of its sales.
        if month <= scope.month and scope.in_month(month).end <= scope.as_of
    }


def _row(_: Words, scope: Scope, row: dict[str, object]) -> dict[str, str]:
    currency = scope.currency
    first = row["extra_spend"] is None or pd.isna(row["extra_spend"])
    return {
        _("Months"): _months(_, row),
        _("Spend per month"): money(_, row["spend"], currency),
        _("Sales per month"): money(_, row["sales"], currency),
        _("Extra spend"): "–" if first else signed(_, row["extra_spend"], currency, markdown=False),
        _("Extra sales"): "–" if first else signed(_, row["extra_sales"], currency, markdown=False),
        _("Extra sales per extra unit spent"): "–" if first else number(_, row["more"], 1),
    }


def _months(_: Words, row: dict[str, object]) -> str:
    """Join the months of a step, consecutive ones as a range: "2025年1月–4月, 2025年9月"."""
    runs: list[list[date]] = []
    for month in row["months"]:
        if runs and month_before(month) == runs[-1][-1]:
            runs[-1].append(month)
        else:
            runs.append([month])
    return _(", ").join(_run(_, run[0], run[-1]) for run in runs)


def _run(_: Words, first: date, last: date) -> str:
    if first == last:
        return month_text(_, first)
    end = month_text(_, last, year=first.year != last.year)
    return _("{start} – {end}", start=month_text(_, first), end=end)


def _verdict(_: Words, scope: Scope, name: str, steps: pd.DataFrame) -> None:
    bent = spend_steps.bend(steps)
    if bent is None:
        return
    if bent.above < 0:
        st.markdown(
            escaped(
                _(
                    "{name}: up to {spend} a month, each extra unit of spend brought {below} "
                    "in sales; beyond that, sales fell by {less} for each",
                    name=named(_, name),
                    spend=money(_, bent.spend, scope.currency),
                    below=number(_, bent.below, 1),
                    less=number(_, -bent.above, 1),
                )
            )
        )
        return
    st.markdown(
        escaped(
            _(
                "{name}: up to {spend} a month, each extra unit of spend brought {below} "
                "in sales; beyond that, {above}",
                name=named(_, name),
                spend=money(_, bent.spend, scope.currency),
                below=number(_, bent.below, 1),
                above=number(_, bent.above, 1),
            )
        )
    )
