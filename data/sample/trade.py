"""Orders with their lines, and the ends of deals.

    >>> trade = traded(rng, customers)
    >>> trade.orders[0].amount, trade.closings[0].won

Built from the end: each rep sells what `plan.budgets` says, part of it through
deals, and the deals that were lost come on top. All money is in fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import numpy as np

from data.sample.choose import Chooser
from data.sample.days import AHEAD, MONTHS, TODAY, pick, some_day, stamp
from data.sample.names import PRODUCTS, REPS
from data.sample.people import Customer
from data.sample.plan import budgets, is_weak, leave_of
from data.sample.stories import STORIES

# What is sold through deals, by rule of thumb; the rest are repeat orders.
_BY_DEALS = 0.58
_DEAL, _REPEAT = 88_000, 47_000
_SMALLEST = 4_000
# Cancelled and returned lines weigh about this much.
_LOST_LINES = 0.978
_CANCELLED, _RETURNED = 0.009, 0.013
_DISCOUNTS = (0, 3, 5, 8, 10, 12, 15)  # percent
_DISCOUNT_ODDS = (0.3, 0.14, 0.2, 0.12, 0.12, 0.07, 0.05)
_CHEAPEST = 1


@dataclass(frozen=True)
class Line:
    """An order line; price, amount and cost in fen, discount in percent."""

    product: int
    quantity: int
    price: int
    discount: int
    amount: int
    cost: int
    status: int = 0  # 0 valid, 1 cancelled, 2 returned


@dataclass(frozen=True)
class Order:
    """An order; `deal` counts the closings it came from, -1 for a repeat order."""

    day: date
    customer: int
    rep: int
    channel: int
    deal: int
    lines: tuple[Line, ...]
    split: tuple[tuple[int, int], ...] = ()

    @property
    def amount(self) -> int:
        """What was ordered, whatever became of it."""
        return sum(line.amount for line in self.lines)

    @property
    def net(self) -> int:
        """What is left of it without cancelled and returned lines."""
        return sum(line.amount for line in self.lines if line.status == 0)


@dataclass(frozen=True)
class Closing:
    """A deal's end: won or lost, on a day that may still lie ahead."""

    day: date
    customer: int
    rep: int
    channel: int
    product: int
    amount: int
    won: bool


@dataclass
class Trade:
    """All orders and closings, in the order they were made."""

    orders: list[Order] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)


def traded(rng: np.random.Generator, customers: Sequence[Customer]) -> Trade:
    """Trade all months, including future ones, of which only the deals matter."""
    trade, choose = Trade(), Chooser(rng, customers)
    skill = rng.lognormal(0, 0.07, len(REPS))
    for month in (*MONTHS, *AHEAD):
        choose.begin(month)
        form = skill * rng.lognormal(0, 0.11, len(REPS))
        form[REPS.index(STORIES.ramping_rep)] = 1.0  # a newcomer's curve is smooth
        for rep, budget in budgets(month, [float(factor) for factor in form]).items():
            if budget:
                _won(rng, trade, choose, month, rep, budget)
                _lost(rng, trade, choose, month, rep, budget)
    trade.orders = _shared([order for order in trade.orders if order.day <= TODAY])
    return trade


def _won(
    rng: np.random.Generator, trade: Trade, choose: Chooser, month: date, rep: int, budget: float
) -> None:
    """Make orders until the budget is used up: first those of deals, then repeat orders."""
    left = budget / _LOST_LINES
    by_deals = left * (1 - _BY_DEALS)
    while left > _SMALLEST:
        dealt = left > by_deals
        usual = _DEAL if dealt else _REPEAT
        size = float(rng.lognormal(np.log(usual) - 0.25, 0.7))
        lines = lines_for(rng, month, min(max(size, 3_000), left * 1.05))
        amount = sum(line.amount for line in lines)
        left -= amount / 100
        day = some_day(rng, month, leave_of(rep))
        customer = choose.customer(rep, day, dealt)
        channel = choose.channel(customer, amount)
        deal = len(trade.closings) if dealt else -1
        if dealt:
            trade.closings.append(
                Closing(day, customer, rep, channel, main_product(lines), amount, True)
            )
        trade.orders.append(Order(day, customer, rep, channel, deal, _worn(rng, lines)))


