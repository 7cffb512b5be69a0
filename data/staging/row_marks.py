"""Find the columns beside the status that mark orders as cancelled or returned.

    >>> words_of(draft)                                                  # doctest: +SKIP
    {5: {'yes': 'returned'}, 6: {'*': 'cancelled'}}
    >>> [question.about for question in questions(draft)]                # doctest: +SKIP
    ['Refund Date']

A flag says yes or no, a day stands where it happened, a second status has words of its own.
Whether a refund on some day was of the whole order, and whether an unpaid order counts, nobody
knows but the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from data.cleaning.marks import ANY, filled
from data.cleaning.summary import Question
from data.matching import systems
from data.matching.computed_columns import Grid
from data.matching.refunds import refunded
from data.staging import word_meanings
from data.staging.draft import Draft
from data.staging.known import Spoken
from data.values.columns import distinct, normal, plain, trimmed
from data.values.header_text import normalise
from data.values.numbers import is_blank, number_of, parse_number
from data.values.row_marks import Mark, marked, said, status
from data.values.void_notes import voids
from domain.tables import table

_TABLES = ("orders", "contracts")
# Columns of ours that a mark may be taken for by its values.
_TAKEN_FOR = ("category", "product", "channel", "campaign", "customer_class", "region")
_OUT = ("cancelled", "returned")
# Words are few; many different ones are numbers, or remarks.
_MOST_WORDS = 40
# So many remarks stand in a question.
_SHOWN = 3
# What is active may be the customer.
_MAYBE_OF_OTHERS = re.compile("activ|aktiv")
_SURELY = ("is ", "was ", "has ", "是否", "有无")


def words_of(draft: Draft) -> dict[int, dict[str, str]]:
    """Return position of a column → normalised word, or `ANY` → what its rows are."""
    return {
        at: {
            word: read
            for spoken in words
            if (read := spoken.meanings[0] or _answer(draft, at, spoken) or "") in _OUT
            for word in spoken.words
        }
        for at, words in _columns(draft).items()
    }


def look(draft: Draft) -> None:
    """Read the marks of a draft, so that what follows finds them read."""
    _columns(draft)


def questions(draft: Draft) -> list[Question]:
    """Return the open questions about marks, each with its amounts at stake."""
    return [
        question
        for at, words in _columns(draft).items()
        for spoken in words
        if spoken.doubtful
        and draft.answers.get((question := _question(draft, at, spoken)).key)
        not in question.options
    ]


def _choices(draft: Draft) -> tuple[str, ...]:
    assert draft.table
    return table(draft.table).column("status").choices


def _about(draft: Draft, at: int, spoken: Spoken) -> str:
    """Return what is asked about: the column of days, or the word under its header."""
    assert draft.sheet
    header = draft.sheet.header[at]
    return header if spoken.words[0] == ANY else f"{header}: {spoken.texts[0]}"


def _answer(draft: Draft, at: int, spoken: Spoken) -> str | None:
    return draft.answers.get(f"status/word/{_about(draft, at, spoken)}")


def _question(draft: Draft, at: int, spoken: Spoken) -> Question:
    assert draft.sheet
    amount = spoken.amount if spoken.amount is not None else Decimal(spoken.rows)
    options = _choices(draft)
    worth = tuple(f"{amount:f}" if option == "valid" else "0" for option in options)
    header, about = draft.sheet.header[at], _about(draft, at, spoken)
    text = _first(draft, at) if spoken.words[0] == ANY else spoken.texts[0]
    return Question("status", header, "word", options, ((text, worth),), about)


def _first(draft: Draft, at: int) -> str:
    """Return the first entry of a column of days."""
    assert draft.sheet
    cells = plain(trimmed(draft.sheet.rows[str(at)])).cast(pa.string())
    return str(cells.filter(filled(cells))[0])


def _columns(draft: Draft) -> dict[int, tuple[Spoken, ...]]:
    """Return the columns of marks by position, with what their words say."""
    if draft.table not in _TABLES or draft.sheet is None or "amount" not in draft.mapping:
        return {}
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.marks:
        settled = {at for name, at in draft.mapping.items() if name not in _TAKEN_FOR}
        rules = systems.counted(draft.table, draft.system)
        draft.known.marks[key] = {
            at: words
            for at, header in enumerate(draft.sheet.written)
            if at not in settled
            and (mark := marked(header))
            and not any(rule.applies(header, mapped=False) for rule in rules)
            and (words := tuple(_read(draft, at, mark)))
        }
    return draft.known.marks[key]


def _read(draft: Draft, at: int, mark: Mark) -> Iterator[Spoken]:
    """Yield what a column of marks says: of its days as one, or of each word."""
    assert draft.sheet
    cells = plain(trimmed(draft.sheet.rows[str(at)])).cast(pa.string())
    cells = pc.if_else(_out_already(draft), pa.scalar(None, pa.string()), cells)
    if mark.form == "note":
        yield from _void_notes(draft, cells)
        return
    net = any(note.code == "net_of_refunds" for note in draft.sheet.notes)
    meanings: dict[str, str | None]
    if mark.form == "day":
        # A contract that was cancelled later had been signed.
        known = "cancelled" if mark.means == "cancelled" and draft.table == "orders" else "ask"
        meanings = {ANY: known}
        cells = pc.if_else(filled(cells), pa.scalar(ANY, pa.string()), None)
    else:
        meanings = _meanings(draft, at, mark, cells)
    # What was given back is off the amount already, unless this column says "yes" beside figures.
    if net and mark.means == "returned" and not (mark.form == "flag" and _figures(cells)):
        return
    if net and mark.form == "status":
        gone = _given_back_in_part(draft, cells)
        meanings = {text: means for text, means in meanings.items() if text not in gone}
    rows = {entry["values"]: entry["counts"] for entry in pc.value_counts(cells).to_pylist()}
    unknown = {text for text, meaning in meanings.items() if meaning == "ask" and text in rows}
    amounts = word_meanings.amounts_beside(draft, cells, unknown)
    for text, meaning in meanings.items():
        if meaning and text in rows:
            read = None if text in unknown else meaning
            word = text if text == ANY else normalise(text)
            yield Spoken((text,), (word,), (read,), not read, rows[text], amounts.get(text))


def _given_back_in_part(draft: Draft, cells: pa.StringArray) -> set[str]:
    """Return the words of rows that all have an amount given back, of which something is left.

    "Refunded" beside a part of the amount, which is off already, is no return of the whole.
    """
    assert draft.sheet
    grid = Grid(draft.sheet.header, draft.sheet.rows)
    back = refunded(grid, set(draft.mapping.values()))
    if back is None:
        return set()
    figures = plain(trimmed(draft.sheet.rows[str(back)])).cast(pa.string()).to_pylist()
    pairs = list(zip(cells.to_pylist(), figures, strict=True))
    whole = {word for word, figure in pairs if not number_of(figure or "")}
    words = {word for word, _ in pairs if word} - whole
    left = word_meanings.amounts_beside(draft, cells, words)
    return {word for word in words if left.get(word)}


def _void_notes(draft: Draft, cells: pa.StringArray) -> Iterator[Spoken]:
    """Yield the remarks that take back their rows, as one."""
    texts = [text for text in distinct(cells).to_pylist() if text and voids(text)]
    if not texts:
        return
    void = pc.is_in(cells, value_set=pa.array(texts, pa.string()))
    amount = word_meanings.amounts_beside(draft, cells, set(texts))
    shown = ", ".join([*texts[:_SHOWN], *(["…"] if len(texts) > _SHOWN else [])])
    words = tuple(dict.fromkeys(map(normalise, texts)))
    known = [amount[text] for text in texts if amount.get(text) is not None]
    whole = sum(known, Decimal(0)) if known else None
    yield Spoken((shown,), words, (None,), True, pc.sum(void).as_py(), whole)


def _meanings(draft: Draft, at: int, mark: Mark, cells: pa.StringArray) -> dict[str, str | None]:
    """Return what each word of a column means, "ask" for one that the user has to explain."""
    assert draft.sheet
    texts = [text for text in distinct(cells).to_pylist() if text and not is_blank(text)]
    numbers = _figures(cells)
    words = [text for text in texts if text not in numbers]
    if mark.form == "reason":
        known = mark.means if draft.table == "orders" else "ask"
        return {text: known for text in words if said(text) is not False}
    if mark.form == "validity":
        return _invalid(draft.sheet.written[at], mark, texts)
    if mark.form == "flag" and not words and "1" in numbers <= {"0", "1"}:
        header = normalise(draft.sheet.written[at])
        surely = header.startswith(_SURELY) or header.endswith(("?", "否"))
        return {"1": mark.means if surely else "ask"}
    if len(words) > _MOST_WORDS or (numbers and mark.form == "status"):
        return {}
    return {text: _meaning(draft, mark, text) for text in words}


def _invalid(header: str, mark: Mark, texts: list[str]) -> dict[str, str | None]:
    """Return the words of a column of yes and no that say no.

    Where it is not the row that is valid for sure ("Active"), or no row is, the user is asked.
    """
    says = {text: said("yes" if text == "1" else text) for text in texts}
    if None in says.values():
        return {}
    surely = True in says.values() and not _MAYBE_OF_OTHERS.search(normalise(header))
    return {text: mark.means if surely else "ask" for text, yes in says.items() if not yes}


def _figures(cells: pa.StringArray) -> set[str]:
    texts = (text for text in distinct(cells).to_pylist() if text)
    return {text for text in texts if parse_number(text, ".") is not None}


def _meaning(draft: Draft, mark: Mark, text: str) -> str | None:
    if mark.form == "flag" and (yes := said(text)) is not None:
        meaning: str | None = mark.means if yes else None
    else:
        meaning = status(text, mark.means == "claim")
    if draft.table == "contracts" and meaning == "returned":
        return "cancelled"
    return meaning


def _out_already(draft: Draft) -> pa.Array:
    """Return which rows the status itself takes out."""
    assert draft.sheet and draft.table
    nothing = pa.array([False] * draft.sheet.rows.num_rows, pa.bool_())
    if "status" not in draft.mapping:
        return nothing
    known = word_meanings.words_of(draft).get("status", {})
    cells = plain(trimmed(draft.sheet.rows[str(draft.mapping["status"])])).cast(pa.string())
    out = [
        text
        for text in distinct(cells).to_pylist()
        if text and (known.get(normal(text)) or "") in _OUT
    ]
    return pc.is_in(cells, value_set=pa.array(out, pa.string()))
