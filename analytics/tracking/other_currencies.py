"""Find the targets that no figure counts, as they are in a currency without an exchange rate.

>>> other_targets(scope, rows, calendar, reps)                       # doctest: +SKIP
{'USD': Uncounted(target=Decimal('20000'), names=('Bob',))}
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from analytics.periods.calendar import Calendar
from analytics.plan.targets import COMPANY, month_targets
from analytics.tracking.standing import target_of
from domain.scope import Scope

# The levels whose targets stand in for the company's, as in `target_for`.
_LEVELS = (COMPANY, "team", "region", "rep")


class Uncounted(NamedTuple):
    """A sum of targets that is in no figure, and whose they are; no names for the company's."""

    target: Decimal
    names: tuple[str, ...]


def other_targets(
    scope: Scope,
    rows: pd.DataFrame,
    calendar: Calendar,
    reps: pd.DataFrame,
    *,
    first_month: int = 1,
) -> dict[str, Uncounted]:
    """Return by currency the scope's targets of the month that are in it alone.

    `rows` are the targets in force, converted where there is a rate; `reps` as for `targets_of`.
    Whoever has a target in the scope's currency is counted by that one.
    """

    def known(code: str, of: pd.DataFrame, kind: str) -> set[str]:
        return set(
            month_targets(
                of, scope.month, calendar, scope_kind=kind, metric=scope.metric, currency=code,
                first_month=first_month,
            )
        )  # fmt: skip

    codes = sorted({str(code) for code in rows["currency"].dropna()} - {scope.currency, ""})
    if not codes:
        return {}
    kinds = [str(kind) for kind in rows["scope_kind"].dropna().unique()]
    counted = {kind: known(scope.currency, rows, kind) for kind in kinds}
    whose_rows = zip(rows["scope_kind"], rows["scope_value"].fillna(""), strict=True)
    alone = [name not in counted.get(kind, ()) for kind, name in whose_rows]
    found = {}
    for code in codes:
        theirs = rows[(rows["currency"] == code) & pd.Series(alone, index=rows.index, dtype=bool)]
        goal, whose = target_of(
            replace(scope, currency=code), theirs, calendar, reps, first_month=first_month
        )
        if goal is None:
            continue
        if not scope.filters:
            level = next(kind for kind in _LEVELS if known(code, theirs, kind))
            whose = tuple(sorted(known(code, theirs, level) - {""}))
        found[code] = Uncounted(goal.target, whose)
    return found
