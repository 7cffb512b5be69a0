"""Ask what only the user can know of a sheet, one question per column, with its own values.

>>> draft = question_list(_, draft, key="draft_0", today=today)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data.cleaning.reading import Settled
from data.cleaning.summary import Question
from data.staging import choices
from data.staging import readings as asking
from data.staging.draft import Draft
from data.staging.other_table import as_answered
from domain.errors import YuepanError
from domain.tables import table
from pages.kit.files import effects
from pages.kit.files.question_words import option_words, reading_words, sentence
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words
from pages.kit.queries import cache
from pages.kit.widgets import grid
from pages.kit.widgets.language import respoken

# Their first sample has the sums of each answer.
_WITH_TOTALS = ("column", "same", "reused", "again", "part", "unknown_orders", "rows")


def settled(draft: Draft, today: date) -> Settled:
    """Return the draft's readings and open questions; every column is scanned once."""
    return asking.settled(draft, today, cache.store())


def unread(draft: Draft, today: date) -> dict[str, YuepanError]:
    """Return columns whose cells are mostly not of their type, and why."""
    if not draft.take:
        return {}
    return dict(asking.unread(draft, settled(draft, today), today))


def question_list(
    _: Words, draft: Draft, key: str, today: date, others: Sequence[Draft] = ()
) -> Draft:
    """Draw the open questions and the answered ones, which can be changed.

    An answer that names a column raises what is to be asked of it, such as names that a list of
    targets lacks; `others` are the drafts that came with it.
    """
    shown: set[str] = set()
    # An answer may raise another question, such as the century, to be shown at once.
    while open_ := [question for question in _all(draft, today) if question.key not in shown]:
        for question in open_:
            answered = as_answered(_ask(_, draft, question, key), cache.store())
            draft = effects.placed_anew(choices.applied(answered), draft, others, today)
            shown.add(question.key)
    result = settled(draft, today)
    for read_alike in _followed(_, draft, result):
        st.caption(escaped(read_alike))
    return draft


def _all(draft: Draft, today: date) -> list[Question]:
    """Return the open and the answered questions in the order of the columns."""
    order = list(draft.mapping)
    answered = asking.answered(draft, today, cache.store())
    by_key = {question.key: question for question in (*settled(draft, today).questions, *answered)}
    return sorted(
        by_key.values(), key=lambda question: (_place(order, question.column), question.key)
    )


def _place(order: list[str], column: str) -> int:
    return order.index(column) if column in order else len(order)


def _ask(_: Words, draft: Draft, question: Question, key: str) -> Draft:
    current = draft.answers.get(question.key)
    prompt = f":material/help: **{escaped(question.header)}**: {sentence(_, question)}"
    if current is None:
        st.markdown(prompt)
        _samples(_, question)
        answer = _choice(_, draft, question, key)
    else:
        # Answered questions take one line and can still be changed.
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(prompt, width="content")
            answer = _choice(_, draft, question, key)
    others = {name: value for name, value in draft.answers.items() if name != question.key}
    return replace(draft, answers={**others, question.key: answer} if answer else others)


def _samples(_: Words, question: Question) -> None:
    """Draw three of the column's values under each reading."""
    grid.draw(
        pd.DataFrame(
            [
                (
                    _("Total")
                    if question.kind in _WITH_TOTALS and not value and not place
                    else value,
                    *(reading_words(question, reading) for reading in readings),
                )
                for place, (value, readings) in enumerate(question.samples)
            ],
            columns=[
                _("In the file"),
                *(option_words(_, option, question) for option in question.options),
            ],
        ),
        hide_index=True,
        width="content",
        alt=_("Possible readings"),
    )


def _choice(_: Words, draft: Draft, question: Question, key: str) -> str | None:
    widget = f"{key}_{draft.table}_{question.key}_{'-'.join(question.options)}_answer"
    again = respoken(widget)
    return st.segmented_control(
        _("Read as"),
        list(question.options),
        default=None if again else draft.answers.get(question.key),
        format_func=lambda option: escaped(option_words(_, option, question)),
        key=widget,
        label_visibility="collapsed",
    )


def _followed(_: Words, draft: Draft, result: Settled) -> list[str]:
    """Return the columns that are read the way another column of the file shows."""
    assert draft.sheet
    into = table(draft.table) if draft.table else None
    sentences = []
    for name, how in result.readings.items():
        if not how.follows or into is None or name not in draft.mapping:
            continue
        kind = "date_order" if into.column(name).kind in ("date", "moment") else "decimal_mark"
        header = draft.sheet.header[draft.mapping[name]]
        question = Question(name, header, kind, (how.answer,), ())
        sentences.append(
            _(
                "“{header}” is read as {how}, based on “{other}”.",
                header=header,
                how=option_words(_, how.answer, question),
                other=how.follows,
            )
        )
    return sentences
