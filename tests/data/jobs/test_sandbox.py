from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest

from data.jobs import sandbox, sandbox_worker
from domain.errors import FileError, ImportRefused

HERE = "tests.data.child_work"


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    # A child that has done its work ends beside its caller.
    end = time.monotonic() + 10
    while list(tmp_path.glob("yuepan-*")) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(tmp_path.glob("yuepan-*")) == []


def test_arguments_and_results_travel_whole():
    table = pa.table({"a": ["x", None], "b": [1, 2]})
    got = sandbox.run(f"{HERE}:echo", table, {"inside": (table, "月盘")})
    assert got == [table, {"inside": (table, "月盘")}]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sample_company_is_written_in_a_child(tmp_path, language):
    where = tmp_path / "sample"
    where.mkdir()
    paths = sandbox.run("data.sample:write", where, language)
    assert paths and all(path.stat().st_size for path in paths)


def test_the_work_is_done_in_another_process():
    assert sandbox.run("os:getpid") != os.getpid()


def test_our_own_errors_arrive_as_they_were_raised():
    with pytest.raises(ImportRefused) as caught:
        sandbox.run(f"{HERE}:refuse", "Date")
    assert (caught.value.code, caught.value.params) == ("column_not_dates", {"column": "Date"})


@pytest.mark.parametrize("function", ["fail", "leave", "crash"])
def test_a_child_that_dies_is_a_sentence(function):
    with pytest.raises(FileError) as caught:
        sandbox.run(f"{HERE}:{function}", file="a.xlsx")
    assert (caught.value.code, caught.value.params) == ("reader_failed", {"file": "a.xlsx"})


def test_a_child_that_takes_too_long_is_ended():
    began = time.monotonic()
    with pytest.raises(FileError) as caught:
        sandbox.run("time:sleep", 60, seconds=0.5, file="a.xlsx")
    assert caught.value.code == "timed_out"
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not Path("/proc").exists(), reason="memory is bounded on Linux only")
@pytest.mark.parametrize("function", ["fill_python", "fill_arrow"])
def test_a_child_that_wants_too_much_memory_is_ended(function):
    with pytest.raises(FileError) as caught:
        sandbox.run(f"{HERE}:{function}", 600, megabytes=300, file="a.xlsx")
    assert (caught.value.code, caught.value.params) == ("out_of_memory", {"file": "a.xlsx"})


def test_work_can_be_called_off_from_a_thread():
    stop = threading.Event()
    found: list[object] = []

    def work() -> None:
        try:
            sandbox.run("time:sleep", 60, cancelled=stop.is_set)
        except ImportRefused as error:
            found.append(error.code)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    stop.set()
    thread.join(10)
    assert found == ["cancelled"]


def test_progress_is_told_while_the_work_goes_on():
    told: list[float] = []
    assert sandbox.run(f"{HERE}:slow", progress=told.append) == "done"
    assert told == sorted(told)
    assert 0.5 in told


def test_telling_outside_a_child_does_nothing():
    sandbox_worker.tell(0.5)


def test_a_prepared_child_serves_until_it_is_not_needed_and_leaves_nothing():
    sandbox.prepare()
    sandbox.prepare()
    (waiting,) = sandbox._ready
    assert sandbox.run("os:getpid", again=True) == waiting.process.pid
    assert sandbox._ready == [waiting]
    assert sandbox.run("os:getpid") == waiting.process.pid
    assert sandbox._ready == []
    assert sandbox.run("os:getpid") != waiting.process.pid


def test_a_child_that_refused_a_file_stays_and_one_that_was_ended_does_not():
    sandbox.prepare()
    (waiting,) = sandbox._ready
    with pytest.raises(ImportRefused):
        sandbox.run(f"{HERE}:refuse", "Date", again=True)
    assert sandbox._ready == [waiting]
    with pytest.raises(FileError):
        sandbox.run("time:sleep", 60, seconds=0.2, again=True)
    assert sandbox._ready == []


