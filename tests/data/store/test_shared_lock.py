from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from data.store.shared_lock import SharedLock


def test_an_exclusive_holder_is_alone_and_shared_ones_run_side_by_side() -> None:
    lock, counting = SharedLock(), threading.Lock()
    inside = {"shared": 0, "exclusive": 0}
    seen: list[tuple[int, int]] = []

    def hold(way: str) -> None:
        with getattr(lock, way)():
            with counting:
                inside[way] += 1
                seen.append((inside["shared"], inside["exclusive"]))
            sleep(0.002)
            with counting:
                inside[way] -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(hold, ["shared"] * 5 + ["exclusive"] + ["shared", "exclusive"] * 30))
    assert len(seen) == 66
    assert all((exclusive, shared) == (1, 0) for shared, exclusive in seen if exclusive)
    assert max(shared for shared, _ in seen) > 1


def test_a_stream_of_readers_does_not_starve_who_waits_to_be_alone() -> None:
    lock, stop = SharedLock(), threading.Event()

    def read() -> None:
        while not stop.is_set():
            with lock.shared():
                sleep(0.005)

    with ThreadPoolExecutor(4) as readers:
        for _ in range(4):
            readers.submit(read)
        alone = threading.Event()

        def wait() -> None:
            with lock.exclusive():
                alone.set()

        writer = threading.Thread(target=wait)
        writer.start()
        assert alone.wait(5)
        stop.set()
        writer.join()


@pytest.mark.parametrize("way", ["shared", "exclusive"])
def test_a_block_that_fails_lets_the_others_in(way: str) -> None:
    lock = SharedLock()
    with pytest.raises(ZeroDivisionError), getattr(lock, way)():
        raise ZeroDivisionError
    with lock.exclusive():
        pass
    with lock.shared():
        pass
