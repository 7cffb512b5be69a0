"""The docs name everything that there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.measures import MEASURES
from domain.tables import TABLES, Table

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
