"""A process that dies in the middle of an import: `python -m tests.data.killed FOLDER`.

FOLDER has base.duckdb, and gets one copy a death, each with the same import
broken off at another moment. The moments are statements of the transaction, and
instants of its commit. One interpreter forks them all, which saves the start.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.ingest import inbox, jobs
from data.jobs import background, sandbox
from data.staging.draft import KEPT
from data.store.database import Store, opened
from tests.conftest import TODAY

# The n-th statement of the transaction (0 is its BEGIN), or seconds after COMMIT was asked for.
AT_STATEMENT = (0, 1, 2, 3, 4, 5, 7, 9, 11, 13, 15, 17, 19)
AFTER_COMMIT = (0.0, 0.0005, 0.001, 0.002, 0.005, 0.02, 5.0)
DEATHS = [*(("statement", n) for n in AT_STATEMENT), *(("commit", s) for s in AFTER_COMMIT)]
ROWS = 20_000


def sheet(first: int) -> str:
    lines = (
        f"O{n},1,2026-03-{n % 28 + 1:02},{n % 97}.{n % 100:02},李雷 60%; 王芳 40%"
        for n in range(first, first + ROWS)
    )
    return "Order ID,Line No,Order Date,Amount,Shared credit\n" + "\n".join(lines) + "\n"


def bring(store: Store, text: str) -> None:
    upload = inbox.receive(store, "orders.csv", text.encode())
    reading = jobs.start_reading(store, [upload], today=TODAY)
    background.wait(store, reading)
    # The second sheet lacks half of the first one's orders, which all stay.
    drafts = [replace(d, answers={"order_id/gone": KEPT}) for d in background.outcome(reading)]
    landing = jobs.start_import(store, drafts, today=TODAY)
    background.wait(store, landing)
    assert all(one.error is None for one in background.outcome(landing)), background.outcome(
        landing
    )


def inline(function: str, *args: object, **limits: object) -> Any:
    module, _, name = function.partition(":")
    return getattr(importlib.import_module(module), name)(*args)


class Dying:
    """A cursor that ends its process at one moment of a transaction."""

    def __init__(self, cursor: Any, kind: str, moment: float) -> None:
        self.cursor, self.kind, self.moment = cursor, kind, moment
        self.count = -1

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def execute(self, sql: str, *more: Any) -> Any:
        if sql == "BEGIN" or self.count >= 0:
            self.count += 1
        if self.kind == "statement" and self.count == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "commit" and sql == "COMMIT":
            threading.Thread(target=self.die_in, daemon=True).start()
        told = self.cursor.execute(sql, *more)
        if self.kind == "commit" and sql == "COMMIT":
            os.kill(os.getpid(), signal.SIGKILL)
        return told

    def die_in(self) -> None:
        time.sleep(self.moment)
        os.kill(os.getpid(), signal.SIGKILL)


def import_and_die(path: Path, kind: str, moment: float) -> None:
    store = opened(path)
    cursor_of = Store._cursor

    @contextmanager
    def dying(self: Store) -> Iterator[Any]:
        with cursor_of(self) as cursor:
            yield Dying(cursor, kind, moment)

    Store._cursor = dying  # type: ignore[method-assign]
    bring(store, sheet(ROWS // 2))


def main(folder: Path) -> None:
    sandbox.run = inline
    for number, (kind, moment) in enumerate(DEATHS):
        path = folder / f"{number}.duckdb"
        shutil.copy2(folder / "base.duckdb", path)
        if (pid := os.fork()) == 0:
            try:
                import_and_die(path, kind, moment)
            finally:
                os._exit(3)
        _, status = os.waitpid(pid, 0)
        assert os.WIFSIGNALED(status), f"death {number} ended with {status}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
