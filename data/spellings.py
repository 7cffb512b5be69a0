"""The columns that a header is a known spelling of, and how far each is to be trusted.

    >>> from domain.tables import table
    >>> [(one.column, one.confidence) for one in named(table("orders"), "下单日期", "generic")]
    [('order_date', 0.95)]

The system's own names go before anyone's, anyone's before another system's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from data.headers import key
from data.systems import GENERIC, Alias, systems
from domain.tables import TABLES, Table

Why = Literal["name", "alias", "similar", "values", "remembered", "none"]

# How far a spelling is trusted: the system's own, anyone's, another system's.
_OWN, _ANY, _FOREIGN = 1.0, 0.95, 0.75
DOUBT = 0.6


@dataclass(frozen=True)
class Guess:
    """A column for a header, how sure, and by what; a lower `rank` goes first."""

    column: str
    confidence: float
    why: Why
    rank: int = 0


def named(into: Table, text: str, system: str) -> list[Guess]:
    """Every column of `into` that `text` is a known spelling of."""
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
    """Whether a header is a well-known name of some column, in whatever table."""
    return any(one.confidence >= 0.8 for into in TABLES for one in named(into, text, system))
