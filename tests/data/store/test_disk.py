"""What the disk does to the database: full, read-only, with broken blocks, held by another."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.ingest import backup, inbox
from data.store import database as stores
from data.store.database import Store
from domain.errors import StoreError

ROOT = Path(__file__).parents[3]
OPEN = (
    "import os, sys; from pathlib import Path; from data.store.database import opened\n"
    "from domain.errors import StoreError\n"
    "if len(sys.argv) > 2: os.seteuid(int(sys.argv[2]))\n"
    "try: opened(Path(sys.argv[1])); print('opened')\n"
    "except StoreError as error: print(error.code)"
)


def opened_elsewhere(path: Path, user: int | None = None) -> str:
    """What another process is told that opens the file."""
    command = [sys.executable, "-c", OPEN, str(path), *([] if user is None else [str(user)])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


# Another process --------------------------------------------------------------------------------


def test_a_backup_leaves_the_database_locked(store: Store) -> None:
    assert opened_elsewhere(store.path) == "held_by_another"
    backup.saved(store)
    assert opened_elsewhere(store.path) == "held_by_another"
    # A descriptor that this process closes drops the engine's own lock, but not ours.
    store.path.read_bytes()
    assert opened_elsewhere(store.path) == "held_by_another"
    stores.close_all()
    assert opened_elsewhere(store.path) == "opened"


def test_a_restored_database_stays_locked_and_a_dead_holder_does_not_hold(store: Store) -> None:
    backup.restore(store, backup.saved(store))
    assert opened_elsewhere(store.path) == "held_by_another"
    stores.close_all()
    store.path.with_name(f"{store.path.name}.lock").touch()
    assert opened_elsewhere(store.path) == "opened"


# A full disk ------------------------------------------------------------------------------------


class SmallDisk:
    """A disk of 12 MB, which can be filled up to some free bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filling = folder / "filling"

    def leave(self, kilobytes: int) -> None:
        self.empty()
        disk = os.statvfs(self.folder)
        self.filling.write_bytes(b"x" * max(disk.f_bavail * disk.f_frsize - kilobytes * 1024, 0))

    def empty(self) -> None:
        self.filling.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root on Linux can mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        stores.close_all()
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


ADD = (
    "INSERT INTO jobs SELECT uuid(), repeat('x', 200) || md5(i::VARCHAR), 'done', '', 0, 0, NULL, "
    "current_localtimestamp(), current_localtimestamp() FROM range(?) rows(i)"
)


def write(store: Store, rows: int) -> None:
    with store.writing("facts") as cursor:
        cursor.execute(ADD, [rows])


def count(store: Store) -> int:
    ((rows,),) = store.rows("SELECT count(*) FROM jobs")
    return int(rows)


@contextmanager
def full_disk_is_told() -> Iterator[list[bool]]:
    """Let the block succeed, or fail with the sentence of a full disk; nothing else."""
    failed: list[bool] = []
    try:
        yield failed
    except StoreError as error:
        assert error.code == "disk_full", error
        failed.append(True)


@pytest.mark.parametrize("left", [0, 40, 150, 400, 900, 1800, 3000])
@pytest.mark.parametrize("threshold", ["16MB", "300KB"], ids=["in_the_log", "with_a_checkpoint"])
def test_a_write_to_a_full_disk_is_before_or_after_and_a_retry_works(
    disk: SmallDisk, left: int, threshold: str
) -> None:
    store = stores.opened(disk.folder / "yuepan.duckdb")
    store.rows(f"SET GLOBAL checkpoint_threshold = '{threshold}'")
    write(store, 100)
    versions = store.versions()
    disk.leave(left)
    with full_disk_is_told() as failed:
        write(store, 20_000)
    before_or_after = count(store)
    assert before_or_after == (100 if failed else 20_100)
    assert (store.versions() == versions) is bool(failed)
    with full_disk_is_told():
        write(store, 10)
    before_or_after = count(store)
    disk.empty()
    write(store, 1)
    assert count(store) == before_or_after + 1
    stores.close_all()
    assert count(stores.opened(store.path)) == before_or_after + 1


