"""Match each header of a sheet to a column of one canonical table.

    >>> from domain.tables import table
    >>> found = assign(table("products"), ["product", "series", "sales_price"], [], "generic", {})
    >>> [found[position].column for position in sorted(found)]
    ['product', 'category', 'list_price']

Names come first, then aliases, then likeness, then values; one header, one
column. Whatever it is, the values must look like it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz, process

from data.matching.aliases import DOUBT, Guess, Why, known_name, named, says_something
from data.matching.by_values import by_values, speaks_against
from data.matching.documents import is_of_documents
from data.matching.money_in_periods import is_of_sales
from data.matching.numbers_beside_names import with_number
from data.matching.plausibility import fit
from data.matching.profile import Profile, profile
from data.matching.systems import GENERIC, Alias, systems
from data.values.bilingual import bilingual, halves
from data.values.header_text import key
from data.values.patterns import Look
from domain.tables import TABLES, Table

__all__ = ["Guess", "Why", "assign", "named"]

_ALIKE = 88.0
# A column found by likeness or by values is shown as a guess, never as sure.
_SIMILAR_MOST, _LEFT, _ELSEWHERE = 0.75, 0.5, 0.7
# A header that differs from an alias by one of these says something else.
_TURNS = frozenset("未非不子前上下去原副预计划应已待累")


def assign(
    into: Table,
    header: Sequence[str],
    profiles: Sequence[Profile],
    system: str,
    known: Mapping[str, Collection[str]],
    chosen: bool = False,
) -> dict[int, Guess]:
    """Return the best column for each position of `header`; positions without one are left out.

    If the user has `chosen` the table, required columns may go by their names in other tables.
    """
    header = _in_one_language(header, system)
    none = profile(())
    seen = [profiles[i] if i < len(profiles) else none for i in range(len(header))]
    below = _below(into, header, system)
    matches = _one_to_one(
        (position, guess)
        for position, text in enumerate(header)
        for guess in _fitting(
            into, below(position, named(into, text, system)), seen[position].look, system
        )
    )
    ignored = {i for i, text in enumerate(header) if not key(text) or _ignored(text, system)}
    left = [i for i in range(len(header)) if i not in matches and i not in ignored]
    taken = {guess.column for guess in matches.values()}
    alike = _one_to_one(
        (position, guess)
        for position in left
        for guess in _fitting(
            into, _similar(into, header[position], system), seen[position].look, system
        )
        if guess.column not in taken
    )
    matches |= alike
    if chosen:
        matches |= _named_elsewhere(
            into, header, [seen[i].look for i in left], left, matches, system
        )
    matches = with_number(into, header, seen, matches, system)
    # A header that is known for something else is not guessed from its values.
    left = [
        position
        for position in left
        if position not in matches
        and not _is_id(header[position])
        and not says_something(header[position], system)
        and not named(into, header[position], system)
    ]
    matches |= by_values(into, header, left, seen, matches, system, known)
    if chosen:
        return matches
    of_sales = is_of_sales(into, header, matches)
    return {} if of_sales or is_of_documents(into, header, seen, matches) else matches


def _named_elsewhere(
    into: Table,
    header: Sequence[str],
    looks: Sequence[Look],
    left: Sequence[int],
    matches: Mapping[int, Guess],
    system: str,
) -> dict[int, Guess]:
    """Match required columns by their names in other tables: an order's amount for a contract's."""
    there = {guess.column for guess in matches.values()}
    needed = {name for group in into.needs if not there & set(group) for name in group}
    return _one_to_one(
        (position, replace(guess, confidence=_ELSEWHERE * guess.confidence, why="similar"))
        for position, seen in zip(left, looks, strict=True)
        if position not in matches
        for other in TABLES
        # What a list of returns calls its amount is money that goes back.
        if other.name != "returns"
        for alias_guess in named(other, header[position], system)
        if alias_guess.column in needed & set(other.names) and alias_guess.confidence > DOUBT
        for guess in _fitting(into, [alias_guess], seen, system)
    )


def _in_one_language(header: Sequence[str], system: str) -> Sequence[str]:
    """Drop the unknown half of each header if the sheet is bilingual."""
    if not bilingual(header):
        return header
    return [
        text if says_something(text, system) else known_name(text, system) or text
        for text in header
    ]


def _below(
    into: Table, header: Sequence[str], system: str
) -> Callable[[int, list[Guess]], list[Guess]]:
    """Return a filter that distrusts a document's own totals where the sheet has its lines."""
    own = systems()[system].tables.get(into.name)
    lines = [
        any(pattern.search(text.strip()) for pattern in (own.lines if own else ()))
        for text in header
    ]

    def doubted(position: int, guesses: list[Guess]) -> list[Guess]:
        if lines[position] or not any(lines):
            return guesses
        return [
            replace(guess, confidence=min(guess.confidence, DOUBT))
            if into.column(guess.column).kind in ("money", "number", "share")
            else guess
            for guess in guesses
        ]

    return doubted


