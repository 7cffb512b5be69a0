"""Work in a child process, with limits on time and memory, that can be called off.

    >>> run("data.read:read", path, "orders.xlsx", seconds=60)      # doctest: +SKIP
    [Sheet(file='orders.xlsx', ...)]

A workbook can crash its reader, hang it or fill the memory; here that costs a
process and becomes a sentence. The child is a fresh interpreter
(`python -m data.child`), not a fork and not multiprocessing's spawn, which
would import the server's `__main__` again. Arguments and results travel
through a temporary folder: Arrow tables as IPC files, the rest pickled.

An interpreter with its libraries takes a third of a second to start. `prepare`
starts one before it is needed; it waits for its call, serves that one and ends.
"""

from __future__ import annotations

import importlib
import importlib.abc
import logging
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import pyarrow as pa

from domain.errors import FileError, ImportRefused, YuepanError

log = logging.getLogger(__name__)

# What nearly every call needs, imported while the child waits for it.
_AHEAD = ("data.read", "data.completed")

_ROOT = Path(__file__).resolve().parent.parent
_POLL = 0.02
_OUT_OF_MEMORY = 86
_folder: Path | None = None
_stretch = (0.0, 1.0)

A = TypeVar("A")
T = TypeVar("T")


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
    another: bool = False,
) -> Any:
    """What `function` ("module:name") returns for `args`, worked out in a child process.

    `seconds` is wall time. `megabytes` bounds the child's memory on Linux; the
    other systems have no such limit that works, so there only time is bounded.
    `cancelled` is asked about fifty times a second; `progress` gets the shares
    that the child told with `tell`. `file` goes into the errors made here. With
    `another`, the child of the call that is to follow starts meanwhile.

    Raises what the child raised if it is a YuepanError, else ImportRefused
    "cancelled" or FileError "timed_out", "out_of_memory", "reader_failed".
    """
    waiting = _taken() or _start()
    if another:
        prepare()
    with waiting.made:
        _dump((function, args, megabytes), waiting.folder, "call")
        try:
            _call(waiting.process)
            _watch(waiting.process, waiting.folder, seconds, cancelled, progress, file)
        finally:
            _end(waiting.process)
        return _outcome(waiting.folder, waiting.process.returncode, function, file)


def prepare() -> None:
    """Have a child ready for the next `run`, if none is; returns at once."""
    with _preparing:
        if not _ready:
            _ready.append(_start())


def tell(share: float) -> None:
    """Say how far the work is, 0 to 1; for functions that `run` runs, free anywhere else."""
    if _folder is not None:
        first, last = _stretch
        part = _folder / "progress.part"
        part.write_text(f"{first + share * (last - first):.4f}", encoding="ascii")
        part.replace(_folder / "progress")


@contextmanager
def stretch(first: float, last: float) -> Iterator[None]:
    """What is told inside goes from `first` to `last` of the whole: one file of several."""
    global _stretch
    outer = _stretch
    width = outer[1] - outer[0]
    _stretch = (outer[0] + first * width, outer[0] + last * width)
    try:
        yield
    finally:
        _stretch = outer


def telling(work: Callable[[A], T], count: int, first: float, last: float) -> Callable[[A], T]:
    """`work`, told each time it is done; `count` times are the way from `first` to `last`.

    It may be called from several threads.
    """
    done, one_at_a_time = 0, threading.Lock()

    def told(thing: A) -> T:
        nonlocal done
        result = work(thing)
        with one_at_a_time:
            done += 1
            tell(first + done * (last - first) / count)
        return result

    return told


def work(folder: Path) -> int:
    """The child's side: do the call in `folder`, leave the result there, give the exit code."""
    global _folder
    _folder = folder
    sys.meta_path.insert(0, _WithoutPandas())
    for module in _AHEAD:
        importlib.import_module(module)
    if os.read(0, 1) != _GO:
        # Nobody called, and the parent is gone.
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    threading.Thread(target=_die_with_parent, args=(folder,), daemon=True).start()
    function, args, megabytes = _load(folder, "call")
    _limit(megabytes)
    module, _, name = function.partition(":")
    try:
        result = getattr(importlib.import_module(module), name)(*args)
        _dump((True, result), folder, "result")
    except YuepanError as error:
        _dump((False, error), folder, "result")
    except (MemoryError, pa.ArrowMemoryError):
        return _OUT_OF_MEMORY
    return 0


