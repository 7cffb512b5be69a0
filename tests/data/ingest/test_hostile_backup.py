"""A backup that somebody altered: it is refused by name, and what is there stays as it is."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.ingest import backup
from data.jobs import sandbox
from data.store import migrations, plans
from data.store.database import Store
from domain.errors import StoreError
from tests.conftest import everything

MARCH = date(2026, 3, 1)
ORDERS = "DROP TABLE orders; "
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

ALTERED = [
    pytest.param("CREATE MACRO sum(x) AS 42", "sum", id="macro_sum"),
    pytest.param("CREATE MACRO count(x) AS 7; CREATE MACRO max(x) AS 1", "count", id="macros"),
    pytest.param(
        "CREATE MACRO duckdb_tables() AS TABLE SELECT 'orders' AS table_name",
        "duckdb_tables",
        id="table_macro",
    ),
    pytest.param(
        "CREATE MACRO duckdb_functions() AS TABLE SELECT 1; CREATE MACRO sum(x) AS 42",
        "duckdb_functions",
        id="macro_that_hides_macros",
    ),
    pytest.param(f"{ORDERS}CREATE VIEW orders AS {NUMBERS}", "orders", id="view_without_end"),
    pytest.param(
        f"{ORDERS}CREATE VIEW orders AS SELECT * FROM read_text('/etc/passwd')",
        "orders",
        id="view_of_a_file",
    ),
    pytest.param("CREATE VIEW v AS SELECT 1 AS a", "v", id="view_beside"),
    pytest.param("ALTER TABLE deals DROP COLUMN stage", "deals", id="dropped_column"),
    pytest.param("ALTER TABLE deals ADD COLUMN more INTEGER", "deals", id="added_column"),
    pytest.param("ALTER TABLE deals ALTER COLUMN stage TYPE BLOB", "deals", id="other_type"),
    pytest.param("ALTER TABLE deals ALTER stage SET DEFAULT 'won'", "deals", id="default"),
    pytest.param(f"{ORDERS}CREATE TABLE orders (order_id VARCHAR)", "orders", id="other_table"),
    pytest.param("DROP TABLE scenarios", "scenarios", id="dropped_table"),
    pytest.param("CREATE TABLE more (a INTEGER)", "more", id="added_table"),
    pytest.param(
        "CREATE SCHEMA other; CREATE TABLE other.orders (a INTEGER)", "other", id="schema"
    ),
    pytest.param("CREATE TYPE kind AS ENUM ('a')", "kind", id="type"),
    pytest.param("CREATE SEQUENCE numbers", "numbers", id="sequence"),
    pytest.param("CREATE INDEX i ON deals (stage)", "i", id="index"),
    pytest.param("UPDATE versions SET value = 9223372036854775807", "versions", id="versions_full"),
    pytest.param("DELETE FROM versions WHERE name = 'plan'", "versions", id="versions_fewer"),
    pytest.param("INSERT INTO versions VALUES ('more', 1)", "versions", id="versions_more"),
    pytest.param(
        "DELETE FROM migrations WHERE name = '0003_facts_kept_once'", "migrations", id="migrations"
    ),
]


def altered(content: bytes, path: Path, sql: str) -> bytes:
    path.write_bytes(content)
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
        connection.execute("CHECKPOINT")
    return path.read_bytes()


@pytest.mark.parametrize(("sql", "name"), ALTERED)
def test_an_altered_backup_is_refused_by_name_and_changes_nothing(
    store: Store, inline: None, tmp_path: Path, sql: str, name: str
) -> None:
    plans.save_targets(store, MARCH, {("company", ""): Decimal(7)})
    before = everything(store)
    hostile = altered(backup.saved(store), tmp_path / "hostile.duckdb", sql)
    for attempt in (backup.look_into, lambda content: backup.restore(store, content)):
        with pytest.raises(StoreError) as told:
            attempt(hostile)
        assert told.value.code == "altered_backup"
        assert name in str(told.value.params["name"])
    assert everything(store) == before
    assert sorted(one.suffix for one in store.path.parent.glob("*.duckdb")) == [".duckdb"] * 2


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE migrations",
        "DROP TABLE migrations; CREATE VIEW migrations AS SELECT 'x' AS name",
    ],
    ids=["none", "view"],
)
def test_a_database_without_the_list_of_its_changes_is_no_backup(
    store: Store, inline: None, tmp_path: Path, sql: str
) -> None:
    with pytest.raises(StoreError, match="not_a_backup"):
        backup.look_into(altered(backup.saved(store), tmp_path / "hostile.duckdb", sql))


def test_a_backup_with_a_broken_block_is_no_backup(store: Store, inline: None) -> None:
    with store.writing("facts") as cursor:
        cursor.execute(
            "INSERT INTO jobs SELECT uuid(), repeat('x', 60) || hash(i), 'done', '', 0, 0, NULL, "
            "current_localtimestamp(), current_localtimestamp() FROM range(20000) rows(i)"
        )
    content = backup.saved(store)
    right, refused = backup.look_into(content), 0
    chance = random.Random(11)
    for _ in range(30):
        at = chance.randrange(len(content))
        broken = content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]
        try:
            assert backup.look_into(broken) == right
        except StoreError as error:
            assert error.code == "not_a_backup", error
            refused += 1
    assert refused > 10


def test_a_backup_is_looked_into_in_a_child_with_limits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, ran = backup.saved(store), []
    run = sandbox.run
    monkeypatch.setattr(sandbox, "run", lambda *a, **more: ran.append(more) or run(*a, **more))
    assert backup.look_into(content).imports == 0
    (limits,) = ran
    assert limits["seconds"] <= 120 and limits["megabytes"] <= 1500


def test_a_backup_of_an_earlier_version_is_taken(store: Store, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "older.duckdb")) as connection:
        migrations.migrate(connection, until=4)
    content = (tmp_path / "older.duckdb").read_bytes()
    assert backup.look_into(content).imports == 0
    backup.restore(store, content)
    assert store.rows("SELECT count(*) FROM orders") == [(0,)]
