"""Open DuckDB files: ours for writing, others read-only, neither able to reach further files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.store import database_file, migrations
from data.store.failures import failure
from domain.errors import StoreError

# Nothing in a file may make the engine read or fetch another one.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Row groups are written as soon as they are full: less memory, and no wait at the end.
    "write_buffer_row_group_count": 1,
}


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database file for writing, making it where there is none.

    Raises StoreError: held_by_another, folder_read_only, disk_full, damaged_store.
    """
    try:
        return duckdb.connect(str(path), config=_CONFIG)
    except duckdb.Error as error:
        raise failure(error, path) or StoreError("damaged_store", path=path.name) from error


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Raise StoreError instead of what the engine or the system says of the disk or the file."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        if (told := failure(error, path)) is None:
            raise
        raise told from error


def copy_before_migrating(path: Path) -> None:
    """Back up a file that is about to be migrated.

    The copy is made before the engine opens the file for writing: a copy of an
    open file is no backup.
    """
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True, config=_CONFIG) as connection:
            waiting = migrations.pending(connection)
    except duckdb.Error:
        return  # Opening it for writing fails with the right error.
    if waiting:
        copy = path.with_name(f"{path.stem}.before-{waiting[0]}{path.suffix}")
        database_file.copy(path, copy)
