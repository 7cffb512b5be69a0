from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.ingest import backup
from data.store import plans
from data.store.database import Store, close_all, opened
from domain.errors import StoreError

MARCH = date(2026, 3, 1)
COMPANY = ("company", "")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    yield opened(tmp_path / "yuepan.duckdb")
    close_all()


def test_a_backup_brings_back_what_was_there_after_the_database_is_gone(
    store: Store, tmp_path: Path
) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal("1200000.50")})
    content = backup.saved(store)
    path = store.path
    store.close()
    path.unlink()
    again = opened(path)
    assert plans.target_rows(again).empty
    backup.restore(again, content)
    assert plans.target_rows(opened(path))["target"].tolist() == [Decimal("1200000.5000")]


def test_a_backup_says_what_is_inside_before_it_replaces_anything(store: Store) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(1)})
    inside = backup.look_into(backup.saved(store))
    assert inside.targets == 1
    assert inside.imports == 0 and inside.newest_import is None
    assert inside.rows["orders"] == 0


def test_restoring_keeps_the_old_file_and_raises_the_versions(store: Store) -> None:
    content = backup.saved(store)
    plans.save_targets(store, MARCH, {COMPANY: Decimal(1)})
    before = store.versions()
    kept = backup.restore(store, content)
    now = opened(store.path)
    assert plans.target_rows(now).empty
    assert kept.exists() and len(plans.target_rows(opened(kept))) == 1
    assert now.versions().plan > before.plan and now.versions().facts > before.facts


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 not a database", b"x" * 10_000], ids=["empty", "zip", "noise"]
)
def test_a_file_that_is_no_backup_changes_nothing(store: Store, content: bytes) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(7)})
    with pytest.raises(StoreError, match="not_a_backup"):
        backup.restore(store, content)
    assert opened(store.path) is store
    assert plans.target_rows(store)["target"].tolist() == [Decimal(7)]
    assert list(store.path.parent.glob("tmp*")) == []


def test_a_file_of_a_newer_version_is_refused(store: Store) -> None:
    with store.writing() as cursor:
        cursor.execute("INSERT INTO migrations VALUES ('9999_from_the_future', NULL)")
    content = backup.saved(store)
    with pytest.raises(StoreError, match="newer_version"):
        backup.look_into(content)
