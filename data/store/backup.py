"""Save the whole database as one file, and restore it.

>>> content = saved(store)
>>> inside = look_into(content)
>>> inside.rows["orders"], inside.newest_import
>>> restore(store, content)
"""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.store import engine, migrations
from data.store.database import Cursor, Store
from domain.errors import StoreError
from domain.tables import TABLES


@dataclass(frozen=True)
class Contents:
    """A backup's contents: rows by table, imports, targets typed by hand, the newest import."""

    rows: dict[str, int]
    imports: int
    targets: int
    newest_import: datetime | None


def saved(store: Store) -> bytes:
    """Return the whole database as the bytes of a file that `restore` accepts."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "yuepan.duckdb"
        store.copy(copy)
        return copy.read_bytes()


def look_into(content: bytes) -> Contents:
    """Describe a backup without changing anything.

    Raises StoreError: not_a_backup, newer_version.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _written(content, Path(folder))
        with engine.reading(path) as cursor:
            return _contents(cursor)


def restore(store: Store, content: bytes) -> Path:
    """Replace the database by the backup; return the path where the old file is kept.

    Other sessions wait meanwhile and go on with the restored data. Raises StoreError
    as `look_into` does; then nothing has changed.
    """
    look_into(content)
    file = _written(content, store.path.parent)
    try:
        return store.replace_file(file)
    finally:
        file.unlink(missing_ok=True)


def _written(content: bytes, folder: Path) -> Path:
    path = folder / f"{uuid.uuid4().hex}.duckdb"
    with engine.telling(path):
        try:
            path.write_bytes(content)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    return path


def _contents(cursor: Cursor) -> Contents:
    names = {
        name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    }
    if not {"imports", "versions", "migrations"} <= names:
        raise StoreError("not_a_backup")
    migrations.pending(cursor)
    ((imports, newest),) = cursor.execute(
        "SELECT count(*) FILTER (WHERE status = 'active'), max(imported_at) FROM imports"
    ).fetchall()
    ((targets,),) = cursor.execute("SELECT count(*) FROM plan_targets").fetchall()
    rows = {
        table.name: cursor.execute(f'SELECT count(*) FROM "{table.name}"').fetchall()[0][0]  # noqa: S608
        for table in TABLES
        if table.name in names
    }
    return Contents(rows, imports, targets, newest)
