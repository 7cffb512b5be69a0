"""Small files that would cost much: each is answered in time, by one error that names the place.

Each is made here and read in a child process with 20 seconds and 2 GB of address space, where
more ends it with `timed_out` or `out_of_memory`. The store is as before, no process is left.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from data.ingest import read_files
from data.store.database import Store
from tests.conftest import land, read

LINES = "Order ID,Order Date,Amount\nS1,2026-03-02,100\nS2,2026-03-03,200\n"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = "".join(
    f'<row r="{number}">{"".join(cell(f"{letter}{number}", text) for letter, text in row)}</row>'
    for number, row in enumerate(
        (zip("ABC", line.split(","), strict=True) for line in LINES.splitlines()), 1
    )
)


def workbook(rows: str, before: str = "", after: bytes = b"") -> bytes:
    """The bytes of a workbook whose only sheet has these rows."""
    sheet = f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'{relations}<Relationship Id="r1" Type="{DOC}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOC}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="r1" Type="{DOC}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue() + after


def archive(name: str, content: bytes, times: int = 1) -> bytes:
    """The bytes of a zip of one file, whose content is repeated without being held in memory."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as of_one, of_one.open(name, "w") as to:
        for _ in range(times):
            to.write(content)
    return packed.getvalue()


def laughs() -> str:
    entities = "".join(
        f'<!ENTITY l{at} "{(f"&l{at - 1};" if at else "ha") * 10}">' for at in range(10)
    )
    return f"<!DOCTYPE d [{entities}]>"


def wide(cells: int) -> str:
    """Two rows of so many cells, without references, which the format allows."""
    row = '<c t="inlineStr"><is><t>h</t></is></c>' * cells
    return f"<row>{row}</row><row>{row}</row>"


