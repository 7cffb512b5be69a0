"""The settings that pages obey, and the default of each."""

from __future__ import annotations

from typing import Any

from data.store import rates
from data.store import settings as chosen
from pages.kit.queries.cache import cached, store


def setting(name: str) -> Any:
    """Return a setting in force; see `data.store.settings`."""
    return settings()[name]


@cached("facts")
def settings() -> dict[str, str | None]:
    """Return every setting in force."""
    return chosen.in_force(store())


@cached("facts")
def converts() -> bool:
    """Return whether the company has exchange rates."""
    return rates.has_rates(store())
