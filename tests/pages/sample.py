"""The sample company, imported once a session; every test gets a copy of its database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.sample import write
from pages.kit.queries import load
from tests.once import once
from tests.pages.conftest import Copying, Opening, imported
from tests.pages.reading import LABELLED, plain, sentences, sound

TODAY = date(2026, 6, 16)
MONTH = date(2026, 6, 1)
PAGES = ("week.py", "plan.py", "review.py", "whatif.py", "settings.py")

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{3,}")
_NAMES = re.compile(r":material/\w+:|CNY|Yuepan")


@pytest.fixture
def sample(
    copying: Copying, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The sample company in Chinese, where this test's pages look; today is its today."""
    template = once(tmp_path_factory, "sample.duckdb", lambda: _imported(tmp_path_factory))
    monkeypatch.setattr(load, "today", lambda: TODAY)
    return copying(template)


def _imported(factory: pytest.TempPathFactory) -> Path:
    paths = write(factory.mktemp("files"), "zh")
    return imported(factory, {path.name: path.read_bytes() for path in paths})


def turned(opening: Opening, language: str, page: str, **link: str | list[str]) -> AppTest:
    """A page of the sample company, as a reader who turned to it sees it."""
    at = sound(opening(language, **link).run())
    return at if page == "week.py" else sound(at.switch_page(page).run())


def foreign(at: AppTest) -> list[str]:
    """What a Chinese page says in English: sentences, labels, choices, cells of tables."""
    texts = [*sentences(at), *_choices(at), *_cells(at)]
    return [one for one in texts if not HAN.search(one) and ENGLISH.search(_NAMES.sub("", one))]


def chinese(at: AppTest) -> list[str]:
    """What an English page says in Chinese of its own accord: all but what files brought."""
    labels = [str(one.label) for kind in LABELLED for one in at.get(kind) if hasattr(one, "label")]
    labels += [str(one.value) for kind in ("error", "warning", "info") for one in at.get(kind)]
    return [one for one in labels if HAN.search(one)]


def headline(at: AppTest) -> str:
    """The answer of the page in one sentence."""
    return plain(next(one.value for one in at.markdown if one.value.startswith("### ")))


def table_with(at: AppTest, column: str) -> pd.DataFrame:
    """The first table of the page that has such a column."""
    return next(one.value for one in at.dataframe if column in one.value)


def cents(text: str) -> Decimal:
    """A figure to the cent as it stands on the page."""
    return Decimal(text.replace("¥", "").replace(",", "").replace("\N{MINUS SIGN}", "-"))


def _choices(at: AppTest) -> Iterator[str]:
    for kind in ("selectbox", "segmented_control"):
        for one in at.get(kind):
            if one.key not in ("language", "set_language", "set_currency", "currency"):
                yield from (str(option) for option in one.options)


def _cells(at: AppTest) -> Iterator[str]:
    for one in at.dataframe:
        for name in one.value:
            if name != "status":  # an id, which its column shows in words
                yield from (cell for cell in one.value[name] if isinstance(cell, str))
