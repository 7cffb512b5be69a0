"""Show what changed in the pipeline since an earlier file of deals.

>>> pipeline_changes_card(_, load.of(scope, "deals"))
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from analytics.pipeline import changes, snapshots
from analytics.pipeline.changes import FLOWS, Flow, Waterfall
from domain.measures import measure
from domain.scope import Scope
from domain.tables import N_
from pages.kit.charts import bars
from pages.kit.i18n.labels import filters_sentence, named
from pages.kit.i18n.numbers import date_text, escaped, exact, month_text, number, signed
from pages.kit.i18n.words import Words
from pages.kit.queries import cache, load
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken
from pages.kit.widgets.passport import Passport, passport_button
from pages.kit.widgets.reporting_currency import deals_clause
from pages.kit.widgets.segments import segments
from pages.kit.widgets.show import chart, theme

Span = Literal["month", "all"]

LABELS: dict[Flow, str] = {
    "new": N_("New"),
    "first_seen": N_("First seen"),
    "reopened": N_("Reopened"),
    "moved_in": N_("Moved in"),
    "bigger": N_("Increased"),
    "smaller": N_("Decreased"),
    "moved_out": N_("Moved out"),
    "won": N_("Won"),
    "lost": N_("Lost"),
    "vanished": N_("Vanished"),
    "reassigned": N_("Reassigned"),
}

# Deals in the table; the passport's download has all of them.
_MOST = 200


def pipeline_changes_card(_: Words, scope: Scope) -> None:
    """Draw the choice of the earlier day and measure, a waterfall, and the deals behind it."""
    exports, chosen = snapshot_days(), st.session_state.get("as_of")
    # Sales that are older than the exports hold the figures back, and not the deals.
    days = [day for day in exports if chosen is None or day <= chosen]
    with st.container(border=True):
        if len(days) < 2:
            st.markdown(f"**{_('Pipeline changes')}**")
            st.caption(_nothing_to_compare(_, exports, days))
            return
        after = days[0]
        before, span = _choose_span(_, scope, days)
        changed = moved(scope, before, after, span)
        _draw_bridge(_, scope, changed, before, after, span)
        _draw_deals(_, scope, changed)


@load.cached("facts")
def snapshot_days() -> dict[date, int]:
    """Return the number of files of deals of each day that has any, newest first."""
    days = cache.frame(snapshots.days)
    return dict(zip(days["day"], days["files"].astype(int), strict=True))


@load.cached("facts")
def moved(scope: Scope, before: date, after: date, span: Span) -> pd.DataFrame:
    """Return the changes from one day to another; see `analytics.pipeline.changes.changes`."""
    deals = cache.frame(snapshots.moving, scope, before, after)
    window = (scope.month, scope.end) if span == "month" else None
    return changes.changes(deals, before, after, window)


def _nothing_to_compare(_: Words, exports: dict[date, int], days: list[date]) -> str:
    """Return why no two of the `exports` can be compared, `days` being those up to the as-of."""
    files = sum(exports[day] for day in days)
    if len(exports) > len(days):
        later = date_text(_, min(day for day in exports if day not in days))
        return _.n(
            "{n} deals file by the chosen date; the next one is of {later}. Choose a later date "
            "to see what changed.",
            "{n} deals files by the chosen date; the next one is of {later}. Choose a later date "
            "to see what changed.",
            files,
            later=later,
        )
    if files > 1:
        return _(
            "{n} deals files, all of {day}. To see what changed, undo one and import it again "
            "with the day it was exported on, or import the next export.",
            n=files,
            day=date_text(_, days[0]),
        )
    return _("Only one deals file so far. Import the next export to see what changed.")


def _choose_span(_: Words, scope: Scope, days: list[date]) -> tuple[date, Span]:
    state, choices = st.session_state, days[1:]
    if state.get("changes_since") not in choices:
        state.changes_since = changes.earlier(choices, days[0])
    spans: dict[Span, str] = {
        "month": _("Expected to close in {month}", month=month_text(_, scope.month)),
        "all": _("All open deals"),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Pipeline changes')}**", width="content")
        respoken("changes_since")
        before: date = st.selectbox(
            _("Since"),
            choices,
            format_func=lambda day: _("Since {day}", day=date_text(_, day)),
            key="changes_since",
            label_visibility="collapsed",
            persist_state="session",
            width=220,
        )
        span = segments(_("Pipeline to show"), spans, key="changes_span")
    return before, span


def _draw_bridge(
    _: Words, scope: Scope, changed: pd.DataFrame, before: date, after: date, span: Span
) -> None:
    waterfall = changes.waterfall(changed)
    first, last = (date_text(_, day, year=False) for day in (before, after))
    look = theme()
    title = (
        _(
            "Pipeline expected to close in {month}: changes from {start} to {end}",
            month=month_text(_, scope.month),
            start=first,
            end=last,
        )
        if span == "month"
        else _("All open pipeline: changes from {start} to {end}", start=first, end=last)
    )
    drawn = load.cached_chart(
        lambda: bars.bridge(
            waterfall.bars.assign(label=[_(LABELS[flow]) for flow in waterfall.bars["label"]]),
            _,
            scope.currency,
            (first, waterfall.start),
            (last, waterfall.end),
            look,
            title=title,
            subtitle=filters_sentence(_, scope),
        ),
        ("changes", scope, before, after, span, _, look),
        "facts",
    )
    chart(drawn.figure, drawn.alt, key="changes")
    if "first_seen" in list(waterfall.bars["label"]):
        st.caption(_("First seen: created before the start date, but in no file until then."))
    if "vanished" in list(waterfall.bars["label"]):
        st.caption(
            _(
                "Vanished: open on the start date, then missing from a later file that "
                "should include it, with no win or loss recorded."
            )
        )
    if apart := _apart(_, scope, changed, before, after):
        st.caption(escaped(apart))
    passport_button(_, "changes", _passport(_, scope, changed, waterfall, before, after))


def _passport(
    _: Words, scope: Scope, changed: pd.DataFrame, waterfall: Waterfall, before: date, after: date
) -> Passport:
    worked = {date_text(_, before): exact(_, waterfall.start, scope.currency)}
    for row in waterfall.bars.to_dict("records"):
        change = ("+" if row["value"] > 0 else "") + exact(_, row["value"], scope.currency)
        count = _.n("{n} deal", "{n} deals", int(row["deals"]))
        worked[_(LABELS[row["label"]])] = _("{sum} ({count})", sum=change, count=count)
    worked[date_text(_, after)] = exact(_, waterfall.end, scope.currency)
    if apart := _apart(_, scope, changed, before, after):
        worked[_("Currency")] = apart
    return Passport(
        _("Pipeline changes"),
        (measure("pipeline_change"),),
        scope,
        before,
        after,
        worked,
        (snapshots.moving, scope, before, after),
        counted=False,
        rows=_rows(_, changed),
        based_on=N_("deals as known on both days"),
    )


def _apart(_: Words, scope: Scope, changed: pd.DataFrame, before: date, after: date) -> str:
    """Describe the deals in the waterfall that are in another currency."""
    deals = cache.frame(snapshots.moving, scope, before, after)
    inside = deals[deals["deal_id"].isin(changed["deal_id"])]
    return deals_clause(_, inside.drop_duplicates("deal_id", keep="last"), scope.currency)


def _rows(_: Words, changed: pd.DataFrame) -> pd.DataFrame:
    """Return the deals with their change in each bar, for the passport's download."""
    gone = [flow for flow in FLOWS if changed[flow].isna().all()]
    return changed.drop(columns=gone).rename(
        columns={
            "deal_id": _("Deal ID"),
            "deal_name": _("Deal name"),
            "customer": _("Customer"),
            "rep": _("Sales rep"),
            "stage": _("Stage"),
            "status": _("Status"),
            "rep_before": _("Previous sales rep"),
            "expected_before": _("Previous close"),
            "expected": _("Expected close"),
            "amount_before": _("Previous amount"),
            "amount": _("Amount"),
            "before": _("Pipeline before"),
            "after": _("Pipeline now"),
            **{flow: _(LABELS[flow]) for flow in FLOWS},
        }
    )


