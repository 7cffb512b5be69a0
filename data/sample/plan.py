"""The plan behind targets and orders: what each month should bring, and did.

    >>> sum(one.target for one in targets() if one.kind == "team" and one.month == MONTHS[3])
    10000000

The season, Spring Festival and three of the stories are here: the target that
was too high, the team that failed, the reps who were new or away.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.sample.days import AHEAD, MONTHS, stamp
from data.sample.names import REPS, TEAMS
from data.sample.stories import STORIES

# Net sales of each month in ten thousand yuan, by season. January 2025 and the
# Februaries hold Spring Festival.
_SALES = (
    *(860, 780, 1110, 1050, 1040, 1220, 990, 1000, 1170, 960, 1130, 1340),
    *(1060, 700, 1175, 1130, 1120, 1290),
)
_SALES_AHEAD = (1050, 1060, 1240, 1010, 1190)
_TARGETS = (
    *(830, 750, 1070, 1000, 1000, 1170, 950, 960, 1120, 920, 1520, 1280),
    *(1020, 670, 1140, 1080, 1070, 1270),
)
# How much a rep sells beside the others; the newcomer is the last.
_SHARES = (
    *(1.35, 1.15, 0.95, 0.8, 1.2, 1.0, 0.9, 0.75, 1.3, 1.05, 0.9, 0.8),
    *(1.25, 1.05, 0.95, 0.85, 1.3, 1.0, 0.95, 0.8, 1.15, 1.0, 0.85, 0.95),
)
_RAMP = {"2026-01": 0.05, "2026-02": 0.2, "2026-03": 0.35, "2026-04": 0.5, "2026-05": 0.65}
_RAMPED = 0.8
_WEAK = 0.25
_STEP = 100  # targets are round hundreds of yuan


@dataclass(frozen=True)
class Target:
    """One target in yuan; `who` is a position among the teams or reps, 0 for the company."""

    month: date
    kind: Literal["company", "team", "rep"]
    who: int
    target: int


def team_of(rep: int) -> int:
    """Return the team of a rep: four reps each."""
    return rep // 4


def region_of(rep: int) -> int:
    """Return the region of a rep's team."""
    return TEAMS[team_of(rep)].region


def sales_plan(month: date) -> float:
    """Return the company's sales of a month when nothing goes wrong, in yuan."""
    known = dict(zip((*MONTHS, *AHEAD), (*_SALES, *_SALES_AHEAD), strict=True))
    return known[month] * 10_000.0


def budgets(month: date, form: Sequence[float]) -> dict[int, float]:
    """rep → what the rep sells in the month, in yuan, by the `form` they are in (about 1).

    Colleagues make up for those who are new, away or out of form; nobody makes
    up for the team that failed.
    """
    weights = {
        rep: _share(rep, month) * (1 - _away(rep, month)) * form[rep] for rep in range(len(REPS))
    }
    whole = sum(weights.values())
    weak = {rep for rep in weights if is_weak(rep, month)}
    return {
        rep: sales_plan(month) * weight / whole * (_WEAK if rep in weak else 1)
        for rep, weight in weights.items()
    }


def is_weak(rep: int, month: date) -> bool:
    """Return whether the rep is in the team that failed, in its month."""
    return stamp(month) == STORIES.weak_month and TEAMS[team_of(rep)].name == STORIES.weak_team


def leave_of(rep: int) -> tuple[date, date] | None:
    """Return the first and last day of the one rep's leave."""
    if REPS[rep] != STORIES.leave_rep:
        return None
    return date.fromisoformat(STORIES.leave[0]), date.fromisoformat(STORIES.leave[1])


def targets() -> list[Target]:
    """Return every target: reps sum to teams and teams to the company, exactly."""
    assigned = []
    for month, sales in zip(MONTHS, _TARGETS, strict=True):
        reps = _split(sales * 10_000, [_share(rep, month) for rep in range(len(REPS))])
        assigned.append(Target(month, "company", 0, sales * 10_000))
        for team in range(len(TEAMS)):
            assigned.append(Target(month, "team", team, sum(reps[team * 4 : team * 4 + 4])))
        assigned += [Target(month, "rep", rep, part) for rep, part in enumerate(reps) if part]
    return assigned


def _share(rep: int, month: date) -> float:
    if REPS[rep] != STORIES.ramping_rep:
        return _SHARES[rep]
    return _SHARES[rep] * _RAMP.get(stamp(month), _RAMPED if month.year == 2026 else 0.0)


def _away(rep: int, month: date) -> float:
    """Return the share of the month that the rep was on leave."""
    days = [month + timedelta(days=n) for n in range(monthrange(month.year, month.month)[1])]
    leave = leave_of(rep)
    return sum(leave[0] <= day <= leave[1] for day in days) / len(days) if leave else 0.0


def _split(total: int, weights: list[float]) -> list[int]:
    """Split `total` into round hundreds by largest remainder."""
    exact = [total / _STEP * weight / sum(weights) for weight in weights]
    parts = [int(hundreds) for hundreds in exact]
    order = sorted(range(len(weights)), key=lambda n: parts[n] - exact[n])
    for n in order[: total // _STEP - sum(parts)]:
        parts[n] += 1
    return [part * _STEP for part in parts]
