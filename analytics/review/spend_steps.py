"""Measure what each step up in spend brought.

Months of about the same spend, and the sales beside it.

    >>> by_spend = steps(spend_by_month, sales_by_month)
    >>> by_spend[["spend", "sales", "extra_spend", "extra_sales"]]
    >>> bend(by_spend)
    Bend(spend=180000.0, below=5.7, above=1.1)

No curve is fitted here (see `analytics.review.response`): months with about the same
spend are a step, the least spent first. Where further steps ask for more money
and bring hardly more, the channel is saturated. What a step brought has the
season, and whatever else happened in its months, in it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from analytics.ratio import safe_ratio

COLUMNS = ("months", "spend", "sales", "extra_spend", "extra_sales", "more")

# A month that spends more than this share above the least of a step begins the next one.
_ALIKE = 0.15
# Above the bend money brings less than this part of what it brought below.
_HARDLY = 0.5


@dataclass(frozen=True)
class Bend:
    """From `spend` a month on, each unit more brings `above`; until then it brought `below`."""

    spend: float
    below: float
    above: float


def steps(spend: Mapping[date, float], sales: Mapping[date, float] | None) -> pd.DataFrame:
    """Return months, spend, sales, extra_spend, extra_sales, more; the least spent first.

    Both are by month (its first day), of one channel or campaign; a month without
    spend is in no step. `months` is a tuple; `spend` and `sales` are means a
    month, the extras are against the step before, `more` = extra_sales ÷
    extra_spend, None for the first. Where no sale ever names the channel, `sales` is None, and
    so is all that would follow from it: what it brought is not known, which is not 0.
    """
    levels: list[list[date]] = []
    paid = (month for month, money in spend.items() if money > 0)
    for month in sorted(paid, key=spend.__getitem__):
        if levels and spend[month] <= spend[levels[-1][0]] * (1 + _ALIKE):
            levels[-1].append(month)
        else:
            levels.append([month])
    means = [
        (
            tuple(sorted(level)),
            sum(spend[month] for month in level) / len(level),
            None if sales is None else sum(sales.get(month, 0.0) for month in level) / len(level),
        )
        for level in levels
    ]
    extras: list[tuple[float | None, ...]] = [(None, None, None)] if means else []
    for (_, spent, sold), (_, money, brought) in pairwise(means):
        grown = None if brought is None or sold is None else brought - sold
        more = None if grown is None else safe_ratio(grown, money - spent)
        extras.append((money - spent, grown, more))
    rows = [(*mean, *extra) for mean, extra in zip(means, extras, strict=True)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def bend(by_spend: pd.DataFrame) -> Bend | None:
    """Find where `steps` bend: above the middle one money brings clearly less than below it.

    None of fewer than three steps or unknown sales, where the first ones brought nothing more, or
    where the later ones bring about as much.
    """
    if len(by_spend) < 3 or by_spend["sales"].isna().any():
        return None
    first, middle, last = (by_spend.iloc[at] for at in (0, len(by_spend) // 2, len(by_spend) - 1))
    below = safe_ratio(middle["sales"] - first["sales"], middle["spend"] - first["spend"])
    above = safe_ratio(last["sales"] - middle["sales"], last["spend"] - middle["spend"])
    if below is None or above is None or below <= 0 or above >= _HARDLY * below:
        return None
    return Bend(float(middle["spend"]), below, above)
