"""A lock that many threads share and one can have to itself.

>>> lock = SharedLock()
>>> with lock.shared():
...     pass  # beside any number of others
>>> with lock.exclusive():
...     pass  # alone
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SharedLock:
    """Shared holders run side by side; an exclusive holder runs alone.

    New holders queue behind a thread that waits for exclusivity, so a steady
    stream of readers cannot starve it. Not reentrant: a thread that shares the
    lock must not ask for it again.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._holders = 0
        self._is_exclusive = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the lock beside other shared holders."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_exclusive)
            self._holders += 1
        try:
            yield
        finally:
            with self._changed:
                self._holders -= 1
                self._changed.notify_all()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Wait until nobody shares the lock, and hold it alone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_exclusive)
            self._is_exclusive = True
            self._changed.wait_for(lambda: self._holders == 0)
        try:
            yield
        finally:
            with self._changed:
                self._is_exclusive = False
                self._changed.notify_all()
