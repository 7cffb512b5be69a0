"""Get from the store what other records have a number, and which lists were told apart.

>>> others_in_store(store, "orders", own_import=None).ids    # doctest: +SKIP
['1001', '1002', '1001 · shopb']
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from data.cleaning.apart import BETWEEN
from data.staging.known_records import Records, in_store
from data.staging.number_ways import COMPARED, NEWER
from data.store.database import Store


class Kept(NamedTuple):
    """A list whose numbers were kept apart: the way, its file and sheet."""

    way: str
    file: str
    sheet: str


class Others(NamedTuple):
    """Other records: their numbers, what is known of some, and the lists that they came in."""

    ids: pa.Array
    records: Callable[[list[str]], Records]
    lists: Callable[[list[str]], list[tuple[str, str]]]
    days: Callable[[], tuple[date | None, date | None]]


def kept_apart(store: Store, name: str) -> list[Kept]:
    """Return the lists whose numbers were kept apart, the newest first."""
    key = f"{COMPARED[name].key}/reused"
    rows = store.rows(
        "SELECT answers, file, sheet FROM imports WHERE table_name = ? AND status = 'active' "
        "AND contains(answers, ?) ORDER BY import_id DESC",
        [name, key],
    )
    ways = [(json.loads(answers).get(key, NEWER), file, sheet) for answers, file, sheet in rows]
    return [Kept(*list_) for list_ in dict.fromkeys(ways) if list_[0] != NEWER]


def others_in_store(store: Store, name: str, own_import: int | None) -> Others:
    columns = COMPARED[name]
    # Names of our own; values are parameters.
    mine = f'FROM "{name}" WHERE "{columns.key}" IS NOT NULL AND import_id IS DISTINCT FROM ?'
    found = store.table(
        f'SELECT DISTINCT "{columns.key}" AS id {mine} AND NOT starts_with("{columns.key}", ?)',
        [own_import, "row:"],
    )

    def lists(ids: list[str]) -> list[tuple[str, str]]:
        return [
            (file, sheet)
            for file, sheet in store.rows(
                "SELECT DISTINCT file, sheet FROM imports WHERE import_id IN ("  # noqa: S608
                f'SELECT import_id {mine} AND "{columns.key}" IN (SELECT unnest(?::VARCHAR[])))',
                [own_import, ids],
            )
        ]

    def days() -> tuple[date | None, date | None]:
        """Return the first and the last day of the numbers that are not told apart."""
        day = f'"{columns.day}"'
        ((first, last),) = store.rows(
            f'SELECT min({day}), max({day}) {mine} AND NOT contains("{columns.key}", ?)',
            [own_import, BETWEEN],
        )
        return first, last

    ids = found["id"].combine_chunks()
    return Others(ids, lambda ids: in_store(store, name, ids, own_import), lists, days)
