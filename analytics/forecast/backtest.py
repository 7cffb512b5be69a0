"""Replay the forecast on past months, and calibrate its band on the errors.

    >>> replays, errors = replayed(past, this, gone=12, day_off=False)
    >>> spread(rest, errors, past, this, gone=12, day_off=False).quantile(0.1)

Each past month is foreseen at the same share of the month gone, knowing only the months before
it. The band is a Student t around the rest, held at 0 or above unless returns have outweighed
sales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from analytics.forecast import blend
from analytics.periods.months import Month, months_between

_MOST_REPLAYS = 24
# A past error counts at most as double its money, however little was usual at the time.
_LEAST_SIZE = 0.5


@dataclass(frozen=True)
class Replay:
    """A past month as the method would have foreseen it at the same share of the month."""

    month: date
    actual: float
    forecast: float


@dataclass(frozen=True)
class Spread:
    """The calibrated distribution of what is still to come: Student t, nothing below `floor`.

    What the t would put below the floor sits on it: months whose last days brought nothing.
    """

    centre: float
    width: float
    freedom: int
    floor: float

    def below(self, value: float) -> float:
        """Return the probability that the rest stays below `value`."""
        if value <= self.floor:
            return 0.0
        if self.width <= 0:
            return float(value > max(self.centre, self.floor))
        return float(stdtr(self.freedom, (value - self.centre) / self.width))

    def quantile(self, share: float) -> float:
        """Return the value below which the rest stays with the probability `share`."""
        steps = float(stdtrit(self.freedom, share)) if self.width > 0 else 0.0
        return max(self.centre + self.width * steps, self.floor)


def replayed(
    past: Sequence[Month], this: Month, gone: float, day_off: bool
) -> tuple[tuple[Replay, ...], list[float]]:
    """Return past months as the method would have foreseen them, and its errors.

    The errors are in parts of what the month would usually bring, so that they
    carry over to a month of another size. Where next to nothing was usual at the time,
    half of today's size stands in: money divided by nearly nothing says nothing.
    """
    replays, errors = [], []
    least = _LEAST_SIZE * _size(past, this)
    ahead = months_between(past[-1].start, this.start) - 1
    for place in range(max(1 + ahead, len(past) - _MOST_REPLAYS), len(past)):
        known, month = past[: place - ahead], past[place]
        then = blend.same_share(month, this, gone)
        came = month.into(then, rest=day_off)
        foretold = blend.rest(known, month, then, day_off)
        replays.append(Replay(month.start, month.total, came + foretold))
        errors.append((month.total - came - foretold) / max(_size(known, month), least))
    return tuple(replays), errors


def _size(past: Sequence[Month], this: Month) -> float:
    return abs(blend.usual(past, this)) or 1.0


def spread(
    rest: float,
    errors: Sequence[float],
    past: Sequence[Month],
    this: Month,
    gone: float,
    day_off: bool,
) -> Spread:
    """Return the distribution of the rest: `rest` corrected and widened by the `errors`."""
    count, mean = len(errors), float(np.mean(errors))
    # A mean error of few replays is mostly chance: believe a part of it.
    believed = count / (count + 3)
    width = float(np.std(errors, ddof=1)) * sqrt(1 + 1 / count)
    left = [
        month.total - month.into(blend.same_share(month, this, gone), rest=day_off)
        for month in past
    ]
    floor = 0.0 if min(left) >= -1e-9 else -inf
    size = _size(past, this)
    centre = rest + believed * mean * size
    if floor == 0.0:
        # Days that take nothing back have brought nothing at worst, not less than that.
        centre = max(centre, (1 - believed) * rest)
    return Spread(centre, width * size, max(count - 1, 2), floor)
