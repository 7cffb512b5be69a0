"""Say what is asked about numbers that other records have too.

>>> option_text(_, "name:shopb")                                 # doctest: +SKIP
'other records with the same numbers: both count, these as “… · shopb”'
"""

from __future__ import annotations

from data.cleaning.apart import COLUMN, MONTH, NAME, YEAR
from data.cleaning.summary import Question
from data.staging.number_ways import FIRST, MEANT, NEWER, OF
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    what, _between, count = question.about.partition(":")
    if what == MEANT:
        return _(
            "{count} of these numbers are those of records in two lists that were kept apart, and "
            "nothing in the file tells which. Whose are they?",
            count=count,
        )
    return _(
        "{count} of these numbers are already those of records with another customer, day and "
        "amount. Is this file a newer version of them, or are they of another shop, or numbers "
        "used again?",
        count=question.about,
    )


def option_text(_: Words, option: str) -> str:
    """Return what an answer does."""
    kind, _between, what = option.partition(":")
    if option == NEWER:
        return _("the same records, newer: this file replaces them")
    if kind == FIRST:
        return _("those of {files}", files=what) if what else _("those without an addition")
    if kind == OF:
        return _("those kept as “… · {name}”", name=what)
    if kind == COLUMN:
        return _("other records: both count, these with their “{column}”", column=what)
    if kind == YEAR:
        return _("numbers that begin again each year: both count")
    if kind == MONTH:
        return _("numbers that begin again each month: both count")
    assert kind == NAME
    return _("other records: both count, these as “… · {name}”", name=what)
