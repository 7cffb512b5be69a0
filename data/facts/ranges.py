"""Tell which days a list without keys covers, so that a newer file can replace them."""

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
    """Return the columns that date a row without a key; the first filled one counts."""
    return _KEYS[name][1]


def is_keyless(name: str | None, mapping: dict[str, int]) -> bool:
    """Return whether rows of this table, with these columns, have no key."""
    return name in _KEYS and _KEYS[name][0] not in mapping


def within(name: str, side: str = "here") -> str:
    """Return SQL: a row lies within ? .. ? (first day, first day, last day), or has no date."""
    day = f"coalesce({', '.join(f'{side}.{column}' for column in dates_of(name))})"
    return f"(CAST(? AS DATE) IS NULL OR {day} IS NULL OR {day}::DATE BETWEEN ? AND ?)"
