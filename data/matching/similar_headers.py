"""Reuse a confirmed mapping for a sheet whose header is almost the same.

    >>> kept = shape(["Order ID", "Order Date", "Umsatz", "Kunde"])
    >>> new = shape(["Kunde", "Order Date", "Note", "Order ID", "Umsatz"])
    >>> likeness(kept, new)
    0.8
    >>> moved(kept, new, "orders", {"order_date": 1, "amount": 2})
    {'order_date': 1, 'amount': 4}

The same columns in another order, one more or one less are the same export;
anything further away is looked at afresh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from data.matching.aliases import SURE, named
from data.matching.systems import GENERIC
from data.values.header_text import parts, shape
from domain.tables import table

__all__ = ["ENOUGH", "likeness", "moved", "shape"]

ENOUGH = 0.8  # likeness from which two sheets are the same export
_ONE_OFF = 3  # columns that must stay for one more or one less to be the same sheet


def likeness(kept: str, new: str) -> float:
    """Return how alike two shapes are, regardless of column order; 1 is the same headers."""
    left, right = _named(kept), _named(new)
    common = (left & right).total()
    apart = (left | right).total() - common
    if apart == 1 and common >= _ONE_OFF:
        return max(ENOUGH, common / (common + apart))
    return common / (common + apart) if common else 0.0


def moved(kept: str, new: str, name: str, mapping: Mapping[str, int]) -> dict[str, int] | None:
    """Return `mapping` in the positions of the new shape; None if a required column is missing.

    New columns that are well known are added; columns that were left out stay left out.
    """
    before, now = _counted(parts(kept)), _counted(parts(new))
    position = {header: at for at, header in enumerate(now) if header[0]}
    positions = {
        column: position[before[at]]
        for column, at in mapping.items()
        if at < len(before) and before[at] in position
    }
    for header, at in position.items():
        if header not in before and (column := _known(name, header[0])) and column not in positions:
            positions[column] = at
    lost = set(mapping) - set(positions)
    needs = [group for group in table(name).needs if set(group) & lost]
    return positions if all(set(group) & set(positions) for group in needs) else None


def _named(kept: str) -> Counter[str]:
    return Counter(header for header in parts(kept) if header)


def _counted(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Pair each header with how often it occurred before: duplicates keep their order."""
    seen = Counter[str]()
    numbered = []
    for header in headers:
        numbered.append((header, seen[header]))
        seen[header] += 1
    return numbered


def _known(name: str, header: str) -> str | None:
    sure = [guess for guess in named(table(name), header, GENERIC) if guess.confidence >= SURE]
    return max(sure, key=lambda guess: guess.confidence).column if sure else None
