"""Settings, saved in the database file.

    >>> setting(store, "currency")
    'CNY'
    >>> choose(store, "currency", "USD")

`SETTINGS` has a row per setting. A value from an old file that is no longer among
the choices reads as the default.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from data.store.database import Cursor, Store
from domain.scope import SOURCES
from domain.tables import N_


@dataclass(frozen=True)
class Setting:
    """A setting with its default and the values it may have (none: any text)."""

    name: str
    label: str
    default: str | None
    choices: tuple[str, ...] = ()


# Countries with a holiday calendar, the most used first; "ALL" sells seven days a week.
COUNTRIES = (
    "CN", "US", "GB", "DE", "BR", "IN",
    "AT", "AU", "BE", "CA", "CH", "CZ", "DK", "ES", "FI", "FR", "HK", "HU", "ID", "IE", "IT", "JP",
    "KR", "MX", "MY", "NL", "NO", "NZ", "PH", "PL", "PT", "RO", "SE", "SG", "TH", "TR", "VN", "ZA",
    "ALL",
)  # fmt: skip

ZONES = tuple(sorted(available_timezones()))

SETTINGS: tuple[Setting, ...] = (
    Setting("language", N_("Default language"), None, ("zh", "en")),
    Setting("currency", N_("Reporting currency"), "CNY"),
    Setting("units", N_("Number units"), "auto", ("auto", "wan", "k")),
    Setting("actual", N_("Actuals from"), None, SOURCES),
    Setting("selling_days", N_("Selling days"), "CN", COUNTRIES),
    # None asks where it matters: of moments in universal time.
    Setting("time_zone", N_("Time zone"), None, ZONES),
    Setting("fiscal_year", N_("Fiscal year starts in"), "1", tuple(map(str, range(1, 13)))),
    Setting("week_start", N_("Week starts on"), "monday", ("monday", "sunday")),
    # The last currency that the Files page suggested and the user declined.
    Setting("currency_refused", N_("Currency to stop asking about"), None),
    Setting("who", N_("Your name"), None),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def setting(store: Store, name: str) -> str | None:
    """Return the value in force. Raises KeyError for a name that is not in `SETTINGS`."""
    return in_force(store)[_BY_NAME[name].name]


def in_force(store: Store) -> dict[str, str | None]:
    """Return the value in force of every setting."""
    saved = dict(store.rows("SELECT name, value FROM settings"))
    return {setting.name: _read(setting, saved.get(setting.name)) for setting in SETTINGS}


def while_writing(cursor: Cursor, name: str) -> str | None:
    """Return the value in force, as a transaction that is under way sees it."""
    saved = cursor.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchall()
    return _read(_BY_NAME[name], saved[0][0] if saved else None)


def is_chosen(store: Store, name: str) -> bool:
    """Whether somebody has chosen a value; otherwise the default is in force."""
    saved = store.rows("SELECT value FROM settings WHERE name = ?", [_BY_NAME[name].name])
    return any(json.loads(value) is not None for (value,) in saved)


def choose(store: Store, name: str, value: str | None) -> None:
    """Save a choice; None restores the default. Figures depend on it: the facts change."""
    choices = _BY_NAME[name].choices
    if choices and value is not None and value not in choices:
        raise ValueError(f"{name} cannot be {value!r}")
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, current_localtimestamp())",
            [name, json.dumps(value)],
        )


def changed_days(store: Store) -> dict[date, bool]:
    """Return day → whether it is a selling day, for days the user has changed."""
    return dict(store.rows("SELECT day, selling FROM calendar_days ORDER BY day"))


def change_days(store: Store, days: Mapping[date, bool | None]) -> None:
    """Set whether single days are selling days; None restores the country's calendar."""
    with store.writing("facts") as cursor:
        for day, selling in days.items():
            cursor.execute("DELETE FROM calendar_days WHERE day = ?", [day])
            if selling is not None:
                cursor.execute("INSERT INTO calendar_days VALUES (?, ?, NULL)", [day, selling])


def _read(setting: Setting, saved: str | None) -> str | None:
    value = json.loads(saved) if saved is not None else None
    if value is None or (setting.choices and value not in setting.choices):
        return setting.default
    return str(value)
