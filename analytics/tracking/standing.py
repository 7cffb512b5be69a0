"""Gather everything that the verdict, the tiles and the curve say of a month.

    >>> seen = standing(daily, calendar, Decimal("1000"), date(2026, 3, 1), date(2026, 3, 18))
    >>> seen.pace.attainment, seen.forecast.p50, seen.gap

`daily` has date and value of all time; `calendar` covers it and the month.
Comparisons are with the same working day of the other month, never of a part
month with a whole one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.month_end import Forecast, band, month_end, probability
from analytics.periods.calendar import Calendar, same_working_day
from analytics.periods.months import as_date, began_late, month_before
from analytics.plan.phased_target import phase, split, target_to_date, weekday_index
from analytics.plan.targets import MonthTarget, month_targets, target_for
from analytics.ratio import safe_ratio
from analytics.tracking.pace import Pace, pace
from domain.scope import Scope

_PEOPLE = ("team", "manager", "region")
_REGISTER = ("rep", *_PEOPLE)


@dataclass(frozen=True)
class Compared:
    """Another month: its money by the same working day, and this month against it."""

    month: date
    until: date
    value: Decimal
    change: float | None


@dataclass(frozen=True)
class Standing:
    """The month as it stands.

    `gap` is what is missing at the month's end: target − forecast while the
    month runs, target − actual when it is over; negative is above target.
    `curve` has one row a day, cumulative, as floats: day, actual, target, p10,
    p50, p90, last_month, last_year. `weights` are the weekday index behind the
    phased target. `last_month` and `last_year` are None where nothing is known.
    """

    pace: Pace
    forecast: Forecast
    probability: float | None
    gap: Decimal | None
    over: bool
    last_month: Compared | None
    last_year: Compared | None
    weights: Mapping[int, float] | None
    curve: pd.DataFrame


def standing(
    daily: pd.DataFrame,
    calendar: Calendar,
    target: Decimal | None,
    month: date,
    as_of: date,
    begins: date | None = None,
) -> Standing:
    """Return everything the week page says about the month of one scope, seen on `as_of`.

    `begins` is the first day of the whole table, whatever the filters are; without it that of
    `daily`.
    """
    begins = begins or min((as_date(day) for day in daily["date"]), default=None)
    own = _of(calendar, month)
    as_of = min(as_of, own[-1].day)
    past = tuple(day for day in calendar if day.day < month)
    index = weekday_index(daily.loc[[day < month for day in daily["date"]]], past[-366:])
    phased = phase(target, own, index) if target is not None else None
    forecast = month_end(daily, calendar, month, as_of, begins)
    stood = pace(forecast.actual, target, phased, own, as_of, begins)
    over = as_of >= own[-1].day
    end = forecast.actual if over else forecast.p50
    return Standing(
        pace=stood,
        forecast=forecast,
        probability=probability(forecast, target) if target is not None else None,
        gap=None if target is None or end is None else target - end,
        over=over,
        last_month=_compared(
            daily, calendar, month, as_of, month_before(month), forecast.actual, begins
        ),
        last_year=_compared(
            daily, calendar, month, as_of, month_before(month, 12), forecast.actual, begins
        ),
        weights=index,
        curve=_curve(daily, calendar, month, as_of, phased, forecast),
    )


def target_of(
    scope: Scope,
    rows: pd.DataFrame,
    calendar: Calendar,
    reps: pd.DataFrame,
    first_month: int = 1,
) -> tuple[MonthTarget | None, tuple[str, ...]]:
    """Return the target of the scope, and the names whose targets it is the sum of, if it is.

    A filtered scope without a target of its own has the sum of the targets that the tables
    under it show, by the rules of `targets_of`; the names say whom it leaves out.
    """
    own = target_for(scope, rows, calendar, first_month=first_month)
    if own or not scope.filters:
        return own, ()
    held = scope.filters[0][0] if len(scope.filters) == 1 else "rep"
    goals = targets_of(scope, rows, calendar, held, reps, first_month)
    if not goals:
        return None, ()
    people = targets_of(scope, rows, calendar, "rep", reps, first_month)
    total = sum(goals.values(), Decimal(0))
    whose = people if sum(people.values(), Decimal(0)) == total else goals
    return MonthTarget(total, "month", summed=True), tuple(sorted(whose))


def targets_of(
    scope: Scope,
    rows: pd.DataFrame,
    calendar: Calendar,
    dimension: str,
    reps: pd.DataFrame,
    first_month: int = 1,
) -> dict[str, Decimal]:
    """Return name → target of the month for every value of a dimension that passes the filters.

    A team, manager or region without a target of its own has the sum of its
    people's; `reps` has the columns rep, team, manager, region and, where people changed
    within the month, a row for each place with its `days`, by which their targets are split.
    With a filter on people the others have no target here, and a team only that of its people
    who are left. A filter on products or customers leaves no target: nobody's is for these alone.
    """
    chosen = dict(scope.filters)
    others = [name for name in chosen if name != dimension]
    if others and not {dimension, *others} <= set(_REGISTER):
        return {}
    own = month_targets(
        rows, scope.month, calendar, scope_kind=dimension, metric=scope.metric,
        currency=scope.currency, first_month=first_month,
    )  # fmt: skip
    goals = {name: goal.target for name, goal in own.items() if name}
    if dimension in chosen:
        goals = {name: target for name, target in goals.items() if name in chosen[dimension]}
    if dimension == "rep" and others:
        return _added_up(_parts(goals, reps, chosen), "rep")
    if dimension not in _PEOPLE:
        return goals
    people = month_targets(
        rows, scope.month, calendar, scope_kind="rep", metric=scope.metric,
        currency=scope.currency, first_month=first_month,
    )  # fmt: skip
    everyone = {name: goal.target for name, goal in people.items() if name}
    summed = _added_up(_parts(everyone, reps, chosen), dimension)
    return summed if others else {**summed, **goals}


def _parts(
    targets: Mapping[str, Decimal], reps: pd.DataFrame, chosen: Mapping[str, tuple[str, ...]]
) -> list[tuple[dict[Any, Any], Decimal]]:
    """Return the places of people in the month that pass the filters, each with its target.

    "" lets a blank pass. Who was in several places has a part of the target in each.
    """
    places: dict[str, list[dict[Any, Any]]] = {}
    for row in reps.to_dict("records"):
        places.setdefault(row["rep"], []).append(row)
    parts = []
    for name, target in targets.items():
        rows = places.get(name, [])
        days = {at: row.get("days", 1) for at, row in enumerate(rows)}
        split_up = split(target, days) if len(rows) > 1 and any(days.values()) else {0: target}
        parts += [
            (row, split_up[at])
            for at, row in enumerate(rows)
            if at in split_up and _passes(row, chosen)
        ]
    return parts


def _passes(row: Mapping[Any, Any], chosen: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        (row[name] if isinstance(row[name], str) else "") in chosen[name]
        for name in _REGISTER
        if name in chosen
    )


def _added_up(parts: list[tuple[dict[Any, Any], Decimal]], dimension: str) -> dict[str, Decimal]:
    summed: dict[str, Decimal] = {}
    for row, target in parts:
        if isinstance(unit := row[dimension], str):
            summed[unit] = summed.get(unit, Decimal(0)) + target
    return summed


def due_by_now(
    target: Decimal, own: Calendar, index: Mapping[int, float] | None, as_of: date
) -> Decimal:
    """Return the part of a month's target that the phased plan expects by `as_of`."""
    return target_to_date(phase(target, own, index), as_of)


