"""Examples in docstrings give what they say, and call what there is as it is called."""

from __future__ import annotations

import ast
import builtins
import doctest
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "analytics", "data", "reports", "pages/kit", "server")
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
# Called without an import: the words of a language, a query run, a table of the store, a file
# read, a path.
STAND_INS = {
    "_",
    "words",
    "frame",
    "table",
    "ibis_table",
    "read",
    "receive",
    "run_the_server",
    "Path",
}


def modules_with_examples() -> list[str]:
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in paths
        if ">>> " in path.read_text("utf-8")
    ]


def assigned(tree: ast.AST) -> set[str]:
    targets = [
        one for node in ast.walk(tree) if isinstance(node, ast.Assign) for one in node.targets
    ]
    return {node.id for one in targets for node in ast.walk(one) if isinstance(node, ast.Name)}


def bound_inside(tree: ast.AST) -> set[str]:
    """Names bound by loops, functions and imports, which the statement itself may use."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return (
        {one.id for one in names if isinstance(one.ctx, ast.Store)} - assigned(tree)
        | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        | {alias.asname or alias.name for node in imports for alias in node.names}
    )


def wrong_calls(tree: ast.AST, known: dict[str, object]) -> Iterator[str]:
    """Calls of what is not there, or with other arguments than it takes."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        match call.func:
            case ast.Name(id=name) if name not in known:
                if name not in STAND_INS:
                    yield f"{name} is not there"
                continue
            case ast.Name(id=name):
                function = known[name]
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if isinstance(
                module := known.get(name), ModuleType
            ):
                function = getattr(module, attr, None)
                if function is None:
                    yield f"{name}.{attr} is not there"
            case _:
                continue
        spread = any(isinstance(one, ast.Starred) for one in call.args)
        if inspect.isfunction(function) and not spread:
            try:
                inspect.signature(function).bind(
                    *call.args, **{one.arg: one for one in call.keywords if one.arg}
                )
            except TypeError as error:
                yield f"{name}: {error}"


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_give_what_they_say(
    name: str,
) -> None:
    """A name that is bound nowhere stands for a store, a table or a file: such are not run."""
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(optionflags=OPTIONS)
    for test in doctest.DocTestFinder().find(module):
        known = vars(builtins) | vars(module)
        if "_" not in vars(module):
            known.pop("_", None)  # doctest leaves the last result there
        for example in test.examples:
            tree = ast.parse(example.source)
            inside = known | dict.fromkeys(bound_inside(tree))
            assert not list(wrong_calls(tree, inside)), f"{name}, line {example.lineno}"
            loaded = {
                node.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            }
            if loaded - inside.keys() or example.options.get(doctest.SKIP):
                example.options[doctest.SKIP] = True
                known = {one: known[one] for one in known.keys() - assigned(tree)}
            else:
                known = inside | dict.fromkeys(assigned(tree))
        runner.run(test)
    assert not runner.failures
