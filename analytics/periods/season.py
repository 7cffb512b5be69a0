"""Compute the season index: what a month brings per working day against the mean month.

    >>> months = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
    >>> index = season_index([(month, 1300 if month.month == 12 else 1000) for month in months])
    >>> round(index[12], 2)
    1.18

Working days are divided out first, so that a moving Spring Festival does not
count twice. With y whole years the index is pulled towards 1 by 1 ÷ (y + 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = 12
_FEWEST_YEARS = 2
_MOST_YEARS = 3


def has_seasons(months: int) -> bool:
    """Return whether that many whole months are enough to tell seasons apart."""
    return months // MONTHS >= _FEWEST_YEARS


def season_index(rates: Sequence[tuple[date, float]]) -> dict[int, float]:
    """Return month number → index, mean 1; all 1 with less than two whole years.

    `rates` are (month, money a working day), consecutive, oldest first.
    """
    years = min(len(rates) // MONTHS, _MOST_YEARS)
    even = {number: 1.0 for number in range(1, MONTHS + 1)}
    if not has_seasons(len(rates)):
        return even
    sums = dict.fromkeys(even, 0.0)
    for year in range(years):
        first = len(rates) - (year + 1) * MONTHS
        block = rates[first : first + MONTHS]
        level = sum(rate for _, rate in block) / MONTHS
        if level <= 0:
            return even
        for month, rate in block:
            sums[month.month] += max(rate, 0.0) / level
    trust = years / (years + 1)
    index = {number: 1 + trust * (sums[number] / years - 1) for number in even}
    mean = sum(index.values()) / MONTHS
    return {number: value / mean for number, value in index.items()}
