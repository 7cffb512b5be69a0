"""Pages and the server read the clock; the rooms that give figures their meaning get `today`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "analytics", "data", "reports")
FILES = sorted(
    path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")
)
CLOCKS = {
    *(f"{kind}.{name}" for kind in ("date", "datetime", "Timestamp") for name in ("today", "now")),
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
    "datetime.utcnow",
    "Timestamp.utcnow",
}
SQL_CLOCKS = ("current_date", "current_timestamp", "current_localtimestamp", "now(", "today(")

# Stamps of the record: they say when something happened and decide no figure.
STAMPS = {
    ("data/facts/decisions.py", "decide_name"): "when two names were declared the same",
    ("data/facts/undo.py", "undo"): "when an import was undone",
    ("data/ingest/history.py", "record"): "when a file was imported, and its mapping last used",
    ("data/ingest/pending.py", "expect"): "when a file arrived",
    ("data/ingest/pending.py", "dismiss"): "when somebody dismissed a file",
    ("data/ingest/pending.py", "_came_in"): "when a file arrived that nobody announced",
    ("data/jobs/background.py", "Progress"): "when a job last moved",
    ("data/jobs/background.py", "start"): "when a job started",
    ("data/jobs/background.py", "look"): "how long a job has been running",
    ("data/jobs/background.py", "_run"): "when a job ended",
    ("data/store/migrations.py", "migrate"): "when a migration ran",
    ("data/store/plans.py", "save_version"): "when a plan was saved",
    ("data/store/plans.py", "_insert_targets"): "when a target was typed",
    ("data/store/rates.py", "save_rates"): "when exchange rates were saved",
    ("data/store/scenarios.py", "keep"): "when a scenario was saved",
    ("data/store/settings.py", "choose"): "when a setting was chosen",
}


def clock_readers(source: str) -> set[str]:
    """The top-level functions and classes that read a clock, in Python or in SQL."""
    readers = set()
    for definition in ast.parse(source).body:
        names = (
            ".".join(ast.unparse(node).split(".")[-2:])
            for node in ast.walk(definition)
            if isinstance(node, ast.Attribute)
        )
        texts = list(_texts(definition))
        in_sql = any(clock in text for text in texts for clock in SQL_CLOCKS)
        if in_sql or not CLOCKS.isdisjoint(names):
            readers.add(getattr(definition, "name", "module"))
    return readers


def _texts(definition: ast.stmt) -> Iterator[str]:
    """The strings in a definition in lower case, without those that stand alone: docstrings."""
    alone = {id(node.value) for node in ast.walk(definition) if isinstance(node, ast.Expr)}
    for node in ast.walk(definition):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value.lower()


@pytest.mark.parametrize("file", FILES)
def test_today_is_an_argument(file: str) -> None:
    stamps = {name for stamped, name in STAMPS if stamped == file}
    assert clock_readers((ROOT / file).read_text("utf-8")) == stamps


def test_every_stamp_stands_in_a_file_that_exists() -> None:
    assert {file for file, _ in STAMPS} <= set(FILES)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date\nday = date.today()",
        "import datetime\nnow = datetime.datetime.now(datetime.UTC)",
        "import time\nnow = time.time()",
        "import pandas as pd\nnow = pd.Timestamp.now()",
        "from datetime import date\nclock = date.today",
        "query = 'SELECT * FROM orders WHERE order_date <= CURRENT_DATE'",
        "query = f'SELECT {column} FROM orders WHERE order_date <= now()'",
    ],
)
def test_a_clock_is_seen_in_every_spelling(source: str) -> None:
    assert clock_readers(source) == {"module"}
