"""Everything in one file, and back from it.

>>> content = saved(store)
>>> inside = look_into(content)
>>> inside.rows["orders"], inside.newest_import
>>> restore(store, content)
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.store import migrations
from data.store.database import Store, reading, replaced
from domain.errors import StoreError
from domain.tables import TABLES

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Contents:
    """What a backup holds: rows by table, imports and typed targets, the newest import."""

    rows: dict[str, int]
    imports: int
    targets: int
    newest_import: datetime | None


def saved(store: Store) -> bytes:
    """The whole database as bytes: a file that `restore` takes back."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "yuepan.duckdb"
        store.copy(copy)
        return copy.read_bytes()


def look_into(content: bytes) -> Contents:
    """What is inside a backup, without touching anything.

    Raises StoreError: not_a_backup, newer_version.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _written(content, Path(folder))
        with reading(path) as cursor:
            return _contents(cursor)


def restore(store: Store, content: bytes) -> Path:
    """Put the backup in the place of the present database; where the old file is kept.

    Raises StoreError as `look_into`; then nothing has changed.
    """
    look_into(content)
    arrived = _written(content, store.path.parent)
    try:
        _store, kept = replaced(store, arrived)
    finally:
        arrived.unlink(missing_ok=True)
    return kept


def _written(content: bytes, folder: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".duckdb", delete=False) as file:
        file.write(content)
    return Path(file.name)


def _contents(cursor: duckdb.DuckDBPyConnection) -> Contents:
    known = {
        name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    if not {"imports", "versions", "migrations"} <= known:
        raise StoreError("not_a_backup")
    migrations.pending(cursor)
    ((imports, newest),) = cursor.execute(
        "SELECT count(*) FILTER (WHERE status = 'active'), max(imported_at) FROM imports"
    ).fetchall()
    ((targets,),) = cursor.execute("SELECT count(*) FROM plan_targets").fetchall()
    rows = {
        one.name: cursor.execute(f'SELECT count(*) FROM "{one.name}"').fetchall()[0][0]  # noqa: S608
        for one in TABLES
        if one.name in known
    }
    return Contents(rows, imports, targets, newest)
