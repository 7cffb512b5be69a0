"""The four hundred customers: who they are, whose they are, and how often they buy.

>>> len(customers(np.random.default_rng(1)))
400
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data.sample.names import (
    CITIES,
    INDUSTRIES,
    KEY,
    ORDINARY,
    PARTNERS,
    POTENTIAL,
    REPS,
    SYLLABLES,
    TRADES,
    Words,
)
from data.sample.plan import region_of

COUNT = 400
_KEYS, _ORDINARIES = 48, 200
_DEALER_SHARES = {KEY: 0.2, ORDINARY: 0.34, POTENTIAL: 0.3}


@dataclass(frozen=True)
class Customer:
    """An account; `partner` is the dealer who serves it, None where the company does."""

    name: Words
    kind: int
    rep: int
    region: int
    industry: int
    created: date
    partner: int | None
    weight: float


def customers(rng: np.random.Generator) -> list[Customer]:
    """Return all customers, each rep's in turn, so that every rep has some of every class."""
    kinds = [KEY] * _KEYS + [ORDINARY] * _ORDINARIES + [POTENTIAL] * (COUNT - _KEYS - _ORDINARIES)
    pairs = [(a, b) for a in SYLLABLES for b in SYLLABLES if a is not b]
    chosen = rng.permutation(len(pairs))
    accounts = []
    for n, kind in enumerate(kinds):
        rep = n % len(REPS)
        accounts.append(_customer(rng, pairs[chosen[n]], kind, rep, n))
    return accounts


def _customer(
    rng: np.random.Generator, pair: tuple[Words, Words], kind: int, rep: int, number: int
) -> Customer:
    region, industry = region_of(rep), int(rng.integers(len(INDUSTRIES)))
    city = CITIES[region][int(rng.integers(4))]
    first, last = {
        KEY: (date(2019, 1, 7), date(2023, 12, 1)),
        ORDINARY: (date(2020, 3, 2), date(2024, 9, 1)),
        POTENTIAL: (date(2024, 5, 6), date(2026, 5, 20)),
    }[kind]
    created = first + timedelta(days=int(rng.integers((last - first).days)))
    dealt = rng.random() < _DEALER_SHARES[kind]
    weight = {KEY: 5.0, ORDINARY: 1.0, POTENTIAL: 0.07}[kind] * float(rng.lognormal(0, 0.45))
    return Customer(
        name=_name(city, pair, industry),
        kind=kind,
        rep=rep,
        region=region,
        industry=industry,
        created=created,
        partner=number * 7 % len(PARTNERS) if dealt else None,
        weight=weight,
    )


def _name(city: Words, pair: tuple[Words, Words], industry: int) -> Words:
    first, second = pair
    trade = TRADES[industry]
    return (
        f"{city[0]}{first[0]}{second[0]}{trade[0]}有限公司",
        f"{city[1]} {first[1].capitalize()}{second[1]} {trade[1]} Co., Ltd.",
    )
