"""What the tests of `data.jobs.sandbox_worker` run in a child process."""

from __future__ import annotations

import os
import time
from collections import deque
from itertools import repeat

import pyarrow as pa

from data.jobs.sandbox_worker import tell
from domain.errors import ImportRefused


def echo(*things: object) -> list[object]:
    return list(things)


def refuse(column: str) -> None:
    raise ImportRefused("column_not_dates", column=column)


def fail() -> None:
    raise ValueError("a fault of ours")


def leave() -> None:
    os._exit(3)


def crash() -> None:
    os.abort()


def fill_python(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def fill_arrow(megabytes: int) -> int:
    return int(pa.allocate_buffer(megabytes << 20).size)


def talk() -> str:
    print("a library's own words", flush=True)
    os.write(1, b"more of them")
    return "done"


def hold_the_interpreter() -> None:
    """Never end, and let no other thread of this process run."""
    deque(repeat(0), maxlen=0)


def slow() -> str:
    tell(0.5)
    time.sleep(0.5)
    return "done"
