"""Figures that stand side by side add up as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.kit.i18n.adding_up import adding_up, as_fine, bridge_adding_up, fineness
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


@pytest.mark.parametrize(
    ("language", "end", "target", "beside", "written"),
    [
        ("zh", 1_524_588, 1_165_000, 1_524_588, "¥152.5万"),
        ("zh", 1_524_588, 1_165_000, 1_520_100, "¥152.0万"),
        ("zh", 1_524_588, 1_165_000, 600_000, "¥60.0万"),
        ("zh", 1_524_588, None, 1_520_100, "¥152万"),
        ("en", 1_524_588, 1_500_000, 1_530_040, "¥1.5300M"),
        ("en", 1_524_588, None, 1_530_040, "¥1.53M"),
        # What is smaller by far has digits of its own.
        ("zh", 1_524_588, 1_165_000, 9_876, "¥9,876"),
        ("zh", 1_524_588, 1_165_000, 0, "¥0"),
        ("en", None, None, 1_530_040, "¥1.53M"),
        ("en", 1_524_588, 1_500_000, None, "n/a"),
    ],
)
def test_what_stands_beside_an_end_and_its_target_is_no_coarser(
    language: str, end: int | None, target: int | None, beside: int | None, written: str
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    assert as_fine(_, beside, fineness(_, end, target), "CNY") == written


@LANGUAGES
@given(
    end=st.integers(1_000, 99_999_999),
    target=st.none() | st.integers(1, 99_999_999),
    less=st.floats(0, 1),
    more=st.floats(1, 4),
)
def test_a_range_holds_its_own_middle_as_written(
    language: str, end: int, target: int | None, less: float, more: float
) -> None:
    _ = words(language)  # type: ignore[arg-type]
    step = fineness(_, end, target)
    low, high = (as_fine(_, int(end * part), step, "CNY") for part in (less, more))
    assert read(low) <= read(adding_up(_, end, target, "CNY")[0]) <= read(high)
