"""What takes seconds to make is made once for all processes that run the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_PATIENCE = 120.0  # seconds


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], Path]) -> Path:
    """Return the file `name` of this run; where there is none yet, move there what `make` gives."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path, lock = shared / name, shared / f"{name}.lock"
    until = time.monotonic() + _PATIENCE
    while not path.exists() and time.monotonic() < until:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            time.sleep(0.05)
            continue
        try:
            if not path.exists():
                make().replace(path)
        finally:
            lock.unlink()
    return path
