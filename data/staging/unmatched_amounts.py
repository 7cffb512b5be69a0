"""Ask which column is the amount of deals where only its header says that one may be.

    >>> question(sheet, match, "none")                                   # doctest: +SKIP
    (Question(column='amount', header='Ticket-Summe', kind='column', ...),)

Deals without amounts are a list of their own kind; a list that has money in a column of no known
name would be one without a word.
"""

from __future__ import annotations

from data.cleaning.summary import Question
from data.layout.sheet import Sheet
from data.matching.profile import profile
from data.matching.recognise import Match
from data.matching.systems import GENERIC, systems
from data.values.amount_words import role
from data.values.header_text import key

_HEAD, _SAMPLES, _MOST = 200, 3, 4
_MONEY = ("amount", "net", "gross")
_NUMBERS = 0.8


def question(sheet: Sheet, match: Match, none: str) -> tuple[Question, ...]:
    """Ask which column is the amount if none is; `none` is the option that says so."""
    if match.table != "deals" or "amount" in match.mapping:
        return ()
    ignored = systems()[GENERIC].ignore | systems()[match.system].ignore
    places = [
        guess.position
        for guess in match.columns
        if guess.column is None
        and role(guess.header) in _MONEY
        and key(guess.header) not in ignored
        and _is_money(sheet, guess.position)
    ][:_MOST]
    if not places:
        return ()
    rows = zip(*(_head(sheet, at) for at in places), strict=True)
    filled = [tuple(cell or "" for cell in row) for row in rows if any(row)][:_SAMPLES]
    options = (*dict.fromkeys(sheet.header[at] for at in places), none)
    samples = tuple((row[0], (*row, "")) for row in filled)
    return (Question("amount", options[0], "column", options, samples),)


def _is_money(sheet: Sheet, at: int) -> bool:
    look = profile(_head(sheet, at)).look
    return bool(look.filled) and look.numbers >= _NUMBERS and look.dates < _NUMBERS


def _head(sheet: Sheet, at: int) -> list[str | None]:
    cells: list[str | None] = sheet.rows.column(str(at)).slice(0, _HEAD).to_pylist()
    return cells
