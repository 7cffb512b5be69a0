"""No text makes a pattern of the product search for long.

Every pattern of every module is taken with texts made to mislead it. Steps are counted, not
timed. A pattern that is only asked of whole texts (`fullmatch`, `match`) is measured so, any other
as it is searched for.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType, MappingProxyType, MethodType
from typing import Any

import pytest

from data.matching.systems import systems
from tests.backtracking import Search, growth

ROOT = Path(__file__).parents[1]
ROOMS = ("domain", "analytics", "data", "reports", "pages/kit", "server")
# A page is a script that runs when it is imported; its source is read all the same.
SCRIPTS = ("pages", "app.py")
# Where steps may grow with the square of a text's length, because only short texts are looked at.
SHORT = {
    "data/layout/cells.py": "`kind` takes texts of more than 200 characters for words",
    "data/layout/total_words.py": "a label has 200 characters at most",
    "data/values/numbers.py": "a number has 200 characters at most",
    "data/values/shares.py": "a name with its share has 200 characters at most",
    "data/matching/profile.py": "samples are cut to 300 characters",
    "data/matching/by_values.py": "the last 200 characters of a header",
}
_SEARCHES = {"search", "sub", "subn", "split", "findall", "finditer"}
_WHOLE = {"match", "fullmatch"}
_CALLS = {"compile", *_SEARCHES, *_WHOLE}
_ANY = ";"  # stands for what only a call knows


def _files() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.name != "__main__.py":
                name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
                yield path, vars(importlib.import_module(name.removesuffix(".__init__")))
    for script in SCRIPTS:
        found = ROOT / script
        for path in [found] if found.suffix else sorted(found.glob("*.py")):
            yield path, {}


def _held(thing: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns that a value holds, in whatever it holds them."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, re.Pattern):
        yield thing
        return
    inner: list[Any] = []
    if isinstance(thing, dict | MappingProxyType):
        inner = [*thing.keys(), *thing.values()]
    elif isinstance(thing, list | tuple | set | frozenset):
        inner = list(thing)
    elif isinstance(thing, partial):
        inner = [thing.func, *thing.args, *thing.keywords.values()]
    elif isinstance(thing, FunctionType):
        inner = [*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values()]
        inner += [cell.cell_contents for cell in thing.__closure__ or () if _full(cell)]
    elif isinstance(thing, MethodType) or type(thing).__name__ == "builtin_function_or_method":
        inner = [thing.__self__]
    elif is_dataclass(thing) and not isinstance(thing, type):
        inner = [getattr(thing, field.name, None) for field in fields(thing)]
    for one in inner:
        yield from _held(one, seen)


def _full(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _in_functions(path: Path, known: Mapping[str, Any]) -> Iterator[tuple[re.Pattern[Any], bool]]:
    """Yield the patterns that functions compile, search for or replace, with what they name."""
    tree = ast.parse(path.read_text("utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = dict(known)
        for node in ast.walk(function):
            if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
                continue
            if isinstance(said := _said(node.value, names), str):
                names[node.targets[0].id] = said
        for node in ast.walk(function):
            if _searches(node):
                said = _said(node.args[0], names)
                if isinstance(said, str | bytes):
                    yield re.compile(said, _flags(node, names)), node.func.attr in _WHOLE
                elif not isinstance(said, re.Pattern):
                    raise AssertionError(f"{path}:{node.lineno}: no pattern that can be read")


def _searches(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    of_re = isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
    return bool(of_re and called.value.id == "re" and called.attr in _CALLS)


def _flags(call: ast.Call, names: Mapping[str, Any]) -> int:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
    last = [call.args[-1]] if ast.unparse(call.args[-1]).startswith("re.") else []
    return eval(ast.unparse((given + last)[0]), {"re": re}) if given or last else 0


def _said(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Return the text that an expression makes; what is not known is `_ANY`."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        found = names.get(node.id, _ANY)
        return found if isinstance(found, str | bytes | re.Pattern) else _ANY
    if isinstance(node, ast.JoinedStr):
        return "".join(str(_said(part, names)) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _said(node.value, names)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        sides = [_said(node.left, names), _said(node.right, names)]
        return "".join(sides) if all(isinstance(side, str) for side in sides) else _ANY
    return _ANY


def _only_whole(path: Path) -> Callable[[str], bool]:
    """Return whether what a module names so is asked of whole texts alone, never searched for."""
    tree = ast.parse(path.read_text("utf-8"))
    named = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    searching = {
        node.value.id if isinstance(node.value, ast.Name) else ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in _SEARCHES
    } - {"re"}
    handed = {
        argument.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in node.args
        if isinstance(argument, ast.Name)
    }
    asked = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.attr in _WHOLE
    }

    def only(name: str) -> bool:
        if not name.startswith("_") or name in searching | handed:
            return False
        # Patterns in a list are asked by the name of a loop.
        return name in asked or not (searching - named)

    return only


@cache
def patterns() -> dict[tuple[re.Pattern[Any], bool], str]:
    """Return the patterns, each with whether only whole texts are compared with it.

    The value is the first module that has it.
    """
    found: dict[tuple[re.Pattern[Any], bool], str] = {}
    for path, names in _files():
        where = path.relative_to(ROOT).as_posix()
        only = _only_whole(path)
        held = [
            (pattern, only(name))
            for name, thing in names.items()
            if not name.startswith("__")
            for pattern in _held(thing, set())
        ]
        for pattern, whole in [*held, *_in_functions(path, names)]:
            found.setdefault((pattern, whole), where)
    for pattern in _held(dict(systems()), set()):
        found.setdefault((pattern, False), "data/systems")
    return {
        key: where for key, where in found.items() if not key[1] or (key[0], False) not in found
    }


@cache
def measured() -> list[tuple[float, str, str, str]]:
    """Return the growth of each pattern, its module, itself and the text that it takes long for."""
    return sorted(
        (*found[:1], where, str(pattern.pattern)[:200], *found[1:])
        for (pattern, whole), where in patterns().items()
        if (found := growth(Search(pattern), whole))
    )


def test_patterns_are_found_wherever_they_are() -> None:
    found = {where for where in patterns().values()}
    assert len(patterns()) > 450
    # In a tuple, in a dict, made in a function of parts that it is given, in a file of a system.
    for where in ("data/facts/person_names.py", "data/values/row_marks.py",
                  "data/readers/ragged.py", "data/systems"):  # fmt: skip
        assert where in found


def test_no_pattern_takes_more_than_the_square_of_a_texts_length() -> None:
    assert [row for row in measured() if row[0] > 5] == []


def test_patterns_take_steps_by_the_length_unless_texts_are_short() -> None:
    assert [row for row in measured() if row[0] > 2.7 and row[1] not in SHORT] == []


@pytest.mark.parametrize(
    ("pattern", "whole", "least", "most"),
    [
        (r"\d+x", True, 1.5, 2.7),
        (r"\s*x", False, 3.0, 5.0),
        (r"\s*a?\s*b", True, 3.0, 5.0),
        (r"\s*a?\s*b?\s*c", True, 5.1, 99),
        (r"(?:a+)+b", True, 5.1, 99),
        (r"(?:a|aa)*b", False, 5.1, 99),
        (r"(?:(?:is|so|isso)\s*)*x", True, 5.1, 99),
        (r"\s*(?:a\s*)?b", True, 1.5, 2.7),
        (r"\s*+a?\s*+b?\s*+c", True, 1.5, 2.7),
        (r"(?:(?<!\s)\s++)?+x", False, 1.5, 2.7),
        (r"(?>a+)+b", True, 1.5, 2.7),
    ],
)
def test_growth_is_told_from_the_pattern(
    pattern: str, whole: bool, least: float, most: float
) -> None:
    assert least <= growth(Search(re.compile(pattern)), whole)[0] <= most


@pytest.mark.parametrize(
    "pattern",
    [r"(?P<a>[ab]+?)(?P=a)c?$", r"(?<=a)b{2,3}+b|a\B", r"(?i:Ä)[^\W\d]*\b", r"^(?!ab)(?>a|ab)c*"],
)
@pytest.mark.parametrize(
    "text", ["", "abab", "aabbb", "abbbb", "äbc", "xÄb_1", "acc", "abc", "a\n"]
)
def test_a_counted_search_finds_what_re_finds(pattern: str, text: str) -> None:
    search = Search(re.compile(pattern))
    assert search.found(text, 10_000) is bool(re.search(pattern, text))
    assert search.found(text, 10_000, whole=True) is bool(re.fullmatch(pattern, text))
