"""The company's selling days, with the days that its people have changed.

>>> own_days(date(2026, 3, 1), date(2026, 3, 31), "CN")          # doctest: +SKIP
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from analytics.periods.calendar import Calendar, selling_days
from data.store import settings
from pages.kit.queries.cache import cached, store


def own_days(start: date, end: date, country: str) -> Calendar:
    """Return every day from `start` to `end` by a country's calendar and the user's changes."""
    return _days(start, end, country, _changed_days())


@cached("facts")
def _changed_days() -> tuple[tuple[date, bool], ...]:
    return tuple(settings.changed_days(store()).items())


@lru_cache(maxsize=50)
def _days(start: date, end: date, country: str, changed: tuple[tuple[date, bool], ...]) -> Calendar:
    return selling_days(start, end, country, dict(changed))
