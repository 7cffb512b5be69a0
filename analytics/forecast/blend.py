"""Foresee the rest of a month: what recent months bring, blended with this month's own pace.

    >>> rest(past, this, gone=12, day_off=False)  # money still to come after 12 working days

The blend is weighed by the share c of a usual month that is in by now: (1 − c) × (the recent
months' money a working day, in season, phased by the usual curve) + c × (this month's pace
carried on). Months are `Month`s, oldest first; days gone are working days, money is a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from analytics.periods.months import Month
from analytics.periods.season import season_index

# Recent months count more: half as much every three months, a year at most.
_HALF_LIFE = 3.0
_LOOK_BACK = 12


def rest(past: Sequence[Month], this: Month, gone: float, day_off: bool) -> float:
    """Return the money still to come in `this` month after `gone` working days.

    With `day_off`, the evening is that of a day off: what other months' days off brought is in too.
    """
    share = share_in(past, this, gone, day_off)
    carried = this.into(gone, rest=day_off) * (1 - share) / share if share > 0 else 0.0
    return (1 - share) * usual(past, this) * (1 - share) + share * carried


def usual(past: Sequence[Month], this: Month) -> float:
    """Return what this month would bring as a whole by the recent months and the season."""
    index = season_index([(month.start, month.rate) for month in past])
    recent = recent_of(past)
    weights = [0.5 ** (age / _HALF_LIFE) for age in range(len(recent) - 1, -1, -1)]
    rates = [month.rate / max(index[month.start.month], 0.05) for month in recent]
    level = float(np.average(rates, weights=weights))
    return level * index[this.start.month] * this.working_days


def recent_of(past: Sequence[Month]) -> Sequence[Month]:
    """Return the months whose money a working day counts, oldest first."""
    return past[-_LOOK_BACK:]


def share_in(past: Sequence[Month], this: Month, gone: float, day_off: bool) -> float:
    """Return the share of a usual month that is in by now.

    It is a ratio of sums, pulled towards the share of the working days.
    """
    recent = recent_of(past)
    linear = gone / this.working_days
    whole = sum(month.total for month in recent)
    if whole <= 0:
        return linear
    came = sum(month.into(same_share(month, this, gone), rest=day_off) for month in recent)
    share = (len(recent) * came / whole + linear) / (len(recent) + 1)
    return min(max(share, 0.0), 1.0)


def same_share(other: Month, this: Month, gone: float) -> float:
    """Return the working days of `other` at the same share of the month, a fraction as a rule."""
    return gone / this.working_days * other.working_days


def curve(past: Sequence[Month], this: Month, as_of: date) -> tuple[tuple[date, float], ...]:
    """Return the share of the rest that is in by each evening, rising from 0 to 1."""
    now = share_in(past, this, *this.at(as_of))
    shares, path = 0.0, []
    for day in this.days:
        if day > as_of:
            then = share_in(past, this, *this.at(day))
            shares = max(shares, (then - now) / (1 - now) if now < 1 else 1.0)
            path.append((day, min(shares, 1.0)))
    return (*path[:-1], (path[-1][0], 1.0)) if path else ()
