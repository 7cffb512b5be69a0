"""The calendars that figures count days by."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.periods.calendar import Calendar, selling_days
from analytics.periods.fiscal import fiscal_year
from analytics.periods.months import whole_from
from domain.scope import Scope
from pages.kit.queries import load
from pages.kit.queries.own_days import own_days
from pages.kit.queries.settings import setting


def calendar(scope: Scope, first: date) -> Calendar:
    """Return every day from the year before `first` to the end of the scope's (fiscal) year."""
    start = date(min(first.year, scope.month.year) - 1, 1, 1)
    last = fiscal_year(scope.month, fiscal_start()).months[-1]
    end = max(date(scope.month.year, 12, 31), scope.in_month(last).end)
    return own_days(start, end, scope.selling_days)


def fiscal_start() -> int:
    """Return the month in which the fiscal year begins, from the settings."""
    return int(setting("fiscal_year"))


def begins(scope: Scope) -> date | None:
    """Return the day from which the sales are whole; None without any."""
    first = load.first_dates()[scope.source]
    return whole_from(first, calendar(scope, first)) if first else None


def covering(scope: Scope, days: pd.DataFrame) -> Calendar:
    """Return the calendar from before the first of `days` to the end of the scope's year."""
    return calendar(scope, min([*days["date"], scope.month]))


def country_days(start: date, end: date) -> Calendar:
    """Return the days of the country's calendar, without the user's changes."""
    return selling_days(start, end, str(setting("selling_days")))
