"""Which column of one canonical table each header of a sheet is.

    >>> found = assign(table("products"), ["product", "series", "sales_price"], [], "generic", {})
    >>> [found[position].column for position in sorted(found)]
    ['product', 'category', 'list_price']

Names come first, then aliases, then likeness, then values; one header, one
column. Whatever it is, the values must look like it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from data.fit import fit, spoken
from data.headers import key, normalise
from data.looks import Look, look
from data.systems import GENERIC, Alias, systems, words
from domain.tables import Column, Table

Why = Literal["name", "alias", "similar", "values", "remembered", "none"]

# How far a spelling is trusted: the system's own, anyone's, another system's.
_OWN, _ANY, _FOREIGN = 1.0, 0.95, 0.75
_DOUBT = 0.6
_ALIKE = 88.0
# A column found by likeness or by values is shown as a guess, never as sure.
_SIMILAR_MOST, _KNOWN, _FITS, _LEFT = 0.75, 0.7, 0.65, 0.5

_PEOPLE = {
    "rep": "reps", "owner": "reps", "scope_value": "reps",
    "customer": "customers", "product": "products",
}  # fmt: skip
# A header that differs from an alias by one of these says something else.
_TURNS = frozenset("未非不子前上下去原副预计划应已待累")


@dataclass(frozen=True)
class Guess:
    """A column for a header, how sure, and by what; a lower `rank` goes first."""

    column: str
    confidence: float
    why: Why
    rank: int = 0


def assign(
    into: Table,
    header: Sequence[str],
    looks: Sequence[Look],
    system: str,
    known: Mapping[str, Collection[str]],
) -> dict[int, Guess]:
    """The best column for each position of `header`; positions without one are left out."""
    seen = [looks[i] if i < len(looks) else look(()) for i in range(len(header))]
    found = _one_to_one(
        (position, guess)
        for position, text in enumerate(header)
        for guess in _fitting(into, named(into, text, system), seen[position], system)
    )
    ignored = {i for i, text in enumerate(header) if not key(text) or _ignored(text, system)}
    left = [i for i in range(len(header)) if i not in found and i not in ignored]
    taken = {guess.column for guess in found.values()}
    alike = _one_to_one(
        (position, guess)
        for position in left
        for guess in _fitting(
            into, _similar(into, header[position], system), seen[position], system
        )
        if guess.column not in taken
    )
    found |= alike
    left = [position for position in left if position not in found and not _is_id(header[position])]
    return found | _by_values(into, left, seen, found, system, known)


def named(into: Table, text: str, system: str) -> list[Guess]:
    """Every column of `into` that `text` is a known spelling of."""
    wanted = key(text)
    best: dict[str, Guess] = {}
    for trust, alias, why in _spellings(into, wanted, system):
        confidence = min(trust, _DOUBT) - (0.1 if alias.doubtful and trust == _FOREIGN else 0)
        guess = Guess(alias.column, confidence if alias.doubtful else trust, why, alias.rank)
        old = best.get(alias.column)
        if old is None or guess.confidence > old.confidence:
            best[alias.column] = guess
    return list(best.values())


def _spellings(into: Table, wanted: str, system: str) -> Iterator[tuple[float, Alias, Why]]:
    if not wanted:
        return
    everyone = systems()
    if system != GENERIC and into.name in everyone[system].tables:
        for alias in everyone[system].tables[into.name].aliases.get(wanted, ()):
            yield _OWN, alias, "alias"
    if system != GENERIC and wanted in everyone[system].ignore:
        return
    generic = everyone[GENERIC].tables[into.name].aliases.get(wanted, ())
    ranks = {alias.column: alias.rank for alias in generic}
    for column in into.columns:
        if wanted in (key(column.name), key(column.label)):
            yield _ANY, Alias(column.name, ranks.get(column.name, 0), False), "name"
    for alias in generic:
        yield _ANY, alias, "alias"
    # "Id" or "Name" means something only in the system that writes it.
    if wanted in everyone[GENERIC].ignore or (wanted.isascii() and len(wanted) < 6):
        return
    for other in everyone.values():
        if other.name not in (GENERIC, system) and into.name in other.tables:
            for alias in other.tables[into.name].aliases.get(wanted, ()):
                yield _FOREIGN, alias, "alias"


def _fitting(into: Table, guesses: list[Guess], seen: Look, system: str) -> Iterator[Guess]:
    for guess in guesses:
        share = fit(into, into.column(guess.column), seen, system)
        confidence = guess.confidence * share
        if guess.confidence <= _DOUBT and into.column(guess.column).kind == "choice":
            # A doubtful header over the very words of the choices is no longer doubtful.
            confidence = 0.85 if seen.filled and share == 1 else confidence if share == 1 else 0
        if confidence > 0:
            yield Guess(guess.column, round(confidence, 4), guess.why, guess.rank)


def _one_to_one(guesses: Iterator[tuple[int, Guess]]) -> dict[int, Guess]:
    """The surest first; then the earlier alias, then the earlier column of the sheet."""
    order = sorted(guesses, key=lambda one: (-one[1].confidence, one[1].rank, one[0]))
    found: dict[int, Guess] = {}
    taken: set[str] = set()
    for position, guess in order:
        if position not in found and guess.column not in taken:
            found[position] = guess
            taken.add(guess.column)
    return found


def _ignored(text: str, system: str) -> bool:
    wanted = key(text)
    return wanted in systems()[GENERIC].ignore or wanted in systems()[system].ignore


def _is_id(text: str) -> bool:
    return key(text).endswith(".id")


def _similar(into: Table, text: str, system: str) -> list[Guess]:
    """Columns with a spelling so near that only a slip can lie between."""
    wanted = key(text)
    if len(wanted) < 5 or _is_id(text):
        return []
    guesses = []
    for spelling, alias in _sure(into, system):
        score = fuzz.ratio(wanted, spelling, score_cutoff=_ALIKE)
        if score and _same_sense(wanted, spelling):
            share = (score - _ALIKE) / (100 - _ALIKE)
            guesses.append(Guess(alias.column, _LEFT + share * (_SIMILAR_MOST - _LEFT), "similar"))
    return guesses


def _sure(into: Table, system: str) -> Iterator[tuple[str, Alias]]:
    for name in {GENERIC, system}:
        one = systems()[name].tables.get(into.name)
        for spelling, found in one.aliases.items() if one else ():
            if len(spelling) >= 5 and not spelling.endswith(".id"):
                yield from ((spelling, alias) for alias in found if not alias.doubtful)


def _same_sense(one: str, other: str) -> bool:
    """Neither digits nor a turning word ("not yet", "planned") make the difference."""
    digits = [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]
    return digits and not (set(one) ^ set(other)) & _TURNS


def _by_values(
    into: Table,
    left: list[int],
    seen: Sequence[Look],
    found: Mapping[int, Guess],
    system: str,
    known: Mapping[str, Collection[str]],
) -> dict[int, Guess]:
    """Columns told by their values: known names, words of a choice, the one date left."""
    guesses: dict[int, Guess] = {}
    taken = {guess.column for guess in found.values()}

    def take(position: int, column: str, confidence: float) -> None:
        if position not in guesses and column not in taken:
            guesses[position] = Guess(column, confidence, "values")
            taken.add(column)

    for position in left:
        for column in into.columns:
            if column.name in _PEOPLE and _all_known(seen[position], known, _PEOPLE[column.name]):
                take(position, column.name, _KNOWN)
            elif _speaks(into, column, seen[position], system):
                take(position, column.name, _FITS)
    if len([one for one in found.values() if one.confidence >= 0.8]) >= 2:
        for group in into.needs:
            if not taken & set(group):
                free = [position for position in left if position not in guesses]
                for position in _only(into.column(group[0]), free, seen):
                    take(position, group[0], _LEFT)
    return guesses


def _all_known(seen: Look, known: Mapping[str, Collection[str]], kind: str) -> bool:
    names = known.get(kind, ())
    hits = sum(one in names for one in seen.distinct)
    return hits > 0 and hits >= 0.6 * len(seen.distinct)


def _speaks(into: Table, column: Column, seen: Look, system: str) -> bool:
    """At least two values, nearly all of them words of this choice or known stages."""
    if len(seen.distinct) < 2 or seen.numbers > 0.5:
        return False
    if column.name == "stage" and into.name == "deals":
        told = set(words("deals", system)["stage"])
        told |= set(systems()[GENERIC].stages) | set(systems()[system].stages)
        hits = sum(normalise(one) in told for one in seen.distinct)
        return hits >= 0.6 * len(seen.distinct)
    return column.kind == "choice" and spoken(into, column.name, seen, system) >= 0.9


def _only(column: Column, free: list[int], seen: Sequence[Look]) -> list[int]:
    """The one free position that can be `column` at all; none where two could."""
    if column.kind in ("date", "moment"):
        fits = [i for i in free if seen[i].filled and seen[i].dates > 0.9]
    elif column.kind == "money":
        fits = [
            i for i in free if seen[i].numbers > 0.9 and not seen[i].dates and not seen[i].unique
        ]
        fits = fits or [i for i in free if seen[i].numbers > 0.9 and not seen[i].dates]
    elif column.name.endswith("_id"):
        fits = [i for i in free if seen[i].unique and seen[i].ids == 1 and not seen[i].decimals][:1]
    else:
        fits = []
    return fits if len(fits) == 1 else []
