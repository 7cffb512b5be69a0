"""What a file is by its first bytes, and what a workbook's package tells before it is read.

>>> is_workbook(b"order,amount\\n")
False
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from domain.errors import Code, FileError

LARGEST_UNPACKED = 4 << 30
# A workbook packs to a tenth or a twentieth; what packs to so much less is made to fill a memory.
SUSPICIOUS = 300 << 20
_MOST_PACKED = 200
MOST_ROWS = 5_000_000
MOST_COLUMNS = 2_000
MOST_CELLS = 100_000_000
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
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+\d+:[A-Z]+\d+)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_LINK = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_CHUNK = 1 << 22
_START = 1 << 16
# What may follow the last cell: the list of merged ranges, among others.
_LONGEST_END = 1 << 25
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
    if raw[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_MARKUP):
        raise FileError("not_a_spreadsheet", kind="web_page")
    return False


def within(rows: int, columns: int) -> None:
    """Raises FileError "too_many_rows", "too_many_columns" or "too_many_cells"."""
    bounds: tuple[tuple[Code, int, int], ...] = (
        ("too_many_columns", columns, MOST_COLUMNS),
        ("too_many_rows", rows, MOST_ROWS),
        ("too_many_cells", rows * columns, MOST_CELLS),
    )
    for code, count, limit in bounds:
        if count > limit:
            raise FileError(code, count=count, limit=limit)


def merged_in_xls(raw: bytes) -> dict[str, list[str]]:
    """The merged ranges of an old workbook by sheet; the reader of its cells drops them."""
    import python_calamine

    found = {}
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            for name in book.sheet_names:
                ranges = book.get_sheet_by_name(name).merged_cell_ranges
                found[name] = [_ref(*one) for one in ranges or ()]
    except python_calamine.CalamineError:
        pass  # the reader of its cells will say what is wrong with it
    except BaseException as error:
        # A panic of the Rust library is a BaseException without a public name.
        if type(error).__name__ != "PanicException":
            raise
    return found


def _ref(start: tuple[int, int], end: tuple[int, int]) -> str:
    return ":".join(f"{_letters(column)}{row + 1}" for row, column in (start, end))


def _letters(at: int) -> str:
    told, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        told = chr(65 + rest) + told
    return told


def _check_zip(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            members = {entry.filename.replace("\\", "/").lower() for entry in entries}
            manifest = "meta-inf/manifest.xml" in members and _manifest(archive)
    except _TORN as error:
        raise FileError("damaged_workbook") from error
    unpacked = sum(entry.file_size for entry in entries)
    bomb = unpacked > SUSPICIOUS and unpacked > _MOST_PACKED * len(raw)
    if bomb or unpacked > LARGEST_UNPACKED:
        raise FileError("unpacks_too_large", size=unpacked, limit=LARGEST_UNPACKED)
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


@dataclass(frozen=True)
class Package:
    """What an xlsx tells beside its values: by sheet, its merged ranges ("A1:B2") and its extent.

    `uncached` counts the formulas that were saved without a value: the reader sees
    blanks there. Programs that write workbooks leave them so; Excel fills them in
    when it saves. `links` are other workbooks that formulas name; none is opened.
    """

    uncached: int = 0
    merged: Mapping[str, list[str]] = field(default_factory=dict)
    links: int = 0
    macros: bool = False
    tells_merges: bool = True


def package(path: Path) -> Package:
    """One look through an xlsx; empty for what is torn."""
    found: list[tuple[str, int, list[str]]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            for sheet, part in _sheets(archive).items():
                with archive.open(part) as stream:
                    found.append((sheet, *_looked_through(stream)))
    except _TORN:
        return Package()  # the reader will say what is wrong with it
    return Package(
        sum(count for _, count, _ in found),
        {sheet: ranges for sheet, _, ranges in found if ranges},
        sum(1 for one in names if _LINK.fullmatch(one)),
        any(one.endswith("vbaProject.bin") for one in names),
        "xl/workbook.xml" in names,
    )


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Each sheet's name and the part that holds it."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    parts = {}
    for tag in _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels")):
        told = dict(_ATTRIBUTE.findall(tag))
        target = told.get("Target", "").removeprefix("/").removeprefix("xl/")
        parts[told.get("Id", "")] = f"xl/{target}"
    found = {}
    for tag in _SHEET.findall(_part(archive, "xl/workbook.xml")):
        told = {name.rpartition(":")[2]: value for name, value in _ATTRIBUTE.findall(tag)}
        if (part := parts.get(told.get("id", ""))) in names and part:
            found[html.unescape(told.get("name", ""))] = part
    return found


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_CHUNK).decode("utf-8", errors="replace")


def _looked_through(part: IO[bytes]) -> tuple[int, list[str]]:
    """How many formulas have no value, and the ranges that are merged, which come last."""
    count, rest = 0, b""
    while chunk := part.read(_CHUNK):
        whole, end, rest = (rest + chunk).rpartition(b"</c>")
        rest = rest[-_LONGEST_END:]
        # Most sheets have no formula, and a plain look for one is much cheaper than the pattern.
        if any(mark in whole for mark in _FORMULA):
            count += len(_UNCACHED.findall(whole + end))
    ranges = [found.decode() for found in _MERGED.findall(rest)]
    return count, ranges


WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt"}
