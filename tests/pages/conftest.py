"""Pages as a reader sees them, over a database of their own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test

from data.jobs import sandbox
from data.store import database as stores
from tests.conftest import Files, bring
from tests.once import once
from tests.pages.companies import CHINESE, ENGLISH
from tests.pages.copies import Copy, copied

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
COMPANIES = {"zh": CHINESE, "en": ENGLISH}

Opening = Callable[..., AppTest]
Copying = Callable[[Path], Path]


@pytest.fixture(autouse=True, scope="session")
def read_once() -> Iterator[None]:
    """Installed packages and pages, which every AppTest would look through and compile anew."""
    scan = manifest_scanner.scan_component_manifests
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        patch.setattr(app_test, "ScriptCache", cache(ScriptCache))
        yield


@pytest.fixture
def fresh(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The path of an empty database; nothing cached from the test before, no child made ready."""
    monkeypatch.setattr(sandbox, "prepare", lambda: None)
    stores.close_all()
    st.cache_data.clear()
    st.cache_resource.clear()
    yield path
    stores.close_all()


@pytest.fixture
def opening(fresh: Path) -> Opening:
    """`opening("zh", region="华东")` is the week page as a link shows it; nothing ran yet."""

    def opened(language: str, **link: str | list[str]) -> AppTest:
        at = AppTest.from_file(str(FRAME), default_timeout=60)
        at.query_params["lang"] = language
        for name, value in link.items():
            at.query_params[name] = value
        return at

    return opened


@pytest.fixture
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`filled("zh")` is a database with that company's files in it, made once."""

    def database(language: str) -> Path:
        return once(
            tmp_path_factory,
            f"company_{language}.duckdb",
            lambda: imported(tmp_path_factory, COMPANIES[language].files()),
        )

    return database


def imported(factory: pytest.TempPathFactory, files: Files) -> Path:
    """A new database with files in it that leave nothing to ask."""
    where = factory.mktemp("imported") / "yuepan.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run", _here)
        store = stores.opened(where)
        bring(store, files)
    store.close()
    return where


@pytest.fixture
def copying(request: pytest.FixtureRequest, fresh: Path) -> Iterator[Copying]:
    """`copying(template)` puts a copy of a database where this test's pages look.

    A test that patches something gives and takes no answers, nor does one marked `cold`.
    """
    patches = "monkeypatch" in inspect.signature(request.function).parameters
    cold = patches or request.node.get_closest_marker("cold") is not None
    made: list[Copy] = []

    def put(template: Path) -> Path:
        made.append(copied(template, fresh, cold=cold))
        return fresh

    yield put
    for copy in made if not cold else ():
        copy.hand_on()


@pytest.fixture
def company(copying: Copying, filled: Callable[[str], Path]) -> Callable[[str], None]:
    """`company("zh")` puts that company's data where this test's pages look."""

    def put(language: str) -> None:
        copying(filled(language))

    return put


def _here(function: str, *args: object, **limits: object) -> object:
    import importlib

    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)
