"""Figures that stand side by side add up as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.i18n.adding_up import bridge_adding_up
from pages.kit.i18n.words import words

UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "万": 10**4, "亿": 10**8, "万亿": 10**12}
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def read(text: str) -> Decimal:
    """The amount that a label says, by hand: its sign, its digits, its unit."""
    match = re.fullmatch(r"(?:[▲▼] )?([+−]?)¥([\d,]+(?:\.\d+)?)([KMB万亿]*)", text)
    assert match, text
    size = Decimal(match[2].replace(",", "")) * UNITS[match[3]]
    return -size if match[1] == "−" else size


@LANGUAGES
@pytest.mark.parametrize(
    ("start", "changes"),
    [
        (1_200_000, [71_400]),
        (1_000_000, [120_000, -30_000]),
        (12_714_300, [-1_234_567, 34_500, 4_321]),
        (999_500, [600]),
        (0, [1_250, -1_250]),
        (5_000, [-4_999]),
    ],
)
def test_the_labels_of_a_bridge_add_up(language: str, start: int, changes: list[int]) -> None:
    _ = words(language)  # type: ignore[arg-type]
    first, steps, last = bridge_adding_up(_, Decimal(start), list(map(Decimal, changes)), "CNY")
    assert read(first) + sum(map(read, steps)) == read(last)


@LANGUAGES
@given(
    start=st.integers(10_000, 99_999_999),
    changes=st.lists(st.integers(-9_999, 9_999).map(lambda n: n * 1_000), max_size=5),
)
def test_every_bridge_of_alike_sizes_adds_up(language: str, start: int, changes: list[int]) -> None:
    _ = words(language)  # type: ignore[arg-type]
    figures = [Decimal(start), *map(Decimal, changes)]
    first, steps, last = bridge_adding_up(_, figures[0], figures[1:], "CNY")
    sizes = [abs(figure) for figure in (*figures, sum(figures)) if figure]
    if min(sizes) * 1_000 >= max(sizes):
        assert read(first) + sum(map(read, steps)) == read(last)


def test_a_change_too_small_for_the_others_is_written_by_itself() -> None:
    first, steps, last = bridge_adding_up(words("en"), 12_000_000, [12], "CNY")
    assert (first, steps, last) == ("¥12.000M", ["▲ +¥12"], "¥12.000M")
