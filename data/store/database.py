"""The only door to DuckDB: one file, one connection, a cursor a call.

    >>> store = opened(Path("var/yuepan.duckdb"))  # doctest: +SKIP
    >>> store.rows("SELECT count(*) FROM orders")
    [(0,)]
    >>> with store.writing("facts") as cursor:
    ...     cursor.execute("DELETE FROM orders")

Streamlit runs every session in a thread of its own. One DuckDB connection
shared by threads gives wrong answers, so nobody but this module ever holds it:
each call takes a cursor, drains its result and closes it.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd
import pyarrow as pa

from data.store import migrations
from domain.errors import StoreError

Part = Literal["facts", "plan"]
Params = Sequence[object] | Mapping[str, object]

# Nothing that comes from a file may make the engine read or fetch another one.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # A group of rows goes to the file as soon as it is full: less memory, and no wait at the end.
    "write_buffer_row_group_count": 1,
}

# How the engine says, on each system, that another process has the file.
_HELD = ("Could not set lock", "being used by another process")

_PATIENCE = 5.0  # seconds

_log = logging.getLogger("yuepan.store")


@dataclass(frozen=True)
class Versions:
    """How often the facts and the plan have changed; part of every cache key."""

    facts: int
    plan: int


class Store:
    """An open database file. Use `opened` to get the one for a path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()
        self._noting = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_a_copy(path)
        self._connection = _connect(path)
        try:
            self._prepare()
        except duckdb.Error as error:
            self._connection.close()
            raise StoreError("damaged_store", path=path.name) from error
        except BaseException:
            self._connection.close()
            raise

    def table(self, sql: str, params: Params = ()) -> pa.Table:
        """The rows of a query as an Arrow table, exact types kept.

        `params` fill `?` in order, or `$name` by name.
        """
        given = dict(params) if isinstance(params, Mapping) else list(params)
        with self._cursor() as cursor:
            return cursor.sql(sql, params=given or None).to_arrow_table()

    def frame(self, sql: str, params: Params = ()) -> pd.DataFrame:
        """The rows of a query as a frame; decimals stay `decimal.Decimal`."""
        frame: pd.DataFrame = self.table(sql, params).to_pandas(date_as_object=True)
        return frame

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query as tuples of Python values."""
        with self._cursor() as cursor:
            return cursor.execute(sql, list(params)).fetchall()

    @contextmanager
    def writing(self, *parts: Part) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction; the version of each part rises with it.

        One writer at a time. Everything is kept when the block ends, nothing
        when it raises.
        """
        with self._writing, self._cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
                raise_versions(cursor, *parts)
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            # Nobody else writes to the file, so what was read here stays true till the next write.
            self._versions = _read_versions(cursor)

    def note(self, sql: str, params: Sequence[object] = ()) -> None:
        """One small statement beside a running write: the progress of a job.

        Not for facts or plans: it waits for no writer and raises no version.
        """
        with self._noting, self._cursor() as cursor:
            cursor.execute(sql, list(params))

    def versions(self) -> Versions:
        """The present versions of the facts and the plan; asked often, and costs nothing."""
        return self._versions

    def copy(self, to: Path) -> None:
        """A whole copy of the database as it is now; reading goes on meanwhile.

        Nobody writes while the file is copied: a copy of a file that is being
        written is no backup.
        """
        with self._writing, self._noting:
            self._connection.execute("CHECKPOINT")
            shutil.copy2(self.path, to)

    def close(self) -> None:
        """Write everything into the one file and let it go."""
        try:
            with self._writing, self._noting:
                self._connection.execute("CHECKPOINT")
        except duckdb.ConnectionException:
            pass  # Closed before.
        except duckdb.Error:
            # Somebody still reads; what is committed is in the file's log and stays.
            _log.warning("closed without a checkpoint")
        finally:
            self._let_go()
            with _opening:
                _stores.pop(self.path, None)

    def _let_go(self) -> None:
        """Close the connection; it refuses while a job on its way out takes a last cursor."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self._connection.close()
                return
            except duckdb.Error:
                if time.monotonic() > until:
                    raise
                time.sleep(0.01)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @property
    def inbox(self) -> Path:
        """The folder where uploaded files wait to be read."""
        return self.path.with_name(f"{self.path.stem}.inbox")

    def _prepare(self) -> None:
        # Nobody else has the file, so whatever still waits here waits for a dead process.
        for left in self.inbox.glob("[0-9a-f]" * 32):
            left.unlink(missing_ok=True)
        with self._cursor() as cursor:
            migrations.migrate(cursor)
            # A job that was running when the program stopped will not end by itself.
            cursor.execute(
                "UPDATE jobs SET state = 'interrupted' WHERE state IN ('waiting', 'running')"
            )
            self._versions = _read_versions(cursor)


def raise_versions(cursor: duckdb.DuckDBPyConnection, *parts: Part) -> None:
    """Say inside a transaction that these parts have changed, when only its course tells which."""
    for part in parts:
        cursor.execute("UPDATE versions SET value = value + 1 WHERE name = ?", [part])


def _read_versions(cursor: duckdb.DuckDBPyConnection) -> Versions:
    return Versions(**dict(cursor.execute("SELECT name, value FROM versions").fetchall()))


_opening = threading.Lock()
_stores: dict[Path, Store] = {}


def opened(path: Path | None = None) -> Store:
    """The store of this process for `path`; opened, and migrated, on first use.

    Without a path: `YUEPAN_DB`, else `var/yuepan.duckdb` in the project's folder.
    Raises StoreError: held_by_another, newer_version, damaged_store.
    """
    where = (path or default_path()).resolve()
    with _opening:
        if where not in _stores:
            _stores[where] = Store(where)
        return _stores[where]


def replaced(store: Store, by: Path) -> tuple[Store, Path]:
    """Put the database file `by` in the store's place; the new store, and where the old one lies.

    The old file is kept beside it. When the new one cannot be opened the old
    one is back as if nothing had happened, and the StoreError is raised. Both
    versions rise above the old ones, so that no answer in a cache is taken for new.
    """
    before = store.versions()
    path, kept = store.path, _free_name(store.path, "before-restore")
    store.close()
    with _opening:
        shutil.move(path, kept)
        try:
            shutil.move(by, path)
            opened_now = Store(path)
        except BaseException:
            shutil.move(kept, path)
            _stores[path] = Store(path)
            raise
        _stores[path] = opened_now
    with opened_now.writing() as cursor:
        for part, value in (("facts", before.facts), ("plan", before.plan)):
            cursor.execute(
                "UPDATE versions SET value = greatest(value, ?) + 1 WHERE name = ?", [value, part]
            )
    return opened_now, kept


def _free_name(path: Path, why: str) -> Path:
    numbered = (path.with_name(f"{path.stem}.{why}-{n}{path.suffix}") for n in count(1))
    return next(name for name in numbered if not name.exists())


def close_all() -> None:
    """Close every open store; called when the server stops."""
    with _opening:
        stores = list(_stores.values())
    for store in stores:
        store.close()


def default_path() -> Path:
    """Where the database lives when nobody says otherwise."""
    named = os.environ.get("YUEPAN_DB")
    return Path(named) if named else Path(__file__).parents[2] / "var" / "yuepan.duckdb"


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A look into another database file, for reading only.

    Raises StoreError("not_a_backup") for a file that is none of ours.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_CONFIG)
    except duckdb.Error as error:
        raise StoreError("not_a_backup") from error
    try:
        yield connection
    except duckdb.Error as error:
        raise StoreError("not_a_backup") from error
    finally:
        connection.close()


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=_CONFIG)
    except duckdb.IOException as error:
        if any(told in str(error) for told in _HELD):
            raise StoreError("held_by_another", path=path.name) from error
        raise StoreError("damaged_store", path=path.name) from error
    except duckdb.Error as error:
        raise StoreError("damaged_store", path=path.name) from error


def _keep_a_copy(path: Path) -> None:
    """Copy a file that is about to be migrated, so that nothing can be lost on the way.

    The copy is made before the engine opens the file for writing: a copy of an
    open file is not a backup.
    """
    if not path.exists():
        return
    try:
        with duckdb.connect(str(path), read_only=True, config=_CONFIG) as connection:
            waiting = migrations.pending(connection)
    except duckdb.Error:
        return  # Opening it for real says what is wrong, with the right words.
    if not waiting:
        return
    copy = path.with_name(f"{path.stem}.before-{waiting[0]}{path.suffix}")
    shutil.copy2(path, copy)
    # After a crash the last transactions are in the log beside the file.
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        shutil.copy2(log, copy.with_name(f"{copy.name}.wal"))
