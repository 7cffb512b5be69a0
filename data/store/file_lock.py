"""Hold a database for one process, by a locked file beside it.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "yuepan.duckdb"
>>> lock = hold(path)
>>> lock.release()

The engine locks its file, too, but on POSIX with a lock that is gone as soon as the process
closes *any* descriptor of that file, as a copy of it does. Nothing else ever opens this one.
On Windows nobody else can open a file that the engine has open, and nothing is needed.
"""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from domain.errors import StoreError


@dataclass
class FileLock:
    """A lock that this process holds until it releases it or ends, however it ends."""

    path: Path
    descriptor: int | None

    def release(self) -> None:
        """Give the lock up and remove its file; releasing twice does no harm."""
        if self.descriptor is None:
            return
        # Removed while it is held: who waits for it finds out that it is another file now.
        self.path.unlink(missing_ok=True)
        os.close(self.descriptor)
        self.descriptor = None


def hold(path: Path) -> FileLock:
    """Lock the database at `path` for this process.

    Raises StoreError("held_by_another"), and OSError where the folder cannot be written to.
    """
    beside = path.with_name(f"{path.name}.lock")
    if sys.platform == "win32":
        return FileLock(beside, None)
    import fcntl

    while True:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if error.errno in (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS):
                return FileLock(beside, None)  # A shared folder without such locks.
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            raise StoreError("held_by_another", path=path.name) from error
        if _is_still(beside, descriptor):
            return FileLock(beside, descriptor)
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Return whether the file that was locked is the one that others would open now."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
