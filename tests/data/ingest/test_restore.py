"""A restore while other sessions read and write: each sees the old database or the new one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.ingest import backup, inbox, jobs, load
from data.jobs import background
from data.store import database as stores
from data.store import database_file, migrations, plans
from data.store.database import Store
from data.store.database_file import log_of
from domain.errors import ImportRefused, StoreError
from tests.conftest import TODAY
from tests.data import files

MARCH = date(2026, 3, 1)
COMPANY = ("company", "")
RESTORES = 6


def set_target(store: Store, value: int) -> None:
    plans.save_targets(store, MARCH, {COMPANY: Decimal(value)})


def target(store: Store) -> int:
    (value,) = plans.target_rows(store)["target"]
    return int(value)


def backup_of(value: int, folder: Path) -> bytes:
    other = stores.opened(folder / f"{value}.duckdb")
    set_target(other, value)
    content = backup.saved(other)
    other.close()
    return content


def again_and_again(
    step: Callable[[], None], stop: threading.Event, errors: list[Exception]
) -> threading.Thread:
    def run() -> None:
        try:
            while not stop.is_set():
                step()
        except Exception as error:
            errors.append(error)

    return threading.Thread(target=run)


def test_sessions_that_read_and_write_meanwhile_see_one_database_or_the_other(
    path: Path, store: Store, tmp_path: Path
) -> None:
    contents = [backup_of(value, tmp_path) for value in range(1, RESTORES + 1)]
    set_target(store, 0)
    stop, errors = threading.Event(), []
    seen: dict[str, list[int]] = {"opened": [], "held": []}
    sessions = [
        again_and_again(lambda: seen["opened"].append(target(stores.opened(path))), stop, errors),
        again_and_again(lambda: seen["opened"].append(target(stores.opened())), stop, errors),
        # A page that opened the store before and still holds it.
        again_and_again(lambda: seen["held"].append(target(store)), stop, errors),
        again_and_again(
            lambda: plans.save_targets(stores.opened(path), date(2025, 1, 1), {}), stop, errors
        ),
        again_and_again(lambda: store.note("DELETE FROM jobs WHERE false"), stop, errors),
    ]
    for session in sessions:
        session.start()
    kept = []
    for value, content in enumerate(contents, start=1):
        before = len(seen["held"])
        kept.append(backup.restore(stores.opened(path), content))
        assert target(stores.opened(path)) == value
        while len(seen["held"]) < before + 3 and not errors:
            stop.wait(0.01)
    stop.set()
    for session in sessions:
        session.join()
    assert errors == []
    assert set(seen["opened"]) | set(seen["held"]) <= set(range(RESTORES + 1))
    assert seen["held"] == sorted(seen["held"]) and seen["held"][-1] == RESTORES
    assert [target(stores.opened(file)) for file in kept] == list(range(RESTORES))


def test_versions_never_fall_while_a_backup_takes_the_place(
    path: Path, store: Store, tmp_path: Path
) -> None:
    content = backup_of(1, tmp_path)
    for value in range(5):
        set_target(store, value)
    stop, errors = threading.Event(), []
    seen: list[int] = []
    session = again_and_again(
        lambda: seen.append(stores.opened(path).versions().plan), stop, errors
    )
    session.start()
    for _ in range(3):
        backup.restore(stores.opened(path), content)
    stop.set()
    session.join()
    assert errors == [] and seen == sorted(seen) and max(seen) > 5


@contextmanager
def log_left(store: Store) -> Iterator[None]:
    """Write a target that is in the log alone: an open write keeps it from being folded in."""
    store.rows("PRAGMA disable_checkpoint_on_shutdown")
    open_write = store._connection.cursor()
    open_write.execute("BEGIN")
    open_write.execute("CREATE TABLE unfinished (number INTEGER)")
    set_target(store, 7)
    assert log_of(store.path).exists()
    yield
    open_write.close()


def test_a_log_that_is_left_goes_with_its_own_file_and_never_into_the_new_one(
    path: Path, store: Store
) -> None:
    set_target(store, 1)
    content = backup.saved(store)
    with log_left(store):
        kept = backup.restore(store, content)
    assert target(stores.opened(path)) == 1
    assert target(stores.opened(kept)) == 7


def test_when_the_backup_cannot_be_opened_the_old_database_goes_on(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = backup.saved(store)
    set_target(store, 7)
    before = store.versions()
    migrate, fails = migrations.migrate, iter([True])

    def refuse(cursor: object) -> None:
        if next(fails, False):
            raise StoreError("newer_version")
        migrate(cursor)

    monkeypatch.setattr(migrations, "migrate", refuse)
    with pytest.raises(StoreError, match="newer_version"):
        backup.restore(store, content)
    assert stores.opened(path) is store and store.versions() == before
    assert target(store) == 7
    set_target(store, 8)
    assert [one.name for one in path.parent.glob("*.duckdb")] == [path.name]


def test_files_that_wait_to_be_read_outlive_a_restore(store: Store) -> None:
    content = backup.saved(store)
    store.inbox.mkdir()
    waiting = store.inbox / ("a" * 32)
    waiting.write_text("a file that a job is about to read")
    backup.restore(store, content)
    assert waiting.exists()


def test_when_the_old_file_cannot_be_moved_it_goes_on(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = backup.saved(store)
    set_target(store, 7)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(database_file, "move", refuse)
    with pytest.raises(PermissionError):
        backup.restore(store, content)
    assert target(store) == 7
    assert [one.name for one in path.parent.glob("*.duckdb")] == [path.name]


def test_an_import_that_runs_during_a_restore_leaves_the_restored_data_alone(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = backup.saved(store)
    upload = inbox.receive(store, "orders.csv", files.ORDERS.encode())
    reading = jobs.start_reading(store, [upload], today=TODAY)
    background.wait(store, reading)
    clean = load._clean

    def clean_and_restore(*arguments: Any) -> Any:
        cleaned = clean(*arguments)
        backup.restore(store, content)
        return cleaned

    monkeypatch.setattr(load, "_clean", clean_and_restore)
    importing = jobs.start_import(store, background.outcome(reading), today=TODAY)
    job = background.wait(store, importing)
    assert job.running is False
    error = background.outcome(importing)
    assert isinstance(error, ImportRefused) and error.code == "restored_meanwhile"
    assert store.rows("SELECT count(*) FROM orders") == [(0,)]
