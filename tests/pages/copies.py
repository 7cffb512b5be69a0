"""Copies of a database, each with what pages have worked out from the ones before.

Asking the engine takes three quarters of the time of a page. Every test has a file of
its own; the answers that a page keeps beside an open store are handed on to the next
copy of the same file as long as nobody writes to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.store import database as stores
from data.store.database import Store
from pages.kit.queries import cache
from pages.kit.queries.answers import Answers
from tests.conftest import beginnings

Stamp = tuple[tuple[int, int] | None, ...]

_answers: dict[Path, Answers] = {}


@dataclass(frozen=True)
class Copy:
    """One test's copy of a database file, opened."""

    template: Path
    store: Store
    stamp: Stamp

    def hand_on(self) -> None:
        """Keep the answers for the next copy, unless the test has written or put another file."""
        store = self.store
        if stores._stores.get(store.path) is store and _stamp(store.path) == self.stamp:
            _answers[self.template] = cache.answers_of(store)


def copied(template: Path, to: Path, *, cold: bool = False) -> Copy:
    """Copy a database file and open it; `cold` brings no answers."""
    beginnings[to.resolve()] = template
    store = stores.opened(to)
    del beginnings[store.path]
    if not cold and template in _answers:
        cache.answers_of(store).take_over(_answers[template])
    return Copy(template, store, _stamp(store.path))


def _stamp(path: Path) -> Stamp:
    """Size and time of the file and of its log, which every write that is committed goes to."""
    files = (path, path.with_name(f"{path.name}.wal"))
    stats = (file.stat() if file.exists() else None for file in files)
    return tuple(stat and (stat.st_size, stat.st_mtime_ns) for stat in stats)
