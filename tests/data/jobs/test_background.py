from __future__ import annotations

import threading

import pytest

from data.jobs import background
from data.jobs.background import Progress
from data.store.database import Store
from domain.errors import FileError, YuepanError


def test_a_job_gives_what_its_work_returned(store: Store) -> None:
    job_id = background.start(store, "read", lambda progress: [1, 2])
    job = background.wait(store, job_id)
    assert (job.kind, job.state, job.error, job.running) == ("read", "done", None, False)
    assert background.outcome(job_id) == [1, 2]


def test_a_job_that_ends_in_an_expected_error_has_failed_with_it(store: Store) -> None:
    def work(progress: Progress) -> None:
        raise FileError("empty_file", file="a.csv")

    job_id = background.start(store, "read", work)
    job = background.wait(store, job_id)
    assert (job.state, job.error) == ("failed", "empty_file")
    assert str(background.outcome(job_id)) == "empty_file (file=a.csv)"


class Panic(BaseException):
    """What a library written in Rust raises."""


@pytest.mark.parametrize("fault", [ValueError("a secret"), Panic("a secret")], ids=repr)
def test_a_job_that_fails_by_our_fault_gives_a_reference_and_no_details(
    store: Store, caplog: pytest.LogCaptureFixture, fault: BaseException
) -> None:
    def work(progress: Progress) -> None:
        raise fault

    job_id = background.start(store, "read", work)
    job = background.wait(store, job_id)
    told = background.outcome(job_id)
    assert job.state == "failed"
    assert isinstance(told, YuepanError) and told.code == "internal"
    assert "secret" not in f"{told}{job.error}"
    # The log has the traceback under the same reference.
    assert str(told.params["reference"]) in caplog.text and "a secret" in caplog.text


def test_a_running_job_tells_how_far_it_is_and_stops_when_asked(store: Store) -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        progress.report("typing", 10, 40)
        told.set()
        go_on.wait(10)
        progress.report("landing", 40, 40)
        return "never"

    job_id = background.start(store, "import", work)
    assert told.wait(10)
    job = background.look(store, job_id)
    assert (job.state, job.phase, job.rows_done, job.rows_total) == ("running", "typing", 10, 40)
    assert background.outcome(job_id) is None
    background.cancel(job_id)
    go_on.set()
    assert background.wait(store, job_id).state == "cancelled"
    assert background.outcome(job_id).code == "cancelled"


def test_to_cancel_a_job_that_is_over_changes_nothing(store: Store) -> None:
    job_id = background.start(store, "read", lambda progress: 1)
    background.wait(store, job_id)
    background.cancel(job_id)
    assert background.look(store, job_id).state == "done"


def test_small_steps_are_told_ten_times_a_second_at_most(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[object] = []
    monkeypatch.setattr(background.time, "monotonic", lambda: 100.0)
    progress = Progress(store, "j")
    monkeypatch.setattr(store, "note", lambda sql, params=(): notes.append(params))
    for done in range(1, 1001):
        progress.report("typing", done, 1000)
    assert [params[:2] for params in notes] == [["typing", 1], ["typing", 1000]]  # type: ignore[index]


def test_an_unknown_job_is_a_fault(store: Store) -> None:
    with pytest.raises(KeyError):
        background.look(store, "nobody")
    assert background.outcome("nobody") is None


def test_waiting_has_an_end(store: Store) -> None:
    go_on = threading.Event()
    job_id = background.start(store, "read", lambda progress: go_on.wait(10))
    with pytest.raises(TimeoutError):
        background.wait(store, job_id, seconds=0.05)
    go_on.set()
    background.wait(store, job_id)


def test_outcomes_of_long_ago_are_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_KEPT", 2)
    told = [background.start(store, "read", lambda progress: "kept") for _ in range(4)]
    for job_id in told:
        background.wait(store, job_id)
    assert sum(background.outcome(job_id) is not None for job_id in told) == 2
    assert all(background.look(store, job_id).state == "done" for job_id in told)


@pytest.mark.parametrize(
    ("newest", "landed", "told"),
    [
        ("interrupted", False, True),
        ("interrupted", True, False),
        ("done", False, False),
        (None, False, False),
    ],
    ids=["broken off", "had landed", "done", "no job"],
)
def test_an_import_that_ended_with_the_program_is_told_until_the_next_one(
    store: Store, newest: str | None, landed: bool, told: bool
) -> None:
    if newest:
        store.note(
            "INSERT INTO jobs VALUES ('j', 'import', ?, 'typing', 1, 2, NULL, "
            "current_localtimestamp() - INTERVAL 1 HOUR, current_localtimestamp())",
            [newest],
        )
    if landed:
        store.note(
            "INSERT INTO imports (import_id, job_id, file, sheet, content, table_name, system, "
            "mapping, answers, rows_in, rows_kept, rows_new, rows_changed, rows_same, left_out, "
            "money, problem_count, status, imported_at) VALUES (1, 'j', 'a', '', '', 'orders', "
            "'generic', '{}', '{}', 1, 1, 1, 0, 0, '{}', '{}', 0, 'active', "
            "current_localtimestamp())"
        )
    assert background.broken_off(store) == told
    background.wait(store, background.start(store, "read", lambda progress: 1))
    assert not background.broken_off(store)


def test_how_long_a_job_ran_is_told_while_it_runs_and_afterwards(store: Store) -> None:
    store.note(
        "INSERT INTO jobs SELECT n::VARCHAR, 'import', ['running', 'done'][n], 'typing', 1, 2, "
        "NULL, current_localtimestamp() - INTERVAL 9 SECOND, "
        "current_localtimestamp() - INTERVAL 4 SECOND FROM range(1, 3) AS made(n)"
    )
    assert 9 <= background.look(store, "1").seconds < 20
    assert background.look(store, "2").seconds == pytest.approx(5, abs=0.1)