def _draw_deals(_: Words, scope: Scope, changed: pd.DataFrame) -> None:
    """Draw the deals behind one bar or behind all of them, the largest change first."""
    counts = {flow: int(changed[flow].notna().sum()) for flow in FLOWS}
    offered = [flow for flow in FLOWS if counts[flow]]
    if not offered:
        st.caption(_("Nothing changed between the two files."))
        return
    key = "changes_bar"
    if st.session_state.get(key) not in offered:
        st.session_state[key] = None
    respoken(key)
    bar = st.pills(
        _("Show deals for"),
        offered,
        format_func=lambda flow: f"{_(LABELS[flow])} {number(_, counts[flow])}",
        key=key,
        label_visibility="collapsed",
    )
    rows = changed[changed[bar].notna()] if bar else changed[changed[offered].notna().any(axis=1)]
    change = rows[bar] if bar else rows["after"] - rows["before"]
    order = change.abs().sort_values(ascending=False, kind="stable").index[:_MOST]
    left = len(rows) - len(order)
    money, day = partial(exact, _, currency=scope.currency), partial(date_text, _)
    rows, change = rows.loc[order], change.loc[order]
    what = [
        _(", ").join(_(LABELS[flow]) for flow in offered if not pd.isna(row[flow]))
        for row in rows.to_dict("records")
    ]
    hands = {_("Previous sales rep"): [named(_, rep, "rep") for rep in rows["rep_before"]]}
    grid.draw(
        pd.DataFrame(
            {
                _("Deal"): [
                    named(_, name if isinstance(name, str) else number)
                    for name, number in zip(rows["deal_name"], rows["deal_id"], strict=True)
                ],
                **(hands if rows["reassigned"].notna().any() else {}),
                _("Sales rep"): [named(_, rep, "rep") for rep in rows["rep"]],
                _("Stage"): [named(_, stage, "stage") for stage in rows["stage"]],
                _("Type of change"): what,
                _("Change"): [
                    signed(_, amount, scope.currency, markdown=False) for amount in change
                ],
                _("Previous amount"): [_or_dash(amount, money) for amount in rows["amount_before"]],
                _("Amount"): [_or_dash(amount, money) for amount in rows["amount"]],
                _("Previous close"): [_or_dash(due, day) for due in rows["expected_before"]],
                _("Expected close"): [_or_dash(due, day) for due in rows["expected"]],
            }
        ),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(alignment="right")
            for name in (_("Change"), _("Previous amount"), _("Amount"))
        },
        key="changes_deals",
        alt=_("Deals that changed the pipeline"),
    )
    if left:
        st.caption(
            _.n(
                "{n} smaller change is only in the download.",
                "{n} smaller changes are only in the download.",
                left,
            )
        )


def _or_dash(value: object, text: Callable[[Any], str]) -> str:
    return "–" if pd.isna(value) else text(value)
