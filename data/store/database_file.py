"""The database on disk: one file, and while it is written a log beside it.

The engine folds the log into the file at a checkpoint. Until then the last
transactions are in the log alone, and the engine replays any log it finds, even
one that a newer copy of the same database wrote. So a file and its log always
move together.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

# Run in a process of its own: on POSIX, closing a copy's descriptor in this one would drop the
# engine's lock on the file.
_COPY = """
import shutil, sys
try: shutil.copyfile(sys.argv[1], sys.argv[2])
except OSError as error: print(error.errno or ""); raise
"""


def default_path() -> Path:
    """`YUEPAN_DB` where it is set, else `var/yuepan.duckdb` in the project's folder."""
    configured = os.environ.get("YUEPAN_DB")
    return Path(configured) if configured else Path(__file__).parents[2] / "var" / "yuepan.duckdb"


def log_of(path: Path) -> Path:
    """The write-ahead log beside a database file, whether it exists or not."""
    return path.with_name(f"{path.name}.wal")


def copy(path: Path, to: Path) -> None:
    """Copy a database that nobody has open, with its log if a crash left one."""
    shutil.copy2(path, to)
    if log_of(path).exists():
        shutil.copy2(log_of(path), log_of(to))


def copy_open(path: Path, to: Path) -> None:
    """Copy a database that this process has open; raise OSError with what the system says."""
    copy = [sys.executable, "-I", "-S", "-c", _COPY, str(path), str(to)]
    copied = subprocess.run(copy, capture_output=True, text=True, check=False)
    if copied.returncode:
        number = copied.stdout.strip()
        said = copied.stderr.strip().rpartition("\n")[2]
        raise OSError(int(number) if number else errno.EIO, said)


def move(path: Path, to: Path) -> None:
    """Move a database that nobody has open, with its log; replaces what is at `to`."""
    remove_log(to)
    # The log goes first: should the program die in between, it meets no other file.
    if log_of(path).exists():
        os.replace(log_of(path), log_of(to))
    os.replace(path, to)


def remove_log(path: Path) -> None:
    """Remove the log beside a file that is about to be replaced or was never ours."""
    log_of(path).unlink(missing_ok=True)


def unused_path(path: Path, reason: str) -> Path:
    """The first free name beside `path`: `yuepan.before-restore-1.duckdb`, then `-2`."""
    numbered = (path.with_name(f"{path.stem}.{reason}-{n}{path.suffix}") for n in count(1))
    return next(name for name in numbered if not name.exists() and not log_of(name).exists())
