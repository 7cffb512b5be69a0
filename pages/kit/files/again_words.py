"""Say what is asked about records that are here already in another form.

>>> option_text(_, "both", question)                                # doctest: +SKIP
'other records: both count'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.counted_once import SHAPE
from data.staging.findings import FILE, KNOWN, PART, WHOLE
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    if question.kind == "part":
        return _(
            "{count} orders have fewer lines here than before: all that are missing are of others "
            "than stand in this column. Is the file a selection, or were those lines removed?",
            count=question.about,
        )
    what, _between, count = question.about.partition(":")
    if what == SHAPE:
        return _(
            "{count} of these orders are already here with other lines and a like total. Are these "
            "the same, once as a whole and once line by line?",
            count=count,
        )
    return _(
        "{count} of these records are like others that are already here under other numbers or "
        "without any: customer, day and amount agree. Are they the same?",
        count=count,
    )


def option_text(_: Words, option: str, question: Question) -> str:
    """Return what an answer does."""
    if option == PART:
        return _("a selection: the other lines of these orders stay")
    if option == WHOLE:
        return _("the orders as they are now: the other lines no longer count")
    if option == FILE:
        return _("the same: those of this file count, the earlier ones no longer do")
    if option == KNOWN:
        return _("the same: the earlier ones count, those of this file do not")
    if question.about.startswith(SHAPE):
        return _("other lines of these orders: both count")
    return _("other records: both count")
