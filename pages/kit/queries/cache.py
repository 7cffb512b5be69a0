"""What is kept between two clicks: answers of the engine, what was reckoned from them, charts.

    >>> frame(actual.by, scope, "rep", start, end)
    >>> @kept
    ... def standing(scope: Scope) -> Standing: ...

Everything is kept beside the open store and under the versions of the facts and
the plan; a write raises a version, so nothing is ever cleared by hand. Sessions that
ask the same at the same time wait for one of them to find it out.
"""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import ibis.expr.types as ir
import pandas as pd

from data.store.database import Store, opened
from data.store.versions import Versions
from pages.kit.queries.compile import asked

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

_MOST = 3000  # answers; the one not asked for longest goes first


def store() -> Store:
    """The open database of this server."""
    return opened()


def frame(function: Callable[..., ir.Table], *arguments: Hashable) -> pd.DataFrame:
    """The rows of a measure: `frame(actual.by, scope, "rep", start, end)`.

    The frame belongs to the caller.
    """
    source = store()
    query, values = asked(function, *arguments)
    key = ("frame", query, tuple(values.items()), source.versions().facts)
    # Copied on write: nobody can change what the others see.
    found: pd.DataFrame = _kept(source, key, lambda: source.frame(query, values))
    return found.copy(deep=False)


def kept(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep the answers of a loader by its arguments, until the facts or the plan change.

    An answer belongs to the caller, who may change it.
    """

    @wraps(question)
    def ask(*arguments: Asked.args, **_: Asked.kwargs) -> Answer:
        source = store()
        key = (question.__module__, question.__qualname__, source.versions(), arguments)
        packed = _kept(source, key, lambda: _packed(question(*arguments, **_)))
        answer: Answer = _unpacked(packed)
        return answer

    return ask


def drawing(draw: Callable[[], Answer], *key: Hashable) -> Answer:
    """A chart, drawn once for its key and shared by all sessions until the data change.

    `key` names everything that `draw` depends on beside the data. Drawing a chart
    takes longer than everything else on a page that is warm.
    """
    source = store()
    drawn: Answer = _kept(source, ("drawing", source.versions(), key), draw)
    return drawn


def _packed(answer: Any) -> Any:
    return answer if isinstance(answer, pd.DataFrame) else pickle.dumps(answer)


def _unpacked(packed: Any) -> Any:
    # What is unpacked here was packed by this process, a few lines above.
    return packed.copy(deep=False) if isinstance(packed, pd.DataFrame) else pickle.loads(packed)


class _Kept:
    """The answers of one open store, and who is finding out which."""

    def __init__(self) -> None:
        self.answers: OrderedDict[Hashable, Any] = OrderedDict()
        self.finding: dict[Hashable, threading.Lock] = {}
        self.guard = threading.Lock()
        self.versions: Versions | None = None


# Set when the data are seen to have changed; see `server.warm`.
changed = threading.Event()

_all: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_adding = threading.Lock()
_NONE = object()


def _kept(source: Store, key: Hashable, find: Callable[[], Any]) -> Any:
    """The answer of a key; found out by one thread while others who want it wait."""
    with _adding:
        mine = _all.setdefault(source, _Kept())
        if mine.versions != (versions := source.versions()):
            mine.versions = versions
            changed.set()
    if (known := _known(mine, key)) is not _NONE:
        return known
    with mine.guard:
        finding = mine.finding.setdefault(key, threading.Lock())
    with finding:
        if (known := _known(mine, key)) is _NONE:
            known = find()
            with mine.guard:
                mine.answers[key] = known
                while len(mine.answers) > _MOST:
                    mine.answers.popitem(last=False)
    with mine.guard:
        mine.finding.pop(key, None)
    return known


def _known(mine: _Kept, key: Hashable) -> Any:
    with mine.guard:
        if key not in mine.answers:
            return _NONE
        mine.answers.move_to_end(key)
        return mine.answers[key]
