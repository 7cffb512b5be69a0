"""The only door to DuckDB: one file, one connection, a cursor a call.

    >>> store = opened(Path("var/yuepan.duckdb"))  # doctest: +SKIP
    >>> store.rows("SELECT count(*) FROM orders")
    [(0,)]
    >>> with store.writing("facts") as cursor:
    ...     cursor.execute("DELETE FROM orders")

Streamlit runs every session in its own thread, and a DuckDB connection shared by
threads gives wrong answers. So only this module holds the connection: each call
takes a cursor, drains its result and closes it.

Closing the file, or putting a backup in its place, waits for the open cursors
and holds off new ones.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import pyarrow as pa

from data.store import database_file, engine, file_lock, migrations
from data.store.failures import committed, failure, stopped
from data.store.shared_lock import SharedLock
from data.store.versions import Part, Versions, raise_above, raise_versions, read_versions
from domain.errors import StoreError

if TYPE_CHECKING:
    import pandas as pd

Cursor: TypeAlias = duckdb.DuckDBPyConnection

Params = Sequence[object] | Mapping[str, object]

_log = logging.getLogger("yuepan.store")


class Store:
    """An open database file. Use `opened` to get the one for a path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # The folder where uploaded files wait to be read.
        self.inbox = path.with_name(f"{path.stem}.inbox")
        # Another one once a backup has taken this file's place: what was decided on it is void.
        self.generation = uuid.uuid4().hex
        self._writing = threading.Lock()
        self._noting = threading.Lock()
        # Shared by everyone who has a cursor. Taken exclusively only under the two locks
        # above, so a thread that writes may safely take further cursors.
        self._using_file = SharedLock()
        self._writer: int | None = None  # the thread that is in `writing`
        self._stopped = False  # whether the engine waits for the file to be opened again
        with engine.telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._held = file_lock.hold(path)
            try:
                self._connect()
            except BaseException:
                self._held.release()
                raise
        # Nobody else has the file, so uploads that still wait belong to a dead process.
        for upload in self.inbox.glob("[0-9a-f]" * 32):
            upload.unlink(missing_ok=True)

    def table(self, sql: str, params: Params = ()) -> pa.Table:
        """Return the rows of a query as an Arrow table, with their exact types.

        `params` fill `?` in order, or `$name` by name.
        """
        values = dict(params) if isinstance(params, Mapping) else list(params)
        self._go_on()
        with self._cursor() as cursor:
            return cursor.sql(sql, params=values or None).to_arrow_table()

    def frame(self, sql: str, params: Params = ()) -> pd.DataFrame:
        """Return the rows of a query as a frame; decimals stay `decimal.Decimal`."""
        frame: pd.DataFrame = self.table(sql, params).to_pandas(date_as_object=True)
        return frame

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query as tuples of Python values."""
        self._go_on()
        with self._cursor() as cursor:
            return cursor.execute(sql, list(params)).fetchall()

    @contextmanager
    def writing(self, *parts: Part) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor inside a transaction that raises the version of each part.

        One thread writes at a time. The transaction commits when the block ends and
        rolls back when it raises.
        """
        self._go_on()
        with self._writing:
            self._writer = threading.get_ident()
            try:
                with self._cursor() as cursor:
                    cursor.execute("BEGIN")
                    try:
                        yield cursor
                        raise_versions(cursor, *parts)
                    except BaseException:
                        with suppress(duckdb.Error):  # Some errors end the transaction.
                            cursor.execute("ROLLBACK")
                        raise
                    self._commit(cursor)
            finally:
                self._writer = None
        self._go_on()

    def note(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one small statement beside a running write, such as the progress of a job.

        It waits for no writer and raises no version: facts and plans go through `writing`.
        """
        self._go_on()
        with self._noting, self._cursor() as cursor:
            try:
                cursor.execute(sql, list(params))
            except duckdb.FatalException as error:
                if not committed(error):
                    raise
                self._stopped = True

    def versions(self) -> Versions:
        """Return the current versions of the facts and the plan, without asking the engine."""
        return self._versions

    def copy(self, to: Path) -> None:
        """Copy the whole database to a file, while others go on reading.

        Writers wait: a copy of a file that is being written is no backup.
        """
        self._go_on()
        with self._writing, self._noting, self._cursor() as cursor:
            cursor.execute("CHECKPOINT")
            with engine.telling(to):
                database_file.copy_open(self.path, to)

    def replace_file(self, by: Path) -> Path:
        """Replace the database by the file `by`; return the path where the old one is kept.

        Sessions that hold the store go on with the new file; their queries wait
        meanwhile. Both versions rise above the old ones, so no cached answer passes
        for one from the new file. Raises StoreError when `by` cannot be opened; then
        the old file is back in place.
        """
        with self._alone():
            old_versions = self._versions
            kept = database_file.unused_path(self.path, "before-restore")
            self._disconnect()
            try:
                database_file.move(self.path, kept)
                database_file.move(by, self.path)
                self._connect(above=old_versions)
                self.generation = uuid.uuid4().hex
            except BaseException:
                if kept.exists():
                    database_file.move(kept, self.path)
                self._connect()
                raise
        return kept

    def close(self) -> None:
        """Fold everything into the one file and release it. Closing twice does no harm."""
        with self._alone(), _opening:
            self._disconnect()
            self._held.release()
            if _stores.get(self.path) is self:
                del _stores[self.path]

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor; raises StoreError for what the engine says of the disk or the file."""
        with self._using_file.shared(), closing(self._connection.cursor()) as cursor:
            try:
                with engine.telling(self.path):
                    yield cursor
            except BaseException as error:
                self._stopped |= stopped(error.__cause__ or error)
                raise

    def _commit(self, cursor: Cursor) -> None:
        try:
            cursor.execute("COMMIT")
        except duckdb.FatalException as error:
            if not committed(error):
                raise
            self._stopped = True
            return
        # Nobody else writes to the file, so this holds until the next write.
        self._versions = read_versions(cursor)

    def _go_on(self) -> None:
        """Open the file again where the engine has stopped, as it does when the disk is full.

        Not in the middle of a transaction: that one has failed, and its thread holds the locks.
        """
        if not self._stopped or self._writer == threading.get_ident():
            return
        with self._alone():
            if self._stopped:
                self._disconnect()
                with engine.telling(self.path):
                    self._connection = engine.connect(self.path)
                with closing(self._connection.cursor()) as cursor:
                    self._versions = read_versions(cursor)
                self._stopped = False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait for the readers and writers, and hold off new ones while the block runs."""
        with self._writing, self._noting, self._using_file.exclusive():
            yield

    def _connect(self, above: Versions | None = None) -> None:
        """Open the file, migrate it and read its versions, raised above `above`."""
        engine.copy_before_migrating(self.path)
        self._connection = engine.connect(self.path)
        try:
            with closing(self._connection.cursor()) as cursor:
                migrations.migrate(cursor)
                # Jobs that were running when the program stopped will never end by themselves.
                cursor.execute(
                    "UPDATE jobs SET state = 'interrupted' WHERE state IN ('waiting', 'running')"
                )
                if above is not None:
                    raise_above(cursor, above)
                self._versions = read_versions(cursor)
                self._stopped = False
        except duckdb.Error as error:
            self._connection.close()
            damaged = StoreError("damaged_store", path=self.path.name)
            raise failure(error, self.path) or damaged from error
        except BaseException:
            self._connection.close()
            raise

    def _disconnect(self) -> None:
        """Fold the log into the file and close it."""
        try:
            self._connection.execute("CHECKPOINT")
        except duckdb.ConnectionException:
            pass  # Closed before.
        except duckdb.Error:
            # What was committed stays in the log beside the file.
            _log.warning("closed without a checkpoint")
        self._connection.close()


_opening = threading.Lock()
_stores: dict[Path, Store] = {}


def opened(path: Path | None = None) -> Store:
    """Return this process's store for `path`, opening and migrating the file on first use.

    Without a path it is `database_file.default_path()`.
    Raises StoreError: held_by_another, newer_version, damaged_store.
    """
    where = (path or database_file.default_path()).resolve()
    with _opening:
        if where not in _stores:
            _stores[where] = Store(where)
        return _stores[where]


def close_all() -> None:
    """Close every open store, as the server does when it stops."""
    with _opening:
        stores = list(_stores.values())
    for store in stores:
        store.close()
