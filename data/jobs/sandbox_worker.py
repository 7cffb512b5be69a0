"""The child's side of `data.jobs.sandbox`: wait for a call, run it, dump the result, repeat.

    >>> tell(0.5)                                   # half of the work is done

The parent writes a byte to the child's standard input for each call, and reads one from its
standard output for each answer; the rest is in the folder. A child whose parent is gone
removes the folder and ends.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

import pyarrow as pa

from data.jobs.ipc import dump, load
from domain.errors import YuepanError

OUT_OF_MEMORY = 86

# Modules that nearly every call needs, imported while the child is idle.
_AHEAD = (
    "data.ingest.tasks",
    "data.readers.reader",
    "data.readers.template_rows",
    "data.cleaning.clean",
    "data.cleaning.defaults",
)

# What is read once a process, while the child is idle: the known systems.
_READ_AHEAD = ("data.matching.systems", "systems")

_folder: Path | None = None
_stretch = (0.0, 1.0)

A = TypeVar("A")
T = TypeVar("T")


def tell(share: float) -> None:
    """Report the share of the work done, 0 to 1; does nothing outside a child."""
    if _folder is not None:
        first, last = _stretch
        part = _folder / "progress.part"
        part.write_text(f"{first + share * (last - first):.4f}", encoding="ascii")
        part.replace(_folder / "progress")


@contextmanager
def stretch(first: float, last: float) -> Iterator[None]:
    """Map shares reported inside to `first` to `last` of the whole, as for one file of several."""
    global _stretch
    outer = _stretch
    width = outer[1] - outer[0]
    _stretch = (outer[0] + first * width, outer[0] + last * width)
    try:
        yield
    finally:
        _stretch = outer


def telling(work: Callable[[A], T], count: int, first: float, last: float) -> Callable[[A], T]:
    """Wrap `work` to report progress: `count` calls go from `first` to `last`.

    The wrapper may be called from several threads.
    """
    done, lock = 0, threading.Lock()

    def reporting(thing: A) -> T:
        nonlocal done
        result = work(thing)
        with lock:
            done += 1
            tell(first + done * (last - first) / count)
        return result

    return reporting


def serve(folder: Path) -> int:
    """Run the calls "call-1", "call-2" … in `folder`, and return the exit code."""
    global _folder
    _folder = folder
    answers = os.dup(1)
    os.dup2(2, 1)  # so that no library's print is taken for an answer
    for module in _AHEAD:
        importlib.import_module(module)
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(folder, calls), daemon=True).start()
    if calls.empty():
        module, name = _READ_AHEAD
        getattr(importlib.import_module(module), name)()
    number = 0
    while calls.get():
        number += 1
        try:
            _answer(folder, number)
        except (MemoryError, pa.ArrowMemoryError):
            return OUT_OF_MEMORY
        os.write(answers, b"\n")
    return 0


def _answer(folder: Path, number: int) -> None:
    function, args, megabytes, seconds = load(folder, f"call-{number}")
    _limit(megabytes, seconds)
    module, _, name = function.partition(":")
    try:
        good, result = True, getattr(importlib.import_module(module), name)(*args)
    except YuepanError as error:
        good, result = False, error
    dump((good, result), folder, f"result-{number}")


def _listen(folder: Path, calls: SimpleQueue[bytes]) -> None:
    # A thread that holds the lock of sys.stdin would abort the exit; os.read takes none.
    while call := os.read(0, 1):
        calls.put(call)
    # End of file means that the parent is dead; killed, it could not clean up.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _limit(megabytes: int, seconds: float) -> None:
    """Bound the memory that the child may allocate and the processor time that it may use.

    The parent ends a call after `seconds`; the processor time, which leaves room for every
    core, is for a child that nobody watches any more.
    RLIMIT_DATA counts private writable memory; RLIMIT_AS would also count
    mapped libraries, mapped result files and address space merely reserved.
    """
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    wanted = megabytes << 20
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = sum(os.times()[:2])
    wanted = int(used + (seconds + 10) * (os.cpu_count() or 1))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