def _of(calendar: Calendar, month: date) -> Calendar:
    return tuple(
        day for day in calendar if (day.day.year, day.day.month) == (month.year, month.month)
    )


def _sum(daily: pd.DataFrame, start: date, end: date) -> Decimal:
    return sum(
        (
            Decimal(str(value))
            for day, value in zip(daily["date"], daily["value"], strict=True)
            if start <= day <= end
        ),
        Decimal(0),
    )


def _compared(
    daily: pd.DataFrame,
    calendar: Calendar,
    month: date,
    as_of: date,
    other: date,
    actual: Decimal,
    begins: date | None,
) -> Compared | None:
    """None where the data begin within the other month or after it, or nobody sold in it."""
    if begins is None or began_late(other, begins) or as_of < month:
        return None
    until = same_working_day(as_of, month, other, calendar)
    value = _sum(daily, other, until)
    if not value:
        return None
    change = safe_ratio(actual - value, value) if value > 0 else None
    return Compared(other, until, value, change)


def _curve(
    daily: pd.DataFrame,
    calendar: Calendar,
    month: date,
    as_of: date,
    phased: Mapping[date, Decimal] | None,
    forecast: Forecast,
) -> pd.DataFrame:
    days = [day.day for day in _of(calendar, month)]
    brought = {day: float(value) for day, value in zip(daily["date"], daily["value"], strict=True)}
    actual = np.cumsum([brought.get(day, 0.0) for day in days])
    frame = pd.DataFrame({"day": days, "actual": actual})
    frame.loc[[day > as_of for day in days], "actual"] = np.nan
    if phased is not None:
        # Added up as money and only then as floats: the last day is the target itself.
        frame["target"] = [float(sum_) for sum_ in accumulate(phased[day] for day in days)]
    for name, months in (("last_month", 1), ("last_year", 12)):
        frame[name] = _along(brought, calendar, days, month, month_before(month, months))
    path = band(forecast).rename(columns={"date": "day"})
    return frame.merge(path, on="day", how="left")


def _along(
    brought: Mapping[date, float],
    calendar: Calendar,
    days: list[date],
    month: date,
    other: date,
) -> list[float]:
    """The other month's running total, laid along this month's working days."""
    theirs = [day.day for day in _of(calendar, other)]
    running = dict(zip(theirs, np.cumsum([brought.get(day, 0.0) for day in theirs]), strict=True))
    if not theirs or not any(day in brought for day in theirs):
        return [np.nan] * len(days)
    near = tuple(day for day in calendar if other <= day.day <= days[-1])
    return [float(running.get(same_working_day(day, month, other, near), 0.0)) for day in days]