def _fitting(into: Table, guesses: list[Guess], seen: Look, system: str) -> Iterator[Guess]:
    for guess in guesses:
        share = fit(into, into.column(guess.column), seen, system)
        confidence = guess.confidence * share
        if guess.confidence <= DOUBT and into.column(guess.column).kind == "choice":
            # A doubtful header over the very words of the choices is no longer doubtful.
            confidence = 0.85 if seen.filled and share == 1 else confidence if share == 1 else 0
        if confidence > 0:
            yield Guess(guess.column, round(confidence, 4), guess.why, guess.rank)


def _one_to_one(guesses: Iterator[tuple[int, Guess]]) -> dict[int, Guess]:
    """Pair headers with columns, surest first; ties go to the earlier alias, then the header."""
    order = sorted(guesses, key=lambda pair: (-pair[1].confidence, pair[1].rank, pair[0]))
    matches: dict[int, Guess] = {}
    taken: set[str] = set()
    for position, guess in order:
        if position not in matches and guess.column not in taken:
            matches[position] = guess
            taken.add(guess.column)
    return matches


def _ignored(text: str, system: str) -> bool:
    none = systems()[GENERIC].ignore | systems()[system].ignore
    return key(text) in none or any({*map(key, way)} <= none for way in halves(text))


def _is_id(text: str) -> bool:
    return key(text).endswith(".id")


def _similar(into: Table, text: str, system: str) -> list[Guess]:
    """Return columns with a spelling so close that only a typo can explain the difference."""
    wanted = key(text)
    if len(wanted) < 5 or _is_id(text):
        return []
    guesses = []
    spellings, aliases = _sure(into.name, system)
    close = process.extract_iter(wanted, spellings, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    for spelling, score, at in close:
        alias = aliases[at]
        if _same_sense(wanted, spelling) and not speaks_against(
            into, into.column(alias.column), text
        ):
            share = (score - _ALIKE) / (100 - _ALIKE)
            guesses.append(Guess(alias.column, _LEFT + share * (_SIMILAR_MOST - _LEFT), "similar"))
    return guesses


@cache
def _sure(table: str, system: str) -> tuple[list[str], list[Alias]]:
    """Return the spellings of a table's columns that are sure, and the alias of each."""
    found = [
        (spelling, alias)
        for name in dict.fromkeys((GENERIC, system))
        if (known := systems()[name].tables.get(table))
        for spelling, aliases in known.aliases.items()
        if len(spelling) >= 5 and not spelling.endswith(".id")
        for alias in aliases
        if not alias.doubtful
    ]
    return [spelling for spelling, _ in found], [alias for _, alias in found]


def _same_sense(header: str, alias: str) -> bool:
    """Return whether neither digits nor a word like "not yet" or "planned" make the difference."""
    digits = [c for c in header if c.isdigit()] == [c for c in alias if c.isdigit()]
    return digits and not (set(header) ^ set(alias)) & _TURNS
