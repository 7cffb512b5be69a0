"""Look into a file that says it is a backup, before anything of it is believed.

A database file holds more than rows. A macro called `sum` would answer every query of ours, a
view in place of a table may never end or read other files, and a column that is missing breaks
a page weeks later. So the file is attached beside an empty database, where nothing of it is
found unless it is asked for by name, and everything that it defines must be what the migrations
of its version define. `data.ingest.backup` runs this in a child process with limits.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.store import database_file, migrations
from domain.errors import StoreError
from domain.tables import TABLES

# What a database can define, by what the engine calls it: kind, name, and how it is written.
_DEFINED = """
SELECT 'table', schema_name, table_name, sql FROM duckdb_tables() WHERE database_name = $name
UNION ALL SELECT 'view', schema_name, view_name, '' FROM duckdb_views()
  WHERE database_name = $name AND NOT internal
UNION ALL SELECT 'index', schema_name, index_name, sql FROM duckdb_indexes()
  WHERE database_name = $name
UNION ALL SELECT 'sequence', schema_name, sequence_name, '' FROM duckdb_sequences()
  WHERE database_name = $name
UNION ALL SELECT 'macro', schema_name, function_name, '' FROM duckdb_functions()
  WHERE database_name = $name AND NOT internal
UNION ALL SELECT 'type', schema_name, type_name, '' FROM duckdb_types()
  WHERE database_name = $name AND NOT internal
UNION ALL SELECT 'trigger', schema_name, trigger_name, '' FROM duckdb_triggers()
  WHERE database_name = $name
UNION ALL SELECT 'schema', schema_name, schema_name, '' FROM duckdb_schemas()
  WHERE database_name = $name AND NOT internal
"""
# Versions count changes; nobody has changed anything this often.
_MOST_CHANGES = 2**53

Defined = tuple[str, str, str, str]


@dataclass(frozen=True)
class Contents:
    """A backup's contents: rows by table, imports, targets typed by hand, the newest import."""

    rows: dict[str, int]
    imports: int
    targets: int
    newest_import: datetime | None


def look_into(path: Path) -> Contents:
    """Describe the backup at `path`, having read all of it.

    Raises StoreError: not_a_backup, altered_backup (with the `name` of what is added, missing or
    other than it was saved), newer_version.
    """
    try:
        with closing(_attached(path)) as connection:
            _compare(connection)
            return _contents(connection)
    except duckdb.Error as error:
        raise StoreError("not_a_backup") from error


def _attached(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    try:
        allowed = [str(path), str(database_file.log_of(path))]
        connection.execute("SET allowed_paths = ?", [allowed])
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS backup (READ_ONLY)")
    except BaseException:
        connection.close()
        raise
    return connection


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise StoreError unless the backup defines just what the migrations that it names do."""
    found = _defined(connection, "backup")
    # The table is named with its database, so that no view or macro can stand in for it.
    if ("table", "main", "migrations") not in {one[:3] for one in found}:
        raise StoreError("not_a_backup")
    applied = {
        name for (name,) in connection.execute("SELECT name FROM backup.main.migrations").fetchall()
    }
    known = [name for name, _ in migrations.MIGRATIONS]
    if unknown := sorted(applied - set(known), key=str):
        raise StoreError("newer_version", found=unknown[-1], known=known[-1])
    if applied != set(known[: len(applied)]):
        raise StoreError("altered_backup", name="migrations")
    with closing(duckdb.connect(":memory:")) as empty:
        migrations.migrate(empty, until=len(applied))
        expected = _defined(empty, "memory")
    if other := sorted(found ^ expected):
        raise StoreError("altered_backup", name=other[0][2])
    versions = connection.execute(
        "SELECT name, value FROM backup.main.versions ORDER BY name"
    ).fetchall()
    counts = [value for _, value in versions]
    if [name for name, _ in versions] != ["facts", "plan"] or not all(
        isinstance(count, int) and 0 <= count < _MOST_CHANGES for count in counts
    ):
        raise StoreError("altered_backup", name="versions")


def _defined(connection: duckdb.DuckDBPyConnection, database: str) -> set[Defined]:
    found = connection.execute(_DEFINED, {"name": database}).fetchall()
    return {(kind, schema, name, sql or "") for kind, schema, name, sql in found}


def _contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Count what is in a backup whose tables are ours; raises duckdb.Error for a broken block."""
    tables = [
        name for kind, _, name, _ in sorted(_defined(connection, "backup")) if kind == "table"
    ]
    # Every column of every row is read: a block that broke is found now, not weeks later.
    counted = {
        name: connection.execute(
            f'SELECT count(*), max(hash(whole)) FROM backup.main."{name}" AS whole'  # noqa: S608
        ).fetchall()[0][0]
        for name in tables
    }
    ((imports, newest),) = connection.execute(
        "SELECT count(*) FILTER (WHERE status = 'active'), max(imported_at) "
        "FROM backup.main.imports"
    ).fetchall()
    rows = {table.name: counted[table.name] for table in TABLES if table.name in counted}
    return Contents(rows, imports, counted["plan_targets"], newest)
