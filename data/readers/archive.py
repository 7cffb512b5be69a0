"""Unpack a zip of exports, file by file, under safe names.

    >>> is_archive(Path("month.zip")), is_archive(Path("orders.xlsx"))     # doctest: +SKIP
    (True, False)
    >>> unpack(Path("month.zip"), "month.zip", inbox, "4fd1")              # doctest: +SKIP
    [Member(name='month.zip/订单.csv', path=..., content='9f86…', error=None)]

A workbook is a zip too; its entries tell them apart. The names in an archive are shown but
never become part of a path, and the unpacked size is bounded before the first byte is
written. Run `unpack` through `data.jobs.sandbox`.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from domain.errors import FileError

MOST_FILES = 500
LARGEST_FILE = 500_000_000
LARGEST_UNPACKED = 2_000_000_000
# Tables pack to a tenth or, at their most repetitive, a hundredth.
_RATIO, _RATIO_FROM = 200, 100_000_000
# The directory is read as a whole; half a million entries are no export.
_LARGEST_DIRECTORY = 16_000_000

_CHUNK = 1 << 20
_START, _EMPTY, _END = b"PK\x03\x04", b"PK\x05\x06", b"PK\x05\x06"
_END_LENGTH, _LONGEST_COMMENT = 22, 1 << 16
_LOCATOR, _ELSEWHERE = b"PK\x06\x07", 0xFFFFFFFF
_UTF8, _ENCRYPTED = 0x800, 0x1
# Two bytes of GB 2312, which accented letters of other old encodings never form.
_HANZI = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_WORKBOOK = re.compile(r"\[content_types\]\.xml|xl/workbook\.(xml|bin)|content\.xml|mimetype")
_HIDDEN = re.compile(r"(^|/)(\.|__macosx/|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
# Raised by zipfile for a torn, odd or locked archive; NotImplementedError is a RuntimeError.
_TORN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError)


@dataclass(frozen=True)
class Member:
    """A file of an archive: its name for people, its path and hash, or its error."""

    name: str
    path: Path | None = None
    content: str = ""
    error: FileError | None = None


def is_archive(path: Path) -> bool:
    """Return whether a file is a zip, but not a workbook.

    False for a torn zip, for which the reader raises an error.
    """
    with path.open("rb") as stream:
        if stream.read(4) not in (_START, _EMPTY):
            return False
        if _directory_size(stream) > _LARGEST_DIRECTORY:
            return True
        try:
            with zipfile.ZipFile(stream) as archive:
                entries = archive.infolist()
        except _TORN:
            return False
    names = {_name(entry).lower() for entry in entries}
    return bool(entries) and not any(_WORKBOOK.fullmatch(name) for name in names)


def unpack(path: Path, name: str, folder: Path, stem: str) -> list[Member]:
    """Write every visible file of an archive to `folder` as `stem` and eight digits.

    `name` is the archive's own. Raises FileError for the whole: archive_too_many (with
    `limit`), archive_too_large, archive_encrypted, archive_unreadable, archive_empty. A single
    file may have one of them too, or archive_in_archive.
    """
    try:
        with path.open("rb") as stream:
            if _directory_size(stream) > _LARGEST_DIRECTORY:
                raise FileError("archive_too_many", file=name, limit=MOST_FILES)
            with zipfile.ZipFile(stream) as archive:
                entries = _visible(archive)
                _refuse(entries, path.stat().st_size, name)
                return [
                    _member(archive, entry, f"{name}/{_name(entry)}", folder / f"{stem}{n:08x}")
                    for n, entry in enumerate(entries)
                ]
    except _TORN as error:
        raise FileError("archive_unreadable", file=name) from error


def _visible(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files that people put there, without folders and hidden files."""
    return [
        entry
        for entry in archive.infolist()
        if not _name(entry).endswith("/") and not _HIDDEN.search(_name(entry)) and _name(entry)
    ]


def _refuse(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    """Check the archive before unpacking; raises FileError.

    zipfile never unpacks more of an entry than the directory says, so that a false
    directory yields a torn file, not a larger one.
    """
    if not entries:
        raise FileError("archive_empty", file=name)
    if len(entries) > MOST_FILES:
        raise FileError("archive_too_many", file=name, limit=MOST_FILES)
    if all(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FileError("archive_encrypted", file=name)
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _RATIO_FROM and unpacked > _RATIO * packed
    if unpacked > LARGEST_UNPACKED or swollen:
        raise FileError("archive_too_large", file=name, limit=LARGEST_UNPACKED // 1_000_000)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, to: Path) -> Member:
    if entry.flag_bits & _ENCRYPTED:
        return Member(name, error=FileError("archive_encrypted", file=name))
    if entry.file_size > LARGEST_FILE:
        limit = LARGEST_FILE // 1_000_000
        return Member(name, error=FileError("too_large", file=name, limit=limit))
    try:
        with archive.open(entry) as packed, to.open("xb") as out:
            content = _copied(packed, out)
    except _TORN:
        to.unlink(missing_ok=True)
        return Member(name, error=FileError("archive_unreadable", file=name))
    if is_archive(to):
        to.unlink()
        return Member(name, error=FileError("archive_in_archive", file=name))
    return Member(name, to, content)


def _copied(packed: IO[bytes], out: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := packed.read(_CHUNK):
        digest.update(chunk)
        out.write(chunk)
    return digest.hexdigest()


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name for people, without "..", drives and control characters.

    Without the UTF-8 flag the encoding is unknown: Windows in China writes GBK, macOS UTF-8,
    others code page 437.
    """
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        name = _decoded(name.encode("cp437", "replace")) or name
    name = name.partition("\0")[0].replace("\\", "/")
    parts = [part.strip() for part in name.split("/")]
    kept = [part for part in parts if part not in ("", ".", "..") and not part.endswith(":")]
    shown = "".join(filter(str.isprintable, "/".join(kept)))
    return f"{shown}/" if name.endswith("/") else shown


def _decoded(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030") if _HANZI.search(raw) else None
    except UnicodeDecodeError:
        return None


def _directory_size(stream: IO[bytes]) -> int:
    """Return the size of the archive's directory without reading it; 0 where it is not found.

    A large archive has an older and a newer record of it; the newer one, "zip64", is found by
    its locator, right before the older one.
    """
    length = stream.seek(0, 2)
    stream.seek(max(0, length - _END_LENGTH - _LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(_END)
    size = _number(tail, at + 12, 4) if at >= 0 else 0
    if size == _ELSEWHERE and tail[max(0, at - 20) : at].startswith(_LOCATOR):
        stream.seek(min(length, _number(tail, at - 12, 8)))
        size = _number(stream.read(56), 40, 8)
    stream.seek(0)
    return size


def _number(raw: bytes, at: int, length: int) -> int:
    return int.from_bytes(raw[at : at + length], "little")
