"""Split the target by team and rep; typed cells stay fixed and the rest follows.

>>> allocation_editor(_, scope, {"floor": None, "target": Decimal("1000"), "stretch": None})
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from analytics.periods.months import month_before
from analytics.plan import typed_cells
from analytics.plan.splits import Basis, Nested
from data.store import plans
from domain.scope import Scope
from pages.kit.i18n.labels import named
from pages.kit.i18n.numbers import date_text, escaped, exact, month_text
from pages.kit.i18n.words import Words
from pages.kit.plan import queries
from pages.kit.queries import cache, settings
from pages.kit.widgets import grid, seen_data, table_height
from pages.kit.widgets.segments import segments

_ROWS = 11


@st.fragment
def allocation_editor(_: Words, scope: Scope, typed: Mapping[str, Decimal | None]) -> None:
    """Draw two tables that always add up to the target, and the button that saves the plan."""
    seen_data.leave_if_replaced()
    target = typed["target"]
    assert target is not None
    state = st.session_state
    locks: dict[str, dict[str, Decimal]] = state.setdefault(
        f"locks_{scope.month}", {"team": {}, "rep": {}}
    )
    with st.container(border=True):
        evenly = queries.handed_down(scope, target, "even", locks)
        if not evenly.reps:
            st.markdown(f"**{_('Split by team and rep')}**")
            st.caption(_("The data names no reps to share the target."))
            _keep(_, scope, typed, evenly, "even")
            return
        basis = _basis(_, scope, queries.bases(scope))
        split = queries.handed_down(scope, target, basis, locks)
        left, right = st.columns([2, 3], gap="medium")
        with left:
            teams = _teams(split)
            _editor(_, scope, "team", teams, locks)
        with right:
            _editor(_, scope, "rep", _people(_, split), locks)
        _sums(_, scope, target, split)
        _keep(_, scope, typed, split, basis)


def _basis(_: Words, scope: Scope, offered: list[Basis]) -> Basis:
    names = _names(_)
    if st.session_state.get("split_basis") not in (None, *offered):
        del st.session_state["split_basis"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_('Split by team and rep')}**", width="content")
        chosen = segments(
            _("Split by team and rep"),
            {basis: text for basis, text in names.items() if basis in offered},
            key="split_basis",
            default=offered[0],
        )
    for sentence in _about_history(_, scope, chosen):
        st.caption(escaped(sentence))
    return chosen


def _about_history(_: Words, scope: Scope, chosen: Basis) -> list[str]:
    """Return what the splits lack, how far back the sales go, and who has left before the month."""
    lacking = queries.without_sales(scope)
    since = queries.history_since(scope)
    sentences = []
    if "last_year" in lacking:
        month = month_text(_, month_before(scope.month, 12))
        sentences.append(
            _("No rep has sales in {month}, so a split like last year is not offered.", month=month)
        )
    if "twelve_months" in lacking:
        sentences.append(_("No rep has sales in the last 12 months, so the split is even."))
    elif chosen == "twelve_months" and since is not None:
        sentences.append(
            _(
                "The sales begin on {day}: the split follows them from there.",
                day=date_text(_, since),
            )
        )
    if gone := queries.without_a_part(scope):
        sentences.append(
            _(
                "Left before {month}, so without a part of the target: {names}.",
                month=month_text(_, scope.month),
                names=_(", ").join(gone),
            )
        )
    return sentences


def _teams(split: Nested) -> pd.DataFrame:
    return pd.DataFrame(
        [(name, name, float(part)) for name, part in split.teams.parts.items()],
        columns=["key", "name", "target"],
    )


def _people(_: Words, nested: Nested) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (rep, rep, named(_, team or None, "team"), float(part))
            for team, split in nested.reps.items()
            for rep, part in split.parts.items()
        ],
        columns=["key", "name", "team", "target"],
    )


def _editor(
    _: Words,
    scope: Scope,
    kind: str,
    rows: pd.DataFrame,
    locks: dict[str, dict[str, Decimal]],
) -> None:
    """Draw a table whose typed cells are locked; unlocking returns them to the split."""
    state = st.session_state
    turn = state.setdefault(f"turn_{kind}_{scope.month}", 0)
    held = locks[kind]
    rows = rows.assign(locked=[key in held for key in rows["key"]])
    label = _("Team") if kind == "team" else _("Sales rep")
    shown = rows.drop(columns="key").assign(
        name=[named(_, name or None, kind) for name in rows["name"]]
    )
    edited = st.data_editor(
        grid.cells(shown),
        column_config={
            "name": st.column_config.TextColumn(label, disabled=True),
            "team": st.column_config.TextColumn(_("Team"), disabled=True),
            "target": st.column_config.NumberColumn(_("Target"), min_value=0, format="%,.2f"),
            "locked": st.column_config.CheckboxColumn(_("Locked"), width="small"),
        },
        hide_index=True,
        height=table_height.of_rows(len(rows), _ROWS),
        key=f"handout_{kind}_{scope.month}_{turn}",
        alt=_("Targets adding up to the total"),
    )
    after = typed_cells.locked(held, rows, edited)
    if after != held:
        locks[kind] = after
        state[f"turn_{kind}_{scope.month}"] = turn + 1
        _again()


def _again() -> None:
    """Redraw the tables: the fragment, or the whole page where the whole page is running."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def _sums(_: Words, scope: Scope, target: Decimal, split: Nested) -> None:
    """Draw a check that everything adds up, or by how much the fixed cells do not fit."""
    left = split.teams.left + sum((part.left for part in split.reps.values()), Decimal(0))
    if not left:
        total = exact(_, target, scope.currency)
        st.caption(escaped(_("Company = teams = reps = {sum}, to the cent.", sum=total)))
        return
    total = exact(_, abs(left), scope.currency)
    st.warning(
        escaped(
            _("The locked cells leave {sum} unassigned.", sum=total)
            if left > 0
            else _("The locked cells exceed the target by {sum}.", sum=total)
        )
    )


