"""Pages as a reader sees them, over a database of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.jobs import sandbox
from data.store import database as stores
from tests.conftest import bring
from tests.pages.companies import CHINESE, ENGLISH

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
COMPANIES = {"zh": CHINESE, "en": ENGLISH}

Opening = Callable[..., AppTest]


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


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`filled("zh")` is a database with that company's files in it, made once."""
    made: dict[str, Path] = {}

    def database(language: str) -> Path:
        if language not in made:
            where = tmp_path_factory.mktemp(f"company_{language}") / "yuepan.duckdb"
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(sandbox, "run", _here)
                bring(stores.opened(where), COMPANIES[language].files())
            stores.close_all()
            made[language] = where
        return made[language]

    return database


@pytest.fixture
def company(fresh: Path, filled: Callable[[str], Path]) -> Callable[[str], None]:
    """`company("zh")` puts that company's data where this test's pages look."""

    def put(language: str) -> None:
        shutil.copyfile(filled(language), fresh)

    return put


def _here(function: str, *args: object, **limits: object) -> object:
    import importlib

    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)
