"""SQL fragments shared by the statements on facts."""

from __future__ import annotations

from collections.abc import Iterable

from domain.tables import Table


def column_list(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def same_key(one: Table, present: Iterable[str], left: str = "here") -> str:
    """SQL: the same key on both sides; a blank part equals a blank part."""
    here = set(present)
    return " AND ".join(
        f'{left}."{key}" IS NOT DISTINCT FROM arrived."{key}"'
        if key in here
        else f'{left}."{key}" IS NULL'
        for key in one.key
    )
