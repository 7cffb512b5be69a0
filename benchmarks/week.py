"""Measure the week page's measures beside SQL written by hand for the same figures.

>>> rows(folder, sizes=(1_000_000, 10_000_000))

The page's questions are not listed here but recorded: the page itself runs over a small
database. Each question needs SQL in `benchmarks.hand_sql` that gives the same figures.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import ibis.expr.types as ir
import pandas as pd
from streamlit.testing.v1 import AppTest

from benchmarks import company
from benchmarks.hand_sql import HAND_SQL
from benchmarks.timing import Row, medians, ratio, seconds
from data.store.database import Store, close_all
from domain.scope import Scope
from pages.kit.queries import cache
from pages.kit.queries.compile import compile_query, readable_query

_FRAME = Path(__file__).parents[1] / "pages" / "frame.py"
_MOST_COSTLY = 6


@dataclass(frozen=True)
class Question:
    """A measure and its arguments, as the page asks for it."""

    measure: Callable[..., ir.Table]
    arguments: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The key in `HAND_SQL`: the measure, its source and its dimension."""
        sources = [argument.source for argument in self.arguments if isinstance(argument, Scope)]
        words = [argument for argument in self.arguments if isinstance(argument, str)]
        return " ".join([self.measure.__name__, *sources, *words])

    def app_sql(self) -> str:
        """Return the SQL that the app runs."""
        return readable_query(self.measure, *self.arguments)

    def hand_sql(self) -> str:
        """Return the hand-written SQL; raise KeyError if nobody has written it yet."""
        if self.name not in HAND_SQL:
            raise KeyError(
                f"benchmarks/hand_sql.py has no SQL for {self.name!r}, which the week page asks"
            )
        days = [argument for argument in self.arguments if isinstance(argument, date)]
        days += [argument.as_of for argument in self.arguments if isinstance(argument, Scope)]
        numbers = [argument for argument in self.arguments if isinstance(argument, int)]
        return HAND_SQL[self.name].format(*days, *numbers)


@dataclass(frozen=True)
class _Pair:
    """The app's SQL and the hand-written SQL of one question."""

    name: str
    ours: str
    theirs: str


def rows(folder: Path, sizes: tuple[int, ...], times: int | None = None) -> Iterator[Row]:
    """Yield a row for each size: every question of the page's first run, one after the other.

    Raises AssertionError if the app and the hand-written SQL give different figures.
    """
    questions = week_page_questions(folder / "small.duckdb")
    for lines in sizes:
        path = folder / f"{lines}.duckdb"
        store = company.database(path, lines)
        yield _row(store, questions, lines, times or (5 if lines <= 1_000_000 else 3))
        store.close()
        path.unlink()


def _row(store: Store, questions: list[Question], lines: int, times: int) -> Row:
    for question in questions:
        check(store, question)
    pairs = [_Pair(each.name, each.app_sql(), each.hand_sql()) for each in questions]
    ours, theirs = medians(
        lambda: [store.frame(pair.ours) for pair in pairs],
        lambda: [store.frame(pair.theirs) for pair in pairs],
        times,
    )
    return ratio(
        f"Measures of the week page, {lines:,} order lines",
        "the same figures by hand-written SQL",
        1.3,
        ours,
        theirs,
        f"{len(pairs)} questions; most lost: {_most_costly(store, pairs)}",
    )


def week_page_questions(path: Path) -> list[Question]:
    """Run the week page over a new database at `path`; return what it asks with empty caches."""
    company.database(path, 3000)
    questions: dict[Question, None] = {}

    def record(measure: Callable[..., ir.Table], *arguments: Any) -> Any:
        questions[Question(measure, arguments)] = None
        return compile_query(measure, *arguments)

    with patch.dict(os.environ, YUEPAN_DB=str(path)), patch.object(cache, "compile_query", record):
        page = AppTest.from_file(str(_FRAME), default_timeout=120)
        page.query_params["lang"] = "en"
        page.run()
        if page.exception or len(page.metric) != 4:
            raise RuntimeError(f"the week page does not answer: {page.exception}")
    close_all()
    if not questions:
        raise RuntimeError("no question was recorded: the page compiles its measures elsewhere")
    return list(questions)


def check(store: Store, question: Question) -> int:
    """Return how many rows answer a question.

    Raises AssertionError if the app and the hand-written SQL give different figures.
    """
    ours, theirs = store.frame(question.app_sql()), store.frame(question.hand_sql())
    if not same_figures(ours, theirs):
        raise AssertionError(f"{question.name}: not the same figures\n{ours}\n{theirs}")
    return len(ours)


def same_figures(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """Return whether two frames hold the same figures in any order of rows and columns."""
    return sorted(ours.columns) == sorted(theirs.columns) and _lines(ours) == _lines(theirs)


def _lines(frame: pd.DataFrame) -> list[str]:
    cells = frame[sorted(frame.columns)].astype(object).itertuples(index=False)
    return sorted(" ".join(map(_cell, row)) for row in cells)


def _cell(value: Any) -> str:
    if value is None or pd.isna(value):
        return "-"
    if isinstance(value, str):
        return value
    return f"{float(value):.9g}" if not isinstance(value, date) else value.isoformat()


def _most_costly(store: Store, pairs: list[_Pair]) -> str:
    """List the questions that cost the most more than by hand."""
    costs = []
    for pair in pairs:
        ours = seconds(partial(store.frame, pair.ours)) * 1000
        theirs = seconds(partial(store.frame, pair.theirs)) * 1000
        costs.append((ours - theirs, f"{pair.name} {ours:.0f} ÷ {theirs:.0f} ms"))
    return ", ".join(text for _, text in sorted(costs, reverse=True)[:_MOST_COSTLY])
