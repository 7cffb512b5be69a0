"""Run work in the background, across reruns of a page.

    >>> job_id = start(store, "import", work)
    >>> look(store, job_id).state
    'running'
    >>> outcome(job_id)

A job runs in a thread of the server; what is heavy or may crash runs in a child process
(`data.jobs.sandbox`). Its progress is a row of the store, which other sessions and the next
start of the program can read.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from data.store.database import Store
from domain.errors import ImportRefused, YuepanError

State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]

_KEPT = 50  # outcomes kept for pages that have not read them yet
_log = logging.getLogger("yuepan.jobs")


@dataclass(frozen=True)
class Job:
    """The state of a job: `phase` and `error` are codes, `seconds` is its running time."""

    job_id: str
    kind: str
    state: State
    phase: str
    rows_done: int
    rows_total: int
    error: str | None
    seconds: float = 0.0

    @property
    def running(self) -> bool:
        return self.state in ("waiting", "running")


@dataclass
class Progress:
    """Report the progress of a job, and learn that it should stop."""

    store: Store
    job_id: str
    kind: str = ""
    generation: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _interrupt: Callable[[], None] | None = None
    _reported: float = 0.0
    _phase: str = ""

    def cancelled(self) -> bool:
        """Return whether the user asked to stop."""
        return self._stop.is_set()

    def check_restored(self) -> None:
        """Raise ImportRefused("restored_meanwhile") if a backup has replaced the data since.

        What a job has looked up belongs to the database it began with. Call it where
        nothing can be replaced any more: inside the block that writes.
        """
        if self.store.generation != self.generation:
            raise ImportRefused("restored_meanwhile")

    def stop(self) -> None:
        """Ask the work to stop, and interrupt what it waits for."""
        with self._lock:
            self._stop.set()
            if self._interrupt is not None:
                self._interrupt()

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Call `interrupt` from another thread when the user asks to stop during the block.

        Raises ImportRefused("cancelled") at the end of the block, the last moment to cancel.
        """
        with self._lock:
            self._interrupt = interrupt
        try:
            yield
        except Exception as broken:
            if self.cancelled():
                raise ImportRefused("cancelled") from broken
            raise
        finally:
            with self._lock:
                self._interrupt = None
        if self.cancelled():
            raise ImportRefused("cancelled")

    def part(self, phase: str, done: int, rows: int, total: int) -> Callable[[float], None]:
        """Make a function that reports `done` rows plus a share of `rows`."""
        return lambda share: self.report(phase, done + int(share * rows), total)

    def report(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Report the phase and the rows; raises ImportRefused("cancelled") when asked to stop."""
        if self.cancelled():
            raise ImportRefused("cancelled")
        now = time.monotonic()
        # Ten reports a second are enough for a person and cheap for the store.
        if phase == self._phase and done < total and now - self._reported < 0.1:
            return
        self._reported, self._phase = now, phase
        self.store.note(
            "UPDATE jobs SET state = 'running', phase = ?, rows_done = ?, rows_total = ?, "
            "changed_at = current_localtimestamp() WHERE job_id = ?",
            [phase, done, total, self.job_id],
        )


_running: dict[str, Progress] = {}
_threads: dict[str, threading.Thread] = {}
_outcomes: dict[str, Any] = {}
_guard = threading.Lock()


def start(store: Store, kind: str, work: Callable[[Progress], Any]) -> str:
    """Run `work` in the background, and return the id of the job at once."""
    job_id = uuid.uuid4().hex
    store.note(
        "INSERT INTO jobs VALUES (?, ?, 'waiting', '', 0, 0, NULL, "
        "current_localtimestamp(), current_localtimestamp())",
        [job_id, kind],
    )
    progress = Progress(store, job_id, kind, store.generation)
    with _guard:
        _running[job_id] = progress
        _threads[job_id] = threading.Thread(
            target=_run, args=(progress, work), name=f"job-{job_id[:8]}", daemon=True
        )
        _threads[job_id].start()
    return job_id


def look(store: Store, job_id: str) -> Job:
    """Return the state of a job; raises KeyError for an unknown id."""
    rows = store.rows(
        "SELECT job_id, kind, state, phase, rows_done, rows_total, error, epoch(CASE WHEN state IN "
        "('waiting', 'running') THEN current_localtimestamp() ELSE changed_at END - started_at) "
        "FROM jobs WHERE job_id = ?",
        [job_id],
    )
    if not rows:
        with _guard:
            running = _running.get(job_id)
            known = running is not None or job_id in _outcomes
        if not known:
            raise KeyError(job_id)
        # A backup that was restored has no row of it.
        state: State = "running" if running else "interrupted"
        return Job(job_id, running.kind if running else "", state, "", 0, 0, None)
    return Job(*rows[0])


def broken_off(store: Store) -> bool:
    """Return whether the newest job ended with the program before it stored anything."""
    newest = store.rows(
        "SELECT state, job_id IN (SELECT job_id FROM imports) FROM jobs "
        "ORDER BY started_at DESC, job_id LIMIT 1"
    )
    return newest == [("interrupted", False)]


def under_way(kind: str) -> list[str]:
    """Return the ids of the running jobs of a kind in this process, the oldest first."""
    with _guard:
        return [progress.job_id for progress in _running.values() if progress.kind == kind]


def outcome(job_id: str) -> Any:
    """Return the result of a job, or the YuepanError that ended it; None before its end."""
    with _guard:
        return _outcomes.get(job_id)


def cancel(job_id: str) -> None:
    """Ask a job to stop; does nothing for a job that has ended."""
    with _guard:
        if job_id in _running:
            _running[job_id].stop()


def wait(store: Store, job_id: str, seconds: float = 300) -> Job:
    """Wait for the end of a job, in scripts and tests; raises TimeoutError."""
    with _guard:
        thread = _threads.get(job_id)
    if thread is not None:
        thread.join(seconds)
    job = look(store, job_id)
    if job.running:
        raise TimeoutError(f"job {job_id} still runs after {seconds} s")
    return job


def _run(progress: Progress, work: Callable[[Progress], Any]) -> None:
    state: State
    error: str | None
    try:
        progress.report("starting")
        result, state, error = work(progress), "done", None
    except YuepanError as expected:
        cancelled = expected.code == "cancelled"
        result, state, error = expected, "cancelled" if cancelled else "failed", expected.code
    except BaseException as fault:  # Nothing above a job's thread would report it.
        reference = progress.job_id[:8]
        _log.exception("job %s failed", reference)
        result, state = YuepanError("internal", reference=reference), "failed"
        error = json.dumps({"internal": type(fault).__name__})
    with _guard:
        _outcomes[progress.job_id] = result
        while len(_outcomes) > _KEPT:
            _outcomes.pop(next(iter(_outcomes)))
        _running.pop(progress.job_id, None)
    try:
        progress.store.note(
            "UPDATE jobs SET state = ?, error = ?, changed_at = current_localtimestamp() "
            "WHERE job_id = ?",
            [state, error, progress.job_id],
        )
    except Exception:
        # The server has closed the store; the next opening marks the job as interrupted.
        _log.warning("job %s ended after the store was closed", progress.job_id[:8])
    with _guard:
        _threads.pop(progress.job_id, None)
