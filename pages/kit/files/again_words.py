"""Say what is asked about records that are here already in another form.

>>> option_text(_, "both", question)                                # doctest: +SKIP
'other records: both count'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.counted_once import DAYS, NAMES, PARTS, SHAPE
from data.staging.findings import FILE, KNOWN, PART, WHOLE
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    if question.kind == "part":
        return _(
            "{count} orders have fewer lines than before, and every missing line has a value that "
            "this column no longer has. Is this a filtered export, or were those lines removed?",
            count=question.about,
        )
    what, _between, count = question.about.partition(":")
    if what == SHAPE:
        return _(
            "{count} of these orders were imported before with other lines and a similar total. "
            "Are they the same orders, once as a whole and once line by line?",
            count=count,
        )
    if what == DAYS:
        return _(
            "{count} of these collections have the customer or order and the amount of ones that "
            "another list brought, a few days apart. Are they the same money?",
            count=count,
        )
    if what == NAMES:
        return _(
            "{count} of these deals have the name of deals imported before. One list has no deal "
            "IDs, and customer, owner and creation day do not tell whether they are the same. Are "
            "they the same deals?",
            count=count,
        )
    if what == PARTS:
        return _(
            "{count} of these days have the same spend in an earlier list, which divides it in "
            "another way. Is it the same money, once by ad and once by campaign or channel?",
            count=count,
        )
    return _(
        "{count} of these records have the customer, day and amount of records imported before "
        "under another number or none. Are they the same records?",
        count=count,
    )


def option_text(_: Words, option: str, question: Question) -> str:
    """Return what an answer does."""
    if option == PART:
        return _("a filtered export: the other lines of these orders stay")
    if option == WHOLE:
        return _("the orders as they are now: the missing lines no longer count")
    if option == FILE:
        return _("the same: this file's count, the earlier ones no longer do")
    if option == KNOWN:
        return _("the same: the earlier ones count, this file's do not")
    if question.about.startswith(SHAPE):
        return _("other lines of these orders: both count")
    if question.about.startswith((DAYS, PARTS)):
        return _("other money: both count")
    return _("other records: both count")
