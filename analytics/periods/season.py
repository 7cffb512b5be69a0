"""What a month of the year brings a working day against the mean month.

    >>> index = season_index([(date(2024, 1, 1), 900.0), ...])   # 24 months or more
    >>> index[12]
    1.21

Working days are divided out first, so that a moving Spring Festival does not
count twice. With y whole years the index is pulled towards 1 by 1 ÷ (y + 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = 12
_FEWEST_YEARS = 2
_MOST_YEARS = 3


def season_index(rates: Sequence[tuple[date, float]]) -> dict[int, float]:
    """month number → index, mean 1; all 1 with less than two whole years.

    `rates` are (month, money a working day), consecutive, oldest first.
    """
    years = min(len(rates) // MONTHS, _MOST_YEARS)
    even = {number: 1.0 for number in range(1, MONTHS + 1)}
    if years < _FEWEST_YEARS:
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
