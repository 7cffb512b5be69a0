"""The days a list without keys covers: which of its rows a newer file replaces."""

from __future__ import annotations

# Table → the column without which a row has no key, and the dates that place it in time.
_KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "orders": ("order_id", ("order_date",)),
    "contracts": ("contract_id", ("signed_date", "start_date")),
    "payments": ("payment_id", ("payment_date",)),
    "leads": ("lead_id", ("created_date",)),
    "activities": ("activity_id", ("activity_date", "planned_date")),
}
KEYLESS = frozenset(_KEYS)


def dates_of(name: str) -> tuple[str, ...]:
    """The columns that place a row without a key in time, the first that is filled counting."""
    return _KEYS[name][1]


def is_keyless(name: str | None, mapping: dict[str, int]) -> bool:
    """Whether rows of this table, with these columns, have nothing to be told apart by."""
    return name in _KEYS and _KEYS[name][0] not in mapping


def within(name: str, side: str = "here") -> str:
    """SQL: a row lies within ? .. ? (first day, first day again, last day), or has no date."""
    day = f"coalesce({', '.join(f'{side}.{one}' for one in dates_of(name))})"
    return f"(CAST(? AS DATE) IS NULL OR {day} IS NULL OR {day}::DATE BETWEEN ? AND ?)"
