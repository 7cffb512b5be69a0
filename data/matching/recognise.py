"""Recognise which table a sheet is, which system wrote it, and which column is which.

    >>> found = recognise(["Person", "Region"], [["Ann"], ["West"]], "book.xls", "People")
    >>> found.table, found.mapping
    ('reps', {'rep': 0, 'region': 1})
    >>> recognise(["Table", "Field", "Description"], [], "notes.csv", "").why_not
    'data_dictionary'

A first guess, never a verdict: the page shows it, the user changes it, and
what was confirmed comes back under `shape(header)`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from data.matching import fingerprints
from data.matching.aliases import SURE, two_names
from data.matching.columns import Guess, Why, assign, named
from data.matching.no_records import is_dictionary, is_of_bills, is_of_rates, is_payroll
from data.matching.profile import profile
from data.matching.sales_documents import are_documents
from data.matching.systems import GENERIC
from data.values.amount_words import is_statement, of_account
from data.values.header_text import key, normalise, shape
from domain.errors import Code
from domain.tables import TABLES, Table, table

__all__ = ["SURE", "ColumnMatch", "Match", "normalise", "recognise", "shape"]

Remembered = Mapping[str, tuple[str, Mapping[str, int]]]
_NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})
# What a list of bills may be taken for where its headers are not those of orders.
_NO_BILLS = ("deals", "activities", "leads", "stage_history", "customers", "contracts")
# A credit side is no share of an order, and what an entry is for no outcome of a call.
_NO_ACCOUNT = ("credits", "activities")
_NO_DOCUMENTS = frozenset(
    ("activities", "leads", "stage_history", "contracts", "deals")
)  # of sales
_NO_STATEMENT = ("orders", "receivables", "contracts", "spend", "deals", "activities")
_LONGEST = 300  # characters of a header that are looked at


@dataclass(frozen=True)
class ColumnMatch:
    """Hold one header as written in the sheet, and the column it was matched to, if any."""

    position: int
    header: str
    column: str | None
    confidence: float
    why: Why


@dataclass(frozen=True)
class Match:
    """Hold what a sheet was recognised as; `why_not` says why there is no table.

    `why_not` is "no_known_columns", "too_few_columns", "account_entries", "payroll",
    "purchases", "exchange_rates" or "data_dictionary".
    Confidences go from 0 to 1; from `SURE` on they need no second look. `nearest` is the table of
    which most was found where there is none, and `lacks` the columns, one of each group, that it
    still needs.
    """

    table: str | None
    system: str
    confidence: float
    columns: tuple[ColumnMatch, ...]
    why_not: Code | None = None
    nearest: str | None = None
    lacks: tuple[tuple[str, ...], ...] = ()

    @property
    def mapping(self) -> dict[str, int]:
        """Return canonical column → position in the sheet."""
        return {
            column.column: column.position for column in self.columns if column.column is not None
        }


@dataclass(frozen=True)
class _Fit:
    """Hold one table tried on the sheet."""

    into: Table
    matches: Mapping[int, Guess]
    score: float
    sure: float


def recognise(
    header: Sequence[str],
    samples: Sequence[Sequence[str | None]],
    file: str,
    sheet: str,
    *,
    known: Mapping[str, Collection[str]] = _NOTHING,
    remembered: Remembered | None = None,
    into: str | None = None,
) -> Match:
    """Recognise the sheet with this `header`.

    `samples` holds up to 200 values per column, in the order of `header`; `known` the names
    already imported, by "reps", "customers" and "products"; `remembered` what the user has
    confirmed, by shape. `into` is the table if the user has named it: then only the columns are
    matched.
    """
    written = [text[:_LONGEST] for text in header]
    # Headers, and each of the names in those that have two for one thing.
    every = [*written, *(name for text in written for name in two_names(text, GENERIC) or ())]
    system = fingerprints.system_of(every, file, samples)
    profiles = [profile(values) for values in samples]
    known = {kind: frozenset(names) for kind, names in known.items()}
    if into is not None:
        matches = assign(table(into), written, profiles, system, known, chosen=True)
        return Match(into, system, 1.0, _columns(header, matches))
    if remembered and (kept := remembered.get(shape(header))):
        return _from_memory(header, system, *kept)
    if is_dictionary(written):
        return _nothing(header, system, "data_dictionary")
    tried = [assign(candidate, written, profiles, system, known) for candidate in TABLES]
    hints = fingerprints.hints(file, sheet, system)
    signs = {
        candidate.name: fingerprints.signs(candidate.name, every, system) for candidate in TABLES
    }
    weights = [_weight(text, system) for text in written]
    fits = [
        _Fit(into, matches, _score(into, matches, weights, hints, signs), _sureness(into, matches))
        for into, matches in zip(TABLES, tried, strict=True)
        if _possible(into, matches, written, hints, signs)
    ]
    if of_account(written):
        fits = [fit for fit in fits if fit.into.name not in _NO_ACCOUNT]
    if are_documents(samples):
        fits = [fit for fit in fits if fit.into.name not in _NO_DOCUMENTS]
    best = _best(header, system, fits) if fits else None
    if is_payroll(written) and (best is None or best.table == "reps"):
        return _nothing(header, system, "payroll")
    if is_of_bills(written) and (best is None or best.table in _NO_BILLS):
        return _nothing(header, system, "purchases")
    if of_account(written) and best and best.table == "spend":
        return _nothing(header, system, "account_entries")
    if is_statement(written) and _is_of_account(best, written, system):
        matches = assign(table("payments"), written, profiles, system, known, chosen=True)
        if not _missing(table("payments"), matches):
            return Match("payments", system, SURE, _columns(header, matches))
    if best is None:
        few = any(guess.confidence >= SURE for matches in tried for guess in matches.values())
        if of_account(written):
            return _nothing(header, system, "account_entries")
        if is_of_rates(written, samples):
            return _nothing(header, system, "exchange_rates")
        none = _nothing(header, system, "too_few_columns" if few else "no_known_columns")
        return _with_nearest(none, tried, weights) if few else none
    return best


def _is_of_account(best: Match | None, header: Sequence[str], system: str) -> bool:
    """Return whether a statement is one of a bank: it names no customer and no order."""
    if system != GENERIC or of_account(header) or (best and best.table not in _NO_STATEMENT):
        return False
    guesses = [guess for text in header for guess in named(table("orders"), text, system)]
    names = {guess.column for guess in guesses if guess.confidence >= SURE}
    return not names & {"customer", "order_id", "product", "rep", "quantity"}


def _weight(text: str, system: str) -> float:
    """Return the weight of a header: one that fits many tables says little about any of them."""
    tables = sum(
        any(guess.confidence >= SURE for guess in named(into, text, system)) for into in TABLES
    )
    return 1 / max(1, tables)


def _possible(
    into: Table,
    matches: Mapping[int, Guess],
    header: Sequence[str],
    hints: Mapping[str, float],
    signs: Mapping[str, int],
) -> bool:
    """Return whether needs are met, enough of the sheet is understood, and something is sure.

    One need may be missing if a name or sign tells the table: then the user is asked for that
    column and not for the whole table.
    """
    hint = hints.get(into.name, 0.0)
    marked = bool(signs[into.name] or hint)
    if fingerprints.how_written(GENERIC, into.name).needs_sign and not marked:
        return False
    sure = sum(guess.confidence >= SURE for guess in matches.values())
    share = len(matches) / max(1, sum(bool(key(text)) for text in header))
    missing = _missing(into, matches)
    if missing:
        known = sure >= 3 or (sure == 2 and share >= 0.4)
        return hint == fingerprints.BY_FILE or (missing == 1 and marked and known)
    if not marked and sure < 2 and _sureness(into, matches) < 0.8:
        return False
    if signs[into.name] and sure >= 2 and _sureness(into, matches) >= 0.9:
        return True  # a header that only this table has, and all that it needs
    return sure >= (3 if marked else 4) or (sure >= 1 and share >= 0.3)


def _missing(into: Table, matches: Mapping[int, Guess]) -> int:
    columns = {guess.column for guess in matches.values()}
    return sum(not columns & set(group) for group in into.needs)


def _score(
    into: Table,
    matches: Mapping[int, Guess],
    weights: Sequence[float],
    hints: Mapping[str, float],
    signs: Mapping[str, int],
) -> float:
    weighed = sum(guess.confidence * weights[position] for position, guess in matches.items())
    share = sum(guess.confidence for guess in matches.values()) / max(1, len(weights))
    return (
        weighed
        + 2 * share
        + _sureness(into, matches)
        + hints.get(into.name, 0.0)
        + min(3, signs[into.name])
        * (2 if fingerprints.how_written(GENERIC, into.name).needs_sign else 1)
        - _missing(into, matches)
    )


def _sureness(into: Table, matches: Mapping[int, Guess]) -> float:
    """Return the mean confidence of the columns that the table cannot do without."""
    best = [
        max((guess.confidence for guess in matches.values() if guess.column in group), default=0.0)
        for group in into.needs
    ]
    return sum(best) / len(best)


def _best(header: Sequence[str], system: str, fits: Sequence[_Fit]) -> Match:
    first, *others = sorted(fits, key=lambda fit: -fit.score)
    margin = 1 - others[0].score / first.score if others else 1.0
    confidence = first.sure * (0.7 + 0.3 * min(1.0, margin / 0.25))
    columns = _columns(header, first.matches)
    return Match(first.into.name, system, round(confidence, 4), columns)


def _columns(header: Sequence[str], matches: Mapping[int, Guess]) -> tuple[ColumnMatch, ...]:
    return tuple(
        ColumnMatch(position, text, guess.column, guess.confidence, guess.why)
        if (guess := matches.get(position))
        else ColumnMatch(position, text, None, 0.0, "none")
        for position, text in enumerate(header)
    )


def _nothing(header: Sequence[str], system: str, why_not: Code) -> Match:
    return Match(None, system, 0.0, _columns(header, {}), why_not)


def _with_nearest(
    none: Match, tried: Sequence[Mapping[int, Guess]], weights: Sequence[float]
) -> Match:
    """Name the table whose own headers are most among those of a sheet, and what it lacks."""
    found = [
        sum(weights[at] for at, guess in matches.items() if guess.confidence >= SURE)
        - _missing(into, matches) / 100
        for into, matches in zip(TABLES, tried, strict=True)
    ]
    at = max(range(len(found)), key=found.__getitem__)
    columns = {guess.column for guess in tried[at].values()}
    lacks = tuple(group for group in TABLES[at].needs if not columns & set(group))
    return replace(none, nearest=TABLES[at].name, lacks=lacks)


def _from_memory(
    header: Sequence[str], system: str, name: str, mapping: Mapping[str, int]
) -> Match:
    """Return the confirmed match, without columns that the table no longer has."""
    names = table(name).names
    matches = {
        position: Guess(column, 1.0, "remembered")
        for column, position in mapping.items()
        if column in names and 0 <= position < len(header)
    }
    return Match(name, system, 1.0, _columns(header, matches))
