"""Find the import of a sheet that stands, and how the sheet was read for it.

>>> before(store.rows, draft.content, "", "orders")              # doctest: +SKIP
Before(import_id=3, day=date(2026, 3, 2), mapping={'amount': 1}, answers={}, choices={})
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.store.database import Cursor
from data.values.header_text import shape

# How the names of choices about the file itself begin, among the answers of an import.
OF_FILE = "file/"
# And how those of what the file stated when it was asked about: the unit in its title.
STATED = "stated/"
UNIT = f"{STATED}unit"

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Before:
    """The import of the same sheet that stands: its number and day, and how it was read.

    `choices` are what people chose of the file itself: its encoding, its header.
    """

    import_id: int
    day: date
    mapping: dict[str, int]
    answers: dict[str, str]
    choices: dict[str, str] = field(default_factory=dict)


def before(rows: Rows, content: str, sheet: str, table: str | None) -> Before | None:
    """Return the last standing import of this very sheet as this table, if there is one.

    `rows` queries the store, or a transaction of it.
    """
    return all_before(rows, [content]).get((content, sheet, table or ""))


def all_before(rows: Rows, contents: Sequence[str]) -> dict[tuple[str, str, str], Before]:
    """Return the last standing imports of files, by the hash of the file, sheet and table."""
    imports = rows(
        "SELECT content, sheet, table_name, import_id, CAST(imported_at AS DATE), mapping, answers "
        "FROM imports WHERE status = 'active' AND content IN (SELECT unnest($1::VARCHAR[])) "
        "ORDER BY import_id",
        [list(contents)],
    )
    return {
        (content, sheet, table): Before(
            import_id, day, json.loads(mapping), *split(json.loads(answers))
        )
        for content, sheet, table, import_id, day, mapping, answers in imports
    }


def split(answers: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Split what an import was told into answers to questions and choices about the file."""
    of_file = {name: answer for name, answer in answers.items() if name.startswith(OF_FILE)}
    kept = (OF_FILE, STATED)
    return {name: said for name, said in answers.items() if not name.startswith(kept)}, of_file


def remember(
    cursor: Cursor, import_id: int, header: Sequence[str], mapping: Mapping[str, int]
) -> None:
    """Keep how the import read its sheet, for the next sheet with such a header.

    `mapping` is that of the header: a column that was set aside for what it held in this sheet
    alone is in it.
    """
    cursor.execute(
        "INSERT OR REPLACE INTO mappings (shape, table_name, mapping, answers, saved_at) "
        "SELECT ?, table_name, ?, answers, imported_at FROM imports WHERE import_id = ?",
        [shape(header), json.dumps(mapping), import_id],
    )


def are_known(rows: Rows, table: str) -> bool:
    """Return whether any record of a table is known."""
    return bool(rows(f'SELECT 1 FROM "{table}" LIMIT 1', []))
