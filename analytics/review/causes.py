"""Judge why a month missed its target: the target itself, execution, or the market.

    >>> causes_of_march = causes(target, actual, opening, months, date(2026, 3, 1), calendar)
    >>> causes_of_march.verdict, causes_of_march.teams
    ('execution', ('East 2',))

The shortfall is taken apart: what the target asked above the forecast of the
day before the month (P50) is *target*; of what then came in below that
forecast, the part of teams whose activities or win rate fell clearly below
their own usual is *execution*; what all teams lost alike, or while the market
shrank, is *market*. What is left has no name here. A first verdict to talk
about: it shows its evidence and says when it cannot tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import sqrt
from typing import Literal

import pandas as pd
from scipy.special import bdtr

from analytics.forecast.month_end import Forecast, probability
from analytics.periods.calendar import Calendar, working_days
from analytics.periods.months import as_date
from analytics.ratio import safe_ratio
from domain.scope import Scope

Cause = Literal["target", "execution", "market"]
Verdict = Literal["target", "execution", "market", "mixed", "reached", "cannot_tell"]

FEWEST_MONTHS = 3
_LOOK_BACK = 6

# From here on a cause is the verdict: it explains the better half.
_MOST = 0.5
# A team fell short in effort below this share of its usual, and beyond chance.
_FEWER, _CHANCE, _SIGMAS = 0.85, 0.1, 2.0
# Teams are down alike when the best and the worst lie this close, in shares of the expected.
_ALIKE, _DOWN, _MARKET_DOWN = 0.2, 0.97, 0.97


@dataclass(frozen=True)
class Evidence:
    """One figure behind a cause; `measure` is an id of `domain.measures`, `name` a team or None."""

    cause: Cause
    measure: str
    name: str | None
    value: float | None
    usual: float | None


@dataclass(frozen=True)
class Causes:
    """`scores` are shares of the shortfall, 0 to 1 each; `teams` fell short, the worst first.

    What the scores do not add up to is `unexplained`; with it they make the whole.
    """

    verdict: Verdict
    scores: Mapping[Cause, float]
    evidence: tuple[Evidence, ...]
    teams: tuple[str, ...] = ()

    @property
    def unexplained(self) -> float:
        """Return the share of the shortfall that no cause accounts for."""
        return max(1.0 - sum(self.scores.values()), 0.0)


@dataclass(frozen=True)
class _Team:
    name: str
    value: float
    expected: float
    done: float
    usual_done: float | None
    won_rate: float | None
    usual_rate: float | None
    weak: bool

    @property
    def short(self) -> float:
        return max(self.expected - self.value, 0.0)


def causes(
    target: Decimal | None,
    actual: Decimal,
    opening: Forecast,
    months: pd.DataFrame,
    month: date,
    calendar: Calendar,
    *,
    last_year: Decimal | None = None,
    growth: float | None = None,
    market: tuple[float, float] | None = None,
    activities_since: date | None = None,
) -> Causes:
    """Return the verdict on a month that is over.

    `opening` is `month_end` seen from the day before the month, `months` is
    `effort.team_months`, `calendar` covers its last half year. `last_year` is
    the same month's actual, `growth` the usual growth on a year earlier,
    `market` this month's size and its usual one, `activities_since` the first day of the
    list of activities: what was done before it nobody knows.
    """
    rows = _about_target(target, opening, last_year, growth)
    if target is None or opening.p50 is None or opening.thin:
        return Causes("cannot_tell", _NOTHING, rows)
    missing = float(target - actual)
    if missing <= 0:
        return Causes("reached", _NOTHING, rows)
    ambition = min(max(float(target - opening.p50) / missing, 0.0), 1.0)
    teams = _teams(months, month, calendar, float(opening.p50), activities_since)
    weak = [team for team in teams if team.weak and team.short > 0]
    weak.sort(key=lambda team: -team.short)
    short = sum(team.short for team in teams)
    badly = safe_ratio(sum(team.short for team in weak), short) or 0.0
    scores: dict[Cause, float] = {
        "target": ambition,
        "execution": (1 - ambition) * badly,
        "market": (1 - ambition) * (1 - badly) * _market_share(teams, market),
    }
    rows += _about_effort(teams, weak) + _about_market(teams, market)
    return Causes(_verdict(scores), scores, rows, tuple(team.name for team in weak))


_NOTHING: Mapping[Cause, float] = {"target": 0.0, "execution": 0.0, "market": 0.0}


def _verdict(scores: Mapping[Cause, float]) -> Verdict:
    first = max(scores, key=lambda cause: scores[cause])
    if scores[first] >= _MOST:
        return first
    return "mixed" if sum(scores.values()) >= _MOST else "cannot_tell"


def _market_share(teams: list[_Team], market: tuple[float, float] | None) -> float:
    """How much of what no team's effort explains is the market's: 1, or 0 where nothing says so."""
    if market is not None:
        return float(market[0] < market[1] * _MARKET_DOWN)
    ratios = [team.value / team.expected for team in teams if team.expected > 0]
    if len(ratios) < 2:
        return 0.0
    return float(max(ratios) < _DOWN and max(ratios) - min(ratios) <= _ALIKE)


def _teams(
    months: pd.DataFrame,
    month: date,
    calendar: Calendar,
    p50: float,
    activities_since: date | None,
) -> list[_Team]:
    """Every team of the month beside its own usual; none where less than three months are known."""
    dated = months.assign(month=[as_date(day) for day in months["month"]])
    before = sorted({earlier for earlier in dated["month"] if earlier < month})[-_LOOK_BACK:]
    if len(before) < FEWEST_MONTHS:
        return []
    now = dated[dated["month"] == month].set_index("team")
    past = dated[dated["month"].isin(before)].groupby("team").sum(numeric_only=True)
    busy = [day for day, done in zip(dated["month"], dated["done"], strict=True) if done > 0]
    began = max(before[0], activities_since or min(busy, default=month))
    days = working_days(calendar, began, date.fromordinal(month.toordinal() - 1))
    # Activities go by working days: a short month is not a lazy one. Less than a month of them
    # says nothing of what is usual.
    own = working_days(calendar, month, Scope(month, month).end)
    share = own / days if days >= own > 0 else None
    whole = past["value"].sum()
    return [
        _team(name, now.loc[name] if name in now.index else None, past.loc[name], share,
              p50 * (safe_ratio(past.loc[name, "value"], whole) or 0.0))
        for name in past.index
    ]  # fmt: skip


def _team(
    name: str, now: pd.Series | None, past: pd.Series, share: float | None, expected: float
) -> _Team:
    def of(column: str) -> float:
        return 0.0 if now is None else float(now[column])

    usual_done = None if share is None else float(past["done"]) * share
    closed = of("won") + of("lost")
    usual_rate = safe_ratio(past["won"], past["won"] + past["lost"])
    rate = safe_ratio(of("won"), closed)
    lazy = (
        usual_done is not None
        and of("done") < _FEWER * usual_done
        and usual_done - of("done") > _SIGMAS * sqrt(usual_done)
    )
    # By chance alone such a month, or a worse one, would come less than once in ten.
    unlucky = (
        rate is not None
        and usual_rate is not None
        and rate < _FEWER * usual_rate
        and float(bdtr(of("won"), int(closed), usual_rate)) < _CHANCE
    )
    return _Team(
        name, of("value"), expected, of("done"), usual_done, rate, usual_rate, lazy or unlucky
    )


def _about_target(
    target: Decimal | None, opening: Forecast, last_year: Decimal | None, growth: float | None
) -> tuple[Evidence, ...]:
    if target is None:
        return ()
    p50 = None if opening.p50 is None else float(opening.p50)
    rows = [
        Evidence("target", "target", None, float(target), p50),
        Evidence("target", "probability", None, probability(opening, target), None),
    ]
    if last_year is not None and last_year > 0:
        demanded_growth = safe_ratio(target - last_year, last_year)
        rows.append(Evidence("target", "target_growth", None, demanded_growth, growth))
    return tuple(rows)


def _about_effort(teams: list[_Team], weak: list[_Team]) -> tuple[Evidence, ...]:
    rows = [
        Evidence(
            "execution", "activities_done", None,
            sum(team.done for team in teams),
            sum(team.usual_done or 0.0 for team in teams)
            if any(team.usual_done is not None for team in teams) else None,
        )
    ] if _active(teams) else []  # fmt: skip
    for team in weak:
        rows += [
            Evidence("execution", "actual", team.name, team.value, team.expected),
            *(
                [Evidence("execution", "activities_done", team.name, team.done, team.usual_done)]
                if _active(teams)
                else []
            ),
            Evidence("execution", "win_rate_of_closed", team.name, team.won_rate, team.usual_rate),
        ]
    return tuple(rows)


def _active(teams: list[_Team]) -> bool:
    """Whether anybody's activities are known at all."""
    return any(team.done or team.usual_done for team in teams)


def _about_market(teams: list[_Team], market: tuple[float, float] | None) -> tuple[Evidence, ...]:
    rows = [Evidence("market", "market_size", None, *market)] if market else []
    if teams:
        down = sum(team.value < _DOWN * team.expected for team in teams)
        rows.append(Evidence("market", "teams_down", None, float(down), float(len(teams))))
    return tuple(rows)
