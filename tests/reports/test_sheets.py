from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.sheets import as_csv, as_workbook

FORMULAS = ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


def cells(frame: pd.DataFrame) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(as_workbook({"Sheet": frame})))
    return [[cell for cell in row] for row in book["Sheet"].iter_rows()]


def lines(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_text_in_csv(text: str) -> None:
    header, row = lines(pd.DataFrame({text: [text]}))
    assert header == row == [f"'{text}"]


@pytest.mark.parametrize("text", [*FORMULAS, "#REF!", "#N/A"])
def test_text_that_looks_like_a_formula_or_an_error_is_text_in_a_workbook(text: str) -> None:
    for (cell,) in cells(pd.DataFrame({text: [text]})):
        assert cell.data_type == "s"
        assert cell.value.strip() == text.strip()


def test_chinese_is_intact_and_excel_is_told_the_encoding() -> None:
    frame = pd.DataFrame({"客户": ["宏远机电"], "金额": [Decimal("12.50")]})
    assert as_csv(frame).startswith(b"\xef\xbb\xbf")
    assert lines(frame) == [["客户", "金额"], ["宏远机电", "12.50"]]
    assert [[cell.value for cell in row] for row in cells(frame)] == [
        ["客户", "金额"],
        ["宏远机电", 12.5],
    ]


def test_numbers_and_dates_stay_what_they_are_in_a_workbook() -> None:
    frame = pd.DataFrame(
        {"a": [Decimal("-1.5")], "b": [3], "c": [-2.25], "d": [date(2026, 3, 1)], "e": [True]},
        dtype=object,
    )
    row = cells(frame)[1]
    assert [cell.data_type for cell in row] == ["n", "n", "n", "d", "b"]
    assert [cell.value for cell in row[:3]] == [-1.5, 3, -2.25]
    assert row[3].value.date() == date(2026, 3, 1)


def test_a_negative_number_is_no_formula_in_csv() -> None:
    assert lines(pd.DataFrame({"a": [Decimal("-1.5"), -2]}, dtype=object))[1:] == [["-1.5"], ["-2"]]


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA], ids=repr)
def test_what_is_missing_is_a_blank_cell(nothing: object) -> None:
    frame = pd.DataFrame({"a": ["x", nothing], "b": [1, 2]}, dtype=object)
    assert cells(frame)[2][0].value is None


def test_signs_that_a_workbook_cannot_hold_are_left_away() -> None:
    assert cells(pd.DataFrame({"a": ["x\x00y\x0bz"]}))[1][0].value == "xyz"


def test_the_header_is_bold_stays_in_sight_and_filters() -> None:
    frame = pd.DataFrame({"a": ["x" * 200], "b": [1]})
    book = load_workbook(io.BytesIO(as_workbook({"One": frame, "Two": frame})))
    assert book.sheetnames == ["One", "Two"]
    sheet = book["One"]
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert sheet.column_dimensions["A"].width == 60


def test_a_frame_without_rows_has_its_header() -> None:
    assert [[cell.value for cell in row] for row in cells(pd.DataFrame({"a": []}))] == [["a"]]
    assert lines(pd.DataFrame({"a": []})) == [["a"]]


def test_columns_of_one_name_are_both_written() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert [cell.value for cell in cells(frame)[1]] == [1, 2]


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    (cell,) = cells(pd.DataFrame({"a": [text]}))[-1]
    assert cell.data_type not in ("f", "e")
    for (shown,) in lines(pd.DataFrame({"a": [text or "-"]})):
        assert not shown.startswith(tuple("=+-@"))
