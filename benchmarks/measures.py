"""The measures of the week page beside SQL written by hand for the same figures.

>>> rows(folder, sizes=(1_000_000, 10_000_000))

What the page asks is not listed here but heard: the page itself runs over a small
database, and each of its questions needs an answer of the same figures below.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pandas as pd
from streamlit.testing.v1 import AppTest

from benchmarks import made
from benchmarks.byhand import BY_HAND
from benchmarks.watch import Row, beside, ratio, seconds
from data.store.database import Store, close_all
from domain.scope import Scope
from pages.kit.queries import cache, compile
from pages.kit.queries.compile import Values

_FRAME = Path(__file__).parents[1] / "pages" / "frame.py"

Question = tuple[Callable[..., Any], tuple[Any, ...]]


def rows(folder: Path, sizes: tuple[int, ...]) -> Iterator[Row]:
    """One row a size: every question of the page's first run, one after the other."""
    questions = heard(folder / "small.duckdb")
    for lines in sizes:
        path = folder / f"{lines}.duckdb"
        store = made.database(path, lines)
        yield _row(store, questions, lines, times=5 if lines <= 1_000_000 else 3)
        store.close()
        path.unlink()


def _row(store: Store, questions: list[Question], lines: int, times: int) -> Row:
    ours = [compile.readable_query(asked, *given) for asked, given in questions]
    theirs = [by_hand(asked, given) for asked, given in questions]
    for mine, hand in zip(ours, theirs, strict=True):
        if not same(store.frame(mine), store.frame(hand)):
            raise AssertionError(f"not the same figures: {hand}")
    mine_took, hand_took = beside(lambda: _all(store, ours), lambda: _all(store, theirs), times)
    return ratio(
        f"Measures of the week page, {lines:,} order lines",
        "the same figures by hand-written SQL",
        1.3,
        mine_took,
        hand_took,
        f"{len(ours)} questions; most lost: {_most_lost(store, questions, ours, theirs)}",
    )


def heard(path: Path) -> list[Question]:
    """What the week page asks on its first run with nothing in its caches."""
    made.database(path, 3000)
    asked: dict[Question, None] = {}
    written = cache.compile_query

    def listening(function: Callable[..., Any], *given: Any) -> tuple[str, Values]:
        asked[function, given] = None
        return written(function, *given)

    with (
        patch.dict(os.environ, YUEPAN_DB=str(path)),
        patch.object(cache, "compile_query", listening),
    ):
        page = AppTest.from_file(str(_FRAME), default_timeout=120)
        page.query_params["lang"] = "en"
        page.run()
        if page.exception or len(page.metric) != 4:
            raise RuntimeError(f"the week page does not answer: {page.exception}")
    close_all()
    if not asked:
        raise RuntimeError("nothing was heard: the page's questions go another way now")
    return list(asked)


def by_hand(asked: Callable[..., Any], given: tuple[Any, ...]) -> str:
    """The hand-written SQL for a question; raises KeyError for one that nobody wrote yet."""
    words = [one for one in given if isinstance(one, str)]
    sources = [one.source for one in given if isinstance(one, Scope)]
    name = " ".join([asked.__name__, *sources, *words])
    if name not in BY_HAND:
        raise KeyError(f"benchmarks/byhand.py has no SQL for {name!r}, which the week page asks")
    days = [one for one in given if isinstance(one, date)]
    days += [one.as_of for one in given if isinstance(one, Scope)]
    return BY_HAND[name].format(*days)


def same(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Whether two frames hold the same figures, whatever the order of rows and columns."""
    if sorted(ours.columns) != sorted(theirs.columns) or len(ours) != len(theirs):
        return False
    return _plain(ours) == _plain(theirs)


def _plain(frame: pd.DataFrame) -> list[str]:
    listed = frame[sorted(frame.columns)].astype(object).itertuples(index=False)
    return sorted(" ".join(map(_word, row)) for row in listed)


def _word(value: Any) -> str:
    if value is None or pd.isna(value):
        return "-"
    if isinstance(value, str):
        return value
    return f"{float(value):.9g}" if not isinstance(value, date) else value.isoformat()


def _all(store: Store, queries: list[str]) -> None:
    for query in queries:
        store.frame(query)


def _most_lost(store: Store, questions: list[Question], ours: list[str], theirs: list[str]) -> str:
    """The questions that cost the most more than by hand."""
    found = []
    for (asked, given), mine, hand in zip(questions, ours, theirs, strict=True):
        took = [seconds(lambda query=query: store.frame(query)) for query in (mine, hand)]
        words = [one for one in given if isinstance(one, str)]
        found.append((took[0] - took[1], " ".join([asked.__name__, *words]), *took))
    worst = sorted(found, reverse=True)[:6]
    return ", ".join(f"{name} {a * 1000:.0f} ÷ {b * 1000:.0f} ms" for _, name, a, b in worst)
