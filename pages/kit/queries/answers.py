"""Answers kept in memory: bounded by their bytes, each worked out by one thread at a time.

>>> answers = Answers(most_bytes=1_000_000)
>>> answers.get("key", lambda: "an answer", len)
'an answer'
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_ENTRY_BYTES = 4_000  # a key with its query, and its place in the tables below


class Answers:
    """A cache of at most `most_bytes`; the least recently used answers go first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._asking: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()
        self._total = 0

    def get(
        self, key: Hashable, ask: Callable[[], Answer], size: Callable[[Answer], int]
    ) -> Answer:
        """Return the answer for `key`, calling `ask` for it while others who want it wait.

        `size` gives the bytes of an answer. An answer larger than the whole cache is
        returned and not kept. When `ask` raises, nothing is kept and the next
        thread asks again.
        """
        entry = self._find(key)
        if entry is None:
            with self._guard:
                asking = self._asking.setdefault(key, threading.Lock())
            try:
                with asking:
                    entry = self._find(key)
                    if entry is None:
                        answer = ask()
                        entry = (answer, size(answer) + _ENTRY_BYTES)
                        self._keep(key, entry)
            finally:
                with self._guard:
                    self._asking.pop(key, None)
        value: Answer = entry[0]
        return value

    @property
    def total_bytes(self) -> int:
        """Return the bytes of all cached answers."""
        return self._total

    def take_over(self, other: Answers) -> None:
        """Copy the answers of another cache."""
        with other._guard:
            entries = list(other._entries.items())
        for key, entry in entries:
            self._keep(key, entry)

    def _find(self, key: Hashable) -> tuple[Any, int] | None:
        with self._guard:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def _keep(self, key: Hashable, entry: tuple[Any, int]) -> None:
        if entry[1] > self.most_bytes:
            return
        with self._guard:
            _, replaced = self._entries.pop(key, (None, 0))
            self._entries[key] = entry
            self._total += entry[1] - replaced
            while self._total > self.most_bytes:
                _, (_, size) = self._entries.popitem(last=False)
                self._total -= size
