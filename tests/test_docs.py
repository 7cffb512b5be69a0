"""The docs name everything that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.measures import MEASURES
from domain.tables import TABLES, Table
from tests.test_imports import INNER, ROOMS

DOCS = Path(__file__).parents[1] / "docs"


def section(text: str, name: str) -> str:
    """The part of a page under the heading that holds `name`, up to the next such heading."""
    parts = [part for part in text.split("\n## ") if f"`{name}`" in part.split("\n")[0]]
    assert len(parts) == 1, f"{name}: {len(parts)} headings"
    return parts[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_and_column_is_in_the_docs(table: Table) -> None:
    told = section((DOCS / "tables.md").read_text("utf-8"), table.name)
    missing = [column.name for column in table.columns if f"`{column.name}`" not in told]
    assert not missing
    assert [choice for one in table.columns for choice in one.choices if choice not in told] == []


def test_the_docs_name_no_table_that_is_not_there() -> None:
    headings = (DOCS / "tables.md").read_text("utf-8").split("\n## ")[1:]
    assert {part.split("`")[1] for part in headings} == {table.name for table in TABLES}


def test_every_measure_is_in_the_docs() -> None:
    told = (DOCS / "measures.md").read_text("utf-8")
    assert [one.id for one in MEASURES if f"`{one.id}`" not in told] == []


ARCHITECTURE = (DOCS / "architecture.md").read_text("utf-8")
ROOT = DOCS.parent


def test_the_architecture_names_every_room_once_and_no_other() -> None:
    rows = re.findall(r"^\| `([a-z0-9_/.]+?)/?` \|", ARCHITECTURE, re.MULTILINE)
    inner = [
        f"{room}/{name}" if (ROOT / room / name).is_dir() else f"{room}/{name}.py"
        for room, names in INNER.items()
        for name in names
    ]
    beside = ["app.py", "locales", "tests", "benchmarks", "docs"]
    assert sorted(rows) == sorted([*ROOMS, *inner, *beside])


def test_the_rooms_stand_in_the_order_of_their_floors() -> None:
    for room, names in INNER.items():
        places = [ARCHITECTURE.index(f"| `{room}/{name}") for name in names]
        assert places == sorted(places), room


def test_what_the_architecture_points_at_exists() -> None:
    paths = set(re.findall(r"`([a-z_]+(?:/[a-z_0-9]+)*/?(?:\.[a-z]+)?)`", ARCHITECTURE))
    paths = {path for path in paths if "/" in path}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []
    links = re.findall(r"\]\(([^):]+)\)", ARCHITECTURE)
    assert [link for link in links if not (DOCS / link).exists()] == []
