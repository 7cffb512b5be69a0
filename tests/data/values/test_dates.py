from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.values.dates import DATE_ORDERS, date_orders, parse_date, parse_moment
from data.values.numbers import decimal_doubt, decimal_marks, header_unit, is_blank, parse_number

DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
MONEY = st.decimals(-(10**12), 10**12, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.03.05",
        "2024年3月5日",
        "24年3月5日",
        "２０２４年３月５日",
        "20240305",
        "20240305101112",
        "2024-03-05 10:11:12",
        "2024-03-05T10:11:12.123Z",
        "2024/3/5 下午 3:04",
        "5 Mar 2024",
        "5-Mar-24",
        "March 5th, 2024",
        "Tue, 5 Mar 2024",
        "45356",
        "45356.75",
        "1709600000",
        "1709568000000",
    ],
)
@pytest.mark.parametrize("order", DATE_ORDERS)
def test_a_date_that_says_what_it_is_reads_alike_in_every_order(text, order):
    assert parse_date(text, order) == date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    ["", "-", "2024", "Mar-24", "10/12", "2024-02-30", "12345678", "31/31/2024", "n/a", "19999"],
)
@pytest.mark.parametrize("order", DATE_ORDERS)
def test_what_is_no_date_gives_none(text, order):
    assert parse_date(text, order) is None


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("03/04/2026", "dmy", date(2026, 4, 3)),
        ("03/04/2026", "mdy", date(2026, 3, 4)),
        ("03/04/2026", "ymd", None),
        ("05.03.2024", "dmy", date(2024, 3, 5)),
        ("20-10-16", "ymd", date(2020, 10, 16)),
        ("20-10-16", "dmy", date(2016, 10, 20)),
        ("20-10-16", "mdy", None),
        ("1-2-24", "ymd", None),
    ],
)
def test_three_short_numbers_are_read_in_the_order_told(text, order, day):
    assert parse_date(text, order) == day


def test_midnight_in_china_as_epoch_milliseconds_is_that_day():
    assert parse_date("1709568000000", "ymd") == date(2024, 3, 5)


def test_a_moment_keeps_its_time():
    assert parse_moment("3/5/2024 1:02 PM", "mdy") == datetime(2024, 3, 5, 13, 2)
    assert parse_moment("45356.5", "ymd") == datetime(2024, 3, 5, 12)


@given(DAYS)
def test_what_a_program_writes_is_read_back(day):
    assert parse_date(day.isoformat(), "mdy") == day
    assert parse_date(f"{day:%Y/%m/%d}", "dmy") == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日", "dmy") == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}", "dmy") == day
    assert parse_date(f"{day.month}/{day.day}/{day.year}", "mdy") == day
    assert parse_date(f"{day:%d-%m-%y}", "dmy") == day
    assert parse_date(f"{day:%y-%m-%d}", "ymd") == day
    assert parse_date(str((day - date(1899, 12, 30)).days), "ymd") == day


@given(st.text(max_size=30), st.sampled_from(DATE_ORDERS))
def test_no_text_makes_the_parsers_fail(text, order):
    day = parse_date(text, order)
    if day is not None:
        assert parse_date(day.isoformat(), order) == day
    for mark in (".", ","):
        number = parse_number(text, mark)
        if number is not None:
            assert parse_number(f"{number:f}", ".") == number


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (["2026-01-01", "45356"], {"ymd", "dmy", "mdy"}),
        (["03/04/2026", "05/06/2026"], {"dmy", "mdy"}),
        (["03/04/2026", "13/04/2026"], {"dmy"}),
        (["03/04/2026", "04/13/2026"], {"mdy"}),
        (["03/04/2026", "04/13/2026", "13/04/2026"], set()),
        (["03/04/2026", "2026-01-01", "rubbish", ""], {"dmy", "mdy"}),
        (["20-10-16", "01-03-17"], {"ymd", "dmy"}),
        (["20-10-16", "01-03-17", "30-10-16"], {"dmy"}),
        (["24-10-16", "25-03-17"], {"ymd", "dmy"}),
    ],
    ids=lambda one: str(sorted(one) if isinstance(one, set) else one),
)
def test_the_orders_left_are_those_in_which_every_value_is_possible(texts, orders):
    assert date_orders(texts, this_year=2026) == orders


