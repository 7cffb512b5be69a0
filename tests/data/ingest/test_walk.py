"""The walk of one upload through the rooms of data/, as drawn in docs/architecture.md.

A stay begins when code of one room calls a function of another; calls one after the
other from one stay into one room are one stay, and so is what that room calls in turn.
Going back to a room that waits for the call's end begins none: a job's function and a
child's task belong to the room that started them. Properties and methods of frozen
dataclasses are what is handed over, and no calls into a room.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import data
from data.ingest import inbox, jobs
from data.jobs import background
from data.matching import systems
from data.store.database import Store
from tests.conftest import TODAY
from tests.data import files

ROOMS = Path(data.__file__).parent
# What every stage uses, and no stage of the walk: the cells' own words, and the database.
TOOLS = {"values", "store"}
KEYLESS = "日期,客户,金额\n" + "".join(f"2026-03-0{n},A,{n}.5\n" for n in range(1, 9))


@dataclass
class Stay:
    """A room that was entered, and the rooms that were entered from it."""

    room: str
    inside: list[Stay] = field(default_factory=list)

    def drawn(self, deep: int = 0) -> Iterator[str]:
        yield f"{'  ' * deep}{self.room}"
        for stay in self.inside:
            yield from stay.drawn(deep + 1)


class Walk:
    """A profiler that keeps the stays."""

    def __init__(self) -> None:
        self.whole = Stay("")
        self._open: list[tuple[FrameType | None, Stay]] = [(None, self.whole)]

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "return" and self._open[-1][0] is frame:
            self._open.pop()
        elif event == "call" and (room := _room(frame)):
            self._open.append((frame, self._stay(room)))

    def _stay(self, room: str) -> Stay:
        for _, stay in reversed(self._open):
            if stay.room == room:
                return stay
        inside = self._open[-1][1].inside
        if not inside or inside[-1].room != room:
            inside.append(Stay(room))
        return inside[-1]


def _room(frame: FrameType) -> str | None:
    path = Path(frame.f_code.co_filename)
    if ROOMS not in path.parents[1:] or path.parent == ROOMS / "sample":
        return None
    owner = frame.f_code.co_qualname.partition(".")[0] if sys.version_info >= (3, 11) else ""
    kind = frame.f_globals.get(owner)
    frozen = is_dataclass(kind) and kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    return None if frozen else path.relative_to(ROOMS).parts[0]


@contextmanager
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run what goes to threads at once, in the caller's."""

    class Thread:
        def __init__(self, target: Any, args: Any = (), **_: Any) -> None:
            self.start = lambda: target(*args)

        def join(self, *_: Any) -> None: ...

        def is_alive(self) -> bool:
            return False

    def submit(_: Any, work: Any, *args: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args))
        return done

    with monkeypatch.context() as patch:
        patch.setattr(ThreadPoolExecutor, "submit", submit)
        patch.setattr(background.threading, "Thread", Thread)
        patch.setattr(background, "_guard", background.threading.RLock())
        yield


def walk(store: Store, text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> Stay:
    content = text.encode() if isinstance(text, str) else text
    systems.systems()  # read once a process, and by no upload after the first
    steps = Walk()
    with one_thread(monkeypatch):
        sys.setprofile(steps)
        try:
            upload = inbox.receive(store, "list.csv", content)
            drafts = background.outcome(jobs.start_reading(store, [upload], today=TODAY))
            job_id = jobs.start_import(store, drafts, today=TODAY)
        finally:
            sys.setprofile(None)
    (result,) = background.outcome(job_id)
    assert result.error is None
    return steps.whole


def entered(stay: Stay) -> Counter[str]:
    return sum((entered(one) for one in stay.inside), Counter({stay.room: 1}))


@pytest.mark.parametrize(
    "text", [files.ORDERS, files.DEALS, KEYLESS], ids=["orders", "deals", "keyless"]
)
def test_no_room_is_entered_more_than_three_times(
    store: Store, inline: None, monkeypatch: pytest.MonkeyPatch, text: str | bytes
) -> None:
    whole = walk(store, text, monkeypatch)
    times = entered(whole) - Counter({"": 1})
    drawn = "\n".join(whole.drawn())
    assert max(times[room] for room in times if room not in TOOLS) <= 3, drawn
    assert times["store"] <= 10, drawn
    assert times["values"] <= 8, drawn
