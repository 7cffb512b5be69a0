"""The whole company of one seed, with lists that agree with each other.

>>> company = world(STANDARD)
>>> len(company.orders) == len({order.number for order in company.orders})   # doctest: +SKIP
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample import field, money, people, plan
from data.sample.deals import Deal, made
from data.sample.pending import pending
from data.sample.trade import Order, traded

STANDARD = 20260616


@dataclass(frozen=True)
class World:
    """All there is. `deal_of` is order → deal number for orders that came from a deal."""

    customers: list[people.Customer]
    orders: list[Order]
    order_ids: list[str]
    deal_of: dict[int, int]
    deals: list[Deal]
    activities: list[field.Activity]
    leads: list[field.Lead]
    due: list[money.Due]
    paid: list[money.Paid]
    spend: list[money.Spent]
    market: list[tuple[str, int, int]]
    answers: list[money.Answer]
    targets: list[plan.Target]


def world(seed: int) -> World:
    """Make the company of a seed in about a second; each part has its own random stream."""
    streams = iter(np.random.default_rng([seed, n]) for n in range(10))
    customers = people.customers(next(streams))
    trade = traded(next(streams), customers)
    deals = pending(next(streams), customers) + made(next(streams), trade.closings, customers)
    orders = sorted(trade.orders, key=lambda order: order.day)
    numbers = {deal.closing: deal.number for deal in deals if deal.closing >= 0}
    acted = field.activities(next(streams), deals, customers)
    due = money.receivables(orders)
    return World(
        customers=customers,
        orders=orders,
        order_ids=_order_ids(orders),
        deal_of={n: numbers[order.deal] for n, order in enumerate(orders) if order.deal >= 0},
        deals=deals,
        activities=acted,
        leads=field.leads(next(streams), deals, customers),
        due=due,
        paid=money.payments(next(streams), due),
        spend=money.spend(next(streams)),
        market=money.market(),
        answers=money.answers(next(streams), orders),
        targets=plan.targets(),
    )


def _order_ids(orders: list[Order]) -> list[str]:
    """ "SO2603-0001": the month and a running number within it."""
    ids: list[str] = []
    counts: dict[str, int] = {}
    for order in orders:
        month = f"{order.day:%y%m}"
        counts[month] = counts.get(month, 0) + 1
        ids.append(f"SO{month}-{counts[month]:04d}")
    return ids
