"""Explain the change from one figure to another in bars that add up exactly.

    >>> bridge = price_volume_mix(products_of_last_month, products_of_this_month)
    >>> bridge.bars         # label, value: price, volume, mix, new, lost, other
    >>> bridge.parts        # label, name, value: the same by product

    price   = Σ (p₁ − p₀) · q₁
    volume  = (Q₁ − Q₀) · P̄₀,  P̄₀ = R₀ ÷ Q₀
    mix     = Σ q₁ · p₀ − Q₁ · P̄₀

over the products sold in both periods. Bars are computed in fractions, rounded
to four decimals, and what rounding leaves over goes to the largest bar: the
bars sum to end − start to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd

BARS = ("label", "value")
PARTS = ("label", "name", "value")

_TEN_THOUSANDTH = Decimal("0.0001")
_NOTHING = Decimal(0)

_Key = tuple[str, str | None]
_Values = Mapping[_Key, Fraction]


@dataclass(frozen=True)
class Bridge:
    """A change: `start` to `end`; `bars` (label, value) sum to end − start, `parts` to the bars.

    `parts` has a row a label and name, None for what has no name; it is empty
    where a bridge has no finer level.
    """

    start: Decimal
    end: Decimal
    bars: pd.DataFrame
    parts: pd.DataFrame


def price_volume_mix(before: pd.DataFrame, after: pd.DataFrame) -> Bridge:
    """Split a change into price, volume, mix, new and lost products, and "other".

    Both frames are `actual.by(scope, "product", …)`: product, value, quantity.
    "other" is what products without a positive quantity or a name changed:
    they have no price to speak of.
    """
    then, now = _by_name(before), _by_name(after)
    both = [name for name in then if name in now and _priced(name, then, now)]
    q0 = sum((then[name].quantity for name in both), Fraction(0))
    r0 = sum((then[name].value for name in both), Fraction(0))
    mean = r0 / q0 if q0 else Fraction(0)
    effects: dict[_Key, Fraction] = {}
    for name in both:
        old, new = then[name], now[name]
        price = old.value / old.quantity
        more = new.quantity - old.quantity
        effects["price", name] = new.value - price * new.quantity
        effects["volume", name] = more * mean
        effects["mix", name] = more * (price - mean)
    for name in {**then, **now}:
        if name not in both:
            effects[_alone(name, then, now), name] = _of(now, name) - _of(then, name)
    order = ("price", "volume", "mix", "new", "lost", "other")
    return _bridge(_total(then), _total(now), effects, order)


def customers(
    before: pd.DataFrame, after: pd.DataFrame, known: frozenset[str] | None = None
) -> Bridge:
    """Split a change into new, back, grown, shrunk and lost customers.

    "other" holds orders without a customer.

    Both frames are `actual.by(scope, "customer", …)`. `known` are the customers
    who bought at any time before `after` begins: those of them who did not buy
    in `before` are "back", the others "new". Without it all are "new".
    """
    then, now = _by_name(before), _by_name(after)
    changes: dict[_Key, Fraction] = {}
    for name in {**then, **now}:
        change = _of(now, name) - _of(then, name)
        if name is None:
            label = "other"
        elif name not in then:
            label = "back" if name in (known or ()) else "new"
        elif name not in now:
            label = "lost"
        else:
            label = "grown" if change >= 0 else "shrunk"
        changes[label, name] = change
    order = ("new", "back", "grown", "shrunk", "lost", "other")
    return _bridge(_total(then), _total(now), changes, order)


def in_cents(bridge: Bridge) -> list[Decimal]:
    """Return the bars to the cent so that the start to the cent and they make the end to the cent.

    Each bar is the difference of two running totals: a rounded bar may be a cent off, their
    sum is not.
    """
    running, reached, parts = Decimal(bridge.start), _cents(bridge.start), []
    for value in bridge.bars["value"]:
        running += Decimal(value)
        parts.append(_cents(running) - reached)
        reached = _cents(running)
    return parts


def _cents(value: Decimal) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def exactly(values: Mapping[str, Fraction], change: Decimal) -> dict[str, Decimal]:
    """Round `values` to four decimals.

    The largest takes what is missing for them to sum to `change`.
    """
    rounded = {label: _rounded(value) for label, value in values.items()}
    if rounded:
        largest = max(rounded, key=lambda label: abs(rounded[label]))
        rounded[largest] += change - sum(rounded.values(), _NOTHING)
    return rounded


@dataclass(frozen=True)
class _Sold:
    value: Fraction
    quantity: Fraction


_Sales = dict[str | None, _Sold]


def _by_name(frame: pd.DataFrame) -> _Sales:
    sales: _Sales = {}
    quantities = frame["quantity"] if "quantity" in frame else [None] * len(frame)
    for name, value, quantity in zip(frame.iloc[:, 0], frame["value"], quantities, strict=True):
        key = None if pd.isna(name) else str(name)
        if key in sales:
            raise ValueError(f"{key!r} comes twice: sum it before the bridge")
        sales[key] = _Sold(_fraction(value), _fraction(quantity))
    return sales


def _fraction(value: object) -> Fraction:
    return Fraction(0) if value is None or value != value else Fraction(str(value))


def _priced(name: str | None, then: _Sales, now: _Sales) -> bool:
    return name is not None and then[name].quantity > 0 and now[name].quantity > 0


def _alone(name: str | None, then: _Sales, now: _Sales) -> str:
    if name is None or (name in then and name in now):
        return "other"
    return "new" if name in now else "lost"


def _of(sales: _Sales, name: str | None) -> Fraction:
    return sales[name].value if name in sales else Fraction(0)


def _total(sales: _Sales) -> Decimal:
    whole = sum((sold.value for sold in sales.values()), Fraction(0))
    return _rounded(whole)


def _rounded(value: Fraction) -> Decimal:
    return Decimal(round(value * 10_000)) * _TEN_THOUSANDTH


def _bridge(start: Decimal, end: Decimal, parts: _Values, order: tuple[str, ...]) -> Bridge:
    sums = dict.fromkeys(order, Fraction(0))
    for (label, _), value in parts.items():
        sums[label] += value
    used = {label for label, _ in parts}
    bars = exactly({label: sums[label] for label in order if label in used}, end - start)
    rows: list[tuple[str, str | None, Decimal]] = []
    for label, bar in bars.items():
        names = [name for part_label, name in parts if part_label == label]
        inner = exactly({str(at): parts[label, name] for at, name in enumerate(names)}, bar)
        rounded = zip(names, inner.values(), strict=True)
        rows += sorted(((label, name, value) for name, value in rounded), key=_largest_first)
    frame = pd.DataFrame(list(bars.items()), columns=list(BARS), dtype=object)
    return Bridge(start, end, frame, pd.DataFrame(rows, columns=list(PARTS), dtype=object))


def _largest_first(row: tuple[str, str | None, Decimal]) -> Decimal:
    return -abs(row[2])