def test_two_calls_at_once_are_two_children_of_which_one_stays():
    calls = [threading.Thread(target=sandbox.run, args=("time:sleep", 1), kwargs={"again": True})]
    calls.append(
        threading.Thread(target=sandbox.run, args=("time:sleep", 1), kwargs={"again": True})
    )
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    (waiting,) = sandbox._ready
    assert sandbox.run("os:getpid") == waiting.process.pid


def test_a_table_that_goes_back_to_the_child_it_came_from_is_not_written_again():
    table = pa.table({"a": list(range(1000))})
    first = sandbox.run(f"{HERE}:echo", table, again=True)
    (waiting,) = sandbox._ready
    written = set(waiting.folder.glob("*.arrow"))
    second = sandbox.run(f"{HERE}:echo", first[0], again=True)
    assert set(waiting.folder.glob("*.arrow")) == written
    sandbox.run("os:getpid")
    assert second == [table] == first


def test_what_a_library_prints_is_no_answer():
    assert sandbox.run(f"{HERE}:talk") == "done"


def test_progress_begins_anew_with_every_call():
    told: list[float] = []
    sandbox.run(f"{HERE}:slow", again=True)
    sandbox.run("time:sleep", 0.2, progress=told.append)
    assert told == []


def test_a_prepared_child_that_died_is_replaced():
    sandbox.prepare()
    sandbox._ready[0].process.kill()
    sandbox._ready[0].process.wait()
    assert sandbox.run("os:getpid") != os.getpid()


def test_shares_told_inside_a_stretch_are_parts_of_the_whole(tmp_path, monkeypatch):
    told: list[float] = []
    monkeypatch.setattr(sandbox_worker, "_folder", tmp_path)

    def now() -> float:
        return float((tmp_path / "progress").read_text())

    with sandbox_worker.stretch(0.5, 1.0):
        sandbox_worker.tell(0.5)
        told.append(now())
        with sandbox_worker.stretch(0.0, 0.5):
            sandbox_worker.tell(1.0)
            told.append(now())
    sandbox_worker.tell(0.25)
    told.append(now())
    work = sandbox_worker.telling(lambda thing: (thing, now()), 4, 0.2, 0.6)
    told += [share for _, share in map(work, range(4))] + [now()]
    assert told == pytest.approx([0.75, 0.75, 0.25, 0.25, 0.3, 0.4, 0.5, 0.6])


def commands() -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # It may have ended meanwhile.
            yield (process / "cmdline").read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("work", ["('time:sleep', 60)", f"('{HERE}:hold_the_interpreter',)"])
@pytest.mark.skipif(sys.platform != "linux", reason="looks for the processes in /proc")
def test_children_of_a_program_that_was_killed_end_and_tidy_up(tmp_path, work):
    told = (
        "import threading; from data.jobs import sandbox; sandbox.prepare(); "
        f"threading.Thread(target=sandbox.run, args={work}).start(); "
        "import time; time.sleep(0.5); sandbox.prepare(); time.sleep(60)"
    )
    env = os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": os.getcwd()}
    program = subprocess.Popen([sys.executable, "-c", told], env=env)

    def folders() -> int:
        return len(list(tmp_path.glob("yuepan-*")))

    def children() -> int:
        return sum(f"data\0{tmp_path}" in command for command in commands())

    end = time.monotonic() + 20
    while (folders() < 2 or children() < 2) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    assert (folders(), children()) == (2, 2)
    program.kill()
    program.wait()
    end = time.monotonic() + 20
    while (folders() or children()) and time.monotonic() < end:
        time.sleep(0.05)
    assert (folders(), children()) == (0, 0)


def test_a_child_that_nobody_watches_runs_out_of_processor_time(monkeypatch):
    monkeypatch.setattr(sandbox, "_watch", lambda child, *_: child.process.wait())
    # 10 seconds for each core stand above the time that was asked for.
    cores = os.cpu_count() or 1
    with pytest.raises(FileError) as caught:
        sandbox.run(f"{HERE}:hold_the_interpreter", seconds=1 / cores - 10)
    assert caught.value.code == "reader_failed"
