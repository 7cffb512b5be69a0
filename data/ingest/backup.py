"""Save the whole database as one file, and restore it.

>>> content = saved(store)
>>> inside = look_into(content)
>>> inside.rows["orders"], inside.newest_import
>>> restore(store, content)
"""

from __future__ import annotations

import tempfile
import uuid
from datetime import date
from pathlib import Path

from data.jobs import sandbox
from data.store import damage, engine
from data.store.backup_check import Contents
from data.store.database import Store
from data.store.database_file import default_path

# A backup of 10 million rows is read in a fraction of this.
_SECONDS, _MEGABYTES = 120, 1500


def saved(store: Store) -> bytes:
    """Return the whole database as the bytes of a file that `restore` accepts."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "yuepan.duckdb"
        store.copy(copy)
        return copy.read_bytes()


def look_into(content: bytes) -> Contents:
    """Describe a backup without changing anything.

    A child process with limits reads it whole, since a file can be made to harm who opens it.
    Raises StoreError: not_a_backup, altered_backup, newer_version, disk_full; and FileError:
    timed_out, out_of_memory, reader_failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _written(content, Path(folder))
        inside = sandbox.run(
            "data.store.backup_check:look_into",
            path,
            seconds=_SECONDS,
            megabytes=_MEGABYTES,
            again=True,
        )
        assert isinstance(inside, Contents)
        return inside


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


def set_aside(damaged: Store | None, day: date, content: bytes | None = None) -> Path | None:
    """Set a damaged database aside for the backup, or for an empty one where there is none.

    Return where the damaged file is now, or None where somebody else has set it aside already.
    Raises StoreError as `look_into` does; then nothing has changed.
    """
    if content is None:
        return damage.set_aside(damaged, day)
    look_into(content)
    file = _written(content, default_path().resolve().parent)
    try:
        return damage.set_aside(damaged, day, by=file)
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
