"""What the user has chosen, kept in the database file.

    >>> setting(store, "currency")
    'CNY'
    >>> choose(store, "currency", "USD")

One row of `SETTINGS` a setting. A value that an old file brings and that is not
among the choices is read as the default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.store.database import Store
from domain.scope import SOURCES
from domain.tables import N_


@dataclass(frozen=True)
class Setting:
    """One setting: its name, its default, the values it may have (none: any text)."""

    name: str
    label: str
    default: str | None
    choices: tuple[str, ...] = ()


# Countries whose holidays are known, the most asked for first; "ALL" sells seven days a week.
COUNTRIES = (
    "CN", "US", "GB", "DE", "BR", "IN",
    "AT", "AU", "BE", "CA", "CH", "CZ", "DK", "ES", "FI", "FR", "HK", "HU", "ID", "IE", "IT", "JP",
    "KR", "MX", "MY", "NL", "NO", "NZ", "PH", "PL", "PT", "RO", "SE", "SG", "TH", "TR", "VN", "ZA",
    "ALL",
)  # fmt: skip

SETTINGS: tuple[Setting, ...] = (
    Setting("language", N_("Default language"), None, ("zh", "en")),
    Setting("currency", N_("Reporting currency"), "CNY"),
    Setting("units", N_("Number units"), "auto", ("auto", "wan", "k")),
    Setting("actual", N_("Actuals from"), None, SOURCES),
    Setting("selling_days", N_("Selling days"), "CN", COUNTRIES),
    Setting("fiscal_year", N_("Fiscal year starts in"), "1", tuple(map(str, range(1, 13)))),
    Setting("week_start", N_("Week starts on"), "monday", ("monday", "sunday")),
    # The last one that the files page offered and the user did not want.
    Setting("currency_refused", N_("Currency to stop asking about"), None),
    Setting("who", N_("Your name"), None),
)

_BY_NAME = {one.name: one for one in SETTINGS}


def setting(store: Store, name: str) -> str | None:
    """The value in force; raises KeyError for a name that is not in `SETTINGS`."""
    return in_force(store)[_BY_NAME[name].name]


def in_force(store: Store) -> dict[str, str | None]:
    """The value of every setting."""
    chosen = dict(store.rows("SELECT name, value FROM settings"))
    return {one.name: _read(one, chosen.get(one.name)) for one in SETTINGS}


def is_chosen(store: Store, name: str) -> bool:
    """Whether anybody has chosen it; else its default is in force."""
    kept = store.rows("SELECT value FROM settings WHERE name = ?", [_BY_NAME[name].name])
    return any(json.loads(value) is not None for (value,) in kept)


def choose(store: Store, name: str, value: str | None) -> None:
    """Keep a choice; None goes back to the default. Figures depend on settings: versions rise."""
    one = _BY_NAME[name]
    if one.choices and value is not None and value not in one.choices:
        raise ValueError(f"{name} cannot be {value!r}")
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, current_localtimestamp())",
            [name, json.dumps(value)],
        )


def changed_days(store: Store) -> dict[date, bool]:
    """day → whether it is sold on, for the days on which the user differs from the calendar."""
    return dict(store.rows("SELECT day, selling FROM calendar_days ORDER BY day"))


def change_days(store: Store, days: Mapping[date, bool | None]) -> None:
    """Say of single days whether they are sold on; None goes back to the calendar's own word."""
    with store.writing("facts") as cursor:
        for day, selling in days.items():
            cursor.execute("DELETE FROM calendar_days WHERE day = ?", [day])
            if selling is not None:
                cursor.execute("INSERT INTO calendar_days VALUES (?, ?, NULL)", [day, selling])


def _read(one: Setting, kept: str | None) -> str | None:
    value = json.loads(kept) if kept is not None else None
    if value is None or (one.choices and value not in one.choices):
        return one.default
    return str(value)
