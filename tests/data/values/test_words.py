"""One table of month words, of currencies and of words for nothing."""

from __future__ import annotations

from datetime import date

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

# | month | how it is written in Western languages and in Russian
MONTHS = {
    1: "January JAN Januar Jänner janvier janv enero ene janeiro gennaio gen januari января янв",
    2: "February feb Februar février fevrier févr febrero fevereiro fev febbraio februari февраля",
    3: "March Mar März Mrz Mär mars marzo março marco maart mrt марта март",
    4: "April apr avril avr abril abr aprile апреля апр",
    5: "May Mai mayo maio maggio mag mei мая май",
    6: "June jun Juni juin junio junho giugno giu июня июн",
    7: "July jul Juli juillet juil julio julho luglio lug июля июл",
    8: "August aug août aout agosto ago augustus августа авг",
    9: "September Sept sep septembre septiembre setembro set settembre сентября сент",
    10: "October oct Oktober okt octobre octubre outubro out ottobre ott октября окт",
    11: "November nov novembre noviembre novembro ноября нояб",
    12: "December dec Dezember dez décembre decembre déc diciembre dic dezembro dicembre декабря",
}


@pytest.mark.parametrize("month", MONTHS)
def test_every_reader_of_dates_knows_the_same_month_words(month):
    for word in (*MONTHS[month].split(), months.short_name(month)):
        assert months.number(word) == month
        assert period(f"{word} 2026") == f"2026-{month:02d}"
        assert parse_date(f"5 {word} 2026", "ymd") == date(2026, month, 5)
        assert is_date(f"5 {word} 2026")
        assert kind(f"5 {word} 2026") == "date"
        assert kind(f"{word} 2026") == "period"
        assert period_of(f"{word} 2026").number == month


@pytest.mark.parametrize(
    "text",
    [
        "2. März 2026", "Montag, 2. März 2026", "2 de marzo de 2026", "2 de março de 2026 10:30",
        "lundi 2 mars 2026", "2-mrt-26", "2 марта 2026 г.", "2 марта 2026 года", "2.Mär.2026",
        "2 marzo 2026", "02/mar/2026", "lun., 2 mars 2026", "2 mar. 2026",
        "Mar 2, 2026 10:15:32 AM PST",
    ],
)  # fmt: skip
def test_a_day_is_read_however_its_month_is_written(text):
    assert parse_date(text, "dmy") == date(2026, 3, 2)
    assert is_date(text)
    assert kind(text) == "date"


def test_the_first_of_a_month_is_read_with_its_ordinal():
    for text in (
        "1er août 2026",
        "1º de agosto de 2026",
        "1st August 2026",
        "1.º de agosto de 2026",
    ):
        assert parse_date(text, "dmy") == date(2026, 8, 1)
        assert is_date(text)


@pytest.mark.parametrize("text", ["Set", "out", "3 mars", "Mag Ltd"])
def test_words_that_are_months_elsewhere_are_no_dates_by_themselves(text):
    assert not is_date(text)
    assert kind(text) == "words"


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
