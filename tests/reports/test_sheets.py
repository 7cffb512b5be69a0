from __future__ import annotations

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inert import inert
from reports.sheets import as_csv

FORMULAS = ['=HYPERLINK("http://x")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


def lines(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_text_in_csv(text: str) -> None:
    header, row = lines(pd.DataFrame({text: [text]}))
    assert header == row == [inert(text)] and row[0].startswith("'")


@pytest.mark.parametrize("text", ["a;=1+1", ";=1+1", "a;@x", 'a;"=1"', "a\n=1", "a; -1+1"])
def test_no_formula_begins_after_a_semicolon_or_a_line(text: str) -> None:
    written = as_csv(pd.DataFrame({"n": [1], "a": [text]})).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(written, newline=None), delimiter=";"):
        assert not any(cell.strip(' "').startswith(tuple("=+-@")) for cell in line)


def test_texts_are_quoted_and_numbers_are_not() -> None:
    frame = pd.DataFrame(
        {"a": ["x"], "b": [Decimal("-1.50")], "c": [-2], "d": [None]}, dtype=object
    )
    assert as_csv(frame).decode("utf-8-sig").splitlines()[1] == '"x",-1.50,-2,""'


def test_chinese_is_intact_and_excel_is_told_the_encoding() -> None:
    frame = pd.DataFrame({"客户": ["宏远机电"], "金额": [Decimal("12.50")]})
    assert as_csv(frame).startswith(b"\xef\xbb\xbf")
    assert lines(frame) == [["客户", "金额"], ["宏远机电", "12.50"]]


def test_a_negative_number_is_no_formula_in_csv() -> None:
    assert lines(pd.DataFrame({"a": [Decimal("-1.5"), -2]}, dtype=object))[1:] == [["-1.5"], ["-2"]]


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NaT, pd.NA], ids=repr)
def test_what_is_missing_is_a_blank_cell(nothing: object) -> None:
    frame = pd.DataFrame({"a": ["x", nothing], "b": [1, 2]}, dtype=object)
    assert lines(frame)[2] == ["", "2"]


def test_a_frame_without_rows_has_its_header() -> None:
    assert lines(pd.DataFrame({"a": []})) == [["a"]]


def test_columns_of_one_name_are_both_written() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert lines(frame) == [["a", "a"], ["1", "2"]]


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_text_becomes_a_formula(text: str) -> None:
    for (shown,) in lines(pd.DataFrame({"a": [text or "-"]})):
        assert not shown.startswith(tuple("=+-@"))