def _keep(
    _: Words,
    scope: Scope,
    typed: Mapping[str, Decimal | None],
    nested: Nested,
    basis: Basis,
) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            _("Version name"),
            value=_("{month} plan", month=month_text(_, scope.month)),
            key=f"version_name_{scope.month}",
            width=260,
        )
        if st.button(_("Save version"), type="primary", key="save_version"):
            wanted: dict[tuple[str, str], Decimal | plans.Target | None] = {
                ("company", ""): plans.Target(typed["target"], typed["floor"], typed["stretch"])
            }
            wanted |= {("team", team): part for team, part in nested.teams.parts.items() if team}
            wanted |= {
                ("rep", rep): part
                for split in nested.reps.values()
                for rep, part in split.parts.items()
            }
            plans.save_version(
                cache.store(),
                scope.month,
                wanted,
                name=name,
                basis={"split": basis},
                metric=scope.metric,
                by=settings.setting("who") or "",
            )
            st.session_state.toast = _("Plan saved. The Week page now uses it.")
            st.rerun()
    kept = queries.versions(scope.month, scope.metric)
    if len(kept):
        grid.draw(
            pd.DataFrame(
                {
                    _("Version"): kept["plan_version_id"],
                    _("Name"): kept["name"],
                    _("Split"): [_split(_, basis_json) for basis_json in kept["basis"]],
                    _("Saved at"): kept["saved_at"],
                    _("Saved by"): kept["saved_by"],
                }
            ),
            hide_index=True,
            alt=_("Versions of this plan, current one first"),
        )


def _split(_: Words, basis: str) -> str:
    return {str(name): text for name, text in _names(_).items()}.get(
        str(json.loads(basis).get("split")), ""
    )


def _names(_: Words) -> dict[Basis, str]:
    return {
        "even": _("Evenly"),
        "last_year": _("Like last year"),
        "twelve_months": _("Like the last 12 months"),
        "targets": _("Like the reps' targets"),
    }
