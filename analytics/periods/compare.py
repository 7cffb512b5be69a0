"""Choose which two periods to compare: whole with whole, part with the same part.

>>> compared(scope, calendar, "last_month")
Periods(before=(date(2026, 2, 1), date(2026, 2, 12)), after=(date(2026, 3, 1), ...))
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from analytics.periods.calendar import Calendar, same_working_day
from analytics.periods.months import month_before
from domain.scope import Scope

Against = Literal["last_month", "last_year"]
Period = tuple[date, date]


@dataclass(frozen=True)
class Periods:
    """Two periods, both ends included.

    `part`: the month still runs, and both end on the same working day.
    """

    before: Period
    after: Period
    part: bool


def compared(scope: Scope, calendar: Calendar, against: Against) -> Periods | None:
    """Return the scope's month until as-of, and another month until the same working day (trap 7).

    `calendar` covers both. None before the month's first day, and where the
    other month had not sold yet by that working day (its end would lie before
    its start).
    """
    if scope.as_of < scope.month:
        return None
    other = month_before(scope.month, 12 if against == "last_year" else 1)
    until = same_working_day(scope.until, scope.month, other, calendar)
    if until < other:
        return None
    return Periods((other, until), (scope.month, scope.until), scope.until < scope.end)
