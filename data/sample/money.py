"""What follows from orders, contracts, receivables and payments, and the spend.

    >>> due = receivables(orders)            # sums to the orders' net amount, order by order
    >>> paid = payments(rng, due)

Money is in fen here; spend, budgets and the market's size are in whole yuan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.sample.choose import search_spend
from data.sample.days import MONTHS, TODAY, working
from data.sample.names import (
    CAMPAIGNS,
    DEALERS,
    DIRECT,
    REGIONS,
    SEARCH,
    SHOWS,
    WEBINARS,
    Words,
)
from data.sample.plan import is_weak, sales_plan
from data.sample.trade import Order

_SMALL = 30_000_00
_MARKET = (0.42, 0.27, 0.19, 0.12)  # by region
_MARKET_QUARTER = 780_000_000
_TO_DATE = 0.5  # of June's spend, by the middle of the month


@dataclass(frozen=True)
class Due:
    """An amount due; `order` counts the orders."""

    order: int
    day: date
    amount: int


@dataclass(frozen=True)
class Paid:
    """A collection."""

    order: int
    day: date
    amount: int


@dataclass(frozen=True)
class Spent:
    """Money out in a month, in yuan."""

    month: date
    channel: int
    campaign: Words
    kind: Words
    amount: int
    budget: int


@dataclass(frozen=True)
class Answer:
    """A customer's mark of ten for a rep."""

    day: date
    customer: int
    rep: int
    score: int


def campaign_of(channel: int, day: date) -> Words:
    """Return the campaign of a channel: one in spring and summer, one in autumn and winter."""
    return CAMPAIGNS[channel][0 if 3 <= day.month <= 8 else 1]


def receivables(orders: Sequence[Order]) -> list[Due]:
    """Return one for a small order; else three in ten at once, six later, one after half a year."""
    dues = []
    for number, order in enumerate(orders):
        if order.net < _SMALL:
            parts = [(30, order.net)]
        else:
            first, second = order.net * 3 // 10, order.net * 6 // 10
            parts = [(7, first), (45, second), (180, order.net - first - second)]
        dues += [Due(number, order.day + timedelta(days=days), part) for days, part in parts]
    return [due for due in dues if due.amount]


def payments(rng: np.random.Generator, due: Sequence[Due]) -> list[Paid]:
    """Return the payments: three in four about on time, others late, a few missing so far."""
    paid = []
    for part in due:
        draw = rng.random()
        late = int(rng.integers(-4, 4))
        if draw > 0.97:
            continue
        if draw > 0.93:
            late = int(rng.integers(61, 130))
        elif draw > 0.76:
            late = int(rng.integers(8, 56))
        day = working(max(part.day + timedelta(days=late), part.day - timedelta(days=4)))
        if day <= TODAY:
            paid.append(Paid(part.order, day, part.amount))
    return sorted(paid, key=lambda payment: (payment.day, payment.order))


def spend(rng: np.random.Generator) -> list[Spent]:
    """Return each channel's cost by month and campaign; June to date."""
    return [cost for month in MONTHS for cost in _spent(rng, month)]


def market() -> list[tuple[str, int, int]]:
    """Return (quarter, region, yuan): the size of the market, growing by four percent a year."""
    sizes = []
    for n in range(6):
        season = (0.86, 1.0, 0.97, 1.17)[n % 4] * 1.01**n
        quarter = f"{2025 + n // 4}-Q{n % 4 + 1}"
        for region in range(len(REGIONS)):
            size = _MARKET_QUARTER * _MARKET[region] * season
            sizes.append((quarter, region, round(size / 10_000) * 10_000))
    return sizes


def answers(rng: np.random.Generator, orders: Sequence[Order]) -> list[Answer]:
    """Survey one order in three a fortnight later; the weak team's score falls."""
    surveyed: dict[tuple[date, int, int], Answer] = {}
    for order in orders:
        if rng.random() > 0.34:
            continue
        day = working(order.day + timedelta(days=int(rng.integers(9, 20))))
        if day > TODAY:
            continue
        level = 6.3 if is_weak(order.rep, order.day.replace(day=1)) else 8.5
        score = int(np.clip(round(rng.normal(level, 1.1)), 1, 10))
        surveyed[day, order.customer, order.rep] = Answer(day, order.customer, order.rep, score)
    return sorted(surveyed.values(), key=lambda answer: (answer.day, answer.customer))


def _spent(rng: np.random.Generator, month: date) -> list[Spent]:
    sales = sales_plan(month)
    fairs = month.month in (3, 4, 5, 9, 10, 11)
    whole = {
        (DIRECT, ("差旅", "Travel")): sales * 0.028,
        (DIRECT, ("样机", "Samples")): sales * 0.012,
        (DEALERS, ("返利", "Rebates")): sales * 0.021,
        (SHOWS, ("展位", "Booth")): 310_000 if fairs else 45_000,
        (SEARCH, ("广告", "Advertising")): search_spend(month),
        (WEBINARS, ("制作", "Production")): 42_000,
    }
    share = _TO_DATE if month == MONTHS[-1] else 1.0
    return [
        Spent(
            month,
            channel,
            campaign_of(channel, month),
            kind,
            # Ads cost what was booked; the rest comes out a little differently.
            round(cost * share * (1 if channel == SEARCH else rng.uniform(0.93, 1.06))),
            round(cost / 1000) * 1000,
        )
        for (channel, kind), cost in whole.items()
    ]
