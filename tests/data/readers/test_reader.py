from __future__ import annotations

import csv
import io
import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from data.readers.delimited import grid
from data.readers.reader import read
from domain.errors import FileError, YuepanError

TEXT = "订单号,客户,金额\nSO1,京华商贸,1200\nSO2,杭州云帆,88.5\n"
CELLS = [["SO1", "京华商贸", "1200"], ["SO2", "杭州云帆", "88.5"]]


def sheets(tmp_path, content, name="orders.csv"):
    path = tmp_path / "upload.bin"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, name)


def rows(sheet):
    return [list(row.values())[:-1] for row in sheet.rows.to_pylist()]


def codes(sheet):
    return [note.code for note in sheet.notes]


def workbook(fill):
    book = Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def simple_workbook():
    def fill(book):
        sheet = book.active
        sheet.title = "订单"
        sheet.append(["Date", "Qty", "Amount"])
        sheet.append([date(2017, 11, 8), 3, 261.96])
        sheet.append([datetime(2017, 11, 8, 10, 30), 40, 1234567])

    return workbook(fill)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"]
)
def test_chinese_text_is_read_in_every_encoding(tmp_path, encoding):
    (sheet,) = sheets(tmp_path, TEXT.encode(encoding))
    assert sheet.header == ("订单号", "客户", "金额")
    assert rows(sheet) == CELLS


def test_western_accents_are_not_taken_for_chinese(tmp_path):
    text = "Référence;Société;Montant\n1;Crédit Général;1,5\n2;Hôtel Élysée;2,5 €\n"
    (sheet,) = sheets(tmp_path, text.encode("cp1252"))
    assert sheet.header == ("Référence", "Société", "Montant")
    assert rows(sheet)[1] == ["2", "Hôtel Élysée", "2,5 €"]


def test_a_few_broken_bytes_do_not_change_the_encoding(tmp_path):
    content = (TEXT * 20).encode().replace("帆".encode(), b"\xe5\xb8", 1)
    (sheet,) = sheets(tmp_path, content)
    assert "broken_characters" in codes(sheet)
    assert sheet.header[0] == "订单号"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    lines = ["Rep", "Price", "Note"], ["Li", "1.50", "a"], ["Wu", "2.50", "b"]
    text = "\n".join(separator.join(line) for line in lines)
    (sheet,) = sheets(tmp_path, text)
    assert rows(sheet) == [["Li", "1.50", "a"], ["Wu", "2.50", "b"]]


def test_decimal_commas_do_not_hide_the_semicolon(tmp_path):
    (sheet,) = sheets(tmp_path, "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")
    assert sheet.header == ("a", "b", "c")


def test_excels_own_separator_line_is_obeyed(tmp_path):
    (sheet,) = sheets(tmp_path, "sep=;\r\na;b\r\n1;2\r\n")
    assert (sheet.header, rows(sheet)) == (("a", "b"), [["1", "2"]])
    assert sheet.rows["row"].to_pylist() == [3]


def test_quoted_fields_keep_separators_quotes_and_lines(tmp_path):
    (sheet,) = sheets(tmp_path, 'a,b\n"x, ""y""","two\nlines"\n1,2\n')
    assert rows(sheet) == [['x, "y"', "two\nlines"], ["1", "2"]]


def test_ragged_rows_lose_nothing(tmp_path):
    (sheet,) = sheets(tmp_path, "a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n")
    assert sheet.header == ("a", "b", "c", "column 4", "column 5")
    assert rows(sheet) == [
        ["1", "2", None, None, None],
        ["1", "2", "3", None, None],
        ["1", "2", "3", "4", "5"],
    ]
    assert "ragged_rows" in codes(sheet)


def test_a_quote_never_closed_does_not_swallow_the_file(tmp_path):
    text = "a,b\n" + '1,"5 inch\n' + "2,x\n" * 500
    (sheet,) = sheets(tmp_path, text)
    assert "quotes_ignored" in codes(sheet)
    assert sheet.rows.num_rows == 501


