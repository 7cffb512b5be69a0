"""Words of the question which column holds what is needed, and of its options.

>>> option_text(_, "1 × Total", question)                            # doctest: +SKIP
'Total, once per document'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.matching.computed_columns import ONCE
from data.staging import choices
from data.staging.reps_in_a_cell import EQUALLY, FIRST
from domain.tables import TABLES
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question as markdown."""
    if any(option.startswith(ONCE) for option in question.options):
        return _(
            "is this the total of a whole document, which its lines repeat, or the amount of each "
            "line? The sums of both are below."
        )
    if choices.is_of_beside(question):
        return _(
            "the list has floor or stretch targets and no plain one. Which column is the target "
            "that attainment goes by? Their sums are below; any other stays floor or stretch."
        )
    if any(option.startswith(EQUALLY) for option in question.options):
        return _("some of these cells name several reps: how are their orders shared?")
    label = next(c.label for into in TABLES for c in into.columns if c.name == question.column)
    return _("is this “{column}”? Choose the column that holds it.", column=_(label))


def option_text(_: Words, option: str, question: Question) -> str:
    """Return the text of an option, as plain text."""
    if option == choices.NONE:
        return _("none of them")
    if option.startswith(EQUALLY):
        return _("in equal parts")
    if option.startswith(FIRST):
        return _("all to the first one")
    if option.startswith(ONCE):
        return _("{column}, once per document", column=option.removeprefix(ONCE))
    if f"{ONCE}{option}" in question.options:
        return _("{column}, on every line", column=option)
    return option