@given(st.lists(DAYS, min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_the_order_that_was_written_is_never_ruled_out(days, pattern):
    order = "dmy" if pattern.startswith("%d") else "mdy"
    assert order in date_orders([day.strftime(pattern) for day in days], this_year=2026)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("1,234.50", ".", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1 234,50", ",", "1234.50"),
        ("1\u202f234,50", ",", "1234.50"),
        ("1'234.50", ".", "1234.50"),
        ("1,23,456.00", ".", "123456"),
        ("¥1,234", ".", "1234"),
        ("￥１２３", ".", "123"),
        ("$ -5", ".", "-5"),
        ("-$5", ".", "-5"),
        ("USD 5", ".", "5"),
        ("5 EUR", ".", "5"),
        ("1052,75元", ",", "1052.75"),
        ("11,50万元", ",", "115000"),
        ("1.2亿", ".", "120000000"),
        ("3千", ".", "3000"),
        ("3K", ".", "3000"),
        ("2.5M", ".", "2500000"),
        ("1bn", ".", "1000000000"),
        ("(123)", ".", "-123"),
        ("($1,234.50)", ".", "-1234.5"),
        ("123-", ".", "-123"),
        ("−5", ".", "-5"),
        ("－５", ".", "-5"),
        ("12%", ".", "0.12"),
        ("１２％", ".", "0.12"),
        ("1.5E+06", ".", "1500000"),
        (".5", ".", "0.5"),
        ("1500.-", ".", "1500"),
        ("1'500.-", ".", "1500"),
        ("1.500,-", ",", "1500"),
        ("1.500.-", ",", "1500"),
        ("1 234:-", ".", "1234"),
        ("12000.–", ".", "12000"),
        ("CHF 950.--", ".", "950"),
        ("950,— €", ",", "950"),
        ("-1500.-", ".", "-1500"),
        ("1,234.50-", ".", "-1234.5"),
        ("1,234.50 -", ".", "-1234.5"),
        ("CHF 1’234.50", ".", "1234.5"),
        ("1234.50 CHF", ".", "1234.5"),
        ("Fr. 950.-", ".", "950"),
        ("SEK 1 234,50", ",", "1234.5"),
        ("1 234,50 kr", ",", "1234.5"),
        ("1\u00a0234,50 zł", ",", "1234.5"),
        ("1 234,50 Kč", ",", "1234.5"),
        ("5 TRY", ".", "5"),
        ("–1 234,50", ",", "-1234.5"),
        ("−1 234,50", ",", "-1234.5"),
    ],
)
def test_numbers_as_people_and_programs_write_them(text, mark, number):
    assert parse_number(text, mark) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1052,75", "."),
        ("12,34", "."),
        ("1,2345", "."),
        ("0,123", "."),
        ("1.2.3", "."),
        ("1.234.567", "."),
        ("1,234.50", ","),
        ("-(5)", "."),
        ("(5", "."),
        ("abc", "."),
        ("12 pcs", "."),
        ("12 PCS", "."),
        ("12 all", "."),
        ("1.500,-", "."),
        ("1234.50.-", "."),
        ("1500.- -", "."),
    ],
)
def test_irregular_grouping_and_other_text_is_no_number(text, mark):
    assert parse_number(text, mark) is None
    assert not is_blank(text)


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "-", "—", "N/A", "null", "None", "无"])
def test_words_for_nothing_are_blank_and_no_number(text):
    assert is_blank(text)
    assert parse_number(text, ".") is None


@given(MONEY)
def test_money_written_in_either_style_is_read_back_exactly(amount):
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english, ".") == parse_number(german, ",") == amount
    assert parse_number(f"({abs(amount):,.2f})", ".") == -abs(amount)


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["1,234"], {".", ","}),
        (["1.234"], {".", ","}),
        (["12", "1200"], {".", ","}),
        (["1,234", "1,234.5"], {"."}),
        (["1,234,567"], {"."}),
        (["0.125"], {"."}),
        (["1052,75"], {","}),
        (["11,50", "x", ""], {","}),
        (["11,50", "11.50"], set()),
    ],
    ids=lambda one: str(sorted(one) if isinstance(one, set) else one),
)
def test_the_marks_left_are_those_with_which_every_value_is_possible(texts, marks):
    assert decimal_marks(texts) == marks


@pytest.mark.parametrize(
    ("texts", "doubt"),
    [
        (["1052,75元", "11,50万元"], True),
        (["1052,75", "11,5"], False),
        (["1052,75", "1.111,50"], False),
        (["1052,75 kr", "1 111,50 kr"], False),
        (["1,234", "12"], False),
    ],
    ids=lambda one: str(sorted(one) if isinstance(one, set) else one),
)
def test_a_comma_before_two_digits_only_may_be_damaged_grouping(texts, doubt):
    assert decimal_doubt(texts) is doubt


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("销售额（万元）", 10_000),
        ("金额(千元)", 1000),
        ("合同额/亿元", 10**8),
        ("销售额", 1),
        ("Amount (USD)", 1),
    ],
)
def test_a_unit_in_the_header_is_seen(header, unit):
    assert header_unit(header) == unit