@dataclass(frozen=True)
class _Waiting:
    """A child that waits for its call, and the folder that both sides use."""

    made: tempfile.TemporaryDirectory[str]
    process: subprocess.Popen[bytes]

    @property
    def folder(self) -> Path:
        return Path(self.made.name)


_GO = b"\n"
_preparing = threading.Lock()
_ready: list[_Waiting] = []


def _taken() -> _Waiting | None:
    """The child that was prepared, if it is still there."""
    with _preparing:
        waiting = _ready.pop() if _ready else None
    if waiting is None or waiting.process.poll() is None:
        return waiting
    _end(waiting.process)
    waiting.made.cleanup()
    return None


def _start() -> _Waiting:
    made = tempfile.TemporaryDirectory(prefix="yuepan-", ignore_cleanup_errors=True)
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    # The system's allocator gives memory back and reserves no address space ahead.
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join(paths),
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "PYTHONIOENCODING": "utf-8",
    }
    with (Path(made.name) / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "data.child", made.name],
            cwd=_ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    return _Waiting(made, process)


def _call(child: subprocess.Popen[bytes]) -> None:
    assert child.stdin
    try:
        child.stdin.write(_GO)
        child.stdin.flush()
    except OSError:
        pass  # It is gone; how it ended is told by its exit code.


def _watch(
    child: subprocess.Popen[bytes],
    folder: Path,
    seconds: float,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None] | None,
    file: str,
) -> None:
    until = time.monotonic() + seconds
    told = ""
    while True:
        try:
            child.wait(_POLL)
            return
        except subprocess.TimeoutExpired:
            pass
        if cancelled():
            raise ImportRefused("cancelled", file=file)
        if time.monotonic() > until:
            raise FileError("timed_out", file=file, seconds=seconds)
        if progress is not None and (now := _told(folder)) != told:
            told = now
            progress(float(told))


def _told(folder: Path) -> str:
    try:
        return (folder / "progress").read_text(encoding="ascii")
    except OSError:
        return ""


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    if child.stdin is not None:
        child.stdin.close()


def _outcome(folder: Path, code: int, function: str, file: str) -> Any:
    said = (folder / "stderr").read_text(encoding="utf-8", errors="replace")
    if code == 0 and (folder / "result.pickle").exists():
        good, result = _load(folder, "result")
        if good:
            return result
        raise result
    log.warning("%s in a child process ended with %s: %s", function, code, said[-4000:])
    # Rust aborts with this line; Python and Arrow raise.
    if code == _OUT_OF_MEMORY or "memory allocation of" in said or "MemoryError" in said:
        raise FileError("out_of_memory", file=file)
    raise FileError("reader_failed", file=file)


class _WithoutPandas(importlib.abc.MetaPathFinder):
    """Refuses pandas, which pyarrow looks for at its first array: slow, and not needed here."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name == "pandas":
            raise ImportError(name)


class _Pickler(pickle.Pickler):
    """Pickles everything but tables, which go to IPC files of their own."""

    def __init__(self, stream: IO[bytes], folder: Path, stem: str) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self.folder, self.stem, self.count = folder, stem, 0

    def persistent_id(self, thing: object) -> str | None:
        if not isinstance(thing, pa.Table):
            return None
        self.count += 1
        name = f"{self.stem}-{self.count}.arrow"
        path = str(self.folder / name)
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, thing.schema) as writer:
            writer.write_table(thing)
        return name


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: IO[bytes], folder: Path) -> None:
        super().__init__(stream)
        self.folder = folder

    def persistent_load(self, name: str) -> pa.Table:
        # A mapped file outlives its name on POSIX; Windows will not delete one in use.
        opened = pa.memory_map if os.name == "posix" else pa.OSFile
        return pa.ipc.open_file(opened(str(self.folder / name), "rb")).read_all()


def _dump(thing: object, folder: Path, stem: str) -> None:
    part = folder / f"{stem}.part"
    with part.open("wb") as stream:
        _Pickler(stream, folder, stem).dump(thing)
    part.replace(folder / f"{stem}.pickle")


def _load(folder: Path, stem: str) -> Any:
    with (folder / f"{stem}.pickle").open("rb") as stream:
        return _Unpickler(stream, folder).load()


def _limit(megabytes: int) -> None:
    """Bound what the child may allocate.

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


def _die_with_parent(folder: Path) -> None:
    # The parent holds the other end and never writes: an end of file is its death.
    # os.read, as a thread inside sys.stdin's lock would abort the exit.
    os.read(0, 1)
    # A parent that was killed cannot tidy up.
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    from data import child as _here

    sys.exit(_here.work(Path(sys.argv[1])))
