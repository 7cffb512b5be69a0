"""Say what is asked about rows that may be no records of their own.

>>> option_text(_, "count")                                         # doctest: +SKIP
'they count'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.doubted_rows import COUNT
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    return _(
        "this list stands beside a larger one on its sheet, and its rows have no numbers of their "
        "own. Do they count as well?"
    )


def option_text(_: Words, option: str) -> str:
    """Return what an answer does."""
    return _("they count") if option == COUNT else _("they do not count")
