"""Time calls and watch the memory of processes.

>>> ours, theirs = medians(lambda: sorted(numbers), lambda: numbers.sort(), times=5)
>>> answer, peak = run_watched([sys.executable, "-m", "benchmarks.landing", "app", "orders.csv"])

Both sides of a ratio run in turns, so that other load on the machine meets both.
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

_SAMPLE_SECONDS = 0.02
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Row:
    """A line of the table: what was measured, against what, and the goal.

    `measured` is a ratio ("×") or an amount in `unit`; None where it could not be
    measured, and then `detail` says why. Otherwise `detail` holds this machine's
    own seconds.
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
    """Return the row that compares two times in seconds."""
    detail = f"{_duration(ours)} ÷ {_duration(theirs)}" + (f"; {note}" if note else "")
    return Row(what, against, goal, ours / theirs, detail=detail)


def medians(
    ours: Callable[[], object], theirs: Callable[[], object], times: int
) -> tuple[float, float]:
    """Return the median seconds of each call.

    Both run once without being counted, then in turns, `times` times each.
    """
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    return median(our for our, _ in pairs), median(their for _, their in pairs)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def run_watched(command: Sequence[str], cwd: Path) -> tuple[Any, int]:
    """Run a command; return the JSON it prints and the peak memory of its processes in bytes.

    Memory is the sum of the resident sets of the process and its children, so pages
    that two of them share count twice. It is 0 on a system without /proc. Raises
    RuntimeError if the command fails.
    """
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, text=True) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident_bytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise RuntimeError(f"{command[-3:]} ended with {process.returncode}: {output}")
    return json.loads(output), peak


def _resident_bytes(pid: int) -> int:
    """Return the resident set of a process and its descendants; 0 if /proc cannot tell."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = {child for task in tasks for child in (task / "children").read_text().split()}
    except OSError:
        return 0  # The process has just ended.
    return own + sum(_resident_bytes(int(child)) for child in children)


def _duration(spent: float) -> str:
    return f"{spent:.2f} s" if spent >= 1 else f"{spent * 1000:.0f} ms"
