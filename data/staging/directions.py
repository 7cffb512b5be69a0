"""Find what kinds of documents do with the amounts of a draft, and ask what is open.

    >>> words_of(draft)                                                  # doctest: +SKIP
    {2: {'invoice': 'adds', 'credit note': 'takes'}}
    >>> [question.about for question in questions(draft)]                # doctest: +SKIP
    ['Correction']

A column of kinds of documents has its name and one word at least that takes back or is no sale;
what it says besides is known, or asked with the amounts at stake. Without one, the name of a
list of returns is asked about, and what says that a list is of purchases or stock.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning import signs
from data.cleaning.summary import Question
from data.matching import systems
from data.staging import named_returns, not_sales, word_meanings
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.values.charges import is_charge
from data.values.columns import distinct, trimmed
from data.values.directions import (
    ADDS,
    DIRECTIONS,
    OUT,
    TAKES,
    VOID,
    Direction,
    direction,
    document_of,
    kept_apart,
    named,
    of_receipts,
    open_still,
    other_receipt,
    sides,
)
from data.values.header_text import normalise
from data.values.numbers import is_blank, parse_number

# The columns of ours that a kind of document may be taken for.
_TAKEN_FOR = ("category", "kind", "product", "channel", "campaign", "customer_class")
# Kinds of documents are few; many different words are something else.
_MOST_KINDS = 40
_MOST_ASKED = 12
_COUNTS: Direction = "adds"
_NO_SALE: Direction = "out"


def words_of(draft: Draft) -> dict[int, dict[str, str]]:
    """Return position of a column → normalised word → direction, with the answers."""
    return {
        at: {
            word: VOID if read == OUT and _closing(draft, at) else read
            for word, spoken in by_word.items()
            if (read := spoken.meanings[0] or _answer(draft, spoken))
        }
        for at, by_word in _columns(draft).items()
    }


def _closing(draft: Draft, at: int) -> bool:
    if at == signs.WHOLE or draft.sheet is None:
        return False
    return named(draft.sheet.header[at]) == "closing"


def look(draft: Draft) -> None:
    """Read the kinds of documents of a draft, so that what follows finds them read."""
    _columns(draft)


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about kinds of documents, each with its amounts at stake."""
    return [
        question
        for at, by_word in _columns(draft).items()
        for spoken in by_word.values()
        if spoken.doubtful
        and draft.answers.get((question := _question(draft, at, spoken)).key) not in DIRECTIONS
    ]


def _answer(draft: Draft, spoken: Spoken) -> str | None:
    answer = draft.answers.get(f"amount/direction/{spoken.texts[0]}")
    return answer if answer in DIRECTIONS else None


def _question(draft: Draft, at: int, spoken: Spoken) -> Question:
    assert draft.sheet
    amount = spoken.amount if spoken.amount is not None else Decimal(spoken.rows)
    worth = {ADDS: amount, TAKES: -amount, OUT: Decimal(0)}
    # What is closed was delivered or given up; nothing of it came back.
    options = (ADDS, OUT) if _closing(draft, at) else DIRECTIONS
    samples = ((spoken.texts[0], tuple(f"{worth[option]:f}" for option in options)),)
    header = draft.sheet.header[draft.mapping["amount"] if at == signs.WHOLE else at]
    return Question("amount", header, "direction", options, samples, spoken.texts[0])


def _columns(draft: Draft) -> dict[int, dict[str, Spoken]]:
    """Return the columns of kinds of documents by position: normalised word → what it says."""
    if draft.table not in signs.TABLES or draft.sheet is None or "amount" not in draft.mapping:
        return {}
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.directions:
        settled = {at for name, at in draft.mapping.items() if name not in _TAKEN_FOR}
        # Where the system itself says which records count, nothing is left to ask.
        rules = systems.counted(draft.table, draft.system)
        draft.known.directions[key] = {
            at: by_word
            for at, header in enumerate(draft.sheet.header)
            if at not in settled
            and named(header)
            and not any(rule.applies(header, mapped=False) for rule in rules)
            and (by_word := _read(draft, at))
        }
        if not draft.known.directions[key]:
            draft.known.directions[key] |= named_returns.of(draft) or not_sales.of(draft)
        draft.known.directions[key] |= _charges(draft, draft.known.directions[key])
    return draft.known.directions[key]


