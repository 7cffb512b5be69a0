"""Who may import what: the table of docs/architecture, kept true."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "analytics", "data", "reports", "pages", "server")

FRAMES = {"ibis", "pandas", "numpy"}
OURS = {"pages", "analytics", "data", "reports", "domain"}
# One row a room; the longest matching row holds. The standard library is open to all.
MAY_IMPORT = {
    "domain": {"domain", "ibis"},
    "analytics": {"analytics", "domain", "scipy", "holidays", *FRAMES},
    "data": {
        "data", "domain", "ibis", "pyarrow", "fastexcel", "pandas", "rapidfuzz", "python_calamine",
        "charset_normalizer",
    },
    # The sample company is made of random numbers, and written as a system writes its exports.
    "data/sample": {"data", "domain", "numpy", "openpyxl"},
    # The codes of currencies.
    "data/values/currency_words.py": {"data", "domain", "babel"},
    "data/store/database.py": {"data", "domain", "ibis", "pandas", "pyarrow", "duckdb"},
    "reports": {"reports", "domain", "openpyxl", "pptx", "pandas"},
    "pages": {*OURS, "streamlit", "pyarrow", *FRAMES},
    "pages/kit/charts": {"pages", "domain", "plotly", "pandas"},
    "pages/kit/i18n": {"pages", "domain", "babel"},
    "server": {"server", *OURS, "starlette", "anyio"},
}  # fmt: skip
# Rooms of the kit without Streamlit, and what they may take from the kit: no way round
# through a neighbour.
PURE = {"charts", "i18n"}

FILES = sorted(
    path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")
)


def imported(file: str) -> set[str]:
    """Dotted names that `file` imports, those inside functions too; not those for types only."""
    found: set[str] = set()
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports by dots"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def allowed(file: str) -> set[str]:
    row = max((row for row in MAY_IMPORT if f"{file}/".startswith(f"{row}/")), key=len)
    return MAY_IMPORT[row] | set(sys.stdlib_module_names)


@pytest.mark.parametrize("file", FILES)
def test_a_room_imports_only_what_it_may(file: str) -> None:
    assert {name.split(".")[0] for name in imported(file)} <= allowed(file)


@pytest.mark.parametrize(
    "file",
    [file for file in FILES if file.startswith(tuple(f"pages/kit/{room}/" for room in PURE))],
)
def test_words_and_charts_do_not_reach_streamlit_through_a_neighbour(file: str) -> None:
    reached = {name.split(".")[2] for name in imported(file) if name.startswith("pages.kit.")}
    assert reached <= PURE


def test_every_row_of_the_table_names_something_that_exists() -> None:
    assert [row for row in MAY_IMPORT if row != "reports" and not (ROOT / row).exists()] == []
