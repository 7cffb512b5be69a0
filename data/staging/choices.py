"""Ask which column of a file is meant, and map the one that the user names.

    >>> choice = question(sheet, "amount", 4, [4, 5], {}, key=0)        # doctest: +SKIP
    >>> choice.options, choice.samples[0]                              # doctest: +SKIP
    (('总金额', '实付金额'), ('', ('1,200', '1,150')))

The options are headers of the sheet, or `NONE` where a table can do without the column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from data.cleaning.summary import Question
from data.layout.sheet import Note, Sheet
from data.matching import amounts
from data.matching.company_currency import in_company_currency, other_currencies, says_converted
from data.matching.computed_columns import Grid
from data.matching.home_amounts import in_home_currency
from data.matching.paid_parts import less_paid
from data.matching.recognise import SURE, ColumnMatch, Match
from data.matching.refunds import less_refunds
from data.matching.returned_pieces import less_returned_pieces
from data.matching.row_rates import with_rates
from data.matching.taxed_beside import told_apart
from data.matching.year_columns import of_year
from data.staging import unmatched_amounts
from data.staging.draft import Draft
from data.staging.unsold_names import of_price, of_supplier
from data.values.amount_words import role
from data.values.columns import distinct, trimmed
from data.values.header_currency import named, without
from data.values.header_text import normalise
from data.values.numbers import DecimalMark, header_unit, parse_number
from domain.tables import table

NONE = "—"
_DAY = re.compile(r"date|datum|time|zeit|fecha|jour|data\b|日期|时间|時間", re.IGNORECASE)
_ROWS, _HEAD, _SAMPLES = 2, 200, 3


def question(
    sheet: Sheet,
    column: str,
    here: int,
    positions: Sequence[int],
    marks: Mapping[int, DecimalMark],
    key: int | None,
) -> Question:
    """Ask which of the columns at `positions` is the `column` of ours that is now `here`.

    The first sample has their sums, under an empty text; the others are rows by their `key`.
    """
    sums = tuple(f"{_sum(sheet, at, marks.get(at, '.')):f}" for at in positions)
    head = sheet.rows.slice(0, _HEAD)
    columns = [head.column(str(at)).to_pylist() for at in positions]
    names = head.column(str(key)).to_pylist() if key is not None else [None] * head.num_rows
    rows = [
        (name or "", tuple(cell or "" for cell in cells))
        for name, *cells in zip(names, *columns, strict=True)
        if len(set(cells)) > 1
    ]
    options = tuple(dict.fromkeys(sheet.header[at] for at in positions))
    return Question(column, sheet.header[here], "column", options, (("", sums), *rows[:_ROWS]))


def with_amount(
    sheet: Sheet, match: Match, chosen_before: bool = False
) -> tuple[Sheet, Match, tuple[Question, ...]]:
    """Return the sheet and the match with its amount, and what the user has to say about it.

    A column that is worked out stands behind those of the file. `chosen_before` is whether the
    user has chosen among the amounts of such a sheet.
    """
    match, of_years = of_year(Grid(sheet.header, sheet.rows), match)
    if of_years:
        number = match.mapping.get(table(match.table or "").key[0])
        return sheet, match, (question(sheet, "amount", of_years[0], of_years, {}, number),)
    grid, match, of_books = in_home_currency(Grid(sheet.header, sheet.rows), match)
    amount = less_refunds(amounts.with_amount(grid, match, chosen_before))
    amount = less_paid(amount)
    amount = with_rates(in_company_currency(less_returned_pieces(amount)))
    amount = told_apart(amount)
    added = len(amount.sheet.header) - len(sheet.header)
    sheet = replace(
        sheet,
        header=amount.sheet.header,
        rows=amount.sheet.rows,
        computed=sheet.computed + added,
    )
    if of_books:
        code, header, other = of_books
        sheet = replace(sheet, notes=(*sheet.notes, Note.of(code, header=header, other=other)))
    if amount.note:
        note = Note.of(amount.note, header=amount.header, other=amount.other)
        sheet = replace(sheet, notes=(*sheet.notes, note))
    of_currency = () if of_books else _of_currency(amount)
    if not amount.positions:
        return sheet, amount.match, of_currency
    here = amount.match.mapping["amount"]
    choice = question(sheet, "amount", here, amount.positions, amount.marks, amount.documents)
    return sheet, amount.match, (choice, *of_currency)


def _of_currency(amount: amounts.Amount) -> tuple[Question, ...]:
    """Ask whether rows are in the currency of their column or in that of the amounts' header."""
    at, place = (amount.match.mapping.get(name) for name in ("amount", "currency"))
    if at is None or place is None or amount.note == "company_currency":
        return ()
    apart = other_currencies(amount.sheet, at, place)
    if apart is None:
        return ()
    header = amount.sheet.header[place]
    samples = tuple((text, (text, apart[0])) for text in apart[1][:_SAMPLES])
    return (Question("currency", header, "column", (header, NONE), samples),)


def about_targets(sheet: Sheet, match: Match) -> tuple[Question, ...]:
    """Ask which target is meant where columns have it in several currencies, or only beside it."""
    if match.table != "targets":
        return ()
    here, key = (match.mapping.get(name) for name in ("target", "scope_value"))
    if here is None:
        beside = [match.mapping[name] for name in ("floor", "stretch") if name in match.mapping]
        return (_of_beside(sheet, beside, key),) if beside else ()
    taken = set(match.mapping.values()) - {here}
    name = normalise(without(sheet.header[here]))
    others = [
        at
        for at, header in enumerate(sheet.header)
        if at not in {here, *taken} and named(header) and normalise(without(header)) == name
    ]
    if not others:
        return ()
    return (question(sheet, "target", here, [here, *others], {}, key),)


