"""What a cancelled import leaves behind, with real child processes: nothing."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.ingest import history, inbox, jobs
from data.jobs import background, keeper, sandbox
from data.store.database import Store
from domain.errors import ImportRefused
from tests.conftest import TODAY, bring, everything, over, read
from tests.data import files
from tests.data.readers.test_archive import zipped

LONG = "SELECT count(*) FROM range(1000000000) AS a(x), range(1000000) AS b(y) WHERE x % 7 = y % 5"


def send_off() -> None:
    """End the child that waits for a next call."""
    while sandbox._ready:
        sandbox._end(sandbox._ready.pop())


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where child processes keep their folders, so that a forgotten one is seen."""
    send_off()
    where = tmp_path / "folders"
    where.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(where))
    yield where
    send_off()


def children() -> set[int]:
    """The child processes at work, without those that wait for a next call or for our end."""
    prepared = {waiting.process.pid for waiting in sandbox._ready}
    prepared |= {keeper._process.pid} if keeper._process else set()
    listed = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(one) for file in listed for one in file.read_text().split()} - prepared


def nothing_is_left(store: Store, folders: Path) -> None:
    assert not store.inbox.exists() or list(store.inbox.iterdir()) == []
    # A child that has done its work ends beside its caller.
    waiting = {one.folder.name for one in sandbox._ready}
    until(lambda: {one.name for one in folders.iterdir()} == waiting)
    if Path("/proc").exists():
        until(lambda: children() == set())


def until(what: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("phase", "name", "content"),
    [
        ("reading", "orders.csv", files.ORDERS.encode()),
        ("unpacking", "month.zip", zipped({"orders.csv": files.ORDERS})),
        ("typing", "orders.csv", files.ORDERS.encode()),
    ],
    ids=["reading", "unpacking", "typing"],
)
def test_a_child_at_work_ends_with_its_import_and_leaves_nothing(
    store: Store,
    folders: Path,
    monkeypatch: pytest.MonkeyPatch,
    phase: str,
    name: str,
    content: bytes,
) -> None:
    before = everything(store)
    drafts = read(store, {name: content}) if phase == "typing" else []
    run, at_work = sandbox.run, threading.Event()

    def slow(function: str, *args: object, **limits: Any) -> object:
        asked, limits["cancelled"] = limits["cancelled"], lambda: at_work.set() or asked()
        return run("time:sleep", 60, **limits)

    monkeypatch.setattr(sandbox, "run", slow)
    if phase == "typing":
        job_id = jobs.start_import(store, drafts, today=TODAY)
    else:
        job_id = jobs.start_reading(store, [inbox.receive(store, name, content)], today=TODAY)
    assert at_work.wait(30)
    began = time.monotonic()
    background.cancel(job_id)
    told = over(store, job_id)
    assert isinstance(told, ImportRefused) and told.code == "cancelled"
    assert background.look(store, job_id).state == "cancelled"
    assert time.monotonic() - began < 5
    assert everything(store) == before
    nothing_is_left(store, folders)


def test_a_landing_is_broken_off_in_the_middle_of_a_statement(
    store: Store, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(store)
    drafts = read(store, {"orders.csv": files.ORDERS})
    record, landed = history.record, threading.Event()

    def endless(cursor: Any, *more: Any) -> Any:
        record(cursor, *more)
        landed.set()
        cursor.execute(LONG).fetchall()
        raise AssertionError("it was not broken off")

    monkeypatch.setattr(history, "record", endless)
    job_id = jobs.start_import(store, drafts, today=TODAY)
    assert landed.wait(30)
    time.sleep(0.2)
    began = time.monotonic()
    background.cancel(job_id)
    assert over(store, job_id).code == "cancelled"
    assert time.monotonic() - began < 5
    assert everything(store) == before
    nothing_is_left(store, folders)
    # The writer's lock is free again, and the same drafts land.
    monkeypatch.setattr(history, "record", record)
    (result,) = bring(store, {"orders.csv": files.ORDERS})
    assert result.error is None and result.rows_kept == 3


def test_reading_goes_on_while_rows_land(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = read(store, {"orders.csv": files.ORDERS})
    record, landed, go_on = history.record, threading.Event(), threading.Event()

    def slowly(cursor: Any, *more: Any) -> Any:
        told = record(cursor, *more)
        landed.set()
        go_on.wait(10)
        return told

    monkeypatch.setattr(history, "record", slowly)
    job_id = jobs.start_import(store, drafts, today=TODAY)
    assert landed.wait(30)
    assert store.rows("SELECT count(*) FROM orders") == [(0,)]
    assert background.look(store, job_id).phase == "landing"
    go_on.set()
    over(store, job_id)
    assert store.rows("SELECT count(*) FROM orders") == [(3,)]


def test_a_cancel_that_comes_after_the_last_moment_changes_nothing(store: Store) -> None:
    calls: list[str] = []
    progress = background.Progress(store, "j")
    with progress.interruptible(lambda: calls.append("broken off")):
        pass
    progress.stop()
    assert calls == []


def test_a_fault_in_a_landing_that_nobody_cancelled_stays_a_fault(store: Store) -> None:
    progress = background.Progress(store, "j")
    with pytest.raises(ValueError, match="ours"), progress.interruptible(lambda: None):
        raise ValueError("ours")


def test_rows_are_counted_while_a_child_types_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = read(store, {"orders.csv": files.ORDERS, "products.csv": files.REGISTER})
    told: list[tuple[str, int, int]] = []
    report = background.Progress.report

    def listen(self: background.Progress, phase: str, done: int = 0, total: int = 0) -> None:
        told.append((phase, done, total))
        report(self, phase, done, total)

    monkeypatch.setattr(background.Progress, "report", listen)
    over(store, jobs.start_import(store, drafts, today=TODAY))
    typing = [(done, total) for phase, done, total in told if phase == "typing"]
    assert typing == sorted(typing) and {total for _, total in typing} == {5}
    assert [done for phase, done, _ in told if phase == "landing"] == [0, 3, 5]
