"""What the user has chosen, kept in the database file.

    >>> setting(store, "currency")
    'CNY'
    >>> choose(store, "currency", "USD")

One row of `SETTINGS` a setting. A value that a link or an old file brings and
that is not among the choices is read as the default.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from data.store import Store
from domain.scope import SOURCES
from domain.tables import N_


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default, the values it may have (none: any text)."""

    name: str
    label: str
    default: str | None
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting("currency", N_("Reporting currency"), "CNY"),
    Setting("actual", N_("What counts as the actual"), None, SOURCES),
    Setting("selling_days", N_("Selling days"), "CN", ("CN", "US", "GB", "DE", "BR", "IN", "ALL")),
)

_BY_NAME = {one.name: one for one in SETTINGS}


def setting(store: Store, name: str) -> str | None:
    """The value in force; raises KeyError for a name that is not in `SETTINGS`."""
    one = _BY_NAME[name]
    found = store.rows("SELECT value FROM settings WHERE name = ?", [name])
    value = json.loads(found[0][0]) if found else one.default
    return one.default if one.choices and value not in one.choices else value


def choose(store: Store, name: str, value: str | None) -> None:
    """Keep a choice. Figures depend on settings, so the facts' version rises."""
    one = _BY_NAME[name]
    if one.choices and value is not None and value not in one.choices:
        raise ValueError(f"{name} cannot be {value!r}")
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, current_localtimestamp())",
            [name, json.dumps(value)],
        )
