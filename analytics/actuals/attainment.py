"""Compute attainment by rep, team, region …: join summed actuals to targets, losing nobody.

    >>> table = attainment(actuals, {"Wang": Decimal("100")}, to_date=half, own=Decimal("250"))
    >>> table.rows[["name", "actual", "target", "gap"]]

Both sides are one row a name before they meet. A rep with a target and no sales
is there with 0 and the whole target as the gap; a rep with sales and no target
has no attainment, and is in the total. The total is computed from sums, never
from the rows' percentages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics.ratio import safe_ratio

COLUMNS = (
    "name", "actual", "target", "target_to_date", "attainment", "attainment_to_date", "gap",
)  # fmt: skip


_Row = dict[str, Any]


@dataclass(frozen=True)
class Attainment:
    """The rows, the total, and the target set on the whole beside the sum of its parts.

    `total` has the columns of a row. `own` is the target set on the team or
    company itself; `difference` = own − the sum of the parts (None without own).
    """

    rows: pd.DataFrame
    total: Mapping[str, Any]
    own: Decimal | None
    difference: Decimal | None


def attainment(
    actuals: pd.DataFrame,
    targets: Mapping[str, Decimal],
    *,
    to_date: Callable[[Decimal], Decimal] | None = None,
    own: Decimal | None = None,
) -> Attainment:
    """Return one row a name, the largest shortfall first, those without a target last.

    `actuals` has the dimension in its first column (blank is its own row, name
    None) and `value`. `to_date` gives the part of a target that is due by now.
    The total's attainment is against `own` where there is one, else against the
    sum of the parts. Raises ValueError where a name comes twice.
    """
    brought = _brought(actuals)
    names = [*brought, *(name for name in targets if name not in brought)]
    rows = [_row(name, brought.get(name), targets.get(name or ""), to_date) for name in names]
    rows.sort(key=_shortfall_first)
    actual = sum(brought.values(), Decimal(0))
    parts = sum(targets.values(), Decimal(0)) if targets else None
    total = _row(None, actual, parts if own is None else own, to_date)
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    difference = None if own is None else own - (parts or Decimal(0))
    return Attainment(frame, total, own, difference)


def _brought(actuals: pd.DataFrame) -> dict[str | None, Decimal]:
    names = [None if pd.isna(name) else str(name) for name in actuals.iloc[:, 0]]
    if len(set(names)) != len(names):
        raise ValueError("actuals are summed to one row a name before they meet targets")
    return dict(zip(names, (Decimal(str(value)) for value in actuals["value"]), strict=True))


def _shortfall_first(row: _Row) -> tuple[bool, Decimal]:
    """The most negative gap first; without a target, the most sales first."""
    return row["gap"] is None, -row["actual"] if row["gap"] is None else row["gap"]


def _row(
    name: str | None,
    actual: Decimal | None,
    target: Decimal | None,
    to_date: Callable[[Decimal], Decimal] | None,
) -> _Row:
    brought = actual if actual is not None else Decimal(0)
    due = to_date(target) if to_date and target is not None else None
    return {
        "name": name,
        "actual": brought,
        "target": target,
        "target_to_date": due,
        "attainment": safe_ratio(brought, target),
        "attainment_to_date": safe_ratio(brought, due),
        "gap": None if target is None else brought - target,
    }
