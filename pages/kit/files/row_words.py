"""Say what is asked about rows that may be no records of their own.

>>> option_text(_, "count")                                         # doctest: +SKIP
'they count'
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.staging.doubted_rows import (
    COUNT,
    OF_AGAIN,
    OF_APPROVAL,
    OF_BELOW,
    OF_BUNDLES,
    OF_OVERLAP,
    OF_REVISIONS,
    OF_SHEET,
    OF_SUMS,
    OF_VERSIONS,
    OF_YEAR,
    ONLY,
)
from pages.kit.i18n.numbers import escaped
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question, as markdown."""
    what, _between, name = question.about.partition(":")
    if what == OF_SHEET:
        return _(
            "the name of the sheet “{sheet}” may say that its rows do not count. Do they?",
            sheet=escaped(name),
        )
    if what == OF_OVERLAP:
        return _(
            "the rows of the sheet “{sheet}” stand in another sheet as well. Which ones count?",
            sheet=escaped(name),
        )
    if what.endswith(OF_YEAR):
        return _(
            "some rows are of {year}, far from all others, as a mistyped year is. Do they count "
            "there?",
            year=what.removesuffix(OF_YEAR),
        )
    if what == OF_BUNDLES:
        return _(
            "these lines have exactly the sum of other lines of their orders, as a bundle has that "
            "of its parts. Do they count beside them?"
        )
    if what == OF_REVISIONS:
        return _(
            "later versions of these records stand in this list, by their numbers or names (v1 and "
            "v2). Do the earlier ones count?"
        )
    if what == OF_AGAIN:
        return _.n(
            "{n} row stands in the list twice, alike in every column: a second line of its order, "
            "or the same one again. Does it count both times?",
            "{n} rows stand in the list more than once, alike in every column: further lines of "
            "their orders, or the same ones again. Do they count each time?",
            question.count,
        )
    if what == OF_BELOW:
        return _.n(
            "{n} row at the end has words in place of a number and may be a sum or a note on the "
            "rows above. Does it count?",
            "{n} rows at the end have words in place of a number and may be sums or notes on the "
            "rows above. Do they count?",
            question.count,
        )
    if what == OF_VERSIONS:
        return _(
            "by this column there are newer versions of the same numbers, with other lines. Do the "
            "older ones count as well?"
        )
    if what == OF_APPROVAL:
        return _.n(
            "{n} row has no entry here: it may not be approved. Does it count?",
            "{n} rows have no entry here: they may not be approved. Do they count?",
            question.count,
        )
    if what == OF_SUMS:
        return _(
            "these rows have exactly the sums of the rows next to them, group by group, and may be "
            "subtotals. Do they count?"
        )
    return _("this list stands beside a larger one on its sheet. Do its rows count as well?")


def option_text(_: Words, option: str) -> str:
    """Return what an answer does, as plain text."""
    if option.startswith(ONLY):
        return _("only those of “{sheet}”", sheet=option.removeprefix(ONLY))
    return _("they count") if option == COUNT else _("they do not count")