def _charges(draft: Draft, known: Mapping[int, object]) -> dict[int, dict[str, Spoken]]:
    """Return the lines of orders that are no product: shipping, a discount, a tax.

    A reduction that is written as such takes off by itself.
    """
    at = draft.mapping.get("product") if draft.table == "orders" else None
    if at is None or at in known or draft.sheet is None:
        return {}
    cells = trimmed(draft.sheet.rows[str(at)])
    texts = {text for text in distinct(cells).to_pylist() if text and is_charge(text)}
    amounts = word_meanings.amounts_beside(draft, cells.cast(pa.string()), texts)
    open_ones = {text for text in texts if amounts.get(text, Decimal(1)) > 0}
    if not open_ones or len(open_ones) > _MOST_ASKED:
        return {}
    return {at: _spoken(draft, cells, dict.fromkeys(sorted(open_ones)))}


def _read(draft: Draft, at: int) -> dict[str, Spoken]:
    """Return what the words of one column say; nothing if they are no kinds of documents."""
    assert draft.sheet
    cells = trimmed(draft.sheet.rows[str(at)])
    texts = [text for text in distinct(cells).to_pylist() if text and not is_blank(text)]
    if len(texts) > _MOST_KINDS or any(parse_number(text, ".") is not None for text in texts):
        return {}
    if _closing(draft, at):
        marks = {text: _COUNTS if open_still(text) else None for text in texts}
        return _spoken(draft, cells, marks)
    read = {text: _direction(draft, text) for text in texts}
    receipts = draft.table == "payments" and of_receipts(draft.sheet.header[at])
    if not (receipts or _numbered_receipts(draft)):
        read = _without_doubles(draft, read)
    others = [text for text in texts if receipts and other_receipt(text)]
    read |= {text: None for text in others if read[text] != OUT}
    again = _documents_again(draft, read)
    read |= dict.fromkeys(again)
    meanings = set(read.values())
    surely = named(draft.sheet.header[at]) == "surely" or sides(texts)
    surely = surely and draft.table != "spend"
    asked = others or again or (surely and len(texts) > 1 and None in meanings)
    if not ({TAKES, OUT} & meanings or asked):
        return {}
    if meanings == {OUT}:
        # A list of nothing but these was brought to be counted, or by mistake.
        read = dict.fromkeys(texts)
    return _spoken(draft, cells, read)


def _spoken(
    draft: Draft, cells: pa.Array, read: Mapping[str, Direction | None]
) -> dict[str, Spoken]:
    """Return what the words of a column say, with the amounts beside those to ask about."""
    unknown = [text for text, meaning in read.items() if meaning is None]
    if draft.table == "spend" or len(unknown) > _MOST_ASKED:
        unknown = []
    amounts = word_meanings.amounts_beside(draft, cells.cast(pa.string()), set(unknown))
    counts = {
        entry["values"]: entry["counts"]
        for entry in pc.value_counts(cells.cast(pa.string())).to_pylist()
    }
    return {
        normalise(text): Spoken(
            (text,),
            (normalise(text),),
            (meaning,),
            text in unknown,
            counts[text],
            amounts.get(text),
        )
        for text, meaning in read.items()
    }


def _without_doubles(
    draft: Draft, read: dict[str, Direction | None]
) -> dict[str, Direction | None]:
    """Leave payments out of a list of sales, and sales out of a list of payments."""
    kinds = {text: kept_apart(text) for text in read}
    if not {"sold", "paid"} <= set(kinds.values()):
        return read
    other = "sold" if draft.table == "payments" else "paid"
    return {
        text: _NO_SALE if kinds[text] == other and meaning in (ADDS, None) else meaning
        for text, meaning in read.items()
    }


def _numbered_receipts(draft: Draft) -> bool:
    """Return whether each row of a list of payments has the number of a receipt."""
    at = draft.mapping.get("payment_id") if draft.table == "payments" else None
    return at is not None and draft.sheet is not None and of_receipts(draft.sheet.header[at])


def _documents_again(draft: Draft, read: Mapping[str, Direction | None]) -> list[str]:
    """Return the orders and deliveries of a list that has invoices too: are they the same sales?"""
    if draft.table != "orders":
        return []
    stages = {text: document_of(text) for text, meaning in read.items() if meaning == ADDS}
    found = {stage for stage in stages.values() if stage is not None}
    if len(found) < 2:
        return []
    return [text for text, stage in stages.items() if stage is not None and stage > min(found)]


def _direction(draft: Draft, text: str) -> Direction | None:
    """Return what a word says; of money spent, only that it came back."""
    meaning = direction(text)
    return meaning if draft.table != "spend" or meaning == TAKES else None
