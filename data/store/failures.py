"""Tell from what the engine or the system says what happened to the disk or the file.

>>> failure(OSError(errno.ENOSPC, "No space left on device"), Path("yuepan.duckdb")).code
'disk_full'
>>> failure(ValueError("a fault of ours"), Path("yuepan.duckdb")) is None
True
"""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb

from domain.errors import Code, StoreError

# What the engine says, which hands on the words of Linux, macOS and Windows.
_WORDS: dict[Code, tuple[str, ...]] = {
    "disk_full": (
        "no space left on device", "disk quota exceeded", "not enough space on the disk",
        "there is not enough space", "file too large",
    ),
    "held_by_another": ("could not set lock", "being used by another process"),
    "folder_read_only": (
        "permission denied", "read-only file system", "access is denied",
        "operation not permitted",
    ),
    "damaged_store": ("corrupt database file", "input/output error"),
}  # fmt: skip
_NUMBERS: dict[int, Code] = {
    errno.ENOSPC: "disk_full",
    errno.EFBIG: "disk_full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "disk_full",
    errno.EACCES: "folder_read_only",
    errno.EPERM: "folder_read_only",
    errno.EROFS: "folder_read_only",
    errno.EIO: "damaged_store",
}
_COMMITTED = "COMMIT succeeded and is durable"


def failure(error: BaseException, path: Path) -> StoreError | None:
    """Return what an error says of the disk or of the database file, if it says anything."""
    code: Code | None = None
    if isinstance(error, duckdb.Error):
        said = str(error).casefold()
        code = next(
            (code for code, words in _WORDS.items() if any(word in said for word in words)), None
        )
    elif isinstance(error, OSError):
        code = _NUMBERS.get(error.errno or 0)
    return StoreError(code, path=path.name, folder=str(path.parent)) if code else None


def stopped(error: BaseException) -> bool:
    """Return whether the engine takes no more statements until the file is opened again."""
    return isinstance(error, duckdb.FatalException)


def committed(error: BaseException) -> bool:
    """Return whether a commit that failed has stored everything all the same.

    The engine says so where only the checkpoint after it met a full disk.
    """
    return stopped(error) and _COMMITTED in str(error)
