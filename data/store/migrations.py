"""Migrations: bring a database file of any released version to this one.

    >>> pending(cursor)
    ['0001_first_tables']

They are ordered, named, forward only, recorded in the file and run in one
transaction each. A file with a migration that is not listed here was written by a
newer Yuepan and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import StoreError

if TYPE_CHECKING:
    import duckdb


def _run(file: str) -> Callable[[duckdb.DuckDBPyConnection], None]:
    sql = Path(__file__).with_name(file).read_text(encoding="utf-8")

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute(sql)

    return change


MIGRATIONS: tuple[tuple[str, Callable[[duckdb.DuckDBPyConnection], None]], ...] = (
    ("0001_first_tables", _run("schema_0001.sql")),
    ("0002_plans_and_scenarios", _run("schema_0002.sql")),
    ("0003_facts_kept_once", _run("schema_0003.sql")),
    ("0004_rows_with_problems", _run("schema_0004.sql")),
    ("0005_ranges_and_coverage", _run("schema_0005.sql")),
    ("0006_sheets_of_problems", _run("schema_0006.sql")),
    ("0007_arrivals", _run("schema_0007.sql")),
    ("0008_gone_orders", _run("schema_0008.sql")),
    ("0009_exchange_rates", _run("schema_0009.sql")),
    ("0010_teams_over_time", _run("schema_0010.sql")),
    ("0011_advertising", _run("schema_0011.sql")),
    ("0012_reps_who_left", _run("schema_0012.sql")),
    ("0013_returns_in_part", _run("schema_0013.sql")),
    ("0014_late_exports", _run("schema_0014.sql")),
    ("0015_gone_deals", _run("schema_0015.sql")),
    ("0016_refunds_off", _run("schema_0016.sql")),
    ("0017_times_of_exports", _run("schema_0017.sql")),
    ("0018_withdrawn_records", _run("schema_0018.sql")),
    ("0019_departments", _run("schema_0019.sql")),
    ("0020_collected_of_orders", _run("schema_0020.sql")),
)


def pending(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of the migrations that the open file still needs, in order.

    Raises StoreError("newer_version") for a file with an unknown migration.
    """
    known = [name for name, _ in MIGRATIONS]
    applied = _applied(cursor)
    unknown = sorted(set(applied) - set(known))
    if unknown:
        raise StoreError("newer_version", found=unknown[-1], known=known[-1])
    return [name for name in known if name not in applied]


def migrate(cursor: duckdb.DuckDBPyConnection, until: int | None = None) -> None:
    """Apply the pending ones of the first `until` migrations, each in its own transaction."""
    waiting = pending(cursor)
    cursor.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name VARCHAR PRIMARY KEY, applied_at TIMESTAMP)"
    )
    for name, change in MIGRATIONS[:until]:
        if name not in waiting:
            continue
        cursor.execute("BEGIN")
        try:
            change(cursor)
            cursor.execute("INSERT INTO migrations VALUES (?, current_localtimestamp())", [name])
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise


def _applied(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    tables = cursor.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'migrations'"
    ).fetchall()
    if not tables:
        return []
    return [name for (name,) in cursor.execute("SELECT name FROM migrations").fetchall()]
