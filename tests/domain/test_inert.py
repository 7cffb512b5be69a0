"""A text that Excel would run is a text in every locale, and reads back as it was."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.inert import inert, restored

RUN = [
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-1+1", "\t=1", "\r=1", "\n=1", ";=1+1", "a;=1+1",
    '=HYPERLINK("http://a.example","x")', "＝1+1", "a; +1", 'a;"=1+1"', "a\r=1", "a\n@x", "' =1",
]  # fmt: skip
PLAIN = ["a-b", "a; b", "O'Brien", "a;b=c", "", "宏远机电", "x@a.example", "5-7", "C+", "'quoted'"]


def begins_formula(cell: str) -> bool:
    return cell.strip(" \t\r\n").startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", RUN)
def test_no_cell_begins_a_formula_whatever_the_separator(text: str) -> None:
    assert not begins_formula(inert(text))
    for separator in (",", ";"):
        line = f'12,"{inert(text).replace(chr(34), chr(34) * 2)}",5'
        for row in csv.reader(io.StringIO(line, newline=None), delimiter=separator):
            assert not any(map(begins_formula, row)), (separator, row)


@pytest.mark.parametrize("text", [*RUN, *PLAIN, "'=1", "''=1", "a;'=1", "'", "';", "'\t"])
def test_a_text_reads_back_as_it_was(text: str) -> None:
    assert restored(inert(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_are_as_they_are(text: str) -> None:
    assert inert(text) == text


@given(st.text(st.sampled_from("=+-@'\";\r\n\t a＝")))
def test_any_text_reads_back(text: str) -> None:
    assert restored(inert(text)) == text


@pytest.mark.parametrize("text", ["\n " * 50_000, "; " * 50_000, "'" * 100_000, " " * 100_000])
def test_a_long_text_takes_no_longer(text: str) -> None:
    start = time.process_time()
    assert restored(inert(f"a{text}b")) == f"a{text}b"
    assert time.process_time() - start < 2