def _lost(
    rng: np.random.Generator, trade: Trade, choose: Chooser, month: date, rep: int, budget: float
) -> None:
    """Lose as many deals as the rep's win rate implies; the team that failed lost more."""
    rate = 0.36 + 0.12 * ((rep * 7) % 11) / 10
    usual = budget * _BY_DEALS / _DEAL
    if is_weak(rep, month):
        usual, rate = usual / 0.25, 0.4
    count = int(usual * (1 - rate) / rate * 1.02 + rng.random())
    for _ in range(count):
        size = float(rng.lognormal(np.log(_DEAL) - 0.15, 0.75))
        lines = lines_for(rng, month, max(size, 3_000))
        amount = sum(line.amount for line in lines)
        day = some_day(rng, month, leave_of(rep))
        customer = choose.prospect(rep, day)
        channel = choose.any_channel(customer)
        product = main_product(lines)
        trade.closings.append(Closing(day, customer, rep, channel, product, amount, False))


def lines_for(rng: np.random.Generator, month: date, size: float) -> tuple[Line, ...]:
    """Return lines of about `size` yuan together, each with another product."""
    weights = _weights(month)
    count = 1 + pick(rng, (0.2, 0.37, 0.28, 0.15))
    lines: dict[int, Line] = {}
    for part in rng.dirichlet([2.0] * count) * size:
        fits = [
            weight if item.price <= part * 1.25 and n not in lines else 0.0
            for n, (item, weight) in enumerate(zip(PRODUCTS, weights, strict=True))
        ]
        if not any(fits):
            continue
        product = pick(rng, fits)
        price = price_of(product, month)
        discount = _DISCOUNTS[pick(rng, _DISCOUNT_ODDS)]
        quantity = max(1, round(part / (price * (1 - discount / 100))))
        lines[product] = _line(product, quantity, price, discount)
    if not lines:
        price = price_of(_CHEAPEST, month)
        lines[_CHEAPEST] = _line(_CHEAPEST, max(1, round(size / price)), price, 0)
    return tuple(lines.values())


def price_of(product: int, month: date) -> int:
    """Return the list price of a month in yuan; one of them rose."""
    risen = stamp(month) >= STORIES.price_rise_from
    if PRODUCTS[product].name == STORIES.price_rise_product and not risen:
        return STORIES.price_rise[0]
    return PRODUCTS[product].price


def main_product(lines: Sequence[Line]) -> int:
    """Return the product of the largest line."""
    return max(lines, key=lambda line: line.amount).product


def _line(product: int, quantity: int, price: int, discount: int) -> Line:
    cost = quantity * PRODUCTS[product].cost * 100
    return Line(product, quantity, price * 100, discount, quantity * price * (100 - discount), cost)


@cache
def _weights(month: date) -> tuple[float, ...]:
    """Return the weight of each product; analysers gain in the mix story's second quarter."""
    quarter = f"{month.year}-Q{(month.month + 2) // 3}"
    more = 2.3 if quarter == STORIES.mix_quarters[1] else 1.0
    # What costs more fits fewer lines, so it is wanted more where it fits.
    return tuple(
        product.weight * (product.price / 10_000) ** 0.5 * (more if product.category == 2 else 1)
        for product in PRODUCTS
    )


def _worn(rng: np.random.Generator, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Cancel or return some lines, never all of an order."""
    drawn = rng.random(len(lines))
    states = [1 if x < _CANCELLED else 2 if x < _CANCELLED + _RETURNED else 0 for x in drawn]
    if all(states):
        return lines
    return tuple(replace(line, status=at) for line, at in zip(lines, states, strict=True))


def _shared(orders: list[Order]) -> list[Order]:
    """Share the largest order of its rep in each of two months."""
    for month, shares in zip(STORIES.shared_months, STORIES.shared, strict=True):
        split = tuple((REPS.index(name), share) for name, share in shares)
        mine = [
            n
            for n, order in enumerate(orders)
            if stamp(order.day) == month and order.rep == split[0][0] and order.deal >= 0
        ]
        n = max(mine, key=lambda at: orders[at].amount)
        orders[n] = replace(orders[n], split=split)
    return orders
