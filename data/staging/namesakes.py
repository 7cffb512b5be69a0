"""Ask whether one name with several numbers beside it is one person, and tell others apart.

    >>> [question.about for question in questions(draft)]                # doctest: +SKIP
    ['Li Wei']
    >>> names(draft)                                                     # doctest: +SKIP
    {'rep': {0: 'Li Wei (E001)', 1: 'Li Wei (E002)'}}

Two people of one name have a number each, and so has a person with two accounts: the file does
not tell. Those who were told apart before are told apart again, unasked.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from data.cleaning.summary import Question
from data.staging.draft import Draft
from data.staging.known import Namesakes
from data.values.columns import plain, trimmed
from data.values.numbers import parse_number
from data.values.person_numbers import is_number
from data.values.placeholders import without_placeholders

ONE, APART = "one", "apart"
_COLUMNS = ("rep", "owner")
_MOST_NUMBERS, _MOST_NAMES, _SHOWN = 9, 200, 3
_NOTHING = Namesakes("", {}, {})


def names(draft: Draft) -> Mapping[str, Mapping[int, str]]:
    """Return by column and row the names of those who are told apart."""
    found = _found(draft)
    apart = found.known | (set(found.people) if draft.answers.get(_key(found)) == APART else set())
    told = {
        at: f"{name} ({number})"
        for name, numbers in found.people.items()
        if name in apart
        for number, rows in numbers.items()
        for at in rows
    }
    return {found.column: told} if told else {}


def look(draft: Draft) -> None:
    """Look for names with several numbers, so that what follows finds them."""
    _found(draft)


def questions(draft: Draft) -> list[Question]:
    """Return the open question about all names with several numbers."""
    found = _found(draft)
    doubtful = [name for name in found.people if name not in found.known]
    if not doubtful or draft.answers.get(_key(found)) in (ONE, APART):
        return []
    assert draft.sheet
    header = draft.sheet.header[draft.mapping[found.column]]
    samples = tuple(
        (
            name if not found.sums else f"{name}: {sum(found.sums[name].values(), Decimal(0)):,f}",
            (name, _several(name, found)),
        )
        for name in doubtful[:_SHOWN]
    )
    about = ", ".join(doubtful[:_SHOWN])
    return [Question(found.column, header, "namesakes", (ONE, APART), samples, about)]


def _several(name: str, found: Namesakes) -> str:
    """Write the people of one name, each with its sum where there are amounts."""
    sums = found.sums.get(name, {})
    return "; ".join(
        f"{name} ({number})" + (f" {sums[number]:,f}" if number in sums else "")
        for number in found.people[name]
    )


def _key(found: Namesakes) -> str:
    return f"{found.column}/namesakes"


def _found(draft: Draft) -> Namesakes:
    column = next((name for name in _COLUMNS if name in draft.mapping), "")
    if not column or draft.sheet is None:
        return _NOTHING
    key = (draft.table, *sorted(draft.mapping.items()))
    if key not in draft.known.namesakes:
        draft.known.namesakes[key] = _look(draft, column)
    return draft.known.namesakes[key]


def _look(draft: Draft, column: str) -> Namesakes:
    assert draft.sheet
    here = draft.mapping[column]
    beside = [at for at, text in enumerate(draft.sheet.written) if at != here and is_number(text)]
    if not beside:
        return _NOTHING
    people = without_placeholders(trimmed(draft.sheet.rows[str(here)]), column)
    written = people.cast("string").to_pylist()
    for at in beside:
        numbers = plain(trimmed(draft.sheet.rows[str(at)])).to_pylist()
        rows: dict[str, dict[str, list[int]]] = {}
        names_of: dict[str, set[str]] = {}
        for row, (name, number) in enumerate(zip(written, numbers, strict=True)):
            if name and number:
                rows.setdefault(name, {}).setdefault(number, []).append(row)
                names_of.setdefault(number, set()).add(name)
        known = {
            name
            for name, of_name in rows.items()
            if any(f"{name} ({number})" in draft.known.people for number in of_name)
        }
        several = {
            name: of_name
            for name, of_name in rows.items()
            if name in known
            or (1 < len(of_name) <= _MOST_NUMBERS and all(names_of[n] == {name} for n in of_name))
        }
        if several and len(several) <= _MOST_NAMES:
            return Namesakes(column, several, _sums(draft, several), frozenset(known))
    return _NOTHING


def _sums(
    draft: Draft, people: Mapping[str, Mapping[str, list[int]]]
) -> dict[str, dict[str, Decimal]]:
    if draft.sheet is None or "amount" not in draft.mapping:
        return {}
    texts = plain(trimmed(draft.sheet.rows[str(draft.mapping["amount"])])).to_pylist()
    return {
        name: {
            number: sum((_amount(texts[at]) for at in rows), Decimal(0))
            for number, rows in of_name.items()
        }
        for name, of_name in people.items()
    }


def _amount(text: str | None) -> Decimal:
    return parse_number(text or "", ".") or parse_number(text or "", ",") or Decimal(0)
