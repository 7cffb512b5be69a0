"""Split a target company → teams → reps, with locked cells.

    >>> rebalance(Decimal("100"), {"a": 1, "b": 1, "c": 2}, {"a": Decimal("40")}).parts
    {'a': Decimal('40'), 'b': Decimal('20.00'), 'c': Decimal('40.00')}

Largest remainder, so that children sum to the parent to the cent. Where they
cannot (the locked cells alone ask for more, or every cell is locked), `left`
is the parent minus the sum of its children: shown, never smoothed away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

import pandas as pd

from analytics.periods.months import month_before
from analytics.plan.phased_target import split
from analytics.ratio import Number
from domain.scope import Scope

Basis = Literal["even", "last_year", "twelve_months", "targets"]

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Split:
    """The parts by name, and what of the whole they leave: 0 as a rule, negative when too much."""

    parts: Mapping[str, Decimal]
    left: Decimal


@dataclass(frozen=True)
class Nested:
    """Every team's target, and within each the reps'; `left` of the company is `teams.left`."""

    teams: Split
    reps: Mapping[str, Split]


def window(month: date, basis: Basis) -> tuple[date, date] | None:
    """Return the first and last day of the history that a basis looks at, both included.

    None for "even", and for "targets": the reps' own, which look at no history.

    "last_year": the same month a year before. "twelve_months": the twelve
    whole months before this one.
    """
    if basis in ("even", "targets"):
        return None
    year_ago = month_before(month, 12)
    last = year_ago if basis == "last_year" else month_before(month)
    return year_ago, Scope(last, last).end


def weights(names: Iterable[str], brought: pd.DataFrame | None = None) -> dict[str, Decimal]:
    """Return the weight of each name: what it brought, 0 for nothing or less.

    1 each without history.

    `brought` is `actual.by` over `window`: the dimension in the first column,
    and `value`. Where nobody brought anything the split is even.
    """
    totals = dict.fromkeys(names, _NOTHING)
    if brought is not None:
        for name, value in zip(brought.iloc[:, 0], brought["value"], strict=True):
            if name in totals:
                totals[name] += Decimal(str(value))
    totals = {name: max(value, _NOTHING) for name, value in totals.items()}
    return totals if any(totals.values()) else dict.fromkeys(totals, Decimal(1))


def rebalance(
    total: Decimal, weights: Mapping[str, Number], locked: Mapping[str, Decimal] | None = None
) -> Split:
    """Split `total` by the weights; `locked` cells stay as they are.

    What the locked cells leave goes to the others; with only weights of 0
    among them, evenly. When nothing is left the others have 0.
    """
    held = {name: value for name, value in (locked or {}).items() if name in weights}
    free = {name: weight for name, weight in weights.items() if name not in held}
    rest = total - sum(held.values(), _NOTHING)
    if not free or rest < 0:
        parts = dict.fromkeys(free, _NOTHING)
    else:
        parts = split(rest, free if any(free.values()) else dict.fromkeys(free, 1))
    cells = {name: held[name] if name in held else parts[name] for name in weights}
    return Split(cells, total - sum(cells.values(), _NOTHING))


def nested(
    total: Decimal,
    teams: Mapping[str, Mapping[str, Number]],
    *,
    locked_teams: Mapping[str, Decimal] | None = None,
    locked_reps: Mapping[str, Decimal] | None = None,
) -> Nested:
    """Split company → teams → reps: `teams` maps a team to its reps and their weights.

    A team weighs what its free reps weigh together and has at least what its
    locked reps ask for; a locked team keeps its figure, and its reps share it.
    """
    held_teams, held_reps = dict(locked_teams or {}), dict(locked_reps or {})
    least = {team: _locked_total(reps, held_reps) for team, reps in teams.items()}
    free = {team: _free(reps, held_reps) for team, reps in teams.items()}
    fixed = {
        team: held_teams.get(team, least[team])
        for team in teams
        if team in held_teams or not free[team]
    }
    # Locked reps of free teams come off the top; what is left goes by the free reps' weights.
    on_top = sum((least[team] for team in teams if team not in fixed), _NOTHING)
    even = not any(sum(free[team].values()) for team in teams if team not in fixed)
    weigh = {team: len(free[team]) if even else sum(free[team].values()) for team in teams}
    shared = rebalance(total - on_top, weigh, fixed)
    team_targets = {
        team: part if team in fixed else part + least[team] for team, part in shared.parts.items()
    }
    reps = {team: rebalance(team_targets[team], teams[team], held_reps) for team in teams}
    return Nested(Split(team_targets, total - sum(team_targets.values(), _NOTHING)), reps)


def _locked_total(reps: Mapping[str, Number], locked: Mapping[str, Decimal]) -> Decimal:
    return sum((locked[rep] for rep in reps if rep in locked), _NOTHING)


def _free(reps: Mapping[str, Number], held: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {rep: Decimal(str(weight)) for rep, weight in reps.items() if rep not in held}
