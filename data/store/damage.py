"""Set a damaged database aside, so that the server goes on with a backup or an empty one.

    >>> set_aside(None, date(2026, 3, 10))  # doctest: +SKIP
    PosixPath('var/yuepan.damaged-2026-03-10-1.duckdb')

Nothing is deleted: the damaged file keeps its place beside the database, under another name.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.store import database, database_file, engine, file_lock
from data.store.database import Store
from domain.errors import StoreError


def set_aside(damaged: Store | None, day: date, by: Path | None = None) -> Path | None:
    """Move the damaged database away and open `by` in its place, or an empty one.

    `damaged` is the store in which the damage was met, None where the file did not open. Return
    where the damaged file is now, or None where somebody else has set it aside already. Raises
    StoreError where the new one cannot be opened; then the damaged file is back in its place.
    """
    path = damaged.path if damaged else database_file.default_path().resolve()
    if not _is_still_damaged(damaged, path):
        return None
    if damaged:
        damaged.close()
    aside = database_file.unused_path(path, f"damaged-{day}")
    with engine.telling(path):
        held = file_lock.hold(path)
        try:
            database_file.move(path, aside)
        finally:
            held.release()
        try:
            if by:
                database_file.move(by, path)
            database.opened(path)
        except BaseException:
            database_file.move(aside, path)
            raise
    return aside


def _is_still_damaged(damaged: Store | None, path: Path) -> bool:
    try:
        return database.opened(path) is damaged
    except StoreError as error:
        if error.code != "damaged_store":
            raise
        return True
