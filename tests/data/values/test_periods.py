from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.values.periods import period


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03", "2026-03"),
        ("2026/3", "2026-03"),
        ("2026.03", "2026-03"),
        ("202603", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026 年 03 月", "2026-03"),
        ("２０２６年３月", "2026-03"),
        ("2026-03-01", "2026-03"),
        ("2026/3/1", "2026-03"),
        ("2026年3月1日", "2026-03"),
        ("2026-03-01 00:00:00", "2026-03"),
        ("2026-12", "2026-12"),
        ("Mar 2026", "2026-03"),
        ("March 2026", "2026-03"),
        ("Mar-26", "2026-03"),
        ("2026-Q1", "2026-Q1"),
        ("2026Q4", "2026-Q4"),
        ("Q1 2026", "2026-Q1"),
        ("2026年第一季度", "2026-Q1"),
        ("2026年2季度", "2026-Q2"),
        ("2026", "2026"),
        ("2026年", "2026"),
        (" 2026 ", "2026"),
    ],
)
def test_a_period_is_read_as_people_write_it(written: str, read: str) -> None:
    assert period(written) == read


@pytest.mark.parametrize(
    "written",
    [None, "", "soon", "2026-13", "2026-00", "Q5 2026", "2026-Q0", "26-03", "2026-03-15", "20263"],
)
def test_what_is_no_period_is_none(written: str | None) -> None:
    assert period(written) is None


@given(st.dates(date(1990, 1, 1), date(2100, 12, 1)))
def test_every_way_to_write_a_month_is_the_same_month(day: date) -> None:
    ways = {
        f"{day:%Y-%m}", f"{day.year}/{day.month}", f"{day.year}年{day.month}月", f"{day:%Y%m}",
        f"{day:%Y-%m}-01",
    }  # fmt: skip
    assert {period(way) for way in ways} == {f"{day:%Y-%m}"}


@given(st.text(max_size=12))
def test_any_text_is_a_period_or_none_and_what_is_read_reads_as_itself(text: str) -> None:
    read = period(text)
    assert read is None or period(read) == read