def _of_beside(sheet: Sheet, positions: Sequence[int], key: int | None) -> Question:
    """Ask which of a floor and a stretch target is the one to reach, where there is no other."""
    asked = question(sheet, "target", positions[0], positions, {}, key)
    samples = tuple((text, (*figures, "")) for text, figures in asked.samples)
    return replace(asked, options=(*asked.options, NONE), samples=samples)


def is_of_beside(question: Question) -> bool:
    """Return whether a question asks which of a floor and a stretch target is the one to reach."""
    first = question.samples[0][0] if question.samples else NONE
    return question.column == "target" and NONE in question.options and not first


def about_table(sheet: Sheet, dates: tuple[int, int] | None) -> tuple[Question, ...]:
    """Ask whether a list was sold or is owed, where it has the day of either and nothing else."""
    if dates is None:
        return ()
    head = sheet.rows.slice(0, _SAMPLES)
    days = [head.column(str(at)).to_pylist() for at in dates]
    rows = [("", (day or "", due or "")) for day, due in zip(*days, strict=True)]
    header = sheet.header[dates[1]]
    return (Question("due_date", header, "table", ("orders", "receivables"), tuple(rows)),)


def about_guesses(
    sheet: Sheet, match: Match, open_questions: Sequence[Question]
) -> tuple[Question, ...]:
    """Ask about columns that the table needs and that only their values spoke for.

    A price beside its supplier may be what is paid for a product, and not what it sells for, and a
    column of money that nothing spoke for the amount of a deal.
    """
    into = table(match.table or "")
    needed = {name for group in into.needs for name in group} | {into.key[0]}
    known = {question.column for question in open_questions}
    doubted = tuple(
        Question(
            guess.column,
            guess.header,
            "column",
            (guess.header, NONE),
            tuple((text, (text, "")) for text in _first(sheet, guess.position)),
        )
        for guess in match.columns
        if guess.column
        and (
            _by_values(guess, needed - known)
            or (match.table == "spend" and _is_actual(guess))
            or _of_supplier(sheet, guess)
        )
    )
    return (
        *doubted,
        *(() if "amount" in known else unmatched_amounts.question(sheet, match, NONE)),
    )


def _by_values(guess: ColumnMatch, needed: Set[str]) -> bool:
    unsure = guess.why == "values" and guess.confidence < SURE
    return guess.column in needed and unsure and not _named_so(guess.header)


def _is_actual(guess: ColumnMatch) -> bool:
    """Return whether "Actual" is all that a header says: what was spent, or what was sold."""
    return guess.column == "amount" and guess.why == "alias" and guess.confidence < SURE


def _of_supplier(sheet: Sheet, guess: ColumnMatch) -> bool:
    is_price = guess.column == "list_price" and of_price(guess.header)
    return is_price and any(map(of_supplier, sheet.written))


def _named_so(header: str) -> bool:
    """Return whether a header says by itself that it is a day or an amount: Betrag, UTC date."""
    return role(header) in ("amount", "net", "gross") or bool(_DAY.search(header))


def _first(sheet: Sheet, at: int) -> list[str]:
    head = sheet.rows.column(str(at)).slice(0, _HEAD).to_pylist()
    return list(dict.fromkeys(text for text in head if text))[:_SAMPLES]


def _sum(sheet: Sheet, at: int, mark: DecimalMark) -> Decimal:
    cells = trimmed(sheet.rows[str(at)])
    numbers = {text: parse_number(text, mark) for text in distinct(cells).to_pylist()}
    figures = (numbers.get(text) if text else None for text in cells.to_pylist())
    return sum((f for f in figures if f is not None), Decimal(0)) * header_unit(sheet.header[at])


def applied(draft: Draft) -> Draft:
    """Return the draft with the columns that the user has named mapped."""
    mapping = dict(draft.mapping)
    for choice in (one for one in draft.choices if one.kind == "column"):
        answer = draft.answers.get(choice.key)
        if answer in choice.options and _still_open(draft, choice):
            mapping.pop(choice.column, None)
            if answer != NONE:
                at = _position(draft, answer or "")
                mapping = {name: place for name, place in mapping.items() if place != at}
                mapping[choice.column] = at
    if _names_its_own(draft, mapping):
        del mapping["currency"]
    if mapping == draft.mapping:
        return draft
    return replace(draft, mapping=dict(sorted(mapping.items(), key=lambda item: item[1])))


def _names_its_own(draft: Draft, mapping: Mapping[str, int]) -> bool:
    """Return whether the user chose an amount in another currency than that of its rows."""
    keys = {choice.key for choice in draft.choices}
    chosen = "amount/column" in keys and "currency/column" not in keys
    if draft.sheet is None or not (chosen and {"amount", "currency"} <= mapping.keys()):
        return False
    grid = Grid(draft.sheet.header, draft.sheet.rows)
    if other_currencies(grid, mapping["amount"], mapping["currency"]) is not None:
        return True
    return says_converted(draft.sheet.header[mapping["amount"]])


def open_choices(draft: Draft) -> list[Question]:
    """Return the choices that neither an answer nor another column in their place has settled."""
    return [
        choice
        for choice in draft.choices
        if draft.answers.get(choice.key) not in choice.options and _still_open(draft, choice)
    ]


def _still_open(draft: Draft, choice: Question) -> bool:
    """Return whether the column in question is still one of those on offer."""
    if choice.kind == "table":
        return True
    at = draft.mapping.get(choice.column)
    here = draft.sheet.header[at] if draft.sheet and at is not None else NONE
    return here in choice.options


def _position(draft: Draft, header: str) -> int:
    assert draft.sheet
    return draft.sheet.header.index(header)
