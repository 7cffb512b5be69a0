"""Ask what the words mean of a column that says which records count, where nobody knows them.

    >>> words_of(draft)                                                  # doctest: +SKIP
    {4: {'failed no funds': 'void'}}
    >>> [question.about for question in questions(draft)]                # doctest: +SKIP
    ['Put aside']

Collections have no status of ours: that of the file decides which of them came in. What is known
by itself or by its parts ("Failed - no funds") is not asked about.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.summary import Question
from data.matching import systems
from data.matching.systems import Counted
from data.staging import word_meanings
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.staging.word_meanings import MOST_WORDS, REST
from data.values import meanings
from data.values.columns import trimmed
from data.values.directions import VOID
from data.values.header_text import normalise
from data.values.numbers import is_blank

_COUNTS, _OUT = OPTIONS = ("valid", "cancelled")


def words_of(draft: Draft) -> dict[int, dict[str, str]]:
    """Return position of a column → normalised word → "void", for words whose rows do not count.

    Those that the system's own rules leave out are not among them.
    """
    by_column = {
        at: {
            spoken.words[0]: VOID
            for spoken in words
            if (spoken.meanings[0] or _answer(draft, spoken)) == _OUT
        }
        for at, words in _columns(draft).items()
    }
    return {at: words for at, words in by_column.items() if words}


def look(draft: Draft) -> None:
    """Read the words of a draft, so that what follows finds them read."""
    _columns(draft)


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about words, each with its amounts at stake."""
    return [
        question
        for at, words in _columns(draft).items()
        for spoken in _asked(words)
        if draft.answers.get((question := _question(draft, at, spoken)).key) not in OPTIONS
    ]


def _asked(words: Sequence[Spoken]) -> Sequence[Spoken]:
    """Return what to ask about; of too many words, all at once."""
    unknown = [spoken for spoken in words if spoken.doubtful]
    if len(unknown) <= MOST_WORDS:
        return unknown
    amounts = sum((spoken.amount or Decimal(0) for spoken in unknown), Decimal(0))
    rows = sum(spoken.rows for spoken in unknown)
    return [Spoken((REST,), (), (None,), True, rows, amounts)]


def _answer(draft: Draft, spoken: Spoken) -> str | None:
    answers = (draft.answers.get(f"status/word/{about}") for about in (spoken.texts[0], REST))
    return next((answer for answer in answers if answer in OPTIONS), None)


def _question(draft: Draft, at: int, spoken: Spoken) -> Question:
    assert draft.sheet
    amount = spoken.amount if spoken.amount is not None else Decimal(spoken.rows)
    samples = ((spoken.texts[0], (f"{amount:f}", "0")),)
    return Question("status", draft.sheet.header[at], "word", OPTIONS, samples, spoken.texts[0])


def _columns(draft: Draft) -> dict[int, tuple[Spoken, ...]]:
    """Return the columns that say which records count, by position, with what their words say."""
    if draft.table is None or draft.sheet is None or "amount" not in draft.mapping:
        return {}
    rules = systems.counted(draft.table, draft.system)
    if not any(rule.asks for rule in rules):
        return {}
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.records:
        mapped = set(draft.mapping.values())
        by_column = {
            at: [rule for rule in rules if rule.applies(header, at in mapped)]
            for at, header in enumerate(draft.sheet.written)
        }
        draft.known.records[key] = {
            at: _read(draft, at, applied)
            for at, applied in by_column.items()
            if any(rule.asks for rule in applied)
        }
    return draft.known.records[key]


def _read(draft: Draft, at: int, rules: Sequence[Counted]) -> tuple[Spoken, ...]:
    """Return the words of a column for which no rule has a reason, with their amounts."""
    assert draft.sheet
    known = {word: _OUT for rule in rules for word in rule.why}
    known |= {word: _COUNTS for rule in rules for word in rule.only}
    if any(note.code == "net_of_refunds" for note in draft.sheet.notes):
        known = {**dict.fromkeys(meanings.PARTLY, _COUNTS), **known}
    cells = trimmed(draft.sheet.rows[str(at)]).cast(pa.string())
    rows = {entry["values"]: entry["counts"] for entry in pc.value_counts(cells).to_pylist()}
    read = {
        text: meanings.of_document(text, known)
        for text in rows
        if text and not is_blank(text) and not any(rule.reason(text) for rule in rules)
    }
    unknown = {text for text, meaning in read.items() if meaning is None}
    amounts = word_meanings.amounts_beside(draft, cells, unknown)
    return tuple(
        Spoken((text,), (normalise(text),), (meaning,), not meaning, rows[text], amounts.get(text))
        for text, meaning in read.items()
    )
