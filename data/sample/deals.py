"""The deals: the steps of each, and its state on a day.

    >>> deal = made(rng, trade.closings, customers)[0]
    >>> at = deal.on(date(2026, 6, 9))
    >>> at.stage, at.expected

The end of a deal is known first; its beginning, its stages, its first estimate
and its expected day are laid out backwards. What lies after today is cut off,
and what is left is the pipeline. None of these is pushed twice: that is a
story, see `data.sample.pending`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from data.sample.days import TODAY, at_work, pick, working
from data.sample.names import LOST, WON
from data.sample.people import Customer
from data.sample.trade import Closing

_FIRST_CREATED = date(2024, 10, 8)
_NUMBERS_FROM = 1001
_FROM_LEADS = 0.42


@dataclass(frozen=True)
class Move:
    """A deal from a moment on: its stage, amount in fen (None: not known yet), expected day."""

    at: datetime
    stage: int
    amount: int | None
    expected: date


@dataclass
class Deal:
    """A deal with every move until today; `closing` counts those of `Trade`, -1 for none."""

    number: int
    customer: int
    rep: int
    channel: int
    product: int
    moves: list[Move]
    closing: int = -1
    reason: int | None = None
    competitor: int | None = None
    from_lead: bool = False
    gone: bool = False  # deleted before the last export
    last_activity: dict[date, date] = field(default_factory=dict)

    @property
    def created(self) -> date:
        """The day of the first move."""
        return self.moves[0].at.date()

    @property
    def end(self) -> Move | None:
        """The move that won or lost the deal."""
        return self.moves[-1] if self.moves[-1].stage in (WON, LOST) else None

    def on(self, day: date) -> Move | None:
        """Return its state on the evening of `day`; None before it existed."""
        evening = datetime(day.year, day.month, day.day, 23, 59)
        n = bisect_right(self.moves, evening, key=lambda move: move.at)
        return self.moves[n - 1] if n else None


def made(
    rng: np.random.Generator, closings: Sequence[Closing], customers: Sequence[Customer]
) -> list[Deal]:
    """Return the deals that exist today, by the day of their creation."""
    deals = []
    for n, closing in enumerate(closings):
        deal = _deal(rng, n, closing, customers[closing.customer])
        if deal is not None:
            deals.append(deal)
    deals.sort(key=lambda deal: deal.moves[0].at)
    for number, deal in enumerate(deals, start=_NUMBERS_FROM):
        deal.number = number
    return deals


def _deal(
    rng: np.random.Generator, number: int, closing: Closing, customer: Customer
) -> Deal | None:
    days = int(min(150, max(7, rng.lognormal(np.log(40), 0.5))))
    earliest = max(_FIRST_CREATED, customer.created)
    created = max(closing.day - timedelta(days=days), earliest)
    created = min(working(created), closing.day - timedelta(days=3))
    if created > TODAY:
        return None
    deal = Deal(0, closing.customer, closing.rep, closing.channel, closing.product, [], number)
    deal.from_lead = bool(rng.random() < _FROM_LEADS)
    if not closing.won:
        deal.reason, deal.competitor = _why(rng, closing.day)
    moves = _moves(rng, number, closing, created)
    deal.moves = [move for move in moves if move.at.date() <= TODAY]
    return deal


def _moves(rng: np.random.Generator, number: int, closing: Closing, created: date) -> list[Move]:
    """Lay out the stages; the estimate becomes the quoted amount, the expected day the true one."""
    days = _stage_days(rng, closing, created)
    end = closing.day
    slipped = rng.random() < 0.34
    first = (
        end - timedelta(days=int(rng.integers(6, 40)))
        if slipped
        else end + timedelta(days=int(rng.integers(0, 9)))
    )
    first = max(first, created + timedelta(days=2))
    later = end + timedelta(days=int(rng.integers(0, 4)))
    guess = int(closing.amount * float(rng.uniform(0.75, 1.3))) // 100_000 * 100_000
    unknown = rng.random() < 0.08
    pushed_at = days[-1] if len(days) > 1 else None
    moves: list[Move] = []
    for stage, day in enumerate(days):
        expected = later if slipped and day == pushed_at else first
        amount = closing.amount if stage >= 2 else None if unknown and stage == 0 else guess
        at = at_work(day, number + stage)
        if moves:  # two stages on one day come one after the other
            at = max(at, moves[-1].at + timedelta(minutes=25))
        moves.append(Move(at, stage, amount, expected))
    last = moves[-1].amount if not closing.won else closing.amount
    at = datetime(end.year, end.month, end.day, 21, number % 60)
    moves.append(Move(at, WON if closing.won else LOST, last or guess, end))
    return moves


def _stage_days(rng: np.random.Generator, closing: Closing, created: date) -> list[date]:
    """Return the day of each stage; a lost deal may not reach the later ones."""
    reached = 4 if closing.won else 1 + pick(rng, (0.24, 0.28, 0.28, 0.2))
    parts = np.cumsum(rng.dirichlet((1.6, 2.2, 2.4, 2.0)))[:3]
    span = (closing.day - created).days
    steps = [created + timedelta(days=int(part * span)) for part in parts[: reached - 1]]
    days = [created]
    for step in steps:
        day = working(max(step, days[-1] + timedelta(days=1)))
        if day >= closing.day:
            # In a short cycle the last steps may be on the day before closing.
            day = max(days[-1], closing.day - timedelta(days=1))
        days.append(day)
    return days


def _why(rng: np.random.Generator, day: date) -> tuple[int, int | None]:
    """Choose the reason of a loss; since 2026 the competitor of the story wins more often."""
    strong = day >= date(2026, 1, 1)
    odds = (0.42, 0.22, 0.14, 0.14, 0.08) if strong else (0.26, 0.3, 0.17, 0.18, 0.09)
    reason = pick(rng, odds)
    if reason:
        return reason, None
    rivals = (0.7, 0.18, 0.12) if strong else (0.42, 0.32, 0.26)
    return reason, pick(rng, rivals)