def test_title_rows_and_blank_rows_are_passed_over_and_row_numbers_stay(tmp_path):
    (sheet,) = sheets(
        tmp_path, "Sales 2026\n\nRep,Date,Amount\nLi,2026-01-05,1\n,,\nWu,2026-01-06,2\n"
    )
    assert sheet.header == ("Rep", "Date", "Amount")
    assert sheet.rows["row"].to_pylist() == [4, 6]
    assert "title_rows" in codes(sheet)


def test_blank_columns_go_and_nameless_and_repeated_columns_are_named(tmp_path):
    (sheet,) = sheets(tmp_path, "Rep,,Amount,,Amount\nLi,x,1,,2\n")
    assert sheet.header == ("Rep", "column 2", "Amount", "Amount (2)")
    assert rows(sheet) == [["Li", "x", "1", "2"]]
    assert codes(sheet) == ["column_without_header", "duplicate_header"]


def test_nothing_is_taken_for_a_number_or_a_date(tmp_path):
    (sheet,) = sheets(tmp_path, "id,day,amount\n007,03/04/2026,1.50\n1e5,2026-01-01,NULL\n")
    assert rows(sheet) == [["007", "03/04/2026", "1.50"], ["1e5", "2026-01-01", "NULL"]]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_the_csv_module_writes_comes_back(cells):
    stream = io.StringIO()
    csv.writer(stream).writerows([["a", "b", "c"], *cells])
    table, _ = grid(stream.getvalue().encode())
    got = [[cell or "" for cell in list(row.values())[:-1]] for row in table.to_pylist()]
    blank = ("", " ", "  ", "   ", "\u3000", "\xa0")
    assert got[1:] == [["" if cell in blank else cell for cell in row] for row in cells]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_text_reader_fail(raw):
    try:
        grid(raw)
    except FileError as error:
        assert error.code == "unreadable_text"


def test_excel_cells_arrive_as_plain_text(tmp_path):
    (sheet,) = sheets(tmp_path, simple_workbook(), "orders.xlsx")
    assert (sheet.file, sheet.name, sheet.hidden) == ("orders.xlsx", "订单", False)
    assert rows(sheet) == [
        ["2017-11-08 00:00:00", "3", "261.96"],
        ["2017-11-08 10:30:00", "40", "1234567"],
    ]
    assert sheet.rows["row"].to_pylist() == [2, 3]


def test_hidden_sheets_are_marked_and_sheets_without_a_table_left_out(tmp_path):
    def fill(book):
        book.active.append(["a", "b"])
        book.active.append([1, 2])
        hidden = book.create_sheet("hidden")
        hidden.sheet_state = "hidden"
        hidden["C4"], hidden["C5"] = "x", "y"
        book.create_sheet("empty")

    first, second = sheets(tmp_path, workbook(fill), "a.xlsx")
    assert (first.hidden, second.hidden) == (False, True)
    assert (second.header, second.rows["row"].to_pylist()) == (("x",), [5])


def test_error_cells_are_told(tmp_path):
    def fill(book):
        book.active.append(["a", "b"])
        book.active.append(["x", "#DIV/0!"])
        book.active["B2"].data_type = "e"

    (sheet,) = sheets(tmp_path, workbook(fill), "a.xlsx")
    (note,) = sheet.notes
    assert (note.code, dict(note.params)) == ("error_cells", {"count": 1, "row": 2})


def test_formulas_saved_without_a_value_are_told(tmp_path):
    def fill(book):
        book.active.append(["a", "b"])
        book.active.append(["x", "=1+1"])

    (sheet,) = sheets(tmp_path, workbook(fill), "a.xlsx")
    assert [(note.code, dict(note.params)) for note in sheet.notes] == [
        ("formulas_without_values", {"count": 1})
    ]


def test_old_workbooks_are_read(tmp_path):
    book = xlwt.Workbook()
    page = book.add_sheet("Orders")
    for at, row in enumerate([["a", "b"], ["x", 2]]):
        for column, value in enumerate(row):
            page.write(at + 2, column, value)
    stream = io.BytesIO()
    book.save(stream)
    (sheet,) = sheets(tmp_path, stream.getvalue(), "old.xls")
    assert (sheet.header, rows(sheet)) == (("a", "b"), [["x", "2"]])
    assert sheet.rows["row"].to_pylist() == [4]


