"""A store of its own for each test that asks, and the real way in for small files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from data.ingest import inbox, jobs
from data.jobs import background, sandbox
from data.staging.draft import Draft, Result
from data.store import database as stores
from data.store import engine
from data.store.database import Store
from tests import law_of_money
from tests.once import once

# The same examples every time, wherever the tests run.
settings.load_profile("ci")

TODAY = date(2026, 3, 31)
Files = Mapping[str, str | bytes]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: their driver keeps an event loop running in the thread of the tests."""
    items.sort(key=lambda item: "browser" in item.path.parts)


# Database files that do not exist yet → the file that they begin as.
beginnings: dict[Path, Path] = {}


@pytest.fixture(autouse=True)
def made_before(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a new database as a copy: of what `beginnings` names, else of an empty one."""
    connect, empty = (
        engine.connect,
        once(tmp_path_factory, "empty.duckdb", partial(_empty, tmp_path_factory)),
    )

    def connection(path: Path) -> Any:
        if not path.exists():
            shutil.copyfile(beginnings.get(path, empty), path)
        return connect(path)

    monkeypatch.setattr(engine, "connect", connection)


@pytest.fixture(autouse=True)
def lawful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the law of money over every import of every test."""
    law_of_money.over_every_import(monkeypatch)


def _empty(factory: pytest.TempPathFactory) -> Path:
    store = Store(factory.mktemp("empty") / "empty.duckdb")
    store.close()
    return store.path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's database is; the environment says so too."""
    where = tmp_path / "yuepan.duckdb"
    monkeypatch.setenv("YUEPAN_DB", str(where))
    return where


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    yield stores.opened(path)
    stores.close_all()


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run what a child process would do in this one: the same path, without the 0.3 s each."""

    def run(function: str, *args: object, **limits: object) -> Any:
        import importlib

        module, _, name = function.partition(":")
        return getattr(importlib.import_module(module), name)(*args)

    monkeypatch.setattr(sandbox, "run", run)
    monkeypatch.setattr(sandbox, "prepare", lambda: None)


def over(store: Store, job_id: str) -> Any:
    """The outcome of a job, once it has one and its thread has written its last word."""
    background.wait(store, job_id, seconds=60)
    return background.outcome(job_id)


def read(store: Store, files: Files) -> Any:
    """The drafts of small files, by the real path."""
    uploads = [
        inbox.receive(store, name, text.encode() if isinstance(text, str) else text)
        for name, text in files.items()
    ]
    return over(store, jobs.start_reading(store, uploads, today=TODAY))


def land(store: Store, drafts: Sequence[Draft], **more: Any) -> Any:
    """What became of the drafts, all in one transaction."""
    return over(store, jobs.start_import(store, drafts, today=TODAY, **more))


def bring(store: Store, files: Files) -> list[Result]:
    """Read and land small files; for those in which nothing is open or wrong."""
    drafts = read(store, files)
    assert isinstance(drafts, list), drafts
    results = land(store, drafts)
    assert isinstance(results, list), results
    return results


@pytest.fixture
def importing(store: Store, inline: None) -> Callable[[Files], list[Result]]:
    """`importing({"orders.csv": "Order ID,…"})` lands files in the test's store."""
    return lambda files: bring(store, files)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that are there to tell of attempts."""
    names = [
        name
        for (name,) in store.rows(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'main' AND table_name NOT IN ('jobs', 'arrivals') "
            "ORDER BY 1"
        )
    ]
    return {name: store.rows(f'SELECT * FROM "{name}" ORDER BY ALL') for name in names}
