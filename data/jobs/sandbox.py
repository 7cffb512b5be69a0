"""Run functions in a child process, with limits on time and memory, until cancelled.

    >>> run("data.readers.reader:read", path, "orders.xlsx", seconds=60)      # doctest: +SKIP
    [Sheet(file='orders.xlsx', ...)]

A workbook can crash its reader, hang it or fill the memory; here that ends a child process
and raises an error. The child is a fresh interpreter (`python -m data`), not a fork, and not
multiprocessing's spawn, which would import the server's `__main__` again. Arguments and
results pass through a temporary folder (`data.jobs.ipc`).

An interpreter with its libraries takes a third of a second to start, so `prepare` starts one
ahead of time, and a child that has read a file may stay for the next call. At most one idle
child is kept.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from data.jobs import keeper
from data.jobs.ipc import dump, load
from data.jobs.sandbox_worker import OUT_OF_MEMORY
from data.store.failures import failure
from domain.errors import FileError, ImportRefused, StoreError

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_POLL = 0.02


def _never() -> bool:
    return False


def run(
    function: str,
    *args: object,
    seconds: float = 120,
    megabytes: int = 1500,
    cancelled: Callable[[], bool] = _never,
    progress: Callable[[float], None] | None = None,
    file: str = "",
    again: bool = False,
) -> Any:
    """Call `function` ("module:name") with `args` in a child process, and return its result.

    `seconds` is wall time. `megabytes` bounds the child's memory on Linux; other systems have
    no limit that works. `cancelled` is called about fifty times a second. `progress` gets the
    shares that the child reported with `data.jobs.sandbox_worker.tell`. `file` goes into the
    errors raised here. With `again` the child is kept for the next call, unless one is idle.

    Raises the child's YuepanError, else ImportRefused("cancelled"), FileError: timed_out,
    out_of_memory, reader_failed, or StoreError: disk_full, folder_read_only.
    """
    child = _take_idle() or _start()
    try:
        child.calls += 1
        try:
            dump((function, args, megabytes, seconds), child.folder, f"call-{child.calls}")
        except OSError as error:
            if told := failure(error, child.folder):
                raise told from error
            raise
        _call(child)
        _watch(child, seconds, cancelled, progress, file)
        good, result = _outcome(child, function, file)
        stays = again and _keep_idle(child)
    except BaseException:
        _end(child)
        raise
    if not stays:
        # The process has done its work; ending it takes time.
        threading.Thread(target=_end, args=(child,)).start()
    if good:
        return result
    raise result


def prepare() -> None:
    """Start an idle child for the next `run`, if there is none; returns at once."""
    with _preparing:
        if not _ready:
            _ready.append(_start())


@dataclass
class _Child:
    """A child process, idle or at work, and the folder that both sides use."""

    directory: tempfile.TemporaryDirectory[str]
    process: subprocess.Popen[bytes]
    calls: int = 0
    answer: threading.Thread | None = None

    @property
    def folder(self) -> Path:
        return Path(self.directory.name)


_preparing = threading.Lock()
_ready: list[_Child] = []


def _take_idle() -> _Child | None:
    """Return the idle child, if it is still alive."""
    with _preparing:
        child = _ready.pop() if _ready else None
    if child is None or child.process.poll() is None:
        return child
    _end(child)
    return None


def _keep_idle(child: _Child) -> bool:
    """Keep a child for the next call; False where another one is idle."""
    with _preparing:
        if not _ready:
            _ready.append(child)
        return _ready[0] is child


def _start() -> _Child:
    directory = tempfile.TemporaryDirectory(prefix="yuepan-", ignore_cleanup_errors=True)
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    # The system's allocator gives memory back and reserves no address space ahead.
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "PYTHONIOENCODING": "utf-8",
    }
    with (Path(directory.name) / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "data", directory.name],
            cwd=_ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    keeper.watch(process.pid, Path(directory.name))
    return _Child(directory, process)


def _call(child: _Child) -> None:
    assert child.process.stdin and child.process.stdout
    (child.folder / "progress").unlink(missing_ok=True)
    child.answer = threading.Thread(
        target=_wait_for_answer, args=(child.process.stdout,), daemon=True
    )
    child.answer.start()
    try:
        child.process.stdin.write(b"\n")
        child.process.stdin.flush()
    except OSError:
        pass  # The child is gone; its exit code says why.


def _wait_for_answer(answers: IO[bytes]) -> None:
    """Block until an answer or the end of the child; a thread can do so on every system."""
    os.read(answers.fileno(), 1)


def _watch(
    child: _Child,
    seconds: float,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None] | None,
    file: str,
) -> None:
    until = time.monotonic() + seconds
    reported = ""
    while _silent(child, _POLL):
        if cancelled():
            raise ImportRefused("cancelled", file=file)
        if time.monotonic() > until:
            raise FileError("timed_out", file=file, seconds=seconds)
        if progress is not None and (share := _progress_of(child.folder)) != reported:
            reported = share
            progress(float(share))


def _silent(child: _Child, seconds: float) -> bool:
    """Wait for an answer; return whether none has come after `seconds`."""
    if child.answer is None:
        return False
    child.answer.join(seconds)
    return child.answer.is_alive()


def _progress_of(folder: Path) -> str:
    try:
        return (folder / "progress").read_text(encoding="ascii")
    except OSError:
        return ""


def _end(child: _Child) -> None:
    """End a child and remove its folder."""
    if child.process.poll() is None:
        child.process.kill()
    child.process.wait()
    _silent(child, 1)
    for pipe in (child.process.stdin, child.process.stdout):
        if pipe is not None:
            pipe.close()
    child.directory.cleanup()
    keeper.forget(child.process.pid, child.folder)


def _outcome(child: _Child, function: str, file: str) -> tuple[bool, Any]:
    """Return whether the call succeeded, and its result or its error."""
    if (child.folder / f"result-{child.calls}.pickle").exists():
        good, result = load(child.folder, f"result-{child.calls}")
        return good, result
    code = child.process.wait()
    stderr = (child.folder / "stderr").read_text(encoding="utf-8", errors="replace")
    log.warning("%s in a child process ended with %s: %s", function, code, stderr[-4000:])
    # Rust aborts with this line; Python and Arrow raise.
    if code == OUT_OF_MEMORY or "memory allocation of" in stderr or "MemoryError" in stderr:
        raise FileError("out_of_memory", file=file)
    if "No space left on device" in stderr:
        raise StoreError("disk_full", path=file, folder=tempfile.gettempdir())
    raise FileError("reader_failed", file=file)