def test_a_workbook_is_known_by_its_bytes_and_not_by_its_name(tmp_path):
    (sheet,) = sheets(tmp_path, simple_workbook(), "orders.xls")
    assert codes(sheet) == []
    (sheet,) = sheets(tmp_path, simple_workbook(), "orders.csv")
    assert codes(sheet) == ["workbook_named_otherwise"]
    (sheet,) = sheets(tmp_path, TEXT, "orders.xlsx")
    assert codes(sheet) == ["text_named_as_workbook"]


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.csv", "empty_file"),
        (b"\xef\xbb\xbf\r\n \r\n", "a.csv", "empty_file"),
        (b"a,b,c\n", "a.csv", "no_table"),
        (workbook(lambda book: None), "a.xlsx", "no_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.xlsx", "not_a_spreadsheet"),
        (b"%PDF-1.7 ...", "a.csv", "not_a_spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table>", "a.xls", "not_a_spreadsheet"),
        (zipped("word/document.xml"), "a.xlsx", "not_a_spreadsheet"),
        (simple_workbook()[:2000], "a.xlsx", "damaged_workbook"),
        (zipped("xl/workbook.xml"), "a.xlsx", "damaged_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted_workbook"),
        (OLE[:300], "a.xls", "damaged_workbook"),
        (b"{}", "a.json", "unknown_format"),
        (bytes(range(1, 32)) * 30, "a.csv", "unreadable_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, content, name, code):
    with pytest.raises(FileError) as caught:
        sheets(tmp_path, content, name)
    assert caught.value.code == code
    assert caught.value.params["file"] == name


def test_a_packed_bomb_is_refused_by_what_it_says_it_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("data.readers.file_types.LARGEST_UNPACKED", 1000)
    with pytest.raises(FileError) as caught:
        sheets(tmp_path, simple_workbook(), "a.xlsx")
    assert caught.value.code == "unpacks_too_large"


REAL = Path(os.environ.get("YUEPAN_REAL_DATA", Path(__file__).parents[4] / "shared" / "data"))
needs_real = pytest.mark.skipif(not REAL.exists(), reason=f"no files under {REAL}")


@pytest.mark.real
@needs_real
def test_no_messy_file_crashes_hangs_or_fails_unexplained():
    for path in (REAL / "messy").rglob("*"):
        if not path.is_file():
            continue
        try:
            read(path, path.name)
        except YuepanError as error:
            assert error.params["file"] == path.name


@pytest.mark.parametrize(
    "odd",
    [["x,1"], ["x,1,2,3,4"], ["", "x,1,2,3"], ["Li,2026-01-051"], [',Li,2026-01-05,"7"']],
    ids=["short", "long", "blank and long", "run together", "one in front"],
)
def test_a_few_odd_rows_of_a_large_file_are_read_as_those_of_a_small_one(monkeypatch, odd):
    lines = [f"Li,2026-01-{at % 28 + 1:02d},{at}" for at in range(1, 4000)]
    lines[700:700], lines[3000:3000] = odd, odd
    raw = "\n".join(["Rep,Day,Amount", *lines]).encode()
    slow, told = grid(raw)
    monkeypatch.setattr("data.readers.delimited._LARGE", 1)
    fast, same = grid(raw)
    assert fast.to_pylist() == slow.to_pylist()
    assert same == told


def test_a_lone_yuan_sign_of_a_chinese_file_is_no_cyrillic_letter() -> None:
    # D4 AA is 元 in GB18030 and, by chance, a sound letter in UTF-8.
    cells, _ = grid("order,amount\nS1,0.50元\nS2,3元\n".encode("gb18030"))
    assert cells["1"].to_pylist() == ["amount", "0.50元", "3元"]
    greek, _ = grid("order,amount\nS1,Ω5\nS2,é3\n".encode())
    assert greek["1"].to_pylist() == ["amount", "Ω5", "é3"]
