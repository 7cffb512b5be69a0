"""Ask about names that nearly match, and list the answers.

>>> ask(_)
>>> answers(_)
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.facts import name_review
from data.facts.name_review import NameAnswer, NameQuestion
from pages.kit.i18n.labels import dimension_label
from pages.kit.i18n.names import visible
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid, seen_data
from pages.kit.widgets.language import respoken

_SHOWN = 10
_LETTERS = 100.0  # score of names that differ only in spaces, case, width and punctuation


def ask(_: Words) -> None:
    """Draw pairs of names that are probably the same, surest first; none is merged unasked."""
    suggestions = _suggestions()
    if not suggestions:
        return
    st.markdown(f"#### {_('Are these the same?')}")
    st.caption(
        _(
            "The name on the left will be counted as the one on the right. Your files are not "
            "changed."
        )
    )
    alike = [pair for pair in suggestions if pair.score == _LETTERS]
    if len(alike) > 1:
        st.button(
            _("Confirm all {n} that differ only in spaces, case or punctuation", n=len(alike)),
            key="same_all",
            icon=":material/done_all:",
            on_click=seen_data.carry_out,
            args=(_same, alike),
        )
    for question in suggestions[:_SHOWN]:
        _row(_, question)
    if len(suggestions) > _SHOWN:
        st.caption(_.n("{n} more to review.", "{n} more to review.", len(suggestions) - _SHOWN))


def answers(_: Words) -> None:
    """Draw the answers about names, each with a button to undo it."""
    decisions = name_review.answered(cache.store())
    if not decisions:
        return
    label = _.n("{n} name decision", "{n} name decisions", len(decisions))
    with st.expander(label, icon=":material/spellcheck:", key="names_answered"):
        grid.draw(
            pd.DataFrame(
                {
                    _("Type"): [dimension_label(_, decision.kind) for decision in decisions],
                    _("In the file"): [decision.name for decision in decisions],
                    _("Decision"): [
                        _("is the same as") if decision.accepted else _("is not the same as")
                        for decision in decisions
                    ],
                    _("Matched name"): [decision.canonical for decision in decisions],
                }
            ),
            hide_index=True,
            alt=_("Name decisions"),
        )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            respoken("chosen_answer")
            chosen = st.selectbox(
                _("Decision to undo"),
                decisions,
                format_func=lambda decision: _line(_, decision),
                key="chosen_answer",
            )
            st.button(
                _("Undo"),
                icon=":material/undo:",
                key="take_back_answer",
                on_click=seen_data.carry_out,
                args=(name_review.take_back, cache.store(), chosen),
                kwargs={"chosen": ("chosen_answer", chosen)},
            )


def _same(pairs: list[NameQuestion]) -> None:
    name_review.answer_names(cache.store(), pairs, accepted=True)


@cache.cached("facts")
def _suggestions() -> list[NameQuestion]:
    return name_review.name_suggestions(cache.store())


def _row(_: Words, question: NameQuestion) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{dimension_label(_, question.kind)}: **{escaped(question.name)}** → "
            f"**{escaped(question.suggestion)}**",
            width="content",
        )
        st.caption(_.n("{n} row", "{n} rows", question.rows), width="content")
        if question.listed:
            st.caption(_("in your list"), width="content")
        st.space("stretch")
        key = f"{question.kind}_{question.name}"
        if st.button(_("Same"), key=f"same_{key}", type="primary"):
            name_review.answer_name(cache.store(), question, accepted=True)
            st.rerun()
        if st.button(_("Different"), key=f"different_{key}"):
            name_review.answer_name(cache.store(), question, accepted=False)
            st.rerun()


def _line(_: Words, decision: NameAnswer) -> str:
    verb = _("is the same as") if decision.accepted else _("is not the same as")
    return visible(f"{decision.name} {verb} {decision.canonical}")
