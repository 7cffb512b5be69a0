"""Word the question which currency changed amounts are in that name none.

>>> option_text(_, "CNY", question)                               # doctest: +SKIP
'CNY, the currency of the dashboard'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.draft import KEPT
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    count, _gap, codes = question.about.partition(" · ")
    return _(
        "amounts differ from those imported before in {currencies}, and this file names no "
        "currency for them: {count}. Which currency are they in?",
        currencies=codes,
        count=count,
    )


def option_text(_: Words, option: str, question: Question) -> str:
    """Return the text of an option, as plain text."""
    if option == KEPT:
        _count, _gap, codes = question.about.partition(" · ")
        return _("{currencies} as before", currencies=codes)
    return _("{currency}, the currency of the dashboard", currency=option)