def test_an_upload_to_a_full_disk_is_told_and_leaves_nothing_behind(disk: SmallDisk) -> None:
    store = stores.opened(disk.folder / "yuepan.duckdb")
    disk.leave(100)
    with pytest.raises(StoreError, match="disk_full"):
        inbox.receive(store, "orders.csv", b"1,2\n" * 100_000)
    assert list(store.inbox.iterdir()) == []
    disk.empty()
    assert inbox.receive(store, "orders.csv", b"1,2\n" * 100_000).path.stat().st_size == 400_000


def test_a_restore_on_a_full_disk_leaves_the_database_of_before(disk: SmallDisk) -> None:
    store = stores.opened(disk.folder / "yuepan.duckdb")
    write(store, 100)
    content = backup.saved(store)
    write(store, 1)
    disk.leave(50)
    with pytest.raises(StoreError, match="disk_full"):
        backup.restore(store, content)
    assert count(store) == 101
    disk.empty()
    backup.restore(store, content)
    assert count(store) == 100


def test_a_database_on_a_full_disk_opens_and_closes(disk: SmallDisk) -> None:
    store = stores.opened(disk.folder / "yuepan.duckdb")
    write(store, 2000)
    disk.leave(0)
    stores.close_all()
    again = stores.opened(store.path)
    assert count(again) == 2000
    stores.close_all()
    disk.empty()
    assert count(stores.opened(store.path)) == 2000


# A folder that cannot be written to -------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can")
def test_a_folder_that_cannot_be_written_to_is_not_called_damaged() -> None:
    nobody = 65_534
    folder = Path("/var/tmp") / f"yuepan-{os.getpid()}"  # where another user can look in
    folder.mkdir()
    try:
        stores.opened(folder / "yuepan.duckdb").close()
        folder.chmod(0o755)
        assert opened_elsewhere(folder / "yuepan.duckdb", nobody) == "folder_read_only"
        assert opened_elsewhere(folder / "new.duckdb", nobody) == "folder_read_only"
        assert opened_elsewhere(folder / "deep" / "new.duckdb", nobody) == "folder_read_only"
    finally:
        shutil.rmtree(folder)


# Broken blocks ----------------------------------------------------------------------------------


def flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :]


def every_figure(store: Store) -> list[object]:
    return [
        store.rows("SELECT count(*), sum(rows_done), max(kind), min(started_at) FROM jobs"),
        store.rows("SELECT count(*), sum(amount) FROM orders"),
        store.rows("SELECT * FROM versions ORDER BY ALL"),
    ]


def test_a_flipped_bit_gives_the_same_figures_or_a_damaged_file(path: Path) -> None:
    store = stores.opened(path)
    write(store, 6000)
    right = every_figure(store)
    stores.close_all()
    raw = path.read_bytes()
    chance = random.Random(7)
    told = 0
    for _ in range(50):
        path.write_bytes(flipped(raw, chance.randrange(len(raw)), chance.randrange(8)))
        try:
            assert every_figure(stores.opened(path)) == right
        except StoreError as error:
            assert error.code == "damaged_store", error
            told += 1
        finally:
            stores.close_all()
    assert told > 10


Check = Callable[[Store], object]


@pytest.mark.parametrize(
    "check",
    [lambda store: store.rows("SELECT 1"), lambda store: count(store)],
    ids=["beside_it", "on_it"],
)
def test_after_a_broken_block_the_rest_goes_on(path: Path, check: Check) -> None:
    write(stores.opened(path), 6000)
    stores.close_all()
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"x" * 100, b"y" * 100, 1))
    store = stores.opened(path)
    with pytest.raises(StoreError, match="damaged_store"):
        store.rows("SELECT max(kind) FROM jobs")
    check(store)


def test_a_backup_on_a_full_disk_is_told(disk: SmallDisk, path: Path) -> None:
    store = stores.opened(path)
    disk.leave(100)
    with pytest.raises(StoreError, match="disk_full"):
        store.copy(disk.folder / "copy.duckdb")
    write(store, 1)
    disk.empty()
    store.copy(disk.folder / "copy.duckdb")
    assert opened_elsewhere(store.path) == "held_by_another"
