"""The activities of the reps, done and planned, and the leads that some deals came from.

    >>> acted = activities(rng, deals, customers)
    >>> led = leads(rng, deals, customers)

Every activity is of a customer, many are of a deal. The team that failed did
not do most of the visits it had planned in its month; nobody who is on leave,
or not yet hired, does anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.sample.days import LAST_EXPORT, MONTHS, TODAY, month_of, pick, selling_days, working
from data.sample.deals import Deal
from data.sample.names import (
    CALL,
    COLD,
    DEMO,
    EXISTING,
    POTENTIAL,
    QUOTE,
    REPS,
    REVISIT,
    VISITS,
)
from data.sample.people import Customer
from data.sample.plan import is_weak, leave_of
from data.sample.stories import STORIES

PLANNED, DONE, CANCELLED = range(3)
NEW, FOLLOWED, CONVERTED, INVALID = range(4)

_HIRED = date.fromisoformat(STORIES.hired)
_ROUTINE = 0.46  # activities a day and rep beside those of deals
_MINUTES = {COLD: 45, EXISTING: 60, REVISIT: 50, CALL: 12, DEMO: 90, QUOTE: 30}
_COSTS = {COLD: 120, EXISTING: 180, REVISIT: 110, CALL: 0, DEMO: 260, QUOTE: 0}


@dataclass(frozen=True)
class Activity:
    """Something planned, done or cancelled; `deal` is a number, -1 for none. Cost in yuan."""

    planned: date
    done: date | None
    status: int
    rep: int
    kind: int
    customer: int
    deal: int
    minutes: int
    cost: int


@dataclass(frozen=True)
class Lead:
    """A lead; the company is a customer by position."""

    created: date
    channel: int
    rep: int
    status: int
    customer: int
    qualified: date | None
    converted: date | None
    deal: int


def activities(
    rng: np.random.Generator, deals: Sequence[Deal], customers: Sequence[Customer]
) -> list[Activity]:
    """Return all activities by planned day; sets each deal's last activity on the export days."""
    entries = [
        _happened(rng, day, deal.rep, kind, deal.customer, deal.number, sure=sure)
        for deal in deals
        for day, kind, sure in _of_deal(rng, deal)
    ]
    entries = [entry for entry in entries if entry.planned >= MONTHS[0]] + list(
        _routine(rng, customers)
    )
    entries.sort(key=lambda entry: (entry.planned, entry.rep, entry.customer, entry.kind))
    _note_last(entries, deals)
    return entries


def leads(
    rng: np.random.Generator, deals: Sequence[Deal], customers: Sequence[Customer]
) -> list[Lead]:
    """Return a lead for each deal that came from one, and those that led nowhere."""
    created_leads = []
    for deal in deals:
        if not deal.from_lead:
            continue
        created = max(MONTHS[0], deal.created - timedelta(days=int(rng.integers(2, 24))))
        if created > deal.created:
            continue
        qualified = created + timedelta(days=int((deal.created - created).days * 0.6))
        created_leads.append(
            Lead(created, deal.channel, deal.rep, CONVERTED, deal.customer, qualified,
                 deal.created, deal.number)
        )  # fmt: skip
        created_leads += [
            _cold_lead(rng, created, customers) for _ in range(int(rng.integers(1, 4)))
        ]
    return sorted(
        created_leads, key=lambda lead: (lead.created, lead.rep, lead.customer, lead.deal)
    )


def _cold_lead(rng: np.random.Generator, near: date, customers: Sequence[Customer]) -> Lead:
    day = working(near + timedelta(days=int(rng.integers(0, 21))))
    day = min(day, TODAY)
    early = [n for n in rng.integers(len(customers), size=6) if customers[n].kind == POTENTIAL]
    customer = int(early[0]) if early else int(rng.integers(len(customers)))
    rep = customers[customer].rep
    if _absent(rep, day):
        rep = rep - 1
    fresh = (TODAY - day).days < 20
    qualified = day + timedelta(days=int(rng.integers(1, 9))) if rng.random() < 0.35 else None
    if qualified and qualified > TODAY:
        qualified = None
    status = NEW if fresh and not qualified else FOLLOWED if qualified else INVALID
    channel = pick(rng, (0.2, 0.15, 0.2, 0.33, 0.12))
    return Lead(day, channel, rep, status, customer, qualified, None, -1)


