"""Recognise files by their first bytes, and inspect workbooks before they are read.

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

from data.layout.merged_cells import Merged, merged_range
from data.layout.shown_money import Shown
from data.readers.bounds import refuse_far
from data.readers.number_formats import NO_STYLES, Found, Styles, styles_of
from domain.errors import FileError

LARGEST_UNPACKED = 4 << 30
# A workbook packs to a tenth or a twentieth; far less is a zip bomb.
SUSPICIOUS = 300 << 20
_MOST_PACKED = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
# First bytes of files that are often renamed to .xlsx or dropped by mistake.
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
_ROW = re.compile(rb"<(?:\w{1,9}:)?row ([^<>]{1,400})>")
_ROW_NUMBER = re.compile(rb'(?:^| )r="(\d{1,7})"')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'(?<![\w:])([\w:]++)\s*+=\s*+"([^"]*+)"')
_LINK = re.compile(r"xl/externalLinks/externalLink\d+\.xml")
_CHUNK = 1 << 22
_START = 1 << 16
# What may follow the last cell: the list of merged ranges, among others.
_LONGEST_END = 1 << 25
# Raised by zipfile for a torn, odd or locked package; NotImplementedError is a RuntimeError.
_TORN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError)


def is_workbook(raw: bytes) -> bool:
    """Return whether the bytes are a workbook; raises FileError for what is not text either."""
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


def merged_in_xls(raw: bytes) -> dict[str, list[Merged]]:
    """Return the merged ranges of an old workbook by sheet, which fastexcel drops."""
    import python_calamine

    merged = {}
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(raw)) as book:
            for name in book.sheet_names:
                ranges = book.get_sheet_by_name(name).merged_cell_ranges
                merged[name] = [
                    Merged(top + 1, bottom + 1, left, right)
                    for (top, left), (bottom, right) in ranges or ()
                ]
    except python_calamine.CalamineError:
        pass  # fastexcel will raise its own error
    except BaseException as error:
        # A panic in Rust raises a BaseException without a public name.
        if type(error).__name__ != "PanicException":
            raise
    return merged


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
    sheets = any(member.startswith("xl/") or "workbook." in member for member in members)
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
    if not any(stream.encode("utf-16-le") in raw for stream in streams):
        # A torn file has lost its directory; an intact one is a Word or mail file.
        torn = len(raw) % 512 != 0 or "Root Entry".encode("utf-16-le") not in raw
        if torn:
            raise FileError("damaged_workbook")
        raise FileError("not_a_spreadsheet", kind="document")


def encrypted_biff(raw: bytes) -> bool:
    """Return whether one of an old workbook's first records is FILEPASS.

    The stream starts at some sector of the container, with the BOF record of the
    workbook globals.
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
    """Hold what a workbook has beside its values; `merged` has the merged ranges by sheet.

    `uncached` counts formulas saved without a value, which are read as blanks: programs
    write them so, Excel fills them in when it saves. `links` counts other workbooks that
    formulas refer to; none is opened. `shown` is what formats show beside numbers, by sheet,
    `hidden` the numbers of rows that are hidden, by a filter or by hand.
    """

    uncached: int = 0
    merged: Mapping[str, list[Merged]] = field(default_factory=dict)
    links: int = 0
    macros: bool = False
    tells_merges: bool = True
    shown: Mapping[str, Shown] = field(default_factory=dict)
    hidden: Mapping[str, list[int]] = field(default_factory=dict)


def inspect_package(path: Path) -> Package:
    """Inspect an xlsx in one pass; an empty package for a torn one."""
    parts: list[tuple[str, int, list[Merged], Found, list[int]]] = []
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            has_styles = "xl/styles.xml" in names
            styles = (
                styles_of(_part(archive, "xl/styles.xml").encode()) if has_styles else NO_STYLES
            )
            for sheet, part in _sheets(archive).items():
                with archive.open(part) as stream:
                    parts.append((sheet, *_inspected(stream, styles)))
    except _TORN:
        return Package()  # fastexcel will raise its own error
    return Package(
        sum(count for _, count, _, _, _ in parts),
        {sheet: ranges for sheet, _, ranges, _, _ in parts if ranges},
        sum(1 for name in names if _LINK.fullmatch(name)),
        any(name.endswith("vbaProject.bin") for name in names),
        "xl/workbook.xml" in names,
        {sheet: found for sheet, _, _, found, _ in parts if found},
        {sheet: hidden for sheet, _, _, _, hidden in parts if hidden},
    )


def refuse_far_cells(path: Path) -> None:
    """Raise FileError(too_many_columns, far_cell) for a package that is larger than it looks."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_far(archive, _sheets(archive))
    except _TORN:
        pass  # fastexcel will raise its own error


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map the names of sheets to the parts that hold them."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    parts = {}
    for tag in _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels")):
        relation = dict(_ATTRIBUTE.findall(tag))
        target = relation.get("Target", "").removeprefix("/").removeprefix("xl/")
        parts[relation.get("Id", "")] = f"xl/{target}"
    sheets = {}
    for tag in _SHEET.findall(_part(archive, "xl/workbook.xml")):
        sheet = {name.rpartition(":")[2]: value for name, value in _ATTRIBUTE.findall(tag)}
        if (part := parts.get(sheet.get("id", ""))) in names and part:
            sheets[html.unescape(sheet.get("name", ""))] = part
    return sheets


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return part.read(_CHUNK).decode("utf-8", errors="replace")


def _inspected(part: IO[bytes], styles: Styles) -> tuple[int, list[Merged], Found, list[int]]:
    """Count formulas without a value; return merged ranges, what numbers show, and hidden rows."""
    count, rest, hidden = 0, b"", list[int]()
    found: Found = {}
    while chunk := part.read(_CHUNK):
        whole, end, rest = (rest + chunk).rpartition(b"</c>")
        rest = rest[-_LONGEST_END:]
        # Most sheets have no formula, and a plain search is much cheaper than the pattern.
        if any(mark in whole for mark in _FORMULA):
            count += len(_UNCACHED.findall(whole + end))
        styles.find(whole, found)
        if b" hidden=" in whole:
            hidden += _hidden_rows(whole)
    merged = [cells for ref in _MERGED.findall(rest) if (cells := merged_range(ref.decode()))]
    return count, merged, found, hidden


def _hidden_rows(part: bytes) -> list[int]:
    """Return the numbers of hidden rows that have cells."""
    tags = [tag for tag in _ROW.findall(part) if _HIDDEN.search(tag) and not tag.endswith(b"/")]
    return [int(number[1]) for tag in tags if (number := _ROW_NUMBER.search(tag))]


WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".xltm", ".xlt"}
