"""Read the periods that targets are set for, and give a month its part of the amount.

    >>> share("2026-W53", Decimal(200), date(2026, 12, 1), calendar, first_month=1)
    ('week', Decimal('114.29'))

Quarters, halves and years of the settings are split by selling days; weeks, and fiscal years
that the settings do not have, by calendar days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from analytics.periods.calendar import Calendar, working_days
from analytics.periods.fiscal import fiscal_quarter, fiscal_year
from analytics.periods.months import month_before
from analytics.plan.phased_target import split
from domain.scope import Scope

Basis = Literal["month", "week", "quarter", "half", "year"]

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{1,2})|[Qq](?P<quarter>[1-4])|H(?P<half>[12])))?"
)
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d{2})")
_MONTHS = re.compile(r"(?P<first>\d{4}-\d{2})/(?P<last>\d{4}-\d{2})")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Moved:
    """A period whose months depend on where the fiscal year begins: its first month and length."""

    period: str
    before: date
    after: date
    length: int


def moved(periods: Iterable[str], before: int, after: int) -> list[Moved]:
    """Return the periods that mean other months when the fiscal year's first month changes.

    Weeks, months and spans of months never do; neither does what cannot be read.
    """
    found = []
    for text in sorted(set(periods)):
        first, then = first_day(text, before), first_day(text, after)
        if first is not None and then is not None and first != then:
            match = _PERIOD.fullmatch(text)
            assert match
            length = 3 if match["quarter"] else 6 if match["half"] else 12
            found.append(Moved(text, first, then, length))
    return found


def share(
    text: str, amount: Decimal, month: date, calendar: Calendar, first_month: int
) -> tuple[Basis | None, Decimal]:
    """Return the kind of period that holds the month, and the month's part of its amount."""
    if week := _WEEK.fullmatch(text):
        first = date.fromisocalendar(int(week["year"]), int(week["week"]), 1)
        return _by_days("week", amount, first, first + timedelta(days=6), month)
    if several := _MONTHS.fullmatch(text):
        first = date.fromisoformat(f"{several['first']}-01")
        last = Scope(day := date.fromisoformat(f"{several['last']}-01"), day).end
        length = (last.year - first.year) * 12 + last.month - first.month + 1
        kinds: dict[int, Basis] = {3: "quarter", 6: "half"}
        return _by_days(kinds.get(length, "year"), amount, first, last, month)
    basis, months = _period(text, month, first_month)
    return basis, _part(amount, months, month, calendar) if basis else Decimal(0)


def _by_days(
    basis: Basis, amount: Decimal, first: date, last: date, month: date
) -> tuple[Basis | None, Decimal]:
    """Split by calendar days; what rounding takes from a month, the next one gets."""
    start, end = month.replace(day=1), Scope(month.replace(day=1), month).end
    if end < first or start > last:
        return None, Decimal(0)
    length = (last - first).days + 1
    before = max((start - first).days, 0)
    until = min((end - first).days + 1, length)
    due = [(amount * days / length).quantize(_CENT) for days in (before, until)]
    return basis, due[1] - due[0]


def _period(text: str, month: date, first_month: int) -> tuple[Basis | None, list[date]]:
    """Which kind of period holds the month, and its months; none where it does not."""
    match = _PERIOD.fullmatch(text)
    if not match:
        return None, []
    year = int(match["year"])
    if match["month"]:
        # A month is a calendar month, whenever the fiscal year begins.
        named = (year, int(match["month"])) == (month.year, month.month)
        return ("month", [month]) if named else (None, [])
    quarter = fiscal_quarter(month, first_month)
    if year != quarter.year:
        return None, []
    if match["half"]:
        months = fiscal_year(month, first_month).months
        half = list(months[:6] if match["half"] == "1" else months[6:])
        return ("half", half) if month.replace(day=1) in half else (None, [])
    if match["quarter"]:
        inside = int(match["quarter"]) == quarter.quarter
        return ("quarter", list(quarter.months)) if inside else (None, [])
    return "year", list(fiscal_year(month, first_month).months)


def _part(amount: Decimal, months: list[date], month: date, calendar: Calendar) -> Decimal:
    if len(months) == 1:
        return amount
    if calendar[0].day > months[0] or calendar[-1].day < months[-1].replace(day=28):
        raise ValueError(f"the calendar must cover {months[0]} to {months[-1]}")
    days = {first: working_days(calendar, first, Scope(first, first).end) for first in months}
    return split(amount, days)[month]


def first_day(period: str, first_month: int) -> date | None:
    """Return the first day of a period as it is written; None where it cannot be read."""
    if week := _WEEK.fullmatch(period):
        return date.fromisocalendar(int(week["year"]), int(week["week"]), 1)
    if several := _MONTHS.fullmatch(period):
        return date.fromisoformat(f"{several['first']}-01")
    match = _PERIOD.fullmatch(period)
    if not match:
        return None
    year = int(match["year"])
    if match["month"]:
        month = int(match["month"])
        return date(year, month, 1) if 1 <= month <= 12 else None
    quarters = (int(match["half"]) - 1) * 2 if match["half"] else int(match["quarter"] or 1) - 1
    return month_before(date(year, first_month, 1), -3 * quarters)
