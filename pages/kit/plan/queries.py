"""Load what the plan page shows: past months, the month ahead, the target in parts.

>>> ahead(scope).p50
>>> handed_down(scope, Decimal("1000"), "last_year", {"team": {}, "rep": {}})
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd

from analytics.actuals import actual
from analytics.forecast.month_end import Forecast, month_end
from analytics.periods import months
from analytics.periods.calendar import Calendar, working_days
from analytics.plan import outlook, splits
from analytics.plan.phased_target import phase, weekday_index
from analytics.plan.targets import Level, target_for
from data.store import plans
from domain.scope import Scope
from pages.kit.queries import cache, calendars, load, settings, slices, targets

_AHEAD = 3
HISTORIES: tuple[splits.Basis, ...] = ("twelve_months", "last_year")


def plannable(scope: Scope) -> list[date]:
    """Return the months that can be planned: next month first, then later and running ones."""
    this = scope.as_of.replace(day=1)
    return [months.month_before(this, -step) for step in (1, 0, 2, _AHEAD)]


@load.cached("facts", "plan")
def levels(scope: Scope) -> dict[Level, Decimal | None]:
    """Return floor, target and stretch in force for the scope's month."""
    year = calendars.calendar(scope, scope.month)
    wanted: tuple[Level, ...] = ("floor", "target", "stretch")
    by_level = {
        level: target_for(
            scope, targets.targets(), year, level=level, first_month=calendars.fiscal_start()
        )
        for level in wanted
    }
    return {
        level: month_target.target if month_target else None
        for level, month_target in by_level.items()
    }


@load.cached("facts")
def ahead(scope: Scope) -> Forecast:
    """Return the forecast of the scope's month, whether or not it has begun."""
    days = slices.daily(scope)
    return month_end(days, calendars.covering(scope, days), scope.month, scope.as_of)


@load.cached("facts")
def history(scope: Scope) -> pd.DataFrame:
    """Return the past months; see `analytics.plan.outlook.history`."""
    return outlook.history(slices.daily(scope), scope.as_of)


def a_year_before(past: pd.DataFrame, scope: Scope) -> Decimal | None:
    """Return the same month of last year, where the data reach back to it."""
    values = past.loc[past["month"] == months.month_before(scope.month, 12), "value"]
    return Decimal(values.iloc[0]) if len(values) else None


@load.cached("facts")
def phased_target(scope: Scope, target: Decimal) -> dict[date, Decimal]:
    """Return the target of each day of the scope's month."""
    days = slices.daily(scope)
    year = calendars.covering(scope, days)
    past = tuple(entry for entry in year if entry.day < scope.month)[-366:]
    index = weekday_index(days.loc[[day < scope.month for day in days["date"]]], past)
    return phase(target, _month(year, scope), index)


def selling_in(scope: Scope, parts: pd.DataFrame) -> list[int]:
    """Return the number of selling days in each part of the month."""
    year = calendars.calendar(scope, scope.month)
    return [
        working_days(year, start, end)
        for start, end in zip(parts["start"], parts["end"], strict=True)
    ]


def week_start() -> int:
    """Return the first day of the week, Monday 0."""
    return 6 if settings.setting("week_start") == "sunday" else 0


def handed_down(
    scope: Scope,
    target: Decimal,
    basis: splits.Basis,
    locks: Mapping[str, Mapping[str, Decimal]],
) -> splits.Nested:
    """Split the target by team and rep; reps without a team form a team without a name."""
    weights = _weights(scope, basis)
    return splits.nested(target, weights, locked_teams=locks["team"], locked_reps=locks["rep"])


def versions(month: date, metric: str) -> pd.DataFrame:
    """Return the plan versions of a month for a metric, newest first."""
    return plans.versions(cache.store(), month, metric)


def bases(scope: Scope) -> list[splits.Basis]:
    """Return how a target can be split, the default first: as the reps' own targets are, if any.

    As a history is only where somebody sold in it: anything else would be an even split.
    """
    history = [basis for basis in HISTORIES if basis not in without_sales(scope)]
    own: list[splits.Basis] = ["targets"] if targets.month_targets(scope, "rep") else []
    return [*own, *history, "even"]


@load.cached("facts")
def without_sales(scope: Scope) -> list[splits.Basis]:
    """Return the histories in which no rep of the scope sold anything."""
    return [
        basis
        for basis in HISTORIES
        if (window := splits.window(scope.month, basis))
        and not _sold_by_reps(cache.frame(actual.by, scope, "rep", *window))
    ]


def _sold_by_reps(brought: pd.DataFrame) -> bool:
    return bool((brought.loc[brought["rep"].notna(), "value"] > 0).any())


def history_since(scope: Scope) -> date | None:
    """Return the first day of sales, where it is later than the last twelve months begin."""
    window, first = splits.window(scope.month, "twelve_months"), calendars.begins(scope)
    late = window and first and months.began_late(window[0], first)
    return load.first_dates()[scope.source] if late else None


def without_a_part(scope: Scope) -> list[str]:
    """Return the reps of the scope who left before its month, and so have no part of its target."""
    register = targets.reps(scope)
    teams = dict(zip(register["rep"], register["team"], strict=True))
    return sorted(name for name in targets.gone(scope) if _kept(scope, name, teams.get(name)))


@load.cached("facts", "plan")
def _weights(scope: Scope, basis: splits.Basis) -> dict[str, dict[str, Decimal]]:
    register = targets.reps(scope)
    teams = dict(zip(register["rep"], register["team"], strict=True))
    own = targets.month_targets(scope, "rep")
    window = splits.window(scope.month, basis)
    brought = cache.frame(actual.by, scope, "rep", *window) if window else None
    if basis == "targets":
        brought = pd.DataFrame({"rep": list(own), "value": list(own.values())})
    recent = targets.selling_reps(scope.in_month(months.month_before(scope.month)))
    gone = targets.gone(scope)
    # Whoever sold in the months that the split looks at has a part in it, or a target already.
    sellers = brought["rep"].dropna() if brought is not None else ()
    names = [
        name
        for name in sorted({*recent, *sellers, *own} - gone)
        if _kept(scope, name, teams.get(name))
    ]
    weighed = splits.weights(names, brought)
    nested: dict[str, dict[str, Decimal]] = {}
    for name in names:
        team = teams.get(name)
        nested.setdefault(team if isinstance(team, str) else "", {})[name] = weighed[name]
    return nested


def _kept(scope: Scope, name: str, team: object) -> bool:
    return (not scope.rep or name in scope.rep) and (not scope.team or team in scope.team)


def _month(year: Calendar, scope: Scope) -> Calendar:
    return tuple(entry for entry in year if scope.month <= entry.day <= scope.end)