BOMBS: dict[str, tuple[str, Callable[[], bytes], str, dict[str, Any]]] = {
    "a cell at the far corner of a sheet": (
        "far.xlsx",
        lambda: workbook(HEAD + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
        "far_cell",
        {"sheet": "S", "cell": "XFD1048576"},
    ),
    "a cell far to the right": (
        "right.xlsx",
        lambda: workbook(HEAD + f'<row r="4">{cell("XFD4", "x")}</row>'),
        "far_cell",
        {"cell": "XFD4"},
    ),
    "a cell far below and to the right, in a column of two letters": (
        "below.xlsx",
        lambda: workbook(HEAD + f'<row r="1048576">{cell("ZZ1048576", "x")}</row>'),
        "far_cell",
        {"cell": "ZZ1048576"},
    ),
    "a row of 300,000 cells": (
        "wide.xlsx",
        lambda: workbook(wide(300_000)),
        "too_many_columns",
        {"limit": 2000},
    ),
    "a line of 300,000 cells": (
        "wide.csv",
        lambda: "\n".join(",".join(["h"] * 300_000) for _ in range(3)).encode(),
        "too_many_columns",
        {"limit": 2000},
    ),
    "a line of separators": (
        "separators.csv",
        lambda: b"," * 5_000_000,
        "too_many_columns",
        {"limit": 2000},
    ),
    "lines of up to 5,000 cells": (
        "ragged.csv",
        lambda: (LINES + "".join("S,1" + "," * (at % 5000) + "x\n" for at in range(5000))).encode(),
        "too_many_columns",
        {"limit": 2000},
    ),
    "a line of 5,000 cells below 20,000 short ones": (
        "one_long.csv",
        lambda: (LINES + "S3,2026-03-04,1\n" * 20_000 + "S4" + ",x" * 5000).encode(),
        "too_many_columns",
        {"count": 5001},
    ),
    "blank lines between two records": (
        "blank.csv",
        lambda: (LINES + "\n" * 6_000_000 + "S3,2026-03-04,300\n").encode(),
        "too_many_rows",
        {"count": 6_000_004},
    ),
    "blank lines alone": (
        "only_blank.csv",
        lambda: b"\r\n" * 6_000_000 + b"x\n",
        "too_many_rows",
        {"count": 6_000_001},
    ),
    "a quoted text of six million lines": (
        "quoted.csv",
        lambda: (LINES + 'S3,2026-03-04,"' + "a\n" * 6_000_000 + '"\n').encode(),
        "too_many_rows",
        {},
    ),
    "a cell of 40 MB": (
        "cell.csv",
        lambda: (LINES + "S3,2026-03-04," + "9" * 40_000_000 + "\n").encode(),
        "cell_too_long",
        {"row": 4},
    ),
    "entities that stand for each other": (
        "laughs.xlsx",
        lambda: workbook(f'<row r="1">{cell("A1", "&l9;")}</row>', before=laughs()),
        "damaged_workbook",
        {},
    ),
    "elements in elements in elements": (
        "deep.xlsx",
        lambda: workbook(f'<row r="1">{"<c>" * 500_000}</row>'),
        "damaged_workbook",
        {},
    ),
    "zeros": ("zeros.csv", lambda: LINES.encode() + b"\0" * 5_000_000, "unreadable_text", {}),
    "a zip in a zip": (
        "nested.zip",
        lambda: archive("inner.zip", archive("orders.csv", LINES.encode())),
        "archive_in_archive",
        {},
    ),
    "a text that packs to a hundredth": (
        "packed.zip",
        lambda: archive("orders.csv", b"S3,2026-03-04,1\n" * 250_000, times=100),
        "archive_too_large",
        {},
    ),
    "a picture named as a workbook": (
        "picture.xlsx",
        lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
        "not_a_spreadsheet",
        {"kind": "picture"},
    ),
    "half of a workbook": (
        "half.xlsx",
        lambda: workbook(HEAD)[:-600],
        "damaged_workbook",
        {},
    ),
}


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the child process less than it usually has."""
    monkeypatch.setattr(read_files, "READ_SECONDS", 20.0)
    monkeypatch.setattr(read_files, "READ_MEGABYTES", 2000)


@pytest.mark.parametrize("what", BOMBS)
def test_a_costly_small_file_is_refused_in_time_by_what_is_wrong_with_it(
    store: Store, limited: None, what: str
) -> None:
    name, made, code, params = BOMBS[what]
    before = tables(store)
    drafts = read(store, {name: made()})
    assert [draft.error.code for draft in drafts if draft.error] == [code]
    error = drafts[0].error
    assert params.items() <= error.params.items()
    assert tables(store) == before
    assert not list(store.inbox.iterdir())


def tables(store: Store) -> dict[str, int]:
    """The number of rows of each table of records."""
    names = [
        name
        for (name,) in store.rows(
            "SELECT table_name FROM information_schema.columns "
            "WHERE table_schema = 'main' AND column_name = 'import_id' ORDER BY 1"
        )
    ]
    return {name: store.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in names}


READ = {
    "a far row": (
        "row.xlsx",
        lambda: workbook(HEAD + f'<row r="1048576">{cell("A1048576", "x")}</row>'),
    ),
    "cells to the last column that are only formatted": (
        "formatted.xlsx",
        lambda: workbook(HEAD + '<row r="4"><c r="ZZ4" s="0"/><c r="XFD4" s="0"/></row>'),
    ),
    "junk at the end of a workbook": ("junk.xlsx", lambda: workbook(HEAD, after=b"\0" * 50_000)),
    "a quote that is never closed": (
        "quote.csv",
        lambda: (LINES + 'S3,2026-03-04,"300\n' + "S4,2026-03-04,5\n" * 300_000).encode(),
    ),
    "a wide line that is within the limits": (
        "within.csv",
        lambda: (LINES + "S3,2026-03-04,1\n" * 500 + "S4" + ",x" * 300).encode(),
    ),
}


@pytest.mark.parametrize("what", READ)
def test_what_only_looks_costly_is_read(store: Store, limited: None, what: str) -> None:
    name, made = READ[what]
    (draft,) = read(store, {name: made()})
    assert draft.error is None
    assert draft.sheet.rows["0"].to_pylist()[:2] == ["S1", "S2"]


@pytest.mark.parametrize(("name", "sign"), [("long.csv", "n"), ("long.xlsx", "n"), ("d.csv", "9")])
def test_a_cell_is_cut_where_excel_ends_it_and_a_note_names_its_row(
    store: Store, limited: None, name: str, sign: str
) -> None:
    text = sign * 1_000_000
    csv = LINES + f"S3,2026-03-04,{text}\n"
    row = f'<row r="4">{cell("A4", "S3")}{cell("B4", "2026-03-04")}{cell("C4", text)}</row>'
    (draft,) = read(store, {name: csv if name.endswith(".csv") else workbook(HEAD + row)})
    assert draft.sheet.rows["2"].to_pylist()[2] == sign * 32_767
    (note,) = [note for note in draft.sheet.notes if note.code == "cells_cut"]
    assert dict(note.params) == {"count": 1, "row": 4, "length": 1_000_000, "limit": 32_767}


@pytest.mark.parametrize(
    ("digits", "why"),
    [(15, "number_too_large"), (39, "number_too_large"), (128, "number_too_large")]
    + [(count, "unreadable_number") for count in (256, 1000, 1_000_000)],
)
def test_an_amount_of_too_many_digits_is_left_out_by_name(
    store: Store, digits: int, why: str
) -> None:
    (draft,) = read(store, {"digits.csv": LINES + f"S3,2026-03-04,{'9' * digits}\n"})
    (result,) = land(store, [draft])
    assert result.left_out == {why: 1}
    assert [(one.row, one.why) for one in result.problems] == [(4, why)]
    assert store.rows("SELECT sum(amount) FROM orders") == [(300,)]
