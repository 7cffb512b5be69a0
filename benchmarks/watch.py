"""How long something takes and how much memory it holds while it does.

>>> ours, theirs = beside(lambda: sorted(big), lambda: big.sort(), times=5)
>>> told, peak = peak_of([sys.executable, "-m", "benchmarks.landing", "app", "orders.csv"])

Both sides of a ratio run in turns, so that what else the machine does meets both.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

_SAMPLED = 0.02  # seconds
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured against what, and the goal.

    `measured` is None where it could not be, and `detail` says why; else it is a
    ratio ("×"), or an amount in `unit`. `detail` holds this machine's own seconds.
    """

    what: str
    against: str
    goal: float
    measured: float | None
    unit: str = "×"
    detail: str = ""

    @property
    def met(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.goal


def ratio(what: str, against: str, goal: float, ours: float, theirs: float, note: str = "") -> Row:
    """The row of two times in seconds."""
    detail = f"{_told(ours)} ÷ {_told(theirs)}" + (f"; {note}" if note else "")
    return Row(what, against, goal, ours / theirs, detail=detail)


def beside(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float]:
    """The median seconds of each, run in turns `times` times after one run that is not counted."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_of(command: Sequence[str], cwd: Path) -> tuple[Any, int]:
    """What a command prints as JSON, and the most bytes that it and its children held at once.

    The sum of their resident sets: pages that two of them share count twice.
    """
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _held(process.pid))
            time.sleep(_SAMPLED)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{command[-3:]} ended with {process.returncode}: {said}")
    return json.loads(said), peak


def _held(process: int) -> int:
    """The resident set of a process and all below it; 0 where the system does not tell."""
    try:
        own = int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = {pid for task in tasks for pid in (task / "children").read_text().split()}
    except OSError:
        return 0  # It has just ended.
    return own + sum(_held(int(child)) for child in children)


def _told(spent: float) -> str:
    return f"{spent:.2f} s" if spent >= 1 else f"{spent * 1000:.0f} ms"
