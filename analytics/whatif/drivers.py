"""Describe the drivers of a what-if scenario, and write them to a link.

    >>> moved = moved_to(Drivers(), "win_rate", 1.1)
    >>> to_link(moved)
    {'win_rate': '1.1'}
    >>> from_link({"win_rate": "1.1"}) == moved
    True

Every driver is a factor on what the data say: 1.0 leaves it as it is, 1.1 is a
tenth more. Ids are the driver's name, "stage:<stage>" for the conversion out of
a stage, "budget:<channel>" for the money of a channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import isfinite
from typing import Any

from domain.errors import FilterError

UNCHANGED = 1.0
STAGE, BUDGET = "stage:", "budget:"

# No slider goes further than this; a link that does is refused.
HIGHEST = 10.0


@dataclass(frozen=True)
class Drivers:
    """One scenario. `stages` and `budget` hold only what is moved, by name."""

    leads: float = UNCHANGED
    win_rate: float = UNCHANGED
    deal_size: float = UNCHANGED
    price: float = UNCHANGED
    cycle: float = UNCHANGED
    heads: float = UNCHANGED
    stages: tuple[tuple[str, float], ...] = ()
    budget: tuple[tuple[str, float], ...] = ()


PLAIN: tuple[str, ...] = tuple(field.name for field in fields(Drivers) if field.type == "float")


def value_of(drivers: Drivers, driver: str) -> float:
    """Return the factor of a driver.

    Raises FilterError("unknown_filter") for a name that is none.
    """
    if driver in PLAIN:
        return float(getattr(drivers, driver))
    group, name = _group(driver)
    moved: dict[str, float] = dict(getattr(drivers, group))
    return moved.get(name, UNCHANGED)


def moved_to(drivers: Drivers, driver: str, value: float) -> Drivers:
    """Return the same scenario with one driver at `value`; at 1.0 it is unchanged.

    Raises FilterError for a name that is none and for a value that is not
    between 0 and 10 (a cycle of 0 days is none either).
    """
    lowest_ok = value > 0 if driver == "cycle" else value >= 0
    if not (isfinite(value) and lowest_ok and value <= HIGHEST):
        raise FilterError("unknown_filter", name=driver, value=value)
    if driver in PLAIN:
        changed: dict[str, Any] = {driver: value}
        return replace(drivers, **changed)
    group, name = _group(driver)
    others = dict(getattr(drivers, group))
    others.pop(name, None)
    if value != UNCHANGED:
        others[name] = value
    changed = {group: tuple(sorted(others.items()))}
    return replace(drivers, **changed)


def to_link(drivers: Drivers) -> dict[str, str]:
    """Return driver id → factor, only of what is moved.

    What a link holds, whatever the language.
    """
    ids = [*PLAIN, *(STAGE + name for name, _ in drivers.stages)]
    ids += [BUDGET + name for name, _ in drivers.budget]
    values = {driver: value_of(drivers, driver) for driver in ids}
    return {driver: repr(value) for driver, value in values.items() if value != UNCHANGED}


def from_link(link: Mapping[str, str]) -> Drivers:
    """Return the scenario of a link; raises FilterError for what is no driver or no factor."""
    drivers = Drivers()
    for driver, text in link.items():
        try:
            value = float(text)
        except ValueError as error:
            raise FilterError("unknown_filter", name=driver, value=text) from error
        drivers = moved_to(drivers, driver, value)
    return drivers


def _group(driver: str) -> tuple[str, str]:
    for prefix, group in ((STAGE, "stages"), (BUDGET, "budget")):
        # Spend may name no channel; a stage without a name is no stage.
        if driver.startswith(prefix) and (prefix == BUDGET or len(driver) > len(prefix)):
            return group, driver.removeprefix(prefix)
    raise FilterError("unknown_filter", name="driver", value=driver)
