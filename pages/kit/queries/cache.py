"""The cache between two clicks: rows from the engine, what was computed from them, charts.

    >>> frame(actual.by, scope, "rep", start, end)
    >>> @cached("facts", "plan")
    ... def standing(scope: Scope) -> Standing: ...

Answers are kept beside the open store, under the versions of the parts that they
depend on. A write raises a version, so nothing is ever cleared by hand, and saving a
target leaves the answers alone that depend on the facts only. Sessions that ask the
same at the same time wait for one of them to work it out.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import ibis.expr.types as ir
import pandas as pd

from data.store.database import Store, opened
from data.store.versions import Part, Versions
from pages.kit.queries.answers import Answers
from pages.kit.queries.compile import compile_query

Params = ParamSpec("Params")
Answer = TypeVar("Answer")

MOST_BYTES = 256_000_000
# A plotly figure in memory, as a multiple of its pickle (135 kB against 10 kB).
_FIGURE = 14

# Set when the data are seen to have changed; see `server.warm`.
changed = threading.Event()

_answers: WeakKeyDictionary[Store, Answers] = WeakKeyDictionary()
_seen: WeakKeyDictionary[Store, Versions] = WeakKeyDictionary()
_guard = threading.Lock()

# The parts that the loader which is running declares; None outside of loaders.
_declared: ContextVar[frozenset[Part] | None] = ContextVar("_declared", default=None)


def store() -> Store:
    """Return the open database of this server."""
    return opened()


def frame(measure: Callable[..., ir.Table], *arguments: Hashable) -> pd.DataFrame:
    """Return the rows of a measure: `frame(actual.by, scope, "rep", start, end)`.

    The frame belongs to the caller.
    """
    source = store()
    query, values = compile_query(measure, *arguments)
    rows: pd.DataFrame = _cached(
        source,
        ("facts",),
        ("frame", query, tuple(values.items())),
        lambda: source.frame(query, values),
        _frame_bytes,
    )
    # Pandas copies on write: what the caller changes is not changed for others.
    return rows.copy(deep=False)


def cached(
    *parts: Part,
) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Cache a loader by its arguments until one of the `parts` it depends on changes.

    An answer belongs to the caller, who may change it. A loader that calls one with
    a part it does not declare raises RuntimeError: its answers would go stale.
    """

    def decorate(loader: Callable[Params, Answer]) -> Callable[Params, Answer]:
        @wraps(loader)
        def load(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
            packed = _cached(
                store(),
                parts,
                (loader.__module__, loader.__qualname__, args, tuple(sorted(kwargs.items()))),
                lambda: _packed(loader(*args, **kwargs)),
                _packed_bytes,
            )
            answer: Answer = _unpacked(packed)
            return answer

        return load

    return decorate


def cached_chart(draw: Callable[[], Answer], key: tuple[Hashable, ...], *parts: Part) -> Answer:
    """Draw a chart once for its key; all sessions share it until one of the `parts` changes.

    `key` names everything that `draw` depends on beside the data. Drawing a chart
    takes longer than everything else on a page that is warm.
    """
    return _cached(store(), parts, ("chart", *key), draw, _chart_bytes)


def answers_of(source: Store) -> Answers:
    """Return what is cached for an open store."""
    with _guard:
        if source not in _answers:
            _answers[source] = Answers(MOST_BYTES)
        return _answers[source]


def _cached(
    source: Store,
    parts: tuple[Part, ...],
    key: tuple[Hashable, ...],
    ask: Callable[[], Answer],
    size: Callable[[Answer], int],
) -> Answer:
    versions = source.versions()
    _notice(source, versions)
    with _declaring(parts):
        dated = (*key, *((part, getattr(versions, part)) for part in parts))
        return answers_of(source).get(dated, ask, size)


@contextmanager
def _declaring(parts: tuple[Part, ...]) -> Iterator[None]:
    """Refuse parts that the loader around this one has not declared."""
    outer = _declared.get()
    if outer is not None and not outer.issuperset(parts):
        raise RuntimeError(f"cached by {sorted(outer)}, but depends on {sorted(parts)}")
    token = _declared.set(frozenset(parts))
    try:
        yield
    finally:
        _declared.reset(token)


def _notice(source: Store, versions: Versions) -> None:
    with _guard:
        if _seen.get(source) != versions:
            _seen[source] = versions
            changed.set()


def _packed(answer: Any) -> Any:
    return answer if isinstance(answer, pd.DataFrame) else pickle.dumps(answer)


def _unpacked(packed: Any) -> Any:
    # This process packed it, a few lines above.
    return packed.copy(deep=False) if isinstance(packed, pd.DataFrame) else pickle.loads(packed)


def _packed_bytes(packed: Any) -> int:
    return _frame_bytes(packed) if isinstance(packed, pd.DataFrame) else len(packed)


def _frame_bytes(rows: pd.DataFrame) -> int:
    return int(rows.memory_usage(deep=True).sum())


def _chart_bytes(chart: Any) -> int:
    return len(pickle.dumps(chart)) * _FIGURE
