"""The open deals that the stories name: pushed, idle, moved, grown, shrunk, vanished.

    >>> [deal.number for deal in pending(rng, customers)][:3]
    [1, 2, 3]

Made by hand after fixed patterns, so that they are the same for every seed but
for customers and amounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from data.sample.days import at_work, working
from data.sample.deals import Deal, Move
from data.sample.names import DEALERS, DIRECT
from data.sample.people import Customer
from data.sample.stories import STORIES
from data.sample.trade import lines_for, main_product

# Between the two exports.
_IN_THE_WEEK = (date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 12), date(2026, 6, 15))
_JUNE, _JULY = date(2026, 6, 26), date(2026, 7, 17)


def pending(rng: np.random.Generator, customers: Sequence[Customer]) -> list[Deal]:
    """Return all of them, by number."""
    kinds = {
        **dict.fromkeys(STORIES.pushed, _pushed),
        **dict.fromkeys(STORIES.idle, _idle),
        **dict.fromkeys(STORIES.moved_out, _moved_out),
        **dict.fromkeys(STORIES.moved_in, _moved_in),
        **dict.fromkeys(STORIES.bigger, _bigger),
        **dict.fromkeys(STORIES.smaller, _smaller),
        **dict.fromkeys(STORIES.vanished, _vanished),
    }
    deals = []
    for number, make in sorted(kinds.items()):
        deal, amount = _begun(rng, customers, number)
        deal.moves = make(number, amount)
        deal.gone = number in STORIES.vanished
        deals.append(deal)
    return deals


def _begun(
    rng: np.random.Generator, customers: Sequence[Customer], number: int
) -> tuple[Deal, int]:
    rep = (number * 5 + 2) % 23  # not the newcomer, who had no deals then
    old = date(2025, 12, 1)
    mine = [
        n for n, customer in enumerate(customers) if customer.rep == rep and customer.created < old
    ]
    customer = mine[int(rng.integers(len(mine)))]
    lines = lines_for(rng, date(2026, 2, 1), float(rng.uniform(60_000, 190_000)))
    channel = DIRECT if customers[customer].partner is None else DEALERS
    amount = sum(line.amount for line in lines)
    return Deal(number, customer, rep, channel, main_product(lines), []), amount


def _steps(
    number: int, created: date, amounts: Sequence[int], expected: Sequence[date], gap: int
) -> list[Move]:
    """Move through stages `gap` days apart, each with its amount and expected day."""
    moves = []
    for stage, (amount, day) in enumerate(zip(amounts, expected, strict=True)):
        at = working(created + timedelta(days=gap * stage))
        moves.append(Move(at_work(at, number + stage), stage, amount, day))
    return moves


def _pushed(number: int, amount: int) -> list[Move]:
    """Return deals pushed from March to April to June, every third to July."""
    start = date(2026, 1, 6) + timedelta(days=number)
    march = date(2026, 3, 10) + timedelta(days=number)
    april, june, july = (march + timedelta(days=step) for step in (35, 98, 125))
    moves = _steps(number, start, [amount] * 3, [march] * 3, 19)
    pushes = [(date(2026, 3, 20), april), (date(2026, 4, 24), june)]
    if number % 3 == 0:
        pushes.append((date(2026, 6, 3), july))
    for n, (day, expected) in enumerate(pushes):
        at = at_work(working(day + timedelta(days=number % 5)), number + n)
        moves.append(Move(at, 2 + (n > 0), amount, expected))
    return moves


def _idle(number: int, amount: int) -> list[Move]:
    start = date(2026, 2, 24) + timedelta(days=number % 12)
    expected = date(2026, 6, 22) + timedelta(days=number)
    return _steps(number, start, [amount] * (2 + number % 2), [expected] * (2 + number % 2), 16)


def _week_day(number: int) -> date:
    return _IN_THE_WEEK[number % len(_IN_THE_WEEK)]


def _changed(number: int, amounts: tuple[int, int], expected: tuple[date, date]) -> list[Move]:
    """Return a deal in its third stage that changes between the two exports."""
    start = date(2026, 4, 13) + timedelta(days=number % 9)
    moves = _steps(number, start, [amounts[0]] * 3, [expected[0]] * 3, 14)
    at = at_work(_week_day(number), number)
    return [*moves, Move(at, 2, amounts[1], expected[1])]


def _moved_out(number: int, amount: int) -> list[Move]:
    return _changed(number, (amount, amount), (_JUNE, _JULY + timedelta(days=number % 7)))


def _moved_in(number: int, amount: int) -> list[Move]:
    return _changed(number, (amount, amount), (_JULY, _JUNE + timedelta(days=number % 4)))


def _bigger(number: int, amount: int) -> list[Move]:
    return _changed(number, (amount, amount + amount // 4), (_JUNE, _JUNE))


def _smaller(number: int, amount: int) -> list[Move]:
    return _changed(number, (amount, amount - amount // 5), (_JUNE, _JUNE))


def _vanished(number: int, amount: int) -> list[Move]:
    start = date(2026, 5, 11) + timedelta(days=number % 5)
    return _steps(number, start, [amount] * 2, [_JUNE] * 2, 9)
