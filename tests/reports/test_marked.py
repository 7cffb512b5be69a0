from __future__ import annotations

import io
import time
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from reports.marked import BAD, GONE, NOTED, Heads, Listing, Mark, Marked, as_marked

HEADS = Heads("Row in the file", "What happened", "Why", "Yuepan")
LISTING = Listing("Problems", ("File", "Row", "Value"), [("a.csv", 3, "=1+1")], ("One problem.",))
TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "#REF!", "'x", "0012", "1,234.50", "ab\x07c"]


def opened(*sheets: Marked, listing: Listing = LISTING) -> Workbook:
    return load_workbook(io.BytesIO(as_marked(listing, sheets, HEADS)))


def test_the_list_comes_first_below_its_sentences() -> None:
    sheet = opened().worksheets[0]
    assert sheet.title == "Problems"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["One problem.", None, None],
        ["File", "Row", "Value"],
        ["a.csv", 3, "=1+1"],
    ]
    assert sheet["C3"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:C3")


def test_each_sheet_prints_across_one_page_wide_under_its_header() -> None:
    rows = [(3, ["a", "b"])]
    book = opened(Marked("Rows", ("x", "y"), rows, [Mark(3, 0, "why", "left out")]))
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert [sheet.print_title_rows for sheet in book.worksheets] == ["$2:$2", "$1:$1"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_stood_in_a_cell_is_kept_as_text(text: str) -> None:
    one = Marked("orders", (text,), [(2, (text,)), (3, (text,))], [Mark(2, 0, "why", "gone")])
    sheet = opened(one).worksheets[1]
    for cell in (sheet["D1"], sheet["D2"], sheet["D3"]):
        assert (cell.value, cell.data_type) == (text.replace("\x07", ""), "s")


def test_no_formula_and_no_link_is_in_the_file() -> None:
    one = Marked("orders", TEXTS, [(2, TEXTS)], [Mark(2, at, "=why", "x") for at in range(3)])
    with zipfile.ZipFile(io.BytesIO(as_marked(LISTING, [one], HEADS))) as book:
        inside = b"".join(book.read(name) for name in book.namelist() if "sheet" in name)
    assert b"<f>" not in inside and b"hyperlink" not in inside.lower()


def test_a_problem_cell_is_filled_and_says_why_and_what_happened() -> None:
    one = Marked(
        "orders",
        ("Order", "Date", "Amount"),
        [(2, ("A1", "soon", "5")), (7, ("A2", None, "x"))],
        [
            Mark(2, 1, "not a date", "row left out", BAD, left_out=True),
            Mark(7, 2, "not a number", "value left out, row kept"),
            Mark(7, 1, "read in its own way", "noted", NOTED),
            Mark(0, 2, "the header names a unit", "noted", NOTED),
        ],
    )
    sheet = opened(one)["orders"]
    assert [cell.value for cell in sheet[1]][:3] == ["Row in the file", "What happened", "Why"]
    assert [cell.value for cell in sheet[2]] == [
        2, "row left out", "not a date", "A1", "soon", "5",
    ]  # fmt: skip
    assert sheet["A3"].value == 7 and sheet["C3"].value == "not a number; read in its own way"
    fills = {
        name: sheet[name].fill.start_color.rgb[2:] for name in ("D2", "E2", "F2", "F3", "E3", "F1")
    }
    assert fills == {"D2": GONE, "E2": BAD, "F2": GONE, "F3": BAD, "E3": NOTED, "F1": NOTED}
    assert sheet["D3"].fill.fill_type is None
    assert sheet["E2"].comment.text == "not a date\n→ row left out"
    assert sheet["F1"].comment.text == "the header names a unit\n→ noted"
    assert sheet["D2"].comment is None
    assert sheet["B2"].font.bold and not sheet["B3"].font.bold


def test_two_problems_of_one_cell_are_one_comment_and_the_worse_colour() -> None:
    marks = [Mark(2, 0, "first", "noted", NOTED), Mark(2, 0, "second", "value left out")]
    sheet = opened(Marked("s", ("A",), [(2, ("x",))], marks))["s"]
    assert sheet["D2"].comment.text == "first\n→ noted\nsecond\n→ value left out"
    assert sheet["D2"].fill.start_color.rgb[2:] == BAD


def test_a_problem_of_no_column_of_the_file_marks_the_row_alone() -> None:
    one = Marked("s", ("A",), [(2, ("x",))], [Mark(2, None, "why", "left out", left_out=True)])
    sheet = opened(one)["s"]
    assert (sheet["B2"].value, sheet["D2"].comment) == ("left out", None)


def test_names_that_excel_does_not_take_for_sheets_are_made_fit() -> None:
    names = ["Problems", "a/b:c[d]*?", "x" * 40, "X" * 40, "'"]
    book = opened(*(Marked(name, ("A",), [(2, ("x",))], []) for name in names))
    assert book.sheetnames == [
        "Problems", "Problems (2)", "a b c d", "x" * 31, "X" * 26 + " (2)", "Sheet",
    ]  # fmt: skip


def test_ten_thousand_rows_take_seconds() -> None:
    rows = [(at + 2, [f"cell {at} {column}" for column in range(12)]) for at in range(10_000)]
    marks = [Mark(at + 2, at % 12, "not a date", "row left out") for at in range(10_000)]
    start = time.process_time()
    made = as_marked(LISTING, [Marked("s", [str(n) for n in range(12)], rows, marks)], HEADS)
    assert time.process_time() - start < 20
    assert len(made) < 3_000_000
