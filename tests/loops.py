"""Run a coroutine in a thread of its own: a browser's driver keeps a loop running in this one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def in_a_loop(asked: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    """Return what the coroutine that `asked` makes returns."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asked())).result()
