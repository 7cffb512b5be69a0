"""Find the columns that a header is a known spelling of, and rate how far to trust each.

    >>> from domain.tables import table
    >>> [(one.column, one.confidence) for one in named(table("orders"), "下单日期", "generic")]
    [('order_date', 0.95)]
    >>> [one.column for one in named(table("orders"), "下单日期 order_date", "generic")]
    ['order_date']
    >>> named(table("orders"), "下单日期 amount", "generic")
    []

The system's own names go before anyone's, anyone's before another system's. A
header of two names is known where both are names of one column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from data.matching.systems import GENERIC, Alias, systems
from data.values.bilingual import can_be_one, halves, is_identifier
from data.values.header_text import key
from domain.tables import TABLES, Table

Why = Literal["name", "alias", "similar", "values", "remembered", "none"]

# How far a spelling is trusted: the system's own, anyone's, another system's.
_OWN, _ANY, _FOREIGN = 1.0, 0.95, 0.75
DOUBT = 0.6
SURE = 0.8  # from here on a column needs no second look
_NUMBERS = ("id", "code", "no", "number", "编号", "编码", "代码", "工号")


@dataclass(frozen=True)
class Guess:
    """Propose a column for a header, with confidence and reason; ties go to the lower `rank`."""

    column: str
    confidence: float
    why: Why
    rank: int = 0


def named(into: Table, text: str, system: str) -> list[Guess]:
    """Return every column of `into` that `text` is a known spelling of."""
    if (guesses := _spelled(into, text, system)) or not (both := two_names(text, system)):
        return guesses
    left, right = ({guess.column: guess for guess in _spelled(into, of, system)} for of in both)
    # 客户 customer_id: the number is no name, whatever stands beside it.
    surest = min if any(map(_is_number, both)) else max
    return [
        surest(left[column], right[column], key=lambda guess: (guess.confidence, -guess.rank))
        for column in left
        if column in right
    ]


@lru_cache(maxsize=8192)
def two_names(text: str, system: str) -> tuple[str, str] | None:
    """Return the two names of one column that a header combines; None if it is not such a pair."""
    if not (ways := halves(text)) or any(_spelled(into, text, system) for into in TABLES):
        return None
    return next((way for way in ways if _agree(*way, system)), None)


@lru_cache(maxsize=8192)
def known_name(text: str, system: str) -> str | None:
    """Return the known name in a bilingual header whose other name is unknown, if there is one."""
    if _is_number(text):
        return None
    for way in halves(text):
        known = [of for of in way if _is_known(of, system)]
        if len(known) == 2 or not (can_be_one(*way) or any(map(is_identifier, way))):
            return None
        rest = [key(of) for of in way if of not in known]
        # Where the other begins with "ID", that is the end of this one.
        if known and not rest[0].startswith(_NUMBERS):
            return known[0]
    return None


def _is_number(text: str) -> bool:
    return key(text).endswith(_NUMBERS)


def _is_known(text: str, system: str) -> bool:
    wanted = key(text)
    ignored = any(wanted in systems()[name].ignore for name in (GENERIC, system))
    return ignored or any(_spelled(into, text, system) for into in TABLES)


def _agree(left: str, right: str, system: str) -> bool:
    return any(
        {guess.column for guess in guesses}
        & {guess.column for guess in _spelled(into, right, system)}
        for into in TABLES
        if (guesses := _spelled(into, left, system))
    )


def _spelled(into: Table, text: str, system: str) -> list[Guess]:
    wanted = key(text)
    best: dict[str, Guess] = {}
    own: set[str] = set()
    for trust, alias, why in _spellings(into, wanted, system):
        if trust == _OWN:
            own.add(alias.column)
        elif alias.column in own:
            continue  # what the system itself says of its header is better than what others say
        confidence = min(trust, DOUBT) - (0.1 if alias.doubtful and trust == _FOREIGN else 0)
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


@lru_cache(maxsize=8192)
def says_something(text: str, system: str) -> bool:
    """Return whether a header is a well-known name of any column of any table."""
    return any(guess.confidence >= 0.8 for into in TABLES for guess in named(into, text, system))
