"""Take over what is typed into a plan: amounts to the cent, cells locked and unlocked.

>>> amount(0.1 + 0.2), amount(None)
(Decimal('0.30'), None)
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pandas as pd

_CENT = Decimal("0.01")


def amount(value: float | None) -> Decimal | None:
    """Return a typed amount to the cent, without a float's extra digits; None for a blank cell."""
    return None if value is None or pd.isna(value) else Decimal(str(value)).quantize(_CENT)


def locked(
    locks: Mapping[str, Decimal], shown: pd.DataFrame, edited: pd.DataFrame
) -> dict[str, Decimal]:
    """Return the locked cells after an edit: a new amount or a set tick locks, a cleared one frees.

    `shown` has key, target and locked, a row a cell; `edited` has target and locked of the same
    rows. A cell whose amount was deleted stays as it was.
    """
    now = dict(locks)
    for key, old, new, was_locked, is_locked in zip(
        shown["key"], shown["target"], edited["target"], shown["locked"], edited["locked"],
        strict=True,
    ):  # fmt: skip
        if was_locked and not is_locked:
            now.pop(key, None)
        elif (typed := amount(new)) is not None and (new != old or is_locked != was_locked):
            now[key] = typed
    return now
