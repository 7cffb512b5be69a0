"""One table of month words, of currencies and of words for nothing."""

from __future__ import annotations

import pytest

from data.layout.cells import kind
from data.layout.header_periods import period_of
from data.values import months
from data.values.currencies import code
from data.values.currency_words import WORDS
from data.values.dates import parse_date
from data.values.numbers import is_blank, parse_number
from data.values.patterns import is_date, look
from data.values.periods import period


@pytest.mark.parametrize("month", range(1, 13))
def test_every_reader_of_dates_knows_the_same_month_words(month):
    name = months.NAMES[month - 1]
    for word in (name, name[:3].upper(), months.short_name(month), *["Sept"] * (month == 9)):
        assert months.number(word) == month
        assert period(f"{word} 2026") == f"2026-{month:02d}"
        assert parse_date(f"5 {word} 2026", "ymd").month == month
        assert is_date(f"5 {word} 2026")
        assert kind(f"{word} 2026") == "period"
        assert period_of(f"{word} 2026").number == month


@pytest.mark.parametrize("text", ["", "-", "——", "n.a.", "(blank)", "未知", "暂无", "/", "NULL"])
def test_what_the_import_leaves_blank_does_not_count_in_the_look_of_a_column(text):
    assert is_blank(text)
    assert look([text, "5"]).filled == 1


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("AED", "AED"), ("南非兰特", "ZAR"), ("Mexican Peso", "MXN"), ("MX$", "MXN"),
        ("新西兰元", "NZD"), ("巴基斯坦卢比", "PKR"), ("卢比", "INR"), ("₱", "PHP"), ("sek", "SEK"),
        ("$", None), ("¥", None), ("元", None), ("all", None), ("top", None), ("mad", None),
    ],
)  # fmt: skip
def test_words_of_every_currency_in_use_are_known(text, iso):
    assert code(text) == iso


def test_amounts_may_carry_the_name_of_any_currency_in_use():
    for words in WORDS.values():
        for word in words:
            assert parse_number(f"1,200 {word}", ".") == 1200, word
