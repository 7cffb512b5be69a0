"""Say what only the user can know of a sheet: each question, its options and its samples.

>>> sentence(_, Question("order_date", "Date", "date_order", ("dmy", "mdy"), ()))  # doctest: +SKIP
'how are these dates written?'
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from data.cleaning import fiscal, same_keys
from data.cleaning.currency_signs import EACH
from data.cleaning.open_dates import AS_THEY_STAND, PAST
from data.cleaning.resolve import EARLIER
from data.cleaning.summary import Question
from data.staging import (
    leading_zeros,
    moves,
    namesakes,
    target_sums,
    two_places,
    unknown_orders,
    word_meanings,
)
from data.values import missing_units
from data.values.directions import ADDS, OUT, TAKES
from data.values.eras import MINGUO, THAI
from data.values.half_converted import BACK, STAY
from data.values.mixed_shares import EACH_WAY, HUNDREDTHS
from data.values.zones import AS_WRITTEN
from pages.kit.files import (
    again_words,
    column_words,
    direction_words,
    gone_words,
    kept_words,
    reused_words,
    row_words,
)
from pages.kit.files.fiscal_words import fiscal_year_words
from pages.kit.i18n.numbers import date_text, escaped, zone_name
from pages.kit.i18n.words import Words


def sentence(_: Words, question: Question) -> str:
    """Return the question about a column, as markdown."""
    match question.kind:
        case "date_order":
            return _("how are these dates written?")
        case "decimal_mark":
            return _("which is the decimal separator in these numbers, the comma or the point?")
        case "years":
            return _("which century are these years in?")
        case "year" if question.about:
            return _("these dates have no year: which year are they in?")
        case "year":
            return _("which year are these months in?")
        case "unit" if question.about == EARLIER:
            return _(
                "an earlier file with these columns was in another unit, and this one states none: "
                "what unit are these amounts in?"
            )
        case "unit" if question.about:
            return _("the title states a unit: are the amounts in that unit?")
        case "unit":
            return _(
                "these amounts are much smaller than those already imported: what unit are they in?"
            )
        case "sign":
            return _("which currency is “{sign}”?", sign=escaped(question.about))
        case "gone":
            return gone_words.sentence(_, question)
        case "kept":
            return kept_words.sentence(_, question)
        case "zone":
            return _(
                "these times are in UTC: in which time zone does the company count its days? "
                "The settings list all zones."
            )
        case "fiscal_year":
            return _(
                "when does the fiscal year begin? The settings list all months; said there, it is "
                "not asked again."
            )
        case "swapped":
            return _(
                "dates up to the 12th are stored as dates, all others as text: a spreadsheet seems "
                "to have swapped the day and month of the former. Which months are right?"
            )
        case "calendar":
            return _("some of these years are of another calendar: how are they counted?")
        case "shares" if len(question.samples) == 1:
            return _("the header says percent, but no number is above 1: what does 0.15 mean?")
        case "shares":
            return _("these shares are written in different ways: what does 0.15 mean?")
        case "missing_unit":
            return _(
                "most of these amounts have the unit “{unit}”, some have none: are those in it "
                "too?",
                unit=escaped(question.options[0]),
            )
        case "column":
            return column_words.sentence(_, question)
        case "table":
            return _(
                "these rows have the day of a sale and the day on which it is due. Do they say "
                "what was sold, or what customers still owe?"
            )
        case "word" if question.about == word_meanings.REST:
            return _("what do the many values that nobody knows mean?")
        case "word" if question.about == question.header:
            return _("how do the rows count that have an entry here?")
        case "word":
            return _("what does “{word}” mean?", word=escaped(question.about))
        case "same":
            return _(
                "several rows have the same key, and nothing tells what they are. Do they add up?"
            )
        case "direction":
            return direction_words.sentence(_, question)
        case "moved":
            return _(
                "people with another team, manager or region than before: {count}. Have they "
                "moved, or does this list correct what was known?",
                count=len(question.samples),
            )
        case "place" if question.about == two_places.ALL:
            return _(
                "people stand in several rows with different teams, managers or regions. Which of "
                "their rows holds? All that they sell counts there."
            )
        case "place":
            return _(
                "“{name}” stands in several rows with different teams, managers or regions. Which "
                "one holds? All that this person sells counts there.",
                name=escaped(question.about),
            )
        case "level" if question.about == word_meanings.REST:
            return _("what are the many rows that may be those of whole groups?")
        case "level":
            return _(
                "“{name}” stands among the people and may have their targets once more, or "
                "nobody's. Does it add up with theirs?",
                name=escaped(question.about),
            )
        case "which" if question.about:
            return _(
                "some people have targets in several currencies for one period, of which one can "
                "count: without a rate they do not add up. Which one?"
            )
        case "which":
            return _(
                "these rows have several targets of one person and period, which are alternatives "
                "and do not add up. Which is the target?"
            )
        case "namesakes":
            return _(
                "“{name}” stands with several numbers. One person, or people of the same name?",
                name=escaped(question.about),
            )
        case "reused":
            return reused_words.sentence(_, question)
        case "again" | "part":
            return again_words.sentence(_, question)
        case "unknown_orders":
            return _(
                "orders in this list that the dashboard does not have: {count}. Is what came back "
                "of them taken off all the same?",
                count=question.about,
            )
        case "rows":
            return row_words.sentence(_, question)
        case "conflict":
            return _("status and stage of some deals contradict each other: which one is right?")
        case "zeros":
            return _(
                "these numbers differ from others only in leading zeros or in signs such as #, "
                "hyphens and spaces: are they the same?"
            )
        case _other:
            return _("the amounts carry several currency signs: how should they be read?")


def option_words(_: Words, option: str, question: Question) -> str:
    """Return the text of an option, as plain text."""
    if question.kind == "column":
        return column_words.option_text(_, option, question)
    if question.kind == "table":
        sold = option == "orders"
        return _("sold: they are orders") if sold else _("owed: they are receivables")
    if question.kind == "gone":
        return gone_words.option_text(_, option, question)
    if question.kind == "kept":
        return kept_words.option_text(_, option, question)
    if question.kind == "reused":
        return reused_words.option_text(_, option)
    if question.kind == "rows":
        return row_words.option_text(_, option)
    if question.kind in ("again", "part"):
        return again_words.option_text(_, option, question)
    if question.kind in ("word", "conflict", "direction"):
        return _word_option(_, option)
    if question.kind == "missing_unit":
        bare = option == missing_units.AS_WRITTEN
        return _("as written") if bare else _("in {unit}", unit=option)
    if question.kind == "which":
        return option
    if question.kind == "place" and question.about != two_places.ALL:
        return option
    if question.kind == "fiscal_year":
        return fiscal_year_words(_, fiscal.start_of(option))
    if question.kind == "zone":
        return _("as written (UTC)") if option == AS_WRITTEN else zone_name(_, option)
    if option == moves.MOVED:
        day = date_text(_, date.fromisoformat(question.about))
        return _("moved: the new one holds from {day}, earlier months keep theirs", day=day)
    if question.kind == "currencies" and option != EACH:
        return _("all in {currency}", currency=option)
    named = {
        "ymd": _("year, month, day"),
        "dmy": _("day, month, year"),
        "mdy": _("month, day, year"),
        ".": _("decimal point (1,052.75)"),
        ",": _("decimal comma (1.052,75)"),
        "1900": "1900–1999",
        "2000": "2000–2099",
        "1": _("as written"),
        "0.01": _("in cents"),
        "100": _("in hundreds"),
        "1000": _("in thousands"),
        "10000": _("in ten thousands"),
        "100000": _("in hundred thousands"),
        "1000000": _("in millions"),
        "10000000": _("in ten millions"),
        "100000000": _("in hundred millions"),
        "1000000000": _("in billions"),
        same_keys.ADD: _("parts: their amounts add up"),
        same_keys.APART: _("different records: all count"),
        same_keys.LAST: _("the same record again: the last row counts"),
        unknown_orders.TAKE_OFF: _("taken off on the day of the return"),
        unknown_orders.LEAVE_OUT: _("left out"),
        leading_zeros.SAME: _("the same number"),
        leading_zeros.DIFFERENT: _("different numbers"),
        target_sums.OWN: _("the target of all of them together: not added to theirs"),
        target_sums.BESIDE: _("a target beside the others: it adds up"),
        target_sums.OUT: _("nobody's: it does not count"),
        namesakes.ONE: _("one person"),
        namesakes.APART: _("different people: their numbers stand behind their names"),
        two_places.FIRST: _("the first row of each"),
        two_places.LAST: _("the last row of each"),
        moves.CORRECTED: _("corrected: it was always so, at least since the last known move"),
        EACH: _("by the sign of each amount"),
        EACH_WAY: _("numbers up to 1 are shares of one (0.15 is 15%)"),
        HUNDREDTHS: _("numbers without a sign are percent (0.15 is 0.15%)"),
        THAI: _("years of the Thai calendar (2569 is 2026)"),
        MINGUO: _("years of the Republic of China calendar (115 is 2026)"),
        BACK: _("day and month swapped back"),
        STAY: _("as they stand"),
        AS_THEY_STAND: _("as written; such days are left out"),
        PAST: _("all within the last twelve months"),
    }
    return named.get(option, option)


def _word_option(_: Words, option: str) -> str:
    named = {
        "valid": _("counts"),
        "cancelled": _("does not count"),
        "returned": _("returned"),
        ADDS: _("adds: a sale"),
        TAKES: _("takes back: a return or a credit note"),
        OUT: _("neither: it does not count"),
        "open": _("open"),
        "won": _("won"),
        "lost": _("lost"),
        word_meanings.STATUS: _("the status"),
        word_meanings.STAGE: _("the stage"),
    }
    return named.get(option, option)


_IN_NUMBERS = (
    *("decimal_mark", "unit", "gone", "column", "word", "direction", "same", "reused"),
    *("level", "which", "again", "part", "unknown_orders", "rows"),
)


def reading_words(question: Question, reading: str) -> str:
    """Format a number as people write it; leave dates and currencies."""
    if question.kind not in _IN_NUMBERS:
        return reading
    try:
        number = Decimal(reading)
    except InvalidOperation:
        return reading
    return f"{number:,.2f}" if number % 1 else f"{number:,.0f}"
