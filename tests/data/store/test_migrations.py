from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.store import database as stores
from data.store import migrations
from data.store.database import Store
from domain.errors import StoreError
from domain.tables import TABLES, Table

# What the engine calls each kind of column.
TYPES = {
    "text": "VARCHAR",
    "choice": "VARCHAR",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "money": "DECIMAL(18,4)",
    "number": "DECIMAL(18,4)",
    "share": "DECIMAL(18,4)",
}


def columns(store: Store, name: str) -> list[tuple[str, str]]:
    return [
        (column, kind)
        for column, kind in store.rows(
            "SELECT column_name, data_type FROM information_schema.columns "
            "WHERE table_name = ? ORDER BY ordinal_position",
            [name],
        )
    ]


@pytest.mark.parametrize("prefix", ["fact_", ""], ids=["facts", "current"])
@pytest.mark.parametrize("one", TABLES, ids=lambda one: one.name)
def test_the_schema_is_that_of_the_canonical_tables(store: Store, one: Table, prefix: str) -> None:
    declared = [(column.name, TYPES[column.kind]) for column in one.columns]
    assert columns(store, f"{prefix}{one.name}") == [
        *declared,
        ("import_id", "BIGINT"),
        ("row_no", "BIGINT"),
        *([] if prefix else [("alone", "BOOLEAN")]),
    ]


def test_a_new_file_has_had_every_migration_once(path: Path) -> None:
    for _ in range(2):
        store = stores.opened(path)
        done = store.rows("SELECT name FROM migrations ORDER BY applied_at")
        assert done == [(name,) for name, _ in migrations.MIGRATIONS]
        store.close()
    assert list(path.parent.glob("*before*")) == []


def test_names_of_migrations_are_in_order_and_differ() -> None:
    names = [name for name, _ in migrations.MIGRATIONS]
    assert names == sorted(set(names))


def add_table(cursor: Any) -> None:
    cursor.execute("CREATE TABLE added (a INTEGER)")


def add_and_fail(cursor: Any) -> None:
    add_table(cursor)
    raise ZeroDivisionError


def test_a_file_of_a_newer_version_is_refused_and_not_touched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = migrations.MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", (*known, ("9999_later", add_table)))
    stores.opened(path).close()
    before = path.read_bytes()
    monkeypatch.setattr(migrations, "MIGRATIONS", known)
    with pytest.raises(StoreError) as told:
        stores.opened(path)
    assert told.value.code == "newer_version"
    assert told.value.params["found"] == "9999_later"
    assert path.read_bytes() == before


def test_a_copy_is_made_before_a_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stores.opened(path)
    first.note("INSERT INTO settings VALUES ('currency', '\"EUR\"', now()::TIMESTAMP)")
    first.close()
    before = path.read_bytes()
    more = (*migrations.MIGRATIONS, ("0999_later", add_table))
    monkeypatch.setattr(migrations, "MIGRATIONS", more)
    store = stores.opened(path)
    assert store.rows("SELECT count(*) FROM added") == [(0,)]
    store.close()
    copy = path.with_name("yuepan.before-0999_later.duckdb")
    assert copy.read_bytes() == before


def test_the_copy_has_what_a_crash_left_in_the_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores.opened(path).close()
    with duckdb.connect(str(path), config={"wal_autocheckpoint": "1TB"}) as connection:
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        connection.execute("INSERT INTO settings VALUES ('currency', '1', now()::TIMESTAMP)")
    assert path.with_name(f"{path.name}.wal").exists()
    more = (*migrations.MIGRATIONS, ("0999_later", add_table))
    monkeypatch.setattr(migrations, "MIGRATIONS", more)
    stores.opened(path).close()
    copy = path.with_name("yuepan.before-0999_later.duckdb")
    with duckdb.connect(str(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM settings").fetchall() == [(1,)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = migrations.MIGRATIONS
    stores.opened(path).close()
    monkeypatch.setattr(migrations, "MIGRATIONS", (*known, ("0999_bad", add_and_fail)))
    with pytest.raises(ZeroDivisionError):
        stores.opened(path)
    monkeypatch.setattr(migrations, "MIGRATIONS", known)
    store = stores.opened(path)
    assert columns(store, "added") == []
    store.close()