def _of_deal(rng: np.random.Generator, deal: Deal) -> Iterator[tuple[date, int, bool]]:
    """A first contact, a demo or visit, a quote, a revisit; calls keep an open deal alive.

    With each, whether it was surely done: what tells a living deal from an idle one.
    """
    kinds = (CALL, DEMO if rng.random() < 0.55 else EXISTING, QUOTE, REVISIT)
    idle = deal.number in STORIES.idle
    entered: dict[int, date] = {}
    for move in deal.moves:
        entered.setdefault(move.stage, move.at.date())
    for stage, day in entered.items():
        if stage < 4:
            cold = stage == 0 and rng.random() < 0.45
            yield day, COLD if cold else kinds[stage], idle
    if deal.end or idle:
        return
    recent = working(TODAY - timedelta(days=int(rng.integers(9, 22))))
    if recent > deal.created:
        yield recent, CALL if rng.random() < 0.6 else REVISIT, True
    if rng.random() < 0.5:
        ahead = working(TODAY + timedelta(days=int(rng.integers(1, 24))))
        yield ahead, (CALL, REVISIT, DEMO, QUOTE)[int(rng.integers(4))], False


def _routine(rng: np.random.Generator, customers: Sequence[Customer]) -> Iterator[Activity]:
    """Return a few visits and calls for every day."""
    of: dict[int, list[int]] = {rep: [] for rep in range(len(REPS))}
    for number, account in enumerate(customers):
        of[account.rep].append(number)
    for month in MONTHS:
        days = selling_days(month)
        for rep in range(len(REPS)):
            for n in np.flatnonzero(rng.random(len(days)) < _ROUTINE):
                mine = [c for c in of[rep] if customers[c].created < days[n]]
                if not mine or _absent(rep, days[n]):
                    continue
                customer = mine[int(rng.integers(len(mine)))]
                new = customers[customer].kind == POTENTIAL
                odds = (0.42, 0.0, 0.16, 0.42) if new else (0.0, 0.46, 0.2, 0.34)
                kind = pick(rng, odds)
                yield _happened(rng, days[n], rep, kind, customer, -1)


def _happened(
    rng: np.random.Generator,
    day: date,
    rep: int,
    kind: int,
    customer: int,
    deal: int,
    *,
    sure: bool = False,
) -> Activity:
    """Return the outcome, as known today, of something planned for `day`."""
    minutes = int(_MINUTES[kind] * rng.uniform(0.6, 1.6))
    cost = int(_COSTS[kind] * rng.uniform(0.5, 1.7)) if kind in (*VISITS, DEMO) else 0
    if day > TODAY:
        return Activity(day, None, PLANNED, rep, kind, customer, deal, 0, 0)
    missed = 0.07
    if is_weak(rep, month_of(day)) and kind in VISITS:
        missed = 0.68
    if _absent(rep, day):
        missed = 1.0
    if rng.random() < missed and not sure:
        status = CANCELLED if rng.random() < 0.6 or _absent(rep, day) else PLANNED
        return Activity(day, None, status, rep, kind, customer, deal, 0, 0)
    late = int(rng.random() < 0.12)
    done = min(working(day + timedelta(days=late)), TODAY)
    return Activity(day, done, DONE, rep, kind, customer, deal, minutes, cost)


def _absent(rep: int, day: date) -> bool:
    leave = leave_of(rep)
    if leave and leave[0] <= day <= leave[1]:
        return True
    return REPS[rep] == STORIES.ramping_rep and day < _HIRED


def _note_last(entries: Sequence[Activity], deals: Sequence[Deal]) -> None:
    """Return the last activity of each deal on both days; none for a deal without one."""
    by_number = {deal.number: deal for deal in deals}
    for entry in entries:
        if entry.done is None or entry.deal < 0:
            continue
        known = by_number[entry.deal].last_activity
        for day in (LAST_EXPORT, TODAY):
            if entry.done <= day:
                known[day] = max(known.get(day, entry.done), entry.done)
