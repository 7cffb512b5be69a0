"""Word the question what became of records that a newer file has no more.

>>> option_text(_, KEPT, question)                                # doctest: +SKIP
'only not in this file: they stay'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.draft import DELETED
from pages.kit.i18n.words import Words

_OF_TARGETS = "scope_value"


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    if question.column == _OF_TARGETS:
        return _(
            "the earlier list has targets that this one lacks (number · sum): {count}. Do they "
            "still hold?",
            count=question.about,
        )
    count = int(question.about)
    if question.column != "order_id":
        return _.n(
            "{n} closed deal that was imported before is not in this file. Was it deleted in the "
            "CRM?",
            "{n} closed deals that were imported before are not in this file. Were they deleted "
            "in the CRM?",
            count,
        )
    return _.n(
        "{n} order of these days that was imported before is not in this file. Was it deleted in "
        "the source system?",
        "{n} orders of these days that were imported before are not in this file. Were they "
        "deleted in the source system?",
        count,
    )


def option_text(_: Words, option: str, question: Question) -> str:
    """Return the text of an option, as plain text."""
    if question.column == _OF_TARGETS:
        return (
            _("no: remove them")
            if option == DELETED
            else _("yes: keep them beside those of this file")
        )
    if option == DELETED:
        return _("deleted: they no longer count")
    return _("only not in this file: they stay")
