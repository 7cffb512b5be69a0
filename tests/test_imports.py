"""Who may import what: the floors of docs/architecture.md, kept true."""

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
    # The codes of currencies and the names of months.
    "data/values/currency_words.py": {"data", "domain", "babel"},
    "data/values/months.py": {"data", "domain", "babel"},
    "data/store/database.py": {"data", "domain", "ibis", "pandas", "pyarrow", "duckdb"},
    "data/store/engine.py": {"data", "domain", "duckdb"},
    "data/store/backup_check.py": {"data", "domain", "duckdb"},
    "data/store/failures.py": {"domain", "duckdb"},
    "reports": {"reports", "domain", "openpyxl", "pptx", "pandas"},
    "pages": {*OURS, "streamlit", "pyarrow", *FRAMES},
    "pages/kit/charts": {"pages", "domain", "plotly", "pandas"},
    "pages/kit/i18n": {"pages", "domain", "babel"},
    "server": {"server", *OURS, "starlette", "anyio"},
}  # fmt: skip
# The rooms inside a room, lowest floor first, and the rooms below that each may import.
# A room imports nothing from a floor above, so there is no circle.
INNER: dict[str, dict[str, set[str]]] = {
    "data": {
        "values": set(),
        "store": set(),
        "jobs": {"store"},
        "sample": set(),
        "layout": {"values"},
        "readers": {"values", "layout"},
        "matching": {"values"},
        "cleaning": {"values", "jobs", "matching"},
        "facts": {"values", "store", "matching"},
        "staging": {"values", "store", "layout", "matching", "cleaning", "facts"},
        "ingest": {
            "store",
            "jobs",
            "layout",
            "readers",
            "matching",
            "cleaning",
            "facts",
            "staging",
        },
    },
    "analytics": {
        "ratio": set(),
        "periods": {"ratio"},
        "forecast": {"ratio", "periods"},
        "plan": {"ratio", "periods", "forecast"},
        "actuals": {"ratio", "periods", "plan"},
        "tracking": {"ratio", "periods", "forecast", "plan"},
        "pipeline": {"ratio", "periods", "actuals"},
        "review": {"ratio", "periods", "forecast", "plan", "actuals", "pipeline"},
        "whatif": {"ratio", "forecast", "pipeline", "tracking", "review"},
    },
    "pages/kit": {
        "i18n": set(),
        "charts": {"i18n"},
        "queries": set(),
        "widgets": {"i18n", "charts", "queries"},
        "files": {"i18n", "queries", "widgets"},
        "week": {"i18n", "charts", "queries", "widgets"},
        "plan": {"i18n", "charts", "queries", "widgets"},
        "review": {"i18n", "charts", "queries", "widgets"},
        "whatif": {"i18n", "charts", "queries", "widgets"},
    },
}

FILES = sorted(
    path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*.py")
)
MODULES = {file.removesuffix(".py").replace("/", "."): file for file in FILES}


def imported(file: str, for_types: bool = False) -> set[str]:
    """Dotted names that `file` imports, those inside functions too; for types alone if asked."""
    names: set[str] = set()
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    type_checking = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in type_checking and not for_types:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports by dots"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def modules_of(names: set[str]) -> set[str]:
    """The modules of ours among dotted names of modules and of what is in them."""
    return {
        module for name in names for module in (name, name.rpartition(".")[0]) if module in MODULES
    }


def inner_rooms(room: str) -> set[str]:
    """The packages in a room and the modules beside them, without those of the page itself."""
    inside = {path.parent for path in (ROOT / room).glob("*/__init__.py")}
    beside = {path for path in (ROOT / room).glob("*.py") if not path.stem.startswith("__")}
    return {path.stem for path in inside | beside}


@pytest.mark.parametrize("file", FILES)
def test_a_room_imports_only_what_it_may(file: str) -> None:
    row = max((row for row in MAY_IMPORT if f"{file}/".startswith(f"{row}/")), key=len)
    allowed = MAY_IMPORT[row] | set(sys.stdlib_module_names)
    assert {name.split(".")[0] for name in imported(file)} <= allowed


@pytest.mark.parametrize("room, inner", [(room, inner) for room in INNER for inner in INNER[room]])
def test_an_inner_room_imports_only_rooms_below_it(room: str, inner: str) -> None:
    package = f"{room.replace('/', '.')}."
    floors = list(INNER[room])
    assert INNER[room][inner] <= set(floors[: floors.index(inner)])
    for module, file in MODULES.items():
        if not f"{module}.".startswith(f"{package}{inner}."):
            continue
        reached = {
            name.removeprefix(package).split(".")[0]
            for name in imported(file, for_types=True)
            if name.startswith(package)
        }
        assert reached - {inner} <= INNER[room][inner], module


@pytest.mark.parametrize("room", INNER)
def test_every_inner_room_has_its_row(room: str) -> None:
    assert set(INNER[room]) == inner_rooms(room)


def test_no_module_imports_itself_through_others() -> None:
    waiting = {name: modules_of(imported(file)) - {name} for name, file in MODULES.items()}
    # Take away, again and again, the modules that import none of those left.
    while free := {name for name, needs in waiting.items() if not needs & waiting.keys()}:
        waiting = {name: needs for name, needs in waiting.items() if name not in free}
    assert not waiting


def test_every_row_of_the_table_names_something_that_exists() -> None:
    assert [row for row in MAY_IMPORT if not (ROOT / row).exists()] == []


def test_what_the_child_runs_needs_neither_pandas_nor_numpy() -> None:
    reached, waiting = set(), {"data.ingest.tasks"}
    while waiting:
        reached |= waiting
        needed = {name for module in waiting for name in modules_of(imported(MODULES[module]))}
        waiting = needed - reached
    for module in reached:
        assert not {name.split(".")[0] for name in imported(MODULES[module])} & {"numpy", "pandas"}
        text = (ROOT / MODULES[module]).read_text("utf-8")
        converted = {"to_numpy(", "to_pandas("} - {"to_pandas(" if "class Store" in text else ""}
        assert not [call for call in converted if call in text], module
