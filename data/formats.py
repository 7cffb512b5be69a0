"""What a file is by its first bytes, and what a workbook's package tells before it is read.

>>> is_workbook(b"order,amount\\n")
False
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from domain.errors import FileError

LARGEST_UNPACKED = 4 << 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
# First bytes of what is often renamed to .xlsx or dropped in by mistake.
_OTHERS = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3", "database"),
)
_MARKUP = (
    b"<!doctype html",
    b"<html",
    b"<table",
    b"<head",
    b"<body",
    b"<style",
    b"<meta",
    b"<?xml",
)
_UNCACHED = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v ?/>|<v></v>)?</c>")
_FORMULA = (b"<f>", b"<f ", b"<f/")
_CHUNK = 1 << 22
# What zipfile raises for a torn, odd or locked package.
_TORN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,  # NotImplementedError among them
)


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes are a workbook; raises FileError for what is neither that nor text."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_zip(raw)
        return True
    if raw.startswith(_OLE):
        _check_ole(raw)
        return True
    if raw.startswith(_BIFF):
        return True
    for magic, kind in _OTHERS:
        if raw.startswith(magic):
            raise FileError("not_a_spreadsheet", kind=kind)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_MARKUP):
        raise FileError("not_a_spreadsheet", kind="web_page")
    return False


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            members = {entry.filename.replace("\\", "/").lower() for entry in entries}
            manifest = "meta-inf/manifest.xml" in members and _manifest(archive)
    except _TORN as error:
        raise FileError("damaged_workbook") from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise FileError("too_large", size=unpacked, limit=LARGEST_UNPACKED)
    if manifest and b"encryption-data" in manifest:
        raise FileError("encrypted_workbook")
    sheets = any(one.startswith("xl/") or "workbook." in one for one in members)
    if not sheets and "content.xml" not in members:
        raise FileError("not_a_spreadsheet", kind="archive")


def _manifest(archive: zipfile.ZipFile) -> bytes:
    wanted = next(
        entry for entry in archive.infolist() if entry.filename.lower() == "meta-inf/manifest.xml"
    )
    with archive.open(wanted) as part:
        return part.read(1 << 20)


def _check_ole(raw: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise FileError("encrypted_workbook")
    streams = ("Workbook", "WORKBOOK", "Book", "BOOK")
    if not any(one.encode("utf-16-le") in raw for one in streams):
        # A torn file has lost its directory; a whole one without it is a Word or mail file.
        torn = len(raw) % 512 != 0 or "Root Entry".encode("utf-16-le") not in raw
        if torn:
            raise FileError("damaged_workbook")
        raise FileError("not_a_spreadsheet", kind="document")


def encrypted_biff(raw: bytes) -> bool:
    """Whether an old workbook's first records hold FILEPASS: BOF, then maybe WRITEACCESS first.

    The stream starts at some sector of the container; its BOF record is the
    one that says "workbook globals".
    """
    for bof in (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00"):
        at = raw.find(bof)
        for _ in range(8):
            if at < 0 or at + 4 > len(raw):
                break
            if raw[at : at + 2] == b"\x2f\x00":
                return True
            at += 4 + int.from_bytes(raw[at + 2 : at + 4], "little")
    return False


def uncached_formulas(raw: bytes) -> int:
    """How many formulas of an xlsx were saved without a value: the reader sees blanks there.

    Programs that write workbooks leave them so; Excel fills them in when it saves.
    """
    count = 0
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and not entry.is_dir():
                    with archive.open(entry) as part:
                        count += _uncached(part)
    except _TORN:
        pass  # the reader will say what is wrong with it
    return count


def _uncached(part: IO[bytes]) -> int:
    count, rest = 0, b""
    while chunk := part.read(_CHUNK):
        whole, end, rest = (rest + chunk).rpartition(b"</c>")
        # Most sheets have no formula, and a plain look for one is much cheaper than the pattern.
        if any(mark in whole for mark in _FORMULA):
            count += len(_UNCACHED.findall(whole + end))
    return count
